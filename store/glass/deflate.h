/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deflating tags of a glass table, which libxapian inflates wherever it reads one: each by itself, raw. */
#ifndef FH_STORE_GLASS_DEFLATE_H
#define FH_STORE_GLASS_DEFLATE_H

#include "base/str.h"

typedef struct fh_glass_deflater fh_glass_deflater;

typedef enum fh_glass_effort { FH_GLASS_OF_LISTS, FH_GLASS_OF_TEXTS, FH_GLASS_EFFORTS } fh_glass_effort;

fh_glass_deflater *fh_glass_deflater_new(fh_glass_effort effort);
void fh_glass_deflater_free(fh_glass_deflater *deflater); /* takes NULL */

/* Puts the deflated tag in the place of `*tag`, where that pays; it is good until the next call. */
bool fh_glass_deflate(fh_glass_deflater *deflater, fh_str *tag);

typedef struct fh_glass_inflater fh_glass_inflater;

fh_glass_inflater *fh_glass_inflater_new(void);
void fh_glass_inflater_free(fh_glass_inflater *inflater); /* takes NULL */

/* Puts the plain tag in the place of `*tag`; it is good until the next call.  False: it is damaged. */
bool fh_glass_inflate(fh_glass_inflater *inflater, fh_str *tag);

/* Puts the plain tag to `to`.  False: it is damaged, or longer than `room`. */
bool fh_glass_inflate_to(fh_glass_inflater *inflater, fh_str tag, char *to, size_t room, size_t *len);

#endif
