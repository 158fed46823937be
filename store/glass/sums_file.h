/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of sums: a head that can be read alone, and the sums of each table in the order of its blocks. */
#ifndef FH_STORE_GLASS_SUMS_FILE_H
#define FH_STORE_GLASS_SUMS_FILE_H

#include "store/glass/sums.h"
#include "store/glass/version.h"

typedef struct fh_sums {
    fh_glass_version version; /* its uuid and sum */
    uint64_t revision;        /* that they were taken at */
    uint32_t blocks[FH_GLASS_TABLES];
    uint32_t *sums[FH_GLASS_TABLES];
} fh_sums;

void fh_sums_free(fh_sums *sums);

/* `*there` is false where there is no such file.  The head alone has no sums.  FH_ERR_IO, FH_ERR_CORRUPT. */
fh_status fh_sums_read(const char *dir, bool *there, fh_sums *out, fh_error *err);
fh_status fh_sums_read_head(const char *dir, bool *there, fh_sums *out, fh_error *err);

/* The file as it lies on the disk: its head, and behind it the sums of all tables, as fh_crc_take takes them.
 */
typedef struct fh_sums_map {
    fh_sums head;
    const char *bytes, *sums; /* NULL: there is no such file, and the head is all zeros */
    size_t size;
} fh_sums_map;

/* That the sums are as they were written is not looked at: fh_sums_read does.  FH_ERR_IO, FH_ERR_CORRUPT. */
fh_status fh_sums_map_open(const char *dir, fh_sums_map *out, fh_error *err);
void fh_sums_map_close(fh_sums_map *map);

/* Through to the disk, and in one step.  FH_ERR_IO. */
fh_status fh_sums_write(const char *dir, const fh_sums *sums, fh_error *err);

#endif
