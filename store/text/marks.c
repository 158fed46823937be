/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed marks:
 *
 *   number  bytes of a list of ids that are not in the other one, then that list
 *   number  how many marks are in the title; the others are in the body
 *   marks   to the end, each:
 *             number  words between this mark and the one before in its part, times SHAPES, plus its shape
 *             numbers as the shape has it
 *             number  which id: those listed count from 0, and the others go on
 *
 * A word is what stands between spaces and signs; it needs to be nothing more, as long as it stays so.
 * Numbers are those of glass/pack.h. */
#include "store/text/marks.h"
#include "base/utf8.h"
#include "store/glass/pack.h"
#include <ctype.h>

enum { FEW_WORDS = 3 }; /* that a name has as a rule */

/* How a mark begins and ends, whose first word is known. */
enum {
    WHOLE = 0,            /* a word and its end; two; three */
    WITHIN = FEW_WORDS,   /* the same, but for so many bytes of the first word: a number */
    MANY = 2 * FEW_WORDS, /* so many words, but for so many bytes of the first: two numbers */
    ANYWHERE,             /* bytes before it in its part, bytes in it: two numbers */
    SHAPES,
};

/* ---- Words ---- */

typedef struct span {
    size_t start, end;
} span;

enum {
    LATIN_1 = 0x80,
    LATIN_1_SIGNS_END = 0xC0, /* « and » among them */
    PUNCTUATION = 0x2000,     /* the block of General Punctuation: dashes, quotation marks */
    PUNCTUATION_END = 0x2070,
    ARABIC_COMMA = 0x060C,
    ARABIC_SEMICOLON = 0x061B,
    ARABIC_QUESTION_MARK = 0x061F, /* the last sign before General Punctuation */
};

static inline bool is_sign(uint32_t c) {
    if (c > ARABIC_QUESTION_MARK && c < PUNCTUATION) return false; /* nearly all that is asked about */
    if (c < LATIN_1) return !isalnum((int)c);
    return c < LATIN_1_SIGNS_END || (c >= PUNCTUATION && c < PUNCTUATION_END) || c == ARABIC_COMMA ||
           c == ARABIC_SEMICOLON || c == ARABIC_QUESTION_MARK;
}

/* The end of what goes on from `at` and is all signs, or no sign. */
static size_t skip(fh_str text, size_t at, bool signs) {
    uint32_t c;
    while (at < text.len) {
        size_t len = fh_utf8_next(text, at, &c);
        if (is_sign(c) != signs) break;
        at += len;
    }
    return at;
}

/* The next word; it is empty, at the end, where there is none. */
static span next_word(fh_str text, size_t at) {
    size_t start = skip(text, at, true);
    return (span){start, skip(text, start, false)};
}

static size_t end_of_words(fh_str text, size_t at, uint64_t count) {
    while (count-- > 0 && at < text.len) at = next_word(text, at).end;
    return at;
}

/* ---- Ids ---- */

static fh_str next_id(fh_str *listed) {
    const char *mark = memchr(listed->ptr, FH_VALUE_END, listed->len);
    size_t end = mark ? (size_t)(mark - listed->ptr) : listed->len;
    fh_str id = fh_str_slice(*listed, 0, end);
    *listed = end < listed->len ? fh_str_slice(*listed, end + 1, listed->len) : (fh_str){0};
    return id;
}

/* Which id of the list it is; as many as there are, where it is none. */
static size_t place_of(fh_str id, fh_str listed) {
    size_t place = 0;
    while (listed.len > 0 && !fh_str_equal(next_id(&listed), id)) place++;
    return place;
}

static size_t count_ids(fh_str listed) {
    size_t count = 0;
    for (; listed.len > 0; count++) next_id(&listed);
    return count;
}

/* ---- Packing ---- */

bool fh_mark_fits(const fh_article *article, const fh_entity_mark *mark) {
    if (mark->part != FH_PART_TITLE && mark->part != FH_PART_BODY) return false;
    fh_str text = mark->part == FH_PART_TITLE ? article->title : article->body;
    if (mark->start > mark->end || mark->end > text.len) return false;
    return fh_utf8_is_edge(text, mark->start) && fh_utf8_is_edge(text, mark->end);
}

/* How many words, the first of which ends at `at`, end together at `end`; 0: none do. */
static uint64_t words_to(fh_str text, size_t at, size_t end) {
    uint64_t count = 1;
    for (; at < end; count++) at = next_word(text, at).end;
    return at == end ? count : 0;
}

static void put_words(uint64_t gap, uint64_t words, size_t within, fh_buf *out) {
    bool few = words <= FEW_WORDS;
    fh_glass_uint(out, gap * SHAPES + (!few ? MANY : within == 0 ? WHOLE + words - 1 : WITHIN + words - 1));
    if (!few) fh_glass_uint(out, words);
    if (!few || within > 0) fh_glass_uint(out, within);
}

/* Where it is in its part, of which everything before `*done` is behind. */
static void put_place(fh_str text, const fh_entity_mark *mark, size_t *done, fh_buf *out) {
    uint64_t gap = 0;
    span word = next_word(text, *done);
    for (; word.end <= mark->start && word.end < text.len; gap++) word = next_word(text, word.end);
    uint64_t words = word.start <= mark->start && mark->start < word.end && *done <= mark->start
                         ? words_to(text, word.end, mark->end)
                         : 0;
    if (words > 0) {
        put_words(gap, words, mark->start - word.start, out);
    } else {
        fh_glass_uint(out, ANYWHERE);
        fh_glass_uint(out, mark->start);
        fh_glass_uint(out, mark->end - mark->start);
    }
    if (mark->end > *done) *done = mark->end;
}

/* The ids of marks that are not listed, each once. */
static void add_unlisted(const fh_article *article, fh_str listed, size_t count, fh_buf *out) {
    for (size_t i = 0; i < article->entity_count; i++) {
        fh_str id = article->entities[i].entity, more = fh_buf_str(out);
        if (place_of(id, listed) < count || place_of(id, more) < count_ids(more)) continue;
        fh_buf_add(out, id);
        fh_buf_add_char(out, FH_VALUE_END);
    }
}

static size_t count_in(const fh_article *article, fh_part part) {
    size_t count = 0;
    for (size_t i = 0; i < article->entity_count; i++) count += article->entities[i].part == part;
    return count;
}

static void pack_part(const fh_article *article, fh_part part, fh_str ids, fh_buf *out) {
    size_t done = 0;
    for (size_t i = 0; i < article->entity_count; i++) {
        const fh_entity_mark *mark = &article->entities[i];
        if (mark->part != part) continue;
        put_place(part == FH_PART_TITLE ? article->title : article->body, mark, &done, out);
        fh_glass_uint(out, place_of(mark->entity, ids));
    }
}

void fh_marks_pack(const fh_article *article, fh_str listed, fh_buf *out) {
    if (article->entity_count == 0) return;
    fh_buf ids = {0}, unlisted = {0};
    add_unlisted(article, listed, count_ids(listed), &unlisted);
    fh_buf_add(&ids, listed);
    fh_buf_add(&ids, fh_buf_str(&unlisted));
    fh_glass_string(out, fh_buf_str(&unlisted));
    fh_glass_uint(out, count_in(article, FH_PART_TITLE));
    pack_part(article, FH_PART_TITLE, fh_buf_str(&ids), out);
    pack_part(article, FH_PART_BODY, fh_buf_str(&ids), out);
    fh_buf_free(&ids);
    fh_buf_free(&unlisted);
}

/* ---- Unpacking ---- */

/* The other way of put_place; false: that is nowhere. */
static bool take_place(fh_str *from, fh_str text, size_t *done, fh_entity_mark *out) {
    uint64_t first = fh_glass_take_uint(from), shape = first % SHAPES;
    uint64_t start, end;
    if (shape == ANYWHERE) {
        start = fh_glass_take_uint(from);
        end = start + fh_glass_take_uint(from);
    } else {
        uint64_t words = shape == MANY ? fh_glass_take_uint(from) : shape % FEW_WORDS + 1;
        uint64_t within = shape < WITHIN ? 0 : fh_glass_take_uint(from);
        span word = next_word(text, end_of_words(text, *done, first / SHAPES));
        start = word.start + within;
        end = end_of_words(text, word.end, words - 1);
    }
    if (start > end || end > text.len) return false;
    out->start = (uint32_t)start;
    out->end = (uint32_t)end;
    if (end > *done) *done = (size_t)end;
    return true;
}

static fh_strs split(fh_str listed, fh_str unlisted, fh_arena *arena) {
    fh_strs ids = {FH_ARENA_ARRAY(arena, fh_str, count_ids(listed) + count_ids(unlisted)), 0};
    while (listed.len > 0) ids.items[ids.count++] = next_id(&listed);
    while (unlisted.len > 0) ids.items[ids.count++] = next_id(&unlisted);
    return ids;
}

static bool unpack(fh_str from, fh_strs ids, fh_article *article) {
    uint64_t in_title = fh_glass_take_uint(&from);
    size_t done[] = {[FH_PART_TITLE] = 0, [FH_PART_BODY] = 0};
    for (size_t i = 0; from.len > 0; i++) {
        fh_entity_mark *mark = &article->entities[article->entity_count++];
        mark->part = i < in_title ? FH_PART_TITLE : FH_PART_BODY;
        fh_str text = mark->part == FH_PART_TITLE ? article->title : article->body;
        if (!take_place(&from, text, &done[mark->part], mark) || !fh_mark_fits(article, mark)) return false;
        uint64_t id = fh_glass_take_uint(&from);
        if (!from.ptr || id >= ids.count) return false;
        mark->entity = ids.items[id];
    }
    return true;
}

bool fh_marks_unpack(fh_str packed, fh_str listed, fh_arena *arena, fh_article *article) {
    enum { BYTES_A_MARK = 2 }; /* at least */
    article->entities = NULL;
    article->entity_count = 0;
    if (packed.len == 0) return true;
    fh_str unlisted = fh_glass_take_string(&packed);
    if (!packed.ptr || fh_utf8_invalid(unlisted) != SIZE_MAX) return false;
    article->entities = FH_ARENA_ARRAY(arena, fh_entity_mark, packed.len / BYTES_A_MARK + 1);
    fh_strs ids = split(fh_arena_copy(arena, listed), fh_arena_copy(arena, unlisted), arena);
    return unpack(packed, ids, article);
}
