/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a block of a glass table is made of (docs/glass.md, "Blocks"): where things are in it, and how many
 * bytes they have. */
#ifndef FH_STORE_GLASS_BLOCK_H
#define FH_STORE_GLASS_BLOCK_H

#include <stdint.h>

#define FH_GLASS_BLOCK 8192

/* Levels of a tree at most: a branch has 30 items at least, so 2^32 blocks are reached far below. */
#define FH_GLASS_LEVELS 10

/* Pieces of a tag at most. */
#define FH_GLASS_PIECES 65535

/* The head. */
enum {
    FH_BLOCK_LEVEL = 4,
    FH_BLOCK_MAX_FREE = 5,
    FH_BLOCK_TOTAL_FREE = 7,
    FH_BLOCK_DIRECTORY_END = 9,
    FH_BLOCK_DIRECTORY = 11,
    FH_BLOCK_ENTRY = 2, /* bytes of the directory for an item */
};

/* The revision that wrote a block, with which it begins. */
static inline uint32_t fh_block_revision(const unsigned char *block) {
    return (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 | block[3];
}

/* An item: its size in a leaf, its child in a branch; then the key behind its length, and which piece. */
enum {
    FH_ITEM_SIZE = 2,
    FH_ITEM_SIZE_LESS = 3, /* by so many bytes it is larger than its size says */
    FH_ITEM_CHILD = 4,
    FH_ITEM_PIECE = 2,
};

/* Above the size of a leaf's item: of a tag's pieces it is the first one, the last one, and the tag is
 * deflated. */
enum { FH_ITEM_FIRST = 1 << 13, FH_ITEM_LAST = 1 << 14, FH_ITEM_DEFLATED = 1 << 15 };

#endif
