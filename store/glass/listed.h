/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The documents that have a term, and how often, read from a mapped table in the order of their numbers. */
#ifndef FH_STORE_GLASS_LISTED_H
#define FH_STORE_GLASS_LISTED_H

#include "base/buf.h"
#include "store/glass/rare_walk.h"

/* Behind the last document. */
#define FH_LIST_END UINT32_MAX

typedef struct fh_list {
    uint32_t doc, wdf;   /* at hand; FH_LIST_END */
    uint32_t chunk_last; /* document */
    const unsigned char *at, *end;
    uint32_t frequency; /* how many documents there are, the dead too */
    uint32_t limit;     /* the highest number that there is */
    size_t key_len;
    char *room; /* for a chunk that was inflated; NULL: none was yet */
    bool last_chunk;
    bool ahead;  /* what is at hand is of a page of rare terms, and the first chunk is still to come */
    bool broken; /* it is damaged, and ended early */
    uint32_t next_run;
    const fh_rare_list *fresh; /* of each run; NULL: none has any */
    fh_lookup place;
} fh_list;

/* Where a term's documents are: in a page of rare terms, in chunks, or first there and then here; and behind
 * these, in runs of fresh terms. */
typedef struct fh_list_place {
    fh_str key;       /* of the list */
    fh_lookup chunks; /* behind the first one */
    bool in_chunks;   /* there are some */
    fh_rare_list rare;
    const fh_rare_list *fresh; /* of each run (fh_mapped.fresh); NULL: none has any */
} fh_list_place;

/* The tables that lists are in. */
typedef struct fh_list_tables {
    fh_mapped *postings, *rare, *told;
} fh_list_tables;

/* Opens them, and lets what is looked for in the first be found in the others too.  False: one cannot be
 * mapped. */
bool fh_list_tables_open(const fh_list_tables *to, const char *dir, const fh_glass_version *version,
                         fh_proof *proof, fh_inflated *inflated);

/* Appends the key of a term's list; the term of no letters is that of all documents' lengths. */
void fh_list_key(fh_str term, fh_buf *out);

/* Goes to the first document, in the pages of the table (fh_mapped.rare) or in the table itself.  The key
 * must stay as long as the list. */
void fh_list_open(fh_list *list, const fh_mapped *table, uint32_t limit, fh_str key, fh_arena *arena);

/* The same without what is fresh, where the list is not told (store/glass/told.h), or it is broken. */
void fh_list_open_plain(fh_list *list, const fh_mapped *table, uint32_t limit, fh_str key, fh_arena *arena);

/* The same of what was found already.  Postings of a page are borrowed. */
void fh_list_open_at(fh_list *list, const fh_list_place *place, uint32_t limit);

/* Goes to the first document of the chunk that a document is in, if the list has it. */
void fh_list_open_near(fh_list *list, const fh_mapped *table, uint32_t limit, fh_str key, uint32_t doc,
                       fh_arena *arena);

/* How many documents the list has whose first entry this is, which is never deflated: else it is broken. */
uint32_t fh_list_frequency(fh_lookup *place);

/* What the two below do at a chunk's end: goes on in the next one; where that is deflated, in the last one
 * that does not begin behind `doc`. */
void fh_list_turn(fh_list *list, uint32_t doc);
void fh_list_break(fh_list *list);

static inline uint32_t fh_list_number(fh_list *list) {
    uint32_t number = 0;
    for (unsigned shift = 0; list->at < list->end && shift < 32; shift += 7) {
        unsigned char byte = *list->at++;
        number |= (uint32_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
    fh_list_break(list);
    return 0;
}

static inline void fh_list_next(fh_list *list) {
    const unsigned char *at = list->at;
    uint32_t gap, wdf;
    if (list->end - at >= 2 && (at[0] | at[1]) < 0x80) { /* as most are */
        gap = at[0];
        wdf = at[1];
        list->at = at + 2;
    } else if (at == list->end) {
        fh_list_turn(list, 0);
        return;
    } else {
        gap = fh_list_number(list);
        wdf = fh_list_number(list);
        if (list->broken) return;
    }
    if (gap >= list->chunk_last - list->doc) {
        fh_list_break(list);
        return;
    }
    list->doc += gap + 1;
    list->wdf = wdf;
}

/* Goes on if this document is at hand, without a branch for whether it is. */
static inline void fh_list_pass(fh_list *list, uint32_t doc) {
    const unsigned char *at = list->at;
    uint32_t is = list->doc == doc;
    if (list->end - at >= 2 && (at[0] | at[1]) < 0x80 && at[0] < list->chunk_last - list->doc) {
        list->doc += (at[0] + 1U) * is;
        list->wdf += (at[1] - list->wdf) * is;
        list->at = at + 2 * is;
    } else if (is) {
        fh_list_next(list);
    }
}

/* Goes to the first document that is not below. */
static inline void fh_list_to(fh_list *list, uint32_t doc) {
    while (list->doc < doc) {
        if (doc > list->chunk_last)
            fh_list_turn(list, doc);
        else
            fh_list_next(list);
    }
}

#endif
