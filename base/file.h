/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files, for what is small: lists and settings. */
#ifndef FH_BASE_FILE_H
#define FH_BASE_FILE_H

#include "base/buf.h"
#include "base/error.h"

/* Appends the bytes of a file of at most `limit` bytes to `out`.  Errors, at its path: FH_ERR_NOT_FOUND,
 * FH_ERR_IO, FH_ERR_LIMIT. */
fh_status fh_file_read(const char *path, size_t limit, fh_buf *out, fh_error *err);

/* Writes all of it, in as many turns as it takes; false: errno says why not. */
bool fh_file_write(int file, fh_str bytes);

#endif
