/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of articles. */
#ifndef FH_INDEXER_ADDRESS_H
#define FH_INDEXER_ADDRESS_H

#include "base/arena.h"

/* An address without what only says where its reader came from: parameters of campaigns and networks
 * (utm_source, fbclid, gclid, …), and a place within the page.  An address without them is returned as it is.
 */
fh_str fh_address_tidy(fh_str address, fh_arena *arena);

#endif
