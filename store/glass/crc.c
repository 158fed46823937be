/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything that is kept and has a sum of its own has it from here. */
#include "store/glass/crc.h"
#include <libdeflate.h>

uint32_t fh_crc(fh_str bytes) {
    return libdeflate_crc32(0, bytes.ptr, bytes.len);
}

void fh_crc_put(uint32_t crc, char *to) {
    for (unsigned i = 0; i < FH_CRC_BYTES; i++) to[i] = (char)(crc >> (8 * i));
}

uint32_t fh_crc_take(const char *from) {
    uint32_t crc = 0;
    for (unsigned i = 0; i < FH_CRC_BYTES; i++) crc |= (uint32_t)(unsigned char)from[i] << (8 * i);
    return crc;
}
