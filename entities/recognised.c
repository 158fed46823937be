/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list knows whom a name means, the recogniser only that something is a name.  So a listed name stands,
 * unless it is a lesser part of a recognised one: هنتر بايدن is not بايدن.  Places within a name are found
 * once all names are. */
#include "entities/parts.h"

#include "entities/clitics.h"
#include "entities/entity_id.h"
#include "entities/finder.h"
#include "entities/gazetteer.h"

#include <stdlib.h>

enum {
    MAX_WORDS = 8, /* of a name that is worth an id */
    MAX_NAMES =
        2000, /* recognised in an article; each is compared with all others, and what has more is a list */
};

/* A recognised name of one part. */
typedef struct candidate {
    fh_recognised span;
    size_t part;
    fh_strs words; /* folded, the first without its clitics */
    const fh_entity *entity;
} candidate;

typedef struct naming {
    const fh_gazetteer *gazetteer;
    fh_near_memory *near;
    const fh_named_text *parts;
    fh_mentions *found;
    fh_arena *arena;
    candidate *items;
    size_t count;
} naming;

/* ---- Listed or recognised ---- */

static bool overlaps(const fh_mention *mention, const fh_recognised *span) {
    return mention->start < span->end && span->start < mention->end;
}

static bool contains(const fh_recognised *span, const fh_mention *mention) {
    return span->start <= mention->start && mention->end <= span->end && span->count > mention->count;
}

/* Does a listed name yield to a recognised one that it is a part of?  A person's single word does to a
 * person's whole name, and to an organisation's whatever it holds, but a longer person's name is whom it
 * says: then the recognised one has only more of it. */
static bool yields(const fh_mention *mention, const fh_recognised *span) {
    if (!contains(span, mention)) return false;
    switch (span->type) {
    case FH_ENTITY_PERSON: return mention->entity->type != FH_ENTITY_PERSON || mention->count == 1;
    case FH_ENTITY_ORGANISATION: return mention->entity->type != FH_ENTITY_ORGANISATION;
    default: return false;
    }
}

/* Both are in order: `*from` passes over what ends before the span, and before those that come. */
static bool stands(const fh_mentions *listed, size_t *from, const fh_recognised *span) {
    while (*from < listed->count && listed->items[*from].end <= span->start) ++*from;
    for (size_t i = *from; i < listed->count && listed->items[i].start < span->end; i++)
        if (overlaps(&listed->items[i], span) && !yields(&listed->items[i], span)) return false;
    return true;
}

/* ---- Words ---- */

static bool is_name_word(const fh_gazetteer *gazetteer, fh_str key) {
    uint32_t hash = fh_name_hash(key);
    for (const fh_gazetteer *layer = gazetteer; layer; layer = layer->base)
        if (fh_gazetteer_word(layer, hash, FH_STR(""), key)) return true;
    return false;
}

/* The first word as it is without what may be written together with it: where that is known as a word of
 * names, and the whole is not.  وتوكاييف is توكاييف, وليد is himself. */
static fh_str bare_word(const naming *n, fh_str folded) {
    fh_word_readings readings;
    fh_word_take_apart(folded, &readings);
    for (size_t i = 0; i < readings.count; i++) {
        fh_str article = readings.items[i].article, rest = readings.items[i].rest;
        fh_str word = fh_arena_format(n->arena, "%.*s%.*s", FH_STR_ARG(article), FH_STR_ARG(rest));
        if (is_name_word(n->gazetteer, word)) return word;
    }
    return folded;
}

static fh_strs words_of(const naming *n, const fh_named_text *part, const fh_recognised *span) {
    fh_strs words = {FH_ARENA_ARRAY(n->arena, fh_str, span->count), 0};
    for (uint32_t i = span->first; i < span->first + span->count; i++)
        if (!part->tokens.items[i].whole) words.items[words.count++] = part->tokens.items[i].folded;
    if (words.count) words.items[0] = bare_word(n, words.items[0]);
    return words;
}

static void take_candidates(naming *n, size_t part, fh_recognised_list list) {
    size_t from = 0;
    for (size_t i = 0; i < list.count && n->count < MAX_NAMES; i++) {
        candidate c = {.span = list.items[i], .part = part};
        if (!stands(&n->found[part], &from, &c.span)) continue;
        c.words = words_of(n, &n->parts[part], &c.span);
        if (c.words.count && c.words.count <= MAX_WORDS) n->items[n->count++] = c;
    }
}

/* ---- Whom they mean ---- */

static fh_str joined(fh_strs words, fh_arena *arena) {
    fh_buf text = {0};
    for (size_t i = 0; i < words.count; i++) {
        if (i) fh_buf_add_char(&text, ' ');
        fh_buf_add(&text, words.items[i]);
    }
    fh_str copy = fh_arena_copy(arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return copy;
}

static const fh_entity *near_entity(const naming *n, const candidate *c) {
    const fh_entity *near = fh_near_memory_find(n->near, n->gazetteer, joined(c->words, n->arena));
    return near && near->type == c->span.type ? near : NULL;
}

/* An entity that only this article knows, one for each id. */
static const fh_entity *own_entity(const naming *n, const candidate *c) {
    fh_str id = fh_entity_id_make((fh_entity_type)c->span.type, c->words, n->arena);
    for (size_t i = 0; i < n->count; i++)
        if (n->items[i].entity && fh_str_equal(fh_str_from(n->items[i].entity->id), id))
            return n->items[i].entity;
    fh_entity *entity = fh_arena_take_zeroed(n->arena, sizeof *entity);
    entity->id = id.ptr;
    entity->type = c->span.type;
    entity->label = joined(c->words, n->arena).ptr;
    entity->latin = entity->country = "";
    return entity;
}

/* The person whose longer name ends or begins with this word; NULL where nobody's or several people's does.
 */
static const fh_entity *person_of_word(const naming *n, fh_str word) {
    const fh_entity *person = NULL;
    for (size_t i = 0; i < n->count; i++) {
        const candidate *longer = &n->items[i];
        size_t words = longer->words.count;
        if (longer->span.type != FH_ENTITY_PERSON || words < 2) continue;
        if (!fh_str_equal(longer->words.items[words - 1], word) &&
            !fh_str_equal(longer->words.items[0], word))
            continue;
        if (person && person != longer->entity) return NULL;
        person = longer->entity;
    }
    return person;
}

static bool is_one_word_of_person(const candidate *c) {
    return c->span.type == FH_ENTITY_PERSON && c->words.count == 1;
}

/* Whole names first: a headline may give a surname alone. */
static void settle(naming *n) {
    for (size_t i = 0; i < n->count; i++) {
        candidate *c = &n->items[i];
        if (is_one_word_of_person(c)) continue;
        c->entity = near_entity(n, c);
        if (!c->entity) c->entity = own_entity(n, c);
    }
    for (size_t i = 0; i < n->count; i++) {
        candidate *c = &n->items[i];
        if (!is_one_word_of_person(c)) continue;
        c->entity = person_of_word(n, c->words.items[0]);
        if (!c->entity) c->entity = near_entity(n, c);
        if (!c->entity) c->entity = own_entity(n, c);
    }
}

/* ---- Together ---- */

static fh_mention mention_of(const candidate *c) {
    return (fh_mention){.entity = c->entity,
                        .first = c->span.first,
                        .count = c->span.count,
                        .start = c->span.start,
                        .end = c->span.end,
                        .form = FH_FORM_NAME};
}

static int by_place(const void *left, const void *right) {
    const fh_mention *a = left, *b = right;
    return (a->start > b->start) - (a->start < b->start);
}

/* Candidates are in order, and do not overlap: `*from` passes over what ends before the mention. */
static bool is_left_out(const naming *n, size_t part, size_t *from, const fh_mention *mention) {
    const candidate *end = n->items + n->count, *c = n->items + *from;
    while (c < end && (c->part < part || (c->part == part && c->span.end <= mention->start))) c++;
    *from = (size_t)(c - n->items);
    return c < end && c->part == part && overlaps(mention, &c->span);
}

static fh_mentions merge(const naming *n, size_t part) {
    const fh_mentions *listed = &n->found[part];
    fh_mentions all = {FH_ARENA_ARRAY(n->arena, fh_mention, listed->count + n->count), 0};
    size_t from = 0;
    for (size_t i = 0; i < listed->count; i++)
        if (!is_left_out(n, part, &from, &listed->items[i])) all.items[all.count++] = listed->items[i];
    for (size_t i = 0; i < n->count; i++)
        if (n->items[i].part == part) all.items[all.count++] = mention_of(&n->items[i]);
    if (all.count) qsort(all.items, all.count, sizeof *all.items, by_place);
    return all;
}

void fh_recognised_add(const fh_gazetteer *gazetteer, fh_name_finder *finder, const fh_named_text *parts,
                       size_t count, fh_arena *arena, fh_mentions *mentions) {
    if (!finder) return;
    naming n = {.gazetteer = gazetteer,
                .near = fh_name_finder_near(finder),
                .parts = parts,
                .found = mentions,
                .arena = arena};
    fh_recognised_list *lists = FH_ARENA_ARRAY(arena, fh_recognised_list, count);
    size_t room = 0;
    for (size_t i = 0; i < count; i++) {
        lists[i] = fh_recognise(finder, parts[i].text, parts[i].tokens, mentions[i], arena);
        room += lists[i].count;
    }
    n.items = FH_ARENA_ARRAY(arena, candidate, room);
    for (size_t i = 0; i < count; i++) take_candidates(&n, i, lists[i]);
    settle(&n);
    for (size_t i = 0; i < count; i++) mentions[i] = merge(&n, i);
}
