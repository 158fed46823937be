/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference: a search engine that is slow and simple enough to be believed.  Everything is held in plain
 * arrays, every question is answered by looking at every word of every article, and every score is computed
 * from its formula.  It has no index, knows nothing of store/, and takes from query/ its parser and the
 * likeness of Latin names alone.  What it says of a question is what the programs must say. */
#ifndef FH_TESTS_TRUTH_TRUTH_H
#define FH_TESTS_TRUTH_TRUTH_H

#include "entities/entities.h"
#include "query/query.h"
#include "stemmer/stemmer.h"

#define TRUTH_PRINT_WORDS 2 /* of 64 bits */

/* ---- What is held ---- */

/* A word where it stands, once a place. */
typedef struct truth_word {
    fh_field field;
    uint32_t position; /* 0: none is known */
    uint32_t weight;   /* how much it counts */
    uint64_t hash;     /* of the word, to compare it faster */
    fh_str word;
} truth_word;

typedef struct truth_article {
    fh_arena *arena; /* all that the article points to */
    fh_str line;     /* the article as it was given to the indexer */
    fh_article article;
    char date[FH_DATE_TEXT]; /* its key; empty: not known */
    truth_word *words;
    size_t word_count, word_capacity;
    uint64_t length; /* the weights of its words together */
    fh_strs names;   /* ids of what it names, the most often named first; keywords name too */
    uint64_t print[TRUTH_PRINT_WORDS], story[TRUTH_PRINT_WORDS];
} truth_article;

/* A story that is known while articles come in, once for each day it was told on. */
typedef struct truth_told {
    uint64_t story[TRUTH_PRINT_WORDS];
    int32_t day;
    size_t first; /* where the story was told first */
} truth_told;

typedef struct truth_archive {
    fh_analyser *analyser;
    const fh_gazetteer *gazetteer;
    fh_name_finder *finder;   /* or NULL */
    truth_article **articles; /* in the order of their numbers */
    size_t count, capacity;
    truth_article *
        *replaced; /* in this run: what comes later in it may repeat their texts; they are dead too */
    size_t replaced_count, replaced_capacity;
    truth_article **dead; /* deleted or replaced, and still counted in the index's statistics */
    size_t dead_count, dead_capacity;
    truth_told *told; /* in the order in which the stories came */
    size_t told_count, told_capacity;
} truth_archive;

truth_archive *truth_new(fh_stemmer stemmer, const fh_recogniser *recogniser);
void truth_free(truth_archive *archive);

/* The index was written anew: what is dead is gone. */
void truth_bury(truth_archive *archive);

/* A run of the indexer begins: what it knows of stories is what is held now. */
void truth_begin(truth_archive *archive);

/* Adds or replaces the article; `line` is it as the indexer reads it.  The same line again changes nothing.
 */
void truth_put(truth_archive *archive, const fh_article *article, fh_str line);
bool truth_delete(truth_archive *archive, fh_str id);
truth_article *truth_find(const truth_archive *archive, fh_str id);

/* The story that an article belongs to, by what is known; written into it.  stories.c */
void truth_tell(truth_archive *archive, truth_article *article, fh_tokens body);
void truth_recall(truth_archive *archive);

/* ---- What each article is worth ---- */

typedef struct truth_worth {
    bool found;
    double score;
} truth_worth;

/* What the numbers of BM25 are taken from: the one place that says so.  Deleted articles leave no trace. */
typedef struct truth_statistics {
    double articles, average_length;
} truth_statistics;
truth_statistics truth_measure(const truth_archive *archive);

/* A question being answered: worths are arrays, one item an article. */
typedef struct truth_sum {
    const truth_archive *archive;
    const fh_ranking *ranking;
    fh_arena *arena;
    truth_statistics statistics;
    const char *now; /* as in fh_article.embargo */
    bool too_many;   /* words begin so: which of them count is not said */
} truth_sum;

typedef struct truth_list {
    truth_worth *items[1024];
    size_t count;
} truth_list;

/* NULL, what there is nothing to look for in, is left out wherever it is joined; of none, NULL is made. */
void truth_add(truth_list *list, truth_worth *worth);
/* In how many articles it stands that may be shown now. */
uint32_t truth_frequency(const truth_sum *sum, fh_field field, fh_str word);
bool truth_is_held(const truth_sum *sum, const truth_article *article);
truth_worth *truth_term(truth_sum *sum, fh_field field, fh_str word);
truth_worth *truth_phrase(truth_sum *sum, fh_field field, fh_strs words);
/* Any of the words, counted as one; `beginnings`: any words that begin so. */
truth_worth *truth_one_word(truth_sum *sum, fh_field field, fh_strs words, bool beginnings);
truth_worth *truth_everything(truth_sum *sum);
truth_worth *truth_slot(truth_sum *sum, fh_slot slot, fh_str low, fh_str high);
truth_worth *truth_all_of(truth_sum *sum, const truth_list *list);
truth_worth *truth_any_of(truth_sum *sum, const truth_list *list);
truth_worth *truth_but_not(truth_sum *sum, truth_worth *wanted, const truth_list *unwanted);
truth_worth *truth_where(truth_sum *sum, truth_worth *wanted, const truth_list *filters);
truth_worth *truth_maybe(truth_sum *sum, truth_worth *wanted, const truth_list *more);
truth_worth *truth_times(truth_sum *sum, double factor, truth_worth *worth);

/* What stands in a slot of an article; of names and keywords, each ended by FH_VALUE_END. */
fh_str truth_value(const truth_article *article, fh_slot slot, fh_arena *arena);

/* ---- What a query means ---- */

/* A thing that is wanted, as it is marked. */
typedef struct truth_leaf {
    enum { TRUTH_STEM, TRUTH_WORD, TRUTH_BEGINNING, TRUTH_PHRASE, TRUTH_NAME } kind;
    fh_scope scope;
    fh_strs words; /* of a name: the ids that mean it, its own first */
    fh_naming how; /* of a name */
    truth_worth *worth;
} truth_leaf;

typedef struct truth_meaning {
    truth_worth *worth; /* NULL: nothing is found */
    truth_leaf *leaves;
    size_t leaf_count, leaf_capacity;
    size_t loose; /* things that a widened search may do without */
} truth_meaning;

/* `any`: any of the loose things will do.  Leaves are freed by truth_forget_meaning. */
truth_meaning truth_mean(truth_sum *sum, const fh_node *tree, bool any);
void truth_forget_meaning(truth_meaning *meaning);

/* An entity that some words of a query name. */
typedef struct truth_name {
    const fh_node *node; /* the first word of it, or its value */
    size_t nodes;
    fh_strs ids; /* its own first; none: nobody is named */
    fh_naming how;
} truth_name;

/* Names of a query that no list has, found out before all else: those that the archive's articles have, and
 * those that are spelled nearly as listed ones.  names.c */
typedef struct truth_names {
    truth_name items[512];
    size_t count;
} truth_names;
void truth_resolve(truth_sum *sum, const fh_node *tree, truth_names *out);
fh_strs truth_ids(const fh_gazetteer *gazetteer, const fh_entity *entity, fh_arena *arena);
bool truth_is_plain(const fh_node *node);

/* Plain words side by side, read as one text. */
typedef struct truth_run {
    const fh_node *const *nodes;
    size_t count;
    fh_str text;
    size_t starts[1024];
    fh_tokens tokens;
    fh_mentions mentions;
} truth_run;
void truth_read_run(truth_sum *sum, const fh_node *const *nodes, size_t count, truth_run *out);
size_t truth_run_token(const truth_run *run, size_t node);
size_t truth_run_node(const truth_run *run, uint32_t byte);

/* The listed names of an entity: value, each kept one covering all of it or being no adjective. */
fh_mentions truth_names_of_value(truth_sum *sum, fh_str value);

/* ---- What is answered ---- */

typedef struct truth_hit {
    const truth_article *article;
    truth_worth worth;
    size_t number; /* in the archive */
    uint32_t duplicates;
    size_t stands_for; /* the number of the article that was ranked: the best of its story */
} truth_hit;

typedef struct truth_count {
    fh_str value;
    uint32_t articles;
} truth_count;

typedef struct truth_facet {
    truth_count *values; /* the most frequent first, then in byte order */
    size_t count;
} truth_facet;

typedef struct truth_answer {
    bool refused;  /* the query cannot be read */
    bool too_many; /* the answer may be another: see truth_sum */
    bool widened;
    uint64_t total;
    truth_hit *hits; /* all of them, the first that is shown first */
    size_t hit_count;
    truth_facet *facets; /* as asked for, all values */
    truth_meaning meaning;
    fh_node *tree;
} truth_answer;

/* `now` as in fh_article.embargo. */
truth_answer truth_ask(const truth_archive *archive, const fh_search *search, const char *now,
                       fh_arena *arena);

/* ---- What is marked ---- */

/* Bytes of a title or a body that are marked, for whichever reason: 0 no, 1 a word, 2 a name. */
unsigned char *truth_mark(const truth_archive *archive, const truth_meaning *meaning,
                          const truth_article *article, fh_part part, fh_arena *arena);

#endif
