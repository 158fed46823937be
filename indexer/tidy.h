/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all articles share, whatever they were read from: even text, an id, a title. */
#ifndef FH_INDEXER_TIDY_H
#define FH_INDEXER_TIDY_H

#include "base/arena.h"
#include "base/error.h"
#include "store/store.h"

/* Copies an article into the arena, with its text made even: white space and control characters are single
 * spaces, paragraphs are lines, ends are trimmed, double keywords are dropped (compared folded), the id is
 * made of what is there.  All strings of the copy are valid UTF-8.  FH_ERR_INPUT: the article has no text. */
fh_status fh_article_tidy(const fh_article *raw, fh_arena *arena, fh_article *out, fh_error *err);

/* An id without white space and control characters, of at most FH_MAX_ID bytes: a longer one is cut and ends
 * in a hash of all of it. */
fh_str fh_id_tidy(fh_str id, fh_arena *arena);

#endif
