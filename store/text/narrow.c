/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two lead bytes cover the letters: the first with the upper half of its followers, the second with the
 * lower. */
#include "store/text/narrow.h"

enum {
    FOLLOWERS = 0x80, /* where bytes that follow a lead begin, and narrow letters */
    LEADS = 0xC0,
    LEADS_OF_3 = 0xE0,
    LEADS_OF_4 = 0xF0,
    LEAD_A = 0xD8,                            /* of U+0600 to U+063F */
    LEAD_B = 0xD9,                            /* of U+0640 to U+067F */
    HALF = 0x20,                              /* letters of each that are narrowed */
    FIRST = LEAD_A << 8 | (FOLLOWERS + HALF), /* two bytes of UTF-8 */
    LAST = LEAD_B << 8 | (FOLLOWERS + HALF - 1),
};

size_t fh_narrow(fh_str text, char *out) {
    const unsigned char *at = (const unsigned char *)text.ptr, *end = at + text.len;
    unsigned char *to = (unsigned char *)out;
    /* Which half a letter is of cannot be foretold, and is not asked. */
    while (end - at > 1) {
        unsigned both = (unsigned)at[0] << 8 | at[1];
        if (both - FIRST <= LAST - FIRST) {
            *to++ = (unsigned char)(at[1] ^ HALF);
            at += 2;
        } else {
            *to++ = *at++;
        }
    }
    if (at < end) *to++ = *at;
    return (size_t)(to - (unsigned char *)out);
}

static size_t followers_of(unsigned char lead) {
    return lead < LEADS ? 0 : lead < LEADS_OF_3 ? 1 : lead < LEADS_OF_4 ? 2 : 3;
}

size_t fh_narrow_fitting(fh_str narrow, size_t room) {
    size_t at = 0;
    for (size_t used = 0; at < narrow.len;) {
        size_t len = 1 + followers_of((unsigned char)narrow.ptr[at]);
        used += narrow.ptr[at] == '\0' ? 2 : len;
        if (used > room || at + len > narrow.len) break;
        at += len;
    }
    return at;
}

size_t fh_widen(fh_str narrow, char *out) {
    const unsigned char *at = (const unsigned char *)narrow.ptr, *end = at + narrow.len;
    unsigned char *to = (unsigned char *)out;
    while (at < end) {
        unsigned char byte = *at++;
        if (byte >= FOLLOWERS && byte < LEADS) {
            *to++ = (unsigned char)(LEAD_A + (byte >= FOLLOWERS + HALF));
            *to++ = byte ^ HALF;
            continue;
        }
        *to++ = byte;
        for (size_t left = followers_of(byte); left > 0 && at < end; left--) *to++ = *at++;
    }
    return (size_t)(to - (unsigned char *)out);
}
