/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stories by print and by day: what is nearly the same is looked up by parts of the print, what is much alike
 * among the texts of the days around. */
#include "indexer/story.h"
#include "base/bits.h"
#include "base/chains.h"
#include "base/memory.h"

#include <stdlib.h>

enum {
    NEXT_TO_NOTHING = 3, /* bits: a word in some hundred is another */
    MUCH_ALIKE = 20,     /* bits: four pairs of words in five are the same, more or less */
    DAYS_AROUND = 3,     /* that outlets take to print what an agency sent */
    DAYS = 2 * DAYS_AROUND + 1,
    NO_DAY = INT32_MIN,
    PARTS = NEXT_TO_NOTHING + 1, /* as many bits cannot lie in all parts */
    PART_BYTES = FH_PRINT_BYTES / PARTS,
    LOOKED_AT = 1 << 15, /* texts of one day, the last ones; no day has so many but that of no date */
};

#define NONE UINT32_MAX

typedef struct print {
    uint64_t halves[2];
} print;

/* What was published on a day. */
typedef struct day {
    int32_t number; /* since 1970; NO_DAY: not known */
    uint32_t *stories;
    size_t count, capacity;
} day;

struct fh_stories {
    print *prints; /* of each story, in the order they came */
    size_t count, capacity;
    fh_chains by_part; /* of a story's parts, one after the other */
    day *days;
    size_t day_count, day_capacity, listed; /* on all days */
    fh_chains by_day;
};

/* ---- Prints ---- */

static print read_print(const unsigned char *bytes) {
    print p;
    memcpy(p.halves, bytes, sizeof p.halves);
    return p;
}

static uint64_t hash_part(const print *p, unsigned part) {
    const uint64_t golden = UINT64_C(0x9e3779b97f4a7c15); /* Knuth's multiplicative hash */
    uint32_t bits;
    memcpy(&bits, (const char *)p->halves + (size_t)part * PART_BYTES, sizeof bits);
    return (bits + ((uint64_t)part << 32)) * golden >> 32;
}

/* ---- Tables ---- */

static uint64_t hash_of_part(const void *owner, uint32_t item) {
    const fh_stories *s = owner;
    return hash_part(&s->prints[item / PARTS], item % PARTS);
}

static uint32_t add_story(fh_stories *s, const print *p) {
    s->prints = fh_grow(s->prints, s->count, &s->capacity, sizeof *s->prints);
    s->prints[s->count++] = *p;
    for (unsigned part = 0; part < PARTS; part++) fh_chains_add(&s->by_part, hash_of_part, s);
    return (uint32_t)s->count - 1;
}

static uint64_t hash_of_day(const void *owner, uint32_t item) {
    const fh_stories *s = owner;
    return (uint32_t)s->days[item].number;
}

static day *find_day(const fh_stories *s, int32_t number) {
    uint32_t i = fh_chains_first(&s->by_day, (uint32_t)number);
    while (i != FH_CHAIN_END && s->days[i].number != number) i = fh_chains_next(&s->by_day, i);
    return i == FH_CHAIN_END ? NULL : &s->days[i];
}

static day *make_day(fh_stories *s, int32_t number) {
    s->days = fh_grow(s->days, s->day_count, &s->day_capacity, sizeof *s->days);
    s->days[s->day_count++] = (day){.number = number};
    fh_chains_add(&s->by_day, hash_of_day, s);
    return &s->days[s->day_count - 1];
}

static bool is_on_day(const day *d, uint32_t story) {
    for (size_t i = d->count; i > 0 && d->count - i < LOOKED_AT; i--)
        if (d->stories[i - 1] == story) return true;
    return false;
}

/* A story that is new is on no day. */
static void put_on_day(fh_stories *s, uint32_t story, bool is_new, int32_t number) {
    day *d = find_day(s, number);
    if (!d) d = make_day(s, number);
    if (!is_new && is_on_day(d, story)) return;
    d->stories = fh_grow(d->stories, d->count, &d->capacity, sizeof *d->stories);
    d->stories[d->count++] = story;
    s->listed++;
}

size_t fh_stories_bytes(const fh_stories *stories) {
    if (!stories) return 0;
    return stories->count * sizeof(print) + fh_chains_bytes(&stories->by_part) +
           stories->day_count * sizeof(day) + fh_chains_bytes(&stories->by_day) +
           2 * stories->listed * sizeof(uint32_t); /* a list has room to grow */
}

/* ---- Finding ---- */

typedef struct nearest {
    uint32_t story;
    unsigned bits;
} nearest;

/* Of two that are as near, the first one that came. */
static void consider(const fh_stories *s, uint32_t story, const print *p, unsigned limit, nearest *best) {
    const print *other = &s->prints[story];
    if (limit > best->bits) limit = best->bits;
    unsigned bits = fh_bits_count(other->halves[0] ^ p->halves[0]);
    if (bits > limit) return; /* as nearly all are */
    bits += fh_bits_count(other->halves[1] ^ p->halves[1]);
    if (bits > limit) return;
    if (bits < best->bits || story < best->story) *best = (nearest){story, bits};
}

static void look_among_all(const fh_stories *s, const print *p, nearest *best) {
    for (unsigned part = 0; part < PARTS; part++) {
        uint32_t item = fh_chains_first(&s->by_part, hash_part(p, part));
        for (; item != FH_CHAIN_END; item = fh_chains_next(&s->by_part, item))
            if (item % PARTS == part) consider(s, item / PARTS, p, NEXT_TO_NOTHING, best);
    }
}

static void look_on_day(const fh_stories *s, int32_t number, const print *p, nearest *best) {
    const day *d = find_day(s, number);
    if (!d) return;
    size_t from = d->count > LOOKED_AT ? d->count - LOOKED_AT : 0;
    for (size_t i = from; i < d->count; i++) consider(s, d->stories[i], p, MUCH_ALIKE, best);
}

static uint32_t find_story(const fh_stories *s, int32_t number, const print *p) {
    nearest best = {NONE, UINT32_MAX};
    look_among_all(s, p, &best);
    if (best.story != NONE) return best.story;
    if (number == NO_DAY) look_on_day(s, NO_DAY, p, &best);
    for (int32_t i = 0; number != NO_DAY && i < DAYS; i++) look_on_day(s, number - DAYS_AROUND + i, p, &best);
    return best.story;
}

/* ---- The door ---- */

/* Years begin in March here, so that a leap day is the last of its year. */
static int32_t day_of(int year, int month, int number) {
    enum { MARCH = 3, MONTHS = 12, YEAR = 365, EPOCH = 719468 /* days from 1 March 0 to 1970 */ };
    if (year == 0) return NO_DAY;
    if (month < MARCH) year--;
    int since_march = (month + MONTHS - MARCH) % MONTHS;
    int in_year = (153 * since_march + 2) / 5 + number - 1; /* five months have 153 days */
    return year * YEAR + year / 4 - year / 100 + year / 400 + in_year - EPOCH;
}

void fh_stories_take(fh_stories *stories, const fh_date *published, unsigned char bytes[FH_PRINT_BYTES]) {
    print p = read_print(bytes);
    int32_t number = day_of(published->year, published->month, published->day);
    uint32_t story = find_story(stories, number, &p);
    bool is_new = story == NONE;
    if (is_new) story = add_story(stories, &p);
    put_on_day(stories, story, is_new, number);
    memcpy(bytes, stories->prints[story].halves, FH_PRINT_BYTES);
}

void fh_stories_settle(fh_stories *stories, fh_document *document) {
    unsigned char *bytes = NULL;
    for (size_t i = 0; i < document->value_count; i++)
        if (document->values[i].slot == FH_SLOT_STORY) bytes = (unsigned char *)document->values[i].bytes.ptr;
    if (!bytes) return;
    fh_stories_take(stories, &document->article->published, bytes);
    for (size_t i = document->posting_count; i > 0; i--) {
        const fh_posting *posting = &document->postings[i - 1];
        if (posting->field != FH_FIELD_STORY) continue;
        fh_story_word((fh_str){(const char *)bytes, FH_PRINT_BYTES}, (char *)posting->word.ptr);
        return;
    }
}

/* ---- From an index ---- */

enum { AWAITED = 16 /* stories whose chains are on their way from memory */ };

typedef struct loading {
    fh_stories *stories;
    int32_t *days; /* by document */
    size_t count, capacity;
    struct {
        print print;
        int32_t day;
    } awaited[AWAITED];
    size_t met, loaded; /* stories; what lies between is awaited */
} loading;

static int digits(fh_str text, size_t from, size_t to) {
    int number = 0;
    for (size_t i = from; i < to && i < text.len; i++) number = number * 10 + (text.ptr[i] - '0');
    return number;
}

static bool load_day(void *context, uint32_t document, fh_str value) {
    loading *l = context;
    while (l->count <= document) {
        l->days = fh_grow(l->days, l->count, &l->capacity, sizeof *l->days);
        l->days[l->count++] = NO_DAY;
    }
    l->days[document] = day_of(digits(value, 0, 4), digits(value, 4, 6), digits(value, 6, 8));
    return true;
}

static uint32_t find_same(const fh_stories *s, const print *p) {
    uint32_t item = fh_chains_first(&s->by_part, hash_part(p, 0));
    for (; item != FH_CHAIN_END; item = fh_chains_next(&s->by_part, item))
        if (item % PARTS == 0 && memcmp(&s->prints[item / PARTS], p, sizeof *p) == 0) return item / PARTS;
    return NONE;
}

static void load_next(loading *l) {
    size_t at = l->loaded++ % AWAITED;
    const print *p = &l->awaited[at].print;
    uint32_t story = find_same(l->stories, p);
    bool is_new = story == NONE;
    if (is_new) story = add_story(l->stories, p);
    put_on_day(l->stories, story, is_new, l->awaited[at].day);
}

/* The print in an index is that of the story already. */
static bool load_story(void *context, uint32_t document, fh_str value) {
    loading *l = context;
    if (value.len != FH_PRINT_BYTES) return true;
    if (l->met - l->loaded == AWAITED) load_next(l);
    size_t at = l->met++ % AWAITED;
    l->awaited[at].print = read_print((const unsigned char *)value.ptr);
    l->awaited[at].day = document < l->count ? l->days[document] : NO_DAY;
    for (unsigned part = 0; part < PARTS; part++)
        fh_chains_await(&l->stories->by_part, hash_part(&l->awaited[at].print, part));
    return true;
}

fh_status fh_stories_new(fh_store *store, fh_stories **out, fh_error *err) {
    fh_stories *stories = fh_alloc_zeroed(1, sizeof *stories);
    loading l = {.stories = stories};
    fh_store_stats stats;
    fh_status status = fh_store_statistics(store, &stats, err);
    if (status == FH_OK) fh_chains_expect(&stories->by_part, stats.articles * PARTS);
    if (status == FH_OK) status = fh_store_values(store, FH_SLOT_PUBLISHED, load_day, &l, err);
    if (status == FH_OK) status = fh_store_values(store, FH_SLOT_STORY, load_story, &l, err);
    while (status == FH_OK && l.loaded < l.met) load_next(&l);
    free(l.days);
    if (status == FH_OK)
        *out = stories;
    else
        fh_stories_free(stories);
    return status;
}

void fh_stories_free(fh_stories *stories) {
    if (!stories) return;
    for (size_t i = 0; i < stories->day_count; i++) free(stories->days[i].stories);
    free(stories->days);
    fh_chains_free(&stories->by_day);
    fh_chains_free(&stories->by_part);
    free(stories->prints);
    free(stories);
}
