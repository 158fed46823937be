/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Articles out of an index and back, so that nobody is locked in: JSON lines that any program reads, and that
 * fihris-index takes back to the letter. */
#ifndef FH_INDEXER_EXPORT_H
#define FH_INDEXER_EXPORT_H

#include "base/buf.h"
#include "store/store.h"

#include <jansson.h>

/* Takes text up; false: nobody wants more of it. */
typedef bool fh_sink(void *context, fh_str text);

/* Gives every article of an index as a line, in the order they came in.  FH_END: the sink wants no more.
 * Errors: of the store. */
fh_status fh_export(fh_store *store, fh_sink *sink, void *context, fh_error *err);

/* An object with this key is an exported article: its strings are what they were, and nothing in them is
 * markup. */
#define FH_EXPORT_MARK "fihris"
#define FH_EXPORT_VERSION 1

/* Appends one object, without a line end.  Entities are left out: they are found again. */
void fh_article_export(const fh_article *article, fh_buf *out);

bool fh_is_exported(const json_t *object);

/* Its strings are borrowed from the object and the arena. */
fh_article fh_exported_article(const json_t *object, fh_arena *arena);

#endif
