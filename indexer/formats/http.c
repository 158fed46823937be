/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Responses unpacked. */
#include "indexer/formats/http.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>
#include <zlib.h>

#define BLOCK 16384
#define ANY_HEADER (15 + 32) /* zlib: the largest window, gzip or zlib by what the head says */
#define NO_HEADER (-15)

/* ---- The head ---- */

fh_str fh_http_field(fh_str head, const char *name) {
    size_t length = strlen(name);
    fh_str line;
    while (fh_str_line(&head, &line)) {
        if (line.len <= length || line.ptr[length] != ':' || strncasecmp(line.ptr, name, length) != 0)
            continue;
        return fh_str_trim(fh_str_slice(line, length + 1, line.len));
    }
    return FH_STR("");
}

fh_str fh_http_charset(fh_str type) {
    for (size_t at = 0; at + 8 <= type.len; at++) {
        if (strncasecmp(type.ptr + at, "charset=", 8) != 0) continue;
        size_t from = at + 8, to;
        while (from < type.len && strchr("\"' ", type.ptr[from])) from++;
        for (to = from; to < type.len && !strchr("\"'; ", type.ptr[to]);) to++;
        return fh_str_slice(type, from, to);
    }
    return FH_STR("");
}

bool fh_http_head(fh_str message, fh_http *out, fh_str *body) {
    if (!fh_str_starts(message, FH_STR("HTTP/"))) return false;
    fh_str rest = message, line;
    fh_str_line(&rest, &line);
    const char *space = memchr(line.ptr, ' ', line.len);
    const char *from = rest.ptr;
    int status = 0;
    if (space && line.ptr + line.len - space >= 4 && isdigit((unsigned char)space[1]))
        status = (space[1] - '0') * 100 + (space[2] - '0') * 10 + (space[3] - '0');
    size_t head_length = 0;
    while (fh_str_line(&rest, &line) && line.len) head_length = (size_t)(line.ptr + line.len - from);
    *out = (fh_http){.status = status, .head = {from, head_length}};
    out->content_type = fh_http_field(out->head, "Content-Type");
    *body = rest;
    return true;
}

/* ---- The body ---- */

/* False, and nothing appended: the body has no chunks. */
static bool add_chunks(fh_str body, fh_buf *out) {
    fh_str line;
    bool first = true;
    while (fh_str_line(&body, &line)) {
        char size[20] = "", *end;
        line = fh_str_trim(line);
        if (line.len == 0 && !first) continue;
        memcpy(size, line.ptr, line.len < sizeof size - 1 ? line.len : sizeof size - 1);
        unsigned long long bytes = strtoull(size, &end, 16);
        bool is_size = end > size && (*end == '\0' || *end == ';' || isspace((unsigned char)*end));
        if (!is_size) return !first;
        if (bytes == 0) return true;
        first = false;
        size_t taken = bytes < body.len ? (size_t)bytes : body.len;
        fh_buf_add(out, fh_str_slice(body, 0, taken));
        body = fh_str_slice(body, taken, body.len);
    }
    return !first;
}

/* False: these are no such bytes. */
static bool inflate_with(int window, fh_str bytes, size_t limit, fh_buf *out) {
    z_stream stream = {.next_in = (Bytef *)bytes.ptr, .avail_in = (uInt)bytes.len};
    if (inflateInit2(&stream, window) != Z_OK) return false;
    size_t before = out->len;
    int code = Z_OK;
    while (code == Z_OK && out->len - before <= limit) {
        char block[BLOCK];
        stream.next_out = (Bytef *)block;
        stream.avail_out = sizeof block;
        code = inflate(&stream, Z_NO_FLUSH);
        fh_buf_add(out, (fh_str){block, sizeof block - stream.avail_out});
    }
    inflateEnd(&stream);
    return out->len > before;
}

static bool has(fh_str text, const char *word) {
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= text.len; at++)
        if (!strncasecmp(text.ptr + at, word, length)) return true;
    return false;
}

static fh_status unpack(fh_str encoding, fh_str bytes, size_t limit, fh_buf *out, fh_error *err) {
    bool zipped = has(encoding, "gzip") || has(encoding, "deflate");
    if (!zipped && encoding.len && !has(encoding, "identity") && !has(encoding, "utf-8") &&
        !has(encoding, "none"))
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "its compression, \"%.*s\", is not known",
                       FH_STR_ARG(encoding));
    bool done =
        zipped && (inflate_with(ANY_HEADER, bytes, limit, out) || inflate_with(NO_HEADER, bytes, limit, out));
    if (!done) fh_buf_add(out, bytes);
    return FH_OK;
}

fh_status fh_http_body(const fh_http *http, fh_str body, size_t limit, fh_buf *out, fh_error *err) {
    fh_buf joined = {0};
    fh_str bytes = body;
    if (has(fh_http_field(http->head, "Transfer-Encoding"), "chunked") && add_chunks(body, &joined))
        bytes = fh_buf_str(&joined);
    fh_status status = unpack(fh_http_field(http->head, "Content-Encoding"), bytes, limit, out, err);
    fh_buf_free(&joined);
    if (status == FH_OK && out->len > limit)
        return fh_fail(err, FH_ERR_LIMIT, NULL, NULL, "a body of more than %zu MiB when it is unpacked",
                       limit >> 20);
    return status;
}
