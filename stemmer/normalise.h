/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each code point folds to: a direct look-up for the blocks that news is written in, ICU for the rest.
 */
#ifndef FH_STEMMER_NORMALISE_H
#define FH_STEMMER_NORMALISE_H

#include "base/limits.h"
#include "base/utf8.h"
#include "stemmer/letters.h"
#include "stemmer/stemmer.h"

#define FH_FOLD_MAX 4 /* letters that one code point folds to: the ligature of الله has four */

typedef struct fh_fold {
    uint8_t class; /* fh_letter_class */
    uint8_t count;
    uint32_t letters[FH_FOLD_MAX];
} fh_fold;

enum {
    FH_NEAR = 0x800, /* all that UTF-8 writes with one byte or two */
    FH_PUNCTUATION_FIRST = 0x2000,
    FH_PUNCTUATION = 0x2070 - 0x2000, /* General Punctuation */
    FH_FORMS_A_FIRST = 0xFB50,
    FH_FORMS_A = 0xFE00 - 0xFB50, /* Arabic Presentation Forms-A */
    FH_FORMS_B_FIRST = 0xFE70,
    FH_FORMS_B = 0xFF00 - 0xFE70, /* Arabic Presentation Forms-B */
    FH_DIRECT = FH_NEAR + FH_PUNCTUATION + FH_FORMS_A + FH_FORMS_B,
};

typedef struct fh_folds {
    bool published;            /* as light10 wants it: hamza keeps its seat */
    fh_fold direct[FH_DIRECT]; /* the four blocks, one after another */
} fh_folds;

/* Both tables are compiled in: make_folds.c works them out. */
extern const fh_folds fh_folds_ours, fh_folds_published;

static inline const fh_folds *fh_folds_for(fh_stemmer stemmer) {
    return stemmer == FH_STEMMER_LIGHT10 ? &fh_folds_published : &fh_folds_ours;
}

/* The blocks of `direct`. */
static const struct fh_fold_block {
    uint32_t first, size;
} fh_fold_blocks[] = {
    {0, FH_NEAR},
    {FH_PUNCTUATION_FIRST, FH_PUNCTUATION},
    {FH_FORMS_A_FIRST, FH_FORMS_A},
    {FH_FORMS_B_FIRST, FH_FORMS_B},
};
enum { FH_FOLD_BLOCKS = sizeof fh_fold_blocks / sizeof *fh_fold_blocks };

/* Where a code point stands in `direct`, or FH_DIRECT. */
static inline size_t fh_fold_index(uint32_t code_point) {
    size_t before = 0;
    for (size_t i = 0; i < FH_FOLD_BLOCKS; i++) {
        uint32_t place = code_point - fh_fold_blocks[i].first;
        if (place < fh_fold_blocks[i].size) return before + place;
        before += fh_fold_blocks[i].size;
    }
    return FH_DIRECT;
}

/* The fold of a code point as Unicode has it; where `near` is given, what comes of it is folded through the
 * near ones. */
void fh_fold_unicode(const fh_folds *near, uint32_t code_point, fh_fold *out);

/* The fold of a code point above the near ones: in the table, or worked out into `*spare`. */
const fh_fold *fh_fold_far(const fh_folds *folds, uint32_t code_point, fh_fold *spare);

/* Decodes the code point at byte `at` (below text.len) and gives its fold; returns its length in bytes. */
static inline size_t fh_fold_next(const fh_folds *folds, fh_str text, size_t at, fh_fold *spare,
                                  const fh_fold **fold) {
    uint8_t lead = (uint8_t)text.ptr[at];
    if (lead < 0x80) {
        *fold = &folds->direct[lead];
        return 1;
    }
    if (lead >= 0xC2 && lead < 0xE0 && at + 1 < text.len) {
        uint8_t trail = (uint8_t)text.ptr[at + 1];
        if ((trail & 0xC0) == 0x80) {
            *fold = &folds->direct[(lead & 0x1F) << 6 | (trail & 0x3F)];
            return 2;
        }
    }
    uint32_t code_point;
    size_t bytes = fh_utf8_next(text, at, &code_point);
    *fold = fh_fold_far(folds, code_point, spare);
    return bytes;
}

#define FH_PHRASE_BYTES 64

/* What the sign of a phrase (ﷺ) stands for, as UTF-8 into `out`; returns its length. */
size_t fh_phrase(uint32_t code_point, char out[FH_PHRASE_BYTES]);

/* The letters of a folded word; what is beyond FH_MAX_WORD is dropped. */
typedef struct fh_word {
    uint32_t letters[FH_MAX_WORD];
    size_t count;
} fh_word;

static inline void fh_word_add(fh_word *word, uint32_t letter) {
    if (word->count < FH_MAX_WORD) word->letters[word->count++] = letter;
}

/* Adds what a code point folds to; hamza above may change the letter before it instead. */
void fh_word_seat_hamza(const fh_folds *folds, fh_word *word);
static inline void fh_word_fold(const fh_folds *folds, fh_word *word, const fh_fold *fold) {
    if (fold->count == 1) {
        fh_word_add(word, fold->letters[0]);
    } else {
        for (size_t i = 0; i < fold->count; i++) fh_word_add(word, fold->letters[i]);
        if (fold->class == FH_CLASS_HAMZA_ABOVE) fh_word_seat_hamza(folds, word);
    }
}

/* A final yeh gives way to the hamza after it, as مبادىء is مبادئ.  Returns how many letters are left. */
static inline size_t fh_unseat(uint32_t *letters, size_t count) {
    if (count < 3 || letters[count - 1] != HAMZA || letters[count - 2] != YEH) return count;
    letters[count - 2] = HAMZA;
    return count - 1;
}

/* The last step of folding a word, for stemmers that fold the seats of hamza. */
static inline void fh_word_close(const fh_folds *folds, fh_word *word) {
    if (!folds->published) word->count = fh_unseat(word->letters, word->count);
}

#define FH_WORD_BYTES (FH_MAX_WORD * FH_UTF8_MAX)

/* Letters as UTF-8; `out` has room for all of them.  Returns how many bytes. */
size_t fh_letters_put(const uint32_t *letters, size_t count, char *out);

#endif
