/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file, and when it was written. */
#include "store/glass/stamp.h"
#include "base/buf.h"
#include "store/glass/glass.h"

fh_stamp fh_stamp_take(const char *dir) {
    fh_stamp stamp = {0};
    struct stat facts;
    fh_buf path = {0};
    fh_buf_printf(&path, "%s/" FH_GLASS_MAIN_FILE, dir);
    if (stat(path.ptr, &facts) == 0) stamp = (fh_stamp){facts.st_dev, facts.st_ino, facts.st_mtim};
    fh_buf_free(&path);
    return stamp;
}

bool fh_stamp_holds(const fh_stamp *stamp, const char *dir) {
    fh_stamp now = fh_stamp_take(dir);
    return now.device == stamp->device && now.file == stamp->file &&
           now.written.tv_sec == stamp->written.tv_sec && now.written.tv_nsec == stamp->written.tv_nsec;
}
