/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values as they stand in a slot: ids of entities in one byte a letter, and in one byte the types that ids of
 * recognised names begin with; all others as they are. */
#ifndef FH_STORE_VALUE_H
#define FH_STORE_VALUE_H

#include "base/buf.h"
#include "store/store.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What stands in the slot for a value; it is the value itself, or in `room`, which is cleared first. */
fh_str fh_value_pack(fh_slot slot, fh_str value, fh_buf *room);

/* The other way, of a whole value or of one id. */
fh_str fh_value_unpack(fh_slot slot, fh_str packed, fh_buf *room);

#ifdef __cplusplus
}
#endif
#endif
