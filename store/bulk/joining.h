/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work of a join: its parts, each read from its lowest key to its highest, side by side. */
#ifndef FH_STORE_BULK_JOINING_H
#define FH_STORE_BULK_JOINING_H

#include "store/bulk/join.h"
#include "store/glass/entries.h"
#include "store/glass/fresh.h"
#include "store/glass/rare.h"
#include "store/glass/read.h"

/* Pages of terms: those of rare ones, or a run of fresh ones. */
typedef struct fh_joined_pages {
    fh_glass_reader *reader;
    fh_str prefix; /* of their entries' keys */
    fh_rare_page page;
    bool there; /* at a term */
} fh_joined_pages;

typedef struct fh_joined_part {
    const char *path;
    fh_numbers dead;
    uint32_t before; /* living documents of the parts before */
    fh_glass_reader *reader;
    fh_glass_entry at;
    fh_fresh fresh; /* as a fact of its tells */
    fh_joined_pages rare, runs[FH_FRESH_RUNS];
    struct fh_part_lists *lists; /* store/bulk/tell.c opens them; NULL: they were not needed yet */
} fh_joined_part;

/* The postings of one term, of all parts. */
typedef struct fh_gathered {
    struct fh_gathered_posting {
        uint32_t number, wdf;
    } * items;
    size_t count, capacity;
    uint64_t occurrences;
} fh_gathered;

void fh_gathered_add(fh_gathered *to, uint32_t number, uint32_t wdf);

typedef struct fh_joining {
    const fh_join *how;
    fh_joined_part *parts;
    size_t count;
    bool any_dead;
    fh_glass *to;
    fh_glass_stats stats;
    fh_status status; /* the first error: nothing goes on after it */
    fh_error *err;
    fh_buf key, name;            /* name: what fh_joining_lowest found */
    struct fh_stem_lists *stems; /* of store/bulk/tell.c; NULL: none was kept */
} fh_joining;

/* Opens the same table of all parts, and reads its first entries. */
void fh_joining_open(fh_joining *j, fh_glass_table table);

/* Reads the next entry of a part; none after an error. */
void fh_joining_advance(fh_joining *j, fh_joined_part *from);

/* The same of the pages of all parts; which runs these have must be known. */
void fh_joining_open_pages(fh_joining *j);
void fh_joining_advance_page(fh_joining *j, fh_joined_pages *from);

/* Inflates the tag of the entry at hand where it is deflated.  False: an error, after which nothing is at
 * hand. */
bool fh_joining_plain(fh_joining *j, fh_joined_part *from);

/* How many bytes of a key are the name that is joined by. */
typedef size_t fh_name_len(fh_str key);

/* The lowest name of the keys at hand that begin with `prefix`; false: there is none. */
bool fh_joining_lowest(fh_joining *j, fh_str prefix, fh_name_len *len_of);

/* The lowest name of a term, be it in the table at hand or in pages. */
bool fh_joining_lowest_term(fh_joining *j);

/* Does the part stand at this name? */
bool fh_joining_is_at(const fh_joining *j, const fh_joined_part *from, fh_name_len *len_of);

/* The number that a document of a part will have; 0: it is dead. */
uint32_t fh_joining_number(const fh_joined_part *from, uint32_t number);

/* The whole key is the name. */
size_t fh_whole_len(fh_str key);

/* The postlist table: metadata, values, lengths and postings, in this order. */
void fh_join_postlists(fh_joining *j);

#endif
