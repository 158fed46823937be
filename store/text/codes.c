/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Half bytes stand in a byte with the higher one first.  A number is written in groups of three bits, the
 * lowest first, with the high bit of its half byte set on all but the last. */
#include "store/text/codes.h"
#include <endian.h>

enum {
    HALF = 4,
    HALF_MASK = 15,
    GROUP = 3,
    GROUP_MASK = 7,
    MORE = 8,
    WINDOW = 16, /* half bytes */
};

const fh_code_tier fh_code_tiers[FH_CODE_TIERS] = {
    {0, 80, 0, 2}, {80, 1024, 5, 3}, {1104, 16384, 9, 4}, {17488, 131072, 13, 5}, {148560, 1048576, 15, 6},
};

/* By the first half byte: how many half bytes, how far the value lies from the end of a window, and what is
 * added to it to make the code. */
typedef struct lead {
    uint8_t halves, shift;
    uint32_t add;
} lead;

#define LEAD(halves_, lead_, first_)                                                                         \
    { (halves_), HALF *(WINDOW - (halves_)), (first_) - ((uint32_t)(lead_) << HALF * ((halves_)-1)) }
#define LEAD_0 LEAD(2, 0, 0)
#define LEAD_1 LEAD(3, 5, 80)
#define LEAD_2 LEAD(4, 9, 1104)
#define LEAD_3 LEAD(5, 13, 17488)
#define LEAD_4 LEAD(6, 15, 148560)
static const lead LEADS[WINDOW] = {LEAD_0, LEAD_0, LEAD_0, LEAD_0, LEAD_0, LEAD_1, LEAD_1, LEAD_1,
                                   LEAD_1, LEAD_2, LEAD_2, LEAD_2, LEAD_2, LEAD_3, LEAD_3, LEAD_4};

unsigned fh_code_tier_of(uint32_t code) {
    unsigned tier = 0;
    for (unsigned i = 1; i < FH_CODE_TIERS; i++) tier += code >= fh_code_tiers[i].first;
    return tier;
}

/* ---- Writing ---- */

/* At most seven half bytes, all at once: behind the one that may be there already, and with zeros behind them
 * that are written over by what follows. */
static void put_halves(fh_code_writer *to, uint32_t value, unsigned halves) {
    fh_buf *out = to->out;
    unsigned there = to->half, all = there + halves;
    fh_buf_reserve(out, sizeof value);
    char *at = out->ptr + out->len - there;
    value <<= HALF * (2 * sizeof value - all);
    if (there) value |= (uint32_t)(unsigned char)*at << HALF * (2 * sizeof value - 2);
    value = htobe32(value);
    memcpy(at, &value, sizeof value);
    out->len += (all + 1) / 2 - there;
    out->ptr[out->len] = '\0';
    to->half = all % 2;
}

static void put_half(fh_code_writer *to, unsigned half) {
    put_halves(to, half, 1);
}

void fh_codes_put(fh_code_writer *to, uint32_t code) {
    const fh_code_tier *tier = &fh_code_tiers[fh_code_tier_of(code)];
    put_halves(to, code - tier->first + ((uint32_t)tier->lead << HALF * (tier->halves - 1u)), tier->halves);
}

void fh_codes_put_number(fh_code_writer *to, uint64_t number) {
    for (; number > GROUP_MASK; number >>= GROUP) put_half(to, (unsigned)(number & GROUP_MASK) | MORE);
    put_half(to, (unsigned)number);
}

void fh_codes_put_bytes(fh_code_writer *to, fh_str bytes) {
    if (!to->half) {
        fh_buf_add(to->out, bytes);
        return;
    }
    for (size_t i = 0; i < bytes.len; i++) put_halves(to, (unsigned char)bytes.ptr[i], 2);
}

/* ---- Reading ---- */

fh_code_reader fh_codes_over(fh_str bytes) {
    return (fh_code_reader){(const unsigned char *)bytes.ptr, 0, bytes.len * 2, false};
}

/* The next half bytes, the first one on top, at least WINDOW - 1 of them; zeros behind the end. */
static inline uint64_t window(const fh_code_reader *from) {
    uint64_t next = 0;
    size_t byte = from->at / 2, left = from->end / 2 - byte;
    memcpy(&next, from->bytes + byte, left < sizeof next ? left : sizeof next);
    return be64toh(next) << HALF * (from->at % 2);
}

static inline bool has(fh_code_reader *from, size_t halves) {
    if (from->end - from->at >= halves && !from->bad) return true;
    from->at = from->end;
    from->bad = true;
    return false;
}

uint32_t fh_codes_take(fh_code_reader *from) {
    if (!has(from, 2)) return 0;
    uint64_t next = window(from);
    lead is = LEADS[next >> HALF * (WINDOW - 1)];
    if (!has(from, is.halves)) return 0;
    from->at += is.halves;
    return (uint32_t)(next >> is.shift) + is.add;
}

/* A window at a time: what is between two codes is no more than a look at the first half byte. */
uint32_t fh_codes_pass(fh_code_reader *from, const uint8_t *kinds, const uint8_t steps[256], uint32_t most) {
    const uint32_t longest = fh_code_tiers[FH_CODE_TIERS - 1].halves;
    size_t at = from->at, end = from->bad ? at : from->end;
    uint32_t sum = 0;
    while (end - at >= 2 * WINDOW && sum <= most) {
        uint64_t next;
        memcpy(&next, from->bytes + at / 2, sizeof next);
        next = be64toh(next) << HALF * (at % 2);
        for (uint32_t left = WINDOW - 1; left >= longest;) {
            lead is = LEADS[next >> HALF * (WINDOW - 1)];
            uint8_t step = steps[kinds[(uint32_t)(next >> is.shift) + is.add]];
            if (step == FH_STEP_STOP) {
                from->at = at;
                return sum;
            }
            sum += step;
            at += is.halves;
            left -= is.halves;
            next <<= HALF * is.halves;
        }
    }
    from->at = at;
    return sum;
}

static inline unsigned take_half(fh_code_reader *from) {
    if (!has(from, 1)) return 0;
    unsigned byte = from->bytes[from->at / 2];
    return from->at++ % 2 ? byte & HALF_MASK : byte >> HALF;
}

uint64_t fh_codes_take_number(fh_code_reader *from) {
    uint64_t number = 0;
    for (unsigned shift = 0; shift < 64; shift += GROUP) {
        unsigned half = take_half(from);
        number |= (uint64_t)(half & GROUP_MASK) << shift;
        if (!(half & MORE)) return number;
    }
    from->bad = true;
    return 0;
}

void fh_codes_take_bytes(fh_code_reader *from, size_t count, fh_buf *out) {
    if (count > from->end / 2 || !has(from, 2 * count)) {
        from->bad = true;
        return;
    }
    const unsigned char *bytes = from->bytes + from->at / 2;
    from->at += 2 * count;
    if (from->at % 2 == 0) {
        fh_buf_add(out, (fh_str){(const char *)bytes, count});
        return;
    }
    fh_buf_reserve(out, count);
    char *to = out->ptr + out->len;
    for (size_t i = 0; i < count; i++) to[i] = (char)(bytes[i] << HALF | bytes[i + 1] >> HALF);
    out->len += count;
    out->ptr[out->len] = '\0';
}

bool fh_codes_at_end(const fh_code_reader *from) {
    return !from->bad && from->end - from->at < 2;
}
