/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts by hash, in a table that stops growing at a limit: what comes later than that is not learned from.
 */
#include "indexer/keyword_memory.h"
#include "base/memory.h"
#include "base/table.h"

#include <stdlib.h>

enum {
    FIRST_PLACES = 1 << 12,
    MAX_PLACES = 1 << 21,
    KEYWORD_ARTICLES = 2, /* that gave a keyword by itself */
    PHRASE_ROWS = 3,      /* that have words together, … */
};
#define COHESION 0.6 /* … which is this part at least of the rows with the rarest of them */

typedef struct counter {
    uint64_t hash;
    uint32_t count;
} counter;

struct fh_keyword_memory {
    fh_table table;
};

/* What is counted: a keyword by itself, or words in a row. */
typedef enum kind { KEYWORD = 1, ROW } kind;

fh_keyword_memory *fh_keyword_memory_new(void) {
    fh_keyword_memory *memory = fh_alloc_zeroed(1, sizeof *memory);
    memory->table = fh_table_new(sizeof(counter), FIRST_PLACES);
    return memory;
}

void fh_keyword_memory_free(fh_keyword_memory *memory) {
    if (!memory) return;
    fh_table_free(&memory->table);
    free(memory);
}

static uint64_t hash_words(kind what, fh_tokens words, size_t at, size_t count) {
    unsigned long long hash = fh_hash(FH_HASH_START + what, FH_STR(""));
    for (size_t i = at; i < at + count; i++)
        hash = fh_hash(fh_hash(hash, words.items[i].folded), FH_STR(" "));
    return fh_table_key(hash);
}

static void count_words(fh_keyword_memory *memory, kind what, fh_tokens words, size_t at, size_t count) {
    fh_table *table = &memory->table;
    uint64_t hash = hash_words(what, words, at, count);
    bool is_full = table->places == MAX_PLACES && fh_table_is_full(table);
    counter *found = is_full ? fh_table_find(table, hash) : fh_table_put(table, hash);
    if (found) found->count++;
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
    const counter *found = fh_table_find(&memory->table, hash_words(what, row, at, count));
    return found ? found->count : 0;
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
