/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file, or standard input, as libarchive reads it.  Unlike libarchive's own way it ends when it is told to,
 * even if nothing comes, and remembers that reading failed: libarchive tries many formats, and forgets why it
 * came to know none. */
#ifndef FH_INDEXER_INLET_H
#define FH_INDEXER_INLET_H

#include <archive.h>
#include <stdbool.h>

typedef struct fh_inlet {
    const volatile bool *stop; /* set by a signal, or NULL */
    int file;                  /* its descriptor */
    bool came;                 /* is there a byte in it? */
    int failed;                /* an errno, or 0 */
    char *block;
} fh_inlet;

/* What libarchive says; `path` is NULL for standard input.  The archive closes it when it is freed, and the
 * inlet must stay where it is until then.  Only `stop` is looked at of what was in it. */
int fh_inlet_open(fh_inlet *inlet, const char *path, struct archive *archive);

#endif
