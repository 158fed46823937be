/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON streams to records.  Between records, brackets and commas are only punctuation: a list that lost a
 * comma or its end still gives its elements. */
#include "indexer/formats/json_split.h"
#include "base/limits.h"
#include "base/memory.h"
#include "indexer/formats/json_scan.h"

#include <stdlib.h>

struct fh_json_split {
    fh_stream *stream;
    size_t given;    /* bytes of the record that is out */
    uint64_t arrays; /* open around the records */
    bool wrapped;    /* they are a list within an object */
    bool begun;      /* a record was found */
    bool lost;       /* the end came while looking for the next record after a broken one */
};

fh_json_split *fh_json_split_new(fh_stream *stream) {
    fh_json_split *split = fh_alloc_zeroed(1, sizeof *split);
    split->stream = stream;
    return split;
}

void fh_json_split_free(fh_json_split *split) {
    free(split);
}

/* Where byte `offset` of the window stands. */
static void locate(const fh_json_split *split, size_t offset, fh_json_record *out) {
    fh_str window = fh_stream_window(split->stream);
    out->at = fh_stream_at(split->stream) + offset;
    out->line = fh_stream_line(split->stream);
    for (size_t i = 0; i < offset && i < window.len; i++) out->line += window.ptr[i] == '\n';
}

/* Takes the whole window and reads on. */
static fh_status next_window(fh_json_split *split, fh_error *err) {
    fh_stream_take(split->stream, fh_stream_window(split->stream).len);
    return fh_stream_more(split->stream, err);
}

/* ---- After something broken ---- */

/* Goes behind the next line end. */
static fh_status skip_line(fh_json_split *split, fh_error *err) {
    for (;;) {
        fh_str window = fh_stream_window(split->stream);
        const char *end = window.len ? memchr(window.ptr, '\n', window.len) : NULL;
        if (end) {
            fh_stream_take(split->stream, (size_t)(end - window.ptr) + 1);
            return FH_OK;
        }
        fh_status status = next_window(split, err);
        if (status != FH_OK) return status;
    }
}

/* Goes to a brace that begins a line or follows "},": the next element, as far as anyone can tell. */
static fh_status skip_element(fh_json_split *split, bool line_start, fh_error *err) {
    enum { NOWHERE, CLOSED, READY } state = line_start ? READY : NOWHERE;
    for (;;) {
        fh_str window = fh_stream_window(split->stream);
        for (size_t i = 0; i < window.len; i++) {
            char byte = window.ptr[i];
            if (byte == '{' && state == READY) {
                fh_stream_take(split->stream, i);
                return FH_OK;
            }
            if (byte == '\n')
                state = READY;
            else if (byte == '}')
                state = CLOSED;
            else if (byte == ',' && state == CLOSED)
                state = READY;
            else if (byte != ' ' && byte != '\t' && byte != '\r')
                state = NOWHERE;
        }
        fh_status status = next_window(split, err);
        if (status != FH_OK) return status;
    }
}

/* The window begins with the broken byte.  The end of the stream and its errors come up again with the next
 * call. */
static void resynchronise(fh_json_split *split, bool line_start) {
    fh_error later;
    fh_str window = fh_stream_window(split->stream);
    fh_status status;
    if (split->arrays)
        status = skip_element(split, line_start, &later);
    else if (line_start && window.len && window.ptr[0] == '{')
        status = FH_OK;
    else
        status = skip_line(split, &later);
    split->lost = status != FH_OK;
}

/* ---- Records ---- */

/* Reads past an object that is not wanted: too long, or what is left of a wrapper.  The window begins at
 * scan->at. */
static fh_status skip_object(fh_json_split *split, fh_json_scan *scan, fh_error *err) {
    for (;;) {
        fh_json_found found = fh_json_scan_window(scan, fh_stream_window(split->stream));
        size_t at = scan->at;
        scan->at = 0;
        fh_stream_take(split->stream, at);
        if (found == FH_JSON_WHOLE) return FH_OK;
        if (found != FH_JSON_MORE) {
            resynchronise(split, scan->line_start);
            return FH_OK;
        }
        fh_status status = fh_stream_more(split->stream, err);
        if (status != FH_OK) return status;
    }
}

/* `ended`: the scan has come to its end, else what is left of it is still to be read. */
static fh_status fail_long(fh_json_split *split, fh_json_scan *scan, bool ended, fh_json_record *out,
                           fh_error *err) {
    fh_error later;
    locate(split, 0, out);
    fh_stream_take(split->stream, scan->at);
    scan->at = 0;
    scan->may_wrap = false;
    split->lost = !ended && skip_object(split, scan, &later) != FH_OK;
    return fh_fail(err, FH_ERR_LIMIT, NULL, NULL,
                   "line %llu: longer than the %u MiB that an article may have",
                   (unsigned long long)out->line, FH_MAX_ARTICLE >> 20);
}

/* What a line's first byte shows to be missing, the line before it lacks. */
static size_t line_before(fh_str window, size_t at) {
    size_t blank = 0;
    while (blank < at && strchr(" \t\r\n", window.ptr[at - blank - 1])) blank++;
    return blank;
}

static fh_status fail_broken(fh_json_split *split, const fh_json_scan *scan, fh_json_record *out,
                             fh_error *err) {
    size_t at = scan->at;
    if (scan->line_start) at -= line_before(fh_stream_window(split->stream), at);
    locate(split, at, out);
    /* A string that lacks its quote has swallowed the end of its element, and maybe the next one's beginning.
     */
    bool look_back = split->arrays && !scan->line_start;
    fh_stream_take(split->stream, look_back ? scan->string : scan->at);
    resynchronise(split, scan->line_start);
    return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "line %llu: broken JSON: %s", (unsigned long long)out->line,
                   scan->why);
}

static fh_status fail_cut(fh_json_split *split, fh_json_record *out, fh_error *err) {
    locate(split, 0, out);
    fh_stream_take(split->stream, fh_stream_window(split->stream).len);
    split->lost = true;
    return fh_fail(err, FH_ERR_IO, NULL, "the file may be cut off: fetch it again",
                   "line %llu: broken JSON: the file ends within this object", (unsigned long long)out->line);
}

/* The window begins with a brace.  FH_OK with empty bytes: that was a wrapper, and its list follows. */
static fh_status read_object(fh_json_split *split, fh_json_record *out, fh_error *err) {
    fh_json_scan scan = {.may_wrap = !split->begun && !split->arrays};
    split->begun = true;
    for (;;) {
        fh_str window = fh_stream_window(split->stream);
        switch (fh_json_scan_window(&scan, window)) {
        case FH_JSON_WHOLE:
            if (scan.at > FH_MAX_ARTICLE) return fail_long(split, &scan, true, out, err);
            locate(split, 0, out);
            out->bytes = fh_str_slice(window, 0, scan.at);
            split->given = scan.at;
            return FH_OK;
        case FH_JSON_WRAPPER:
            fh_stream_take(split->stream, scan.at);
            split->wrapped = true;
            split->arrays = 1;
            out->bytes = FH_STR("");
            return FH_OK;
        case FH_JSON_BROKEN: return fail_broken(split, &scan, out, err);
        case FH_JSON_MORE: break;
        }
        if (window.len > FH_MAX_ARTICLE) return fail_long(split, &scan, false, out, err);
        fh_status status = fh_stream_more(split->stream, err);
        if (status == FH_END) return fail_cut(split, out, err);
        if (status != FH_OK) {
            locate(split, 0, out);
            return status;
        }
    }
}

/* Text where an object should begin: passed over up to the next bracket or line. */
static fh_status fail_stray(fh_json_split *split, fh_json_record *out, fh_error *err) {
    locate(split, 0, out);
    fh_status status = FH_OK;
    fh_error later;
    while (status == FH_OK) {
        fh_str window = fh_stream_window(split->stream);
        size_t length = 0;
        while (length < window.len && !memchr("{[]\n", window.ptr[length], 4)) length++;
        fh_stream_take(split->stream, length);
        if (length < window.len) break;
        status = fh_stream_more(split->stream, &later);
    }
    return fh_fail(err, FH_ERR_INPUT, NULL, NULL,
                   "line %llu: not an article: a JSON object should stand here",
                   (unsigned long long)out->line);
}

static fh_status close_array(fh_json_split *split, fh_error *err) {
    if (split->arrays) split->arrays--;
    if (split->arrays || !split->wrapped) return FH_OK;
    split->wrapped = false;
    fh_json_scan rest = fh_json_scan_inside();
    return skip_object(split, &rest, err);
}

static bool is_between(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == ',' || byte == '}' ||
           byte == FH_JSON_RECORD_SEPARATOR;
}

/* The stream's end between records. */
static fh_status end(fh_json_split *split, fh_json_record *out, fh_error *err) {
    bool cut_off = split->arrays && !split->lost;
    split->arrays = 0;
    if (!cut_off) return FH_END;
    locate(split, 0, out);
    return fh_fail(err, FH_ERR_IO, NULL, "the file may be cut off: fetch it again",
                   "line %llu: broken JSON: the file ends within its list", (unsigned long long)out->line);
}

fh_status fh_json_split_next(fh_json_split *split, fh_json_record *out, fh_error *err) {
    fh_stream_take(split->stream, split->given);
    split->given = 0;
    for (;;) {
        fh_str window = fh_stream_window(split->stream);
        char byte = window.len ? window.ptr[0] : '\0';
        fh_status status = FH_OK;
        if (window.len == 0) {
            status = fh_stream_more(split->stream, err);
            if (status == FH_END) return end(split, out, err);
            if (status != FH_OK) locate(split, 0, out);
        } else if (byte == '{') {
            status = read_object(split, out, err);
            if (status == FH_OK && out->bytes.len) return FH_OK;
        } else if (byte == '[' || byte == ']') {
            fh_stream_take(split->stream, 1);
            split->arrays += byte == '[';
            if (byte == ']') status = close_array(split, err);
        } else if (is_between(byte)) {
            fh_stream_take(split->stream, 1);
        } else {
            status = fail_stray(split, out, err);
        }
        if (status == FH_END) return end(split, out, err);
        if (status != FH_OK) return status;
    }
}
