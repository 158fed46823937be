/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of names as fields give them. */
#include "indexer/names.h"
#include "base/buf.h"

#include <strings.h>

static const char *const separators[] = {",",     ";", "|", "\n", "\u060C" /* Arabic comma */,
                                         "\u061B" /* Arabic semicolon */};

enum { MAX_NAMES = 1000 }; /* of a list; each is compared with all before it */

void fh_names_add(fh_names *names, fh_str name, fh_arena *arena) {
    name = fh_str_trim(name);
    if (name.len == 0 || names->list.count == MAX_NAMES) return;
    for (size_t i = 0; i < names->list.count; i++)
        if (fh_str_equal(names->list.items[i], name)) return;
    if (names->list.count == names->capacity) {
        size_t capacity = names->capacity ? names->capacity * 2 : 8;
        fh_str *more = FH_ARENA_ARRAY(arena, fh_str, capacity);
        if (names->list.count) memcpy(more, names->list.items, names->list.count * sizeof *more);
        names->list.items = more;
        names->capacity = capacity;
    }
    names->list.items[names->list.count++] = name;
}

static size_t separator_length(fh_str text, size_t at) {
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        fh_str separator = fh_str_from(separators[i]);
        if (fh_str_starts(fh_str_slice(text, at, text.len), separator)) return separator.len;
    }
    return 0;
}

void fh_names_add_split(fh_names *names, fh_str text, fh_arena *arena) {
    size_t from = 0;
    for (size_t at = 0; at <= text.len;) {
        size_t length = at < text.len ? separator_length(text, at) : 1;
        if (length) {
            fh_names_add(names, fh_str_slice(text, from, at), arena);
            from = at + length;
        }
        at += length ? length : 1;
    }
}

fh_str fh_names_join(const fh_names *names, const char *between, fh_arena *arena) {
    fh_buf all = {0};
    for (size_t i = 0; i < names->list.count; i++) {
        if (i) fh_buf_add(&all, fh_str_from(between));
        fh_buf_add(&all, names->list.items[i]);
    }
    fh_str text = fh_arena_copy(arena, fh_buf_str(&all));
    fh_buf_free(&all);
    return text;
}

fh_str fh_byline(fh_str text) {
    static const char *const words[] = {"by:", "by ", "بقلم:", "بقلم ", "كتب:", "كتبت:"};
    text = fh_str_trim(text);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if (text.len > length && !strncasecmp(text.ptr, words[i], length))
            return fh_str_trim(fh_str_slice(text, length, text.len));
    }
    return text;
}

void fh_names_keep(fh_article *article, fh_arena *arena) {
    fh_str *const texts[] = {&article->id,     &article->url,     &article->title,   &article->source,
                             &article->author, &article->section, &article->language};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = fh_arena_copy(arena, fh_str_trim(*texts[i]));
    for (size_t i = 0; i < article->keywords.count; i++)
        article->keywords.items[i] = fh_arena_copy(arena, fh_str_trim(article->keywords.items[i]));
}
