/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tasks on an index that is there: each opens it for reading, and gives text to whoever asked. */
#include "indexer/upkeep.h"
#include "base/memory.h"
#include "indexer/selection.h"
#include "indexer/statistics.h"
#include "indexer/summary.h"
#include "stemmer/stemmer.h"

#include <inttypes.h>

static fh_status give(const fh_upkeep *upkeep, fh_buf *text) {
    bool taken = upkeep->sink(upkeep->context, fh_buf_str(text));
    fh_buf_free(text);
    return taken ? FH_OK : FH_END;
}

/* ---- Showing what would be deleted ---- */

static fh_status show_article(const fh_upkeep *upkeep, fh_store *store, fh_str id, fh_error *err) {
    fh_arena *arena = fh_arena_new();
    fh_article article;
    fh_buf line = {0};
    fh_status status = fh_store_article(store, id, arena, &article, err);
    if (status == FH_OK) {
        char date[FH_DATE_TEXT];
        fh_date_iso(&article.published, date);
        fh_buf_add_shown(&line, article.id);
        fh_buf_printf(&line, "\t%s\t", date);
        fh_buf_add_shown(&line, article.source);
        fh_buf_add_char(&line, '\t');
        fh_buf_add_shown(&line, article.title);
        fh_buf_add_char(&line, '\n');
        status = give(upkeep, &line);
    }
    fh_arena_free(arena);
    return status;
}

static fh_status show_deletes(const fh_upkeep *upkeep, fh_store *store, bool *all_found, fh_error *err) {
    fh_arena *arena = fh_arena_new();
    fh_status status = FH_OK;
    for (size_t i = 0; status == FH_OK && i < upkeep->delete_count; i++) {
        fh_strs ids = {0};
        fh_arena_reset(arena);
        status = fh_selection_ids(store, fh_str_from(upkeep->deletes[i]), arena, &ids, err);
        if (status == FH_OK && ids.count == 0) *all_found = false;
        for (size_t j = 0; status == FH_OK && j < ids.count; j++)
            status = show_article(upkeep, store, ids.items[j], err);
    }
    fh_arena_free(arena);
    return status;
}

static fh_status show(const fh_upkeep *upkeep, fh_store *store, bool *whole, fh_error *err) {
    fh_buf text = {0};
    if (upkeep->task == FH_TASK_PREVIEW) return show_deletes(upkeep, store, whole, err);
    if (upkeep->task == FH_TASK_EXPORT) return fh_export(store, upkeep->sink, upkeep->context, err);
    fh_status status = fh_statistics(store, upkeep->db, upkeep->json, &text, err);
    return status == FH_OK ? give(upkeep, &text) : status;
}

/* ---- Checking ---- */

typedef struct findings {
    fh_buf lines;
    json_t *damages;
} findings;

static void note_damage(void *context, const fh_error *damage) {
    findings *f = context;
    fh_buf_add_shown(&f->lines, fh_str_from(damage->where));
    if (damage->where[0]) fh_buf_add(&f->lines, FH_STR(": "));
    fh_buf_printf(&f->lines, "%s\nhint: %s\n", damage->what, damage->hint);
    json_array_append_new(f->damages, fh_summary_problem(damage));
}

static void sum_up(const fh_upkeep *upkeep, const findings *f, const fh_checked *checked, fh_buf *out) {
    if (!upkeep->json) {
        fh_buf_add(out, fh_buf_str(&f->lines));
        fh_buf_printf(out, "%s: %" PRIu64 " articles read, ", upkeep->db, checked->articles);
        if (checked->damages)
            fh_buf_printf(out, "%" PRIu64 " things are wrong\n", checked->damages);
        else
            fh_buf_printf(out, "the index is whole\n");
        return;
    }
    json_t *object =
        json_pack("{s:i, s:I, s:b, s:O}", "version", 1, "articles", (json_int_t)checked->articles, "whole",
                  checked->damages == 0, "damages", f->damages);
    if (json_dump_callback(object, fh_buf_take_json, out, JSON_COMPACT) != 0) fh_out_of_memory();
    fh_buf_add_char(out, '\n');
    json_decref(object);
}

static fh_status check(const fh_upkeep *upkeep, bool *whole, fh_error *err) {
    findings f = {.damages = json_array()};
    fh_checked checked;
    fh_buf text = {0};
    fh_status status = fh_store_check(upkeep->db, FH_ANALYSER_VERSION, note_damage, &f, &checked, err);
    if (status == FH_OK) {
        *whole = checked.damages == 0;
        sum_up(upkeep, &f, &checked, &text);
    } else {
        fh_buf_add(&text, fh_buf_str(&f.lines)); /* what was seen before it ended */
    }
    fh_buf_free(&f.lines);
    json_decref(f.damages);
    if (status == FH_OK) return give(upkeep, &text);
    give(upkeep, &text);
    return status;
}

fh_status fh_upkeep_run(const fh_upkeep *upkeep, bool *whole, fh_error *err) {
    *whole = true;
    if (upkeep->task == FH_TASK_CHECK) return check(upkeep, whole, err);
    fh_store *store;
    fh_status status = fh_store_open(&upkeep->db, 1, FH_ANALYSER_VERSION, &store, err);
    if (status != FH_OK) return status;
    if (upkeep->task == FH_TASK_EXPORT) status = fh_store_demand_whole(upkeep->db, err);
    if (status == FH_OK) status = show(upkeep, store, whole, err);
    fh_store_close(store);
    return status;
}
