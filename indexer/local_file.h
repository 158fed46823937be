/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From what a list calls a file to the file: a relative path, a file: URL, or the address that a page was
 * saved from, as crawlers lay pages out.  Nothing outside of the list's own folders is ever touched. */
#ifndef FH_INDEXER_LOCAL_FILE_H
#define FH_INDEXER_LOCAL_FILE_H

#include "base/arena.h"

#include <sys/stat.h>

typedef enum fh_local {
    FH_LOCAL_FOUND,
    FH_LOCAL_MISSING, /* a path, and there is no such file */
    FH_LOCAL_ON_WEB,  /* an address, and no file here is called so */
    FH_LOCAL_REFUSED, /* it leads out of the folder, is absolute, hidden, or no name of a file */
} fh_local;

typedef struct fh_local_file {
    const char *path; /* "FOLDER/NAME" */
    struct stat facts;
} fh_local_file;

/* Looks for `name` in the folders, one after another.  `*out` is in the arena, and set if it is found. */
fh_local fh_local_find(fh_str name, const char *const *folders, size_t count, fh_arena *arena,
                       fh_local_file *out);

#endif
