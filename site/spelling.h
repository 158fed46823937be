/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folded word as articles spell it: القاهرة, where the index has القاهره. */
#ifndef FH_SITE_SPELLING_H
#define FH_SITE_SPELLING_H

#include "site/pool.h"

/* As it stands in a title that has it, or else in the body of an article; the folded word itself where
 * neither shows it soon.  In the worker's arena.  Errors: of the store. */
fh_status fh_spell(fh_worker *worker, fh_str folded, fh_str *out, fh_error *err);

#endif
