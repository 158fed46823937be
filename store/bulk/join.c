/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each table in one pass over those of all parts, in the order of keys. */
#include "store/bulk/join.h"
#include "base/memory.h"
#include "store/bulk/joining.h"
#include "store/glass/pack.h"
#include "store/glass/version.h"
#include <stdlib.h>

void fh_joining_advance(fh_joining *j, fh_joined_part *from) {
    if (j->status == FH_OK) j->status = fh_glass_next(from->reader, &from->at, j->err);
    if (j->status != FH_OK) from->at.there = false;
}

void fh_joining_open(fh_joining *j, fh_glass_table table) {
    for (size_t i = 0; i < j->count && j->status == FH_OK; i++) {
        fh_glass_reader_free(j->parts[i].reader);
        j->parts[i].reader = NULL;
        j->status = fh_glass_read(j->parts[i].path, table, &j->parts[i].reader, j->err);
        if (j->status == FH_OK) fh_joining_advance(j, &j->parts[i]);
    }
}

/* ---- Pages ---- */

/* The next entry that has a page.  False: there is none. */
static bool next_page(fh_joining *j, const fh_joined_pages *from, fh_glass_entry *page) {
    do {
        j->status = fh_glass_next(from->reader, page, j->err);
    } while (j->status == FH_OK && page->there && fh_str_compare(page->key, from->prefix) < 0);
    if (j->status != FH_OK || !page->there || !fh_str_starts(page->key, from->prefix)) return false;
    j->status = fh_glass_plain(from->reader, page, j->err);
    return j->status == FH_OK;
}

void fh_joining_advance_page(fh_joining *j, fh_joined_pages *from) {
    fh_glass_entry at;
    while (!(from->there = fh_rare_next(&from->page)) && j->status == FH_OK) {
        if (from->page.broken)
            j->status = fh_glass_damaged(from->reader, j->err);
        else if (!next_page(j, from, &at))
            return;
        else
            from->page = fh_rare_page_of(fh_str_slice(at.key, from->prefix.len, at.key.len), at.tag);
        from->page.of_run = from->prefix.len > 0;
    }
}

static void open_pages(fh_joining *j, const char *path, fh_glass_table table, fh_str prefix,
                       fh_joined_pages *to) {
    if (j->status != FH_OK) return;
    *to = (fh_joined_pages){.prefix = prefix};
    j->status = fh_glass_read(path, table, &to->reader, j->err);
    if (j->status == FH_OK) fh_joining_advance_page(j, to);
}

void fh_joining_open_pages(fh_joining *j) {
    for (fh_joined_part *part = j->parts; part < j->parts + j->count; part++) {
        open_pages(j, part->path, FH_GLASS_RARE, FH_STR(""), &part->rare);
        for (size_t i = 0; i < part->fresh.count; i++)
            open_pages(j, part->path, FH_GLASS_POSTLIST, fh_fresh_key(i), &part->runs[i]);
    }
}

static void close_part(fh_joined_part *part) {
    fh_glass_reader_free(part->reader);
    fh_glass_reader_free(part->rare.reader);
    for (size_t i = 0; i < FH_FRESH_RUNS; i++) fh_glass_reader_free(part->runs[i].reader);
}

/* ---- Entries ---- */

bool fh_joining_plain(fh_joining *j, fh_joined_part *from) {
    if (j->status == FH_OK) j->status = fh_glass_plain(from->reader, &from->at, j->err);
    if (j->status != FH_OK) from->at.there = false;
    return j->status == FH_OK;
}

/* ---- Names ---- */

static void lower(fh_str name, fh_str *lowest) {
    if (!lowest->ptr || fh_str_compare(name, *lowest) < 0) *lowest = name;
}

static bool keep_name(fh_joining *j, fh_str name) {
    fh_buf_clear(&j->name);
    fh_buf_add(&j->name, name);
    return name.ptr;
}

bool fh_joining_lowest(fh_joining *j, fh_str prefix, fh_name_len *len_of) {
    fh_str found = {0};
    for (size_t i = 0; i < j->count; i++) {
        const fh_glass_entry *at = &j->parts[i].at;
        if (at->there && fh_str_starts(at->key, prefix))
            lower(fh_str_slice(at->key, 0, len_of(at->key)), &found);
    }
    return keep_name(j, found);
}

bool fh_joining_lowest_term(fh_joining *j) {
    fh_str found = {0};
    for (size_t i = 0; i < j->count; i++) {
        const fh_joined_part *part = &j->parts[i];
        if (part->at.there) lower(fh_str_slice(part->at.key, 0, fh_glass_sorted_len(part->at.key)), &found);
        if (part->rare.there) lower(fh_rare_key(&part->rare.page), &found);
        for (size_t run = 0; run < part->fresh.count; run++)
            if (part->runs[run].there) lower(fh_rare_key(&part->runs[run].page), &found);
    }
    return keep_name(j, found);
}

bool fh_joining_is_at(const fh_joining *j, const fh_joined_part *from, fh_name_len *len_of) {
    return from->at.there &&
           fh_str_equal(fh_str_slice(from->at.key, 0, len_of(from->at.key)), fh_buf_str(&j->name));
}

size_t fh_whole_len(fh_str key) {
    return key.len;
}

uint32_t fh_joining_number(const fh_joined_part *from, uint32_t number) {
    size_t low = 0, high = from->dead.count; /* dead ones below `number` */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (from->dead.items[middle] < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < from->dead.count && from->dead.items[low] == number) return 0;
    return from->before + number - (uint32_t)low;
}

/* ---- Data ---- */

static void move_changed(fh_joining *j, fh_joined_part *from, fh_buf *changed) {
    fh_buf_clear(changed);
    if (fh_joining_plain(j, from)) j->status = j->how->change(j->how->context, from->at.tag, changed, j->err);
    if (j->status == FH_OK) fh_glass_add(j->to, FH_GLASS_DOCDATA, fh_buf_str(&j->key), fh_buf_str(changed));
}

static void move_data(fh_joining *j, fh_joined_part *from, fh_buf *changed) {
    fh_str rest = from->at.key;
    uint32_t number = fh_joining_number(from, fh_glass_take_sorted_uint(&rest));
    fh_glass_number_key(&j->key, number);
    if (number > 0 && j->how->change) {
        move_changed(j, from, changed);
    } else if (number > 0 && from->at.deflated) {
        fh_glass_add_deflated(j->to, FH_GLASS_DOCDATA, fh_buf_str(&j->key), from->at.tag);
    } else if (number > 0) {
        fh_glass_add(j->to, FH_GLASS_DOCDATA, fh_buf_str(&j->key), from->at.tag);
    }
    fh_joining_advance(j, from);
}

static void join_data(fh_joining *j) {
    fh_buf changed = {0};
    fh_joining_open(j, FH_GLASS_DOCDATA);
    for (size_t i = 0; i < j->count; i++) {
        while (j->parts[i].at.there) move_data(j, &j->parts[i], &changed);
    }
    fh_buf_free(&changed);
}

/* ---- The whole ---- */

static void number_parts(fh_joining *j) {
    uint64_t before = 0;
    for (size_t i = 0; i < j->count && j->status == FH_OK; i++) {
        const fh_join_part *from = &j->how->parts[i];
        fh_glass_version version = {0};
        j->parts[i] = (fh_joined_part){.path = from->path, .dead = from->dead, .before = (uint32_t)before};
        j->status = fh_glass_version_read(from->path, &version, j->err);
        before += version.last - from->dead.count;
        if (from->dead.count > 0) j->any_dead = true;
    }
    j->stats.last = (uint32_t)before;
}

fh_status fh_join_write(const fh_join *how, const char *to, fh_error *err) {
    fh_joining j = {.how = how, .count = how->count, .err = err};
    j.parts = fh_alloc_zeroed(how->count, sizeof *j.parts);
    number_parts(&j);
    if (j.status == FH_OK) j.status = fh_glass_create(to, &j.to, err);
    if (j.status == FH_OK) fh_join_postlists(&j);
    if (j.status == FH_OK) join_data(&j);
    if (j.status == FH_OK) j.status = fh_glass_finish(j.to, &j.stats, err);
    fh_glass_close(j.to);
    for (size_t i = 0; i < j.count; i++) close_part(&j.parts[i]);
    fh_buf_free(&j.key);
    fh_buf_free(&j.name);
    free(j.parts);
    return j.status;
}
