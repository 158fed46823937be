/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A score, leaf by leaf: the operators between leaves add weights and have none themselves. */
#include "query/explain.h"

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

fh_status fh_explain_hit(fh_store *store, const fh_lowered *lowered, fh_bm25 bm25, fh_answer_hit *hit,
                         fh_arena *arena, fh_error *err) {
    fh_score_part *parts = FH_ARENA_ARRAY(arena, fh_score_part, lowered->leaf_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < lowered->leaf_count; i++) {
        double score;
        fh_status status =
            fh_store_score(store, lowered->leaves[i].query, bm25, hit->hit->document, &score, err);
        if (status) return status;
        if (score <= 0) continue;
        parts[count++] = (fh_score_part){leaf_name(&lowered->leaves[i], arena), score};
    }
    hit->parts = parts;
    hit->part_count = count;
    return FH_OK;
}
