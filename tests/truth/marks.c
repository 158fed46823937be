/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which bytes of a title or a body are marked: the words that a wanted thing is met by, whole, and the names
 * of those that the query names.  A name wins over the words in it; of two that begin together, the longer.
 */
#include "tests/truth/truth.h"

typedef struct span {
    uint32_t start, end;
} span;

typedef struct spans {
    span *items;
    size_t count;
} spans;

static void add(spans *list, uint32_t start, uint32_t end) {
    list->items[list->count++] = (span){start, end};
}

/* ---- Words ---- */

static bool begins_so(fh_str word, fh_str beginning) {
    static const char *const fronts[] = {"", "ال", "وال", "بال", "لل", "و"};
    for (size_t i = 0; i < 6; i++) {
        fh_str front = fh_str_from(fronts[i]);
        if (fh_str_starts(word, front) && fh_str_starts(fh_str_slice(word, front.len, word.len), beginning))
            return true;
    }
    return false;
}

static bool meets(const truth_leaf *leaf, const fh_token *t) {
    switch (leaf->kind) {
    case TRUTH_STEM: return !t->stop && fh_str_equal(t->stem, leaf->words.items[0]);
    case TRUTH_WORD: return fh_str_equal(t->folded, leaf->words.items[0]);
    case TRUTH_BEGINNING: return begins_so(t->folded, leaf->words.items[0]);
    default: return false;
    }
}

static void mark_phrase(const truth_leaf *leaf, fh_tokens words, spans *out) {
    for (size_t i = 0; i + leaf->words.count <= words.count; i++) {
        size_t met = 0;
        while (met < leaf->words.count && fh_str_equal(words.items[i + met].folded, leaf->words.items[met]))
            met++;
        for (size_t k = 0; met == leaf->words.count && k < met; k++)
            add(out, words.items[i + k].start, words.items[i + k].end);
    }
}

static fh_tokens without_wholes(fh_tokens tokens, fh_arena *arena) {
    fh_tokens parts = {FH_ARENA_ARRAY(arena, fh_token, tokens.count + 1), 0};
    for (size_t i = 0; i < tokens.count; i++)
        if (!tokens.items[i].whole) parts.items[parts.count++] = tokens.items[i];
    return parts;
}

static void mark_words(const truth_meaning *meaning, fh_tokens tokens, fh_part part, fh_arena *arena,
                       spans *out) {
    fh_tokens words = without_wholes(tokens, arena);
    for (size_t l = 0; l < meaning->leaf_count; l++) {
        const truth_leaf *leaf = &meaning->leaves[l];
        bool title = leaf->scope == FH_SCOPE_TITLE && part == FH_PART_TITLE;
        if (leaf->scope != FH_SCOPE_TEXT && !title) continue;
        if (leaf->kind == TRUTH_PHRASE) mark_phrase(leaf, words, out);
        for (size_t i = 0; i < tokens.count; i++)
            if (meets(leaf, &tokens.items[i])) add(out, tokens.items[i].start, tokens.items[i].end);
    }
}

/* ---- Names ---- */

static bool is_wanted(const truth_meaning *meaning, fh_str id) {
    for (size_t l = 0; l < meaning->leaf_count; l++)
        for (size_t i = 0; meaning->leaves[l].kind == TRUTH_NAME && i < meaning->leaves[l].words.count; i++)
            if (fh_str_equal(meaning->leaves[l].words.items[i], id)) return true;
    return false;
}

static bool wants_names(const truth_meaning *meaning) {
    bool any = false;
    for (size_t l = 0; l < meaning->leaf_count; l++) any |= meaning->leaves[l].kind == TRUTH_NAME;
    return any;
}

/* Those that the article was indexed with, and those that are found in it now. */
static void mark_names(const truth_archive *a, const truth_meaning *meaning, const fh_article *article,
                       fh_part part, fh_arena *arena, spans *out) {
    for (size_t i = 0; i < article->entity_count; i++) {
        const fh_entity_mark *mark = &article->entities[i];
        if (mark->part == part && is_wanted(meaning, mark->entity)) add(out, mark->start, mark->end);
    }
    fh_mentions again[2] = {{0}};
    fh_named_text parts[] = {{.text = article->title}, {.text = article->body}};
    for (int i = 0; i < 2; i++) parts[i].tokens = fh_analyse(a->analyser, parts[i].text, arena);
    if (wants_names(meaning)) fh_entities_find_parts(a->gazetteer, NULL, parts, 2, arena, again);
    for (size_t i = 0; i < again[part].count; i++) {
        const fh_mention *m = &again[part].items[i];
        if (is_wanted(meaning, fh_str_from(m->entity->id))) add(out, m->start, m->end);
    }
}

/* ---- Together ---- */

/* Takes the spans from the left; of those that begin together the longest, and none that reaches into what
 * was taken. */
static void take(const spans *list, size_t bytes, unsigned char as, unsigned char *marks) {
    for (uint32_t at = 0; at < bytes; at++) {
        uint32_t end = 0;
        for (size_t i = 0; i < list->count; i++)
            if (list->items[i].start == at && list->items[i].end > end) end = list->items[i].end;
        bool is_free = end > 0;
        for (uint32_t b = at; b < end; b++) is_free &= marks[b] == 0;
        for (uint32_t b = at; is_free && b < end; b++) marks[b] = as;
    }
}

unsigned char *truth_mark(const truth_archive *archive, const truth_meaning *meaning,
                          const truth_article *held, fh_part part, fh_arena *arena) {
    fh_str text = part == FH_PART_TITLE ? held->article.title : held->article.body;
    fh_tokens tokens = fh_analyse(archive->analyser, text, arena);
    unsigned char *marks = fh_arena_take_zeroed(arena, text.len + 1);
    size_t phrase_words = 0;
    for (size_t l = 0; l < meaning->leaf_count; l++) phrase_words += meaning->leaves[l].words.count;
    size_t room = (tokens.count + 1) * (meaning->leaf_count + phrase_words + 1) + 4 * text.len;
    spans words = {FH_ARENA_ARRAY(arena, span, room), 0}, names = {FH_ARENA_ARRAY(arena, span, room), 0};
    mark_names(archive, meaning, &held->article, part, arena, &names);
    mark_words(meaning, tokens, part, arena, &words);
    take(&names, text.len, 2, marks);
    take(&words, text.len, 1, marks);
    return marks;
}
