/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text to tokens in one pass: each letter is looked up once, the look-up says what it folds to and whether
 * the word goes on.  Only what looks like an address or a tag is read twice: as a whole, then in parts. */
#include "base/memory.h"
#include "stemmer/cache.h"
#include "stemmer/extent.h"
#include "stemmer/unspaced.h"
#include "stemmer/word.h"

#include <ctype.h>
#include <stdlib.h>

/* What is being read: the text, a part of it that a whole token covers, or what a phrase's sign stands for.
 */
typedef struct scan {
    fh_str text;
    size_t at;
} scan;

struct fh_analyser {
    fh_stemmer stemmer;
    const fh_folds *folds;
    const fh_lexicon *lexicon; /* a user's, or NULL */
    scan now, outer;
    bool inside; /* `now` is a part, and `outer` is where to go on after it */
    bool pinned; /* `now` is a phrase: its words all stand at this sign */
    uint32_t pin_start, pin_end;
    uint32_t position; /* of the last word */
    fh_unspaced *unspaced;
    fh_cache cache; /* of `stemmer` with `lexicon` */
    fh_word word;
    bool unstemmed;   /* the token of `word` lacks its stem, and whether it is a stop word */
    fh_cache_key key; /* of that */
    char folded[FH_WORD_BYTES], stem[FH_WORD_BYTES];
    char phrase[FH_PHRASE_BYTES];
};

fh_analyser *fh_analyser_new(fh_stemmer stemmer) {
    fh_analyser *analyser = fh_alloc_zeroed(1, sizeof *analyser);
    analyser->stemmer = stemmer;
    analyser->folds = fh_folds_for(stemmer);
    analyser->unspaced = fh_unspaced_new();
    fh_cache_start(&analyser->cache);
    return analyser;
}

void fh_analyser_use(fh_analyser *analyser, const fh_lexicon *lexicon) {
    if (analyser->lexicon == lexicon) return;
    analyser->lexicon = lexicon;
    fh_cache_free(&analyser->cache);
    fh_cache_start(&analyser->cache);
}

fh_str fh_analyser_stem(const fh_analyser *analyser, fh_str folded, fh_arena *arena) {
    return fh_stem_words(analyser->stemmer, analyser->lexicon, folded, arena);
}

void fh_analyser_free(fh_analyser *analyser) {
    if (!analyser) return;
    fh_unspaced_free(analyser->unspaced);
    fh_cache_free(&analyser->cache);
    free(analyser);
}

void fh_analyser_start(fh_analyser *analyser, fh_str text) {
    analyser->now = (scan){text, 0};
    analyser->inside = analyser->pinned = false;
    analyser->position = 0;
    fh_unspaced_forget(analyser->unspaced);
}

static void enter(fh_analyser *analyser, scan part, size_t after) {
    analyser->outer = (scan){analyser->now.text, after};
    analyser->now = part;
    analyser->inside = true;
    fh_unspaced_forget(analyser->unspaced);
}

static void leave(fh_analyser *analyser) {
    analyser->now = analyser->outer;
    analyser->inside = analyser->pinned = false;
    fh_unspaced_forget(analyser->unspaced);
}

static fh_letter_class look(const fh_analyser *analyser, size_t at, fh_fold *spare, const fh_fold **fold,
                            size_t *bytes) {
    *bytes = fh_fold_next(analyser->folds, analyser->now.text, at, spare, fold);
    return (fh_letter_class)(*fold)->class;
}

static fh_letter_class class_at(const fh_analyser *analyser, size_t at, size_t *bytes) {
    fh_fold spare;
    const fh_fold *fold;
    *bytes = 0;
    return at < analyser->now.text.len ? look(analyser, at, &spare, &fold, bytes) : FH_CLASS_OTHER;
}

/* Makes a token of the letters gathered in `word`, but for the stem of an Arabic one. */
static bool give(fh_analyser *analyser, size_t start, size_t end, fh_token_kind kind, fh_token *out) {
    fh_word *word = &analyser->word;
    if (kind == FH_TOKEN_ARABIC) fh_word_close(analyser->folds, word);
    size_t bytes = fh_letters_put(word->letters, word->count, analyser->folded);
    *out = (fh_token){
        .start = analyser->pinned ? analyser->pin_start : (uint32_t)start,
        .end = analyser->pinned ? analyser->pin_end : (uint32_t)end,
        .position = ++analyser->position,
        .folded = {analyser->folded, bytes},
        .stem = {analyser->folded, bytes},
        .kind = (uint8_t)kind,
    };
    analyser->unstemmed = kind == FH_TOKEN_ARABIC;
    if (analyser->unstemmed)
        fh_cache_expect(&analyser->cache, word, &analyser->key);
    else
        out->stop = fh_is_stop_letters(word->letters, word->count);
    analyser->now.at = end;
    return true;
}

/* An apostrophe between two letters.  It parts what is one letter from the name it belongs to (O'Neill, d'Or)
 * and the English genitive from its owner (Putin's); elsewhere it stands for a letter that other spellings
 * leave out (Sana'a, Qur'an), or stands for nothing (don't). */
static bool apostrophe_joins(const fh_analyser *analyser, size_t after) {
    size_t bytes;
    if (analyser->word.count < 2 || class_at(analyser, after, &bytes) != FH_CLASS_WORD) return false;
    bool genitive = (analyser->now.text.ptr[after] | 0x20) == 's';
    return !genitive || class_at(analyser, after + bytes, &bytes) == FH_CLASS_WORD;
}

/* Gathers letters of a class (digits too, for other scripts than Arabic).  `*end` is after the last that
 * belongs to the word, `*detached` says that this was a tatweel; returns where the next thing begins. */
static size_t gather(fh_analyser *analyser, size_t at, fh_letter_class wanted, size_t *end, bool *detached) {
    fh_word *word = &analyser->word;
    size_t bytes;
    for (; at < analyser->now.text.len; at += bytes) {
        fh_fold spare;
        const fh_fold *fold;
        fh_letter_class class = look(analyser, at, &spare, &fold, &bytes);
        bool taken = class == wanted || (class == FH_CLASS_DIGIT && wanted == FH_CLASS_WORD) ||
                     class == FH_CLASS_MARK || class == FH_CLASS_HAMZA_ABOVE ||
                     (class == FH_CLASS_TATWEEL && wanted == FH_CLASS_ARABIC);
        if (taken) {
            fh_word_fold(analyser->folds, word, fold);
            *end = at + bytes;
            *detached = class == FH_CLASS_TATWEEL;
        } else if (class == FH_CLASS_SIGN) {
            bool apostrophe = fold->letters[0] == '\'' && wanted == FH_CLASS_WORD;
            if (!apostrophe || !apostrophe_joins(analyser, at + bytes)) break;
        } else if (class != FH_CLASS_INVISIBLE) {
            break;
        }
    }
    return at;
}

static bool number(fh_analyser *analyser, size_t start, size_t digits, fh_token *out);

static size_t skip_spaces(const fh_analyser *analyser, size_t at) {
    size_t bytes;
    for (;; at += bytes) {
        fh_letter_class class = class_at(analyser, at, &bytes);
        if (bytes == 0 || (class != FH_CLASS_SPACE && class != FH_CLASS_INVISIBLE)) return at;
    }
}

static bool arabic(fh_analyser *analyser, size_t start, size_t at, fh_token *out) {
    bool detached = false;
    size_t end = at, bytes;
    analyser->word.count = 0;
    at = gather(analyser, at, FH_CLASS_ARABIC, &end, &detached);
    if (fh_is_article_letters(analyser->word.letters, analyser->word.count)) {
        /* الـ كريملن is one word, and الـ 79 a number with its article. */
        if (detached) at = skip_spaces(analyser, at);
        fh_letter_class next = class_at(analyser, at, &bytes);
        if (next == FH_CLASS_DIGIT) return number(analyser, start, at, out);
        if (detached && next == FH_CLASS_ARABIC) gather(analyser, at, FH_CLASS_ARABIC, &end, &detached);
    }
    return give(analyser, start, end, FH_TOKEN_ARABIC, out);
}

static bool other_word(fh_analyser *analyser, size_t start, size_t at, fh_token *out) {
    bool detached;
    size_t end = at;
    analyser->word.count = 0;
    gather(analyser, at, FH_CLASS_WORD, &end, &detached);
    return give(analyser, start, end, FH_TOKEN_WORD, out);
}

/* Digits that letters follow are a word: 4K, 5G. */
static bool number(fh_analyser *analyser, size_t start, size_t digits, fh_token *out) {
    size_t bytes;
    analyser->word.count = 0;
    size_t end = fh_number_end(analyser->folds, analyser->now.text, digits, &analyser->word);
    if (class_at(analyser, end, &bytes) == FH_CLASS_WORD) return other_word(analyser, start, digits, out);
    return give(analyser, start, end, FH_TOKEN_NUMBER, out);
}

static bool unspaced(fh_analyser *analyser, size_t at, fh_token *out) {
    fh_fold spare;
    const fh_fold *fold;
    size_t bytes, end = fh_unspaced_end(analyser->unspaced, analyser->folds, analyser->now.text, at);
    analyser->word.count = 0;
    for (size_t next = at; next < end; next += bytes) {
        look(analyser, next, &spare, &fold, &bytes);
        fh_word_fold(analyser->folds, &analyser->word, fold);
    }
    return give(analyser, at, end, FH_TOKEN_WORD, out);
}

static bool emoji(fh_analyser *analyser, size_t at, fh_token *out) {
    analyser->word.count = 0;
    size_t end = fh_emoji_end(analyser->now.text, at, &analyser->word);
    return give(analyser, at, end, FH_TOKEN_EMOJI, out);
}

static bool next_here(fh_analyser *analyser, fh_token *out);

/* What covers the words of [body, end) and comes before them.  A tag of one word is that word. */
static bool whole(fh_analyser *analyser, size_t start, size_t body, size_t end, fh_token_kind kind,
                  fh_token *out) {
    enter(analyser, (scan){fh_str_slice(analyser->now.text, 0, end), body}, end);
    uint32_t position = analyser->position;
    next_here(analyser, out); /* there is one: a body begins with a letter or holds one */
    if (kind == FH_TOKEN_WORD && out->kind == FH_TOKEN_ARABIC) kind = FH_TOKEN_ARABIC;
    out->start = (uint32_t)start;
    out->kind = (uint8_t)kind;
    if (out->end == end) return true;

    fh_str text = analyser->now.text;
    analyser->word.count = 0;
    for (size_t at = body; at < end;) {
        fh_fold spare;
        const fh_fold *fold;
        uint32_t code_point;
        fh_utf8_next(text, at, &code_point);
        at += fh_fold_next(analyser->folds, text, at, &spare, &fold);
        if (fold->class == FH_CLASS_OTHER)
            fh_word_add(&analyser->word, code_point);
        else
            fh_word_fold(analyser->folds, &analyser->word, fold);
    }
    analyser->position = position;
    give(analyser, start, end, kind, out);
    out->stop = fh_is_stop_letters(analyser->word.letters, analyser->word.count);
    out->whole = true;
    analyser->unstemmed = false;
    analyser->position = position;
    analyser->now.at = body;
    fh_unspaced_forget(analyser->unspaced);
    return true;
}

/* A word may be the first part of one with underscores. */
static bool or_underscored(fh_analyser *analyser, fh_token *out) {
    fh_str text = analyser->now.text;
    if (analyser->inside || out->end >= text.len || text.ptr[out->end] != '_') return true;
    size_t end = fh_tag_end(analyser->folds, text, out->start);
    if (end <= out->end) return true;
    analyser->position--;
    return whole(analyser, out->start, out->start, end, FH_TOKEN_WORD, out);
}

static bool address(fh_analyser *analyser, size_t at, fh_token *out) {
    fh_str text = analyser->now.text;
    if (analyser->inside || !fh_is_ascii_word(text.ptr[at])) return false;
    size_t body = at, end = fh_url_end(analyser->folds, text, at, &body);
    if (end) return whole(analyser, at, body, end, FH_TOKEN_URL, out);
    end = fh_email_end(text, at);
    return end && whole(analyser, at, at, end, FH_TOKEN_EMAIL, out);
}

/* # or @ before a tag; what stands right after a word is no @handle. */
static bool tag(fh_analyser *analyser, size_t at, uint32_t sign, fh_token *out) {
    fh_str text = analyser->now.text;
    if (analyser->inside || (sign != '#' && sign != '@')) return false;
    if (sign == '@' && at > 0 && fh_is_ascii_word(text.ptr[at - 1])) return false;
    size_t end = fh_tag_end(analyser->folds, text, at + 1);
    if (end == at + 1) return false;
    return whole(analyser, at, at + 1, end, sign == '#' ? FH_TOKEN_HASHTAG : FH_TOKEN_HANDLE, out);
}

static void phrase(fh_analyser *analyser, size_t at, size_t bytes) {
    uint32_t sign;
    fh_utf8_next(analyser->now.text, at, &sign);
    fh_str text = {analyser->phrase, fh_phrase(sign, analyser->phrase)};
    enter(analyser, (scan){text, 0}, at + bytes);
    analyser->pinned = true;
    analyser->pin_start = (uint32_t)at;
    analyser->pin_end = (uint32_t)(at + bytes);
}

/* %D8%A7 within a URL: the bytes of letters, and no word. */
static bool is_escape(const fh_analyser *analyser, size_t at) {
    fh_str text = analyser->now.text;
    return analyser->inside && text.len - at > 2 && text.ptr[at] == '%' &&
           isxdigit((uint8_t)text.ptr[at + 1]) && isxdigit((uint8_t)text.ptr[at + 2]);
}

static bool next_here(fh_analyser *analyser, fh_token *out) {
    /* Where marks began that go with the word after them, as a tatweel before its first letter does. */
    size_t bytes, marks = SIZE_MAX;
    for (scan *now = &analyser->now; now->at < now->text.len; now->at += bytes) {
        fh_fold spare;
        const fh_fold *fold;
        size_t at = now->at;
        switch (look(analyser, at, &spare, &fold, &bytes)) {
        case FH_CLASS_ARABIC:
            return arabic(analyser, marks < at ? marks : at, at, out) && or_underscored(analyser, out);
        case FH_CLASS_WORD:
            return address(analyser, at, out) ||
                   (other_word(analyser, at, at, out) && or_underscored(analyser, out));
        case FH_CLASS_DIGIT:
            return address(analyser, at, out) ||
                   (number(analyser, at, at, out) && or_underscored(analyser, out));
        case FH_CLASS_UNSPACED: return unspaced(analyser, at, out);
        case FH_CLASS_PICTURE: return emoji(analyser, at, out);
        case FH_CLASS_PHRASE:
            if (!analyser->inside) {
                phrase(analyser, at, bytes);
                return next_here(analyser, out);
            }
            break;
        case FH_CLASS_SIGN:
            if (tag(analyser, at, fold->letters[0], out)) return true;
            break;
        case FH_CLASS_MARK:
        case FH_CLASS_TATWEEL:
        case FH_CLASS_HAMZA_ABOVE:
            if (marks == SIZE_MAX) marks = at;
            continue;
        case FH_CLASS_INVISIBLE: continue;
        case FH_CLASS_SPACE: break;
        case FH_CLASS_OTHER:
            if (is_escape(analyser, at)) bytes += 2;
            break;
        }
        marks = SIZE_MAX;
    }
    return false;
}

static bool next_folded(fh_analyser *analyser, fh_token *out) {
    while (!next_here(analyser, out)) {
        if (!analyser->inside) return false;
        leave(analyser);
    }
    return true;
}

/* ---- Stems ---- */

static void find_stem(fh_analyser *analyser, const fh_cache_key *key, fh_token *token) {
    fh_cache_stem(&analyser->cache, key, analyser->stemmer, analyser->lexicon, analyser->stem, token);
}

bool fh_analyser_next(fh_analyser *analyser, fh_token *out) {
    if (!next_folded(analyser, out)) return false;
    if (analyser->unstemmed) find_stem(analyser, &analyser->key, out);
    return true;
}

/* Tokens whose stems are looked for together, so that the cache's entries come while words are read. */
enum { ROW = 16 };
typedef struct row {
    size_t tokens[ROW];
    fh_cache_key keys[ROW];
    size_t count;
} row;

static void find_stems(fh_analyser *analyser, row *of, fh_token *items, fh_arena *arena) {
    for (size_t i = 0; i < of->count; i++) {
        fh_token *token = &items[of->tokens[i]];
        find_stem(analyser, &of->keys[i], token);
        if (token->stem.ptr != token->folded.ptr) token->stem = fh_arena_copy(arena, token->stem);
    }
    of->count = 0;
}

fh_tokens fh_analyse(fh_analyser *analyser, fh_str text, fh_arena *arena) {
    fh_token *items = NULL, token;
    size_t count = 0, capacity = 0;
    row unstemmed = {.count = 0};
    for (fh_analyser_start(analyser, text); next_folded(analyser, &token); count++) {
        token.stem = token.folded = fh_arena_copy(arena, token.folded);
        items = fh_grow(items, count, &capacity, sizeof *items);
        items[count] = token;
        if (!analyser->unstemmed) continue;
        unstemmed.tokens[unstemmed.count] = count;
        unstemmed.keys[unstemmed.count++] = analyser->key;
        if (unstemmed.count == ROW) find_stems(analyser, &unstemmed, items, arena);
    }
    find_stems(analyser, &unstemmed, items, arena);
    fh_tokens tokens = {FH_ARENA_ARRAY(arena, fh_token, count), count};
    if (count > 0) memcpy(tokens.items, items, count * sizeof *items);
    free(items);
    return tokens;
}
