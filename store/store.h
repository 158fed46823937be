/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one door to the index: articles and their postings go in, a query tree finds them. */
#ifndef FH_STORE_STORE_H
#define FH_STORE_STORE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/error.h"
#include "base/str.h"
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- What is kept of an article ---- */

typedef enum fh_part { FH_PART_TITLE, FH_PART_BODY } fh_part;

/* An entity's name standing in the article. */
typedef struct fh_entity_mark {
    fh_str entity;       /* id */
    uint8_t part;        /* fh_part */
    uint32_t start, end; /* bytes in that part */
} fh_entity_mark;

/* An article as people know it.  All strings are valid UTF-8 and borrowed; an absent one is empty. */
typedef struct fh_article {
    fh_str id; /* unique in an index, at most FH_MAX_ID bytes, no control characters */
    fh_str url;
    fh_str title;
    fh_str source; /* the outlet */
    fh_str wire;   /* the agency the outlet names as its own source */
    fh_str author;
    fh_str section;
    fh_str language; /* BCP 47, "ar" */
    fh_str parent;   /* id of the page this article stood on */
    fh_str dateline; /* where it was written, and by which agency */
    fh_str edition;  /* which version of it this is: fh_edition_key, byte order is their order */
    fh_str embargo;  /* "2016-10-23T12:00:00Z": not to be shown before; empty: there is none */
    fh_str format;   /* what it was read from: a format's name, "html" */
    fh_str body;     /* paragraphs, one a line */
    fh_strs keywords;
    fh_strs related; /* titles of other articles that the page lists: kept, not searched */
    fh_date published;
    bool withdrawn;       /* its publisher takes it back: an order to delete what has this id, never stored */
    bool repaired;        /* its text had been saved in a wrong encoding; never stored */
    fh_str searched;      /* the part of `body` whose words are to be found; empty: all; never stored */
    bool title_from_lead; /* the page has no title: `title` repeats the beginning of the body */
    fh_entity_mark *entities;
    size_t entity_count;
} fh_article;

/* ---- The schema: store/schema.c lists prefixes and slots, with their history ---- */

/* Where a term counts. */
typedef enum fh_field {
    FH_FIELD_WORD,       /* folded words of title and body, with positions */
    FH_FIELD_STEM,       /* their stems, without */
    FH_FIELD_TITLE,      /* folded words of the title, with positions */
    FH_FIELD_TITLE_STEM, /* their stems, without */
    FH_FIELD_AUTHOR,     /* folded words of the author, with positions */
    FH_FIELD_SOURCE,     /* folded words of outlet and wire, with positions */
    FH_FIELD_KEYWORD,    /* a whole folded keyword */
    FH_FIELD_ENTITY,     /* an entity's id */
    FH_FIELD_URL,        /* by a hash: look at the article's */
    FH_FIELD_HOST,
    FH_FIELD_LANGUAGE,
    FH_FIELD_PARENT,
    FH_FIELD_DAY,   /* 20240504 */
    FH_FIELD_MONTH, /* 202405 */
    FH_FIELD_YEAR,  /* 2024 */
    FH_FIELD_ID,
    FH_FIELD_STORY, /* what the articles of one story share */
    FH_FIELDS
} fh_field;

/* What can be sorted, counted and compared. */
typedef enum fh_slot {
    FH_SLOT_PUBLISHED, /* fh_date_key */
    FH_SLOT_MONTH,     /* 2024-05 */
    FH_SLOT_SOURCE,
    FH_SLOT_AUTHOR,
    FH_SLOT_LANGUAGE,
    FH_SLOT_ENTITIES, /* ids, each ended by FH_VALUE_END */
    FH_SLOT_KEYWORDS, /* keywords, each ended by FH_VALUE_END */
    FH_SLOT_CONTENT,  /* hash of all that was read of the article */
    FH_SLOT_EMBARGO,  /* fh_article.embargo: fh_store_find leaves the article out before */
    FH_SLOT_STORY,    /* the same in all articles of one story */
    FH_SLOT_FORMAT,   /* fh_article.format */
    FH_SLOTS
} fh_slot;

#define FH_VALUE_END '\x1f'
#define FH_STORY_WORD 16 /* letters */

/* The word of FH_FIELD_STORY that goes with a value of FH_SLOT_STORY. */
void fh_story_word(fh_str value, char out[FH_STORY_WORD]);

/* One occurrence of a word, in any order; the store gathers them. */
typedef struct fh_posting {
    fh_field field;
    uint32_t position; /* from 1; 0: none is kept */
    uint32_t weight;   /* how much it counts: 1, more in a title; 0 for a filter, which has no position */
    fh_str word;
    uint32_t start, end; /* the bytes of title or body that it is; both 0: of none */
    uint8_t part;        /* fh_part */
} fh_posting;

typedef struct fh_value {
    fh_slot slot;
    fh_str bytes;
} fh_value;

typedef struct fh_document {
    const fh_article *article;
    const fh_posting *postings;
    size_t posting_count;
    const fh_value *values;
    size_t value_count;
} fh_document;

/* ---- Opening ---- */

typedef struct fh_store fh_store;

/* Who made the index and how; a store with another version of it is refused with FH_ERR_VERSION. */
typedef struct fh_store_identity {
    uint32_t analyser_version;
    const char *stemmer; /* name */
    fh_str lexicon;      /* the text of the words that a user added to it; a NULL one is what the index has */
} fh_store_identity;

/* Opens one or more indexes to be searched as one.  Errors: FH_ERR_NOT_FOUND, FH_ERR_CORRUPT, FH_ERR_IO,
 * FH_ERR_VERSION (of another version, or not by fihris), FH_ERR_USAGE (other stemmers, other lexicons). */
fh_status fh_store_open(const char *const *dirs, size_t count, uint32_t analyser_version, fh_store **out,
                        fh_error *err);

/* Opens an index for writing, makes it where there is none.  Queries and words are answered from what is
 * committed; articles, facts, numbers of articles are those of what is not, too, but in bulk (see below).
 * Errors: as above, and FH_ERR_LOCKED. */
fh_status fh_store_open_writable(const char *dir, const fh_store_identity *identity, fh_store **out,
                                 fh_error *err);

/* Opens for reading what another one has committed, for a thread of its own.  Errors: of fh_store_open. */
fh_status fh_store_open_beside(const fh_store *store, fh_store **out, fh_error *err);

/* How articles are written.  In bulk, they are inverted in memory and become an index at the commit: many
 * times faster than Xapian's own writer.  Until the commit they are seen by fh_store_presence and
 * fh_store_delete alone.  A few articles for a large index are put by Xapian's writer without their terms,
 * which are kept together until articles come in bulk (store/glass/fresh.h). */
typedef enum fh_writing_by {
    FH_WRITE_BY_SIZE, /* in bulk where the index is empty, or once many articles have come for its size; a few
                       */
    FH_WRITE_BY_LIBRARY, /* by Xapian's writer, terms and all; as a few where the index has fresh terms */
    FH_WRITE_A_FEW,
    FH_WRITE_IN_BULK,
} fh_writing_by;

/* How the stem of a folded word is found, which tells where lists of words can be kept in fewer bytes:
 * whatever it says, nothing is lost.  `stem` NULL: it is not known, and they take more. */
typedef struct fh_stemming {
    fh_str (*stem)(const void *context, fh_str folded, fh_arena *arena);
    const void *context;
} fh_stemming;

typedef struct fh_writing {
    fh_writing_by by;
    size_t memory; /* bytes that writing in bulk may hold, FH_WRITE_MEMORY_LEAST or more */
    fh_stemming stemming;
} fh_writing;

#define FH_WRITE_MEMORY_LEAST (16u << 20)
#define FH_WRITE_MEMORY (256u << 20)    /* what is good as a rule */
#define FH_WRITE_MEMORY_MOST (3u << 30) /* bytes are counted in 32 bits */

/* From the next transaction on; FH_WRITE_BY_LIBRARY before.  And how much of the memory the caller holds now,
 * for what he knows of what he put: the more, the earlier articles go from it to the disk. */
void fh_store_write_by(fh_store *store, const fh_writing *how);
void fh_store_hold(fh_store *store, size_t bytes);

/* About how many articles are still to be put, by which FH_WRITE_BY_SIZE may choose sooner; 0: it is not
 * known.
 */
void fh_store_expect(fh_store *store, uint64_t articles);

/* Leaves out what was not committed.  Takes NULL. */
void fh_store_close(fh_store *store);

/* Has an index been committed to, or another put in its place, since the store was opened?  Costs a look at
 * one file an index.  To have all of it of the newest commit, open it again: what is open answers on, each
 * question from the commit that is the newest then. */
bool fh_store_is_stale(const fh_store *store);

/* What tells this commit of these indexes from every other: the same for every copy of them. */
fh_status fh_store_revision(fh_store *store, uint64_t *out, fh_error *err);

/* The stemmer's name that the index was made with; borrowed from the store. */
const char *fh_store_stemmer(const fh_store *store);

/* The text of the lexicon that it was made with, empty where there is none; borrowed from the store. */
fh_str fh_store_lexicon(const fh_store *store);

/* ---- Writing ---- */

/* What an index has of an article. */
typedef enum fh_presence { FH_ABSENT, FH_SAME, FH_CHANGED } fh_presence;

/* Compares FH_SLOT_CONTENT of the article of this id with `content`. */
fh_status fh_store_presence(fh_store *store, fh_str id, fh_str content, fh_presence *out, fh_error *err);

/* Adds the document, or replaces the one with the same article id. */
fh_status fh_store_put(fh_store *store, const fh_document *document, fh_error *err);

/* Deletes by article id; `*found` says whether there was one. */
fh_status fh_store_delete(fh_store *store, fh_str id, bool *found, fh_error *err);

/* All writing happens between begin and commit; what was committed survives a kill at any moment.  Cancel
 * forgets what came after begin. */
fh_status fh_store_begin(fh_store *store, fh_error *err);
fh_status fh_store_commit(fh_store *store, fh_error *err);
fh_status fh_store_cancel(fh_store *store, fh_error *err);

/* There will be a change.  The first one waits until all blocks of the index were looked at: that begins now,
 * in a thread, and not only when it comes. */
void fh_store_foresee(fh_store *store);

/* Lets go of the pages of the index's files that lie in the process's memory, until they are read again: for
 * who reads much of it once. */
void fh_store_release(const fh_store *store);

/* So much was put since the last commit, and is held in memory, that a kill might cost too much. */
bool fh_store_is_due(const fh_store *store);

/* Makes the vocabulary of texts anew from the articles that are there, if it is not: the most frequent words
 * get the shortest codes, and nothing of deleted articles is left in it.  In a transaction of its own. */
fh_status fh_store_settle(fh_store *store, fh_error *err);

/* Rewrites the closed index at `dir` as small as it gets; what is there stays until the new one is whole. */
fh_status fh_store_compact(const char *dir, const fh_stemming *stemming, fh_error *err);

/* Small facts kept with the index: `*out` is empty where there is no such key.  get_each: of each of the
 * store's indexes, in the order they were named in.  long: deflated, for what searching does not read. */
fh_status fh_store_get_meta(fh_store *store, const char *key, fh_arena *arena, fh_str *out, fh_error *err);
fh_status fh_store_set_meta(fh_store *store, const char *key, fh_str value, fh_error *err);
fh_status fh_store_get_long_meta(fh_store *store, const char *key, fh_arena *arena, fh_str *out,
                                 fh_error *err);
fh_status fh_store_set_long_meta(fh_store *store, const char *key, fh_str value, fh_error *err);
fh_status fh_store_get_each_meta(fh_store *store, const char *key, fh_arena *arena, fh_strs *out,
                                 fh_error *err);

/* Names beside the built-in ones, as fh_gazetteer_pack packs them: a user's list over those, and what the
 * index learned over both. */
#define FH_META_NAMES "fihris.names"
#define FH_META_LEARNED "fihris.names.learned"

/* ---- Reading ---- */

typedef struct fh_store_stats {
    uint64_t articles;
    double average_length;
} fh_store_stats;
fh_status fh_store_statistics(fh_store *store, fh_store_stats *out, fh_error *err);

/* What there is to know of the indexes themselves. */
typedef struct fh_store_making {
    fh_str schema, analyser; /* versions, of the first one */
    uint64_t bytes;          /* on disk, of all */
} fh_store_making;
fh_status fh_store_made(fh_store *store, fh_arena *arena, fh_store_making *out, fh_error *err);

/* What is asked from here on is asked again when a writer commits meanwhile; FH_ERR_IO, where he does so time
 * and again.  FH_ERR_CORRUPT: what was read is not what was written.  A visitor asks the store nothing. */

/* In how many articles a word stands; 0 where all of them are under embargo now. */
fh_status fh_store_frequency(fh_store *store, fh_field field, fh_str word, uint32_t *out, fh_error *err);

/* Visits the words of a field that begin with `prefix`, of them those behind `after`, until `visit` returns
 * false; in the order of their terms: words of Arabic or Latin letters alone are in byte order.  Those that
 * only articles under embargo have are passed over. */
typedef bool fh_word_visitor(void *context, fh_str word, uint32_t articles);
fh_status fh_store_words(fh_store *store, fh_field field, fh_str prefix, fh_str after, fh_word_visitor *visit,
                         void *context, fh_error *err);

/* Visits every article's id in the order they came in. */
typedef bool fh_id_visitor(void *context, fh_str id);
fh_status fh_store_ids(fh_store *store, fh_id_visitor *visit, void *context, fh_error *err);

/* Visits what stands in a slot of each article, where something does, in the order of their numbers. */
typedef bool fh_value_visitor(void *context, uint32_t document, fh_str value);
fh_status fh_store_values(fh_store *store, fh_slot slot, fh_value_visitor *visit, void *context,
                          fh_error *err);

/* Visits every article in the same order; it lives until the visitor returns. */
typedef bool fh_article_visitor(void *context, const fh_article *article);
fh_status fh_store_articles(fh_store *store, fh_article_visitor *visit, void *context, fh_error *err);
bool fh_article_is_held(const fh_article *article); /* under embargo, now */

/* One article by id, its strings in the arena, whether it is under embargo or not.  FH_ERR_NOT_FOUND. */
fh_status fh_store_article(fh_store *store, fh_str id, fh_arena *arena, fh_article *out, fh_error *err);

/* The same for who searches: what is under embargo now is not found. */
fh_status fh_store_shown_article(fh_store *store, fh_str id, fh_arena *arena, fh_article *out, fh_error *err);

/* ---- Whether an index is whole ---- */

/* Called for each thing that is wrong: where it is, what it is, what one can do. */
typedef void fh_damage_visitor(void *context, const fh_error *damage);

typedef struct fh_checked {
    uint64_t articles, damages;
} fh_checked;

/* Reads all of the index at `dir`: its tables, every article's text, and whether the terms and slots beside
 * it are its own.  FH_OK: everything was looked at, and what is wrong was named.  Errors, when it cannot be
 * told: those of fh_store_open, and FH_ERR_LOCKED (somebody wrote it meanwhile). */
fh_status fh_store_check(const char *dir, uint32_t analyser_version, fh_damage_visitor *visit, void *context,
                         fh_checked *out, fh_error *err);

/* Reads every block of the index at `dir` and holds it against its sum, where it has one; as fast as the
 * disk. For who is about to read all of it, or to answer from it for long.  FH_ERR_CORRUPT, FH_ERR_IO. */
fh_status fh_store_demand_whole(const char *dir, fh_error *err);

/* ---- The query tree, in an arena ---- */

typedef enum fh_op {
    FH_OP_ALL,     /* every article */
    FH_OP_NONE,    /* no article */
    FH_OP_TERM,    /* field, word */
    FH_OP_PREFIX,  /* field, word: the FH_MAX_EXPANSION most frequent words that begin so, weighed as one */
    FH_OP_RANGE,   /* slot, low, high: bytes between, both in; an empty end is open */
    FH_OP_AND,     /* all kids, weights added */
    FH_OP_OR,      /* any kid, weights added */
    FH_OP_NOT,     /* the first kid but none of the others */
    FH_OP_FILTER,  /* the first kid where all the others match, weighed by the first alone */
    FH_OP_MAYBE,   /* the first kid, weighed by the others too where they match */
    FH_OP_SYNONYM, /* kids are terms and prefixes: any of them, weighed as one word */
    FH_OP_PHRASE,  /* kids are terms: in this order within `window` positions; window == kids: next to each
                      other */
    FH_OP_NEAR,    /* kids are terms: within `window` positions */
    FH_OP_SCALE,   /* one kid, its weight times `factor`, which is not below 0; 0: it filters only */
} fh_op;

typedef struct fh_query {
    fh_op op;
    fh_field field;
    fh_slot slot;
    fh_str word, low, high;
    uint32_t window;
    double factor;
    struct fh_query **kids;
    size_t kid_count;
} fh_query;

/* Unknown dates come last. */
typedef enum fh_sort { FH_SORT_RELEVANCE, FH_SORT_NEWEST, FH_SORT_OLDEST } fh_sort;

/* The numbers of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009). */
typedef struct fh_bm25 {
    double k1, b;
} fh_bm25;

/* What a value is counted as, empty: not at all; and of which kind it is, from 1 on.  Both are kept, as long
 * as the store is open, by map and context. */
typedef fh_str fh_value_map(const void *context, fh_str value, int *kind);

typedef struct fh_facet_request {
    fh_slot slot;
    size_t limit;        /* the most frequent values that come back */
    fh_value_map *map;   /* asked once of each value; NULL: each is counted as it is */
    const void *context; /* of `map`; it lives as long as the store is open */
    int kind;            /* the only one that counts; 0: any */
} fh_facet_request;

typedef struct fh_find {
    const fh_query *query;
    fh_sort sort;
    fh_bm25 bm25;
    uint32_t offset, limit;
    bool ids_only; /* hits carry no article but its id */
    bool held_too; /* what is under embargo now too: for whoever keeps the index */
    const fh_facet_request *facets;
    size_t facet_count;
    bool collapse;    /* of each story, show one article; the total and facets count them all */
    uint32_t look_to; /* for a phrase's total so many articles are read, beside the best, then ever fewer: it
                         is an estimate; 0: none are.  All else is counted, and with facets a phrase too */
    double deadline;  /* seconds of CLOCK_MONOTONIC: what was not seen by then is left out; 0: none */
} fh_find;

typedef struct fh_hit {
    uint32_t document; /* its number */
    double score;
    uint32_t duplicates; /* articles of its story that are found too and not shown, with `collapse` */
    fh_article article;
} fh_hit;

typedef struct fh_facet_value {
    fh_str value;
    uint32_t articles;
} fh_facet_value;

typedef struct fh_facet {
    fh_slot slot;
    fh_facet_value *values; /* most frequent first, then in byte order */
    size_t value_count, values_in_all;
} fh_facet;

typedef struct fh_results {
    fh_hit *hits;
    size_t hit_count;
    uint64_t total;
    bool total_exact;
    bool partial;     /* the deadline came before the end: total and facets are of what was seen */
    fh_facet *facets; /* as asked for */
    size_t facet_count;
} fh_results;

/* Runs a query; what is under embargo now is not found, but with `held_too`.  All of `*out` lives in the
 * arena.  FH_ERR_LIMIT: a prefix without letters. */
fh_status fh_store_find(fh_store *store, const fh_find *find, fh_arena *arena, fh_results *out,
                        fh_error *err);

/* What one tree gives one document of a result, for explanations; 0 where it does not match.
 * FH_ERR_NOT_FOUND: there is no such document. */
fh_status fh_store_score(fh_store *store, const fh_query *query, fh_bm25 bm25, uint32_t document, double *out,
                         fh_error *err);

#ifdef __cplusplus
}
#endif
#endif
