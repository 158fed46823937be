/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs are put together term by term: in each, terms are in the order of their keys, and the documents of one
 * run are behind those of the run before. */
#include "store/few.h"
#include "base/memory.h"
#include "store/bulk/segment.h"
#include "store/glass/glass.h"
#include "store/glass/pack.h"
#include "store/glass/rare.h"
#include <stdlib.h>

enum {
    PAGE = 1024,    /* bytes of postings, but for a list that has more */
    MOST_KEY = 224, /* bytes of a page's key: libxapian takes no more than that behind what names the run */
    MUCH_LONGER = 2,
};

struct fh_few {
    fh_xapian *db;
    const char *dir;
    fh_inverter *inverter;
    uint32_t first, last; /* documents; 0: none waits */
};

fh_few *fh_few_new(fh_xapian *db, const char *dir) {
    fh_few *few = fh_alloc(sizeof *few);
    *few = (fh_few){.db = db, .dir = dir, .inverter = fh_inverter_new()};
    return few;
}

void fh_few_free(fh_few *few) {
    if (!few) return;
    fh_inverter_free(few->inverter);
    free(few);
}

fh_status fh_few_put(fh_few *few, const fh_document *document, fh_str data, fh_added *out, fh_error *err) {
    size_t ignored;
    uint32_t length = fh_segment_invert(document, few->inverter);
    fh_status status = fh_xapian_put(few->db, document, data, &length, out, err);
    if (status != FH_OK) return status;
    fh_inverter_end(few->inverter, out->number, &ignored);
    if (few->first == 0) few->first = out->number;
    few->last = out->number;
    return FH_OK;
}

static fh_status damaged(const char *dir, fh_error *err) {
    return fh_fail(err, FH_ERR_CORRUPT, dir, "build it anew from its source",
                   "what the index keeps of its newest words is damaged");
}

fh_status fh_fresh_read(fh_xapian *db, const char *dir, fh_fresh *out, fh_error *err) {
    fh_str fact;
    fh_arena *arena = fh_arena_new();
    fh_status status = fh_xapian_get_meta(db, FH_META_FRESH, arena, &fact, err);
    if (status == FH_OK && !fh_fresh_take(fact, out)) status = damaged(dir, err);
    fh_arena_free(arena);
    return status;
}

/* ---- What is put together ---- */

/* The terms of one run. */
typedef struct source {
    fh_facts pages;
    size_t next, name_len; /* of what names begin with, before the key of the page */
    fh_rare_page page;
    bool there; /* at a term */
} source;

typedef struct merging {
    const fh_few *few;
    fh_arena *arena;
    source runs[FH_FRESH_RUNS];
    size_t count;
    fh_inverted newest; /* of what waits */
    bool newest_there;
    fh_buf newest_key, key;
    /* The term at hand: */
    uint32_t documents, first, last;
    fh_buf postings;
    /* The page at hand: */
    fh_str prefix; /* of the names of pages that are written */
    fh_buf name, before, page;
    fh_status status;
    fh_error *err;
} merging;

static fh_str name_prefix(size_t run) {
    fh_str key = fh_fresh_key(run);
    return fh_str_slice(key, FH_KEY_FACT.len, key.len);
}

static void advance(merging *m, source *from) {
    while (!(from->there = fh_rare_next(&from->page))) {
        if (from->page.broken) m->status = damaged(m->few->dir, m->err);
        if (from->page.broken || from->next == from->pages.count) return;
        const fh_fact *page = &from->pages.items[from->next++];
        from->page = fh_rare_page_of(fh_str_slice(page->key, from->name_len, page->key.len), page->value);
        from->page.of_run = true;
    }
}

static void advance_newest(merging *m) {
    m->newest_there = fh_inverter_term(m->few->inverter, &m->newest);
    fh_buf_clear(&m->newest_key);
    if (m->newest_there) fh_glass_sorted_string(&m->newest_key, m->newest.term, true);
}

/* Takes the pages of a run out of the index. */
static void open_run(merging *m, size_t run) {
    source *from = &m->runs[m->count++];
    fh_str prefix = name_prefix(run);
    from->name_len = prefix.len;
    if (m->status == FH_OK)
        m->status = fh_xapian_facts_of(m->few->db, prefix, m->arena, &from->pages, m->err);
    for (size_t i = 0; m->status == FH_OK && i < from->pages.count; i++)
        m->status = fh_xapian_set_meta(m->few->db, from->pages.items[i].key, FH_STR(""), m->err);
    if (m->status == FH_OK) advance(m, from);
}

/* ---- The term at hand ---- */

static void lower(bool there, fh_str key, fh_str *lowest) {
    if (there && (!lowest->ptr || fh_str_compare(key, *lowest) < 0)) *lowest = key;
}

/* Leaves its key in `m->key`.  False: there is none. */
static bool find_lowest(merging *m) {
    fh_str lowest = {0};
    for (size_t i = 0; i < m->count; i++) lower(m->runs[i].there, fh_rare_key(&m->runs[i].page), &lowest);
    lower(m->newest_there, fh_buf_str(&m->newest_key), &lowest);
    fh_buf_clear(&m->key);
    fh_buf_add(&m->key, lowest);
    return lowest.ptr;
}

static void add_posting(merging *m, uint32_t number, uint32_t wdf) {
    if (number <= m->last) {
        m->status = damaged(m->few->dir, m->err);
        return;
    }
    if (m->documents++ == 0)
        m->first = number;
    else
        fh_glass_uint(&m->postings, number - m->last - 1);
    fh_glass_uint(&m->postings, wdf);
    m->last = number;
}

static void add_list(merging *m, const fh_rare_list *list) {
    fh_str rest = list->postings;
    for (uint64_t number = list->first;;) {
        uint64_t wdf = fh_glass_take_uint(&rest);
        if (!rest.ptr || number > UINT32_MAX || wdf > UINT32_MAX) {
            m->status = damaged(m->few->dir, m->err);
            return;
        }
        add_posting(m, (uint32_t)number, (uint32_t)wdf);
        if (rest.len == 0) return;
        number += fh_glass_take_uint(&rest) + 1;
    }
}

static void gather(merging *m) {
    fh_occurrence at;
    m->documents = m->first = m->last = 0;
    fh_buf_clear(&m->postings);
    for (source *run = m->runs; run < m->runs + m->count; run++) {
        if (!run->there || !fh_str_equal(fh_rare_key(&run->page), fh_buf_str(&m->key))) continue;
        add_list(m, &run->page.list);
        advance(m, run);
    }
    if (!m->newest_there || !fh_str_equal(fh_buf_str(&m->newest_key), fh_buf_str(&m->key))) return;
    while (fh_inverter_occurrence(m->few->inverter, &at)) add_posting(m, at.number, at.wdf);
    advance_newest(m);
}

/* ---- Pages ---- */

static void end_page(merging *m) {
    if (m->page.len > 0 && m->status == FH_OK)
        m->status = fh_xapian_set_meta(m->few->db, fh_buf_str(&m->name), fh_buf_str(&m->page), m->err);
    fh_buf_clear(&m->page);
}

/* A page is found by as much of its first key as the last one of the page before has not. */
static size_t shortest_name(const merging *m) {
    return fh_str_shared(fh_buf_str(&m->before), fh_buf_str(&m->key)) + 1;
}

static void write_term(merging *m) {
    size_t name = shortest_name(m);
    fh_str key = fh_buf_str(&m->key);
    if (m->page.len + m->postings.len > PAGE && name <= MOST_KEY) end_page(m);
    if (m->page.len == 0) {
        fh_buf_clear(&m->name);
        fh_buf_add(&m->name, m->prefix);
        fh_buf_add(&m->name, fh_str_slice(key, 0, name));
        fh_buf_clear(&m->before);
        fh_buf_add(&m->before, fh_str_slice(key, 0, name));
    }
    fh_rare_put(&m->page, fh_buf_str(&m->before), key, m->documents, m->first, fh_buf_str(&m->postings));
    fh_buf_clear(&m->before);
    fh_buf_add(&m->before, key);
}

static void free_merging(merging *m) {
    fh_arena_free(m->arena);
    fh_buf_free(&m->newest_key);
    fh_buf_free(&m->key);
    fh_buf_free(&m->postings);
    fh_buf_free(&m->name);
    fh_buf_free(&m->before);
    fh_buf_free(&m->page);
}

/* ---- Runs ---- */

static uint64_t length_of(const struct fh_fresh_run *run) {
    return run->last - run->first + UINT64_C(1);
}

/* Puts what waits behind the runs that stay.  Tells which run it becomes; those from there on are put
 * together. */
static size_t append_run(fh_fresh *fresh, struct fh_fresh_run run) {
    size_t at = fresh->count;
    while (at > 0 &&
           (at == FH_FRESH_RUNS || length_of(&fresh->runs[at - 1]) <= MUCH_LONGER * length_of(&run)))
        run.first = fresh->runs[--at].first;
    fresh->runs[at] = run;
    fresh->count = at + 1;
    return at;
}

static fh_status keep_runs(fh_xapian *db, const fh_fresh *fresh, fh_error *err) {
    fh_buf fact = {0};
    fh_fresh_put(fresh, &fact);
    fh_status status = fh_xapian_set_meta(db, FH_STR(FH_META_FRESH), fh_buf_str(&fact), err);
    fh_buf_free(&fact);
    return status;
}

fh_status fh_few_write(fh_few *few, fh_error *err) {
    fh_fresh fresh;
    if (few->first == 0) return FH_OK;
    fh_status status = fh_fresh_read(few->db, few->dir, &fresh, err);
    if (status != FH_OK) return status;
    size_t end = fresh.count, at = append_run(&fresh, (struct fh_fresh_run){few->first, few->last});
    merging m = {.few = few, .arena = fh_arena_new(), .prefix = name_prefix(at), .err = err};
    for (size_t run = at; run < end; run++) open_run(&m, run);
    fh_inverter_turn(few->inverter);
    advance_newest(&m);
    while (m.status == FH_OK && find_lowest(&m)) {
        gather(&m);
        write_term(&m);
    }
    end_page(&m);
    if (m.status == FH_OK) m.status = keep_runs(few->db, &fresh, err);
    free_merging(&m);
    return m.status;
}
