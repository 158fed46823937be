/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outlets spell a name each in its own way: names of one type that are spelled nearly alike are one. */
#include "indexer/learn.h"

#include "base/memory.h"
#include <stdlib.h>

/* Names with one skeleton lie together; only they are compared. */
typedef struct entry {
    fh_str skeleton;
    uint32_t name;
} entry;

static int by_skeleton(const void *left, const void *right) {
    const entry *a = left, *b = right;
    int order = fh_str_compare(a->skeleton, b->skeleton);
    return order ? order : (a->name > b->name) - (a->name < b->name);
}

static entry *sort_entries(const fh_learned_list *list, fh_arena *arena) {
    entry *entries = FH_ARENA_ARRAY(arena, entry, list->count + 1);
    fh_buf skeleton = {0};
    for (size_t i = 0; i < list->count; i++) {
        fh_buf_clear(&skeleton);
        fh_spelling_skeleton(list->items[i].spellings.items[0], &skeleton);
        entries[i] = (entry){fh_arena_copy(arena, fh_buf_str(&skeleton)), (uint32_t)i};
    }
    fh_buf_free(&skeleton);
    if (list->count) qsort(entries, list->count, sizeof *entries, by_skeleton);
    return entries;
}

static fh_strs both(fh_strs a, fh_strs b, fh_arena *arena) {
    fh_strs all = {FH_ARENA_ARRAY(arena, fh_str, a.count + b.count), a.count + b.count};
    memcpy(all.items, a.items, a.count * sizeof *a.items);
    memcpy(all.items + a.count, b.items, b.count * sizeof *b.items);
    return all;
}

static void take_up(fh_learned *name, fh_learned *other, fh_arena *arena) {
    name->spellings = both(name->spellings, other->spellings, arena);
    name->ids = both(name->ids, other->ids, arena);
    name->in_texts += other->in_texts;
    name->in_keywords += other->in_keywords;
    other->ids.count = 0; /* gone */
}

static bool is_same_name(const fh_learned *a, const fh_learned *b) {
    return a->type == b->type &&
           fh_spelling_distance(a->spellings.items[0], b->spellings.items[0]) <= fh_spelling_near;
}

/* Within one skeleton each name is compared with the first spelling of those before it, never with what those
 * took up: near to near to near would lead far. */
static void join_bucket(fh_learned_list *list, const entry *first, const entry *end, fh_arena *arena) {
    for (const entry *later = first + 1; later < end; later++) {
        fh_learned *name = &list->items[later->name];
        for (const entry *earlier = first; earlier < later; earlier++) {
            fh_learned *head = &list->items[earlier->name];
            if (head->ids.count == 0 || !is_same_name(head, name)) continue;
            take_up(head, name, arena);
            break;
        }
    }
}

void fh_learned_join(fh_learned_list *list, fh_arena *arena) {
    entry *entries = sort_entries(list, arena);
    for (size_t from = 0, to; from < list->count; from = to) {
        to = from + 1;
        while (to < list->count && fh_str_equal(entries[to].skeleton, entries[from].skeleton)) to++;
        join_bucket(list, entries + from, entries + to, arena);
    }
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].ids.count) list->items[kept++] = list->items[i];
    list->count = kept;
}
