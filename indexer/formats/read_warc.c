/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Web archives: WARC (ISO 28500, 0.17 to 1.1) and ARC (Internet Archive, 1996), record by record.  Pages that
 * are answers (or resources) of HTML become articles; all else in a crawl is passed over. */
#include "base/limits.h"
#include "base/memory.h"
#include "indexer/decode.h"
#include "indexer/formats/format.h"
#include "indexer/formats/html.h"
#include "indexer/formats/http.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#define MAX_HEAD (64u << 10) /* bytes of a record's own head */
#define ARC_FIELDS 5 /* of a line before a record: address, host, date, type, length; later ones more */

typedef struct warc_reader {
    fh_stream *stream;
    fh_arena *arena;
    bool arc;
    uint64_t passed; /* bytes of the current record that are still to be taken */
    fh_buf text, page;
} warc_reader;

/* What is known of a record before its block. */
typedef struct warc_head {
    fh_str kind, address, type; /* borrowed from the arena */
    fh_date fetched;
    uint64_t length;
} warc_head;

static int probe(fh_str head, fh_str id) {
    (void)id;
    bool known = fh_str_starts(head, FH_STR("WARC/")) || fh_str_starts(head, FH_STR("filedesc://"));
    return known ? FH_PROBE_SURE : FH_PROBE_NO;
}

static void *open_warc(const fh_entry *entry) {
    warc_reader *reader = fh_alloc_zeroed(1, sizeof *reader);
    reader->stream = entry->stream;
    reader->arena = fh_arena_new();
    reader->arc = fh_str_starts(fh_stream_window(entry->stream), FH_STR("filedesc:"));
    return reader;
}

static void close_warc(void *state) {
    warc_reader *reader = state;
    if (!reader) return;
    fh_arena_free(reader->arena);
    fh_buf_free(&reader->text);
    fh_buf_free(&reader->page);
    free(reader);
}

/* ---- Bytes ---- */

/* Makes the window `bytes` long, or as long as the rest is. */
static fh_status want(warc_reader *reader, size_t bytes, fh_error *err) {
    fh_status status = FH_OK;
    while (status == FH_OK && fh_stream_window(reader->stream).len < bytes)
        status = fh_stream_more(reader->stream, err);
    return status == FH_END && fh_stream_window(reader->stream).len ? FH_OK : status;
}

/* Takes what is left of the last record, whatever its length. */
static fh_status pass(warc_reader *reader, fh_error *err) {
    while (reader->passed) {
        fh_status status = want(reader, 1, err);
        if (status != FH_OK) return status;
        size_t window = fh_stream_window(reader->stream).len;
        size_t taken = reader->passed < window ? (size_t)reader->passed : window;
        fh_stream_take(reader->stream, taken);
        reader->passed -= taken;
    }
    return FH_OK;
}

static fh_status pass_blank(warc_reader *reader, fh_error *err) {
    for (;;) {
        fh_status status = want(reader, 1, err);
        if (status != FH_OK) return status;
        fh_str window = fh_stream_window(reader->stream);
        size_t blank = 0;
        while (blank < window.len && isspace((unsigned char)window.ptr[blank])) blank++;
        fh_stream_take(reader->stream, blank);
        if (blank < window.len) return FH_OK;
    }
}

/* Goes behind the line that is no record's beginning. */
static fh_status pass_line(warc_reader *reader, fh_error *err) {
    for (;;) {
        fh_status status = want(reader, 1, err);
        if (status != FH_OK) return status;
        fh_str window = fh_stream_window(reader->stream);
        const char *end = memchr(window.ptr, '\n', window.len);
        fh_stream_take(reader->stream, end ? (size_t)(end - window.ptr) + 1 : window.len);
        if (end) return FH_OK;
    }
}

/* ---- Heads ---- */

static bool read_number(fh_str text, uint64_t *out) {
    char digits[20] = "", *end;
    if (text.len == 0 || text.len >= sizeof digits || !isdigit((unsigned char)text.ptr[0])) return false;
    memcpy(digits, text.ptr, text.len);
    *out = strtoull(digits, &end, 10);
    return *end == '\0';
}

/* Lines up to an empty one: how long they are, 0 where the end does not come. */
static size_t head_length(fh_str window) {
    for (size_t at = 0; at + 1 < window.len; at++) {
        if (window.ptr[at] != '\n') continue;
        if (window.ptr[at + 1] == '\n') return at + 2;
        if (window.ptr[at + 1] == '\r' && at + 2 < window.len && window.ptr[at + 2] == '\n') return at + 3;
    }
    return 0;
}

static fh_str without_brackets(fh_str address) {
    bool wrapped = fh_str_starts(address, FH_STR("<")) && fh_str_ends(address, FH_STR(">"));
    return wrapped ? fh_str_slice(address, 1, address.len - 1) : address;
}

static bool read_warc_head(warc_reader *reader, fh_str window, warc_head *out, size_t *bytes) {
    *bytes = head_length(window);
    if (!*bytes || !fh_str_starts(window, FH_STR("WARC/"))) return false;
    fh_str head = fh_arena_copy(reader->arena, fh_str_slice(window, 0, *bytes));
    out->kind = fh_http_field(head, "WARC-Type");
    out->address = without_brackets(fh_http_field(head, "WARC-Target-URI"));
    out->type = fh_http_field(head, "Content-Type");
    fh_date_parse(fh_http_field(head, "WARC-Date"), &out->fetched);
    return read_number(fh_http_field(head, "Content-Length"), &out->length);
}

/* "20140216050221", in UTC. */
static void date_of_digits(fh_str digits, fh_date *out) {
    char text[] = "20140216T050221Z";
    if (digits.len != strlen("20140216050221")) return;
    memcpy(text, digits.ptr, 8);
    memcpy(text + 9, digits.ptr + 8, 6);
    fh_date_parse(fh_str_from(text), out);
}

/* "http://example.com/ 192.0.2.1 20140216050221 text/html 1591": the first field may have spaces. */
static bool read_arc_head(warc_reader *reader, fh_str window, warc_head *out, size_t *bytes) {
    const char *end = memchr(window.ptr, '\n', window.len);
    if (!end) return false;
    *bytes = (size_t)(end - window.ptr) + 1;
    fh_str line = fh_arena_copy(reader->arena, fh_str_trim(fh_str_slice(window, 0, *bytes)));
    fh_str fields[ARC_FIELDS];
    size_t count = ARC_FIELDS, to = line.len;
    for (size_t at = line.len; at > 0 && count > 1; at--) {
        if (line.ptr[at - 1] != ' ') continue;
        fields[--count] = fh_str_slice(line, at, to);
        to = at - 1;
    }
    if (count > 1 || !read_number(fields[4], &out->length)) return false;
    out->address = fh_str_slice(line, 0, to);
    date_of_digits(fields[2], &out->fetched);
    out->type = fields[3];
    out->kind = fh_str_starts(line, FH_STR("filedesc:")) ? FH_STR("warcinfo") : FH_STR("response");
    return true;
}

/* ---- Records ---- */

static bool is_html(fh_str type) {
    return type.len >= 9 && (!strncasecmp(type.ptr, "text/html", 9) ||
                             (type.len >= 21 && !strncasecmp(type.ptr, "application/xhtml+xml", 21)));
}

/* When a page was sent, where its record does not say when it was fetched. */
static void date_by_answer(const fh_http *http, fh_date *fetched) {
    static const char *const names[] = {"Date", "Last-Modified"};
    for (size_t i = 0; i < sizeof names / sizeof *names && !fetched->year; i++)
        fh_date_parse(fh_http_field(http->head, names[i]), fetched);
}

/* What a record holds, if that is a page: its bytes and its charset. */
static fh_status page_of(warc_reader *reader, warc_head *head, fh_str block, fh_str *charset, bool *found,
                         fh_error *err) {
    fh_http http;
    fh_str body = block;
    bool answer = fh_http_head(block, &http, &body);
    *found = is_html(answer ? http.content_type : head->type) && (!answer || http.status == 200);
    if (!*found) return FH_OK;
    if (answer) date_by_answer(&http, &head->fetched);
    fh_buf_clear(&reader->page);
    *charset = fh_http_charset(answer ? http.content_type : head->type);
    if (answer) return fh_http_body(&http, body, FH_MAX_PAGE, &reader->page, err);
    fh_buf_add(&reader->page, body);
    return FH_OK;
}

static bool may_be_page(const warc_head *head) {
    if (!fh_str_starts(head->address, FH_STR("http"))) return false;
    if (fh_str_equal(head->kind, FH_STR("resource"))) return is_html(head->type);
    return fh_str_equal(head->kind, FH_STR("response"));
}

static fh_status read_record(warc_reader *reader, warc_head *head, fh_article *out, bool *found,
                             fh_error *err) {
    *found = false;
    reader->passed = head->length;
    if (!may_be_page(head)) return FH_OK;
    if (head->length > FH_MAX_PAGE) return FH_OK; /* a film, or an archive: no page is as long */
    fh_status status = want(reader, (size_t)head->length, err);
    if (status != FH_OK) return status;
    fh_str block = fh_stream_window(reader->stream), charset = FH_STR("");
    if (block.len < head->length)
        return fh_fail(err, FH_ERR_IO, NULL, "fetch it again", "the archive is cut off within a record");
    block.len = (size_t)head->length;
    status = page_of(reader, head, block, &charset, found, err);
    if (status != FH_OK || !*found) return status;
    fh_str page = fh_buf_str(&reader->page);
    fh_buf_clear(&reader->text);
    fh_decode_declared(page, charset.len ? charset : fh_html_charset(page), &reader->text);
    for (size_t i = 0; i < reader->text.len; i++)
        if (reader->text.ptr[i] == '\0') reader->text.ptr[i] = ' ';
    status = fh_html_article(fh_buf_str(&reader->text), &head->fetched, reader->arena, out, err);
    if (status == FH_OK && !out->url.len) out->url = head->address;
    return status;
}

static fh_status read_head(warc_reader *reader, warc_head *out, fh_error *err) {
    size_t bytes = 0;
    bool good = false;
    for (size_t wanted = 4096; !good && wanted <= MAX_HEAD; wanted *= 2) {
        fh_status status = want(reader, wanted, err);
        if (status != FH_OK) return status;
        fh_str window = fh_stream_window(reader->stream);
        good = reader->arc ? read_arc_head(reader, window, out, &bytes)
                           : read_warc_head(reader, window, out, &bytes);
        if (bytes) break;
    }
    if (good) {
        fh_stream_take(reader->stream, bytes);
        return FH_OK;
    }
    return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "the head of a record is broken");
}

/* To where another record may begin. */
static void resume(warc_reader *reader) {
    fh_error ignored;
    fh_status status = pass_line(reader, &ignored);
    while (status == FH_OK && !reader->arc) {
        status = want(reader, sizeof "WARC/", &ignored);
        if (status == FH_OK && fh_str_starts(fh_stream_window(reader->stream), FH_STR("WARC/"))) return;
        if (status == FH_OK) status = pass_line(reader, &ignored);
    }
}

static fh_status next_warc(void *state, fh_article *out, uint64_t *at, fh_error *err) {
    warc_reader *reader = state;
    for (bool found = false; !found;) {
        warc_head head = {0};
        fh_arena_reset(reader->arena);
        fh_status status = pass(reader, err);
        if (status == FH_OK) status = pass_blank(reader, err);
        *at = fh_stream_at(reader->stream);
        if (status == FH_OK) status = read_head(reader, &head, err);
        if (status == FH_ERR_INPUT) resume(reader);
        if (status != FH_OK) return status;
        status = read_record(reader, &head, out, &found, err);
        if (status != FH_OK) return status;
    }
    return FH_OK;
}

const fh_format fh_format_warc = {
    .name = "warc",
    .about = "WARC and ARC web archives: the pages in them",
    .probe = probe,
    .open = open_warc,
    .next = next_warc,
    .close = close_warc,
};
