/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was met once is remembered as a bit of its hash alone: most of it never comes again, and where two
 * share a bit, one has its code a little early. */
#include "store/text/coiner.h"
#include "base/memory.h"
#include "base/table.h"
#include <stdlib.h>

enum {
    MET_BITS = 23,
    HOT_BITS = 15,
    HOT_FORM = 47, /* bytes of the longest that is kept at hand */
    FIRST_PLACES = 1 << 12,
    MOST_PLACES = 1 << 21, /* for all codes that there are: somewhat more than half of them */
    LONG_TIER = 3,         /* of a form that was met twice */
};

/* How often a form is met before it gets a code of this tier; there is no more room in a tier for all that
 * are met so often in a large archive, and then the first ones have it, which are as good as any. */
static const uint32_t TIMES[LONG_TIER] = {1000, 40, 4};

_Static_assert(FH_CODES < MOST_PLACES / 4 * 3, "a table that is nearly full is slow");

typedef struct known {
    uint64_t hash;
    uint32_t code, times;
} known;

/* A frequent form whose code will not change any more, at hand in one line of the processor's cache. */
typedef struct hot {
    uint64_t hash;
    uint32_t code;
    uint32_t times; /* since it is at hand */
    uint8_t len;
    char form[HOT_FORM];
} hot;

struct fh_coiner {
    fh_vocabulary *vocabulary;
    fh_table forms; /* of known */
    hot *at_hand;
    bool full[FH_CODE_TIERS]; /* no more codes */
    uint64_t *met;
    uint32_t met_count;
    bool from_nothing, settled;
};

static void forget_met(fh_coiner *coiner) {
    memset(coiner->met, 0, ((size_t)1 << MET_BITS) / 8);
    coiner->met_count = 0;
}

static uint64_t met_bit(uint64_t hash) {
    return hash >> (64 - MET_BITS);
}

/* Was it met before? */
static bool note_met(fh_coiner *coiner, uint64_t hash) {
    uint64_t bit = met_bit(hash), mask = UINT64_C(1) << (bit % 64), *word = &coiner->met[bit / 64];
    if (*word & mask) return true;
    *word |= mask;
    if (++coiner->met_count == 1u << (MET_BITS - 1)) forget_met(coiner);
    return false;
}

/* The last bytes of a text change the highest bits of its FNV-1a hash but little, and those choose here: so
 * they are mixed, as splitmix64 ends (Steele, Lea and Flood, 2014). */
static uint64_t hash_of(fh_str form) {
    uint64_t z = fh_hash(FH_HASH_START, form);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return fh_table_key(z ^ z >> 31);
}

/* ---- Making ---- */

static uint32_t first_of(unsigned tier) {
    return tier == 0 ? FH_CODE_SIGNS : fh_code_tiers[tier].first;
}

static fh_status learn_tier(fh_coiner *coiner, unsigned tier, fh_error *err) {
    uint32_t count, first = first_of(tier);
    fh_status status = fh_vocabulary_count(coiner->vocabulary, tier, &count, err);
    for (uint32_t i = 0; status == FH_OK && i < count; i++) {
        fh_str form;
        status = fh_vocabulary_form(coiner->vocabulary, first + i, &form, err);
        if (status != FH_OK) break;
        known *item = fh_table_put(&coiner->forms, hash_of(form));
        item->code = first + i;
        item->times = tier < LONG_TIER ? TIMES[tier] : 2;
    }
    return status;
}

/* With room for all forms that there are: to grow from one size to the next costs as much again. */
static fh_status make_table(fh_coiner *coiner, fh_error *err) {
    size_t all = 0, places = FIRST_PLACES;
    fh_status status = FH_OK;
    for (unsigned tier = 0; status == FH_OK && tier < FH_CODE_TIERS; tier++) {
        uint32_t count = 0;
        status = fh_vocabulary_count(coiner->vocabulary, tier, &count, err);
        all += count;
    }
    while (places < 2 * (all + 1) && places < MOST_PLACES) places *= 2;
    coiner->forms = fh_table_new(sizeof(known), places);
    coiner->forms.most = MOST_PLACES;
    return status;
}

fh_status fh_coiner_new(fh_vocabulary *vocabulary, fh_coiner **out, fh_error *err) {
    fh_coiner *coiner = fh_alloc_zeroed(1, sizeof *coiner);
    coiner->vocabulary = vocabulary;
    fh_status status = make_table(coiner, err);
    coiner->met = fh_alloc_zeroed((size_t)1 << MET_BITS >> 6, sizeof *coiner->met);
    coiner->at_hand = fh_alloc_zeroed((size_t)1 << HOT_BITS, sizeof *coiner->at_hand);
    /* A form that has several codes keeps the shortest, which is learned last. */
    for (unsigned done = 0; status == FH_OK && done < FH_CODE_TIERS; done++)
        status = learn_tier(coiner, FH_CODE_TIERS - 1 - done, err);
    coiner->from_nothing = coiner->forms.count == 0;
    if (status == FH_OK) {
        *out = coiner;
    } else {
        fh_coiner_free(coiner);
    }
    return status;
}

void fh_coiner_free(fh_coiner *coiner) {
    if (!coiner) return;
    fh_table_free(&coiner->forms);
    free(coiner->at_hand);
    free(coiner->met);
    free(coiner);
}

size_t fh_coiner_bytes(const fh_coiner *coiner) {
    return fh_vocabulary_bytes(coiner->vocabulary) + coiner->forms.places * sizeof(known) +
           ((size_t)1 << MET_BITS) / 8 + ((size_t)1 << HOT_BITS) * sizeof(hot);
}

/* ---- Meeting ---- */

/* The next code of the shortest tier from `tier` on that has one; 0: none has. */
static uint32_t coin(fh_coiner *coiner, unsigned tier, unsigned end, fh_str form) {
    for (; tier < end; tier++) {
        uint32_t code = coiner->full[tier] ? 0 : fh_vocabulary_add(coiner->vocabulary, tier, form);
        if (code) return code;
        coiner->full[tier] = true;
    }
    return 0;
}

static void promote(fh_coiner *coiner, known *item, fh_str form) {
    unsigned has = fh_code_tier_of(item->code), deserved = 0;
    while (deserved < LONG_TIER && item->times < TIMES[deserved]) deserved++;
    uint32_t shorter = deserved < has ? coin(coiner, deserved, has, form) : 0;
    if (shorter) item->code = shorter;
}

/* Two forms of one hash: the second is never coded. */
static bool is_of(const fh_coiner *coiner, const known *item, fh_str form) {
    fh_str its;
    fh_error ignored;
    return fh_vocabulary_form(coiner->vocabulary, item->code, &its, &ignored) == FH_OK &&
           fh_str_equal(its, form);
}

static bool is_final(const fh_coiner *coiner, uint32_t code) {
    if (coiner->settled) return true;
    for (unsigned tier = fh_code_tier_of(code); tier-- > 0;)
        if (!coiner->full[tier]) return false;
    return true;
}

static hot *hot_at(const fh_coiner *coiner, uint64_t hash) {
    return &coiner->at_hand[hash >> (64 - HOT_BITS)];
}

static bool is_hot(const hot *at, uint64_t hash, fh_str form) {
    return at->hash == hash && fh_str_equal((fh_str){at->form, at->len}, form);
}

static void count_times(known *item, uint32_t more) {
    item->times = more < UINT32_MAX - item->times ? item->times + more : UINT32_MAX;
}

/* It counts where it is known from then on. */
static void let_go(fh_coiner *coiner, hot *at) {
    if (at->times > 0) count_times(fh_table_find(&coiner->forms, at->hash), at->times);
    *at = (hot){0};
}

static void keep_at_hand(fh_coiner *coiner, const known *item, fh_str form) {
    if (form.len > HOT_FORM || !is_final(coiner, item->code)) return;
    hot *at = hot_at(coiner, item->hash);
    let_go(coiner, at);
    at->hash = item->hash;
    at->code = item->code;
    at->len = (uint8_t)form.len;
    memcpy(at->form, form.ptr, form.len);
}

/* The first time is noted, at the second there is a code. */
static uint32_t meet_new(fh_coiner *coiner, uint64_t hash, fh_str form) {
    if (coiner->settled || !note_met(coiner, hash)) return 0;
    uint32_t code = coin(coiner, LONG_TIER, FH_CODE_TIERS, form);
    if (code) *(known *)fh_table_put(&coiner->forms, hash) = (known){hash, code, 2};
    return code;
}

static uint32_t meet(fh_coiner *coiner, uint64_t hash, fh_str form) {
    hot *at = hot_at(coiner, hash);
    if (is_hot(at, hash, form)) {
        if (at->times < UINT32_MAX) at->times++;
        return at->code;
    }
    known *item = fh_table_find(&coiner->forms, hash);
    if (!item) return meet_new(coiner, hash, form);
    if (!is_of(coiner, item, form)) return 0;
    count_times(item, 1);
    if (!coiner->settled) promote(coiner, item, form);
    keep_at_hand(coiner, item, form);
    return item->code;
}

uint32_t fh_coiner_meet(fh_coiner *coiner, fh_str form) {
    return form.len > FH_FORM_MOST ? 0 : meet(coiner, hash_of(form), form);
}

/* Lets come what is known by its hash. */
static void expect(const fh_coiner *coiner, uint64_t hash) {
    __builtin_prefetch(hot_at(coiner, hash));
    __builtin_prefetch(&coiner->met[met_bit(hash) / 64]);
    fh_table_expect(&coiner->forms, hash);
}

/* And then the form that it will be compared with. */
static void expect_form(const fh_coiner *coiner, uint64_t hash) {
    if (hot_at(coiner, hash)->hash == hash) return;
    const known *item = fh_table_find(&coiner->forms, hash);
    if (item) fh_vocabulary_expect(coiner->vocabulary, item->code);
}

void fh_coiner_meet_all(fh_coiner *coiner, const fh_str *forms, size_t count, uint32_t *codes) {
    uint64_t hashes[FH_MET_AT_ONCE];
    for (size_t i = 0; i < count; i++) expect(coiner, hashes[i] = hash_of(forms[i]));
    for (size_t i = 0; i < count; i++) expect_form(coiner, hashes[i]);
    for (size_t i = 0; i < count; i++)
        codes[i] = forms[i].len > FH_FORM_MOST ? 0 : meet(coiner, hashes[i], forms[i]);
}

/* ---- Settling ---- */

static int by_times(const void *a, const void *b) {
    const known *x = *(known *const *)a, *y = *(known *const *)b;
    if (x->times != y->times) return x->times > y->times ? -1 : 1;
    return x->code < y->code ? -1 : x->code > y->code;
}

static void begin_anew(fh_coiner *coiner, fh_vocabulary *into) {
    coiner->vocabulary = into;
    coiner->settled = true;
    memset(coiner->full, 0, sizeof coiner->full);
}

fh_status fh_coiner_settle(fh_coiner *coiner, fh_vocabulary *into, fh_error *err) {
    fh_vocabulary *met = coiner->vocabulary;
    known **all = fh_alloc(coiner->forms.count * sizeof *all + 1);
    size_t count = 0;
    uint32_t ignored;
    fh_status status = FH_OK;
    for (size_t i = 0; i < (size_t)1 << HOT_BITS; i++) let_go(coiner, &coiner->at_hand[i]);
    for (size_t i = 0; i < coiner->forms.places; i++) {
        known *item = (known *)(coiner->forms.items + i * sizeof *item);
        if (item->hash) all[count++] = item;
    }
    if (count > 0) qsort(all, count, sizeof *all, by_times);
    for (unsigned tier = 0; status == FH_OK && tier < FH_CODE_TIERS; tier++)
        status = fh_vocabulary_count(into, tier, &ignored, err);
    begin_anew(coiner, into);
    for (size_t i = 0; status == FH_OK && i < count; i++) {
        fh_str form;
        status = fh_vocabulary_form(met, all[i]->code, &form, err);
        if (status == FH_OK) all[i]->code = coin(coiner, 0, FH_CODE_TIERS, form);
    }
    free(all);
    return status;
}

bool fh_coiner_met_all(const fh_coiner *coiner) {
    return coiner->from_nothing;
}

static uint32_t settled_code(const fh_coiner *coiner, fh_str form) {
    const known *item = fh_table_find(&coiner->forms, hash_of(form));
    return item && is_of(coiner, item, form) ? item->code : 0;
}

fh_status fh_coiner_translate(const fh_coiner *coiner, fh_vocabulary *from, uint32_t *out, fh_error *err) {
    fh_status status = FH_OK;
    memset(out, 0, FH_CODES * sizeof *out);
    for (unsigned tier = 0; status == FH_OK && tier < FH_CODE_TIERS; tier++) {
        uint32_t count, first = first_of(tier);
        status = fh_vocabulary_count(from, tier, &count, err);
        for (uint32_t code = first; status == FH_OK && code < first + count; code++) {
            fh_str form;
            status = fh_vocabulary_form(from, code, &form, err);
            if (status == FH_OK) out[code] = settled_code(coiner, form);
        }
    }
    return status;
}
