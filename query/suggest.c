/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The nearest word of the index: few edits, then most articles.  The first letter is taken to be right, which
 * is nearly always so and spares reading the whole vocabulary. */
#include "query/suggest.h"

#include "base/limits.h"
#include "base/utf8.h"

enum {
    MAX_EDITS = 2,
    MAX_WALKS = 3,  /* unknown words of one query; each costs a walk through a letter's words */
    SHORT_WORD = 4, /* letters up to which one edit is all that leaves a word recognisable */
    FAR = MAX_EDITS + 1,
};

typedef struct letters {
    uint32_t items[FH_MAX_WORD + 1];
    size_t count;
} letters;

static bool spell_out(fh_str word, letters *out) {
    out->count = 0;
    for (size_t at = 0; at < word.len;) {
        if (out->count == FH_MAX_WORD) return false;
        at += fh_utf8_next(word, at, &out->items[out->count++]);
    }
    return true;
}

static int least(int a, int b) {
    return a < b ? a : b;
}

/* Letters added, dropped, changed or swapped with their neighbour (Damerau, "A technique for computer
 * detection and correction of spelling errors", 1964); FAR once it cannot be at most MAX_EDITS. */
static int distance(const letters *a, const letters *b) {
    size_t longer = a->count > b->count ? a->count : b->count, shorter = a->count + b->count - longer;
    if (longer - shorter > MAX_EDITS) return FAR;
    int rows[3][FH_MAX_WORD + 2];
    for (size_t j = 0; j <= b->count; j++) rows[0][j] = (int)j;
    for (size_t i = 1; i <= a->count; i++) {
        int *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        int nearest = row[0] = (int)i;
        for (size_t j = 1; j <= b->count; j++) {
            bool same = a->items[i - 1] == b->items[j - 1];
            row[j] = least(least(row[j - 1], above[j]) + 1, above[j - 1] + !same);
            bool swapped =
                i > 1 && j > 1 && a->items[i - 1] == b->items[j - 2] && a->items[i - 2] == b->items[j - 1];
            if (swapped) row[j] = least(row[j], two_above[j - 2] + 1);
            nearest = least(nearest, row[j]);
        }
        if (nearest > MAX_EDITS) return FAR;
    }
    return rows[a->count % 3][b->count];
}

typedef struct search {
    const letters *wanted;
    fh_arena *arena;
    int edits; /* of the best so far; only fewer, or as many and more articles, beat it */
    uint32_t articles;
    fh_str word;
} search;

static bool consider(void *context, fh_str word, uint32_t articles) {
    search *s = context;
    letters spelled;
    if (!spell_out(word, &spelled)) return true;
    int edits = distance(s->wanted, &spelled);
    if (edits > s->edits || (edits == s->edits && articles <= s->articles)) return true;
    s->edits = edits;
    s->articles = articles;
    s->word = fh_arena_copy(s->arena, word);
    return true;
}

/* `*out` is empty where nothing is near. */
static fh_status nearest_word(fh_store *store, fh_str folded, fh_arena *arena, fh_str *out, fh_error *err) {
    letters wanted;
    *out = (fh_str){0};
    if (!spell_out(folded, &wanted) || wanted.count < 2) return FH_OK;
    search s = {.wanted = &wanted, .arena = arena, .edits = wanted.count <= SHORT_WORD ? 1 : MAX_EDITS};
    uint32_t first;
    fh_str letter = fh_str_slice(folded, 0, fh_utf8_next(folded, 0, &first));
    fh_status status = fh_store_words(store, FH_FIELD_WORD, letter, consider, &s, err);
    if (status == FH_OK) *out = s.word;
    return status;
}

/* Can a leaf be misspelled?  A word of the query's own text can. */
static bool is_word(const fh_leaf *leaf) {
    return leaf->typed.len && leaf->scope == FH_SCOPE_TEXT &&
           (leaf->kind == FH_LEAF_STEM || leaf->kind == FH_LEAF_WORD);
}

static fh_status is_unknown(fh_store *store, const fh_leaf *leaf, bool *out, fh_error *err) {
    uint32_t articles;
    fh_field field = leaf->kind == FH_LEAF_STEM ? FH_FIELD_STEM : FH_FIELD_WORD;
    fh_status status = fh_store_frequency(store, field, leaf->words.items[0], &articles, err);
    if (status == FH_OK) *out = articles == 0;
    return status;
}

/* The query with its unknown words respelled; where none was, `out` stays empty. */
static fh_status respell(fh_store *store, const fh_lowered *lowered, fh_str query, fh_arena *arena,
                         fh_buf *out, fh_error *err) {
    size_t at = 0;
    int walks = 0;
    for (size_t i = 0; i < lowered->leaf_count && walks < MAX_WALKS; i++) {
        const fh_leaf *leaf = &lowered->leaves[i];
        if (!is_word(leaf)) continue;
        bool unknown;
        fh_status status = is_unknown(store, leaf, &unknown, err);
        if (status) return status;
        if (!unknown) continue;
        fh_str word;
        status = nearest_word(store, leaf->folded, arena, &word, err);
        if (status) return status;
        walks++;
        size_t start = (size_t)(leaf->typed.ptr - query.ptr);
        if (!word.len || start < at) continue;
        fh_buf_add(out, fh_str_slice(query, at, start));
        fh_buf_add(out, word);
        at = start + leaf->typed.len;
    }
    if (out->len) fh_buf_add(out, fh_str_slice(query, at, query.len));
    return FH_OK;
}

fh_status fh_suggest(fh_store *store, const fh_lowered *lowered, fh_str query, fh_arena *arena, fh_str *out,
                     fh_error *err) {
    fh_buf text = {0};
    fh_status status = respell(store, lowered, query, arena, &text, err);
    if (status == FH_OK) *out = fh_arena_copy(arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return status;
}
