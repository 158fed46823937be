/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stories that several articles tell: how many more there are behind a hit, and which one is shown. */
#include "store/handle.h"

enum { LOOKED_THROUGH = 20 /* the newest articles of a story, for a newer one of the same outlet */ };

/* Of a hash: texts that are nearly the same, and of two stories, may have half of their prints in common. */
void fh_story_word(fh_str value, char out[FH_STORY_WORD]) {
    static const char digits[] = "0123456789abcdef";
    uint64_t hash = fh_hash(FH_HASH_START, value);
    for (size_t i = 0; i < FH_STORY_WORD; i++) out[i] = digits[hash >> (i * 4) & 0xf];
}

/* What the search finds of one story, the newest first. */
static fh_status find_story(fh_store *store, const fh_find *find, fh_str word, fh_arena *arena,
                            fh_results *out, fh_error *err) {
    fh_query story = {.op = FH_OP_TERM, .field = FH_FIELD_STORY, .word = word};
    fh_query *kids[] = {(fh_query *)find->query, &story};
    fh_query both = {.op = FH_OP_FILTER, .kids = kids, .kid_count = 2};
    fh_find one = {.query = &both,
                   .sort = FH_SORT_NEWEST,
                   .bm25 = find->bm25,
                   .limit = LOOKED_THROUGH,
                   .ids_only = find->ids_only || find->sort != FH_SORT_RELEVANCE,
                   .held_too = find->held_too,
                   .look_to = UINT32_MAX};
    return fh_store_find(store, &one, arena, out, err);
}

/* A correction stands for what its outlet wrote before. */
static void take_newest(fh_hit *hit, const fh_results *story) {
    for (size_t i = 0; i < story->hit_count; i++) {
        const fh_hit *other = &story->hits[i];
        if (other->article.published.year == 0) return; /* of the others too, nobody knows */
        if (!fh_str_equal(other->article.source, hit->article.source)) continue;
        uint32_t duplicates = hit->duplicates;
        *hit = *other;
        hit->duplicates = duplicates;
        return;
    }
}

fh_status fh_store_settle_story(fh_store *store, const fh_find *find, fh_str story, fh_arena *arena,
                                fh_hit *hit, fh_error *err) {
    char letters[FH_STORY_WORD];
    fh_str word = {letters, FH_STORY_WORD};
    uint32_t articles;
    fh_results found;
    if (story.len == 0) return FH_OK;
    fh_story_word(story, letters);
    fh_status status = fh_store_count(store, FH_FIELD_STORY, word, true, &articles, err);
    if (status != FH_OK || articles < 2) return status;
    status = find_story(store, find, word, arena, &found, err);
    if (status != FH_OK || found.total < 2) return status;
    hit->duplicates = (uint32_t)(found.total - 1);
    if (find->sort == FH_SORT_RELEVANCE) take_newest(hit, &found);
    return FH_OK;
}
