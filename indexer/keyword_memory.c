/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts by hash, in a table that stops growing at a limit: what comes later than that is not learned from.
 */
#include "indexer/keyword_memory.h"
#include "base/memory.h"

#include <stdlib.h>

enum {
    FIRST_SLOTS = 1 << 12,
    MAX_SLOTS = 1 << 21,
    KEYWORD_ARTICLES = 2, /* that gave a keyword by itself */
    PHRASE_ROWS = 3,      /* that have words together, … */
};
#define COHESION 0.6 /* … which is this part at least of the rows with the rarest of them */

typedef struct slot {
    unsigned long long hash; /* 0: empty */
    uint32_t count;
} slot;

struct fh_keyword_memory {
    slot *slots;
    size_t slot_count, used;
};

/* What is counted: a keyword by itself, or words in a row. */
typedef enum kind { KEYWORD = 1, ROW } kind;

fh_keyword_memory *fh_keyword_memory_new(void) {
    fh_keyword_memory *memory = fh_alloc_zeroed(1, sizeof *memory);
    memory->slot_count = FIRST_SLOTS;
    memory->slots = fh_alloc_zeroed(FIRST_SLOTS, sizeof *memory->slots);
    return memory;
}

void fh_keyword_memory_free(fh_keyword_memory *memory) {
    if (!memory) return;
    free(memory->slots);
    free(memory);
}

static unsigned long long hash_words(kind what, fh_tokens words, size_t at, size_t count) {
    unsigned long long hash = fh_hash(FH_HASH_START + what, FH_STR(""));
    for (size_t i = at; i < at + count; i++)
        hash = fh_hash(fh_hash(hash, words.items[i].folded), FH_STR(" "));
    return hash ? hash : 1;
}

static slot *find(const fh_keyword_memory *memory, unsigned long long hash) {
    size_t at = hash & (memory->slot_count - 1);
    while (memory->slots[at].hash && memory->slots[at].hash != hash) at = (at + 1) & (memory->slot_count - 1);
    return &memory->slots[at];
}

static void grow(fh_keyword_memory *memory) {
    slot *old = memory->slots;
    size_t old_count = memory->slot_count;
    memory->slot_count *= 2;
    memory->slots = fh_alloc_zeroed(memory->slot_count, sizeof *memory->slots);
    for (size_t i = 0; i < old_count; i++)
        if (old[i].hash) *find(memory, old[i].hash) = old[i];
    free(old);
}

static void count_words(fh_keyword_memory *memory, kind what, fh_tokens words, size_t at, size_t count) {
    unsigned long long hash = hash_words(what, words, at, count);
    slot *found = find(memory, hash);
    if (!found->hash) {
        if (2 * (memory->used + 1) > memory->slot_count) {
            if (memory->slot_count == MAX_SLOTS) return;
            grow(memory);
            found = find(memory, hash);
        }
        found->hash = hash;
        memory->used++;
    }
    found->count++;
}

void fh_keyword_memory_add(fh_keyword_memory *memory, fh_tokens keyword) {
    if (keyword.count && keyword.count <= FH_KEYWORD_WORDS)
        count_words(memory, KEYWORD, keyword, 0, keyword.count);
}

void fh_keyword_memory_add_row(fh_keyword_memory *memory, fh_tokens row) {
    for (size_t at = 0; at < row.count; at++)
        for (size_t count = 1; count <= FH_KEYWORD_WORDS && at + count <= row.count; count++)
            count_words(memory, ROW, row, at, count);
}

static uint32_t times(const fh_keyword_memory *memory, kind what, fh_tokens row, size_t at, size_t count) {
    return find(memory, hash_words(what, row, at, count))->count;
}

bool fh_keyword_memory_is_keyword(const fh_keyword_memory *memory, fh_tokens row, size_t at, size_t count) {
    return times(memory, KEYWORD, row, at, count) >= KEYWORD_ARTICLES;
}

bool fh_keyword_memory_is_phrase(const fh_keyword_memory *memory, fh_tokens row, size_t at, size_t count) {
    uint32_t together = times(memory, ROW, row, at, count), rarest = UINT32_MAX;
    if (together < PHRASE_ROWS) return false;
    for (size_t i = at; i < at + count; i++) {
        uint32_t alone = times(memory, ROW, row, i, 1);
        if (alone < rarest) rarest = alone;
    }
    return together >= COHESION * rarest;
}
