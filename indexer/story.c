/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Stories by print and by day: what is nearly the same is looked up by parts of the print, what is much alike
 * among the texts of the days around. */
#include "indexer/story.h"
#include "base/memory.h"

#include <stdlib.h>
#include <time.h>

enum {
    NEXT_TO_NOTHING = 3, /* bits: a word in some hundred is another */
    MUCH_ALIKE = 20,     /* bits: four pairs of words in five are the same, more or less */
    DAYS_AROUND = 3,     /* that outlets take to print what an agency sent */
    DAYS = 2 * DAYS_AROUND + 1,
    NO_DAY = INT32_MIN,
    PARTS = NEXT_TO_NOTHING + 1, /* as many bits cannot lie in all parts */
    PART_BYTES = FH_PRINT_BYTES / PARTS,
    LOOKED_AT = 1 << 15, /* texts of one day, the last ones; no day has so many but that of no date */
    FIRST_SLOTS = 1 << 10,
    DAY_SECONDS = 24 * 60 * 60,
};

#define NONE UINT32_MAX

typedef struct print {
    uint64_t halves[2];
} print;

/* A chained table; links are indexes into what the owner keeps. */
typedef struct table {
    uint32_t *heads;
    size_t slots; /* a power of two */
} table;

/* What was published on a day. */
typedef struct day {
    int32_t number; /* since 1970; NO_DAY: not known */
    uint32_t next;  /* in the table of days */
    uint32_t *stories;
    size_t count, capacity;
} day;

struct fh_stories {
    print *prints; /* of each story, in the order they came */
    uint32_t (*links)[PARTS];
    size_t count, capacity, link_capacity;
    table by_part;
    day *days;
    size_t day_count, day_capacity;
    table by_day;
};

/* ---- Prints ---- */

static print read_print(const unsigned char *bytes) {
    print p;
    memcpy(p.halves, bytes, sizeof p.halves);
    return p;
}

static unsigned distance(const print *a, const print *b) {
    return (unsigned)(__builtin_popcountll(a->halves[0] ^ b->halves[0]) +
                      __builtin_popcountll(a->halves[1] ^ b->halves[1]));
}

static size_t part_slot(const fh_stories *s, const print *p, unsigned part) {
    fh_str bytes = {(const char *)p->halves + (size_t)part * PART_BYTES, PART_BYTES};
    return fh_hash(FH_HASH_START + part, bytes) & (s->by_part.slots - 1);
}

/* ---- Tables ---- */

static void empty_table(table *t, size_t slots) {
    free(t->heads);
    t->heads = fh_alloc(slots * sizeof *t->heads);
    t->slots = slots;
    memset(t->heads, 0xff, slots * sizeof *t->heads);
}

static void link_story(fh_stories *s, uint32_t story) {
    for (unsigned part = 0; part < PARTS; part++) {
        uint32_t *head = &s->by_part.heads[part_slot(s, &s->prints[story], part)];
        s->links[story][part] = *head;
        *head = story * PARTS + part;
    }
}

static uint32_t add_story(fh_stories *s, const print *p) {
    s->prints = fh_grow(s->prints, s->count, &s->capacity, sizeof *s->prints);
    s->links = fh_grow(s->links, s->count, &s->link_capacity, sizeof *s->links);
    s->prints[s->count++] = *p;
    if (s->count * PARTS <= s->by_part.slots) {
        link_story(s, (uint32_t)s->count - 1);
    } else {
        empty_table(&s->by_part, s->by_part.slots * 2);
        for (uint32_t i = 0; i < s->count; i++) link_story(s, i);
    }
    return (uint32_t)s->count - 1;
}

static size_t day_slot(const fh_stories *s, int32_t number) {
    return (uint32_t)number & (s->by_day.slots - 1);
}

static void link_day(fh_stories *s, uint32_t i) {
    uint32_t *head = &s->by_day.heads[day_slot(s, s->days[i].number)];
    s->days[i].next = *head;
    *head = i;
}

static day *find_day(const fh_stories *s, int32_t number) {
    uint32_t i = s->by_day.heads[day_slot(s, number)];
    while (i != NONE && s->days[i].number != number) i = s->days[i].next;
    return i == NONE ? NULL : &s->days[i];
}

static day *make_day(fh_stories *s, int32_t number) {
    s->days = fh_grow(s->days, s->day_count, &s->day_capacity, sizeof *s->days);
    s->days[s->day_count++] = (day){.number = number};
    if (s->day_count <= s->by_day.slots) {
        link_day(s, (uint32_t)s->day_count - 1);
    } else {
        empty_table(&s->by_day, s->by_day.slots * 2);
        for (uint32_t i = 0; i < s->day_count; i++) link_day(s, i);
    }
    return &s->days[s->day_count - 1];
}

static void put_on_day(fh_stories *s, uint32_t story, int32_t number) {
    day *d = find_day(s, number);
    if (!d) d = make_day(s, number);
    for (size_t i = d->count; i > 0 && d->count - i < LOOKED_AT; i--)
        if (d->stories[i - 1] == story) return;
    d->stories = fh_grow(d->stories, d->count, &d->capacity, sizeof *d->stories);
    d->stories[d->count++] = story;
}

/* ---- Finding ---- */

typedef struct nearest {
    uint32_t story;
    unsigned bits;
} nearest;

/* Of two that are as near, the first one that came. */
static void consider(const fh_stories *s, uint32_t story, const print *p, unsigned limit, nearest *best) {
    unsigned bits = distance(&s->prints[story], p);
    if (bits > limit || bits > best->bits) return;
    if (bits < best->bits || story < best->story) *best = (nearest){story, bits};
}

static void look_among_all(const fh_stories *s, const print *p, nearest *best) {
    for (unsigned part = 0; part < PARTS; part++) {
        uint32_t link = s->by_part.heads[part_slot(s, p, part)];
        for (; link != NONE; link = s->links[link / PARTS][link % PARTS])
            consider(s, link / PARTS, p, NEXT_TO_NOTHING, best);
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

static int32_t day_of(int year, int month, int number) {
    struct tm parts = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = number};
    return year == 0 ? NO_DAY : (int32_t)(timegm(&parts) / DAY_SECONDS);
}

void fh_stories_take(fh_stories *stories, const fh_date *published, unsigned char bytes[FH_PRINT_BYTES]) {
    print p = read_print(bytes);
    int32_t number = day_of(published->year, published->month, published->day);
    uint32_t story = find_story(stories, number, &p);
    if (story == NONE) story = add_story(stories, &p);
    put_on_day(stories, story, number);
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

typedef struct loading {
    fh_stories *stories;
    int32_t *days; /* by document */
    size_t count, capacity;
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

/* The print in an index is that of the story already. */
static bool load_story(void *context, uint32_t document, fh_str value) {
    loading *l = context;
    if (value.len != FH_PRINT_BYTES) return true;
    print p = read_print((const unsigned char *)value.ptr);
    nearest same = {NONE, UINT32_MAX};
    look_among_all(l->stories, &p, &same);
    uint32_t story = same.bits == 0 ? same.story : add_story(l->stories, &p);
    put_on_day(l->stories, story, document < l->count ? l->days[document] : NO_DAY);
    return true;
}

fh_status fh_stories_new(fh_store *store, fh_stories **out, fh_error *err) {
    fh_stories *stories = fh_alloc_zeroed(1, sizeof *stories);
    empty_table(&stories->by_part, FIRST_SLOTS);
    empty_table(&stories->by_day, FIRST_SLOTS);
    loading l = {.stories = stories};
    fh_status status = fh_store_values(store, FH_SLOT_PUBLISHED, load_day, &l, err);
    if (status == FH_OK) status = fh_store_values(store, FH_SLOT_STORY, load_story, &l, err);
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
    free(stories->by_day.heads);
    free(stories->by_part.heads);
    free(stories->links);
    free(stories->prints);
    free(stories);
}
