/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the words of a text show: their hashes, affixes and classes, and where they stand. */
#include "entities/facts.h"
#include "entities/name_features.h"

#include <assert.h>

/* As fh_text_word has them. */
enum {
    ALEF = 0xA7,
    BEH = 0xA8,
    FEH = 0xC1,
    KAF = 0xC3,
    LAM = 0xC4,
    WAW = 0xC8,
};

enum { BEARS_CONJUNCTION = 1, BEARS_PREPOSITION = 2, BEARS_ARTICLE = 4 };

enum { ARABIC_LETTERS, DIGITS, LATIN_LETTERS, OTHER_LETTERS, NO_WORD, SHAPES };
static_assert((int)SHAPES == FH_SHAPES && 2 * (int)BEARS_ARTICLE == FH_CLITICS,
              "a form is a number below FH_FORMS");

/* What must be left of a word, so that short ones are not taken apart. */
enum { SHORTEST = 3, AFFIX = 4 };

/* Taking a word's clitics off. */
typedef struct peeling {
    const fh_word_facts *facts;
    const fh_text_word *word;
    size_t from;   /* letters taken off */
    unsigned fact; /* of what is left */
    uint64_t hash; /* of the same */
} peeling;

static uint64_t hash_rest(const fh_text_word *word, size_t from, uint8_t first) {
    uint8_t letters[FH_WORD_LETTERS] = {0};
    memcpy(letters, word->letters + from, FH_WORD_LETTERS - from);
    if (first) letters[0] = first;
    return fh_word_hash(letters);
}

/* Takes the first letter off if what is left is a known word, or what was there is none. */
static bool peel(peeling *p) {
    const uint8_t *letters = p->word->letters + p->from;
    uint64_t hash = hash_rest(p->word, p->from + 1, 0);
    unsigned fact = fh_word_fact(p->facts, hash);
    if (letters[0] == LAM && letters[1] == LAM && !fact) {
        hash = hash_rest(p->word, p->from, ALEF); /* للكرملين: الكرملين */
        fact = fh_word_fact(p->facts, hash);
    }
    if (!fact && p->fact) return false;
    p->fact = fact;
    p->hash = hash;
    p->from++;
    return true;
}

static uint32_t letters_from(const uint8_t *letters, size_t count, int step) {
    uint32_t out = 0;
    for (size_t i = 0; i < count; i++, letters += step) out |= (uint32_t)*letters << 8 * i;
    return out;
}

static uint8_t shape_of(uint8_t letter) {
    if (letter & FH_LETTER_ARABIC) return ARABIC_LETTERS;
    if (letter >= '0' && letter <= '9') return DIGITS;
    return letter < FH_LETTER_OTHER ? LATIN_LETTERS : OTHER_LETTERS;
}

void fh_word_view_make(const fh_word_facts *facts, const fh_text_word *word, fh_word_view *out) {
    *out = (fh_word_view){0};
    peeling p = {facts, word, 0, 0, fh_word_hash(word->letters)};
    p.fact = fh_word_fact(facts, p.hash);
    out->hash = p.hash;
    out->class = facts->classes[p.fact & FH_FACT_MAX_CLASS];
    out->sport = p.fact & FH_FACT_SPORT;
    out->count = word->count;
    out->shape = shape_of(word->letters[0]);
    const uint8_t *letters = word->letters;
    if (word->count > SHORTEST && (letters[0] == WAW || letters[0] == FEH) && peel(&p))
        out->clitics |= BEARS_CONJUNCTION;
    uint8_t next = letters[p.from];
    if (word->count > p.from + SHORTEST && (next == BEH || next == LAM || next == KAF) && peel(&p))
        out->clitics |= BEARS_PREPOSITION;
    out->base = p.hash;
    out->base_class = facts->classes[p.fact & FH_FACT_MAX_CLASS];
    out->sport |= (p.fact & FH_FACT_SPORT) != 0;
    size_t from = p.from;
    if (word->count > from + SHORTEST && (letters[from] == ALEF || letters[from] == LAM) &&
        letters[from + 1] == LAM) {
        out->clitics |= BEARS_ARTICLE;
        from += 2;
    }
    out->stem = from ? hash_rest(word, from, 0) : p.hash;
    size_t count = word->count - from < AFFIX ? word->count - from : AFFIX;
    out->prefix = letters_from(letters + from, count, 1);
    out->suffix = letters_from(letters + word->count - 1, count, -1);
}

/* ---- What is around ---- */

/* Parts of listed names; of one within another, the outer one's. */
static void mark_mentions(fh_text_view view, fh_text_words words, fh_mentions known) {
    uint32_t end = 0;
    for (size_t i = 0, w = 0; i < known.count; i++) {
        const fh_mention *mention = &known.items[i];
        if (mention->first < end) continue;
        end = mention->first + mention->count;
        while (w < words.count && words.items[w].token < mention->first) w++;
        unsigned kind = mention->form == FH_FORM_NISBA ? FH_NISBA_MENTION : mention->entity->type;
        for (size_t first = w; w < words.count && words.items[w].token < end; w++) {
            bool last = w + 1 == words.count || words.items[w + 1].token >= end;
            fh_name_part part =
                w == first ? (last ? FH_NAME_SINGLE : FH_NAME_BEGIN) : (last ? FH_NAME_END : FH_NAME_INSIDE);
            view.words[w].mention = (uint8_t)(1 + kind * FH_NAME_PARTS + part);
        }
    }
}

/* Clubs and national teams have the names of places. */
static void mark_topic(fh_text_view view) {
    enum { REACH = 30, SOME = 1, MUCH = 3 };
    size_t near = 0;
    for (size_t i = 0; i < view.count && i < REACH; i++) near += view.words[i].sport;
    for (size_t i = 0; i < view.count; i++) {
        if (i + REACH < view.count) near += view.words[i + REACH].sport;
        if (i > REACH) near -= view.words[i - REACH - 1].sport;
        view.words[i].topic = (uint8_t)((near > 0) + (near > SOME) + (near > MUCH));
    }
}

/* What stands around a word elsewhere in the text tells what it is here. */
static void link_repeated(fh_text_view view, fh_arena *arena) {
    size_t mask = 15;
    while (mask < 2 * view.count) mask = 2 * mask + 1;
    uint32_t *slots = fh_arena_take_zeroed(arena, (mask + 1) * sizeof *slots);
    for (uint32_t i = 0; i < view.count; i++) {
        fh_word_view *word = &view.words[i];
        word->before = word->after = i;
        if (word->stop) continue;
        size_t slot = word->base & mask;
        while (slots[slot] && view.words[slots[slot] - 1].base != word->base) slot = (slot + 1) & mask;
        if (slots[slot]) {
            word->before = slots[slot] - 1;
            view.words[word->before].after = i;
        }
        slots[slot] = i + 1;
    }
}

const fh_word_view fh_view_edge = {.shape = NO_WORD, .gap = FH_GAP_END};

fh_text_view fh_text_view_new(size_t count, fh_arena *arena) {
    fh_word_view *all = FH_ARENA_ARRAY(arena, fh_word_view, count + 2 * FH_VIEW_EDGE);
    fh_text_view view = {all + FH_VIEW_EDGE, count};
    for (size_t i = 0; i < FH_VIEW_EDGE; i++) all[i] = view.words[count + i] = fh_view_edge;
    return view;
}

void fh_text_view_connect(fh_text_view *view, fh_tokens tokens, fh_text_words words, fh_mentions known,
                          fh_arena *arena) {
    for (size_t i = 0; i < words.count; i++) {
        view->words[i].stop = tokens.items[words.items[i].token].stop;
        view->words[i].gap = words.items[i].gap;
    }
    mark_mentions(*view, words, known);
    mark_topic(*view);
    link_repeated(*view, arena);
}

fh_text_view fh_text_view_of(const fh_word_facts *facts, fh_tokens tokens, fh_text_words words,
                             fh_mentions known, fh_arena *arena) {
    fh_text_view view = fh_text_view_new(words.count, arena);
    for (size_t i = 0; i < words.count; i++) fh_word_view_make(facts, &words.items[i], &view.words[i]);
    fh_text_view_connect(&view, tokens, words, known, arena);
    return view;
}
