/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an article names: in its title and body, where it can be marked, and by its keywords. */
#include "base/buf.h"
#include "indexer/document.h"

#include <stdlib.h>

enum { PARTS = FH_PART_BODY + 1 };

/* ---- How often ---- */

typedef struct tally {
    const fh_entity *entity;
    uint32_t mentions;
    uint32_t names; /* of them; a nisba tells less of what an article is about, and ranks nothing */
} tally;

static tally tally_of(const fh_mention *mention) {
    return (tally){mention->entity, 1, mention->form == FH_FORM_NAME};
}

static int by_id(const void *a, const void *b) {
    const tally *left = a, *right = b;
    return strcmp(left->entity->id, right->entity->id);
}

static int most_often_first(const void *a, const void *b) {
    const tally *left = a, *right = b;
    if (left->mentions != right->mentions) return left->mentions > right->mentions ? -1 : 1;
    return by_id(a, b);
}

/* Makes one of the tallies of one entity; returns how many are left. */
static size_t gather(tally *tallies, size_t count) {
    size_t kept = 0;
    if (count == 0) return 0;
    qsort(tallies, count, sizeof *tallies, by_id);
    for (size_t i = 1; i < count; i++) {
        if (by_id(&tallies[kept], &tallies[i]) != 0) {
            tallies[++kept] = tallies[i];
            continue;
        }
        tallies[kept].mentions += tallies[i].mentions;
        tallies[kept].names += tallies[i].names;
    }
    qsort(tallies, kept + 1, sizeof *tallies, most_often_first);
    return kept + 1;
}

/* ---- Keywords ---- */

/* One a line, so that no name reaches from one into the next. */
static fh_str keyword_lines(const fh_strs *keywords, fh_arena *arena) {
    fh_buf lines = {0};
    for (size_t i = 0; i < keywords->count; i++) {
        fh_buf_add(&lines, keywords->items[i]);
        fh_buf_add_char(&lines, '\n');
    }
    fh_str text = fh_arena_copy(arena, fh_buf_str(&lines));
    fh_buf_free(&lines);
    return text;
}

static fh_mentions find_in_keywords(const fh_index_tools *tools, const fh_article *article, fh_arena *arena) {
    fh_str lines = keyword_lines(&article->keywords, arena);
    fh_tokens tokens = fh_analyse(tools->analyser, lines, arena);
    return fh_entities_find(tools->names.all, lines, tokens, arena);
}

/* ---- The whole ---- */

static fh_entity_mark mark_of(const fh_mention *mention, fh_part part) {
    return (fh_entity_mark){.entity = fh_str_from(mention->entity->id),
                            .part = (uint8_t)part,
                            .start = mention->start,
                            .end = mention->end};
}

fh_named fh_article_names(const fh_index_tools *tools, const fh_article *article, fh_tokens title,
                          fh_tokens body, fh_arena *arena) {
    const fh_named_text parts[PARTS] = {
        [FH_PART_TITLE] = {article->title, title}, [FH_PART_BODY] = {article->body, body}};
    fh_mentions found[PARTS], keywords = find_in_keywords(tools, article, arena);
    fh_entities_find_parts(tools->names.all, tools->finder, parts, PARTS, arena, found);
    size_t marks = found[FH_PART_TITLE].count + found[FH_PART_BODY].count, all = marks + keywords.count;
    fh_named named = {.marks = FH_ARENA_ARRAY(arena, fh_entity_mark, marks)};
    tally *tallies = FH_ARENA_ARRAY(arena, tally, all);
    for (fh_part part = FH_PART_TITLE; part <= FH_PART_BODY; part++) {
        for (size_t i = 0; i < found[part].count; i++) {
            tallies[named.mark_count] = tally_of(&found[part].items[i]);
            named.marks[named.mark_count++] = mark_of(&found[part].items[i], part);
        }
    }
    for (size_t i = 0; i < keywords.count; i++) tallies[marks + i] = tally_of(&keywords.items[i]);
    named.entity_count = gather(tallies, all);
    named.entities = FH_ARENA_ARRAY(arena, const fh_entity *, named.entity_count);
    named.weights = FH_ARENA_ARRAY(arena, uint32_t, named.entity_count);
    for (size_t i = 0; i < named.entity_count; i++) {
        named.entities[i] = tallies[i].entity;
        named.weights[i] = tallies[i].names;
    }
    return named;
}
