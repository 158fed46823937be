/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A window is worth the distinct things of the query that it shows, rare ones more; what it repeats, phrases
 * in full and a sentence's beginning decide between equals. */
#include "query/snippet.h"

#include "base/utf8.h"
#include "query/chars.h"
#include <unicode/uchar.h>

enum {
    WINDOW_BYTES = 260, /* some 140 Arabic letters: two lines of a terminal */
    LEAD_IN_BYTES = 80, /* of what comes before the first mark, at most */
    GLUED_BYTES = 40,   /* by which a window may grow for what no space parts from a word */
};

#define REPEATED 0.1 /* what another showing of the same thing adds, in shares of its rarity */
#define PHRASE 0.5   /* what standing in a full phrase adds */
#define EARLY 0.05   /* what the very beginning of the article is worth more than its end */

typedef struct chooser {
    fh_str text;
    fh_tokens tokens;
    fh_marks marks;
    const fh_leaf *leaves;
    size_t *seen_from; /* by leaf: 1 + the first mark of the last window that had it */
} chooser;

/* Does the token at `i` begin a sentence or a paragraph? */
static bool begins_sentence(fh_str text, fh_tokens tokens, size_t i) {
    if (i == 0) return true;
    size_t end = tokens.items[i - 1].end, start = tokens.items[i].start;
    fh_str between = fh_str_slice(text, end < start ? end : start, start);
    uint32_t c;
    for (size_t at = 0; at < between.len;) {
        at += fh_utf8_next(between, at, &c);
        if (c == '\n' || u_hasBinaryProperty((UChar32)c, UCHAR_S_TERM)) return true;
    }
    return false;
}

/* The first of the tokens that start at or after a byte. */
static size_t token_at(fh_tokens tokens, size_t byte) {
    size_t low = 0, high = tokens.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tokens.items[middle].start < byte) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Back to the space before what is glued to a word: quotation marks, the rest of an address. */
static size_t glued_start(fh_str text, size_t at) {
    uint32_t c;
    for (size_t from = at, before; at - from < GLUED_BYTES; from = before) {
        if (from == 0) return from;
        before = fh_utf8_previous(text, from);
        fh_utf8_next(text, before, &c);
        if (fh_is_blank(c)) return from;
    }
    return at;
}

static size_t glued_end(fh_str text, size_t at) {
    uint32_t c;
    for (size_t to = at, length; to - at < GLUED_BYTES; to += length) {
        if (to == text.len) return to;
        length = fh_utf8_next(text, to, &c);
        if (fh_is_blank(c)) return to;
    }
    return at;
}

/* Where a window begins that must show what starts at `byte`: at the sentence's beginning where that is near.
 */
static size_t lead_in(fh_str text, fh_tokens tokens, size_t byte, size_t room) {
    size_t from = byte;
    if (room > LEAD_IN_BYTES) room = LEAD_IN_BYTES;
    for (size_t i = token_at(tokens, byte); i < tokens.count; i--) {
        size_t start = tokens.items[i].start;
        if (start > byte) continue;
        if (byte - start > room) break;
        from = start;
        if (begins_sentence(text, tokens, i)) break;
    }
    return glued_start(text, from);
}

/* The end of the last word that ends within the window. */
static size_t window_end(fh_str text, fh_tokens tokens, size_t from, size_t least) {
    size_t limit = from + WINDOW_BYTES, end = least;
    if (limit >= text.len) return text.len;
    for (size_t i = token_at(tokens, from); i < tokens.count && tokens.items[i].end <= limit; i++) {
        if (tokens.items[i].end > end) end = tokens.items[i].end;
    }
    return glued_end(text, end);
}

/* The last mark that a window from mark `first` on can show. */
static size_t last_shown(fh_marks marks, size_t first) {
    size_t last = first;
    while (last + 1 < marks.count && marks.items[last + 1].end - marks.items[first].start <= WINDOW_BYTES)
        last++;
    return last;
}

static double worth_of(chooser *c, size_t first) {
    double worth = 0;
    for (size_t i = first, last = last_shown(c->marks, first); i <= last; i++) {
        const fh_found *found = &c->marks.items[i];
        double rarity = c->leaves[found->leaf].rarity;
        bool repeated = c->seen_from[found->leaf] == first + 1;
        c->seen_from[found->leaf] = first + 1;
        if (found->whole_phrase) {
            worth += rarity * (1 + PHRASE);
        } else {
            worth += rarity * (repeated ? REPEATED : 1);
        }
    }
    return worth * (1 + EARLY * (1 - (double)c->marks.items[first].start / (double)c->text.len));
}

static size_t best_first(chooser *c) {
    size_t best = 0;
    double most = -1;
    for (size_t first = 0; first < c->marks.count; first++) {
        double worth = worth_of(c, first);
        if (worth <= most) continue;
        most = worth;
        best = first;
    }
    return best;
}

/* Names of several words are not cut in two. */
static fh_window with_whole_marks(fh_window w, fh_marks marks) {
    for (size_t i = 0; i < marks.count; i++) {
        const fh_found *m = &marks.items[i];
        if (m->start < w.from && w.from < m->end) w.from = m->start;
        if (m->start < w.to && w.to < m->end) w.to = m->end;
    }
    return w;
}

/* A text without words is cut where the bytes are. */
static fh_window lead(fh_str text, fh_tokens tokens) {
    size_t end = tokens.count ? window_end(text, tokens, 0, 0) : 0;
    return (fh_window){0, end ? end : fh_utf8_cut(text, WINDOW_BYTES).len};
}

fh_window fh_snippet_choose(fh_str text, fh_tokens tokens, fh_marks marks, const fh_lowered *query,
                            fh_arena *arena) {
    if (text.len <= WINDOW_BYTES) return (fh_window){0, text.len};
    if (!marks.count) return lead(text, tokens);
    chooser c = {text, tokens, marks, query->leaves, NULL};
    c.seen_from = fh_arena_take_zeroed(arena, (query->leaf_count + 1) * sizeof *c.seen_from);
    size_t first = best_first(&c), last = last_shown(marks, first);
    size_t start = marks.items[first].start, shown = marks.items[last].end - start;
    size_t from = lead_in(text, tokens, start, shown < WINDOW_BYTES ? WINDOW_BYTES - shown : 0);
    return with_whole_marks((fh_window){from, window_end(text, tokens, from, marks.items[last].end)}, marks);
}
