/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line that is written again and again on a terminal, and lines that stay. */
#include "indexer/output_console.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define NAMED_PROBLEMS 20    /* printed one by one; the rest is counted */
#define PROGRESS_SECONDS 0.2 /* between two progress lines */
#define DEFAULT_WIDTH 80

static void write_error_stream(const fh_buf *text) {
    fwrite(fh_buf_str(text).ptr, 1, text->len, stderr);
}

void fh_complain(const fh_error *err) {
    fh_buf text = {0};
    fh_error_text(err, fh_index_name, &text);
    write_error_stream(&text);
    fh_buf_free(&text);
}

double fh_seconds_since(const struct timespec *begun) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begun->tv_sec) + (double)(now.tv_nsec - begun->tv_nsec) / 1e9;
}

void fh_clear_line(fh_session *session) {
    if (session->line_open) fputs("\r\033[K", stderr);
    session->line_open = false;
}

static void show_progress(fh_session *session) {
    struct winsize size;
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1;
    fh_buf line = {0};
    fh_buf_add(&line, FH_STR("\r"));
    fh_summary_progress(&session->summary, known ? size.ws_col - 1u : DEFAULT_WIDTH - 1, &line);
    fh_buf_add(&line, FH_STR("\033[K"));
    write_error_stream(&line);
    fh_buf_free(&line);
    session->line_open = true;
    session->shown = session->summary.seconds;
}

void fh_say_problem(fh_session *session, const fh_error *err) {
    session->problems++;
    if (session->settings->report) json_array_append_new(session->summary.problems, fh_summary_problem(err));
    if (session->problems > NAMED_PROBLEMS) return;
    fh_clear_line(session);
    fh_complain(err);
}

void fh_say_progress(void *context, const fh_index_totals *totals, fh_progress progress,
                     const fh_error *err) {
    fh_session *session = context;
    session->summary.totals = *totals;
    session->summary.progress = progress;
    session->summary.seconds = fh_seconds_since(&session->begun);
    if (err) fh_say_problem(session, err);
    if (session->terminal && session->summary.seconds - session->shown >= PROGRESS_SECONDS)
        show_progress(session);
}

/* The last progress line stays: a short run would show none. */
static void end_progress(fh_session *session) {
    if (!session->terminal || session->settings->source_count == 0) return;
    show_progress(session);
    fputc('\n', stderr);
    session->line_open = false;
}

void fh_say_summary(fh_session *session) {
    end_progress(session);
    fh_clear_line(session);
    fh_buf text = {0};
    if (session->problems > NAMED_PROBLEMS)
        fh_buf_printf(&text, "%s: %llu more problems%s\n", fh_index_name,
                      (unsigned long long)(session->problems - NAMED_PROBLEMS),
                      session->settings->report ? "" : "; --report FILE names them all");
    if (!session->settings->quiet) fh_summary_text(&session->summary, &text);
    write_error_stream(&text);
    fh_buf_free(&text);
}
