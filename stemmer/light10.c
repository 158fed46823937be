/* SPDX-License-Identifier: GPL-3.0-or-later */
/* light10: Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval", 2007, with the
 * numbers of letters of their own code (Lemur toolkit, Arabic_Stemmer.cpp).  Lucene's stemmer of that name
 * differs: it takes one prefix only, so that وبالقاهرة keeps its ب there. */
#include "stemmer/letters.h"
#include "stemmer/stem.h"

static const fh_affix conjunction = {1, 3, {WAW}};

/* At most one of these goes. */
static const fh_affix articles[] = {
    {2, 2, {ALEF, LAM}},      {3, 2, {WAW, ALEF, LAM}}, {3, 2, {BEH, ALEF, LAM}},
    {3, 2, {KAF, ALEF, LAM}}, {3, 2, {FEH, ALEF, LAM}}, {2, 2, {LAM, LAM}},
};

/* Each of these goes, in this order, where the word then ends in it.  The published list has ية and ة too,
 * which no folded word ends in. */
static const fh_affix suffixes[] = {
    {2, 2, {HEH, ALEF}}, {2, 2, {ALEF, NOON}}, {2, 2, {ALEF, TEH}}, {2, 2, {WAW, NOON}},
    {2, 2, {YEH, NOON}}, {2, 2, {YEH, HEH}},   {1, 2, {HEH}},       {1, 2, {YEH}},
};

fh_letters fh_stem_light10(fh_letters word) {
    fh_strip_prefix(&word, &conjunction);
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (fh_strip_prefix(&word, &articles[i])) break;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) fh_strip_suffix(&word, &suffixes[i]);
    return word;
}
