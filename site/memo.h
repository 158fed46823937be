/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was worked out before for one commit of the index, and may be asked again with the next key that is
 * typed. */
#ifndef FH_SITE_MEMO_H
#define FH_SITE_MEMO_H

#include "base/str.h"

typedef struct fh_memo fh_memo;

fh_memo *fh_memo_new(void);
void fh_memo_free(fh_memo *memo); /* takes NULL */

/* The bytes that were put under this key; a NULL pointer where there are none.  Good until the next put. */
fh_str fh_memo_find(const fh_memo *memo, fh_str key);

/* Copies both; something else may go for it. */
void fh_memo_put(fh_memo *memo, fh_str key, fh_str bytes);

#endif
