/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fihris-index --entities: the names that an index has learned, shown and put right. */
#ifndef FH_INDEXER_NAME_BOOK_COMMAND_H
#define FH_INDEXER_NAME_BOOK_COMMAND_H

#include "indexer/name_book.h"

/* "list|export|learn|merge|reject|restore", for the option's help. */
extern const char fh_name_book_actions[];

/* Does the action, with the words behind it, on an index open for writing; what it has to say is appended to
 * `out`.  Errors: FH_ERR_USAGE (no such action, too few or too many words), FH_ERR_NOT_FOUND (no such name),
 * and of the store. */
fh_status fh_name_book_command(fh_store *store, fh_name_book *book, const char *action,
                               const char *const *words, size_t count, fh_buf *out, fh_error *err);

#endif
