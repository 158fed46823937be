/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One word at a time: folding, stems, the stop list. */
#include "stemmer/word.h"

#include "base/buf.h"
#include "stemmer/list.h"

fh_letters fh_stem_letters(fh_stemmer stemmer, const fh_lexicon *lexicon, fh_letters word) {
    switch (stemmer) {
    case FH_STEMMER_LIGHT: return fh_stem_light(lexicon, word);
    case FH_STEMMER_LIGHT10: return fh_stem_light10(word);
    case FH_STEMMER_NONE: break;
    }
    return word;
}

bool fh_is_stop_letters(const uint32_t *letters, size_t count) {
    if (count > FH_LIST_LETTERS) return false;
    uint32_t hash = FH_LIST_HASH_START;
    for (size_t i = 0; i < count; i++) hash = fh_list_hash(hash, letters[i]);
    return fh_list_has(&fh_stop_words, hash, letters, count);
}

bool fh_is_article_letters(const uint32_t *letters, size_t count) {
    if (count < 2 || count > 4 || letters[count - 1] != LAM) return false;
    if (letters[count - 2] != ALEF && letters[count - 2] != LAM) return false;
    for (size_t i = 0; i + 2 < count; i++)
        if (letters[i] != WAW && letters[i] != FEH && letters[i] != BEH && letters[i] != KAF) return false;
    return true;
}

bool fh_is_stop_word(fh_str folded) {
    fh_word word = {0};
    for (size_t at = 0; at < folded.len && word.count <= FH_LIST_LETTERS;) {
        uint32_t letter;
        at += fh_utf8_next(folded, at, &letter);
        fh_word_add(&word, letter);
    }
    return fh_is_stop_letters(word.letters, word.count);
}

/* Ends the word in `word`, if there is one, and begins the next. */
static void put_word(const fh_folds *folds, fh_word *word, fh_buf *out) {
    char bytes[FH_WORD_BYTES];
    fh_word_close(folds, word);
    if (word->count == 0) return;
    if (out->len > 0) fh_buf_add_char(out, ' ');
    fh_buf_add(out, (fh_str){bytes, fh_letters_put(word->letters, word->count, bytes)});
    word->count = 0;
}

static void fold_text(const fh_folds *folds, fh_str text, fh_buf *out) {
    fh_word word = {0};
    for (size_t at = 0; at < text.len;) {
        fh_fold spare;
        const fh_fold *fold;
        uint32_t code_point;
        fh_utf8_next(text, at, &code_point);
        at += fh_fold_next(folds, text, at, &spare, &fold);
        fh_word_fold(folds, &word, fold);
        if (fold->class == FH_CLASS_PHRASE) {
            char phrase[FH_PHRASE_BYTES];
            put_word(folds, &word, out);
            fold_text(folds, (fh_str){phrase, fh_phrase(code_point, phrase)}, out);
        } else if (fold->class == FH_CLASS_SPACE || code_point < ' ') {
            put_word(folds, &word, out);
        } else if (fold->class == FH_CLASS_OTHER) {
            fh_word_add(&word, code_point);
        }
    }
    put_word(folds, &word, out);
}

fh_str fh_fold_word(fh_stemmer stemmer, fh_str word, fh_arena *arena) {
    fh_buf buf = {0};
    fold_text(fh_folds_for(stemmer), word, &buf);
    fh_str folded = fh_arena_copy(arena, fh_buf_str(&buf));
    fh_buf_free(&buf);
    return folded;
}

/* Only words of Arabic letters alone have stems. */
static bool read_arabic(const fh_folds *folds, fh_str text, size_t *at, fh_word *word) {
    bool arabic = true;
    word->count = 0;
    while (*at < text.len && text.ptr[*at] != ' ') {
        fh_fold spare;
        const fh_fold *fold;
        uint32_t letter;
        fh_utf8_next(text, *at, &letter);
        *at += fh_fold_next(folds, text, *at, &spare, &fold);
        arabic &= fold->class == FH_CLASS_ARABIC;
        fh_word_add(word, letter);
    }
    return arabic;
}

fh_str fh_stem_words(fh_stemmer stemmer, const fh_lexicon *lexicon, fh_str folded, fh_arena *arena) {
    const fh_folds *folds = fh_folds_for(stemmer);
    fh_buf out = {0};
    for (size_t at = 0; at < folded.len; at++) {
        fh_word word;
        size_t from = at;
        bool arabic = read_arabic(folds, folded, &at, &word);
        if (out.len > 0) fh_buf_add_char(&out, ' ');
        if (arabic) {
            char bytes[FH_WORD_BYTES];
            fh_letters stem = fh_stem_letters(stemmer, lexicon, (fh_letters){word.letters, word.count});
            fh_buf_add(&out, (fh_str){bytes, fh_letters_put(stem.ptr, stem.count, bytes)});
        } else {
            fh_buf_add(&out, fh_str_slice(folded, from, at));
        }
    }
    fh_str stems = fh_arena_copy(arena, fh_buf_str(&out));
    fh_buf_free(&out);
    return stems;
}

fh_str fh_stem_folded(fh_stemmer stemmer, fh_str folded, fh_arena *arena) {
    return fh_stem_words(stemmer, NULL, folded, arena);
}
