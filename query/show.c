/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article's text is analysed again to be shown; where the query names entities their names are found again
 * too, since the gazetteer may have learned some since the article was indexed. */
#include "query/show.h"

#include "base/utf8.h"
#include "query/known.h"
#include "query/snippet.h"
#include "query/written.h"
#include <stdlib.h>

enum { SCAN_BYTES = 256u << 10 }; /* of a very long article: where a snippet is looked for */

static bool names_entities(const fh_lowered *query) {
    for (size_t i = 0; i < query->leaf_count; i++)
        if (query->leaves[i].kind == FH_LEAF_ENTITY) return true;
    return false;
}

/* Marks and names of both parts at once: what one names is evidence for the other. */
static fh_shown mark(const fh_showing *s, const fh_article *article, const fh_named_text parts[2]) {
    fh_mentions again[2] = {{0}};
    fh_shown shown;
    if (names_entities(s->query)) fh_entities_find_parts(s->gazetteer, NULL, parts, 2, s->arena, again);
    for (fh_part part = FH_PART_TITLE; part <= FH_PART_BODY; part++)
        shown.marks[part] = fh_marks_find(s->query, parts[part].tokens, again[part], article, part, s->arena);
    return shown;
}

static fh_shown show_text(const fh_showing *s, const fh_article *article, fh_answer_hit *out) {
    fh_article seen = *article;
    seen.body = fh_utf8_cut(article->body, SCAN_BYTES);
    fh_named_text parts[] = {[FH_PART_TITLE] = {.text = seen.title}, [FH_PART_BODY] = {.text = seen.body}};
    for (int i = 0; i < 2; i++) parts[i].tokens = fh_analyse(s->analyser, parts[i].text, s->arena);
    fh_shown shown = mark(s, &seen, parts);
    fh_marks body = shown.marks[FH_PART_BODY];
    fh_window window = fh_snippet_choose(seen.body, parts[FH_PART_BODY].tokens, body, s->query, s->arena);
    out->title = fh_marks_segments(seen.title, shown.marks[FH_PART_TITLE], 0, seen.title.len, s->arena);
    out->snippet = fh_marks_segments(article->body, body, window.from, window.to, s->arena);
    return shown;
}

/* ---- Its entities ---- */

typedef struct mentioned {
    const fh_entity *entity;
    size_t mentions, first;
} mentioned;

static int by_entity(const void *left, const void *right) {
    const mentioned *a = left, *b = right;
    int order = strcmp(a->entity->id, b->entity->id);
    return order ? order : a->first < b->first ? -1 : 1;
}

static int by_mentions(const void *left, const void *right) {
    const mentioned *a = left, *b = right;
    if (a->mentions != b->mentions) return a->mentions > b->mentions ? -1 : 1;
    return a->first < b->first ? -1 : 1;
}

static void gather_entities(const fh_showing *s, const fh_article *article, fh_answer_hit *out) {
    mentioned *all = FH_ARENA_ARRAY(s->arena, mentioned, article->entity_count + 1);
    size_t count = 0, distinct = 0;
    for (size_t i = 0; i < article->entity_count; i++) {
        const fh_entity *entity = fh_known_entity(s->gazetteer, article->entities[i].entity, s->arena);
        if (entity) all[count++] = (mentioned){entity, 1, i};
    }
    qsort(all, count, sizeof *all, by_entity);
    for (size_t i = 0; i < count; i++) {
        if (distinct && strcmp(all[distinct - 1].entity->id, all[i].entity->id) == 0) {
            all[distinct - 1].mentions++;
        } else {
            all[distinct++] = all[i];
        }
    }
    qsort(all, distinct, sizeof *all, by_mentions);
    out->entities = FH_ARENA_ARRAY(s->arena, const fh_entity *, distinct + 1);
    for (size_t i = 0; i < distinct; i++)
        out->entities[i] = fh_written_in(s->gazetteer, all[i].entity, article, all[i].first, s->arena);
    out->entity_count = distinct;
}

fh_shown fh_show_hit(const fh_showing *showing, const fh_hit *hit, fh_answer_hit *out) {
    out->hit = hit;
    gather_entities(showing, &hit->article, out);
    return show_text(showing, &hit->article, out);
}
