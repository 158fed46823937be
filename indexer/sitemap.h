/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sitemaps (sitemaps.org 0.9, with Google's extension for news 0.9): what they say of each address.  An index
 * of sitemaps is one too: its addresses are other sitemaps. */
#ifndef FH_INDEXER_SITEMAP_H
#define FH_INDEXER_SITEMAP_H

#include "base/arena.h"
#include "base/error.h"
#include "store/store.h"

/* What stands beside an address; all of it may be empty. */
typedef struct fh_sitemap_entry {
    fh_str address; /* `loc`, as it is written */
    fh_str title, source, language;
    fh_strs keywords;
    fh_date published; /* guessed where it is only when the page was last changed */
} fh_sitemap_entry;

/* Does the file, plain or with gzip, begin as a sitemap does? */
bool fh_sitemap_is(const char *path);

/* Told of each entry, which lives until it returns; false: enough. */
typedef bool fh_sitemap_visitor(void *context, const fh_sitemap_entry *entry);

/* Reads a sitemap to its end.  Errors: FH_ERR_IO, FH_ERR_INPUT (broken, or without an address), FH_ERR_LIMIT
 * (more than FH_MAX_SITEMAP bytes when it is unpacked); what came before them was told. */
fh_status fh_sitemap_read(const char *path, fh_sitemap_visitor *visit, void *context, fh_error *err);

#define FH_MAX_SITEMAP (64u << 20) /* bytes; the standard has 50 MiB */

/* For fh_xml_begins: what a sitemap's outermost element is called. */
extern const char *const fh_sitemap_roots[];

#endif
