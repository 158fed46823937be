/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that the sitemaps among the sources list, with what they say of them: found before anything is
 * read, so that a page knows its facts whichever of the two is read first. */
#ifndef FH_INDEXER_LISTING_H
#define FH_INDEXER_LISTING_H

#include "base/arena.h"
#include "base/date.h"
#include "store/store.h"

#include <stdint.h>
#include <sys/stat.h>

typedef struct fh_listing fh_listing;

/* What sitemaps say of a file; the strings live as long as the listing. */
typedef struct fh_listed {
    const char *path;
    const char *part; /* the source that is this file alone: "FOLDER/./FILE" (indexer/walk.h) */
    fh_str address;   /* where it was on the web; empty where the sitemap names a file */
    fh_str title, source, language;
    fh_strs keywords;
    fh_date published;
    uint64_t hash;   /* of all of it */
    uint32_t number; /* from 0 */
    uint32_t sitemap;
    uint64_t device, inode;
} fh_listed;

/* A sitemap among the sources, or in another one. */
typedef struct fh_sitemap_seen {
    const char *part;
    const char *problem, *hint; /* what could not be taken from it, in a sentence; NULL: nothing */
    uint32_t number;
    uint64_t device, inode;
} fh_sitemap_seen;

/* Looks through the sources; what cannot be read is left to the reader to complain of. */
fh_listing *fh_listing_new(const char *const *sources, size_t count);
void fh_listing_free(fh_listing *listing); /* takes NULL */

/* NULL: the file is not listed, is no sitemap.  Take a NULL listing. */
const fh_listed *fh_listing_find(const fh_listing *listing, const struct stat *file);
const fh_sitemap_seen *fh_listing_sitemap(const fh_listing *listing, const struct stat *file);

/* How many there are of each; the files by number, so that those of one sitemap follow each other. */
size_t fh_listing_files(const fh_listing *listing);
size_t fh_listing_sitemaps(const fh_listing *listing);
const fh_listed *fh_listing_file(const fh_listing *listing, size_t number);

/* What the article does not say of itself is taken from its sitemap; `alone`: no other one is in the file. */
void fh_listed_fill(const fh_listed *listed, bool alone, fh_article *article);

#endif
