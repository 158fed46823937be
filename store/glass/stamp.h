/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tells a commit from the one before it, or an index from another one in its place, without reading
 * anything: every commit writes the main file anew and renames it over the old one. */
#ifndef FH_STORE_GLASS_STAMP_H
#define FH_STORE_GLASS_STAMP_H

#include <stdbool.h>
#include <sys/stat.h>

typedef struct fh_stamp {
    dev_t device;
    ino_t file;
    struct timespec written;
} fh_stamp;

/* All zeros where there is no index. */
fh_stamp fh_stamp_take(const char *dir);

/* Is it still the one of `dir`? */
bool fh_stamp_holds(const fh_stamp *stamp, const char *dir);

#endif
