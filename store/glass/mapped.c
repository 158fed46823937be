/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A walk down a tree of blocks to a key (docs/glass.md). */
#include "store/glass/mapped.h"
#include "base/buf.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- The file ---- */

static bool map_file(int file, fh_mapped *out) {
    struct stat facts;
    if (fstat(file, &facts) != 0 || facts.st_size < FH_GLASS_BLOCK) return false;
    void *bytes = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_SHARED, file, 0);
    if (bytes == MAP_FAILED) return false;
    out->bytes = bytes;
    out->size = (size_t)facts.st_size;
    return true;
}

bool fh_mapped_open(const char *dir, fh_glass_table table, const fh_glass_version *version, fh_proof *proof,
                    fh_mapped *out) {
    const struct fh_table_version *known = &version->tables[table];
    *out = (fh_mapped){.root = known->root, .level = known->level, .name = table, .proof = proof};
    if (!known->there) return true;
    if (known->level >= FH_GLASS_LEVELS) return false;
    fh_buf path = {0};
    fh_buf_printf(&path, "%s/%s", dir, fh_glass_file(table));
    int file = open(path.ptr, O_RDONLY | O_CLOEXEC);
    bool mapped = file >= 0 && map_file(file, out);
    if (file >= 0) close(file);
    fh_buf_free(&path);
    return mapped;
}

void fh_mapped_close(fh_mapped *table) {
    if (table->bytes) munmap((void *)table->bytes, table->size);
    *table = (fh_mapped){0};
}

void fh_mapped_release(const fh_mapped *table) {
    if (table->bytes) madvise((void *)table->bytes, table->size, MADV_DONTNEED);
}

/* ---- Blocks and items ---- */

static const unsigned char *block_at(const fh_lookup *place, unsigned level) {
    return place->table->bytes + (size_t)place->path[level].block * FH_GLASS_BLOCK;
}

static uint32_t number_at(const unsigned char *block, uint32_t at) {
    return (uint32_t)block[at] << 8 | block[at + 1];
}

static bool damaged(fh_lookup *place) {
    place->broken = true;
    return false;
}

/* Goes to the first item of a block. */
static bool enter(fh_lookup *place, unsigned level, uint32_t block) {
    if (((size_t)block + 1) * FH_GLASS_BLOCK > place->table->size) return damaged(place);
    place->path[level].block = block;
    place->path[level].at = FH_BLOCK_DIRECTORY;
    const unsigned char *bytes = block_at(place, level);
    if (!fh_proof_holds(place->table->proof, place->table->name, block, bytes)) return damaged(place);
    place->path[level].end = number_at(bytes, FH_BLOCK_DIRECTORY_END);
    uint32_t end = place->path[level].end;
    return (bytes[FH_BLOCK_LEVEL] == level && end >= FH_BLOCK_DIRECTORY && end <= FH_GLASS_BLOCK) ||
           damaged(place);
}

/* The key of an item, which stands behind `head` bytes of it. */
static bool key_of(const unsigned char *block, uint32_t item, uint32_t head, fh_str *out) {
    if (item + head >= FH_GLASS_BLOCK || item + head + 1u + block[item + head] > FH_GLASS_BLOCK) return false;
    *out = (fh_str){(const char *)block + item + head + 1, block[item + head]};
    return true;
}

/* Is an item of a branch behind the first piece of the key? */
static bool is_behind(const unsigned char *block, uint32_t item, fh_str key) {
    fh_str own;
    if (!key_of(block, item, FH_ITEM_CHILD, &own)) return true;
    int order = fh_str_compare(own, key);
    uint32_t piece = item + FH_ITEM_CHILD + 1 + (uint32_t)own.len;
    return order > 0 ||
           (order == 0 && piece + FH_ITEM_PIECE <= FH_GLASS_BLOCK && number_at(block, piece) > 1);
}

static bool is_before(const unsigned char *block, uint32_t item, fh_str key) {
    fh_str own;
    return key_of(block, item, FH_ITEM_SIZE, &own) && fh_str_compare(own, key) < 0;
}

/* Goes to the last item of a branch that is not behind the key; the first one is behind none. */
static void seek_in_branch(fh_lookup *place, unsigned level, fh_str key) {
    const unsigned char *block = block_at(place, level);
    uint32_t low = 0, high = (place->path[level].end - FH_BLOCK_DIRECTORY) / FH_BLOCK_ENTRY;
    while (high - low > 1) {
        uint32_t middle = (low + high) / 2;
        if (is_behind(block, number_at(block, FH_BLOCK_DIRECTORY + middle * FH_BLOCK_ENTRY), key))
            high = middle;
        else
            low = middle;
    }
    place->path[level].at = FH_BLOCK_DIRECTORY + low * FH_BLOCK_ENTRY;
}

/* Goes to the first item of the leaf that is not before the key. */
static void seek_in_leaf(fh_lookup *place, fh_str key) {
    const unsigned char *block = block_at(place, 0);
    uint32_t low = 0, high = (place->path[0].end - FH_BLOCK_DIRECTORY) / FH_BLOCK_ENTRY;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (is_before(block, number_at(block, FH_BLOCK_DIRECTORY + middle * FH_BLOCK_ENTRY), key))
            low = middle + 1;
        else
            high = middle;
    }
    place->path[0].at = FH_BLOCK_DIRECTORY + low * FH_BLOCK_ENTRY;
}

/* Enters the block that the item of a branch at hand leads to, and steps behind the item. */
static bool enter_child(fh_lookup *place, unsigned level) {
    const unsigned char *block = block_at(place, level);
    uint32_t at = place->path[level].at, item = number_at(block, at);
    if (at + FH_BLOCK_ENTRY > place->path[level].end || item + FH_ITEM_CHILD > FH_GLASS_BLOCK)
        return damaged(place);
    place->path[level].at += FH_BLOCK_ENTRY;
    return enter(place, level - 1, number_at(block, item) << 16 | number_at(block, item + 2));
}

static bool next_leaf(fh_lookup *place) {
    unsigned level = 1;
    while (level <= place->table->level && place->path[level].at >= place->path[level].end) level++;
    if (level > place->table->level) return false;
    for (; level > 0; level--)
        if (!enter_child(place, level)) return false;
    return true;
}

/* Goes back by an item.  False: there is none before it, or it is broken. */
static bool step_back(fh_lookup *place) {
    const uint32_t least = FH_BLOCK_DIRECTORY + FH_BLOCK_ENTRY;
    unsigned level = 0;
    if (place->path[0].at >= least) {
        place->path[0].at -= FH_BLOCK_ENTRY;
        return true;
    }
    do level++; /* a branch is behind the item that was entered */
    while (level <= place->table->level && place->path[level].at < least + FH_BLOCK_ENTRY);
    if (level > place->table->level) return false;
    place->path[level].at -= 2 * FH_BLOCK_ENTRY;
    for (; level > 0; level--) {
        if (!enter_child(place, level)) return false;
        uint32_t items = (place->path[level - 1].end - FH_BLOCK_DIRECTORY) / FH_BLOCK_ENTRY;
        if (items == 0) return damaged(place);
        place->path[level - 1].at = FH_BLOCK_DIRECTORY + (items - 1) * FH_BLOCK_ENTRY;
    }
    return true;
}

/* ---- Entries ---- */

/* Takes the next item, the first or a further piece of an entry. */
static bool take_item(fh_lookup *place, bool first, uint32_t *flags, fh_str *piece) {
    while (place->path[0].at + FH_BLOCK_ENTRY > place->path[0].end)
        if (!next_leaf(place)) return false;
    const unsigned char *block = block_at(place, 0);
    uint32_t item = number_at(block, place->path[0].at);
    place->path[0].at += FH_BLOCK_ENTRY;
    fh_str key;
    if (!key_of(block, item, FH_ITEM_SIZE, &key)) return damaged(place);
    *flags = number_at(block, item);
    uint32_t size = (*flags & (FH_ITEM_FIRST - 1)) + FH_ITEM_SIZE_LESS;
    uint32_t head = FH_ITEM_SIZE + 1 + (uint32_t)key.len + (*flags & FH_ITEM_FIRST ? 0 : FH_ITEM_PIECE);
    if (size < head || item + size > FH_GLASS_BLOCK || !(*flags & FH_ITEM_FIRST) == first)
        return damaged(place);
    *piece = (fh_str){(const char *)block + item + head, size - head};
    place->key = key;
    return true;
}

/* Goes through the further pieces of a tag and puts them to `to`, unless that is NULL.  False: one of them is
 * not there, or there are more bytes than `room`. */
static bool take_pieces(fh_lookup *place, char *to, size_t room, size_t *len) {
    uint32_t flags = 0;
    fh_str piece;
    for (*len = 0; !(flags & FH_ITEM_LAST); *len += piece.len) {
        if (!take_item(place, false, &flags, &piece)) return damaged(place);
        if (to && piece.len > room - *len) return damaged(place);
        if (to) memcpy(to + *len, piece.ptr, piece.len);
    }
    return true;
}

/* First measured, then copied: some tags are megabytes. */
static bool join_pieces(fh_lookup *place, fh_str first) {
    fh_lookup ahead = *place;
    size_t rest, len;
    if (!take_pieces(&ahead, NULL, 0, &rest)) return damaged(place);
    char *bytes = FH_ARENA_ARRAY(place->arena, char, first.len + rest + 1);
    memcpy(bytes, first.ptr, first.len);
    if (!take_pieces(place, bytes + first.len, rest, &len)) return false;
    place->tag = (fh_str){bytes, first.len + len};
    return true;
}

static bool take_any_first(fh_lookup *place) {
    uint32_t flags;
    if (!take_item(place, true, &flags, &place->tag)) return false;
    place->where = (uint64_t)((const unsigned char *)place->tag.ptr - place->table->bytes);
    place->deflated = flags & FH_ITEM_DEFLATED;
    place->joined = !(flags & FH_ITEM_LAST);
    return true;
}

/* Takes the first piece of the next entry; one without a key is the table's own. */
static bool take_first(fh_lookup *place) {
    do {
        if (!take_any_first(place)) return false;
    } while (place->key.len == 0);
    return true;
}

static bool take_rest(fh_lookup *place) {
    return !place->joined || join_pieces(place, place->tag);
}

bool fh_lookup_next(fh_lookup *place) {
    return place->table->bytes && take_first(place) && take_rest(place);
}

bool fh_lookup_peek(const fh_lookup *place, fh_str *key) {
    fh_lookup ahead = *place;
    if (!take_first(&ahead)) return false;
    *key = ahead.key;
    return true;
}

/* Goes to the leaf where the key belongs. */
static bool descend(fh_lookup *place, fh_str key) {
    unsigned level = place->table->level;
    if (!place->table->bytes || !enter(place, level, place->table->root)) return false;
    for (; level > 0; level--) {
        seek_in_branch(place, level, key);
        if (!enter_child(place, level)) return false;
    }
    seek_in_leaf(place, key);
    return true;
}

bool fh_lookup_seek(fh_lookup *place, fh_str key) {
    return descend(place, key) && fh_lookup_next(place);
}

bool fh_lookup_find(fh_lookup *place, fh_str key) {
    return descend(place, key) && take_first(place) && fh_str_equal(place->key, key) && take_rest(place);
}

/* Goes back to where the entry before the item at hand begins. */
static bool go_back(fh_lookup *place) {
    for (unsigned pieces = 0; pieces < FH_GLASS_PIECES; pieces++) {
        if (!step_back(place)) return false;
        const unsigned char *block = block_at(place, 0);
        uint32_t item = number_at(block, place->path[0].at);
        if (item + FH_ITEM_SIZE > FH_GLASS_BLOCK) return damaged(place);
        if (number_at(block, item) & FH_ITEM_FIRST) return true;
    }
    return damaged(place);
}

static bool stands_at(const fh_lookup *place, fh_str key) {
    const unsigned char *block = block_at(place, 0);
    uint32_t at = place->path[0].at;
    fh_str own;
    return at + FH_BLOCK_ENTRY <= place->path[0].end &&
           key_of(block, number_at(block, at), FH_ITEM_SIZE, &own) && fh_str_equal(own, key);
}

bool fh_lookup_find_last(fh_lookup *place, fh_str key) {
    return descend(place, key) && (stands_at(place, key) || go_back(place)) && take_any_first(place) &&
           place->key.len > 0 && take_rest(place);
}
