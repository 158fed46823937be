/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Format 1 of a record, in numbers of glass/pack.h:
 *
 *   4 bytes the CRC-32 (crc.h) of what follows
 *   number  length of the id, then the id as it is
 *   number  1, the format
 *   number  which vocabulary of the index its codes are of
 *   number  length of the numbers, then those: of the runs of words without a text, how many and the
 *           field of each; facts; which texts there are; how many keywords and related titles; the marks of
 *           entities (marks.c) behind their length
 *   rest    codes: a run for the title, one for the body, one for each field that has words without a text,
 *           then one for every other text, keyword and related title, in the order of the numbers */
#ifndef FH_STORE_TEXT_RECORD_LAYOUT_H
#define FH_STORE_TEXT_RECORD_LAYOUT_H

#include "store/glass/crc.h"
#include "store/text/record.h"

enum {
    FH_RECORD_FORMAT = 1,
    FH_RECORD_TEXTS = 11,    /* that an article has one of, beside title and body */
    FH_RECORD_ADDRESSES = 2, /* the first of them */
};

/* Facts that are a bit. */
enum { FH_HAS_TIME = 1, FH_GUESSED = 2, FH_HAS_ZONE = 4, FH_TITLE_FROM_LEAD = 8, FH_TITLE_FIELD = 16 };

/* The n-th of the texts, in their order in a record. */
fh_str *fh_record_text(fh_article *article, size_t n);

#endif
