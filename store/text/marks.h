/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where entities are named in an article, in some two bytes a name: each by its place in the list that stands
 * beside the article (FH_SLOT_ENTITIES), and by how many words after the one before. */
#ifndef FH_STORE_TEXT_MARKS_H
#define FH_STORE_TEXT_MARKS_H

#include "base/buf.h"
#include "store/store.h"

/* Does the mark lie within the article's text, between code points? */
bool fh_mark_fits(const fh_article *article, const fh_entity_mark *mark);

/* Appends the article's marks, which fit: those of the title, then those of the body.  `listed`: ids, each
 * ended by FH_VALUE_END; one that is missing there is kept with the marks. */
void fh_marks_pack(const fh_article *article, fh_str listed, fh_buf *out);

/* The other way, to an article that has its texts; all of it lives in the arena.  False: they are damaged, or
 * `listed` is not what they were packed with. */
bool fh_marks_unpack(fh_str packed, fh_str listed, fh_arena *arena, fh_article *article);

#endif
