/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each table in one pass over those of all segments, in the order of keys. */
#include "store/bulk_join.h"
#include "base/memory.h"
#include "store/glass_entries.h"
#include "store/glass_pack.h"
#include "store/glass_read.h"
#include "store/xapian.h"
#include <stdlib.h>

typedef struct part {
    const char *path;
    uint32_t before; /* documents of the parts before */
    fh_glass_reader *reader;
    fh_glass_entry at;
} part;

typedef struct join {
    part *parts;
    size_t count;
    fh_glass *to;
    fh_glass_stats stats;
    fh_status status; /* the first error: nothing goes on after it */
    fh_error *err;
    fh_buf key, name;
} join;

/* What the keys of the postlist table begin with that are no terms, in their order. */
static const fh_str FACTS = FH_STR("\x00\xc0"), VALUE_FACTS = FH_STR("\x00\xd0"), VALUES = FH_STR("\x00\xd8"),
                    LENGTHS = FH_STR("\x00\xe0");

static void advance(join *j, part *from) {
    if (j->status == FH_OK) j->status = fh_glass_next(from->reader, &from->at, j->err);
    if (j->status != FH_OK) from->at.there = false;
}

static void open_table(join *j, fh_glass_table table) {
    for (size_t i = 0; i < j->count && j->status == FH_OK; i++) {
        fh_glass_reader_free(j->parts[i].reader);
        j->parts[i].reader = NULL;
        j->status = fh_glass_read(j->parts[i].path, table, &j->parts[i].reader, j->err);
        if (j->status == FH_OK) advance(j, &j->parts[i]);
    }
}

static bool stands_at(const part *from, fh_str prefix) {
    return from->at.there && fh_str_starts(from->at.key, prefix);
}

/* The lowest of the keys that begin so, as long as `len_of` says; false: there is none. */
static bool lowest(join *j, fh_str prefix, size_t (*len_of)(fh_str)) {
    fh_str found = {0};
    for (size_t i = 0; i < j->count; i++) {
        if (!stands_at(&j->parts[i], prefix)) continue;
        fh_str key = fh_str_slice(j->parts[i].at.key, 0, len_of(j->parts[i].at.key));
        if (!found.ptr || fh_str_compare(key, found) < 0) found = key;
    }
    fh_buf_clear(&j->name);
    fh_buf_add(&j->name, found);
    return found.ptr;
}

static size_t whole_len(fh_str key) {
    return key.len;
}

static bool has_name(const join *j, const part *from, size_t (*len_of)(fh_str)) {
    return from->at.there &&
           fh_str_equal(fh_str_slice(from->at.key, 0, len_of(from->at.key)), fh_buf_str(&j->name));
}

/* ---- Metadata and values ---- */

static void join_facts(join *j) {
    fh_buf tag = {0};
    while (lowest(j, FACTS, whole_len)) {
        for (size_t i = 0; i < j->count; i++) {
            if (!has_name(j, &j->parts[i], whole_len)) continue;
            fh_buf_clear(&tag);
            fh_buf_add(&tag, j->parts[i].at.tag);
            advance(j, &j->parts[i]);
        }
        fh_glass_add(j->to, FH_GLASS_POSTLIST, fh_buf_str(&j->name), fh_buf_str(&tag));
    }
    fh_buf_free(&tag);
}

static fh_str take_string(fh_str *from) {
    uint64_t len = fh_glass_take_uint(from);
    if (len > from->len) len = from->len;
    fh_str string = fh_str_slice(*from, 0, (size_t)len);
    *from = fh_str_slice(*from, (size_t)len, from->len);
    return string;
}

static void set_where(bool wanted, fh_buf *to, fh_str bytes) {
    if (!wanted) return;
    fh_buf_clear(to);
    fh_buf_add(to, bytes);
}

static void join_value_facts(join *j) {
    fh_buf least = {0}, most = {0}, tag = {0};
    while (lowest(j, VALUE_FACTS, whole_len)) {
        uint64_t all = 0;
        for (size_t i = 0; i < j->count; i++) {
            if (!has_name(j, &j->parts[i], whole_len)) continue;
            fh_str rest = j->parts[i].at.tag;
            uint64_t count = fh_glass_take_uint(&rest);
            fh_str low = take_string(&rest), high = rest.len ? rest : low;
            set_where(all == 0 || fh_str_compare(low, fh_buf_str(&least)) < 0, &least, low);
            set_where(all == 0 || fh_str_compare(high, fh_buf_str(&most)) > 0, &most, high);
            all += count;
            advance(j, &j->parts[i]);
        }
        fh_buf_clear(&tag);
        fh_glass_uint(&tag, all);
        fh_glass_string(&tag, fh_buf_str(&least));
        if (!fh_str_equal(fh_buf_str(&least), fh_buf_str(&most))) fh_buf_add(&tag, fh_buf_str(&most));
        fh_glass_add(j->to, FH_GLASS_POSTLIST, fh_buf_str(&j->name), fh_buf_str(&tag));
    }
    fh_buf_free(&least);
    fh_buf_free(&most);
    fh_buf_free(&tag);
}

/* Adds the entry at hand under a key of `kept` bytes and a number that all numbers before are added to. */
static void move_numbered(join *j, part *from, fh_glass_table table, size_t kept) {
    fh_str rest = fh_str_slice(from->at.key, kept, from->at.key.len);
    uint32_t number = fh_glass_take_sorted_uint(&rest);
    fh_buf_clear(&j->key);
    fh_buf_add(&j->key, fh_str_slice(from->at.key, 0, kept));
    fh_glass_sorted_uint(&j->key, number + from->before);
    fh_buf_add(&j->key, rest);
    if (from->at.deflated) {
        fh_glass_add_deflated(j->to, table, fh_buf_str(&j->key), from->at.tag);
    } else {
        fh_glass_add(j->to, table, fh_buf_str(&j->key), from->at.tag);
    }
    advance(j, from);
}

static size_t lengths_len(fh_str key) {
    return key.len < LENGTHS.len ? key.len : LENGTHS.len;
}

/* Slots have numbers of one byte. */
static size_t slot_len(fh_str key) {
    return key.len < VALUES.len + 1 ? key.len : VALUES.len + 1;
}

static void join_values(join *j) {
    while (lowest(j, VALUES, slot_len)) {
        for (size_t i = 0; i < j->count; i++) {
            while (has_name(j, &j->parts[i], slot_len))
                move_numbered(j, &j->parts[i], FH_GLASS_POSTLIST, VALUES.len + 1);
        }
    }
}

/* ---- Postings ---- */

typedef struct sums {
    uint64_t documents, occurrences;
} sums;

static sums take_sums(fh_str *tag) {
    sums found;
    found.documents = fh_glass_take_uint(tag);
    found.occurrences = fh_glass_take_uint(tag);
    return found;
}

static void count_length(fh_glass_stats *stats, uint32_t length) {
    if (length > 0 && (stats->shortest == 0 || length < stats->shortest)) stats->shortest = length;
    if (length > stats->longest) stats->longest = length;
    stats->length += length;
    stats->documents++;
}

/* The postings of a chunk, behind its head; `number` is its first document's. */
static void move_postings(join *j, uint32_t number, fh_str rest, bool lengths, fh_glass_postings *to) {
    if (rest.len) rest = fh_str_slice(rest, 1, rest.len); /* whether it is the last one */
    fh_glass_take_uint(&rest);                            /* how far its last document is */
    while (rest.len) {
        uint32_t wdf = (uint32_t)fh_glass_take_uint(&rest);
        fh_glass_postings_add(to, number, wdf);
        if (lengths) {
            count_length(&j->stats, wdf);
        } else if (wdf > j->stats.highest_wdf) {
            j->stats.highest_wdf = wdf;
        }
        if (rest.len) number += (uint32_t)fh_glass_take_uint(&rest) + 1;
    }
}

/* All chunks of the term whose first one is at hand; keys of the others are longer, with a number. */
static void move_chunks(join *j, part *from, bool lengths, fh_glass_postings *to) {
    size_t name_len = j->name.len;
    fh_str rest = from->at.tag;
    take_sums(&rest);
    uint32_t first = (uint32_t)fh_glass_take_uint(&rest) + 1;
    move_postings(j, first + from->before, rest, lengths, to);
    for (advance(j, from); has_name(j, from, lengths ? lengths_len : fh_glass_sorted_len); advance(j, from)) {
        fh_str key = fh_str_slice(from->at.key, name_len + (lengths ? 0 : 1), from->at.key.len);
        first = fh_glass_take_sorted_uint(&key);
        move_postings(j, first + from->before, from->at.tag, lengths, to);
    }
}

static void join_lengths(join *j, fh_glass_postings *to) {
    fh_buf_clear(&j->name);
    fh_buf_add(&j->name, LENGTHS);
    fh_glass_postings_begin(to, FH_STR(""), 0, 0);
    for (size_t i = 0; i < j->count; i++) {
        if (has_name(j, &j->parts[i], whole_len)) move_chunks(j, &j->parts[i], true, to);
    }
    fh_glass_postings_end(to);
}

/* The bytes of a term as they are in a key. */
static void unpack_term(fh_str packed, fh_buf *out) {
    fh_buf_clear(out);
    for (size_t i = 0; i < packed.len; i++) {
        fh_buf_add_char(out, packed.ptr[i]);
        if (packed.ptr[i] == '\0') i++;
    }
}

static void join_terms(join *j, fh_glass_postings *to) {
    fh_buf term = {0};
    while (lowest(j, FH_STR(""), fh_glass_sorted_len)) {
        sums all = {0};
        for (size_t i = 0; i < j->count; i++) {
            if (!has_name(j, &j->parts[i], whole_len)) continue;
            fh_str tag = j->parts[i].at.tag;
            sums some = take_sums(&tag);
            all.documents += some.documents;
            all.occurrences += some.occurrences;
        }
        if (all.documents == 0) { /* a chunk without a first one */
            j->status = fh_fail(j->err, FH_ERR_CORRUPT, j->parts[0].path, "index the archive again",
                                "segments of the index are damaged");
            break;
        }
        unpack_term(fh_buf_str(&j->name), &term);
        fh_glass_postings_begin(to, fh_buf_str(&term), (uint32_t)all.documents, all.occurrences);
        for (size_t i = 0; i < j->count; i++) {
            if (has_name(j, &j->parts[i], whole_len)) move_chunks(j, &j->parts[i], false, to);
        }
        fh_glass_postings_end(to);
    }
    fh_buf_free(&term);
}

static void join_postlists(join *j) {
    fh_glass_postings to = {.glass = j->to};
    open_table(j, FH_GLASS_POSTLIST);
    join_facts(j);
    join_value_facts(j);
    join_values(j);
    join_lengths(j, &to);
    join_terms(j, &to);
    fh_glass_postings_free(&to);
    j->stats.last = j->stats.documents;
}

/* ---- The other tables ---- */

static void join_positions(join *j) {
    open_table(j, FH_GLASS_POSITION);
    while (lowest(j, FH_STR(""), fh_glass_sorted_len)) {
        for (size_t i = 0; i < j->count; i++) {
            while (has_name(j, &j->parts[i], fh_glass_sorted_len))
                move_numbered(j, &j->parts[i], FH_GLASS_POSITION, j->name.len + 1);
        }
    }
}

static void join_by_number(join *j, fh_glass_table table) {
    open_table(j, table);
    for (size_t i = 0; i < j->count; i++) {
        while (j->parts[i].at.there) move_numbered(j, &j->parts[i], table, 0);
    }
}

/* ---- The whole ---- */

static fh_status count_documents(const char *path, uint64_t *out, fh_error *err) {
    fh_xapian *db;
    fh_store_stats stats;
    fh_status status = fh_xapian_open(path, &db, err);
    if (status != FH_OK) return status;
    status = fh_xapian_statistics(db, &stats, err);
    if (status == FH_OK) *out = stats.articles;
    fh_xapian_close(db);
    return status;
}

static void number_parts(join *j, char *const *from) {
    uint64_t before = 0;
    for (size_t i = 0; i < j->count && j->status == FH_OK; i++) {
        uint64_t documents = 0;
        j->parts[i].path = from[i];
        j->parts[i].before = (uint32_t)before;
        j->status = count_documents(from[i], &documents, j->err);
        before += documents;
    }
}

fh_status fh_segments_join(char *const *from, size_t count, const char *to, fh_error *err) {
    join j = {.count = count, .err = err};
    j.parts = fh_alloc_zeroed(count, sizeof *j.parts);
    number_parts(&j, from);
    if (j.status == FH_OK) j.status = fh_glass_create(to, &j.to, err);
    if (j.status == FH_OK) join_postlists(&j);
    if (j.status == FH_OK) join_by_number(&j, FH_GLASS_DOCDATA);
    if (j.status == FH_OK) join_by_number(&j, FH_GLASS_TERMLIST);
    if (j.status == FH_OK) join_positions(&j);
    if (j.status == FH_OK) j.status = fh_glass_finish(j.to, &j.stats, err);
    fh_glass_close(j.to);
    for (size_t i = 0; i < count; i++) fh_glass_reader_free(j.parts[i].reader);
    fh_buf_free(&j.key);
    fh_buf_free(&j.name);
    free(j.parts);
    return j.status;
}
