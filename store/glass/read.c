/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries of a table in the order of keys, by a walk down its tree: what was written to it later stands
 * in blocks anywhere in the file. */
#include "store/glass/read.h"
#include "base/memory.h"
#include "store/glass/block.h"
#include "store/glass/deflate.h"
#include "store/glass/version.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct level {
    unsigned char block[FH_GLASS_BLOCK];
    size_t at, end; /* of the directory */
} level;

struct fh_glass_reader {
    int file; /* -1: there is none */
    fh_buf path, key, tag;
    level leaf;                       /* the block at hand */
    level *branches[FH_GLASS_LEVELS]; /* those that lead to it, from level 1 on */
    uint32_t root;
    unsigned root_level;
    bool begun;
    fh_glass_inflater *inflater;
};

/* ---- Opening ---- */

fh_status fh_glass_read(const char *dir, fh_glass_table table, fh_glass_reader **out, fh_error *err) {
    fh_glass_version version;
    fh_status status = fh_glass_version_read(dir, &version, err);
    if (status != FH_OK) return status;
    const struct fh_table_version *known = &version.tables[table];
    fh_glass_reader *reader = fh_alloc_zeroed(1, sizeof *reader);
    fh_buf_printf(&reader->path, "%s/%s", dir, fh_glass_file(table));
    reader->root = known->root;
    reader->root_level = known->level;
    reader->file = known->there ? open(reader->path.ptr, O_RDONLY | O_CLOEXEC) : -1;
    if (reader->file < 0 && known->there && errno != ENOENT) {
        fh_fail(err, FH_ERR_IO, reader->path.ptr, "check the permissions there", "it cannot be read: %s",
                strerror(errno));
        fh_glass_reader_free(reader);
        return FH_ERR_IO;
    }
    *out = reader;
    return FH_OK;
}

void fh_glass_reader_free(fh_glass_reader *reader) {
    if (!reader) return;
    if (reader->file >= 0) close(reader->file);
    for (size_t i = 0; i < FH_GLASS_LEVELS; i++) free(reader->branches[i]);
    fh_buf_free(&reader->path);
    fh_buf_free(&reader->key);
    fh_buf_free(&reader->tag);
    fh_glass_inflater_free(reader->inflater);
    free(reader);
}

/* ---- Blocks ---- */

static size_t number_at(const level *from, size_t at) {
    return (size_t)from->block[at] << 8 | from->block[at + 1];
}

fh_status fh_glass_damaged(const fh_glass_reader *reader, fh_error *err) {
    return fh_fail(err, FH_ERR_CORRUPT, reader->path.ptr,
                   "remove the directory it is in, and index the archive again", "it is damaged");
}

static level *level_at(fh_glass_reader *reader, unsigned number) {
    if (number == 0) return &reader->leaf;
    if (!reader->branches[number]) reader->branches[number] = fh_alloc_zeroed(1, sizeof(level));
    return reader->branches[number];
}

static fh_status load(fh_glass_reader *reader, unsigned number, uint32_t block, fh_error *err) {
    level *to = level_at(reader, number);
    for (size_t got = 0; got < FH_GLASS_BLOCK;) {
        off_t at = (off_t)block * FH_GLASS_BLOCK + (off_t)got;
        ssize_t more = pread(reader->file, to->block + got, FH_GLASS_BLOCK - got, at);
        if (more < 0 && errno == EINTR) continue;
        if (more < 0)
            return fh_fail(err, FH_ERR_IO, reader->path.ptr, "check the disk", "it cannot be read: %s",
                           strerror(errno));
        if (more == 0) return fh_glass_damaged(reader, err);
        got += (size_t)more;
    }
    to->at = FH_BLOCK_DIRECTORY;
    to->end = number_at(to, FH_BLOCK_DIRECTORY_END);
    return to->block[FH_BLOCK_LEVEL] == number && to->end <= FH_GLASS_BLOCK ? FH_OK
                                                                            : fh_glass_damaged(reader, err);
}

/* The block that the next item of a branch leads to. */
static fh_status take_child(fh_glass_reader *reader, level *from, uint32_t *out, fh_error *err) {
    size_t item = number_at(from, from->at);
    from->at += 2;
    if (item + FH_ITEM_CHILD > FH_GLASS_BLOCK) return fh_glass_damaged(reader, err);
    *out = (uint32_t)(number_at(from, item) << 16 | number_at(from, item + 2));
    return FH_OK;
}

/* Loads the block, of this level, and the first one below it of each level down to the leaf. */
static fh_status descend(fh_glass_reader *reader, unsigned number, uint32_t block, fh_error *err) {
    fh_status status = load(reader, number, block, err);
    while (status == FH_OK && number > 0) {
        status = take_child(reader, level_at(reader, number--), &block, err);
        if (status == FH_OK) status = load(reader, number, block, err);
    }
    return status;
}

/* Goes to the next leaf.  FH_END: there is none left. */
static fh_status next_leaf(fh_glass_reader *reader, fh_error *err) {
    if (reader->file < 0) return FH_END;
    if (reader->root_level >= FH_GLASS_LEVELS) return fh_glass_damaged(reader, err);
    if (!reader->begun) {
        reader->begun = true;
        return descend(reader, reader->root_level, reader->root, err);
    }
    for (unsigned number = 1; number <= reader->root_level; number++) {
        level *above = level_at(reader, number);
        uint32_t block = 0;
        if (above->at >= above->end) continue;
        fh_status status = take_child(reader, above, &block, err);
        return status == FH_OK ? descend(reader, number - 1, block, err) : status;
    }
    return FH_END;
}

/* ---- Entries ---- */

/* Adds a piece to the tag; `*flags` are the item's. */
static fh_status take_item(fh_glass_reader *reader, size_t *flags, fh_error *err) {
    level *leaf = &reader->leaf;
    size_t item = number_at(leaf, leaf->at);
    leaf->at += 2;
    if (item + FH_ITEM_SIZE + 1 > FH_GLASS_BLOCK) return fh_glass_damaged(reader, err);
    *flags = number_at(leaf, item);
    size_t size = (*flags & (FH_ITEM_FIRST - 1)) + FH_ITEM_SIZE_LESS,
           key_len = leaf->block[item + FH_ITEM_SIZE];
    size_t head = FH_ITEM_SIZE + 1 + key_len + (*flags & FH_ITEM_FIRST ? 0 : FH_ITEM_PIECE);
    if (size < head || item + size > FH_GLASS_BLOCK) return fh_glass_damaged(reader, err);
    const char *bytes = (const char *)leaf->block + item;
    if (*flags & FH_ITEM_FIRST) {
        fh_buf_clear(&reader->key);
        fh_buf_clear(&reader->tag);
        fh_buf_add(&reader->key, (fh_str){bytes + FH_ITEM_SIZE + 1, key_len});
    }
    fh_buf_add(&reader->tag, (fh_str){bytes + head, size - head});
    return FH_OK;
}

fh_status fh_glass_next(fh_glass_reader *reader, fh_glass_entry *out, fh_error *err) {
    size_t flags = 0;
    do {
        fh_status status = reader->leaf.at < reader->leaf.end ? FH_OK : next_leaf(reader, err);
        if (status == FH_OK) status = take_item(reader, &flags, err);
        if (status == FH_END) {
            *out = (fh_glass_entry){.there = false};
            return FH_OK;
        }
        if (status != FH_OK) return status;
    } while (!(flags & FH_ITEM_LAST) || reader->key.len == 0);
    *out =
        (fh_glass_entry){fh_buf_str(&reader->key), fh_buf_str(&reader->tag), flags & FH_ITEM_DEFLATED, true};
    return FH_OK;
}

fh_status fh_glass_plain(fh_glass_reader *reader, fh_glass_entry *entry, fh_error *err) {
    if (!entry->there || !entry->deflated) return FH_OK;
    if (!reader->inflater) reader->inflater = fh_glass_inflater_new();
    entry->deflated = false;
    return fh_glass_inflate(reader->inflater, &entry->tag) ? FH_OK : fh_glass_damaged(reader, err);
}
