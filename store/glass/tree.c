/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of a glass database, loaded from its lowest key to its highest: a block that is full is written
 * behind the last one, and becomes an item of the block above it. */
#include "base/memory.h"
#include "store/glass/block.h"
#include "store/glass/glass.h"
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    BLOCK = FH_GLASS_BLOCK,
    FOUR = 4, /* items that fit into any block */
    MAX_ITEM = (BLOCK - FH_BLOCK_DIRECTORY - FOUR * FH_BLOCK_ENTRY) / FOUR,
    WORTH_A_PIECE =
        34,        /* bytes of a tag beside a key's length that a cut is worth, as xapian-compact has it */
    GATHERED = 32, /* blocks written at once */
};

typedef struct key_of {
    uint8_t len;
    uint16_t piece;
    unsigned char bytes[FH_GLASS_KEY_MAX];
} key_of;

typedef struct level {
    unsigned char block[BLOCK];
    size_t directory_end, items_start;
    key_of divider; /* what leads to this block from above */
    bool used;
} level;

struct fh_glass_tree {
    int file, why; /* why: errno of the first write that failed, or 0 */
    level *levels[FH_GLASS_LEVELS];
    key_of keys[2], *last, *now;
    unsigned char *gathered;
    size_t gathered_count;
    uint32_t blocks;
    uint64_t entries;
};

static void put16(unsigned char *at, size_t number) {
    at[0] = (unsigned char)(number >> 8);
    at[1] = (unsigned char)number;
}

static void put32(unsigned char *at, uint32_t number) {
    put16(at, number >> 16);
    put16(at + 2, number & 0xffff);
}

/* ---- Blocks ---- */

static void write_gathered(fh_glass_tree *tree) {
    const unsigned char *from = tree->gathered;
    size_t left = tree->gathered_count * BLOCK;
    tree->gathered_count = 0;
    while (left > 0 && tree->why == 0) {
        ssize_t written = write(tree->file, from, left);
        if (written < 0) {
            if (errno != EINTR) tree->why = errno;
            continue;
        }
        from += written;
        left -= (size_t)written;
    }
}

static void start_block(level *at) {
    memset(at->block, 0, BLOCK);
    at->directory_end = FH_BLOCK_DIRECTORY;
    at->items_start = BLOCK;
    at->used = true;
}

static level *level_at(fh_glass_tree *tree, size_t number) {
    if (!tree->levels[number]) {
        tree->levels[number] = fh_alloc_zeroed(1, sizeof(level));
        start_block(tree->levels[number]);
    }
    return tree->levels[number];
}

static uint32_t write_block(fh_glass_tree *tree, size_t number) {
    level *at = tree->levels[number];
    size_t room = at->items_start - at->directory_end;
    put32(at->block, FH_GLASS_REVISION);
    at->block[FH_BLOCK_LEVEL] = (unsigned char)number;
    put16(at->block + FH_BLOCK_MAX_FREE, room);
    put16(at->block + FH_BLOCK_TOTAL_FREE, room);
    put16(at->block + FH_BLOCK_DIRECTORY_END, at->directory_end);
    memcpy(tree->gathered + tree->gathered_count++ * BLOCK, at->block, BLOCK);
    if (tree->gathered_count == GATHERED) write_gathered(tree);
    return tree->blocks++;
}

static size_t room_in(const level *at) {
    return at->items_start - at->directory_end;
}

/* Room for an item of `size` bytes, which is there. */
static unsigned char *take_item(level *at, size_t size) {
    at->items_start -= size;
    put16(at->block + at->directory_end, at->items_start);
    at->directory_end += FH_BLOCK_ENTRY;
    return at->block + at->items_start;
}

static void lead_to(fh_glass_tree *tree, size_t number, const key_of *divider, uint32_t child);

/* Writes the block of a level and starts the next one, which `divider` will lead to. */
static void next_block(fh_glass_tree *tree, size_t number, const key_of *divider) {
    level *at = tree->levels[number];
    uint32_t written = write_block(tree, number);
    lead_to(tree, number + 1, &at->divider, written);
    start_block(at);
    at->divider = *divider;
}

/* Adds an item to the branch block of level `number`. */
static void lead_to(fh_glass_tree *tree, size_t number, const key_of *divider, uint32_t child) {
    level *at = level_at(tree, number);
    if (room_in(at) < FH_ITEM_CHILD + 1u + divider->len + FH_ITEM_PIECE + FH_BLOCK_ENTRY)
        next_block(tree, number, divider);
    bool first = at->directory_end == FH_BLOCK_DIRECTORY;
    size_t len = first ? 0 : divider->len;
    unsigned char *item = take_item(at, FH_ITEM_CHILD + 1 + len + FH_ITEM_PIECE);
    put32(item, child);
    item[FH_ITEM_CHILD] = (unsigned char)len;
    memcpy(item + FH_ITEM_CHILD + 1, divider->bytes, len);
    put16(item + FH_ITEM_CHILD + 1 + len, first ? 0 : divider->piece);
}

/* ---- Entries ---- */

static void add_piece(level *leaf, const key_of *key, fh_str bytes, unsigned flags) {
    size_t head = FH_ITEM_SIZE + 1u + key->len + (key->piece > 1 ? FH_ITEM_PIECE : 0);
    unsigned char *item = take_item(leaf, head + bytes.len);
    put16(item, (head + bytes.len - FH_ITEM_SIZE_LESS) | flags);
    item[FH_ITEM_SIZE] = key->len;
    memcpy(item + FH_ITEM_SIZE + 1, key->bytes, key->len);
    if (key->piece > 1) put16(item + head - FH_ITEM_PIECE, key->piece);
    if (bytes.len) memcpy(item + head, bytes.ptr, bytes.len);
}

/* The shortest key that parts this entry from the one before. */
static key_of divider_of(const key_of *before, const key_of *key) {
    key_of divider = *key;
    size_t same = 0, least = before->len < key->len ? before->len : key->len;
    while (same < least && before->bytes[same] == key->bytes[same]) same++;
    if (key->piece == 1 && same < key->len) divider.len = (uint8_t)(same + 1);
    return divider;
}

static void next_leaf(fh_glass_tree *tree, const key_of *before, const key_of *key) {
    key_of divider = divider_of(before, key);
    next_block(tree, 0, &divider);
}

/* How much of a tag's rest goes into this leaf; SIZE_MAX: nothing is worth it. */
static size_t piece_for(const level *leaf, size_t head, size_t key_len, size_t left) {
    size_t most = left < MAX_ITEM - head ? left : MAX_ITEM - head;
    if (room_in(leaf) >= head + FH_BLOCK_ENTRY + most) return most;
    size_t taken = head + FH_BLOCK_ENTRY + key_len + WORTH_A_PIECE;
    return room_in(leaf) >= taken ? room_in(leaf) - head - FH_BLOCK_ENTRY : SIZE_MAX;
}

void fh_glass_tree_add(fh_glass_tree *tree, fh_str key, fh_str tag, bool deflated) {
    level *leaf = tree->levels[0];
    key_of *now = tree->now, *before = tree->last;
    now->len = (uint8_t)key.len;
    now->piece = 1;
    memcpy(now->bytes, key.ptr, key.len);
    for (size_t done = 0;;) {
        size_t head = FH_ITEM_SIZE + 1 + key.len + (now->piece > 1 ? FH_ITEM_PIECE : 0);
        size_t len = piece_for(leaf, head, key.len, tag.len - done);
        if (len == SIZE_MAX) {
            next_leaf(tree, now->piece > 1 ? now : before, now);
            continue;
        }
        bool last = done + len == tag.len;
        add_piece(leaf, now, (fh_str){tag.ptr + done, len},
                  (now->piece == 1 ? FH_ITEM_FIRST : 0u) | (last ? FH_ITEM_LAST : 0u) |
                      (deflated ? FH_ITEM_DEFLATED : 0u));
        if (last) break;
        done += len;
        now->piece++;
    }
    tree->last = now;
    tree->now = before;
    tree->entries++;
}

/* ---- A table's life ---- */

fh_glass_tree *fh_glass_tree_new(int file) {
    fh_glass_tree *tree = fh_alloc_zeroed(1, sizeof *tree);
    tree->file = file;
    tree->gathered = fh_alloc(GATHERED * BLOCK);
    tree->last = &tree->keys[0];
    tree->now = &tree->keys[1];
    tree->last->piece = 1;
    add_piece(level_at(tree, 0), tree->last, FH_STR(""), FH_ITEM_FIRST | FH_ITEM_LAST);
    return tree;
}

bool fh_glass_tree_finish(fh_glass_tree *tree, fh_glass_root *out) {
    size_t number = 0;
    uint32_t block = write_block(tree, 0);
    while (number + 1 < FH_GLASS_LEVELS && tree->levels[number + 1]) {
        lead_to(tree, number + 1, &tree->levels[number]->divider, block);
        block = write_block(tree, ++number);
    }
    write_gathered(tree);
    if (tree->why == 0 && fsync(tree->file) != 0) tree->why = errno;
    if (close(tree->file) != 0 && tree->why == 0) tree->why = errno;
    tree->file = -1;
    *out = (fh_glass_root){block, (uint32_t)number, tree->blocks, tree->entries};
    errno = tree->why;
    return tree->why == 0;
}

void fh_glass_tree_free(fh_glass_tree *tree) {
    if (!tree) return;
    if (tree->file >= 0) close(tree->file);
    for (size_t i = 0; i < FH_GLASS_LEVELS; i++) free(tree->levels[i]);
    free(tree->gathered);
    free(tree);
}
