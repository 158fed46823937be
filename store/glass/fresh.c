/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fact: how many documents are before the first run, and how many each has. */
#include "store/glass/fresh.h"
#include "store/glass/pack.h"

bool fh_fresh_take(fh_str fact, fh_fresh *out) {
    *out = (fh_fresh){0};
    if (fact.len == 0) return true;
    uint64_t last = fh_glass_take_uint(&fact);
    while (fact.len > 0 && out->count < FH_FRESH_RUNS) {
        uint64_t count = fh_glass_take_uint(&fact);
        if (last >= UINT32_MAX || count == 0 || count >= UINT32_MAX - last) return false;
        out->runs[out->count++] = (struct fh_fresh_run){(uint32_t)last + 1, (uint32_t)(last + count)};
        last += count;
    }
    return fact.ptr && fact.len == 0;
}

void fh_fresh_put(const fh_fresh *fresh, fh_buf *out) {
    if (fresh->count == 0) return;
    fh_glass_uint(out, fresh->runs[0].first - 1);
    for (size_t i = 0; i < fresh->count; i++)
        fh_glass_uint(out, fresh->runs[i].last - fresh->runs[i].first + 1);
}

uint64_t fh_fresh_documents(const fh_fresh *fresh) {
    return fresh->count ? fresh->runs[fresh->count - 1].last - fresh->runs[0].first + UINT64_C(1) : 0;
}

#define KEY(letter) FH_KEY_OF_FACT(FH_META_FRESH "." letter)

fh_str fh_fresh_key(size_t run) {
    static const char keys[FH_FRESH_RUNS][sizeof KEY("A")] = {
        KEY("A"), KEY("B"), KEY("C"), KEY("D"), KEY("E"), KEY("F"),
        KEY("G"), KEY("H"), KEY("I"), KEY("J"), KEY("K"), KEY("L"),
    };
    return (fh_str){keys[run], sizeof *keys - 1};
}
