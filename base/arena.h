/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An arena: memory that is taken piece by piece and given back all at once.  One an article, one a request.
 */
#ifndef FH_BASE_ARENA_H
#define FH_BASE_ARENA_H

#include "base/str.h"

typedef struct fh_arena fh_arena;

fh_arena *fh_arena_new(void);
void fh_arena_free(fh_arena *arena); /* takes NULL */

/* Forgets everything taken so far and keeps the memory for what comes next. */
void fh_arena_reset(fh_arena *arena);

/* Uninitialised bytes, aligned for any type, that live until the arena is reset or freed.  Never NULL. */
void *fh_arena_take(fh_arena *arena, size_t bytes) __attribute__((returns_nonnull));
void *fh_arena_take_zeroed(fh_arena *arena, size_t bytes) __attribute__((returns_nonnull));

/* A copy of `text` in the arena, with a zero byte after it. */
fh_str fh_arena_copy(fh_arena *arena, fh_str text);

/* printf into the arena, with a zero byte after it. */
fh_str fh_arena_format(fh_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* An array of `count` uninitialised items of a type. */
#define FH_ARENA_ARRAY(arena, type, count) ((type *)fh_arena_take((arena), sizeof(type) * (count)))

#endif
