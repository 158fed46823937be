/* SPDX-License-Identifier: GPL-3.0-or-later */
/* URLs, addresses and tags, as they are written in running text rather than as their standards allow. */
#include "stemmer/extent.h"

#define DELETE 0x7F
#define MAX_LOCAL_PART 64 /* RFC 5321, 4.5.3.1.1 */
#define MAX_DOMAIN 255    /* RFC 5321, 4.5.3.1.2 */

static bool is_one_of(char c, const char *set) {
    return c != 0 && strchr(set, c) != NULL;
}

/* The end of `word` (lower case) at byte `at`, or 0. */
static size_t after(fh_str text, size_t at, const char *word) {
    for (; *word; word++, at++)
        if (at == text.len || (text.ptr[at] | (fh_is_ascii_letter(text.ptr[at]) ? 0x20 : 0)) != *word)
            return 0;
    return at;
}

/* Up to white space, quotes and brackets; Arabic letters only after a sign, for a word is often glued to the
 * end of a URL. */
static size_t url_run(const fh_folds *folds, fh_str text, size_t at) {
    for (bool after_sign = false; at < text.len;) {
        char c = text.ptr[at];
        fh_fold spare;
        const fh_fold *fold;
        size_t bytes = fh_fold_next(folds, text, at, &spare, &fold);
        bool ascii = bytes == 1, parts = fold->class == FH_CLASS_OTHER || fold->class == FH_CLASS_SPACE;
        if (ascii ? c <= ' ' || c == DELETE || is_one_of(c, "<>\"{}|\\^`") : parts || !after_sign) break;
        if (ascii) after_sign = !fh_is_ascii_word(c);
        at += bytes;
    }
    return at;
}

size_t fh_url_end(const fh_folds *folds, fh_str text, size_t at, size_t *body) {
    static const char *const schemes[] = {"http://", "https://", "www."};
    size_t from = 0;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes && !from; i++) from = after(text, at, schemes[i]);
    if (!from) return 0;
    size_t inner = after(text, from, "www.");
    if (inner) from = inner;
    size_t end = url_run(folds, text, from);
    while (end > from && is_one_of(text.ptr[end - 1], ".,;:!?'()[]*_~-/&=%#@+$")) end--;
    /* A host begins with a letter or a digit, so that there is at least one part. */
    if (end == from || !fh_is_ascii_word(text.ptr[from])) return 0;
    *body = from;
    return end;
}

size_t fh_email_end(fh_str text, size_t at) {
    size_t from = at;
    while (at < text.len && at - from < MAX_LOCAL_PART &&
           (fh_is_ascii_word(text.ptr[at]) || is_one_of(text.ptr[at], "._%+-")))
        at++;
    if (at == from || at == text.len || text.ptr[at] != '@') return 0;

    size_t host = ++at, end = 0;
    for (size_t label = at; at < text.len && at - host < MAX_DOMAIN; at++) {
        char c = text.ptr[at];
        if (c == '.' && at > label) {
            label = at + 1;
        } else if (fh_is_ascii_letter(c)) {
            /* What ends in a label of letters after a dot may be a domain. */
            if (label > host && at > label && fh_is_ascii_letter(text.ptr[at - 1])) end = at + 1;
        } else if (!(fh_is_ascii_word(c) || (c == '-' && at > label))) {
            break;
        }
    }
    return end;
}

size_t fh_tag_end(const fh_folds *folds, fh_str text, size_t at) {
    size_t end = at;
    bool letters = false;
    for (size_t next = at; next < text.len;) {
        fh_fold spare;
        const fh_fold *fold;
        size_t bytes = fh_fold_next(folds, text, next, &spare, &fold);
        next += bytes;
        switch ((fh_letter_class)fold->class) {
        case FH_CLASS_ARABIC:
        case FH_CLASS_WORD:
        case FH_CLASS_UNSPACED:
            letters = true;
            end = next;
            break;
        case FH_CLASS_DIGIT:
        case FH_CLASS_MARK:
        case FH_CLASS_TATWEEL:
        case FH_CLASS_HAMZA_ABOVE: end = next; break;
        case FH_CLASS_INVISIBLE: break;
        case FH_CLASS_SIGN:
            if (fold->letters[0] == '_') break;
            /* fall through */
        default: return letters ? end : at;
        }
    }
    return letters ? end : at;
}
