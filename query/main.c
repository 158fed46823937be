/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fihris-query: searches an index from the command line. */
#include "base/guard.h"
#include "base/memory.h"
#include "query/command.h"

#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum exit_status { EXIT_HITS = 0, EXIT_NO_HITS = 1, EXIT_ERROR = 2 };

/* ---- Printing ---- */

static bool wants_colour(const fh_command *c) {
    if (c->color != FH_COLOR_AUTO) return c->color == FH_COLOR_ALWAYS;
    const char *off = getenv("NO_COLOR"), *terminal = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(off && *off) && terminal && strcmp(terminal, "dumb") != 0;
}

static void print_error(const fh_error *err) {
    fh_buf text = {0};
    fh_error_text(err, fh_query_program.name, &text);
    fwrite(text.ptr, 1, text.len, stderr);
    fh_buf_free(&text);
}

/* Whoever reads has seen enough: that is no error, but there is no more to do. */
static bool reader_is_gone(void) {
    return errno == EPIPE;
}

static fh_status print(const fh_buf *text, fh_error *err) {
    if (text->len == 0 || (fwrite(text->ptr, 1, text->len, stdout) == text->len && fflush(stdout) == 0))
        return FH_OK;
    if (reader_is_gone()) return FH_END;
    return fh_fail(err, FH_ERR_IO, "standard output", "is the disk full?", "cannot write: %s",
                   strerror(errno));
}

/* ---- Searching ---- */

typedef struct session {
    const fh_command *command;
    fh_searcher *searcher;
    fh_arena *arena;
    fh_buf text;
    bool colour, any_hits, any_error;
} session;

/* One query, answered and printed. */
static fh_status answer(session *s, fh_str id, fh_str query, fh_error *err) {
    fh_search search = s->command->search;
    fh_answer found;
    search.query = query;
    fh_arena_reset(s->arena);
    fh_status status = fh_search_run(s->searcher, &search, s->arena, &found, err);
    if (status) return status;
    if (found.total > 0) s->any_hits = true;
    fh_buf_clear(&s->text);
    s->command->output->write(&found, id, s->colour, &s->text);
    return print(&s->text, err);
}

/* One entity's story, told and printed. */
static fh_status tell_story(session *s, fh_error *err) {
    const fh_command *c = s->command;
    fh_story_wanted wanted = {fh_str_from(c->entity), fh_buf_str(&c->words)};
    fh_story story;
    fh_status status = fh_story_run(s->searcher, &wanted, s->arena, &story, err);
    if (status) return status;
    s->any_hits = story.articles > 0;
    c->output->write_story(&story, s->colour, &s->text);
    return print(&s->text, err);
}

/* "id TAB query"; an empty line is none. */
static fh_status answer_line(session *s, fh_str line, fh_error *err) {
    if (!fh_str_trim(line).len) return FH_OK;
    size_t tab = fh_str_find(line, FH_STR("\t"), 0);
    if (tab == SIZE_MAX || tab == 0)
        return fh_fail(err, FH_ERR_INPUT, NULL, "write the query's id, a tab, and the query",
                       "a line has no id and tab");
    return answer(s, fh_str_slice(line, 0, tab), fh_str_slice(line, tab + 1, line.len), err);
}

/* Is the mistake in the query, so that the next one may do better? */
static bool is_line_error(fh_status status) {
    return status == FH_ERR_USAGE || status == FH_ERR_LIMIT || status == FH_ERR_INPUT;
}

static fh_status answer_lines(session *s, FILE *file, const char *name, fh_error *err) {
    char *bytes = NULL, place[FILENAME_MAX + 32];
    size_t capacity = 0, number = 0;
    fh_status status = FH_OK;
    for (ssize_t length; status == FH_OK && (length = getline(&bytes, &capacity, file)) >= 0;) {
        fh_str rest = {bytes, (size_t)length}, line;
        number++;
        if (!fh_str_line(&rest, &line)) continue;
        status = answer_line(s, line, err);
        if (!is_line_error(status)) continue;
        snprintf(place, sizeof place, "%s:%zu", name, number);
        fh_error_within(err, place);
        print_error(err);
        s->any_error = true;
        status = FH_OK;
    }
    if (status == FH_OK && ferror(file))
        status = fh_fail(err, FH_ERR_IO, name, "give a file that can be read, or -",
                         "cannot read the queries: %s", strerror(errno));
    free(bytes);
    return status;
}

static fh_status answer_batch(session *s, const char *name, fh_error *err) {
    bool standard = strcmp(name, "-") == 0;
    FILE *file = standard ? stdin : fopen(name, "r");
    if (!file)
        return fh_fail(err, errno == ENOENT ? FH_ERR_NOT_FOUND : FH_ERR_IO, name,
                       "give a file that can be read, or -", "cannot read the queries: %s", strerror(errno));
    fh_status status = answer_lines(s, file, standard ? "standard input" : name, err);
    if (!standard) fclose(file);
    return status;
}

static fh_status run_session(session *s, fh_error *err) {
    const fh_command *c = s->command;
    s->arena = fh_arena_new();
    s->colour = wants_colour(c);
    fh_status status = c->batch    ? answer_batch(s, c->batch, err)
                       : c->entity ? tell_story(s, err)
                                   : answer(s, (fh_str){0}, fh_buf_str(&c->words), err);
    fh_buf_free(&s->text);
    fh_arena_free(s->arena);
    return status;
}

static fh_status run_command(const fh_command *c, session *s, fh_error *err) {
    fh_store *store;
    fh_status status = fh_store_open(c->dirs, c->dir_count, FH_ANALYSER_VERSION, &store, err);
    if (status) return status;
    *s = (session){.command = c};
    fh_names *names = NULL;
    status = fh_names_open(store, fh_gazetteer_builtin(), &names, err);
    if (status == FH_OK) status = fh_searcher_new(store, fh_names_gazetteer(names), &s->searcher, err);
    if (status == FH_OK) status = run_session(s, err);
    fh_searcher_free(s->searcher);
    fh_names_free(names);
    fh_store_close(store);
    return status;
}

int main(int argc, char **argv) {
    fh_command c = {0};
    session s = {0};
    fh_error err;
    signal(SIGPIPE, SIG_IGN);
    fh_alloc_for_icu();
    json_set_alloc_funcs(fh_alloc, free);
    const char *usual_dir = getenv("FIHRIS_DB");
    fh_status status =
        fh_command_read(&c, argc, argv, usual_dir && *usual_dir ? usual_dir : "fihris.db", &err);
    int code = EXIT_HITS;
    if (status == FH_END) {
        status = print(&c.answer, &err);
    } else if (status == FH_OK) {
        fh_guard(fh_query_program.name, c.dirs, c.dir_count);
        status = run_command(&c, &s, &err);
        code = s.any_error ? EXIT_ERROR : s.any_hits ? EXIT_HITS : EXIT_NO_HITS;
    }
    if (status == FH_END) {
        code = EXIT_HITS; /* the reader left */
    } else if (status) {
        print_error(&err);
        code = EXIT_ERROR;
    }
    fh_command_free(&c);
    return code;
}
