/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All targets.  A new one is a function and a row here, seeds in corpus/NAME/, and, where words help, a
 * NAME.dict. */
#include "tests/fuzz/fuzz.h"

#include "indexer/formats/format.h"
#include "stemmer/stemmer.h"

static const fh_stemmer light = FH_STEMMER_LIGHT, light10 = FH_STEMMER_LIGHT10, none = FH_STEMMER_NONE;

const fuzz_target fuzz_targets[] = {
    /* Readers: read-NAME for every format that there is. */
    {"read-newsml-g2", fuzz_reader, &fh_format_newsml_g2},
    {"read-newsml-1", fuzz_reader, &fh_format_newsml_1},
    {"read-nitf", fuzz_reader, &fh_format_nitf},
    {"read-wxr", fuzz_reader, &fh_format_wxr},
    {"read-feed", fuzz_reader, &fh_format_feed},
    {"read-warc", fuzz_reader, &fh_format_warc},
    {"read-html", fuzz_reader, &fh_format_html},
    {"read-json", fuzz_reader, &fh_format_json},
    {"read-csv", fuzz_reader, &fh_format_csv},
    {"read-trec", fuzz_reader, &fh_format_trec},
    {"read-tei", fuzz_reader, &fh_format_tei},
    {"read-sitemap", fuzz_reader, &fh_format_sitemap},
    {"read-front", fuzz_reader, &fh_format_front},
    {"read-page", fuzz_reader, &fh_format_page},
    {"read-xml", fuzz_reader, &fh_format_xml},
    {"read-iptc7901", fuzz_reader, &fh_format_iptc7901},
    {"read-anpa", fuzz_reader, &fh_format_anpa},
    {"read-text", fuzz_reader, &fh_format_text},

    /* What readers stand on. */
    {"source", fuzz_source, NULL},
    {"json-split", fuzz_json_split, NULL},
    {"xml-split", fuzz_xml_split, NULL},
    {"html", fuzz_html, NULL},
    {"http-message", fuzz_http_message, NULL},
    {"decode", fuzz_decode, NULL},
    {"dates", fuzz_dates, NULL},
    {"address", fuzz_address, NULL},
    {"tidy", fuzz_tidy, NULL},
    {"sitemap", fuzz_sitemap, NULL},

    /* Words and names. */
    {"tokens-light", fuzz_tokens, &light},
    {"tokens-light10", fuzz_tokens, &light10},
    {"tokens-none", fuzz_tokens, &none},
    {"lexicon", fuzz_lexicon, NULL},
    {"gazetteer", fuzz_gazetteer, NULL},
    {"gazetteer-packed", fuzz_gazetteer_packed, NULL},
    {"learned", fuzz_learned, NULL},
    {"names", fuzz_names, NULL},
    {"spelling", fuzz_spelling, NULL},

    /* What is stored. */
    {"narrow", fuzz_narrow, NULL},
    {"vocabulary", fuzz_vocabulary, NULL},
    {"texts", fuzz_texts, NULL},
    {"record", fuzz_record, NULL},
    {"phrase", fuzz_phrase, NULL},
    {"lists", fuzz_lists, NULL},

    /* Queries, answers, requests. */
    {"query", fuzz_query, NULL},
    {"marks", fuzz_marks, NULL},
    {"selection", fuzz_selection, NULL},
    {"target", fuzz_target_of_request, NULL},
    {"request", fuzz_request, NULL},

    {NULL, NULL, NULL},
};

const fuzz_target *fuzz_find(const char *name) {
    for (const fuzz_target *target = fuzz_targets; target->name; target++)
        if (strcmp(target->name, name) == 0) return target;
    return NULL;
}
