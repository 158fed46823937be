/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A chain of blocks; the newest is filled from its beginning. */
#include "base/arena.h"
#include "base/memory.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Under the address sanitizer, a gap behind each piece that nobody may read or write: what runs over its end
 * is seen as it is with memory of its own. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifdef SANITIZED
#include <sanitizer/asan_interface.h>
#define GAP alignof(max_align_t)
#else
#define GAP 0
#define ASAN_POISON_MEMORY_REGION(from, bytes) ((void)(from), (void)(bytes))
#define ASAN_UNPOISON_MEMORY_REGION(from, bytes) ((void)(from), (void)(bytes))
#endif

#define BLOCK_BYTES (64u << 10)
#define MOST_BYTES (16 * BLOCK_BYTES) /* of a block for more than one thing */

typedef struct block {
    struct block *older;
    size_t capacity, used;
    alignas(max_align_t) char bytes[];
} block;

struct fh_arena {
    block *newest;
};

/* A large one is one thing, and all of it is written: the system takes longer to give it page by page. */
static block *block_new(size_t capacity, block *older) {
    size_t bytes = sizeof(block) + capacity;
    block *made = capacity > MOST_BYTES ? fh_alloc_in_large_pages(bytes) : fh_alloc(bytes);
    made->older = older;
    made->capacity = capacity;
    made->used = 0;
    ASAN_POISON_MEMORY_REGION(made->bytes, capacity);
    return made;
}

static void blocks_free(block *newest) {
    while (newest) {
        block *older = newest->older;
        free(newest);
        newest = older;
    }
}

fh_arena *fh_arena_new(void) {
    fh_arena *arena = fh_alloc(sizeof *arena);
    arena->newest = block_new(BLOCK_BYTES, NULL);
    return arena;
}

void fh_arena_free(fh_arena *arena) {
    if (!arena) return;
    blocks_free(arena->newest);
    free(arena);
}

/* One block of the usual size is kept, so that a big article does not hold its memory for ever. */
void fh_arena_reset(fh_arena *arena) {
    block *kept = arena->newest;
    blocks_free(kept->older);
    if (kept->capacity > MOST_BYTES) {
        free(kept);
        kept = block_new(BLOCK_BYTES, NULL);
    }
    kept->older = NULL;
    kept->used = 0;
    ASAN_POISON_MEMORY_REGION(kept->bytes, kept->capacity);
    arena->newest = kept;
}

void *fh_arena_take(fh_arena *arena, size_t bytes) {
    if (bytes > SIZE_MAX / 2) fh_out_of_memory();
    size_t wanted = ((bytes + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1)) + GAP;
    block *newest = arena->newest;
    if (newest->capacity - newest->used < wanted) {
        size_t capacity = newest->capacity < MOST_BYTES ? newest->capacity * 2 : newest->capacity;
        newest = arena->newest = block_new(wanted > capacity ? wanted : capacity, newest);
    }
    void *memory = newest->bytes + newest->used;
    newest->used += wanted;
    ASAN_UNPOISON_MEMORY_REGION(memory, bytes);
    return memory;
}

void *fh_arena_take_zeroed(fh_arena *arena, size_t bytes) {
    return memset(fh_arena_take(arena, bytes), 0, bytes);
}

fh_str fh_arena_copy(fh_arena *arena, fh_str text) {
    char *copy = fh_arena_take(arena, text.len + 1);
    if (text.len) memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return (fh_str){copy, text.len};
}

fh_str fh_arena_format(fh_arena *arena, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    size_t bytes = length < 0 ? 0 : (size_t)length;
    char *text = fh_arena_take(arena, bytes + 1);
    vsnprintf(text, bytes + 1, format, again);
    va_end(again);
    return (fh_str){text, bytes};
}
