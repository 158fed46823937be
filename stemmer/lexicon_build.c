/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words into a pool, lexemes into a table, both found again through slots that grow with them. */
#include "stemmer/lexicon_build.h"

#include "base/memory.h"

#include <stdlib.h>

enum { FIRST_BITS = 10 };

static void take_slots(fh_lexicon_build *build, uint32_t bits) {
    build->bits = bits;
    build->tags = fh_alloc_zeroed((size_t)1 << bits, sizeof *build->tags);
    build->slots = fh_alloc_zeroed((size_t)1 << bits, sizeof *build->slots);
}

void fh_lexicon_build_start(fh_lexicon_build *build) {
    *build = (fh_lexicon_build){0};
    take_slots(build, FIRST_BITS);
}

void fh_lexicon_build_free(fh_lexicon_build *build) {
    fh_buf_free(&build->pool);
    free(build->lexemes);
    free(build->tags);
    free(build->slots);
}

fh_lexicon fh_lexicon_build_view(const fh_lexicon_build *build) {
    return (fh_lexicon){(const uint8_t *)build->pool.ptr, build->lexemes, build->tags, build->slots,
                        build->bits};
}

unsigned fh_lexicon_noun_kind(fh_str text) {
    return fh_str_ends(text, FH_STR("ة")) ? FH_KIND_FEMININE : FH_KIND_NOUN;
}

bool fh_lexicon_fold(fh_str text, fh_word *out) {
    const fh_folds *folds = fh_folds_for(FH_STEMMER_LIGHT);
    out->count = 0;
    for (size_t at = 0; at < text.len;) {
        fh_fold spare;
        const fh_fold *fold;
        at += fh_fold_next(folds, text, at, &spare, &fold);
        if (fold->class == FH_CLASS_SPACE || fold->class == FH_CLASS_OTHER) return false;
        fh_word_fold(folds, out, fold);
    }
    fh_word_close(folds, out);
    for (size_t i = 0; i < out->count; i++)
        if (out->letters[i] - FH_LEXICON_FIRST >= FH_LEXICON_RANGE) return false;
    return out->count > 0 && out->count <= FH_LEXICON_LETTERS;
}

static uint32_t hash_of(const uint32_t *letters, size_t count) {
    uint32_t hash = 0;
    for (size_t i = 0; i < count; i++) hash = fh_lexicon_hash(hash, letters[i]);
    return hash;
}

static void fill_slot(fh_lexicon_build *build, size_t index) {
    const uint8_t *entry = (const uint8_t *)build->pool.ptr + build->lexemes[index].word;
    uint32_t hash = 0, mask = (1u << build->bits) - 1;
    for (size_t i = 0; i < entry[0]; i++) hash = fh_lexicon_hash(hash, entry[1 + i] + FH_LEXICON_FIRST);
    uint32_t mixed = fh_lexicon_mix(hash), slot = fh_lexicon_slot(mixed, build->bits);
    while (build->tags[slot & mask]) slot++;
    build->tags[slot & mask] = fh_lexicon_tag(mixed);
    build->slots[slot & mask] = (uint16_t)index;
}

/* Slots are never more than half full, so that a word that is not there is soon known not to be. */
static void make_room(fh_lexicon_build *build) {
    build->lexemes = fh_grow(build->lexemes, build->count, &build->capacity, sizeof *build->lexemes);
    if (2 * (build->count + 1) <= (size_t)1 << build->bits) return;
    free(build->tags);
    free(build->slots);
    take_slots(build, build->bits + 1);
    for (size_t i = 0; i < build->count; i++) fill_slot(build, i);
}

static const fh_lexeme *find(const fh_lexicon_build *build, const fh_word *word, unsigned kinds) {
    fh_lexicon view = fh_lexicon_build_view(build);
    return fh_lexicon_find(&view, hash_of(word->letters, word->count), word->letters, word->count, kinds);
}

bool fh_lexicon_build_has(const fh_lexicon_build *build, const fh_word *word, unsigned kinds) {
    return find(build, word, kinds);
}

uint32_t fh_lexicon_build_intern(fh_lexicon_build *build, const fh_word *word) {
    const fh_lexeme *known = find(build, word, ~0u);
    if (known) return known->word;
    uint32_t at = (uint32_t)build->pool.len;
    fh_buf_add_char(&build->pool, (char)word->count);
    for (size_t i = 0; i < word->count; i++)
        fh_buf_add_char(&build->pool, (char)(word->letters[i] - FH_LEXICON_FIRST));
    return at;
}

static void add_at(fh_lexicon_build *build, const fh_word *word, uint32_t at, uint32_t stem, unsigned kinds) {
    const fh_lexeme *same;
    for (unsigned kind = 1; kind <= FH_KIND_LAST; kind <<= 1)
        if ((kinds & kind) && find(build, word, kind)) kinds &= ~kind;
    if (kinds == 0) return;
    for (unsigned kind = 1; kind <= FH_KIND_LAST; kind <<= 1) {
        same = find(build, word, kind);
        if (!same || same->stem != stem) continue;
        build->lexemes[same - build->lexemes].kinds |= kinds & 0xFF;
        return;
    }
    make_room(build);
    build->lexemes[build->count] = (fh_lexeme){.word = at, .stem = stem & 0xFFFFFF, .kinds = kinds & 0xFF};
    fill_slot(build, build->count++);
}

void fh_lexicon_build_add(fh_lexicon_build *build, const fh_word *word, uint32_t stem, unsigned kinds) {
    add_at(build, word, fh_lexicon_build_intern(build, word), stem, kinds);
}

uint32_t fh_lexicon_build_head(fh_lexicon_build *build, const fh_word *word, unsigned kinds) {
    const fh_lexeme *known = find(build, word, kinds);
    if (known) return known->stem;
    uint32_t at = fh_lexicon_build_intern(build, word);
    add_at(build, word, at, at, kinds);
    return at;
}
