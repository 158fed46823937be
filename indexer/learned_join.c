/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outlets spell a name each in its own way: names of one type that are spelled nearly alike are one. */
#include "indexer/learn.h"

#include "base/memory.h"
#include <stdlib.h>

/* Names with one key lie together; only they are compared. */
typedef struct entry {
    fh_str key;
    uint32_t name;
} entry;

/* What two names that may be one share, and whether they are. */
typedef struct likeness {
    void (*key)(const fh_learned *name, fh_buf *out);
    bool (*is_same)(const fh_learned *a, const fh_learned *b);
} likeness;

static int by_key(const void *left, const void *right) {
    const entry *a = left, *b = right;
    int order = fh_str_compare(a->key, b->key);
    return order ? order : (a->name > b->name) - (a->name < b->name);
}

static entry *sort_entries(const fh_learned_list *list, const likeness *how, fh_arena *arena) {
    entry *entries = FH_ARENA_ARRAY(arena, entry, list->count + 1);
    fh_buf key = {0};
    for (size_t i = 0; i < list->count; i++) {
        fh_buf_clear(&key);
        how->key(&list->items[i], &key);
        entries[i] = (entry){fh_arena_copy(arena, fh_buf_str(&key)), (uint32_t)i};
    }
    fh_buf_free(&key);
    if (list->count) qsort(entries, list->count, sizeof *entries, by_key);
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

/* Within one key each name is compared with the first spelling of those before it, never with what those took
 * up: near to near to near would lead far. */
static void join_bucket(fh_learned_list *list, const likeness *how, const entry *first, const entry *end,
                        fh_arena *arena) {
    for (const entry *later = first + 1; later < end; later++) {
        fh_learned *name = &list->items[later->name];
        for (const entry *earlier = first; earlier < later; earlier++) {
            fh_learned *head = &list->items[earlier->name];
            if (head->ids.count == 0 || !how->is_same(head, name)) continue;
            take_up(head, name, arena);
            break;
        }
    }
}

static void join_by(const likeness *how, fh_learned_list *list, fh_arena *arena) {
    entry *entries = sort_entries(list, how, arena);
    for (size_t from = 0, to; from < list->count; from = to) {
        to = from + 1;
        while (to < list->count && fh_str_equal(entries[to].key, entries[from].key)) to++;
        join_bucket(list, how, entries + from, entries + to, arena);
    }
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].ids.count) list->items[kept++] = list->items[i];
    list->count = kept;
}

/* ---- Two ways to be one ---- */

static void id_key(const fh_learned *name, fh_buf *out) {
    fh_buf_add(out, name->id);
}

static bool has_same_id(const fh_learned *a, const fh_learned *b) {
    return fh_str_equal(a->id, b->id);
}

static void spelling_key(const fh_learned *name, fh_buf *out) {
    fh_spelling_skeleton(name->spellings.items[0], out);
}

static bool is_spelled_nearly_alike(const fh_learned *a, const fh_learned *b) {
    return a->type == b->type &&
           fh_spelling_distance(a->spellings.items[0], b->spellings.items[0]) <= fh_spelling_near;
}

void fh_learned_join(fh_learned_list *list, fh_arena *arena) {
    static const likeness by_id = {id_key, has_same_id},
                          by_spelling = {spelling_key, is_spelled_nearly_alike};
    join_by(&by_id, list, arena);
    join_by(&by_spelling, list, arena);
}
