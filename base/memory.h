/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Memory that is either there or ends the program: sizes are checked against named limits before memory is
 * asked for, so running out means that the machine has none left; then one line says so on standard error and
 * the program exits with status 2.  This is the only place outside a program that may do that. */
#ifndef FH_BASE_MEMORY_H
#define FH_BASE_MEMORY_H

#include <stddef.h>

/* Never NULL; released with free(). */
void *fh_alloc(size_t bytes) __attribute__((returns_nonnull));
void *fh_alloc_zeroed(size_t count, size_t bytes) __attribute__((returns_nonnull));
void *fh_realloc(void *old, size_t bytes) __attribute__((returns_nonnull));

/* Memory that is read and written all over: in pages of FH_LARGE bytes where the system has them, so that a
 * processor finds each without looking for its page.  Rounded up to them; released with free(). */
#define FH_LARGE ((size_t)2 << 20)
void *fh_alloc_in_large_pages(size_t bytes) __attribute__((returns_nonnull));
void *fh_alloc_large(size_t bytes) __attribute__((returns_nonnull)); /* zeroed */

/* Memory for what is read from files in long stretches: it begins a page, where a large piece of malloc's
 * begins 16 bytes behind one, to which some processors copy a file's pages four times as slowly.  Rounded up
 * to pages; released with free(). */
void *fh_alloc_pages(size_t bytes) __attribute__((returns_nonnull));

/* Makes room for one more in a growing array: doubles `*capacity` (in items) when `count` has reached it. */
void *fh_grow_more(void *items, size_t *capacity, size_t item_bytes) __attribute__((returns_nonnull));
static inline void *fh_grow(void *items, size_t count, size_t *capacity, size_t item_bytes) {
    return count < *capacity ? items : fh_grow_more(items, capacity, item_bytes);
}

/* From now on a piece of FH_PIECE bytes and more has pages of its own, which go back to the system when it is
 * freed, and grow without a copy: among smaller ones it would leave holes that last.  For a program that
 * fills and frees much memory again and again; at its beginning. */
#define FH_PIECE ((size_t)256 << 10)
void fh_alloc_in_pieces(void);

/* From now on ICU takes its memory here too: where it gets none it makes do, and reads a text in another
 * encoding. Before anything else of ICU. */
void fh_alloc_for_icu(void);

/* What the one place says and does; for allocators (zlib, jansson, a C++ new handler) that find out
 * themselves. */
void fh_out_of_memory(void) __attribute__((noreturn));

#endif
