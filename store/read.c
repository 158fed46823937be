/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading: facts, words, articles and the answers to queries.  What a store open for writing has not
 * committed is among its facts and articles, which Xapian reads then; in no answer. */
#include "store/bulk.h"
#include "store/handle.h"
#include "store/place.h"

/* Joined databases deal their documents out in turn. */
static fh_shard *shard_of(fh_store *store, uint32_t number) {
    return &store->shards[(number - 1) % store->shard_count];
}

static fh_status take_id(const fh_shard *shard, fh_str data, fh_str *id, fh_error *err) {
    fh_record record;
    fh_status status = fh_record_read(data, &record, err);
    if (status != FH_OK) {
        fh_error_within(err, shard->dir);
        return status;
    }
    *id = record.id;
    return FH_OK;
}

static fh_status take_article(fh_store *store, fh_shard *shard, fh_str data, fh_str entities, fh_arena *arena,
                              fh_article *out, fh_error *err) {
    fh_record record;
    fh_status status = fh_record_read(data, &record, err);
    record.entities = entities;
    if (status == FH_OK) status = fh_shard_article(store, shard, &record, arena, out, err);
    if (status != FH_OK) fh_error_within(err, shard->dir);
    return status;
}

/* ---- Facts and words ---- */

fh_status fh_shard_meta(fh_store *store, fh_shard *shard, const char *key, fh_arena *arena, fh_str *out,
                        fh_error *err) {
    fh_matchers *all;
    fh_str value = {0};
    fh_status status;
    unsigned times = 0;
    if (store->writer) return fh_xapian_get_meta(shard->db, key, arena, out, err);
    do {
        status = fh_store_matchers(store, &all, err);
        if (status == FH_OK && !fh_matcher_meta(all->parts[shard - store->shards], key, arena, &value))
            status = fh_store_unread(store, err);
    } while (fh_store_ask_again(store, &times, &status, err));
    if (status == FH_OK) *out = value;
    return status;
}

fh_status fh_store_get_meta(fh_store *store, const char *key, fh_arena *arena, fh_str *out, fh_error *err) {
    return fh_shard_meta(store, &store->shards[0], key, arena, out, err);
}

fh_status fh_store_get_each_meta(fh_store *store, const char *key, fh_arena *arena, fh_strs *out,
                                 fh_error *err) {
    fh_strs values = {FH_ARENA_ARRAY(arena, fh_str, store->shard_count), store->shard_count};
    for (size_t i = 0; i < values.count; i++) {
        fh_status status = fh_shard_meta(store, &store->shards[i], key, arena, &values.items[i], err);
        if (status != FH_OK) return status;
    }
    *out = values;
    return FH_OK;
}

fh_status fh_store_statistics(fh_store *store, fh_store_stats *out, fh_error *err) {
    fh_matchers *all;
    fh_store_stats stats = {0};
    fh_status status;
    unsigned times = 0;
    if (store->writer) return fh_xapian_statistics(store->all, out, err);
    do {
        status = fh_store_matchers(store, &all, err);
        if (status == FH_OK) stats = fh_matchers_statistics(all);
    } while (fh_store_ask_again(store, &times, &status, err));
    if (status == FH_OK) *out = stats;
    return status;
}

fh_status fh_store_made(fh_store *store, fh_arena *arena, fh_store_making *out, fh_error *err) {
    fh_store_making making = {0};
    fh_status status = fh_store_get_meta(store, FH_META_SCHEMA, arena, &making.schema, err);
    if (status == FH_OK) status = fh_store_get_meta(store, FH_META_ANALYSER, arena, &making.analyser, err);
    for (size_t i = 0; status == FH_OK && i < store->shard_count; i++) {
        uint64_t bytes = 0;
        status = fh_place_measure(store->shards[i].dir, &bytes, err);
        making.bytes += bytes;
    }
    if (status == FH_OK) *out = making;
    return status;
}

/* Whom to ask, and what is hidden from who asks. */
static fh_status begin(fh_store *store, bool held_too, fh_matchers **all, fh_hidden *hidden, fh_error *err) {
    *hidden = (fh_hidden){0};
    if (!held_too) {
        const fh_held *held;
        fh_status status = fh_store_held(store, &held, err);
        if (status != FH_OK) return status;
        *hidden = (fh_hidden){held->numbers, held->count};
    }
    return fh_store_matchers(store, all, err);
}

fh_status fh_store_count(fh_store *store, fh_field field, fh_str word, bool held_too, uint32_t *out,
                         fh_error *err) {
    fh_matchers *all;
    fh_hidden hidden;
    uint32_t articles = 0;
    fh_status status;
    unsigned times = 0;
    do {
        status = begin(store, held_too, &all, &hidden, err);
        if (status == FH_OK && !fh_matchers_frequency(all, field, word, hidden, &articles))
            status = fh_store_unread(store, err);
    } while (fh_store_ask_again(store, &times, &status, err));
    if (status == FH_OK) *out = articles;
    return status;
}

fh_status fh_store_frequency(fh_store *store, fh_field field, fh_str word, uint32_t *out, fh_error *err) {
    return fh_store_count(store, field, word, false, out, err);
}

/* Words on their way to the visitor, who gets none that a newer commit may have written over. */
typedef struct batch {
    struct {
        fh_str term, word;
        uint32_t articles;
    } items[256];
    size_t count, room; /* small at first: many want a single word */
} batch;

static void fill(batch *to, fh_word_walk *from, fh_arena *arena) {
    const size_t most = sizeof to->items / sizeof *to->items;
    to->room = 2 * to->room < most ? 2 * to->room : most;
    for (to->count = 0; to->count < to->room && fh_word_walk_next(from); to->count++) {
        fh_str word = {from->word.bytes, from->word.len};
        to->items[to->count].term = fh_arena_copy(arena, from->terms.key);
        to->items[to->count].word = fh_arena_copy(arena, word);
        to->items[to->count].articles = from->articles;
    }
}

static void note(fh_str term, fh_term *last) {
    last->len = term.len < sizeof last->bytes ? term.len : sizeof last->bytes;
    memcpy(last->bytes, term.ptr, last->len);
}

/* What a walk meets stays in its arena; so it ends here, and another one goes on with an empty one. */
enum { WORDS_A_WALK = 1 << 15 };

/* FH_END: it is done.  Else it got no farther than to the term that is now `*last`. */
static fh_status walk_words(fh_store *store, fh_word_walk *from, fh_word_visitor *visit, void *context,
                            fh_arena *arena, fh_term *last, fh_error *err) {
    batch *words = FH_ARENA_ARRAY(arena, batch, 1);
    words->room = 1;
    for (size_t walked = 0; walked < WORDS_A_WALK; walked += words->count) {
        bool newest;
        fill(words, from, arena);
        fh_status status = fh_store_vouch(store, &newest, err);
        if (status != FH_OK) return status;
        if (!newest) return fh_store_unread(store, err);
        for (size_t i = 0; i < words->count; i++) {
            note(words->items[i].term, last);
            if (!visit(context, words->items[i].word, words->items[i].articles)) return FH_END;
        }
        if (words->count == 0) return from->terms.broken ? fh_store_unread(store, err) : FH_END;
    }
    return FH_OK;
}

fh_status fh_store_words(fh_store *store, fh_field field, fh_str prefix, fh_str after, fh_word_visitor *visit,
                         void *context, fh_error *err) {
    fh_matchers *all;
    fh_hidden hidden;
    fh_term last = {0};
    fh_status status;
    unsigned times = 0;
    fh_arena *arena = fh_arena_new();
    if (after.len) fh_term_make(field, after, &last);
    do {
        fh_arena_reset(arena);
        status = begin(store, false, &all, &hidden, err);
        if (status != FH_OK) continue;
        fh_word_walk words = fh_matchers_words(all, field, prefix, last, hidden, arena);
        status = walk_words(store, &words, visit, context, arena, &last, err);
    } while (status == FH_OK || (status != FH_END && fh_store_ask_again(store, &times, &status, err)));
    fh_arena_free(arena);
    return status == FH_END ? FH_OK : status;
}

/* ---- Articles ---- */

fh_status fh_store_presence(fh_store *store, fh_str id, fh_str content, fh_presence *out, fh_error *err) {
    uint32_t number;
    fh_str known;
    if (store->writer && store->writer->bulk) {
        *out = fh_bulk_presence(store->writer->bulk, id, content);
        if (*out != FH_ABSENT) return FH_OK;
    }
    fh_arena_reset(store->scratch);
    fh_status status = fh_xapian_lookup(store->all, id, &number, err);
    if (status != FH_OK) return status;
    if (number == 0) {
        *out = FH_ABSENT;
        return FH_OK;
    }
    status = fh_xapian_value(store->all, number, FH_SLOT_CONTENT, store->scratch, &known, err);
    if (status == FH_OK) *out = fh_str_equal(known, content) ? FH_SAME : FH_CHANGED;
    return status;
}

fh_status fh_store_ids(fh_store *store, fh_id_visitor *visit, void *context, fh_error *err) {
    uint32_t number = 0;
    for (;;) {
        fh_str data, id;
        fh_arena_reset(store->scratch);
        fh_status status = fh_xapian_next(store->all, number, store->scratch, &number, &data, NULL, err);
        if (status == FH_END) return FH_OK;
        if (status == FH_OK) status = take_id(shard_of(store, number), data, &id, err);
        if (status != FH_OK || !visit(context, id)) return status;
    }
}

/* A matcher reads them faster than the library, but only what was committed. */
static fh_status committed_values(fh_store *store, fh_slot slot, fh_value_visitor *visit, void *context,
                                  fh_error *err) {
    fh_matchers *all;
    unsigned times = 0;
    fh_status status;
    do {
        status = fh_store_matchers(store, &all, err);
        if (status == FH_OK && !fh_matchers_values(all, slot, visit, context))
            status = fh_store_unread(store, err);
    } while (fh_store_ask_again(store, &times, &status, err));
    fh_store_forget_matchers(store); /* mapped pages count as memory of the program's */
    return status;
}

/* Who writes is alone, so that nothing is visited twice. */
fh_status fh_store_values(fh_store *store, fh_slot slot, fh_value_visitor *visit, void *context,
                          fh_error *err) {
    return store->writer && !store->writer->changed ? committed_values(store, slot, visit, context, err)
                                                    : fh_xapian_values(store->all, slot, visit, context, err);
}

fh_status fh_store_articles(fh_store *store, fh_article_visitor *visit, void *context, fh_error *err) {
    fh_arena *arena = fh_arena_new();
    fh_status status = FH_OK;
    bool more = true;
    for (uint32_t number = 0; status == FH_OK && more; fh_arena_reset(arena)) {
        fh_str data, entities;
        fh_article article;
        status = fh_xapian_next(store->all, number, arena, &number, &data, &entities, err);
        if (status == FH_OK)
            status = take_article(store, shard_of(store, number), data, entities, arena, &article, err);
        if (status == FH_OK) more = visit(context, &article);
    }
    fh_arena_free(arena);
    return status == FH_END ? FH_OK : status;
}

static fh_status no_article(fh_str id, fh_error *err) {
    return fh_fail(err, FH_ERR_NOT_FOUND, NULL, NULL, "there is no article \"%.*s\"", FH_STR_ARG(id));
}

/* What was not committed too. */
static fh_status read_written(fh_store *store, fh_str id, uint32_t *number, fh_str *data, fh_str *entities,
                              fh_error *err) {
    fh_status status = fh_xapian_lookup(store->all, id, number, err);
    if (status != FH_OK || *number == 0) return status;
    return fh_xapian_data(store->all, *number, store->scratch, data, entities, err);
}

/* The data and entities of the article with an id, in the scratch; `*number` is 0 where there is none. */
static fh_status read_article(fh_store *store, fh_str id, uint32_t *number, fh_str *data, fh_str *entities,
                              fh_error *err) {
    fh_matchers *all;
    if (store->writer) return read_written(store, id, number, data, entities, err);
    fh_status status = fh_store_matchers(store, &all, err);
    if (status != FH_OK) return status;
    bool read = fh_matchers_lookup(all, id, number) &&
                (*number == 0 || fh_matchers_data(all, *number, store->scratch, data, entities));
    return read ? FH_OK : fh_store_unread(store, err);
}

fh_status fh_store_article(fh_store *store, fh_str id, fh_arena *arena, fh_article *out, fh_error *err) {
    uint32_t number;
    fh_str data = {0}, entities = {0};
    fh_article article = {0};
    fh_status status;
    unsigned times = 0;
    do {
        fh_arena_reset(store->scratch);
        status = read_article(store, id, &number, &data, &entities, err);
        if (status == FH_OK && number == 0) status = no_article(id, err);
        if (status == FH_OK)
            status = take_article(store, shard_of(store, number), data, entities, arena, &article, err);
    } while (!store->writer && fh_store_ask_again(store, &times, &status, err));
    if (status == FH_OK) *out = article;
    return status;
}

fh_status fh_store_shown_article(fh_store *store, fh_str id, fh_arena *arena, fh_article *out,
                                 fh_error *err) {
    fh_article article;
    fh_status status = fh_store_article(store, id, arena, &article, err);
    if (status != FH_OK) return status;
    if (fh_article_is_held(&article)) return no_article(id, err);
    *out = article;
    return FH_OK;
}

/* ---- Queries ---- */

static fh_status take_hit(fh_store *store, const fh_matched_hit *found, bool id_only, fh_arena *arena,
                          fh_hit *out, fh_error *err) {
    fh_shard *shard = shard_of(store, found->number);
    *out = (fh_hit){.document = found->number, .score = found->score};
    if (!id_only) return take_article(store, shard, found->data, found->entities, arena, &out->article, err);
    fh_status status = take_id(shard, found->data, &out->article.id, err);
    if (status == FH_OK) out->article.id = fh_arena_copy(arena, out->article.id);
    return status;
}

static fh_status find_once(fh_store *store, const fh_find *find, fh_arena *arena, fh_matched *found,
                           fh_hit **out, fh_error *err) {
    fh_matchers *all;
    fh_hidden hidden;
    fh_status status = begin(store, find->held_too, &all, &hidden, err);
    if (status != FH_OK) return status;
    if (!fh_matchers_find(all, find, hidden, arena, found)) return fh_store_unread(store, err);
    fh_hit *hits = FH_ARENA_ARRAY(arena, fh_hit, found->hit_count);
    for (size_t i = 0; i < found->hit_count && status == FH_OK; i++)
        status = take_hit(store, &found->hits[i], find->ids_only, arena, &hits[i], err);
    *out = hits;
    return status;
}

fh_status fh_store_find(fh_store *store, const fh_find *find, fh_arena *arena, fh_results *out,
                        fh_error *err) {
    fh_matched found = {0};
    fh_hit *hits = NULL;
    unsigned times = 0;
    fh_status status = fh_store_demand_query(store, find->query, err);
    if (status != FH_OK) return status;
    do status = find_once(store, find, arena, &found, &hits, err);
    while (fh_store_ask_again(store, &times, &status, err));
    for (size_t i = 0; status == FH_OK && i < found.hit_count; i++)
        status = fh_store_settle_story(store, find, found.hits[i].story, arena, &hits[i], err);
    if (status != FH_OK) return status;
    *out = (fh_results){.hits = hits,
                        .hit_count = found.hit_count,
                        .total = found.total,
                        .total_exact = found.total_exact,
                        .partial = found.partial,
                        .facets = found.facets,
                        .facet_count = find->facet_count};
    return FH_OK;
}

static fh_status score_once(fh_store *store, const fh_query *query, fh_bm25 bm25, uint32_t document,
                            double *out, fh_error *err) {
    fh_matchers *all;
    fh_str data;
    fh_status status = fh_store_matchers(store, &all, err);
    if (status != FH_OK) return status;
    fh_arena_reset(store->scratch);
    if (document == 0 || !fh_matchers_data(all, document, store->scratch, &data, NULL))
        return fh_fail(err, FH_ERR_NOT_FOUND, shard_of(store, document ? document : 1)->dir,
                       "if a search brought this about, the index is damaged: fihris-index --check",
                       "there is no such document (%u)", document);
    bool told = fh_matchers_score(all, query, bm25, document, store->scratch, out);
    return told ? FH_OK : fh_store_unread(store, err);
}

fh_status fh_store_score(fh_store *store, const fh_query *query, fh_bm25 bm25, uint32_t document, double *out,
                         fh_error *err) {
    double score = 0;
    unsigned times = 0;
    fh_status status = fh_store_demand_query(store, query, err);
    if (status != FH_OK) return status;
    do status = score_once(store, query, bm25, document, &score, err);
    while (fh_store_ask_again(store, &times, &status, err));
    if (status == FH_OK) *out = score;
    return status;
}
