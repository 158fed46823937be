/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entities and headlines beside the completions of a word. */
#include "site/suggest.h"

#include "base/utf8.h"
#include "site/clock.h"

enum {
    SEEN_ENTITIES = 200, /* whose articles are counted */
    MIN_PREFIX = 3,      /* letters of a half typed word that headlines are looked up by */
};

static const double HEADLINE_SECONDS = 0.03;

/* ---- Entities ---- */

typedef struct seen {
    const fh_entity *items[SEEN_ENTITIES];
    size_t count;
} seen;

static bool see(void *context, const fh_entity *entity) {
    seen *s = context;
    for (size_t i = 0; i < s->count; i++)
        if (s->items[i] == entity) return true;
    s->items[s->count++] = entity;
    return s->count < SEEN_ENTITIES;
}

static void rank(fh_suggestions *out, size_t most, fh_suggested_entity entity) {
    size_t at = out->entity_count;
    while (at > 0 && out->entities[at - 1].articles < entity.articles) at--;
    if (at == most) return;
    if (out->entity_count < most) out->entity_count++;
    memmove(&out->entities[at + 1], &out->entities[at], (out->entity_count - at - 1) * sizeof entity);
    out->entities[at] = entity;
}

static fh_status find_entities(fh_worker *worker, fh_str text, size_t most, fh_suggestions *out,
                               fh_error *err) {
    seen s = {.count = 0};
    fh_str folded = fh_fold_word(FH_STEMMER_LIGHT, fh_str_trim(text), worker->arena);
    if (!folded.len || out->entity_count) return FH_OK;
    fh_name_ends_visit(worker->name_ends, folded, see, &s);
    for (size_t i = 0; i < s.count; i++) {
        fh_suggested_entity found = {.entity = s.items[i]};
        fh_status status = fh_store_frequency(worker->store, FH_FIELD_ENTITY, fh_str_from(s.items[i]->id),
                                              &found.articles, err);
        if (status) return status;
        if (found.articles) rank(out, most, found);
    }
    return FH_OK;
}

/* ---- Headlines ---- */

static fh_query *new_query(fh_worker *worker, fh_op op, fh_field field, fh_str word) {
    fh_query *query = fh_arena_take_zeroed(worker->arena, sizeof *query);
    query->op = op;
    query->field = field;
    query->word = word;
    return query;
}

/* All words of the text in a title, and the beginning of the last; NULL where that says too little. */
static fh_query *headline_query(fh_worker *worker, fh_str text) {
    size_t last = fh_last_word(text);
    fh_tokens tokens = fh_analyse(worker->analyser, fh_str_slice(text, 0, last), worker->arena);
    fh_str prefix = fh_fold_word(FH_STEMMER_LIGHT, fh_str_slice(text, last, text.len), worker->arena);
    fh_query *all = new_query(worker, FH_OP_AND, FH_FIELD_TITLE, (fh_str){0});
    all->kids = FH_ARENA_ARRAY(worker->arena, fh_query *, tokens.count + 1);
    for (size_t i = 0; i < tokens.count; i++)
        if (!tokens.items[i].stop && !tokens.items[i].whole)
            all->kids[all->kid_count++] =
                new_query(worker, FH_OP_TERM, FH_FIELD_TITLE_STEM, tokens.items[i].stem);
    if (fh_utf8_count(prefix) >= MIN_PREFIX)
        all->kids[all->kid_count++] = new_query(worker, FH_OP_PREFIX, FH_FIELD_TITLE, prefix);
    return all->kid_count ? all : NULL;
}

static fh_status find_headlines(fh_worker *worker, fh_str text, size_t most, fh_suggestions *out,
                                fh_error *err) {
    fh_results found;
    fh_find find = {.query = headline_query(worker, text),
                    .bm25 = fh_ranking_default()->bm25,
                    .limit = (uint32_t)most,
                    .deadline = fh_clock() + HEADLINE_SECONDS};
    if (!find.query) return FH_OK;
    fh_status status = fh_store_find(worker->store, &find, worker->arena, &found, err);
    if (status) return status;
    out->headlines = found.hits;
    out->headline_count = found.hit_count;
    return FH_OK;
}

fh_status fh_suggestions_find(fh_worker *worker, fh_str typed, size_t most, fh_suggestions *out,
                              fh_error *err) {
    fh_suggestions found = {.entities = FH_ARENA_ARRAY(worker->arena, fh_suggested_entity, most + 1)};
    fh_status status = fh_complete(worker, typed, most, &found.completions, err);
    if (status == FH_OK) status = find_entities(worker, typed, most, &found, err);
    if (status == FH_OK) status = find_entities(worker, found.completions.read_as, most, &found, err);
    if (status == FH_OK) status = find_headlines(worker, found.completions.read_as, most, &found, err);
    if (status == FH_OK) *out = found;
    return status;
}
