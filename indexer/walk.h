/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources to files: folders are walked in byte order of their names, so that a run can be repeated.
 *
 * "news/./2024/a.txt" is a part of the source "news": its files are called as they are when all of it is
 * walked. */
#ifndef FH_INDEXER_WALK_H
#define FH_INDEXER_WALK_H

#include "base/error.h"
#include "indexer/listing.h"
#include <stdint.h>

typedef struct fh_file {
    const char *path;               /* NULL: standard input */
    const char *id;                 /* the path below the source's parent: "news/2024/a.txt" */
    uint64_t bytes;                 /* 0 where `sized` is false */
    bool sized;                     /* a regular file */
    const fh_listed *listed;        /* what sitemaps say of it, or NULL */
    const fh_sitemap_seen *sitemap; /* that it is one, or NULL */
    const char *part; /* the source that is this file alone, where its source is not around it; else NULL */
} fh_file;

typedef struct fh_walk fh_walk;

/* The sources must outlive the walk, and so must the listing, which may be NULL.  With it, what the sitemaps
 * in a source list follows the source, and no listed file is given twice. */
fh_walk *fh_walk_new(const char *const *sources, size_t count, const fh_listing *listing);
void fh_walk_free(fh_walk *walk); /* takes NULL */

/* The next file, borrowed until the next call; FH_END after the last.  Left out silently, within folders:
 * hidden files, indexes, and what is no file (sockets, devices).  Errors: FH_ERR_NOT_FOUND, FH_ERR_IO,
 * FH_ERR_LIMIT (too deep), for one file or folder; the walk goes on after them. */
fh_status fh_walk_next(fh_walk *walk, fh_file *out, fh_error *err);

/* What a walk passes over within a folder, by its name: hidden things, what an underscore sets aside, a note
 * on the folder. */
bool fh_walk_sets_aside(const char *name);

/* An index in a folder of news is no news. */
bool fh_walk_is_index(const char *folder);

/* Bytes of all files of the sources; 0 where that cannot be known beforehand. */
uint64_t fh_walk_measure(const char *const *sources, size_t count, const fh_listing *listing);

#endif
