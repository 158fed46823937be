/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of entities by how they begin: each of their words, in Arabic and in Latin letters. */
#ifndef FH_SITE_NAME_ENDS_H
#define FH_SITE_NAME_ENDS_H

#include "entities/entities.h"

typedef struct fh_name_ends fh_name_ends;

/* The gazetteer must outlive them.  Read from any thread. */
fh_name_ends *fh_name_ends_new(const fh_gazetteer *gazetteer);
void fh_name_ends_free(fh_name_ends *names); /* takes NULL */

/* Visits the entities with a name that begins so from one of its words on, until `visit` returns false; an
 * entity may come again.  `folded` as fh_fold_word gives it. */
typedef bool fh_name_visitor(void *context, const fh_entity *entity);
void fh_name_ends_visit(const fh_name_ends *names, fh_str folded, fh_name_visitor *visit, void *context);

#endif
