/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Told lists: where all documents of a word are among those of its stem, they are told by their places in
 * that list, which takes half of the bytes that their numbers do (docs/glass.md, "Told lists").
 *
 * The page that the word would be in if it were rare says which list it is told by; what is told is an entry
 * of a table of its own, under the word's key. */
#ifndef FH_STORE_GLASS_TOLD_H
#define FH_STORE_GLASS_TOLD_H

#include "store/glass/listed.h"

/* The table of what is told, which fihris has no other use for. */
#define FH_GLASS_TOLD FH_GLASS_SPELLING

/* Appends a document, so many of the other list's behind the one before, and how often it has the word. */
void fh_told_add(fh_buf *out, uint32_t behind, uint32_t wdf);

/* Puts the postings of what is told to `out`, as those of a chunk that begins with the document `*first`;
 * `by` is at the beginning of the other list.  False: it is damaged. */
bool fh_told_write_out(fh_list *by, uint32_t documents, fh_str told, fh_buf *out, uint32_t *first);

/* The same of a list that a page says is told, in the place of what the page has. */
bool fh_told_resolve(const fh_list_place *place, uint32_t limit, fh_rare_list *list);

#endif
