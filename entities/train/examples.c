/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Annotated texts through the same analysis that will read others. */
#include "entities/train/examples.h"

#include "base/memory.h"

#include <stdlib.h>

enum { SLOT_BITS = 22 };

/* ---- Features by number ---- */

static uint32_t number_of(fh_examples *all, uint32_t key) {
    uint32_t mask = (1u << SLOT_BITS) - 1;
    for (uint32_t slot = key;; slot++) {
        uint32_t *index = &all->slots[slot & mask];
        if (*index && all->keys[*index - 1] == key) return *index - 1;
        if (*index) continue;
        all->keys = fh_grow(all->keys, all->key_count, &all->key_capacity, sizeof *all->keys);
        all->keys[all->key_count++] = key;
        *index = (uint32_t)all->key_count;
        return *index - 1;
    }
}

static void look(fh_examples *all, const fh_text_view *view, fh_example *out) {
    uint32_t *keys = fh_alloc(view->count * FH_MAX_FEATURES * sizeof *keys), used = 0;
    out->starts = FH_ARENA_ARRAY(all->arena, uint32_t, view->count + 1);
    for (size_t i = 0; i < view->count; i++) {
        out->starts[i] = used;
        used += (uint32_t)fh_features_at(view, i, keys + used);
    }
    out->starts[view->count] = used;
    out->features = FH_ARENA_ARRAY(all->arena, uint32_t, used);
    for (uint32_t i = 0; i < used; i++) out->features[i] = number_of(all, keys[i]);
    free(keys);
}

/* ---- Labels ---- */

/* The token that holds a word's first byte, looked for from `at` on; a sign before the word, which stands
 * alone there, holds none. */
static size_t token_of(const fh_gold_text *gold, uint32_t start, size_t at) {
    while (at + 1 < gold->count && gold->tokens[at].end <= start) at++;
    return at;
}

/* Types and beginnings of names to labels. */
static void label(fh_example *out, const fh_text_words *words) {
    const fh_gold_text *gold = out->gold;
    size_t token = 0, last = SIZE_MAX;
    unsigned open = FH_NO_NAME; /* the type of the name that the word before is in */
    bool alone = false;         /* it is that name's only word so far */
    for (size_t i = 0; i < out->count; i++) {
        token = token_of(gold, out->tokens.items[words->items[i].token].start, token);
        const fh_gold_token *t = &gold->tokens[token];
        bool goes_on = t->type == open && !out->begins[i] && (token == last || !t->begins);
        last = token;
        open = t->type;
        out->labels[i] = FH_OUTSIDE;
        if (open == FH_NO_NAME) continue;
        out->labels[i] = (uint8_t)fh_label(open, goes_on ? FH_NAME_END : FH_NAME_SINGLE);
        if (goes_on) out->labels[i - 1] = (uint8_t)fh_label(open, alone ? FH_NAME_BEGIN : FH_NAME_INSIDE);
        alone = !goes_on;
    }
}

static void make_one(fh_examples *all, const fh_word_facts *facts, fh_analyser *analyser, fh_example *out) {
    fh_str text = fh_buf_str(&out->gold->text);
    out->tokens = fh_analyse(analyser, text, all->arena);
    out->known = fh_entities_find(fh_gazetteer_builtin(), text, out->tokens, all->arena);
    fh_text_words words = fh_text_words_of(text, out->tokens, all->arena);
    out->count = words.count;
    out->labels = fh_arena_take(all->arena, out->count);
    out->begins = fh_arena_take(all->arena, out->count * sizeof *out->begins);
    for (size_t i = 0; i < out->count; i++) out->begins[i] = i == 0 || (words.items[i].gap & FH_GAP_END);
    label(out, &words);
    fh_text_view view = fh_text_view_of(facts, out->tokens, words, out->known, all->arena);
    look(all, &view, out);
}

void fh_examples_make(const fh_corpus *corpus, const fh_word_facts *facts, fh_examples *out) {
    *out = (fh_examples){.count = corpus->count, .arena = fh_arena_new()};
    out->slots = fh_alloc_zeroed((size_t)1 << SLOT_BITS, sizeof *out->slots);
    out->items = fh_alloc_zeroed(corpus->count + 1, sizeof *out->items);
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    for (size_t i = 0; i < corpus->count; i++) {
        out->items[i].gold = &corpus->texts[i];
        make_one(out, facts, analyser, &out->items[i]);
    }
    fh_analyser_free(analyser);
}

void fh_examples_free(fh_examples *all) {
    free(all->items);
    free(all->keys);
    free(all->slots);
    fh_arena_free(all->arena);
    *all = (fh_examples){0};
}
