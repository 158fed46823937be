/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Responses unpacked. */
#include "indexer/formats/http.h"
#include "indexer/formats/unpack.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

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

static bool has(fh_str text, const char *word) {
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= text.len; at++)
        if (!strncasecmp(text.ptr + at, word, length)) return true;
    return false;
}

fh_status fh_http_body(const fh_http *http, fh_str body, size_t limit, fh_buf *out, fh_error *err) {
    fh_buf joined = {0};
    fh_str bytes = body;
    if (has(fh_http_field(http->head, "Transfer-Encoding"), "chunked") && add_chunks(body, &joined))
        bytes = fh_buf_str(&joined);
    fh_status status = fh_unpack(fh_http_field(http->head, "Content-Encoding"), bytes, limit, out, err);
    fh_buf_free(&joined);
    return status;
}
