/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An inverter: the terms of documents go in one document after another, and come out term by term in byte
 * order, each with its documents. */
#ifndef FH_STORE_BULK_INVERT_H
#define FH_STORE_BULK_INVERT_H

#include "base/str.h"
#include <stdint.h>

typedef struct fh_inverter fh_inverter;

fh_inverter *fh_inverter_new(void);
void fh_inverter_free(fh_inverter *inverter); /* takes NULL */

/* Bytes it holds, and will take to put the terms in order. */
size_t fh_inverter_bytes(const fh_inverter *inverter);

/* An occurrence of a term (1 to 245 bytes) in the document at hand. */
void fh_inverter_add(fh_inverter *inverter, fh_str term, uint32_t weight);

/* Ends the document at hand, whose number is above all before.  How much each of its terms weighs, in no
 * order; borrowed until the next call. */
const uint32_t *fh_inverter_end(fh_inverter *inverter, uint32_t number, size_t *count);

/* ---- Coming out ---- */

/* One document of a term. */
typedef struct fh_occurrence {
    uint32_t number, wdf;
} fh_occurrence;

typedef struct fh_inverted {
    fh_str term;
    uint32_t documents;
    uint32_t wdf; /* of all of them */
} fh_inverted;

/* Puts the terms in order; none can be added any more. */
void fh_inverter_turn(fh_inverter *inverter);

/* The next term.  False behind the last one. */
bool fh_inverter_term(fh_inverter *inverter, fh_inverted *out);

/* The next document of this term, borrowed until the next call.  False behind the last one. */
bool fh_inverter_occurrence(fh_inverter *inverter, fh_occurrence *out);

#endif
