/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tables of near names are made of; the generator is linked with it too. */
#include "entities/near.h"
#include "entities/spelling.h"

/* Letters of a name, not counting its article: what is shorter varies into too many others. */
enum { LEAST_LETTERS = 4 };

static bool is_long_enough(fh_str name) {
    fh_spelled spelled;
    if (!fh_spelled_read(name, &spelled)) return false;
    return fh_without_article(fh_spelled_joined(&spelled), 0).count >= LEAST_LETTERS;
}

bool fh_near_hash(fh_str name, uint32_t *out) {
    if (!is_long_enough(name)) return false;
    fh_buf skeleton = {0};
    fh_spelling_skeleton(name, &skeleton);
    unsigned long long hash = fh_hash(FH_HASH_START, fh_buf_str(&skeleton));
    bool has_skeleton = skeleton.len > 0;
    fh_buf_free(&skeleton);
    if (has_skeleton) *out = (uint32_t)(hash ^ hash >> 32);
    return has_skeleton;
}

int fh_near_compare(const void *left, const void *right) {
    const fh_near_row *a = left, *b = right;
    if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
    return (a->name > b->name) - (a->name < b->name);
}
