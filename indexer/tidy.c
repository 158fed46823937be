/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Articles made even. */
#include "indexer/tidy.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
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

/* ---- Text ---- */

static bool is_line_end(uint32_t c) {
    return (c >= '\n' && c <= '\r') || c == NEXT_LINE || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
}

static bool is_blank(uint32_t c) {
    if (c < 0x80) return c <= ' ' || c == 0x7F;
    if (c > NO_BREAK_SPACE && c < OGHAM_SPACE_MARK) return false; /* nearly all that is read lies here */
    return u_isUWhiteSpace((UChar32)c) || u_charType((UChar32)c) == U_CONTROL_CHAR;
}

/* Words and single spaces, of a trimmed line. Bytes that are no UTF-8 become U+FFFD. */
static void add_words(fh_str line, fh_buf *out) {
    size_t from = 0;
    bool space = false;
    for (size_t at = 0; at < line.len;) {
        uint32_t c;
        size_t length = fh_utf8_next(line, at, &c);
        bool blank = is_blank(c);
        if (blank || c == FH_REPLACEMENT) {
            fh_buf_add(out, fh_str_slice(line, from, at));
            if (!blank) fh_buf_add_code_point(out, c);
            if (blank && !space) fh_buf_add_char(out, ' ');
            from = at + length;
        }
        space = blank;
        at += length;
    }
    fh_buf_add(out, fh_str_slice(line, from, line.len));
}

static size_t line_length(fh_str text, size_t *end_length) {
    *end_length = 0;
    size_t at = 0;
    while (at < text.len) {
        uint32_t c;
        size_t length = fh_utf8_next(text, at, &c);
        if (is_line_end(c)) {
            *end_length = length;
            break;
        }
        at += length;
    }
    return at;
}

static void add_lines(fh_str text, const char *between, fh_buf *out) {
    while (text.len) {
        size_t end_length, length = line_length(text, &end_length);
        fh_str line = fh_str_trim(fh_str_slice(text, 0, length));
        text = fh_str_slice(text, length + end_length, text.len);
        if (line.len == 0) continue;
        if (out->len) fh_buf_add(out, fh_str_from(between));
        add_words(line, out);
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

fh_status fh_article_tidy(const fh_article *raw, fh_arena *arena, fh_article *out, fh_error *err) {
    fh_buf space = {0};
    fh_article article = {
        .url = even(raw->url, "", &space, arena),
        .title = even(raw->title, " ", &space, arena),
        .source = even(raw->source, " ", &space, arena),
        .wire = even(raw->wire, " ", &space, arena),
        .author = even(raw->author, " ", &space, arena),
        .section = even(raw->section, " ", &space, arena),
        .language = even(raw->language, "", &space, arena),
        .parent = fh_id_tidy(raw->parent, arena),
        .body = even(raw->body, "\n", &space, arena),
        .keywords = even_list(raw->keywords, MAX_KEYWORDS, &space, arena),
        .related = even_list(raw->related, SIZE_MAX, &space, arena),
        .dateline = even(raw->dateline, " ", &space, arena),
        .edition = fh_arena_copy(arena, raw->edition),
        .embargo = fh_arena_copy(arena, raw->embargo),
        .published = raw->published,
        .withdrawn = raw->withdrawn,
        .title_from_lead = raw->title_from_lead,
    };
    fh_buf_free(&space);
    if (article.body.len == 0 && !article.withdrawn) return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "no text");
    drop_doubles(&article.keywords, arena);
    article.id =
        fh_id_tidy(fh_str_trim(raw->id).len ? fh_str_trim(raw->id) : make_id(&article, arena), arena);
    if (article.language.len == 0) article.language = guess_language(article.body);
    if (article.title.len == 0) {
        article.title = lead_title(article.body, arena);
        article.title_from_lead = true;
    }
    *out = article;
    return FH_OK;
}
