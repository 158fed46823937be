/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers written in half bytes, so that the frequent ones, which are low, take few: a code names a piece of
 * text in the vocabulary (vocabulary.h), and the lowest of all are signs.
 *
 *   first half byte   half bytes   codes
 *   0-4               2            0 to 79
 *   5-8               3            80 to 1,103
 *   9-12              4            1,104 to 17,487
 *   13-14             5            17,488 to 148,559
 *   15                6            148,560 to 1,197,135
 */
#ifndef FH_STORE_TEXT_CODES_H
#define FH_STORE_TEXT_CODES_H

#include "base/buf.h"

enum {
    FH_CODE_END,     /* of a text */
    FH_CODE_LITERAL, /* a form (form.h) follows */
    FH_CODE_SKIP,    /* a number follows: so many positions have no word */
    FH_CODE_SIGNS,   /* the first code of a piece */
};

typedef struct fh_code_tier {
    uint32_t first, count; /* codes */
    uint8_t lead;          /* first half bytes begin here */
    uint8_t halves;        /* of each of its codes */
} fh_code_tier;

enum { FH_CODE_TIERS = 5, FH_CODES = 80 + 1024 + 16384 + 131072 + 1048576 };
extern const fh_code_tier fh_code_tiers[FH_CODE_TIERS];

/* Which of the tiers a code is in. */
unsigned fh_code_tier_of(uint32_t code);

/* ---- Writing ---- */

typedef struct fh_code_writer {
    fh_buf *out;
    bool half; /* the last byte has room for another half */
} fh_code_writer;

void fh_codes_put(fh_code_writer *to, uint32_t code);
void fh_codes_put_number(fh_code_writer *to, uint64_t number);
void fh_codes_put_bytes(fh_code_writer *to, fh_str bytes);

/* ---- Reading ---- */

/* After something that is not there, everything further is 0 or empty, and `bad` says so. */
typedef struct fh_code_reader {
    const unsigned char *bytes;
    size_t at, end; /* in half bytes */
    bool bad;
} fh_code_reader;

fh_code_reader fh_codes_over(fh_str bytes);
uint32_t fh_codes_take(fh_code_reader *from);
uint64_t fh_codes_take_number(fh_code_reader *from);

/* Passes codes up to one whose kind, which `kinds` has for every code there can be, says FH_STEP_STOP, or to
 * one that fh_codes_take is to take because the end is near, or until more than `most` steps are made.  Tells
 * the sum of the steps of those passed. */
#define FH_STEP_STOP 0xff
uint32_t fh_codes_pass(fh_code_reader *from, const uint8_t *kinds, const uint8_t steps[256], uint32_t most);

/* Appends `count` bytes to `out`; none where there are not so many. */
void fh_codes_take_bytes(fh_code_reader *from, size_t count, fh_buf *out);

/* Nothing is left but what fills the last byte. */
bool fh_codes_at_end(const fh_code_reader *from);

#endif
