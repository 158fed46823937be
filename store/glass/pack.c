/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers have the lowest bits first but where they sort: those have the highest first. */
#include "store/glass/pack.h"

/* ---- Packing ---- */

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

/* ---- Unpacking ---- */

uint64_t fh_glass_take_uint(fh_str *from) {
    uint64_t number = 0;
    for (unsigned shift = 0; from->len > 0 && shift < 64; shift += 7) {
        unsigned char byte = (unsigned char)*from->ptr;
        *from = fh_str_slice(*from, 1, from->len);
        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
    *from = (fh_str){0};
    return 0;
}

fh_str fh_glass_take_string(fh_str *from) {
    uint64_t len = fh_glass_take_uint(from);
    if (!from->ptr || len > from->len) {
        *from = (fh_str){0};
        return FH_STR("");
    }
    fh_str string = fh_str_slice(*from, 0, (size_t)len);
    *from = fh_str_slice(*from, string.len, from->len);
    return string;
}

uint32_t fh_glass_take_sorted_uint(fh_str *from) {
    const unsigned char *bytes = (const unsigned char *)from->ptr;
    size_t extra = 0;
    while (from->len > 0 && extra < 3 && bytes[0] & (0x80u >> extra)) extra++;
    if (from->len < 2 + extra) {
        *from = (fh_str){0};
        return 0;
    }
    uint64_t number = bytes[0] & (0xffu >> (extra + 1));
    for (size_t i = 1; i < 2 + extra; i++) number = number << 8 | bytes[i];
    *from = fh_str_slice(*from, 2 + extra, from->len);
    return (uint32_t)number;
}

size_t fh_glass_sorted_len(fh_str key) {
    size_t at = 0;
    while (at < key.len && (key.ptr[at] != '\0' || (at + 1 < key.len && key.ptr[at + 1] == '\xff')))
        at += key.ptr[at] == '\0' ? 2 : 1;
    return at < key.len ? at : key.len;
}
