/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing is cut but in that case: a main file that is damaged must not take blocks from a table. */
#include "store/glass/trim.h"
#include "base/buf.h"
#include "store/glass/block.h"
#include "store/glass/version.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Has it the block of the highest number, which stands for none? */
static bool has_stray_block(const char *path) {
    struct stat facts;
    return stat(path, &facts) == 0 && facts.st_size / FH_GLASS_BLOCK > UINT32_MAX;
}

static fh_status trim(const char *path, const struct fh_table_version *table, fh_error *err) {
    if (!table->there || !has_stray_block(path)) return FH_OK;
    if (truncate(path, (off_t)table->blocks * FH_GLASS_BLOCK) == 0) return FH_OK;
    return fh_fail(err, FH_ERR_IO, path, "check the disk and the permissions there",
                   "it cannot be made shorter: %s", strerror(errno));
}

fh_status fh_glass_trim(const char *dir, fh_error *err) {
    fh_glass_version version;
    fh_buf path = {0};
    fh_status status = fh_glass_version_read(dir, &version, err);
    for (int i = 0; status == FH_OK && i < FH_GLASS_TABLES; i++) {
        fh_buf_clear(&path);
        fh_buf_printf(&path, "%s/%s", dir, fh_glass_file((fh_glass_table)i));
        status = trim(path.ptr, &version.tables[i], err);
    }
    fh_buf_free(&path);
    return status;
}
