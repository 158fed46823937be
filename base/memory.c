/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that is there, or the end of the program. */
#include "base/memory.h"

#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unicode/uclean.h>
#include <unistd.h>

enum { KEPT_AT_END = 4 << 20 /* bytes of small pieces' free memory, before it goes back */ };

void fh_out_of_memory(void) {
    fputs("fihris: out of memory\nhint: use a smaller --jobs, or free memory on this machine\n", stderr);
    exit(2);
}

void *fh_alloc(size_t bytes) {
    void *memory = malloc(bytes ? bytes : 1);
    if (!memory) fh_out_of_memory();
    return memory;
}

void *fh_alloc_zeroed(size_t count, size_t bytes) {
    void *memory = calloc(count ? count : 1, bytes ? bytes : 1);
    if (!memory) fh_out_of_memory();
    return memory;
}

void *fh_realloc(void *old, size_t bytes) {
    void *memory = realloc(old, bytes ? bytes : 1);
    if (!memory) fh_out_of_memory();
    return memory;
}

void *fh_grow_more(void *items, size_t *capacity, size_t item_bytes) {
    size_t wanted = *capacity ? *capacity * 2 : 8;
    if (wanted > SIZE_MAX / item_bytes) fh_out_of_memory();
    *capacity = wanted;
    return fh_realloc(items, wanted * item_bytes);
}

void *fh_alloc_in_large_pages(size_t bytes) {
    size_t rounded = (bytes + FH_LARGE - 1) / FH_LARGE * FH_LARGE;
    void *memory = aligned_alloc(FH_LARGE, rounded);
    if (!memory) fh_out_of_memory();
    madvise(memory, rounded, MADV_HUGEPAGE); /* advice: without it, all is well but slower */
    return memory;
}

void *fh_alloc_pages(size_t bytes) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    void *memory = aligned_alloc(page, (bytes + page - 1) / page * page);
    if (!memory) fh_out_of_memory();
    return memory;
}

void *fh_alloc_large(size_t bytes) {
    return memset(fh_alloc_in_large_pages(bytes), 0, bytes);
}

/* Both thresholds rise by themselves otherwise, with the first large piece that is freed. */
void fh_alloc_in_pieces(void) {
    mallopt(M_MMAP_THRESHOLD, (int)FH_PIECE);
    mallopt(M_TRIM_THRESHOLD, KEPT_AT_END);
}

static void *take_for_icu(const void *context, size_t bytes) {
    (void)context;
    return fh_alloc(bytes);
}

static void *resize_for_icu(const void *context, void *old, size_t bytes) {
    (void)context;
    return fh_realloc(old, bytes);
}

static void free_for_icu(const void *context, void *memory) {
    (void)context;
    free(memory);
}

void fh_alloc_for_icu(void) {
    UErrorCode ignored = U_ZERO_ERROR; /* it was in use already: then it keeps what it has */
    u_setMemoryFunctions(NULL, take_for_icu, resize_for_icu, free_for_icu, &ignored);
}
