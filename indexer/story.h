/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same story twice: articles with the same text, or nearly, are of one story, whatever their headlines.
 *
 * A text's print is its SimHash (Charikar, "Similarity Estimation Techniques from Rounding Algorithms", STOC
 * 2002; for near duplicates: Manku, Jain and Das Sarma, WWW 2007) of 128 bits over pairs of neighbouring
 * stems, so that texts that share much differ in few bits.  A story is named by the print of the article that
 * came first. */
#ifndef FH_INDEXER_STORY_H
#define FH_INDEXER_STORY_H

#include "stemmer/stemmer.h"
#include "store/store.h"

#define FH_PRINT_BYTES 16

/* The print of an article's text.  Of a text of a few words, a hash of them and of the title: too little is
 * left there to be alike. */
void fh_print_make(fh_str title, fh_tokens body, unsigned char out[FH_PRINT_BYTES]);

/* The stories of an index, by print and by day. */
typedef struct fh_stories fh_stories;

/* Of what is committed.  Errors: of the store. */
fh_status fh_stories_new(fh_store *store, fh_stories **out, fh_error *err);
void fh_stories_free(fh_stories *stories); /* takes NULL */

/* Memory that they hold: 44 bytes a story, and 4 to 8 an article.  Takes NULL. */
size_t fh_stories_bytes(const fh_stories *stories);

/* Finds the story of a text whose article was published on this date, and writes its print over `print`; a
 * text like no other one begins a story of its own.  One story are texts that differ in next to nothing,
 * whenever they were published, and texts that are much alike, published within a few days.  The same
 * articles in the same order give the same stories. */
void fh_stories_take(fh_stories *stories, const fh_date *published, unsigned char print[FH_PRINT_BYTES]);

/* The same for a document as fh_index_document makes it: writes over its slot and its term. */
void fh_stories_settle(fh_stories *stories, fh_document *document);

#endif
