/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The nearest word of the index: few edits, then most articles.  The first letter is taken to be right, which
 * is nearly always so and spares reading the whole vocabulary. */
#include "query/suggest.h"

#include "base/utf8.h"
#include "query/edits.h"

enum {
    MAX_WALKS = 3,  /* unknown words of one query; each costs a walk through a letter's words */
    SHORT_WORD = 4, /* letters up to which one edit is all that leaves a word recognisable */
};

typedef struct search {
    const fh_edit_word *wanted;
    fh_arena *arena;
    int edits; /* of the best so far; only fewer, or as many and more articles, beat it */
    uint32_t articles;
    fh_str word;
} search;

static bool consider(void *context, fh_str word, uint32_t articles) {
    search *s = context;
    fh_edit_word spelled;
    if (!fh_edit_read(word, &spelled)) return true;
    int edits = fh_edit_count(s->wanted, &spelled);
    if (edits > s->edits || (edits == s->edits && articles <= s->articles)) return true;
    s->edits = edits;
    s->articles = articles;
    s->word = fh_arena_copy(s->arena, word);
    return true;
}

/* `*out` is empty where nothing is near. */
static fh_status nearest_word(fh_store *store, fh_str folded, fh_arena *arena, fh_str *out, fh_error *err) {
    fh_edit_word wanted;
    *out = (fh_str){0};
    if (!fh_edit_read(folded, &wanted) || wanted.count < 2) return FH_OK;
    search s = {.wanted = &wanted, .arena = arena, .edits = wanted.count <= SHORT_WORD ? 1 : FH_MAX_EDITS};
    uint32_t first;
    fh_str letter = fh_str_slice(folded, 0, fh_utf8_next(folded, 0, &first));
    fh_status status = fh_store_words(store, FH_FIELD_WORD, letter, FH_STR(""), consider, &s, err);
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
