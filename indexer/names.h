/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small words for readers: the first text that says something, and lists of names. */
#ifndef FH_INDEXER_NAMES_H
#define FH_INDEXER_NAMES_H

#include "base/arena.h"
#include "store/store.h"

/* `text`, where it is not blank; else `otherwise`. */
static inline fh_str fh_or(fh_str text, fh_str otherwise) {
    return fh_str_trim(text).len ? text : otherwise;
}

typedef struct fh_names {
    fh_strs list;
    size_t capacity;
} fh_names;

/* Adds a name that is not blank and not there yet; nothing to a list of a thousand. */
void fh_names_add(fh_names *names, fh_str name, fh_arena *arena);

/* Adds what stands between commas, semicolons, bars and lines, Arabic ones too. */
void fh_names_add_split(fh_names *names, fh_str text, fh_arena *arena);

/* All of them in one text. */
fh_str fh_names_join(const fh_names *names, const char *between, fh_arena *arena);

/* A byline without the words that only say it is one: "By John Doe", «بقلم: …». */
fh_str fh_byline(fh_str text);

/* Copies an article's texts, trimmed, out of what they were read from; its body is left as it is. */
void fh_names_keep(fh_article *article, fh_arena *arena);

#endif
