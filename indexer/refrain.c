/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting lines.
 *
 * Measured on 31,030 articles of 14 outlets: of the lines that these numbers take none is a sentence of a
 * story.  What they take is ends of transmission, numbers to send messages to, links to more, and where a
 * story was written or by whom; the last two are left to be searched, by what is recognised in them
 * (indexer/document.c). */
#include "indexer/refrain.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const char KEY[] = "fihris.refrains";

enum {
    STORIES = 10,       /* different ones that have the line at least, … */
    PART = 100,         /* … and one of so many articles of the outlet */
    LINE_MOST = 120,    /* code points */
    FIRST_LINES = 2,    /* that may be refrains, … */
    LAST_LINES = 3,     /* … and at the end */
    LINES_LEAST = 3,    /* of an article */
    MAX_OUTLETS = 1000, /* of which lines are learned */
    MAX_LINES = 1 << 16,
    MAX_KNOWN = 4096,
};

/* A line of an outlet at one end of its articles. */
typedef struct line {
    uint64_t key; /* 0: free */
    uint32_t articles, stories;
    uint64_t told[STORIES]; /* by their longest lines */
} line;

typedef struct outlet {
    uint64_t key;
    uint64_t articles;
} outlet;

struct fh_refrains {
    line *lines; /* open addressing, at most half of it taken */
    size_t used;
    outlet outlets[MAX_OUTLETS];
    size_t outlet_count;
    uint64_t *known; /* sorted */
    size_t known_count;
    bool learned;
};

enum { SLOTS = 2 * MAX_LINES };

fh_refrains *fh_refrains_new(void) {
    fh_refrains *refrains = fh_alloc_zeroed(1, sizeof *refrains);
    refrains->known = fh_alloc(MAX_KNOWN * sizeof *refrains->known);
    return refrains;
}

void fh_refrains_free(fh_refrains *refrains) {
    if (!refrains) return;
    free(refrains->lines);
    free(refrains->known);
    free(refrains);
}

/* ---- What is known ---- */

/* Where the key is, or would be. */
static size_t place_of(const fh_refrains *refrains, uint64_t key) {
    size_t from = 0, to = refrains->known_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (refrains->known[middle] < key)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static bool is_known(const fh_refrains *refrains, uint64_t key) {
    size_t at = place_of(refrains, key);
    return at < refrains->known_count && refrains->known[at] == key;
}

static bool add_known(fh_refrains *refrains, uint64_t key) {
    if (refrains->known_count == MAX_KNOWN || is_known(refrains, key)) return false;
    size_t at = place_of(refrains, key);
    memmove(refrains->known + at + 1, refrains->known + at,
            (refrains->known_count - at) * sizeof *refrains->known);
    refrains->known[at] = key;
    refrains->known_count++;
    return true;
}

fh_status fh_refrains_recall(fh_refrains *refrains, fh_store *store, fh_error *err) {
    fh_arena *arena = fh_arena_new();
    fh_str kept = {0}, word;
    fh_status status = fh_store_get_meta(store, KEY, arena, &kept, err);
    while (fh_str_line(&kept, &word)) {
        char digits[17] = "";
        if (word.len != sizeof digits - 1) continue;
        memcpy(digits, word.ptr, word.len);
        add_known(refrains, strtoull(digits, NULL, 16));
    }
    fh_arena_free(arena);
    return status;
}

fh_status fh_refrains_keep(const fh_refrains *refrains, fh_store *store, fh_error *err) {
    fh_buf known = {0};
    if (!refrains->learned) return FH_OK;
    for (size_t i = 0; i < refrains->known_count; i++)
        fh_buf_printf(&known, "%016" PRIx64 "\n", refrains->known[i]);
    fh_status status = fh_store_set_meta(store, KEY, fh_buf_str(&known), err);
    fh_buf_free(&known);
    return status;
}

/* ---- Counting ---- */

static line *find(line *lines, uint64_t key) {
    size_t at = key % SLOTS;
    while (lines[at].key && lines[at].key != key) at = (at + 1) % SLOTS;
    return &lines[at];
}

static size_t count_above(const line *lines, uint32_t rare) {
    size_t count = 0;
    for (size_t i = 0; i < SLOTS; i++) count += lines[i].articles > rare;
    return count;
}

/* The rarest give way, until half of the room is free. */
static void drop_rare(fh_refrains *refrains) {
    line *lines = refrains->lines;
    size_t left, kept = 0;
    uint32_t rare = 1;
    while ((left = count_above(lines, rare)) > MAX_LINES / 2) rare++;
    line *often = fh_alloc(left * sizeof *often);
    for (size_t i = 0; i < SLOTS; i++)
        if (lines[i].articles > rare) often[kept++] = lines[i];
    memset(lines, 0, SLOTS * sizeof *lines);
    for (size_t i = 0; i < kept; i++) *find(lines, often[i].key) = often[i];
    free(often);
    refrains->used = kept;
}

/* One story printed ten times is no refrain. */
static void count_story(line *found, uint64_t story) {
    for (uint32_t i = 0; i < found->stories; i++)
        if (found->told[i] == story) return;
    if (found->stories < STORIES) found->told[found->stories++] = story;
}

static void count(fh_refrains *refrains, uint64_t key, const outlet *of, uint64_t story) {
    if (is_known(refrains, key)) return;
    if (!refrains->lines) refrains->lines = fh_alloc_zeroed(SLOTS, sizeof *refrains->lines);
    if (refrains->used >= MAX_LINES) drop_rare(refrains);
    line *found = find(refrains->lines, key);
    refrains->used += found->key == 0;
    found->key = key;
    found->articles++;
    count_story(found, story);
    if (found->stories < STORIES || found->articles < of->articles / PART) return;
    if (add_known(refrains, key)) refrains->learned = true;
}

size_t fh_refrains_bytes(void) {
    return sizeof(fh_refrains) + MAX_KNOWN * sizeof(uint64_t) + SLOTS * sizeof(line);
}

/* ---- Articles ---- */

static outlet *outlet_of(fh_refrains *refrains, fh_str name) {
    uint64_t key = fh_hash(FH_HASH_START, name);
    for (size_t i = 0; i < refrains->outlet_count; i++)
        if (refrains->outlets[i].key == key) return &refrains->outlets[i];
    if (refrains->outlet_count == MAX_OUTLETS) return NULL;
    refrains->outlets[refrains->outlet_count] = (outlet){.key = key};
    return &refrains->outlets[refrains->outlet_count++];
}

typedef struct edges {
    fh_str first[FIRST_LINES], last[LAST_LINES]; /* of the last the very last first */
    size_t lines;
    uint64_t story;
} edges;

static edges edges_of(fh_str body) {
    edges e = {.lines = 0};
    fh_str rest = body, text, longest = FH_STR("");
    while (fh_str_line(&rest, &text)) {
        if (e.lines < FIRST_LINES) e.first[e.lines] = text;
        memmove(e.last + 1, e.last, (LAST_LINES - 1) * sizeof *e.last);
        e.last[0] = text;
        if (text.len > longest.len) longest = text;
        e.lines++;
    }
    e.story = fh_hash(FH_HASH_START, longest);
    return e;
}

/* Never 0. */
static uint64_t key_of(const outlet *of, fh_str text, const char *end) {
    fh_str name = {(const char *)&of->key, sizeof of->key};
    uint64_t key = fh_hash(fh_hash(fh_hash(FH_HASH_START, name), fh_str_from(end)), text);
    return key ? key : 1;
}

static bool may_be_refrain(fh_str text) {
    return text.len > 0 && fh_utf8_count(text) <= LINE_MOST;
}

static fh_str without_refrains(const fh_refrains *refrains, const outlet *of, fh_str body, const edges *e) {
    size_t from = 0, to = body.len;
    for (size_t i = 0; i < FIRST_LINES && is_known(refrains, key_of(of, e->first[i], "first")); i++)
        from = (size_t)(e->first[i].ptr - body.ptr) + e->first[i].len;
    for (size_t i = 0; i < LAST_LINES && is_known(refrains, key_of(of, e->last[i], "last")); i++)
        to = (size_t)(e->last[i].ptr - body.ptr);
    if (from >= to) return body;
    fh_str left = fh_str_trim(fh_str_slice(body, from, to));
    return left.len ? left : body;
}

fh_str fh_refrains_take(fh_refrains *refrains, const fh_article *article) {
    edges e = edges_of(article->body);
    outlet *of = outlet_of(refrains, article->source);
    if (!of) return article->body;
    of->articles++;
    if (e.lines < LINES_LEAST) return article->body;
    for (size_t i = 0; i < FIRST_LINES; i++)
        if (may_be_refrain(e.first[i])) count(refrains, key_of(of, e.first[i], "first"), of, e.story);
    for (size_t i = 0; i < LAST_LINES; i++)
        if (may_be_refrain(e.last[i])) count(refrains, key_of(of, e.last[i], "last"), of, e.story);
    return without_refrains(refrains, of, article->body, &e);
}
