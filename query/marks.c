/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Marks are found by analysing the stored text again and comparing words, so they always lie on the words'
 * borders in the original: a mark within a word would break its joined letters. */
#include "query/marks.h"
#include "query/fronts.h"

#include "base/memory.h"
#include <stdlib.h>

typedef struct finder {
    const fh_lowered *query;
    fh_tokens tokens;
    fh_found *found;
    size_t count, capacity;
} finder;

static void add(finder *f, fh_found found) {
    f->found = fh_grow(f->found, f->count, &f->capacity, sizeof *f->found);
    f->found[f->count++] = found;
}

/* ---- Words ---- */

static bool leaf_is_for(const fh_leaf *leaf, fh_part part) {
    return leaf->scope == FH_SCOPE_TEXT || (leaf->scope == FH_SCOPE_TITLE && part == FH_PART_TITLE);
}

static bool word_matches(const fh_leaf *leaf, const fh_token *token) {
    fh_str wanted = leaf->words.items[0];
    switch (leaf->kind) {
    case FH_LEAF_STEM: return !token->stop && fh_str_equal(token->stem, wanted);
    case FH_LEAF_WORD: return fh_str_equal(token->folded, wanted);
    case FH_LEAF_PREFIX: return fh_begins_so(token->folded, wanted);
    default: return false;
    }
}

/* The token behind `i` that is a part of no other, or the count. */
static size_t next_part(fh_tokens tokens, size_t i) {
    do i++;
    while (i < tokens.count && tokens.items[i].whole);
    return i;
}

static bool phrase_stands_at(finder *f, const fh_leaf *leaf, size_t token) {
    for (size_t word = 0; word < leaf->words.count; word++, token = next_part(f->tokens, token)) {
        if (token >= f->tokens.count || !fh_str_equal(f->tokens.items[token].folded, leaf->words.items[word]))
            return false;
    }
    return true;
}

static void mark_phrase(finder *f, uint32_t leaf, size_t token) {
    for (size_t word = 0; word < f->query->leaves[leaf].words.count;
         word++, token = next_part(f->tokens, token)) {
        const fh_token *t = &f->tokens.items[token];
        add(f, (fh_found){.start = t->start, .end = t->end, .leaf = leaf, .whole_phrase = true});
    }
}

static void find_leaf(finder *f, uint32_t index) {
    const fh_leaf *leaf = &f->query->leaves[index];
    for (size_t i = 0; i < f->tokens.count; i++) {
        const fh_token *t = &f->tokens.items[i];
        if (leaf->kind == FH_LEAF_PHRASE) {
            if (!t->whole && phrase_stands_at(f, leaf, i)) mark_phrase(f, index, i);
        } else if (word_matches(leaf, t)) {
            add(f, (fh_found){.start = t->start, .end = t->end, .leaf = index});
        }
    }
}

/* ---- Entities ---- */

static bool is_meant(const fh_leaf *leaf, fh_str id) {
    for (size_t i = 0; leaf->kind == FH_LEAF_ENTITY && i < leaf->words.count; i++)
        if (fh_str_equal(leaf->words.items[i], id)) return true;
    return false;
}

/* Marks the bytes as the name of the entity that an id means, if the query does. */
static void add_name(finder *f, fh_str id, uint32_t start, uint32_t end) {
    for (uint32_t i = 0; i < f->query->leaf_count; i++) {
        const fh_leaf *leaf = &f->query->leaves[i];
        if (!is_meant(leaf, id)) continue;
        add(f, (fh_found){.start = start, .end = end, .leaf = i, .entity = leaf->words.items[0]});
        return;
    }
}

/* A mark that an index of another making left outside the text is no mark. */
static bool lies_within(const fh_entity_mark *mark, fh_str text) {
    return mark->start < mark->end && mark->end <= text.len;
}

static void find_entities(finder *f, fh_mentions again, const fh_article *article, fh_part part) {
    fh_str text = part == FH_PART_TITLE ? article->title : article->body;
    for (size_t i = 0; i < article->entity_count; i++) {
        const fh_entity_mark *mark = &article->entities[i];
        if (mark->part == part && lies_within(mark, text)) add_name(f, mark->entity, mark->start, mark->end);
    }
    for (size_t i = 0; i < again.count; i++)
        add_name(f, fh_str_from(again.items[i].entity->id), again.items[i].start, again.items[i].end);
}

/* ---- Together ---- */

/* By place; at one place an entity before words, the longer before the shorter, a phrase before its words. */
static int compare(const void *left, const void *right) {
    const fh_found *a = left, *b = right;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if ((a->entity.len > 0) != (b->entity.len > 0)) return a->entity.len ? -1 : 1;
    if (a->end != b->end) return a->end > b->end ? -1 : 1;
    if (a->whole_phrase != b->whole_phrase) return a->whole_phrase ? -1 : 1;
    return a->leaf < b->leaf ? -1 : a->leaf > b->leaf;
}

static bool overlap(const fh_found *a, const fh_found *b) {
    return a->start < b->end && b->start < a->end;
}

static void add_apart(fh_marks *marks, const fh_found *found) {
    if (!marks->count || !overlap(&marks->items[marks->count - 1], found))
        marks->items[marks->count++] = *found;
}

/* Entities win over the words in them, and leave the words beside them; of words, the first. */
static fh_marks settle(finder *f, fh_arena *arena) {
    if (f->count) qsort(f->found, f->count, sizeof *f->found, compare);
    fh_marks names = {FH_ARENA_ARRAY(arena, fh_found, f->count + 1), 0};
    fh_marks marks = {FH_ARENA_ARRAY(arena, fh_found, f->count + 1), 0};
    for (size_t i = 0; i < f->count; i++)
        if (f->found[i].entity.len) add_apart(&names, &f->found[i]);
    for (size_t i = 0, next = 0; i < f->count; i++) {
        const fh_found *found = &f->found[i];
        while (next < names.count && names.items[next].end <= found->start) next++;
        bool within = next < names.count && overlap(&names.items[next], found);
        if (!within || (found->entity.len && found->start == names.items[next].start))
            add_apart(&marks, found);
    }
    return marks;
}

fh_marks fh_marks_find(const fh_lowered *query, fh_tokens tokens, fh_mentions again,
                       const fh_article *article, fh_part part, fh_arena *arena) {
    finder f = {.query = query, .tokens = tokens};
    for (uint32_t i = 0; i < query->leaf_count; i++) {
        if (leaf_is_for(&query->leaves[i], part)) find_leaf(&f, i);
    }
    find_entities(&f, again, article, part);
    fh_marks marks = settle(&f, arena);
    free(f.found);
    return marks;
}

/* ---- Pieces ---- */

static void add_plain(fh_segments *out, fh_str text) {
    if (text.len) out->items[out->count++] = (fh_segment){.text = text, .mark = FH_MARK_NONE};
}

fh_segments fh_marks_segments(fh_str text, fh_marks marks, size_t from, size_t to, fh_arena *arena) {
    fh_segments out = {FH_ARENA_ARRAY(arena, fh_segment, 2 * marks.count + 3), 0};
    if (from > 0) add_plain(&out, FH_STR("… "));
    size_t at = from;
    for (size_t i = 0; i < marks.count; i++) {
        const fh_found *m = &marks.items[i];
        if (m->start < from || m->end > to) continue;
        add_plain(&out, fh_str_slice(text, at, m->start));
        out.items[out.count++] = (fh_segment){
            .text = fh_str_slice(text, m->start, m->end),
            .mark = m->entity.len ? FH_MARK_ENTITY : FH_MARK_TERM,
            .entity = m->entity,
        };
        at = m->end;
    }
    add_plain(&out, fh_str_slice(text, at, to));
    if (to < text.len) add_plain(&out, FH_STR(" …"));
    return out;
}
