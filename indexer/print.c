/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The print of a text. */
#include "indexer/story.h"

#include <stdint.h>

enum {
    HALVES = 2,
    DIGITS = 32,       /* of a number of words; no text has as many as need more */
    FEWEST_WORDS = 12, /* a text of fewer is only ever the same as another */
};

/* The finaliser of MurmurHash3: FNV-1a's high bits change too little between short words. */
static uint64_t mix(uint64_t hash) {
    hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdULL;
    hash = (hash ^ hash >> 33) * 0xc4ceb9fe1a85ec53ULL;
    return hash ^ hash >> 33;
}

static bool counts(const fh_token *token) {
    return !token->stop && !token->whole;
}

/* ---- Of many words ---- */

/* How many features have each bit: 64 numbers side by side, each one's lowest digit in the first word.  A
 * digit's carry waits for the next one, so that two are added at once. */
typedef struct votes {
    uint64_t digits[DIGITS], waiting[DIGITS];
    size_t features; /* where its binary digit is 1, a carry waits */
} votes;

/* Adds three numbers of one digit: the sum's digit stays, its carry is returned. */
static inline uint64_t add_digits(uint64_t *digit, uint64_t a, uint64_t b) {
    uint64_t one = *digit ^ a, carry = (*digit & a) | (one & b);
    *digit = one ^ b;
    return carry;
}

static void vote(votes *all, uint64_t hash) {
    unsigned i = 0;
    for (size_t turn = all->features++; turn & 1; turn >>= 1, i++)
        hash = add_digits(&all->digits[i], all->waiting[i], hash);
    all->waiting[i] = hash;
}

/* The bits that more than half of the features have. */
static uint64_t majority(const votes *all) {
    uint64_t carry = 0, above = 0, half = all->features / 2;
    for (unsigned i = 0; i < DIGITS; i++) {
        uint64_t digit = all->digits[i], of_half = half >> i & 1 ? UINT64_MAX : 0;
        carry = add_digits(&digit, all->features >> i & 1 ? all->waiting[i] : 0, carry);
        above = (digit & ~of_half) | (above & ~(digit ^ of_half)); /* the highest that differs decides */
    }
    return above;
}

/* False: there are too few words. */
static bool print_pairs(fh_tokens body, uint64_t halves[HALVES]) {
    votes all[HALVES] = {0};
    size_t words = 0;
    uint64_t before = 0;
    for (size_t i = 0; i < body.count; i++) {
        if (!counts(&body.items[i])) continue;
        uint64_t word = fh_hash(FH_HASH_START, body.items[i].stem);
        if (words++) {
            uint64_t feature = mix(before) + word;
            vote(&all[0], mix(feature));
            vote(&all[1], mix(~feature));
        }
        before = word;
    }
    for (unsigned half = 0; half < HALVES; half++) halves[half] = majority(&all[half]);
    return words >= FEWEST_WORDS;
}

/* ---- Of few ---- */

static void print_whole(fh_str title, fh_tokens body, uint64_t halves[HALVES]) {
    uint64_t hash = fh_hash(fh_hash(FH_HASH_START, title), FH_STR("\n"));
    for (size_t i = 0; i < body.count; i++) hash = fh_hash(fh_hash(hash, body.items[i].folded), FH_STR(" "));
    halves[0] = mix(hash);
    halves[1] = mix(~hash);
}

/* ---- As bytes ---- */

void fh_print_make(fh_str title, fh_tokens body, unsigned char out[FH_PRINT_BYTES]) {
    uint64_t halves[HALVES];
    if (!print_pairs(body, halves)) print_whole(title, body, halves);
    for (unsigned i = 0; i < FH_PRINT_BYTES; i++) out[i] = (unsigned char)(halves[i / 8] >> (8 * (i % 8)));
}
