/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words into a pool, lexemes into a table, both found again through slots that grow with them. */
#include "stemmer/lexicon_build.h"

#include "base/memory.h"

#include <stdlib.h>

enum { FIRST_BITS = 10 };

static void take_slots(fh_lexicon_build *build, uint32_t bits) {
    build->bits = bits;
    build->slots = fh_alloc_zeroed((size_t)1 << bits, sizeof *build->slots);
}

void fh_lexicon_build_start(fh_lexicon_build *build) {
    *build = (fh_lexicon_build){0};
    take_slots(build, FIRST_BITS);
}

void fh_lexicon_build_free(fh_lexicon_build *build) {
    fh_buf_free(&build->pool);
    free(build->lexemes);
    free(build->slots);
    free(build->marks);
    free(build->buckets);
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

static uint32_t mixed_hash(const fh_word *word) {
    uint32_t hash = 0;
    for (size_t i = 0; i < word->count; i++) hash = fh_lexicon_hash(hash, word->letters[i]);
    return fh_lexicon_mix(hash);
}

static uint32_t mixed_hash_of(const fh_lexicon_build *build, const fh_lexeme *lexeme) {
    const uint8_t *entry = (const uint8_t *)build->pool.ptr + lexeme->word;
    uint32_t hash = 0;
    for (size_t i = 0; i < entry[0]; i++) hash = fh_lexicon_hash(hash, entry[1 + i] + FH_LEXICON_FIRST);
    return fh_lexicon_mix(hash);
}

static void fill_slot(fh_lexicon_build *build, size_t index) {
    uint32_t mask = (1u << build->bits) - 1;
    uint32_t slot = fh_lexicon_bucket(mixed_hash_of(build, &build->lexemes[index]), build->bits);
    while (build->slots[slot & mask]) slot++;
    build->slots[slot & mask] = (uint16_t)(index + 1);
}

/* Slots are never more than half full, so that a word that is not there is soon known not to be. */
static void make_room(fh_lexicon_build *build) {
    build->lexemes = fh_grow(build->lexemes, build->count, &build->capacity, sizeof *build->lexemes);
    if (2 * (build->count + 1) <= (size_t)1 << build->bits) return;
    free(build->slots);
    take_slots(build, build->bits + 1);
    for (size_t i = 0; i < build->count; i++) fill_slot(build, i);
}

static const fh_lexeme *find(const fh_lexicon_build *build, const fh_word *word, unsigned kinds) {
    uint32_t mask = (1u << build->bits) - 1;
    for (uint32_t slot = fh_lexicon_bucket(mixed_hash(word), build->bits);; slot++) {
        uint16_t index = build->slots[slot & mask];
        if (index == 0) return NULL;
        const fh_lexeme *lexeme = &build->lexemes[index - 1];
        const uint8_t *entry = (const uint8_t *)build->pool.ptr + lexeme->word;
        if ((lexeme->kinds & kinds) && fh_lexicon_word_is(entry, word->letters, word->count)) return lexeme;
    }
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

/* One or two lexemes a bucket. */
static uint32_t bucket_bits(size_t lexemes) {
    uint32_t bits = 1;
    while ((size_t)2 << bits < lexemes) bits++;
    return bits;
}

/* Sorts the lexemes by bucket; of one bucket they keep their order. */
fh_lexicon fh_lexicon_build_finish(fh_lexicon_build *build) {
    uint32_t bits = bucket_bits(build->count);
    size_t buckets = (size_t)1 << bits;
    fh_lexeme *sorted = fh_alloc_zeroed(build->count + 1, sizeof *sorted);
    build->marks = fh_alloc_zeroed(build->count + 1, sizeof *build->marks);
    build->buckets = fh_alloc_zeroed(buckets + 2, sizeof *build->buckets);
    uint16_t *ends = build->buckets + 1; /* of the buckets, once they are filled */
    for (size_t i = 0; i < build->count; i++)
        ends[fh_lexicon_bucket(mixed_hash_of(build, &build->lexemes[i]), bits) + 1]++;
    for (size_t i = 1; i <= buckets; i++) ends[i] = (uint16_t)(ends[i] + ends[i - 1]);
    for (size_t i = 0; i < build->count; i++) {
        uint32_t mixed = mixed_hash_of(build, &build->lexemes[i]);
        size_t place = ends[fh_lexicon_bucket(mixed, bits)]++;
        sorted[place] = build->lexemes[i];
        build->marks[place] = fh_lexicon_mark(mixed, build->lexemes[i].kinds);
    }
    free(build->lexemes);
    build->lexemes = sorted;
    return (fh_lexicon){(const uint8_t *)build->pool.ptr, sorted, build->marks, build->buckets, bits};
}
