/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which articles were put, and what: 22 bytes an article.  Two ids that share a 64-bit hash are taken for
 * one. */
#ifndef FH_STORE_BULK_IDS_H
#define FH_STORE_BULK_IDS_H

#include "base/chains.h"
#include "base/str.h"

/* What was put first has number 1. */
typedef struct fh_ids {
    struct fh_put_id *items;
    size_t count, capacity;
    fh_chains by_id;
} fh_ids; /* zeroed, it is empty */

void fh_ids_free(fh_ids *ids);

/* Bytes that they hold. */
size_t fh_ids_bytes(const fh_ids *ids);

/* An article was put; the one of this id that was put before is forgotten. */
void fh_ids_add(fh_ids *ids, fh_str id, fh_str content);

/* The number of the article of this id; 0: none was put, or it was forgotten. */
uint32_t fh_ids_find(const fh_ids *ids, fh_str id);

void fh_ids_forget(fh_ids *ids, uint32_t number);

/* Was this the article's content? */
bool fh_ids_is_content(const fh_ids *ids, uint32_t number, fh_str content);

#endif
