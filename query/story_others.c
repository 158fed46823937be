/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is named with an entity more than chance would have it.
 *
 * The most frequent company says little: the great powers stand in every list.  Lift alone, how many times
 * more often than by chance two are named together (pointwise mutual information without its logarithm:
 * Church and Hanks, "Word Association Norms, Mutual Information, and Lexicography", 1990), prefers what
 * stands in two articles in all.  Its logarithm times the articles lies between (local mutual information:
 * Evert, "The Statistics of Word Cooccurrences", 2005). */
#include "query/story.h"

#include "query/known.h"
#include "query/written.h"
#include <math.h>
#include <stdlib.h>

enum {
    SHOWN = 10,
    LEAST = 2, /* articles: one tells nothing */
};

typedef struct candidate {
    fh_story_other other;
    double worth;
} candidate;

static int by_worth(const void *left, const void *right) {
    const candidate *a = left, *b = right;
    if (a->worth != b->worth) return a->worth > b->worth ? -1 : 1;
    return strcmp(a->other.entity->id, b->other.entity->id);
}

/* In how many articles an entity is named: an article seldom has two of its ids. */
static fh_status frequency(const fh_searcher *searcher, const fh_entity *entity, fh_arena *arena,
                           uint64_t *out, fh_error *err) {
    fh_strs ids = fh_entity_ids(searcher->gazetteer, entity, arena);
    *out = 0;
    for (size_t i = 0; i < ids.count; i++) {
        uint32_t articles;
        fh_status status = fh_store_frequency(searcher->store, FH_FIELD_ENTITY, ids.items[i], &articles, err);
        if (status) return status;
        *out += articles;
    }
    return FH_OK;
}

fh_status fh_story_others(const fh_searcher *searcher, const fh_facet *entities, fh_arena *arena,
                          fh_story *story, fh_error *err) {
    candidate *all = FH_ARENA_ARRAY(arena, candidate, entities->value_count + 1);
    size_t count = 0;
    fh_store_stats stats;
    fh_status status = fh_store_statistics(searcher->store, &stats, err);
    for (size_t i = 0; i < entities->value_count && status == FH_OK; i++) {
        fh_facet_value value = entities->values[i];
        const fh_entity *entity = fh_known_entity(searcher->gazetteer, value.value, arena);
        if (!entity || value.articles < LEAST || fh_str_equal(value.value, story->ids.items[0])) continue;
        uint64_t in_all;
        status = frequency(searcher, entity, arena, &in_all, err);
        if (status || !in_all) continue;
        double by_chance = (double)story->articles * (double)in_all / (double)stats.articles;
        double lift = (double)value.articles / by_chance;
        if (lift > 1) all[count++] = (candidate){{entity, value.articles, lift}, value.articles * log(lift)};
    }
    if (status) return status;
    qsort(all, count, sizeof *all, by_worth);
    story->other_count = count < SHOWN ? count : SHOWN;
    story->others = FH_ARENA_ARRAY(arena, fh_story_other, story->other_count + 1);
    for (size_t i = 0; i < story->other_count && status == FH_OK; i++) {
        status = fh_written_anywhere(searcher, &all[i].other.entity, arena, err);
        story->others[i] = all[i].other;
    }
    return status;
}
