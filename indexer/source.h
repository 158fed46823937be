/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources to entries: files, and what is in archives and compressed files, as streams of bytes. */
#ifndef FH_INDEXER_SOURCE_H
#define FH_INDEXER_SOURCE_H

#include "base/error.h"
#include "indexer/walk.h"
#include <stdint.h>

typedef struct fh_source fh_source;

/* The names of sources must outlive it, and so must the listing, which may be NULL, and `stop`: when a signal
 * sets it, what is being read cannot be read on.  NULL: nothing stops it. */
fh_source *fh_source_new(const char *const *sources, size_t count, const fh_listing *listing,
                         const volatile bool *stop);
void fh_source_free(fh_source *source); /* takes NULL */

/* Goes to the next entry that can hold text; FH_END after the last.  After an error, which names its place in
 * err->where, the next call goes on with what follows. */
fh_status fh_source_next(fh_source *source, fh_error *err);

/* The entry's id, "news/2024/a.txt", "news.zip/inner/a.txt", without the suffix of its compression; and its
 * place for messages,
 * "/x/news.zip:inner/a.txt".  Borrowed until the next entry. */
fh_str fh_source_id(const fh_source *source);
fh_str fh_source_place(const fh_source *source);

/* The file that is this entry, borrowed until the next one; NULL where it is a member of an archive. */
const fh_file *fh_source_file(const fh_source *source);

/* The entry's next bytes, borrowed until the next call: an fh_block_reader with the source as its context.
 * FH_ERR_IO for an entry that is damaged, cut off or locked; err->where is left to the caller. */
fh_status fh_source_read(void *source, fh_str *block, fh_error *err);

/* Bytes of files taken, and of entries given. */
uint64_t fh_source_bytes(const fh_source *source);
uint64_t fh_source_text_bytes(const fh_source *source);

#endif
