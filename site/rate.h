/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much one address may ask: a bucket of tokens each, which fills by and by (ITU-T I.371's leaky bucket,
 * read as a meter). */
#ifndef FH_SITE_RATE_H
#define FH_SITE_RATE_H

#include "base/str.h"
#include <stdint.h>

typedef struct fh_rate fh_rate;

/* `per_second` requests on average, twice as many at once.  0: no limit. */
fh_rate *fh_rate_new(uint32_t per_second);
void fh_rate_free(fh_rate *rate); /* takes NULL */

/* May this address, in digits, ask now (seconds, of any clock that only goes on)?  An IPv6 address counts as
 * its network of 64 bits, which is what one customer has.  From any thread. */
bool fh_rate_allows(fh_rate *rate, fh_str address, double now);

#endif
