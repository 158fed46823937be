/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How outlets spell an entity, counted from the marks that its articles keep. */
#include "query/story.h"

#include "base/memory.h"
#include "query/surface.h"
#include <stdlib.h>

/* The name at one mark. */
typedef struct sighting {
    fh_str source, text;
} sighting;

typedef struct sightings {
    sighting *items;
    size_t count, capacity;
} sightings;

static bool is_one_of(fh_strs ids, fh_str id) {
    for (size_t i = 0; i < ids.count; i++)
        if (fh_str_equal(ids.items[i], id)) return true;
    return false;
}

static void gather(const fh_article *article, fh_strs ids, sightings *out) {
    for (size_t i = 0; i < article->entity_count; i++) {
        const fh_entity_mark *mark = &article->entities[i];
        fh_str part = mark->part == FH_PART_TITLE ? article->title : article->body;
        if (!is_one_of(ids, mark->entity) || mark->start >= mark->end || mark->end > part.len) continue;
        out->items = fh_grow(out->items, out->count, &out->capacity, sizeof *out->items);
        out->items[out->count++] = (sighting){article->source, fh_str_slice(part, mark->start, mark->end)};
    }
}

static int by_text(const void *left, const void *right) {
    const sighting *a = left, *b = right;
    return fh_str_compare(a->text, b->text);
}

static int by_source(const void *left, const void *right) {
    const sighting *a = left, *b = right;
    int order = fh_str_compare(a->source, b->source);
    return order ? order : by_text(left, right);
}

/* Each text becomes the name in it; nisbas are no spellings. */
static void read_names(const fh_searcher *searcher, const fh_entity *entity, sightings *all,
                       fh_arena *arena) {
    fh_surfaces surfaces = fh_surfaces_of(searcher->gazetteer, searcher->analyser, entity, arena);
    size_t kept = 0;
    qsort(all->items, all->count, sizeof *all->items, by_text);
    for (size_t i = 0, end; i < all->count; i = end) {
        fh_spelling_seen seen = fh_surface_read(&surfaces, all->items[i].text, arena);
        for (end = i; end < all->count && fh_str_equal(all->items[end].text, all->items[i].text);) end++;
        for (size_t k = i; k < end && seen.how != FH_NAMING_NISBA; k++)
            all->items[kept++] = (sighting){all->items[k].source, seen.text};
    }
    all->count = kept;
}

/* ---- By outlet ---- */

static int by_times(const void *left, const void *right) {
    const fh_story_spelling *a = left, *b = right;
    if (a->times != b->times) return a->times > b->times ? -1 : 1;
    return fh_str_compare(a->text, b->text);
}

static int by_outlet(const void *left, const void *right) {
    const fh_story_outlet *a = left, *b = right;
    if (a->times != b->times) return a->times > b->times ? -1 : 1;
    return fh_str_compare(a->source, b->source);
}

/* The outlet of the sightings [from, to), which are in order. */
static fh_story_outlet count_outlet(const sightings *all, size_t from, size_t to, fh_arena *arena) {
    fh_story_outlet outlet = {.source = all->items[from].source, .times = (uint32_t)(to - from)};
    outlet.spellings = FH_ARENA_ARRAY(arena, fh_story_spelling, to - from);
    for (size_t i = from; i < to; i++) {
        fh_story_spelling *last = outlet.spellings + outlet.spelling_count;
        if (i > from && fh_str_equal(last[-1].text, all->items[i].text)) {
            last[-1].times++;
        } else {
            *last = (fh_story_spelling){all->items[i].text, 1};
            outlet.spelling_count++;
        }
    }
    qsort(outlet.spellings, outlet.spelling_count, sizeof *outlet.spellings, by_times);
    return outlet;
}

static void count_outlets(sightings *all, fh_arena *arena, fh_story *story) {
    qsort(all->items, all->count, sizeof *all->items, by_source);
    story->outlets = FH_ARENA_ARRAY(arena, fh_story_outlet, all->count);
    for (size_t from = 0, to; from < all->count; from = to) {
        for (to = from; to < all->count && fh_str_equal(all->items[to].source, all->items[from].source);)
            to++;
        story->outlets[story->outlet_count++] = count_outlet(all, from, to, arena);
    }
    qsort(story->outlets, story->outlet_count, sizeof *story->outlets, by_outlet);
}

void fh_story_spellings(const fh_searcher *searcher, const fh_hit *hits, size_t count, fh_arena *arena,
                        fh_story *story) {
    sightings all = {0};
    for (size_t i = 0; i < count; i++) gather(&hits[i].article, story->ids, &all);
    if (all.count) read_names(searcher, story->named.entity, &all, arena);
    if (all.count) count_outlets(&all, arena, story);
    story->read = (uint32_t)count;
    free(all.items);
}
