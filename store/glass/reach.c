/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leaves lead to nothing, and are not read (docs/glass.md). */
#include "store/glass/reach.h"
#include "store/glass/block.h"
#include <unistd.h>

enum {
    BLOCK = FH_GLASS_BLOCK,
    LEVEL_FREE = 254,
    NEXT_FREE = BLOCK - 4, /* where a block of the free list names the next one */
};

typedef struct walk {
    int file;
    fh_block_visitor *visit;
    void *context;
} walk;

static bool load(const walk *w, uint32_t number, unsigned level, unsigned char *block) {
    return pread(w->file, block, BLOCK, (off_t)number * BLOCK) == BLOCK && block[FH_BLOCK_LEVEL] == level;
}

static uint32_t short_at(const unsigned char *block, uint32_t at) {
    return (uint32_t)block[at] << 8 | block[at + 1];
}

static uint32_t number_at(const unsigned char *block, uint32_t at) {
    return short_at(block, at) << 16 | short_at(block, at + 2);
}

static void reach_tree(const walk *w, uint32_t number, unsigned level) {
    unsigned char block[BLOCK];
    if (!w->visit(w->context, number) || level == 0 || !load(w, number, level, block)) return;
    uint32_t end = short_at(block, FH_BLOCK_DIRECTORY_END);
    for (uint32_t at = FH_BLOCK_DIRECTORY; at + FH_BLOCK_ENTRY <= end && end <= BLOCK; at += FH_BLOCK_ENTRY) {
        uint32_t item = short_at(block, at);
        if (item + FH_ITEM_CHILD <= BLOCK) reach_tree(w, number_at(block, item), level - 1);
    }
}

void fh_reach(int file, const struct fh_table_version *table, fh_block_visitor *visit, void *context) {
    unsigned char block[BLOCK];
    walk w = {file, visit, context};
    if (!table->there || table->level >= FH_GLASS_LEVELS) return;
    reach_tree(&w, table->root, table->level);
    uint32_t number = table->free.first;
    for (uint32_t left = table->free.there ? table->blocks : 0; left > 0; left--) {
        if (!visit(context, number) || number == table->free.last || !load(&w, number, LEVEL_FREE, block))
            return;
        number = number_at(block, NEXT_FREE);
    }
}
