/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in the tables of a glass database (docs/glass.md): postings and values. */
#ifndef FH_STORE_GLASS_ENTRIES_H
#define FH_STORE_GLASS_ENTRIES_H

#include "base/buf.h"
#include "store/glass/rare.h"

/* ---- Postings of one term after another; the empty term's are the lengths of documents ---- */

typedef struct fh_glass_postings {
    fh_glass *glass;
    bool small;           /* longer lists are deflated, but for what they begin with */
    fh_rare_writer *rare; /* takes those of rare terms; NULL: they stand as all others do */
    fh_str term;          /* borrowed until the end */
    uint32_t documents;
    uint64_t occurrences;
    uint32_t first, last; /* of the chunk at hand; last: 0 in the beginning */
    bool in_first_chunk;
    bool deflates; /* the list at hand */
    fh_buf body, key, tag;
} fh_glass_postings;

void fh_glass_postings_begin(fh_glass_postings *to, fh_str term, uint32_t documents, uint64_t occurrences);
void fh_glass_postings_add(fh_glass_postings *to, uint32_t number, uint32_t wdf); /* numbers rise */
void fh_glass_postings_end(fh_glass_postings *to);
void fh_glass_postings_free(fh_glass_postings *to);

/* ---- The values of one slot, gathered until they are written ---- */

typedef struct fh_glass_slot {
    uint32_t count, last;   /* values; the last document */
    fh_buf lowest, highest; /* value */
    fh_buf bytes;           /* of all chunks */
    struct fh_glass_chunk {
        uint32_t first;
        size_t start;
    } * chunks;
    size_t chunk_count, chunk_capacity;
    bool long_chunks; /* set before the first value: they are deflated, now or by a merge */
} fh_glass_slot;

void fh_glass_slot_add(fh_glass_slot *to, uint32_t number, fh_str value); /* numbers rise; no empty value */
size_t fh_glass_slot_bytes(const fh_glass_slot *slot);
void fh_glass_slot_free(fh_glass_slot *slot);

/* Slots 0 to count - 1, count at most 32; first the facts of all, then the values of all.  `small`: a bit for
 * each slot whose values are deflated where that pays. */
void fh_glass_slots_write(const fh_glass_slot *slots, uint32_t count, uint32_t small, fh_glass *glass);

/* The same in steps: the facts of all, then of one slot after the other what is whole, which it forgets; of a
 * slot to which more will be added, that is all but its last chunk.  `glass` NULL: forgets it, and no more.
 */
void fh_glass_slots_write_facts(const fh_glass_slot *slots, uint32_t count, fh_glass *glass);
void fh_glass_slot_write(fh_glass_slot *slot, uint32_t number, bool small, bool more, fh_glass *glass);

/* ---- What belongs to one document ---- */

/* The key of all that is kept by a document's number. */
void fh_glass_number_key(fh_buf *out, uint32_t number);

#endif
