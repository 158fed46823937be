/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What answers queries, by loops of our own over mapped posting lists, of what was committed.  What it
 * returns false for could not be read: a table is damaged, or a newer commit has written over it. */
#ifndef FH_STORE_MATCH_MATCHER_H
#define FH_STORE_MATCH_MATCHER_H

#include "store/glass/deflate.h"
#include "store/glass/listed.h"
#include "store/match/column.h"
#include "store/match/kept.h"
#include "store/match/matched.h"
#include "store/match/terms.h"
#include "store/text/vocabulary.h"
#include "store/xapian.h"

/* Of one index, at one commit. */
typedef struct fh_matcher {
    const char *dir; /* borrowed, as is the next one */
    fh_vocabulary *vocabulary;
    fh_mapped postings, rare, told, data; /* pages of rare terms; told lists */
    fh_proof proof;                       /* of what was read of them */
    uint32_t documents, last;             /* as the version file has them, and the next */
    uint64_t length;                      /* of all documents together */
    fh_arena *memory, *scratch;
    fh_numbers dead;
    uint32_t *lengths; /* of each document, and one more; 0: not needed yet */
    bool lost;         /* some could not be read */
    uint64_t *dates;   /* fh_date_rank of each; NULL: not needed yet */
    uint32_t *counts;  /* room for merging lists, all zeros between two queries */
    uint64_t *touched;
    fh_column *columns[FH_SLOTS]; /* what was asked for */
    fh_values *values[FH_SLOTS];  /* of single documents, likewise */
    fh_glass_inflater *inflater;  /* NULL: nothing was deflated yet */
    fh_inflated *inflated;        /* chunks of lists */
    fh_kept *merged, *stands;     /* lists, and where phrases were looked for: these are small, and dear */
    fh_kept *bounds;              /* of lists, by blocks */
} fh_matcher;

/* Of the newest commit at `dir`.  NULL: its tables cannot be mapped. */
fh_matcher *fh_matcher_new(const char *dir, fh_vocabulary *vocabulary);
void fh_matcher_free(fh_matcher *matcher); /* takes NULL */

/* How long a document is.  Lengths are read a chunk at a time, when the first of it is asked for. */
uint32_t fh_matcher_learn_length(fh_matcher *matcher, uint32_t document);
static inline uint32_t fh_matcher_length(fh_matcher *matcher, uint32_t document) {
    uint32_t known = matcher->lengths[document];
    return known ? known - 1 : fh_matcher_learn_length(matcher, document);
}

/* When documents were published; false: it cannot be read. */
bool fh_matcher_learn_dates(fh_matcher *matcher);

/* What stands in a slot. */
fh_column *fh_matcher_column(fh_matcher *matcher, fh_slot slot);

/* A key of fh_date_key as a number in the order of the keys, also with a "~" behind it; 0 for an unknown
 * date, FH_NO_RANK for what is no such key. */
#define FH_NO_RANK UINT64_MAX
uint64_t fh_date_rank(fh_str key);

/* As fh_xapian_get_meta, fh_xapian_lookup, and fh_xapian_data without the entities; strings live in the
 * arena. */
bool fh_matcher_meta(const fh_matcher *matcher, const char *key, fh_arena *arena, fh_str *out);
bool fh_matcher_lookup(fh_matcher *matcher, fh_str id, uint32_t *number);
bool fh_matcher_data(fh_matcher *matcher, uint32_t number, fh_arena *arena, fh_str *out);

/* What stands in a slot of a document, and what it says; the first is good until the next call, the second
 * lives in the arena.  They are best asked for in the order of documents. */
bool fh_matcher_kept(fh_matcher *matcher, uint32_t number, fh_slot slot, fh_str *kept);
bool fh_matcher_value(fh_matcher *matcher, uint32_t number, fh_slot slot, fh_arena *arena, fh_str *out);

/* As fh_xapian_values. */
bool fh_matcher_values(fh_matcher *matcher, fh_slot slot, fh_value_visitor *visit, void *context);

/* Lets go of the pages of its files that lie in the process, until they are read again. */
void fh_matcher_release(const fh_matcher *matcher);

/* ---- Of one index or several ---- */

/* Indexes that are searched as one.  Each is gone through alone, but what words are worth goes by all of
 * them.  Documents are dealt out in turn, as Xapian numbers them in joined databases. */
typedef struct fh_matchers {
    fh_matcher **parts;
    size_t count, room;
    uint64_t documents, dead;
    double average_length;
    uint32_t *found; /* room for all documents that match, those of each index behind those before */
} fh_matchers;

fh_matchers *fh_matchers_new(void);
void fh_matchers_free(fh_matchers *all); /* takes NULL */

/* Adds an index, as fh_matcher_new has it.  False: it cannot be mapped. */
bool fh_matchers_add(fh_matchers *all, const char *dir, fh_vocabulary *vocabulary);

/* A document's number among all, by that in its index; and the other way round: which index it is in. */
static inline uint32_t fh_matchers_number(const fh_matchers *all, size_t part, uint32_t document) {
    return (uint32_t)((document - 1) * all->count + part + 1);
}
static inline size_t fh_matchers_part(const fh_matchers *all, uint32_t number, uint32_t *document) {
    *document = (uint32_t)((number - 1) / all->count + 1);
    return (number - 1) % all->count;
}

void fh_matchers_release(const fh_matchers *all);

/* What is hidden, by the numbers of each index. */
fh_hidden *fh_matchers_deal(const fh_matchers *all, fh_hidden hidden, fh_arena *arena);

/* The answer, without what is hidden. */
bool fh_matchers_find(fh_matchers *all, const fh_find *find, fh_hidden hidden, fh_arena *arena,
                      fh_matched *out);

/* What a query gives one document, 0 where it does not match. */
bool fh_matchers_score(fh_matchers *all, const fh_query *query, fh_bm25 bm25, uint32_t number,
                       fh_arena *arena, double *out);

/* In how many documents a word stands; 0 where all of them are dead or hidden. */
bool fh_matchers_frequency(const fh_matchers *all, fh_field field, fh_str word, fh_hidden hidden,
                           uint32_t *out);

/* A walk through the words of a field that begin so, of them those behind a term. */
typedef struct fh_word_walk {
    const fh_matchers *all;
    fh_field field;
    fh_hidden *hidden;    /* of each index */
    fh_term start, after; /* empty: from the start on */
    fh_terms terms;       /* at that of the word at hand */
    bool begun;
    bool skipped; /* what is no word of the field, which in order comes once */
    fh_term_text word;
    uint32_t articles;
} fh_word_walk;

fh_word_walk fh_matchers_words(const fh_matchers *all, fh_field field, fh_str prefix, fh_term after,
                               fh_hidden hidden, fh_arena *arena);
bool fh_word_walk_next(fh_word_walk *walk); /* false behind the last */

/* Goes through the lists of all terms: how many of them are damaged. */
uint64_t fh_matchers_damaged_lists(const fh_matchers *all);

/* ---- What the indexes themselves have ---- */

/* As fh_xapian_lookup and fh_xapian_data, for a number among all. */
bool fh_matchers_lookup(fh_matchers *all, fh_str id, uint32_t *number);
bool fh_matchers_data(fh_matchers *all, uint32_t number, fh_arena *arena, fh_str *data, fh_str *entities);

fh_store_stats fh_matchers_statistics(const fh_matchers *all); /* always good */

/* As fh_xapian_values, but one index after another. */
bool fh_matchers_values(fh_matchers *all, fh_slot slot, fh_value_visitor *visit, void *context);

/* Is it one of these, which rise? */
bool fh_is_among(const uint32_t *numbers, size_t count, uint32_t number);

#endif
