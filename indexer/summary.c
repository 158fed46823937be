/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures of a run, as text and as JSON. */
#include "indexer/summary.h"
#include "base/memory.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <stdio.h>

#define MEGABYTE 1e6
#define MIN_SECONDS 0.001 /* shorter times give no speed */

/* 1234567 as 1,234,567. */
static void add_number(uint64_t number, fh_buf *out) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, number);
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0) fh_buf_add_char(out, ',');
        fh_buf_add_char(out, digits[i]);
    }
}

static void add_count(uint64_t number, const char *what, fh_buf *out) {
    add_number(number, out);
    fh_buf_printf(out, " %s", what);
}

static double per_second(double amount, double seconds) {
    return amount / (seconds > MIN_SECONDS ? seconds : MIN_SECONDS);
}

void fh_summary_progress(const fh_summary *summary, size_t width, fh_buf *out) {
    const fh_progress *progress = &summary->progress;
    size_t from = out->len;
    add_count(summary->totals.articles, "articles", out);
    fh_buf_printf(out, "  %.1f MB/s", per_second((double)progress->text_bytes / MEGABYTE, summary->seconds));
    uint64_t bad = summary->totals.rejected + summary->totals.unreadable;
    if (bad) {
        fh_buf_add(out, FH_STR("  "));
        add_count(bad, "rejected", out);
    }
    double done = progress->bytes_in_all ? (double)progress->bytes_read / (double)progress->bytes_in_all : 0;
    if (done >= 1) {
        fh_buf_add(out, FH_STR("  100%"));
    } else if (done > 0) {
        long left = (long)(summary->seconds / done * (1 - done));
        fh_buf_printf(out, "  %.0f%%  %ld:%02ld left", done * 100, left / 60, left % 60);
    }
    if (out->len - from > width) out->len = from + width; /* it is ASCII */
}

static void add_counts(const fh_summary *summary, fh_buf *out) {
    const fh_index_totals *totals = &summary->totals;
    bool written = summary->db != NULL;
    const struct {
        uint64_t count;
        const char *what;
        bool shown;
    } parts[] = {
        {totals->articles, "read", !written},
        {totals->added, "new", written},
        {totals->replaced, "changed", written},
        {totals->unchanged, "unchanged", written},
        {totals->older, "older", totals->older > 0},
        {totals->removed, "removed", totals->removed > 0},
        {totals->repaired, "repaired", totals->repaired > 0},
        {totals->rejected, "rejected", true},
        {totals->unreadable, "unreadable", totals->unreadable > 0},
    };
    const char *between = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i].shown) continue;
        fh_buf_printf(out, "%s", between);
        add_count(parts[i].count, parts[i].what, out);
        between = ", ";
    }
    fh_buf_add_char(out, '\n');
}

static void add_speed(const fh_summary *summary, fh_buf *out) {
    double megabytes = (double)summary->progress.text_bytes / MEGABYTE;
    fh_buf_printf(out, "%.1f MB read in %.1f s: ", megabytes, summary->seconds);
    add_number((uint64_t)per_second((double)summary->totals.articles, summary->seconds), out);
    fh_buf_printf(out, " articles/s, %.1f MB/s\n", per_second(megabytes, summary->seconds));
}

void fh_summary_text(const fh_summary *summary, fh_buf *out) {
    if (summary->deleted || summary->not_found) {
        add_count(summary->deleted, "deleted, ", out);
        add_count(summary->not_found, "not found\n", out);
    }
    if (summary->source_count == 0) return;
    fh_buf_add_shown(out, fh_str_from(summary->db ? summary->db : "nothing was written"));
    fh_buf_add(out, FH_STR(": "));
    add_counts(summary, out);
    if (summary->db && summary->progress.text_bytes) add_speed(summary, out);
    if (summary->db && summary->interrupted)
        fh_buf_printf(out, "interrupted: what was read until then is in the index; run it again to go on\n");
}

/* Names of files may be of any bytes, and JSON may not. */
static json_t *text_json(const char *text) {
    fh_buf clean = {0};
    fh_str bytes = fh_str_from(text);
    for (size_t at = 0; at < bytes.len;) {
        uint32_t c;
        at += fh_utf8_next(bytes, at, &c);
        fh_buf_add_code_point(&clean, c);
    }
    json_t *json = json_string(fh_buf_str(&clean).ptr);
    fh_buf_free(&clean);
    return json;
}

json_t *fh_summary_problem(const fh_error *err) {
    json_t *object = json_object();
    json_object_set_new(object, "where", text_json(err->where));
    json_object_set_new(object, "what", text_json(err->what));
    json_object_set_new(object, "hint", text_json(err->hint));
    return object;
}

static void set_number(json_t *object, const char *key, uint64_t number) {
    json_object_set_new(object, key, json_integer((json_int_t)number));
}

void fh_summary_json(const fh_summary *summary, fh_buf *out) {
    const fh_index_totals *totals = &summary->totals;
    json_t *object = json_object(), *sources = json_array();
    for (size_t i = 0; i < summary->source_count; i++)
        json_array_append_new(sources, text_json(summary->sources[i]));
    set_number(object, "version", 1);
    json_object_set_new(object, "db", summary->db ? text_json(summary->db) : json_null());
    json_object_set_new(object, "sources", sources);
    set_number(object, "articles", totals->articles);
    set_number(object, "added", totals->added);
    set_number(object, "replaced", totals->replaced);
    set_number(object, "unchanged", totals->unchanged);
    set_number(object, "rejected", totals->rejected);
    set_number(object, "repaired", totals->repaired);
    set_number(object, "unreadable", totals->unreadable);
    set_number(object, "older", totals->older);
    set_number(object, "removed", totals->removed);
    set_number(object, "deleted", summary->deleted);
    set_number(object, "bytes_read", summary->progress.bytes_read);
    set_number(object, "bytes_unpacked", summary->progress.text_bytes);
    set_number(object, "text_bytes_indexed", totals->text_bytes);
    json_object_set_new(object, "seconds", json_real(summary->seconds));
    json_object_set_new(object, "interrupted", json_boolean(summary->interrupted));
    json_object_set(object, "problems", summary->problems);
    if (json_dump_callback(object, fh_buf_take_json, out, JSON_INDENT(1) | JSON_REAL_PRECISION(4)) != 0)
        fh_out_of_memory();
    fh_buf_add_char(out, '\n');
    json_decref(object);
}
