/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names to files, within folders. */
#include "indexer/local_file.h"
#include "base/buf.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <strings.h>

#define NAME_MOST 2048 /* bytes; sitemaps.org allows no longer address */

/* What a page of an address may be called where it was saved. */
static const char *const endings[] = {"", ".html", ".htm", "/index.html"};

static int hex_digit(char digit) {
    if (isdigit((unsigned char)digit)) return digit - '0';
    return isxdigit((unsigned char)digit) ? tolower((unsigned char)digit) - 'a' + 10 : -1;
}

/* "%D8%A7" of an address (RFC 3986, 2.1). */
static fh_str unescape(fh_str text, fh_arena *arena) {
    char *bytes = fh_arena_take(arena, text.len + 1);
    size_t len = 0;
    for (size_t at = 0; at < text.len; at++) {
        bool escape = text.ptr[at] == '%' && at + 2 < text.len;
        int high = escape ? hex_digit(text.ptr[at + 1]) : -1, low = escape ? hex_digit(text.ptr[at + 2]) : -1;
        bool good = high >= 0 && low >= 0;
        bytes[len++] = good ? (char)(high * 16 + low) : text.ptr[at];
        if (good) at += 2;
    }
    return (fh_str){bytes, len};
}

/* Steps upwards and hidden names are no names of articles, whatever they lead to. */
static bool is_clean(fh_str path) {
    if (!path.len || path.len > NAME_MOST || path.ptr[0] == '/') return false;
    for (size_t i = 0; i < path.len; i++) {
        unsigned char byte = (unsigned char)path.ptr[i];
        bool begins = i == 0 || path.ptr[i - 1] == '/';
        if (byte < ' ' || byte == '\\' || byte == '\x7f' || (begins && byte == '.')) return false;
    }
    return true;
}

static fh_str without_dots(fh_str path) {
    while (fh_str_starts(path, FH_STR("./"))) path = fh_str_slice(path, 2, path.len);
    return path;
}

/* Links are followed, as far as they stay within the folder. */
static fh_local look(const char *folder, fh_str path, fh_arena *arena, fh_local_file *out) {
    char whole[PATH_MAX], top[PATH_MAX];
    const char *joined = fh_arena_format(arena, "%s/%.*s", folder, FH_STR_ARG(path)).ptr;
    if (!realpath(folder, top) || !realpath(joined, whole)) return FH_LOCAL_MISSING;
    fh_str found = fh_str_from(whole), within = fh_str_from(strcmp(top, "/") == 0 ? "" : top);
    if (!fh_str_starts(found, within) || found.ptr[within.len] != '/') return FH_LOCAL_REFUSED;
    if (stat(whole, &out->facts) != 0 || !S_ISREG(out->facts.st_mode)) return FH_LOCAL_MISSING;
    out->path = joined;
    return FH_LOCAL_FOUND;
}

static fh_local look_in_all(fh_str path, const char *const *folders, size_t count, fh_arena *arena,
                            fh_local_file *out) {
    if (!is_clean(path)) return FH_LOCAL_REFUSED;
    for (size_t i = 0; i < count; i++) {
        fh_local found = look(folders[i], path, arena, out);
        if (found != FH_LOCAL_MISSING) return found;
    }
    return FH_LOCAL_MISSING;
}

/* ---- Addresses ---- */

/* "host/path" and "path", with the query that some crawlers keep in the name, and without. */
static fh_local look_for_page(fh_str rest, const char *const *folders, size_t count, fh_arena *arena,
                              fh_local_file *out) {
    const char *slash = memchr(rest.ptr, '/', rest.len), *hash = memchr(rest.ptr, '#', rest.len);
    if (hash) rest.len = (size_t)(hash - rest.ptr);
    if (!slash || (hash && slash > hash)) return FH_LOCAL_ON_WEB;
    const char *query = memchr(rest.ptr, '?', rest.len);
    fh_str from[] = {fh_str_slice(rest, (size_t)(slash - rest.ptr) + 1, rest.len), rest};
    for (size_t i = 0; i < 2; i++) {
        const char *ends[] = {rest.ptr + rest.len, query ? query : rest.ptr + rest.len};
        for (size_t j = 0; j < (query ? 2 : 1); j++) {
            if (ends[j] < from[i].ptr) continue;
            fh_str path = unescape((fh_str){from[i].ptr, (size_t)(ends[j] - from[i].ptr)}, arena);
            while (path.len && path.ptr[path.len - 1] == '/') path.len--;
            if (path.len && !is_clean(path)) return FH_LOCAL_REFUSED;
            for (size_t k = 0; path.len && k < sizeof endings / sizeof *endings; k++) {
                fh_str name = fh_arena_format(arena, "%.*s%s", FH_STR_ARG(path), endings[k]);
                fh_local found = look_in_all(name, folders, count, arena, out);
                if (found != FH_LOCAL_MISSING) return found;
            }
        }
    }
    return FH_LOCAL_ON_WEB;
}

/* An absolute path is good where it lies in one of the folders. */
static fh_local look_for_file(fh_str path, const char *const *folders, size_t count, fh_arena *arena,
                              fh_local_file *out) {
    if (fh_str_starts(path, FH_STR("//localhost/")))
        path = fh_str_slice(path, strlen("//localhost"), path.len);
    else if (fh_str_starts(path, FH_STR("//")))
        path = fh_str_slice(path, 2, path.len);
    path = unescape(path, arena);
    if (!path.len || path.ptr[0] != '/') return look_in_all(without_dots(path), folders, count, arena, out);
    char top[PATH_MAX];
    for (size_t i = 0; i < count; i++) {
        if (!realpath(folders[i], top)) continue;
        fh_str begin = fh_arena_format(arena, "%s/", top);
        if (!fh_str_starts(path, begin)) continue;
        fh_str below = fh_str_slice(path, begin.len, path.len);
        return is_clean(below) ? look(folders[i], below, arena, out) : FH_LOCAL_REFUSED;
    }
    return FH_LOCAL_REFUSED;
}

/* The length of "https:", 0 where there is none. */
static size_t scheme_length(fh_str name) {
    size_t at = 0;
    while (at < name.len && (isalnum((unsigned char)name.ptr[at]) || strchr("+-.", name.ptr[at]))) at++;
    return at > 1 && at < name.len && name.ptr[at] == ':' ? at + 1 : 0;
}

fh_local fh_local_find(fh_str name, const char *const *folders, size_t count, fh_arena *arena,
                       fh_local_file *out) {
    size_t scheme = scheme_length(name);
    fh_str rest = fh_str_slice(name, scheme, name.len);
    if (name.len > NAME_MOST) return FH_LOCAL_REFUSED;
    if (scheme == strlen("file:") && !strncasecmp(name.ptr, "file:", scheme))
        return look_for_file(rest, folders, count, arena, out);
    if (fh_str_starts(rest, FH_STR("//")) && (scheme || !fh_str_starts(rest, FH_STR("///"))))
        return look_for_page(fh_str_slice(rest, 2, rest.len), folders, count, arena, out);
    if (scheme) return FH_LOCAL_REFUSED;
    fh_local found = look_in_all(without_dots(rest), folders, count, arena, out);
    if (found != FH_LOCAL_MISSING) return found;
    return look_in_all(without_dots(unescape(rest, arena)), folders, count, arena, out);
}
