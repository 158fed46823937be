/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A score, leaf by leaf: the operators between leaves add weights and have none themselves. */
#include "query/explain.h"

#include "query/surface.h"
#include <stdlib.h>

static fh_str leaf_name(const fh_leaf *leaf, fh_arena *arena) {
    static const char *const names[] = {
        [FH_LEAF_STEM] = "stem",     [FH_LEAF_WORD] = "word",     [FH_LEAF_PREFIX] = "prefix",
        [FH_LEAF_PHRASE] = "phrase", [FH_LEAF_ENTITY] = "entity", [FH_LEAF_ADDED] = "added",
    };
    fh_buf text = {0};
    fh_buf_printf(&text, "%s%s:", leaf->scope == FH_SCOPE_TITLE ? "title-" : "", names[leaf->kind]);
    for (size_t i = 0; i < leaf->words.count; i++)
        fh_buf_printf(&text, "%s%.*s", i ? " " : "", FH_STR_ARG(leaf->words.items[i]));
    fh_str name = fh_arena_copy(arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return name;
}

/* ---- Spellings ---- */

static int by_times(const void *left, const void *right) {
    const fh_spelling_seen *a = left, *b = right;
    if (a->times != b->times) return a->times > b->times ? -1 : 1;
    return fh_str_compare(a->text, b->text);
}

static void count_spelling(fh_spelling_seen *seen, size_t *count, fh_spelling_seen next) {
    for (size_t i = 0; i < *count; i++) {
        if (!fh_str_equal(seen[i].text, next.text)) continue;
        seen[i].times++;
        return;
    }
    seen[(*count)++] = next;
}

/* How the article spells the entity of a leaf. */
static void gather_spellings(const fh_showing *s, const fh_shown *shown, const fh_article *article,
                             uint32_t leaf, fh_score_part *out) {
    const fh_entity *entity = s->query->leaves[leaf].named.entity;
    fh_surfaces surfaces = fh_surfaces_of(s->gazetteer, s->analyser, entity, s->arena);
    size_t room = shown->marks[FH_PART_TITLE].count + shown->marks[FH_PART_BODY].count, count = 0;
    fh_spelling_seen *seen = FH_ARENA_ARRAY(s->arena, fh_spelling_seen, room + 1);
    for (int part = FH_PART_TITLE; part <= FH_PART_BODY; part++) {
        fh_str text = part == FH_PART_TITLE ? article->title : article->body;
        for (size_t i = 0; i < shown->marks[part].count; i++) {
            const fh_found *found = &shown->marks[part].items[i];
            if (found->leaf != leaf) continue;
            fh_str marked = fh_str_slice(text, found->start, found->end);
            count_spelling(seen, &count, fh_surface_read(&surfaces, marked, s->arena));
        }
    }
    qsort(seen, count, sizeof *seen, by_times);
    out->seen = seen;
    out->seen_count = count;
}

/* ---- The score ---- */

fh_status fh_explain_hit(fh_store *store, const fh_showing *showing, const fh_shown *shown, fh_bm25 bm25,
                         fh_answer_hit *hit, fh_error *err) {
    const fh_lowered *query = showing->query;
    fh_score_part *parts = FH_ARENA_ARRAY(showing->arena, fh_score_part, query->leaf_count + 1);
    size_t count = 0;
    for (uint32_t i = 0; i < query->leaf_count; i++) {
        const fh_leaf *leaf = &query->leaves[i];
        double score;
        fh_status status = fh_store_score(store, leaf->query, bm25, hit->hit->document, &score, err);
        if (status) return status;
        if (score <= 0) continue;
        fh_score_part *part = &parts[count++];
        *part = (fh_score_part){.what = leaf_name(leaf, showing->arena), .score = score};
        if (leaf->kind == FH_LEAF_ENTITY) gather_spellings(showing, shown, &hit->hit->article, i, part);
    }
    hit->parts = parts;
    hit->part_count = count;
    return FH_OK;
}
