/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Evidence is read off the index itself: in how many articles a name was recognised, and in how many it is a
 * keyword.  So a deleted article no longer counts, and nothing has to be kept besides. */
#include "indexer/learn.h"

#include "base/limits.h"
#include "base/memory.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* How many articles must agree.  A single word is a name only where it is rarely anything else. */
enum {
    TEXTS_OF_MANY_WORDS = 3,
    TEXTS_OF_ONE_WORD = 5,
    KEYWORDS = 2,             /* … articles that have it as a keyword, */
    TEXTS_BESIDE_KEYWORDS = 1 /* and then it must have been recognised in a text too */
};
#define ONE_TYPE 0.6       /* of the articles must agree on what it is */
#define MOSTLY_A_NAME 0.35 /* of the articles with the word must have it as a name */

/* ONE_TYPE of the fewest texts that may teach a name without a keyword. */
enum { TEXTS_OF_ONE_TYPE = 2 };

/* One term of the index: `key` is the words with _ between. */
typedef struct sighting {
    fh_str key;
    int type; /* fh_entity_type, or AS_KEYWORD */
    uint32_t articles;
} sighting;

enum { AS_KEYWORD = -1, TYPES = FH_ENTITY_PRODUCT + 1 };

/* How many terms there are of each number of articles; the last one is of so many or more. */
enum { COUNTED = 1024 };
typedef struct spread {
    size_t terms[COUNTED + 1];
} spread;

typedef struct learner {
    fh_store *store;
    const fh_gazetteer *listed;
    fh_arena *arena;   /* for what is learned */
    fh_arena *scratch; /* for the sightings */
    sighting *items;
    size_t count, capacity;
    size_t worth; /* sorted sightings of keys that may be names, once they are known */
    int type;     /* of what is being collected */
    uint32_t least_texts, least_keywords; /* that a key is worth looking at for */
    size_t asked;                         /* for how often a word stands */
} learner;

/* A key with all that was seen of it. */
typedef struct candidate {
    fh_str key;
    uint32_t by_type[TYPES], in_texts, in_keywords;
    int type; /* the most frequent */
} candidate;

/* ---- How many are worth it ---- */

/* So many keys are looked at, of texts and of keywords each, the most frequent ones: some are no names, and
 * some are spellings of one. */
enum { MOST_KEYS = 2 * FH_MOST_LEARNED };

static bool count_term(void *context, fh_str word, uint32_t articles) {
    spread *of = context;
    (void)word;
    of->terms[articles < COUNTED ? articles : COUNTED]++;
    return true;
}

static uint32_t least_of(const spread *of, uint32_t floor) {
    size_t kept = of->terms[COUNTED];
    uint32_t least = COUNTED;
    while (least > floor && kept + of->terms[least - 1] <= MOST_KEYS) kept += of->terms[--least];
    return least;
}

/* ---- Collecting ---- */

/* Most names of an archive stand in one article, so they are not kept: first come the keys that may be
 * learned, by a keyword or by enough articles of one type, then what else was seen of these. */

static void add_sighting(learner *l, fh_str key, uint32_t articles) {
    l->items = fh_grow(l->items, l->count, &l->capacity, sizeof *l->items);
    l->items[l->count++] = (sighting){fh_arena_copy(l->scratch, key), l->type, articles};
}

static int by_key(const void *left, const void *right) {
    const sighting *a = left, *b = right;
    int order = fh_str_compare(a->key, b->key);
    return order ? order : (a->type > b->type) - (a->type < b->type);
}

static void sort_sightings(learner *l) {
    if (l->count) qsort(l->items, l->count, sizeof *l->items, by_key);
}

static int to_key(const void *key, const void *item) {
    return fh_str_compare(*(const fh_str *)key, ((const sighting *)item)->key);
}

static bool is_worth(const learner *l, fh_str key) {
    return l->worth && bsearch(&key, l->items, l->worth, sizeof *l->items, to_key);
}

static fh_str key_of(const learner *l, fh_str id) {
    size_t from = strlen(fh_entity_type_name((fh_entity_type)l->type)) + 1;
    return fh_str_slice(id, from, id.len);
}

static bool collect_agreed(void *context, fh_str id, uint32_t articles) {
    learner *l = context;
    if (articles >= l->least_texts) add_sighting(l, key_of(l, id), articles);
    return true;
}

static bool collect_rest(void *context, fh_str id, uint32_t articles) {
    learner *l = context;
    fh_str key = key_of(l, id);
    if (articles < l->least_texts && is_worth(l, key)) add_sighting(l, key, articles);
    return true;
}

static bool collect_keyword(void *context, fh_str keyword, uint32_t articles) {
    learner *l = context;
    if (articles < l->least_keywords) return true;
    add_sighting(l, keyword, articles);
    fh_str key = l->items[l->count - 1].key;
    for (char *byte = (char *)key.ptr; byte < key.ptr + key.len; byte++)
        if (*byte == ' ') *byte = '_';
    return true;
}

static fh_status visit_types(learner *l, fh_word_visitor *visit, void *context, fh_error *err) {
    fh_status status = FH_OK;
    for (l->type = 0; status == FH_OK && l->type < TYPES; l->type++) {
        fh_str prefix = fh_arena_format(l->scratch, "%s:", fh_entity_type_name((fh_entity_type)l->type));
        status = fh_store_words(l->store, FH_FIELD_ENTITY, prefix, FH_STR(""), visit, context, err);
    }
    return status;
}

static fh_status visit_keywords(learner *l, fh_word_visitor *visit, void *context, fh_error *err) {
    l->type = AS_KEYWORD;
    return fh_store_words(l->store, FH_FIELD_KEYWORD, FH_STR(""), FH_STR(""), visit, context, err);
}

static fh_status set_least(learner *l, fh_error *err) {
    spread texts = {{0}}, keywords = {{0}};
    fh_status status = visit_types(l, count_term, &texts, err);
    if (status == FH_OK) status = visit_keywords(l, count_term, &keywords, err);
    l->least_texts = least_of(&texts, TEXTS_OF_ONE_TYPE);
    l->least_keywords = least_of(&keywords, KEYWORDS);
    return status;
}

static fh_status collect(learner *l, fh_error *err) {
    fh_status status = set_least(l, err);
    if (status == FH_OK) status = visit_keywords(l, collect_keyword, l, err);
    if (status == FH_OK) status = visit_types(l, collect_agreed, l, err);
    sort_sightings(l);
    l->worth = l->count;
    if (status == FH_OK) status = visit_types(l, collect_rest, l, err);
    sort_sightings(l);
    fh_store_release(l->store);
    return status;
}

/* Takes all sightings of one key, from `*at` on. */
static candidate next_candidate(const learner *l, size_t *at) {
    candidate c = {.key = l->items[*at].key};
    for (; *at < l->count && fh_str_equal(l->items[*at].key, c.key); (*at)++) {
        const sighting *seen = &l->items[*at];
        if (seen->type == AS_KEYWORD) {
            c.in_keywords = seen->articles;
            continue;
        }
        c.by_type[seen->type] = seen->articles;
        c.in_texts += seen->articles;
        if (c.by_type[seen->type] > c.by_type[c.type]) c.type = seen->type;
    }
    return c;
}

/* ---- Choosing ---- */

enum { BETWEEN_RELEASES = 512 /* words, which lie all over the index */ };

/* Is a single word mostly a name where it stands? */
static fh_status is_mostly_name(learner *l, const candidate *c, bool *out, fh_error *err) {
    uint32_t articles;
    if (++l->asked % BETWEEN_RELEASES == 0) fh_store_release(l->store);
    fh_status status = fh_store_frequency(l->store, FH_FIELD_WORD, c->key, &articles, err);
    if (status == FH_OK) *out = c->in_texts >= MOSTLY_A_NAME * articles;
    return status;
}

static fh_status is_name(learner *l, const candidate *c, bool *out, fh_error *err) {
    bool one_word = fh_str_find(c->key, FH_STR("_"), 0) == SIZE_MAX;
    uint32_t texts = one_word ? TEXTS_OF_ONE_WORD : TEXTS_OF_MANY_WORDS;
    bool told = c->in_keywords >= KEYWORDS && c->in_texts >= TEXTS_BESIDE_KEYWORDS;
    *out = (told || c->in_texts >= texts) && c->by_type[c->type] >= ONE_TYPE * c->in_texts;
    return *out && one_word ? is_mostly_name(l, c, out, err) : FH_OK;
}

static fh_str id_of(fh_str key, int type, fh_arena *arena) {
    return fh_arena_format(arena, "%s:%.*s", fh_entity_type_name((fh_entity_type)type), FH_STR_ARG(key));
}

static fh_strs one_string(fh_str text, fh_arena *arena) {
    fh_strs list = {FH_ARENA_ARRAY(arena, fh_str, 1), 1};
    list.items[0] = text;
    return list;
}

static fh_str spelling_of(fh_str key, fh_arena *arena) {
    fh_str spelling = fh_arena_copy(arena, key);
    for (char *byte = (char *)spelling.ptr; byte < spelling.ptr + spelling.len; byte++)
        if (*byte == '_') *byte = ' ';
    return spelling;
}

static fh_learned learned_of(const candidate *c, fh_arena *arena) {
    fh_learned name = {.id = id_of(c->key, c->type, arena),
                       .type = (fh_entity_type)c->type,
                       .in_texts = c->in_texts,
                       .in_keywords = c->in_keywords,
                       .spellings = one_string(spelling_of(c->key, arena), arena),
                       .ids = {FH_ARENA_ARRAY(arena, fh_str, TYPES), 0}};
    name.ids.items[name.ids.count++] = name.id;
    for (int type = 0; type < TYPES; type++)
        if (type != c->type && c->by_type[type])
            name.ids.items[name.ids.count++] = id_of(c->key, type, arena);
    return name;
}

static bool is_decided(const fh_decisions *decisions, const fh_learned *name) {
    for (size_t i = 0; i < decisions->count; i++)
        for (size_t j = 0; j < name->ids.count; j++)
            if (fh_str_equal(decisions->items[i].id, name->ids.items[j])) return true;
    return false;
}

static int most_frequent_first(const void *left, const void *right) {
    const fh_learned *a = left, *b = right;
    if (a->in_texts != b->in_texts) return a->in_texts > b->in_texts ? -1 : 1;
    return fh_str_compare(a->id, b->id);
}

/* ---- What is listed by now ---- */

/* The entity that a spelling as a whole names, or NULL. */
static const fh_entity *listed_as(learner *l, fh_analyser *analyser, fh_str spelling) {
    fh_arena_reset(l->scratch);
    fh_tokens tokens = fh_analyse(analyser, spelling, l->scratch);
    fh_mentions found = fh_entities_find(l->listed, spelling, tokens, l->scratch);
    bool whole = found.count == 1 && found.items[0].start == 0 && found.items[0].end == spelling.len;
    return whole ? found.items[0].entity : NULL;
}

/* A name that a list took up after it was recognised is the list's. */
static void hand_over(learner *l, fh_learned_list *list) {
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    for (size_t i = 0; i < list->count; i++) {
        fh_learned *name = &list->items[i];
        const fh_entity *entity = listed_as(l, analyser, name->spellings.items[0]);
        if (!entity) continue;
        name->id = fh_str_from(entity->id);
        name->type = (fh_entity_type)entity->type;
        name->label = fh_str_from(entity->label);
    }
    fh_analyser_free(analyser);
}

/* ---- The whole ---- */

/* In a large archive chance alone makes three articles agree, and whoever opens the index reads the list. */
static void leave_rare_ones(fh_learned_list *list) {
    if (list->count > FH_MOST_LEARNED) list->count = FH_MOST_LEARNED;
}

static fh_status choose(learner *l, const fh_decisions *decisions, fh_learned_list *out, fh_error *err) {
    fh_learned *names = NULL;
    size_t count = 0, capacity = 0;
    fh_status status = FH_OK;
    for (size_t at = 0; status == FH_OK && at < l->count;) {
        candidate c = next_candidate(l, &at);
        bool good;
        status = is_name(l, &c, &good, err);
        if (status != FH_OK || !good) continue;
        fh_learned name = learned_of(&c, l->arena);
        if (is_decided(decisions, &name)) continue;
        names = fh_grow(names, count, &capacity, sizeof *names);
        names[count++] = name;
    }
    *out = (fh_learned_list){FH_ARENA_ARRAY(l->arena, fh_learned, count + 1), count};
    if (count) {
        qsort(names, count, sizeof *names, most_frequent_first);
        memcpy(out->items, names, count * sizeof *names);
    }
    free(names);
    return status;
}

fh_status fh_learn(fh_store *store, const fh_learning *from, fh_arena *arena, fh_learned_list *out,
                   fh_error *err) {
    learner l = {.store = store, .listed = from->listed, .arena = arena, .scratch = fh_arena_new()};
    fh_learned_list list;
    fh_status status = collect(&l, err);
    if (status == FH_OK) status = choose(&l, from->decisions, &list, err);
    if (status == FH_OK) hand_over(&l, &list);
    if (status == FH_OK) fh_learned_join(&list, arena);
    if (status == FH_OK) leave_rare_ones(&list);
    if (status == FH_OK) status = fh_learned_label(store, from, &list, arena, err);
    if (status == FH_OK) list.count = fh_learned_fitting(&list, from->decisions, FH_MAX_GAZETTEER);
    if (status == FH_OK) *out = list;
    fh_arena_free(l.scratch);
    free(l.items);
    return status;
}

/* ---- When ---- */

static const char DUE_KEY[] = "fihris.learning"; /* how many articles have changed, in decimal */

enum { DUE_PART = 100 /* of the articles */ };

static fh_status changed_so_far(fh_store *store, uint64_t *out, fh_error *err) {
    fh_arena *arena = fh_arena_new();
    fh_str kept;
    fh_status status = fh_store_get_meta(store, DUE_KEY, arena, &kept, err);
    if (status == FH_OK) *out = strtoull(kept.len ? kept.ptr : "0", NULL, 10);
    fh_arena_free(arena);
    return status;
}

fh_status fh_learning_note(fh_store *store, uint64_t changed, fh_error *err) {
    uint64_t before = 0;
    char digits[24];
    fh_status status = changed > 0 ? changed_so_far(store, &before, err) : FH_OK;
    if (status != FH_OK || changed == 0) return status;
    snprintf(digits, sizeof digits, "%" PRIu64, before + changed);
    return fh_store_set_meta(store, DUE_KEY, fh_str_from(digits), err);
}

fh_status fh_learning_done(fh_store *store, fh_error *err) {
    return fh_store_set_meta(store, DUE_KEY, FH_STR(""), err);
}

fh_status fh_learning_is_due(fh_store *store, bool *out, fh_error *err) {
    uint64_t changed;
    fh_store_stats stats;
    fh_status status = changed_so_far(store, &changed, err);
    if (status == FH_OK) status = fh_store_statistics(store, &stats, err);
    if (status == FH_OK) *out = changed > 0 && changed >= stats.articles / DUE_PART;
    return status;
}
