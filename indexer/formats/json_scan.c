/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scanner of JSON objects. */
#include "indexer/formats/json_scan.h"
#include "base/eight.h"

#include <strings.h>

#define KNOWN_DEPTH 64 /* below this, objects and arrays are no longer told apart */

#define SCALAR 'x' /* stands in `before` for numbers, true, false and null */

/* Keys that a list of articles is found under. */
static const char *const list_keys[] = {"articles", "items",   "documents", "docs",    "data",
                                        "results",  "entries", "records",   "stories", "posts"};

fh_json_scan fh_json_scan_inside(void) {
    return (fh_json_scan){.depth = 1, .before = SCALAR};
}

static bool is_array(const fh_json_scan *scan) {
    return scan->depth < KNOWN_DEPTH && (scan->arrays >> scan->depth & 1);
}

static bool value_may_start(const fh_json_scan *scan) {
    if (scan->depth == 0) return true;
    return scan->before == ':' || scan->before == ',' || scan->before == '[' || scan->before == '{';
}

/* As above, for what cannot be a key. */
static bool unnamed_may_start(const fh_json_scan *scan) {
    if (scan->depth == 0 || scan->depth >= KNOWN_DEPTH) return value_may_start(scan);
    return is_array(scan) ? scan->before == ',' || scan->before == '[' : scan->before == ':';
}

static bool names_list(fh_str key) {
    for (size_t i = 0; i < sizeof list_keys / sizeof *list_keys; i++)
        if (strlen(list_keys[i]) == key.len && strncasecmp(list_keys[i], key.ptr, key.len) == 0) return true;
    return false;
}

static fh_json_found broken(fh_json_scan *scan, const char *why) {
    scan->why = why;
    return FH_JSON_BROKEN;
}

static fh_json_found open_container(fh_json_scan *scan, fh_str window, char byte) {
    if (!unnamed_may_start(scan)) return broken(scan, "something is missing before a bracket");
    if (scan->list_opened && byte == '{') return FH_JSON_WRAPPER;
    scan->list_opened = scan->may_wrap && scan->depth == 1 && byte == '[' &&
                        names_list(fh_str_slice(window, scan->key, scan->key_end));
    scan->depth++;
    if (scan->depth < KNOWN_DEPTH) {
        uint64_t bit = 1ULL << scan->depth;
        scan->arrays = byte == '[' ? scan->arrays | bit : scan->arrays & ~bit;
    }
    scan->before = byte;
    return FH_JSON_MORE;
}

static fh_json_found close_container(fh_json_scan *scan, char byte) {
    if (scan->depth < KNOWN_DEPTH && is_array(scan) != (byte == ']'))
        return broken(scan, "a bracket closes what another kind opened");
    scan->depth--;
    scan->before = byte;
    return scan->depth == 0 ? FH_JSON_WHOLE : FH_JSON_MORE;
}

/* A byte within a string. */
static fh_json_found scan_string(fh_json_scan *scan, char byte) {
    if (byte == '\n') return broken(scan, "a string is not closed on its line");
    if (scan->escaped) {
        scan->escaped = false;
    } else if (byte == '\\') {
        scan->escaped = true;
    } else if (byte == '"') {
        scan->in_string = false;
        scan->before = '"';
        if (scan->depth == 1) scan->key_end = scan->at;
    }
    return FH_JSON_MORE;
}

static fh_json_found scan_byte(fh_json_scan *scan, fh_str window, char byte) {
    switch (byte) {
    case '\n': scan->line_start = true; return FH_JSON_MORE;
    case ' ':
    case '\t':
    case '\r': return FH_JSON_MORE;
    case '{':
    case '[': return open_container(scan, window, byte);
    case '}':
    case ']': return close_container(scan, byte);
    case ',':
    case ':': scan->before = byte; break;
    case '"':
        if (!value_may_start(scan)) return broken(scan, "something is missing before a string");
        scan->in_string = true;
        scan->string = scan->at;
        if (scan->depth == 1) scan->key = scan->at + 1;
        break;
    default:
        if (scan->before != SCALAR && !unnamed_may_start(scan)) return broken(scan, "a stray character");
        scan->before = SCALAR;
    }
    return FH_JSON_MORE;
}

static bool is_plain(char byte) {
    return (unsigned char)byte >= ' ' && byte != '"' && byte != '\\';
}

size_t fh_json_plain_end(fh_str text, size_t at) {
    for (; text.len - at >= FH_EIGHT; at += FH_EIGHT) {
        uint64_t bytes = fh_eight_at(text.ptr + at);
        uint64_t ends = fh_eight_below(bytes, ' ') | fh_eight_equal(bytes, '"') | fh_eight_equal(bytes, '\\');
        if (ends) return at + fh_eight_first(ends);
    }
    while (at < text.len && is_plain(text.ptr[at])) at++;
    return at;
}

fh_json_found fh_json_scan_window(fh_json_scan *scan, fh_str window) {
    for (; scan->at < window.len; scan->at++) {
        if (scan->in_string && !scan->escaped) scan->at = fh_json_plain_end(window, scan->at);
        if (scan->at == window.len) break;
        char byte = window.ptr[scan->at];
        fh_json_found found = scan->in_string ? scan_string(scan, byte) : scan_byte(scan, window, byte);
        if (found == FH_JSON_MORE) {
            bool blank = byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
            if (!blank) scan->line_start = false;
            if (!blank && byte != '[') scan->list_opened = false;
            continue;
        }
        if (found == FH_JSON_WHOLE) scan->at++;
        return found;
    }
    return FH_JSON_MORE;
}
