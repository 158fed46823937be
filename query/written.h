/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people call a name that no list has.  Its id has folded letters, which are not to be read, and so it
 * is called as an article writes it. */
#ifndef FH_QUERY_WRITTEN_H
#define FH_QUERY_WRITTEN_H

#include "query/query.h"

/* What names were found to be called, kept for the next who asks: some thousands. */
typedef struct fh_written_names fh_written_names;
fh_written_names *fh_written_names_new(void);
void fh_written_names_free(fh_written_names *names); /* takes NULL */

/* An entity as one of the article's marks from number `first` on writes it, without clitics; itself where
 * none does, or where a list has it.  It lives in the arena, or as long as `entity`. */
const fh_entity *fh_written_in(const fh_gazetteer *gazetteer, const fh_entity *entity,
                               const fh_article *article, size_t first, fh_arena *arena);

/* The same of an article that is looked for.  Errors: of the store. */
fh_status fh_written_anywhere(const fh_searcher *searcher, const fh_entity **entity, fh_arena *arena,
                              fh_error *err);

/* What an id in the index is called: as one of the answer's hits calls it, or else another article; the id
 * itself where nothing is known of it.  Errors: of the store. */
fh_status fh_written_label(const fh_searcher *searcher, const fh_answer *answer, fh_str id, fh_arena *arena,
                           fh_str *out, fh_error *err);

#endif
