/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collections in TREC's SGML: documents between <DOC> and </DOC>, with <DOCNO> and <TEXT>.  It is no XML, and
 * is read as loosely as it is written: a tag may lack its ">", a document its end. */
#include "base/limits.h"
#include "base/memory.h"
#include "indexer/decode.h"
#include "indexer/edition.h"
#include "indexer/formats/format.h"
#include "indexer/formats/markup.h"
#include "indexer/names.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

typedef struct trec_reader {
    fh_stream *stream;
    fh_arena *arena;
    fh_buf decoded;
    size_t given; /* bytes of the document that is out */
} trec_reader;

static size_t find_tag(fh_str text, const char *tag, size_t from) {
    size_t length = strlen(tag);
    for (size_t at = from; at + length <= text.len; at++) {
        const char *open = memchr(text.ptr + at, '<', text.len - length + 1 - at);
        if (!open) break;
        at = (size_t)(open - text.ptr);
        bool same = !strncasecmp(open, tag, length);
        if (same && (at + length == text.len || !isalnum((unsigned char)open[length]))) return at;
    }
    return SIZE_MAX;
}

/* "AFP_ARB_20040504.0001" of <DOC id="AFP_ARB_20040504.0001" type="story">, as the LDC's newswire has it. */
static fh_str id_of(fh_str document) {
    const char *end = document.len ? memchr(document.ptr, '>', document.len) : NULL;
    fh_str tag = fh_str_slice(document, 0, end ? (size_t)(end - document.ptr) : 0);
    size_t at = fh_str_find(tag, FH_STR(" id=\""), 0);
    if (at == SIZE_MAX) return FH_STR("");
    at += strlen(" id=\"");
    const char *close = memchr(tag.ptr + at, '"', tag.len - at);
    return close ? fh_str_slice(tag, at, (size_t)(close - tag.ptr)) : FH_STR("");
}

/* The agency and the day in such an id. */
static void read_id(fh_str id, fh_article *out) {
    size_t first = fh_str_find(id, FH_STR("_"), 0), last = first;
    for (size_t at = first; at != SIZE_MAX; at = fh_str_find(id, FH_STR("_"), at + 1)) last = at;
    if (first == SIZE_MAX || id.len < last + 1 + strlen("20040504")) return;
    fh_date day = fh_date_of(fh_str_slice(id, last + 1, last + 1 + strlen("20040504")));
    if (!out->published.year) out->published = day;
    if (!out->source.len && day.year) out->source = fh_str_slice(id, 0, first);
}

static int probe(fh_str head, fh_str id) {
    (void)id;
    size_t doc = find_tag(head, "<DOC", 0), number = find_tag(head, "<DOCNO", 0);
    if (number == SIZE_MAX) number = find_tag(head, "<DOCID", 0);
    if (number == SIZE_MAX && doc != SIZE_MAX && id_of(fh_str_slice(head, doc, head.len)).len)
        number = find_tag(head, "<TEXT", doc);
    fh_str before = fh_str_trim(fh_str_slice(head, 0, doc == SIZE_MAX ? 0 : doc));
    bool first = before.len == 0 || fh_str_starts(before, FH_STR("<"));
    return doc != SIZE_MAX && number != SIZE_MAX && first ? FH_PROBE_SURE + 1 : FH_PROBE_NO;
}

static void *open_trec(const fh_entry *entry) {
    trec_reader *reader = fh_alloc_zeroed(1, sizeof *reader);
    reader->stream = entry->stream;
    reader->arena = fh_arena_new();
    return reader;
}

static void close_trec(void *state) {
    trec_reader *reader = state;
    if (!reader) return;
    fh_arena_free(reader->arena);
    fh_buf_free(&reader->decoded);
    free(reader);
}

/* ---- Fields ---- */

/* What stands between the next tag of this name from byte `*at` on and its end, or that of the document;
 * `*at` goes behind it.  False: there is none. */
static bool next_between(fh_str document, const char *name, size_t *at, fh_str *out) {
    char open[24], close[24];
    snprintf(open, sizeof open, "<%s", name);
    snprintf(close, sizeof close, "</%s", name);
    size_t from = find_tag(document, open, *at);
    if (from == SIZE_MAX) return false;
    const char *end = memchr(document.ptr + from, '>', document.len - from);
    if (!end) return false;
    from = (size_t)(end - document.ptr) + 1;
    size_t to = find_tag(document, close, from);
    *at = to == SIZE_MAX ? document.len : to;
    *out = fh_str_slice(document, from, *at);
    return true;
}

static fh_str field(fh_str document, const char *const *names, fh_arena *arena) {
    for (; *names; names++) {
        fh_str text = FH_STR("");
        size_t at = 0;
        if (next_between(document, *names, &at, &text)) text = fh_str_trim(fh_markup_strip(text, arena));
        if (text.len) return text;
    }
    return FH_STR("");
}

/* Some collections have many elements of text: paragraphs within <TEXT>, or several <TEXT>. */
static fh_str body_of(fh_str document, fh_arena *arena) {
    fh_buf body = {0};
    fh_str part;
    for (size_t at = 0; next_between(document, "TEXT", &at, &part);) {
        fh_buf_add(&body, fh_markup_strip(part, arena));
        fh_buf_add_char(&body, '\n');
    }
    fh_str copy = fh_arena_copy(arena, fh_buf_str(&body));
    fh_buf_free(&body);
    return copy;
}

static void convert(fh_str document, fh_arena *arena, fh_article *out) {
    static const char *const ids[] = {"DOCNO", "DOCID", NULL};
    static const char *const titles[] = {"TITLE", "HEADLINE", "HL", "HEAD", "TTL", NULL};
    static const char *const dates[] = {"TIME", "DATE", "DATE_TIME", "DATETIME", "PUBDATE", NULL};
    static const char *const sources[] = {"SRC", "SOURCE", NULL}, *const urls[] = {"URL", NULL};
    static const char *const authors[] = {"AUTHOR", "BYLINE", NULL}, *const leads[] = {"ABSTRACT", "LEADPARA",
                                                                                       "LP", NULL};
    static const char *const sections[] = {"CAT", "CATEGORY", "SECTION", NULL}, *const lines[] = {"DATELINE",
                                                                                                  NULL};
    static const char *const languages[] = {"LANGUAGE", "LANG", NULL};
    *out = (fh_article){.id = field(document, ids, arena),
                        .url = field(document, urls, arena),
                        .title = field(document, titles, arena),
                        .source = field(document, sources, arena),
                        .author = field(document, authors, arena),
                        .section = field(document, sections, arena),
                        .dateline = field(document, lines, arena),
                        .language = field(document, languages, arena),
                        .published = fh_date_of(field(document, dates, arena))};
    if (!out->id.len) {
        out->id = id_of(document);
        read_id(out->id, out);
    }
    out->body = fh_or(body_of(document, arena), field(document, leads, arena));
}

/* ---- Documents ---- */

/* Where a document ends: behind its closing tag, which may lack its ">", or before the next one. */
static size_t end_of(fh_str window, bool last) {
    size_t close = find_tag(window, "</DOC", 1), next = find_tag(window, "<DOC", 1);
    size_t first = next < close ? next : close;
    if (first == SIZE_MAX) return last ? window.len : SIZE_MAX;
    if (!last && first + sizeof "</DOC>" > window.len)
        return SIZE_MAX; /* it may be the beginning of <DOCNO */
    if (next < close) return next;
    size_t end = close + strlen("</DOC");
    return end < window.len && window.ptr[end] == '>' ? end + 1 : end;
}

/* Takes what stands before the next document. */
static fh_status find_document(trec_reader *reader, fh_error *err) {
    for (;;) {
        fh_str window = fh_stream_window(reader->stream);
        size_t at = find_tag(window, "<DOC", 0);
        if (at != SIZE_MAX && at + sizeof "<DOC>" <= window.len) {
            fh_stream_take(reader->stream, at);
            return FH_OK;
        }
        size_t kept = window.len < sizeof "<DOC>" ? window.len : sizeof "<DOC>";
        fh_stream_take(reader->stream, window.len - kept);
        fh_status status = fh_stream_more(reader->stream, err);
        if (status != FH_OK) return status;
    }
}

static fh_status read_document(trec_reader *reader, fh_str *out, fh_error *err) {
    bool last = false;
    for (size_t looked = 0;;) {
        fh_str window = fh_stream_window(reader->stream);
        size_t end = window.len > looked * 2 || last ? end_of(window, last) : SIZE_MAX;
        if (end != SIZE_MAX) {
            reader->given = end;
            return fh_decode(fh_str_slice(window, 0, end), &reader->decoded, out, err);
        }
        if (window.len > looked * 2) looked = window.len;
        if (window.len > FH_MAX_ARTICLE) {
            reader->given = window.len;
            return fh_fail(err, FH_ERR_LIMIT, NULL, NULL, "longer than the %u MiB that an article may have",
                           FH_MAX_ARTICLE >> 20);
        }
        fh_status status = fh_stream_more(reader->stream, err);
        last = status == FH_END;
        if (status != FH_OK && !last) return status;
    }
}

static fh_status next_trec(void *state, fh_article *out, uint64_t *at, fh_error *err) {
    trec_reader *reader = state;
    fh_str document;
    fh_stream_take(reader->stream, reader->given);
    reader->given = 0;
    fh_arena_reset(reader->arena);
    fh_status status = find_document(reader, err);
    *at = fh_stream_at(reader->stream);
    if (status == FH_OK) status = read_document(reader, &document, err);
    if (status == FH_OK) convert(document, reader->arena, out);
    return status;
}

const fh_format fh_format_trec = {
    .name = "trec",
    .about = "TREC's SGML: <DOC>, <DOCNO>, <TEXT>",
    .probe = probe,
    .open = open_trec,
    .next = next_trec,
    .close = close_trec,
};
