/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mark is as long as what is written together: it may begin with clitics. */
#include "query/written.h"

#include "query/known.h"
#include "query/searcher.h"
#include "query/surface.h"

#include "base/memory.h"
#include "base/table.h"
#include <stdlib.h>

/* ---- Names that were looked for ---- */

enum { FIRST_PLACES = 64, MOST_KEPT = 8192 };

struct fh_written_names {
    fh_table labels;
    fh_arena *arena;
};

typedef struct kept_label {
    uint64_t hash; /* of the id */
    const char *label;
} kept_label;

fh_written_names *fh_written_names_new(void) {
    fh_written_names *names = fh_alloc(sizeof *names);
    *names = (fh_written_names){fh_table_new(sizeof(kept_label), FIRST_PLACES), fh_arena_new()};
    return names;
}

void fh_written_names_free(fh_written_names *names) {
    if (!names) return;
    fh_table_free(&names->labels);
    fh_arena_free(names->arena);
    free(names);
}

static uint64_t hash_of(const fh_entity *entity) {
    return fh_table_key(fh_hash(FH_HASH_START, fh_str_from(entity->id)));
}

/* When there are too many, it begins anew. */
static void keep(fh_written_names *names, const fh_entity *entity) {
    if (names->labels.count == MOST_KEPT) {
        fh_table_free(&names->labels);
        names->labels = fh_table_new(sizeof(kept_label), FIRST_PLACES);
        fh_arena_reset(names->arena);
    }
    kept_label *kept = fh_table_put(&names->labels, hash_of(entity));
    kept->label = fh_arena_copy(names->arena, fh_str_from(entity->label)).ptr;
}

static const fh_entity *called(const fh_entity *entity, fh_str label, fh_arena *arena) {
    fh_entity *written = FH_ARENA_ARRAY(arena, fh_entity, 1);
    *written = *entity;
    written->label = fh_arena_copy(arena, label).ptr;
    return written;
}

/* ---- In an article ---- */

/* A text that folds to the label, alone or without clitics before it; else nothing. */
static fh_str as_label(fh_str surface, const char *label, fh_arena *arena) {
    fh_str bare[FH_MAX_BARE + 1] = {surface};
    size_t count = 1 + fh_bare_names(surface, arena, bare + 1);
    for (size_t i = 0; i < count; i++)
        if (fh_str_equal(fh_folded_name(bare[i], arena), fh_str_from(label))) return bare[i];
    return FH_STR("");
}

static bool is_listed(const fh_gazetteer *gazetteer, const fh_entity *entity) {
    return fh_gazetteer_find(gazetteer, fh_str_from(entity->id));
}

const fh_entity *fh_written_in(const fh_gazetteer *gazetteer, const fh_entity *entity,
                               const fh_article *article, size_t first, fh_arena *arena) {
    fh_str id = fh_str_from(entity->id);
    if (is_listed(gazetteer, entity)) return entity;
    for (size_t i = first; i < article->entity_count; i++) {
        const fh_entity_mark *mark = &article->entities[i];
        fh_str text = mark->part == FH_PART_TITLE ? article->title : article->body;
        if (!fh_str_equal(mark->entity, id) || mark->end > text.len) continue;
        fh_str label = as_label(fh_str_slice(text, mark->start, mark->end), entity->label, arena);
        if (label.len) return called(entity, label, arena);
    }
    return entity;
}

/* ---- In any article ---- */

static fh_status find(const fh_searcher *searcher, const fh_entity **entity, fh_arena *arena, fh_error *err) {
    fh_results found;
    fh_query term = {.op = FH_OP_TERM, .field = FH_FIELD_ENTITY, .word = fh_str_from((*entity)->id)};
    fh_find one = {.query = &term, .bm25 = fh_ranking_default()->bm25, .limit = 1};
    fh_status status = fh_store_find(searcher->store, &one, arena, &found, err);
    if (status != FH_OK || found.hit_count == 0) return status;
    *entity = fh_written_in(searcher->gazetteer, *entity, &found.hits[0].article, 0, arena);
    keep(searcher->written, *entity);
    return FH_OK;
}

fh_status fh_written_anywhere(const fh_searcher *searcher, const fh_entity **entity, fh_arena *arena,
                              fh_error *err) {
    if (is_listed(searcher->gazetteer, *entity)) return FH_OK;
    const kept_label *kept = fh_table_find(&searcher->written->labels, hash_of(*entity));
    if (!kept) return find(searcher, entity, arena, err);
    *entity = called(*entity, fh_str_from(kept->label), arena);
    return FH_OK;
}

static const fh_entity *find_shown(const fh_answer *answer, fh_str id) {
    for (size_t i = 0; i < answer->hit_count; i++) {
        const fh_answer_hit *hit = &answer->hits[i];
        for (size_t k = 0; k < hit->entity_count; k++)
            if (fh_str_equal(fh_str_from(hit->entities[k]->id), id)) return hit->entities[k];
    }
    return NULL;
}

fh_status fh_written_label(const fh_searcher *searcher, const fh_answer *answer, fh_str id, fh_arena *arena,
                           fh_str *out, fh_error *err) {
    fh_status status = FH_OK;
    const fh_entity *entity = find_shown(answer, id);
    if (!entity && (entity = fh_known_entity(searcher->gazetteer, id, arena)))
        status = fh_written_anywhere(searcher, &entity, arena, err);
    *out = entity ? fh_str_from(entity->label) : id;
    return status;
}
