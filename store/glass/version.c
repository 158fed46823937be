/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only what we ask for is taken out of the version file; libxapian judges the rest. */
#include "store/glass/version.h"
#include "base/file.h"
#include "store/glass/crc.h"
#include "store/glass/pack.h"

enum {
    MAGIC = 16,
    LONGEST = 64 << 10,
    ROOT_NUMBERS_BEHIND = 2,
    NO_ROOT = 1,
    LEVEL_SHIFT = 2,
    NUMBERS_BEFORE_LENGTH = 4
};

/* The places in the first and in the last block of the list count in fours, and begin behind its head. */
static uint64_t take_free(fh_str *rest, struct fh_table_version *out) {
    uint64_t revision = fh_glass_take_uint(rest);
    out->blocks = (uint32_t)fh_glass_take_uint(rest);
    out->free.first = (uint32_t)fh_glass_take_uint(rest);
    fh_glass_take_uint(rest);
    out->free.last = (uint32_t)fh_glass_take_uint(rest);
    out->free.there = fh_glass_take_uint(rest) > 0;
    return revision;
}

/* Of each table: root, level, entries, two more numbers, and the free list, which names the commit once more.
 * False: another one than the file. */
static bool take_root(fh_str *rest, uint64_t revision, struct fh_table_version *out) {
    out->root = (uint32_t)fh_glass_take_uint(rest);
    uint64_t flags = fh_glass_take_uint(rest);
    out->level = (uint32_t)(flags >> LEVEL_SHIFT);
    out->there = !(flags & NO_ROOT);
    out->entries = fh_glass_take_uint(rest);
    for (int i = 0; i < ROOT_NUMBERS_BEHIND; i++) fh_glass_take_uint(rest);
    fh_str unused = fh_glass_take_string(rest);
    return !out->there || take_free(&unused, out) == revision;
}

/* False: it is not what a commit wrote. */
static bool take_version(fh_str text, fh_glass_version *out) {
    if (text.len <= MAGIC + FH_VERSION_UUID) return false;
    fh_str rest = fh_str_slice(text, MAGIC + FH_VERSION_UUID, text.len);
    fh_glass_version found = {.sum = fh_crc(text)};
    memcpy(found.uuid, text.ptr + MAGIC, FH_VERSION_UUID);
    found.revision = fh_glass_take_uint(&rest);
    for (size_t i = 0; i < FH_GLASS_TABLES; i++)
        if (!take_root(&rest, found.revision, &found.tables[i])) return false;
    uint64_t documents = fh_glass_take_uint(&rest);
    found.documents = (uint32_t)documents;
    found.last = (uint32_t)(documents + fh_glass_take_uint(&rest));
    for (int i = 0; i < NUMBERS_BEFORE_LENGTH; i++) fh_glass_take_uint(&rest);
    found.length = fh_glass_take_uint(&rest);
    *out = found;
    return true;
}

bool fh_glass_is_untouched(const fh_glass_version *version) {
    unsigned kind = (unsigned char)version->uuid[6] & 0xf0u;
    return version->revision == FH_GLASS_REVISION && kind == FH_GLASS_UUID_KIND;
}

fh_status fh_glass_version_read(const char *dir, fh_glass_version *out, fh_error *err) {
    fh_buf path = {0}, text = {0};
    fh_buf_printf(&path, "%s/" FH_GLASS_MAIN_FILE, dir);
    fh_status status = fh_file_read(path.ptr, LONGEST, &text, err);
    if (status == FH_OK && !take_version(fh_buf_str(&text), out))
        status =
            fh_fail(err, FH_ERR_CORRUPT, path.ptr, "build it anew from its source, or put back a copy of it",
                    "the index is damaged: its main file is cut off, or not as it was written");
    fh_buf_free(&path);
    fh_buf_free(&text);
    return status;
}
