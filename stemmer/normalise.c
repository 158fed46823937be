/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folds beyond the look-up, and what folding makes of whole words. */
#include "stemmer/normalise.h"

const fh_fold *fh_fold_far(const fh_folds *folds, uint32_t code_point, fh_fold *spare) {
    size_t index = fh_fold_index(code_point);
    if (index < FH_DIRECT) return &folds->direct[index];
    fh_fold_unicode(folds, code_point, spare);
    return spare;
}

void fh_word_seat_hamza(const fh_folds *folds, fh_word *word) {
    if (word->count == 0) return;
    uint32_t *last = &word->letters[word->count - 1];
    if (*last == WAW)
        *last = folds->direct[WAW_HAMZA].letters[0];
    else if (*last == YEH)
        *last = folds->direct[YEH_HAMZA].letters[0];
}

size_t fh_letters_put(const uint32_t *letters, size_t count, char *out) {
    char *end = out;
    for (size_t i = 0; i < count; i++) {
        uint32_t letter = letters[i];
        if (letter < 0x80) {
            *end++ = (char)letter;
        } else if (letter < FH_NEAR) {
            *end++ = (char)(0xC0 | letter >> 6);
            *end++ = (char)(0x80 | (letter & 0x3F));
        } else {
            end += fh_utf8_put(end, letter);
        }
    }
    return (size_t)(end - out);
}
