/* SPDX-License-Identifier: GPL-3.0-or-later */
/* CRC-32, as zlib has it, and its bytes as they stand before what it is of: the lowest first. */
#ifndef FH_STORE_GLASS_CRC_H
#define FH_STORE_GLASS_CRC_H

#include "base/str.h"
#include <stdint.h>

enum { FH_CRC_BYTES = 4 };

uint32_t fh_crc(fh_str bytes);

/* FH_CRC_BYTES to `to`, and from there. */
void fh_crc_put(uint32_t crc, char *to);
uint32_t fh_crc_take(const char *from);

#endif
