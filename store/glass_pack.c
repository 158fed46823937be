/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and strings that sort as they should. */
#include "store/glass_pack.h"

void fh_glass_string(fh_buf *out, fh_str bytes) {
    fh_glass_uint(out, bytes.len);
    fh_buf_add(out, bytes);
}

void fh_glass_sorted_uint(fh_buf *out, uint32_t number) {
    enum { TWO_BYTES = 15, MORE = 7 }; /* bits: of the number in two bytes, and in each byte beyond */
    unsigned extra = 0;
    while (extra < 3 && number >> (TWO_BYTES + MORE * extra)) extra++;
    unsigned char bytes[5];
    size_t len = 2 + extra;
    for (size_t i = len; i-- > 0; number >>= 8) bytes[i] = (unsigned char)number;
    bytes[0] |= (unsigned char)(0xff00u >> extra);
    fh_buf_add(out, (fh_str){(const char *)bytes, len});
}

void fh_glass_sorted_string(fh_buf *out, fh_str bytes, bool last) {
    const char *zero;
    while (bytes.len && (zero = memchr(bytes.ptr, '\0', bytes.len))) {
        size_t len = (size_t)(zero - bytes.ptr) + 1;
        fh_buf_add(out, fh_str_slice(bytes, 0, len));
        fh_buf_add_char(out, '\xff');
        bytes = fh_str_slice(bytes, len, bytes.len);
    }
    fh_buf_add(out, bytes);
    if (!last) fh_buf_add_char(out, '\0');
}
