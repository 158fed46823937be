/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which articles tell one story, by looking at every story there is: docs/fihris-index.1, "The same story
 * twice", with the numbers of indexer/story.h. */
#include "tests/truth/truth.h"

#include "base/memory.h"
#include <time.h>

enum {
    NEARLY_THE_SAME = 3, /* bits, whenever it was published */
    MUCH_ALIKE = 20,     /* bits, within DAYS of each other */
    DAYS = 3,
    FEW_WORDS = 12, /* texts of fewer are the same only where all words and the title are */
    BITS = 64,
    NO_DAY = INT32_MIN,
};

/* The finaliser of MurmurHash3. */
static uint64_t mix(uint64_t h) {
    h = (h ^ h >> 33) * 0xff51afd7ed558ccdULL;
    h = (h ^ h >> 33) * 0xc4ceb9fe1a85ec53ULL;
    return h ^ h >> 33;
}

/* Of each bit, the greater part of what all pairs of neighbouring stems have there. */
static size_t print_of_pairs(fh_tokens body, uint64_t out[TRUTH_PRINT_WORDS]) {
    long votes[TRUTH_PRINT_WORDS][BITS] = {{0}};
    size_t words = 0;
    uint64_t before = 0;
    for (size_t i = 0; i < body.count; i++) {
        if (body.items[i].stop || body.items[i].whole) continue;
        uint64_t word = fh_hash(FH_HASH_START, body.items[i].stem), pair = mix(before) + word;
        for (int bit = 0; bit < BITS && words > 0; bit++) {
            votes[0][bit] += mix(pair) >> bit & 1 ? 1 : -1;
            votes[1][bit] += mix(~pair) >> bit & 1 ? 1 : -1;
        }
        before = word;
        words++;
    }
    for (int half = 0; half < TRUTH_PRINT_WORDS; half++) {
        out[half] = 0;
        for (int bit = 0; bit < BITS; bit++) out[half] |= (uint64_t)(votes[half][bit] > 0) << bit;
    }
    return words;
}

static void print_of_all(fh_str title, fh_tokens body, uint64_t out[TRUTH_PRINT_WORDS]) {
    uint64_t hash = fh_hash(fh_hash(FH_HASH_START, title), FH_STR("\n"));
    for (size_t i = 0; i < body.count; i++) hash = fh_hash(fh_hash(hash, body.items[i].folded), FH_STR(" "));
    out[0] = mix(hash);
    out[1] = mix(~hash);
}

static int32_t day_of(const fh_date *date) {
    struct tm parts = {.tm_year = date->year - 1900, .tm_mon = date->month - 1, .tm_mday = date->day};
    return date->year == 0 ? NO_DAY : (int32_t)(timegm(&parts) / (24 * 60 * 60));
}

static bool days_are_near(int32_t a, int32_t b) {
    if (a == NO_DAY || b == NO_DAY) return a == b;
    return a - b <= DAYS && b - a <= DAYS;
}

static unsigned apart(const uint64_t *a, const uint64_t *b) {
    return (unsigned)(__builtin_popcountll(a[0] ^ b[0]) + __builtin_popcountll(a[1] ^ b[1]));
}

static void note(truth_archive *a, const uint64_t *story, int32_t day) {
    a->told = fh_grow(a->told, a->told_count, &a->told_capacity, sizeof *a->told);
    truth_told *told = &a->told[a->told_count];
    size_t first = 0;
    while (first < a->told_count && apart(a->told[first].story, story) != 0) first++;
    *told = (truth_told){.day = day, .first = first};
    memcpy(told->story, story, sizeof told->story);
    a->told_count++;
}

/* The nearest story within so many bits; of two, the one that came first. */
static const truth_told *nearest(const truth_archive *a, const uint64_t *print, int32_t day, unsigned most,
                                 bool whenever) {
    const truth_told *best = NULL;
    for (size_t i = 0; i < a->told_count; i++) {
        const truth_told *told = &a->told[i];
        unsigned bits = apart(told->story, print);
        if (bits > most || (!whenever && !days_are_near(told->day, day))) continue;
        unsigned least = best ? apart(best->story, print) : BITS * TRUTH_PRINT_WORDS + 1;
        if (bits < least || (bits == least && told->first < best->first)) best = told;
    }
    return best;
}

void truth_tell(truth_archive *a, truth_article *held, fh_tokens body) {
    int32_t day = day_of(&held->article.published);
    if (print_of_pairs(body, held->print) < FEW_WORDS) print_of_all(held->article.title, body, held->print);
    const truth_told *told = nearest(a, held->print, day, NEARLY_THE_SAME, true);
    if (!told) told = nearest(a, held->print, day, MUCH_ALIKE, false);
    memcpy(held->story, told ? told->story : held->print, sizeof held->story);
    note(a, held->story, day);
}

void truth_recall(truth_archive *a) {
    for (size_t i = 0; i < a->count; i++)
        note(a, a->articles[i]->story, day_of(&a->articles[i]->article.published));
}
