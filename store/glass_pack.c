/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers and strings that sort as they should, and positions as bits. */
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

/* ---- Positions ---- */

/* Bits on their way into bytes, the lowest first. */
typedef struct bits {
    fh_buf *out;
    uint64_t held;
    unsigned count;
} bits;

static void add_bits(bits *to, uint64_t value, unsigned count) {
    to->held |= value << to->count;
    to->count += count;
    for (; to->count >= 8; to->count -= 8, to->held >>= 8) fh_buf_add_char(to->out, (char)to->held);
}

/* One of `outof` values.  What the bits could hold beyond makes the values in the middle one bit shorter. */
static void add_value(bits *to, uint32_t value, uint32_t outof) {
    unsigned width = outof > 1 ? 32u - (unsigned)__builtin_clz(outof - 1) : 0;
    uint32_t spare = (uint32_t)((UINT64_C(1) << width) - outof), middle = (outof - spare) / 2;
    if (spare && value >= middle + spare) {
        value = (value - (middle + spare)) | 1u << (width - 1);
    } else if (spare && value >= middle) {
        width--;
    }
    add_bits(to, value, width);
}

/* What lies between the ends, of which at least two are there. */
static void add_between(bits *to, const uint32_t *positions, size_t first, size_t last) {
    while (first + 1 < last) {
        size_t middle = first + (last - first) / 2;
        uint32_t outof = positions[last] - positions[first] - (uint32_t)(last - first) + 1;
        uint32_t lowest = positions[first] + (uint32_t)(middle - first);
        add_value(to, positions[middle] - lowest, outof);
        add_between(to, positions, first, middle);
        first = middle;
    }
}

void fh_glass_positions(fh_buf *out, const uint32_t *positions, size_t count) {
    uint32_t first = positions[0], last = positions[count - 1];
    fh_glass_uint(out, last);
    if (count == 1) return;
    bits to = {.out = out};
    add_value(&to, first, last);
    add_value(&to, (uint32_t)count - 2, last - first);
    add_between(&to, positions, 0, count - 1);
    if (to.count) fh_buf_add_char(out, (char)to.held);
}
