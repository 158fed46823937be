/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Articles made even. */
#include "indexer/tidy.h"
#include "base/buf.h"
#include "base/eight.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "indexer/address.h"
#include "indexer/dateline.h"
#include "indexer/decode.h"
#include "indexer/page_line.h"
#include "stemmer/stemmer.h"

#include <stdint.h>
#include <unicode/uchar.h>

#define MAX_KEYWORDS 100   /* of an article; more are not keywords */
#define LEAD_TITLE 160     /* bytes of a lead that stand for a title */
#define LANGUAGE_LOOK 2048 /* bytes that tell the language */
#define HASH_DIGITS 16

enum {
    NEXT_LINE = 0x85,
    NO_BREAK_SPACE = 0xA0,
    OGHAM_SPACE_MARK = 0x1680,
    LINE_SEPARATOR = 0x2028,
    PARAGRAPH_SEPARATOR = 0x2029,
    HORIZONTAL_ELLIPSIS = 0x2026,
};

/* The first bytes of NEXT_LINE, and of the two separators. */
enum { NEXT_LINE_LEAD = 0xC2, SEPARATOR_LEAD = 0xE2 };

/* All blanks beyond the first begin so: with NEXT_LINE_LEAD, or with one of four bytes. */
enum { FAR_LEADS = 0xE0, FAR_LEADS_MASK = 0xFC, DELETE = 0x7F };

/* ---- Text ---- */

static bool is_line_end(uint32_t c) {
    return (c >= '\n' && c <= '\r') || c == NEXT_LINE || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
}

static bool is_blank(uint32_t c) {
    if (c < 0x80) return c <= ' ' || c == DELETE;
    if (c > NO_BREAK_SPACE && c < OGHAM_SPACE_MARK) return false; /* nearly all that is read lies here */
    return u_isUWhiteSpace((UChar32)c) || u_charType((UChar32)c) == U_CONTROL_CHAR;
}

static void cut(fh_buf *buf, size_t len) {
    buf->len = len;
    if (buf->ptr) buf->ptr[len] = '\0';
}

/* How many bytes of valid UTF-8 from `at` on are seen to be words and single spaces, `space` telling whether
 * one stands before: eight at a time, at most all. */
static size_t even_bytes(fh_str line, size_t at, bool space) {
    uint64_t before = space ? UINT8_MAX : 0;
    size_t end = at;
    for (; line.len - end >= FH_EIGHT; end += FH_EIGHT) {
        uint64_t bytes = fh_eight_at(line.ptr + end), spaces = fh_eight_equal(bytes, ' ');
        uint64_t others = fh_eight_below(bytes, ' ') | fh_eight_equal(bytes, DELETE) |
                          fh_eight_equal(bytes, NEXT_LINE_LEAD) |
                          fh_eight_equal(bytes & FH_EACH(FAR_LEADS_MASK), FAR_LEADS);
        if (others | (spaces & (spaces << 8 | before))) break;
        before = spaces >> 56;
    }
    while (!fh_utf8_is_edge(line, end)) end--;
    return end - at;
}

/* Words and single spaces between them. Bytes that are no UTF-8 become U+FFFD. */
static void add_words(fh_str line, fh_buf *out) {
    size_t from = 0, begin = out->len;
    bool space = true, valid = fh_utf8_invalid(line) == SIZE_MAX;
    for (size_t at = 0; at < line.len;) {
        uint32_t c;
        size_t run = valid ? even_bytes(line, at, space) : 0;
        if (run > 0) {
            at += run;
            space = line.ptr[at - 1] == ' ';
            continue;
        }
        size_t length = fh_utf8_next(line, at, &c);
        bool blank = is_blank(c), stays = c == ' ' && !space;
        if (!stays && (blank || c == FH_REPLACEMENT)) {
            fh_buf_add(out, fh_str_slice(line, from, at));
            if (!blank) fh_buf_add_code_point(out, c);
            if (blank && !space) fh_buf_add_char(out, ' ');
            from = at + length;
        }
        space = blank;
        at += length;
    }
    fh_buf_add(out, fh_str_slice(line, from, line.len));
    if (out->len > begin && out->ptr[out->len - 1] == ' ') cut(out, out->len - 1);
}

/* Bytes that may begin a line end, as is_line_end has them. */
static const bool may_begin_line_end[UINT8_MAX + 1] = {
    ['\n'] = true, ['\v'] = true,           ['\f'] = true,
    ['\r'] = true, [NEXT_LINE_LEAD] = true, [SEPARATOR_LEAD] = true,
};

/* How many bytes from `at` on are seen to begin none, eight at a time. */
static size_t without_line_end(fh_str text, size_t at) {
    size_t end = at;
    for (; text.len - end >= FH_EIGHT; end += FH_EIGHT) {
        uint64_t bytes = fh_eight_at(text.ptr + end);
        if (fh_eight_below(bytes, '\r' + 1) | fh_eight_equal(bytes, NEXT_LINE_LEAD) |
            fh_eight_equal(bytes, SEPARATOR_LEAD))
            break;
    }
    return end - at;
}

static size_t line_length(fh_str text, size_t *end_length) {
    *end_length = 0;
    size_t at = 0;
    for (; at < text.len; at++) {
        at += without_line_end(text, at);
        if (at == text.len) break;
        if (!may_begin_line_end[(unsigned char)text.ptr[at]]) continue;
        uint32_t c;
        size_t length = fh_utf8_next(text, at, &c);
        if (is_line_end(c)) {
            *end_length = length;
            break;
        }
    }
    return at;
}

static void add_lines(fh_str text, const char *between, fh_buf *out) {
    while (text.len) {
        size_t end_length, length = line_length(text, &end_length);
        fh_str line = fh_str_trim(fh_str_slice(text, 0, length));
        text = fh_str_slice(text, length + end_length, text.len);
        if (line.len == 0) continue;
        size_t before = out->len;
        if (before) fh_buf_add(out, fh_str_from(between));
        size_t begin = out->len;
        add_words(line, out);
        fh_str words = fh_str_trim(fh_str_slice(fh_buf_str(out), begin, out->len)); /* now without controls */
        if (words.len) memmove(out->ptr + begin, words.ptr, words.len);
        cut(out, words.len ? begin + words.len : before);
    }
}

static fh_str even(fh_str text, const char *between, fh_buf *space, fh_arena *arena) {
    if (text.len == 0) return FH_STR("");
    fh_buf_clear(space);
    add_lines(text, between, space);
    return fh_arena_copy(arena, fh_buf_str(space));
}

static fh_strs even_list(fh_strs list, size_t limit, fh_buf *space, fh_arena *arena) {
    fh_strs out = {FH_ARENA_ARRAY(arena, fh_str, list.count), 0};
    for (size_t i = 0; i < list.count && out.count < limit; i++) {
        fh_str item = even(list.items[i], " ", space, arena);
        if (item.len) out.items[out.count++] = item;
    }
    return out;
}

static void drop_doubles(fh_strs *keywords, fh_arena *arena) {
    fh_str *folded = FH_ARENA_ARRAY(arena, fh_str, keywords->count);
    size_t kept = 0;
    for (size_t i = 0; i < keywords->count; i++) {
        fh_str word = fh_fold_word(FH_STEMMER_LIGHT, keywords->items[i], arena);
        bool seen = false;
        for (size_t j = 0; j < kept && !seen; j++) seen = fh_str_equal(folded[j], word);
        if (seen) continue;
        folded[kept] = word;
        keywords->items[kept++] = keywords->items[i];
    }
    keywords->count = kept;
}

/* ---- What an article must have ---- */

fh_str fh_id_tidy(fh_str id, fh_arena *arena) {
    fh_buf clean = {0};
    for (size_t at = 0; at < id.len;) {
        uint32_t c;
        at += fh_utf8_next(id, at, &c);
        fh_buf_add_code_point(&clean, is_blank(c) ? '_' : c);
    }
    fh_str out;
    if (clean.len <= FH_MAX_ID) {
        out = fh_arena_copy(arena, fh_buf_str(&clean));
    } else {
        fh_str head = fh_utf8_cut(fh_buf_str(&clean), FH_MAX_ID - HASH_DIGITS - 1);
        out = fh_arena_format(arena, "%.*s~%016llx", FH_STR_ARG(head), fh_hash(FH_HASH_START, id));
    }
    fh_buf_free(&clean);
    return out;
}

/* Of an article that has no id of its own: its address, else what tells it from others. */
static fh_str make_id(const fh_article *article, fh_arena *arena) {
    if (article->url.len) return article->url;
    char date[FH_DATE_TEXT];
    fh_date_key(&article->published, date);
    const fh_str parts[] = {article->source, article->title, fh_str_from(date)};
    unsigned long long hash = FH_HASH_START;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        hash = fh_hash(fh_hash(hash, parts[i]), FH_STR("\n"));
    if (article->title.len == 0 || article->published.year == 0) hash = fh_hash(hash, article->body);
    return fh_arena_format(arena, "%016llx", hash);
}

/* The beginning of the body's first paragraph, cut between words. */
static fh_str lead_title(fh_str body, fh_arena *arena) {
    fh_str rest = body, line = body;
    fh_str_line(&rest, &line);
    if (line.len <= LEAD_TITLE) return line;
    fh_str head = fh_utf8_cut(line, LEAD_TITLE);
    size_t space = head.len;
    while (space > 0 && head.ptr[space] != ' ') space--;
    if (space > 0) head = fh_str_slice(head, 0, space);
    char ellipsis[FH_UTF8_MAX];
    size_t length = fh_utf8_put(ellipsis, HORIZONTAL_ELLIPSIS);
    return fh_arena_format(arena, "%.*s%.*s", FH_STR_ARG(head), (int)length, ellipsis);
}

/* Arabic where there are Arabic letters; else not known. */
static fh_str guess_language(fh_str body) {
    fh_str look = fh_utf8_cut(body, LANGUAGE_LOOK);
    for (size_t at = 0; at < look.len;) {
        uint32_t c;
        at += fh_utf8_next(look, at, &c);
        if (c >= 0x80 && ublock_getCode((UChar32)c) == UBLOCK_ARABIC && u_isalpha((UChar32)c))
            return FH_STR("ar");
    }
    return FH_STR("");
}

/* ---- What stands around it ---- */

/* Some sites give the number of an account where a name should be. */
static bool is_number_of_account(fh_str name) {
    size_t digits = 0, dashes = 0;
    for (size_t i = 0; i < name.len; i++) {
        digits += strchr("0123456789abcdefABCDEF", name.ptr[i]) != NULL;
        dashes += name.ptr[i] == '-';
    }
    return digits == 32 && dashes == 4 && name.len == 36;
}

/* A body without lines that are furniture of a page wherever they stand; all of it, where nothing else is. */
static fh_str without_furniture(fh_str body, fh_buf *space, fh_arena *arena) {
    fh_str text = body, line, rest;
    size_t dropped = 0;
    fh_buf_clear(space);
    while (fh_str_line(&text, &line)) {
        fh_line_kind kind = fh_page_line(line, &rest);
        if (kind == FH_LINE_FURNITURE || (kind == FH_LINE_CREDIT && fh_is_headline(line))) {
            dropped++;
            continue;
        }
        if (space->len) fh_buf_add_char(space, '\n');
        fh_buf_add(space, line);
    }
    return dropped && space->len ? fh_arena_copy(arena, fh_buf_str(space)) : body;
}

/* "STOCKHOLM (AFP) -" */
static fh_str without_end_dash(fh_str line) {
    static const char *const dashes[] = {"-", "\u2013", "\u2014", ":"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (fh_str_ends(line, fh_str_from(dashes[i])))
            return fh_str_trim(fh_str_slice(line, 0, line.len - strlen(dashes[i])));
    return line;
}

static void find_dateline(fh_article *article) {
    fh_str agency = FH_STR(""), found = fh_dateline_find(article->body, &agency);
    if (!article->dateline.len) article->dateline = found;
    article->dateline = without_end_dash(article->dateline);
    if (!article->wire.len && !fh_str_equal(agency, article->source)) article->wire = agency;
}

/* Text that was UTF-8, read as Windows-1252 and saved again. */
static bool repair(fh_article *article, fh_buf *space, fh_arena *arena) {
    fh_str *const texts[] = {&article->title, &article->source,  &article->wire,    &article->author,
                             &article->body,  &article->section, &article->dateline};
    bool repaired = false;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fh_buf_clear(space);
        if (!fh_mojibake_repair(*texts[i], space)) continue;
        *texts[i] = fh_arena_copy(arena, fh_buf_str(space));
        repaired = true;
    }
    fh_strs keywords = {FH_ARENA_ARRAY(arena, fh_str, article->keywords.count), article->keywords.count};
    for (size_t i = 0; repaired && i < keywords.count; i++) {
        fh_buf_clear(space);
        bool one = fh_mojibake_repair(article->keywords.items[i], space);
        keywords.items[i] = one ? fh_arena_copy(arena, fh_buf_str(space)) : article->keywords.items[i];
    }
    if (repaired) article->keywords = keywords;
    return repaired;
}

fh_status fh_article_tidy(const fh_article *raw, fh_arena *arena, fh_article *out, fh_error *err) {
    fh_buf space = {0};
    fh_article read = *raw; /* before it is made even: of a wrong encoding, no byte may be lost */
    bool repaired = repair(&read, &space, arena);
    fh_article article = {
        .url = fh_address_tidy(even(read.url, "", &space, arena), arena),
        .title = even(read.title, " ", &space, arena),
        .source = even(read.source, " ", &space, arena),
        .wire = even(read.wire, " ", &space, arena),
        .author = even(read.author, " ", &space, arena),
        .section = even(read.section, " ", &space, arena),
        .language = even(read.language, "", &space, arena),
        .parent = fh_id_tidy(read.parent, arena),
        .body = even(read.body, "\n", &space, arena),
        .keywords = even_list(read.keywords, MAX_KEYWORDS, &space, arena),
        .related = even_list(read.related, SIZE_MAX, &space, arena),
        .dateline = even(read.dateline, " ", &space, arena),
        .edition = fh_arena_copy(arena, read.edition),
        .embargo = fh_arena_copy(arena, read.embargo),
        .format = fh_arena_copy(arena, read.format),
        .published = read.published,
        .withdrawn = read.withdrawn,
        .repaired = repaired,
        .title_from_lead = read.title_from_lead,
    };
    if (is_number_of_account(article.author)) article.author = FH_STR("");
    article.body = without_furniture(article.body, &space, arena);
    find_dateline(&article);
    fh_buf_free(&space);
    if (article.body.len == 0 && !article.withdrawn) return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "no text");
    drop_doubles(&article.keywords, arena);
    article.id =
        fh_id_tidy(fh_str_trim(read.id).len ? fh_str_trim(read.id) : make_id(&article, arena), arena);
    if (article.language.len == 0) article.language = guess_language(article.body);
    if (article.title.len == 0) {
        article.title = lead_title(article.body, arena);
        article.title_from_lead = true;
    }
    *out = article;
    return FH_OK;
}
