/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads and analyses as a run does, and shows instead of writing. */
#include "indexer/dry_run.h"

static bool print_article(const fh_dry_run *run, fh_article *article, fh_arena *arena) {
    fh_buf line = {0};
    fh_index_document(run->tools, article, arena);
    fh_article_json(article, run->tools->names.all, &line);
    fh_buf_add_char(&line, '\n');
    bool done = run->print(run->context, fh_buf_str(&line));
    fh_buf_free(&line);
    return done;
}

static void count_read(fh_status status, fh_index_totals *totals) {
    bool source = status == FH_ERR_NOT_FOUND || status == FH_ERR_IO;
    *(status == FH_OK ? &totals->articles : source ? &totals->unreadable : &totals->rejected) += 1;
}

bool fh_dry_run_all(const fh_dry_run *run, fh_index_totals *totals) {
    fh_arena *arena = fh_arena_new();
    fh_read_article read;
    fh_error err;
    fh_status status;
    bool open = true;
    while (open && !*run->stop && (status = fh_reader_next(run->reader, arena, &read, &err)) != FH_END) {
        count_read(status, totals);
        if (status != FH_OK)
            run->note(run->context, &err);
        else
            open = print_article(run, &read.article, arena);
        fh_arena_reset(arena);
    }
    fh_arena_free(arena);
    return open;
}
