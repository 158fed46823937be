/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fihris-index: builds and keeps the index of an archive. */
#include "indexer/deletion.h"
#include "indexer/dry_run.h"
#include "indexer/following.h"
#include "indexer/indexer.h"
#include "indexer/lexicon.h"
#include "indexer/name_book_command.h"
#include "indexer/opening.h"
#include "indexer/settings.h"
#include "indexer/summary.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define DEFAULT_DB "fihris.db"
#define NAMED_PROBLEMS 20    /* printed one by one; the rest is counted */
#define COMPACT_FROM 1000    /* articles of a first build */
#define LEARN_AFTER 1000     /* articles that came in batches, and at the end of them */
#define PROGRESS_SECONDS 0.2 /* between two progress lines */
#define DEFAULT_WIDTH 80

enum { EXIT_DONE = 0, EXIT_SOME_REJECTED = 1, EXIT_NOTHING_DONE = 2, EXIT_INTERRUPTED = 130 };

/* What goes on, for the observer. */
typedef struct index_session {
    const fh_settings *settings;
    fh_summary summary;
    struct timespec begun;
    double shown; /* when the progress line was last written */
    fh_added_words words;
    fh_name_book book;
    bool terminal, line_open;
    uint64_t problems;
} index_session;

static volatile bool stop_asked;

static void ask_stop(int signal_number) {
    (void)signal_number;
    stop_asked = true;
}

/* The second Ctrl-C ends the program at once: the index is safe. */
static void catch_signals(void) {
    struct sigaction action = {.sa_handler = ask_stop, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* ---- Saying ---- */

static void write_error_stream(const fh_buf *text) {
    fwrite(fh_buf_str(text).ptr, 1, text->len, stderr);
}

static void complain(const fh_error *err) {
    fh_buf text = {0};
    fh_error_text(err, fh_index_name, &text);
    write_error_stream(&text);
    fh_buf_free(&text);
}

static int fail(const fh_error *err) {
    complain(err);
    return EXIT_NOTHING_DONE;
}

static double seconds_since(const struct timespec *begun) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begun->tv_sec) + (double)(now.tv_nsec - begun->tv_nsec) / 1e9;
}

static void clear_line(index_session *session) {
    if (session->line_open) fputs("\r\033[K", stderr);
    session->line_open = false;
}

static void show_progress(index_session *session) {
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

static void note_problem(index_session *session, const fh_error *err) {
    session->problems++;
    if (session->settings->report)
        json_array_append_new(session->summary.problems, json_pack("{s:s, s:s, s:s}", "where", err->where,
                                                                   "what", err->what, "hint", err->hint));
    if (session->problems > NAMED_PROBLEMS) return;
    clear_line(session);
    complain(err);
}

static void observe(void *context, const fh_index_totals *totals, fh_progress progress, const fh_error *err) {
    index_session *session = context;
    session->summary.totals = *totals;
    session->summary.progress = progress;
    session->summary.seconds = seconds_since(&session->begun);
    if (err) note_problem(session, err);
    if (session->terminal && session->summary.seconds - session->shown >= PROGRESS_SECONDS)
        show_progress(session);
}

static fh_status write_report(const index_session *session, fh_error *err) {
    const char *name = session->settings->report;
    if (!name) return FH_OK;
    fh_buf text = {0};
    fh_summary_json(&session->summary, &text);
    FILE *file = fopen(name, "w");
    bool done = file && fwrite(text.ptr, 1, text.len, file) == text.len;
    if (file) done = fclose(file) == 0 && done;
    int code = errno;
    fh_buf_free(&text);
    if (done) return FH_OK;
    return fh_fail(err, FH_ERR_IO, name, "check the path, and the space on the disk",
                   "the report could not be written: %s", strerror(code));
}

/* The last progress line stays: a short run would show none. */
static void end_progress(index_session *session) {
    if (!session->terminal || session->settings->source_count == 0) return;
    show_progress(session);
    fputc('\n', stderr);
    session->line_open = false;
}

static void say_summary(index_session *session) {
    end_progress(session);
    clear_line(session);
    fh_buf text = {0};
    if (session->problems > NAMED_PROBLEMS)
        fh_buf_printf(&text, "%s: %llu more problems%s\n", fh_index_name,
                      (unsigned long long)(session->problems - NAMED_PROBLEMS),
                      session->settings->report ? "" : "; --report FILE names them all");
    if (!session->settings->quiet) fh_summary_text(&session->summary, &text);
    write_error_stream(&text);
    fh_buf_free(&text);
}

static int exit_status(const index_session *session) {
    const fh_index_totals *totals = &session->summary.totals;
    bool problems = totals->rejected || totals->unreadable;
    if (session->summary.interrupted) return EXIT_INTERRUPTED;
    if (problems && totals->articles == 0) return EXIT_NOTHING_DONE;
    return problems || session->summary.not_found ? EXIT_SOME_REJECTED : EXIT_DONE;
}

/* ---- Dry run ---- */

static fh_index_names index_names(const index_session *session) {
    return (fh_index_names){.all = fh_name_book_all(&session->book),
                            .listed = fh_name_book_listed(&session->book),
                            .recogniser = session->settings->listed_only ? NULL : fh_recogniser_builtin()};
}

static bool print_line(void *context, fh_str line) {
    (void)context;
    return fwrite(line.ptr, 1, line.len, stdout) == line.len;
}

static void note(void *context, const fh_error *err) {
    note_problem(context, err);
}

static fh_status fail_output(fh_error *err) {
    return fh_fail(err, FH_ERR_IO, NULL, "check the space on the disk", "the output cannot be written: %s",
                   strerror(errno));
}

/* With --dry-run; or where no source is there, so that all there is to say is why. */
static fh_status print_only(index_session *session, fh_reader *reader, fh_error *err) {
    fh_stemmer stemmer = FH_STEMMER_LIGHT;
    if (session->settings->stemmer) fh_stemmer_parse(fh_str_from(session->settings->stemmer), &stemmer);
    fh_index_tools tools = {fh_analyser_new(stemmer), index_names(session)};
    fh_analyser_use(tools.analyser, session->words.lexicon);
    fh_dry_run run = {reader, &tools, print_line, note, session, &stop_asked};
    bool printed = fh_dry_run_all(&run, &session->summary.totals) && fflush(stdout) == 0;
    bool done = printed || errno == EPIPE;
    fh_status status = done ? FH_OK : fail_output(err);
    fh_analyser_free(tools.analyser);
    session->summary.db = NULL;
    session->summary.interrupted = stop_asked;
    return status;
}

/* ---- Indexing ---- */

static fh_status delete_articles(index_session *session, fh_store *store, fh_error *err) {
    const fh_settings *settings = session->settings;
    fh_deletion deletion = {settings->deletes, settings->delete_count, note, session};
    if (settings->delete_count == 0) return FH_OK;
    return fh_delete(store, &deletion, &session->summary.deleted, &session->summary.not_found, err);
}

static fh_status index_sources(index_session *session, fh_reader *reader, fh_store *store, fh_stemmer stemmer,
                               fh_error *err) {
    const fh_settings *settings = session->settings;
    if (settings->source_count == 0) return FH_OK;
    fh_reader_use(reader, fh_name_book_all(&session->book));
    fh_index_options run = {.reader = reader,
                            .store = store,
                            .stemmer = stemmer,
                            .lexicon = session->words.lexicon,
                            .names = index_names(session),
                            .since = *settings->since ? settings->since : NULL,
                            .jobs = settings->jobs,
                            .prune = settings->prune,
                            .observer = observe,
                            .context = session,
                            .stop = &stop_asked};
    fh_status status = fh_index_run(&run, &session->summary.totals, err);
    session->summary.progress = fh_reader_progress(reader);
    session->summary.seconds = seconds_since(&session->begun);
    session->summary.interrupted = stop_asked;
    if (status == FH_OK && settings->prune && session->summary.totals.unreadable) {
        fh_error kept;
        fh_fail(&kept, FH_ERR_INPUT, NULL, "mend what is named above, and run it again",
                "nothing was pruned, because not all sources could be read");
        clear_line(session);
        complain(&kept);
    }
    return status;
}

/* A large archive's first build by the library leaves an index with room for more in every block: half of it
 * goes at once. */
static bool is_worth_compacting(const index_session *session, bool was_empty) {
    if (stop_asked) return false;
    bool by_library = session->settings->writing.by == FH_WRITE_BY_LIBRARY;
    return session->settings->compact ||
           (was_empty && by_library && session->summary.totals.added >= COMPACT_FROM);
}

static bool wants_learning(const index_session *session) {
    const fh_settings *settings = session->settings;
    bool changed = fh_has_changed(&session->summary) || settings->gazetteer;
    return settings->learn_now || (changed && !settings->learn_late);
}

static fh_status do_names_command(index_session *session, fh_store *store, fh_error *err) {
    const fh_settings *settings = session->settings;
    fh_buf said = {0};
    if (!settings->entities) return FH_OK;
    fh_status status = fh_name_book_command(store, &session->book, settings->entities, settings->words,
                                            settings->word_count, &said, err);
    fh_str text = fh_buf_str(&said);
    bool written = fwrite(text.ptr, 1, text.len, stdout) == text.len && fflush(stdout) == 0;
    if (status == FH_OK && !written && errno != EPIPE) status = fail_output(err);
    fh_buf_free(&said);
    return status;
}

static fh_status write_index(index_session *session, fh_reader *reader, fh_error *err) {
    const fh_settings *settings = session->settings;
    fh_stemmer stemmer;
    bool was_empty = false;
    fh_status status = fh_choose_stemmer(settings, &stemmer, err);
    if (status != FH_OK) return status;
    fh_store_identity identity = {.analyser_version = FH_ANALYSER_VERSION,
                                  .stemmer = fh_stemmer_name(stemmer),
                                  .lexicon = fh_added_words_text(&session->words)};
    fh_store *store;
    status = fh_store_open_writable(settings->db, &identity, &store, err);
    if (status != FH_OK) return status;
    fh_store_write_by(store, &settings->writing);
    status = fh_added_words_recall(store, &session->words, err);
    if (status == FH_OK) status = fh_name_book_recall(store, &session->book, err);
    if (status == FH_OK) status = fh_is_empty(store, &was_empty, err);
    if (status == FH_OK) status = delete_articles(session, store, err);
    if (status == FH_OK) status = index_sources(session, reader, store, stemmer, err);
    if (status == FH_OK && wants_learning(session)) status = fh_name_book_learn(store, &session->book, err);
    if (status == FH_OK) status = do_names_command(session, store, err);
    if (status == FH_OK && settings->compact) status = fh_store_forget(store, err);
    fh_store_close(store);
    if (status == FH_OK && is_worth_compacting(session, was_empty))
        status = fh_store_compact(settings->db, err);
    return status;
}

static fh_status run(index_session *session, fh_reader *reader, fh_error *err) {
    const fh_settings *settings = session->settings;
    bool writes = !settings->dry_run && (fh_has_work(settings) || settings->learn_now);
    fh_status status = fh_added_words_read(settings->lexicon, &session->words, err);
    if (status == FH_OK) status = fh_name_book_read(settings->gazetteer, &session->book, err);
    if (status == FH_OK)
        status = writes ? write_index(session, reader, err) : print_only(session, reader, err);
    if (status == FH_OK) {
        say_summary(session);
        status = write_report(session, err);
    }
    clear_line(session);
    return status;
}

/* ---- Upkeep ---- */

/* One that has read enough is no error. */
static bool print(void *context, fh_str text) {
    (void)context;
    return fwrite(text.ptr, 1, text.len, stdout) == text.len;
}

static int keep(const fh_settings *settings) {
    fh_upkeep upkeep = {.task = settings->task,
                        .db = settings->db,
                        .deletes = settings->deletes,
                        .delete_count = settings->delete_count,
                        .json = settings->json,
                        .sink = print};
    fh_error err;
    bool whole;
    fh_status status = fh_upkeep_run(&upkeep, &whole, &err);
    bool written = status != FH_END && fflush(stdout) == 0;
    if (status == FH_OK || status == FH_END) status = written || errno == EPIPE ? FH_OK : fail_output(&err);
    return status != FH_OK ? fail(&err) : whole ? EXIT_DONE : EXIT_SOME_REJECTED;
}

/* ---- The command line ---- */

static int print_help(const fh_buf *help) {
    fh_str text = fh_buf_str(help);
    bool done = fwrite(text.ptr, 1, text.len, stdout) == text.len && fflush(stdout) == 0;
    fh_error err;
    if (done || errno == EPIPE) return EXIT_DONE;
    fail_output(&err);
    return fail(&err);
}

static fh_status work(const fh_settings *settings, fh_run_done *done, fh_error *err) {
    fh_reader_options reading = {.sources = settings->sources,
                                 .source_count = settings->source_count,
                                 .format = settings->format,
                                 .maps = settings->maps,
                                 .map_count = settings->map_count};
    fh_reader *reader;
    fh_status status = fh_reader_new(&reading, &reader, err);
    if (status != FH_OK) return status;
    index_session session = {.settings = settings,
                             .summary = {.db = settings->db,
                                         .sources = settings->sources,
                                         .source_count = settings->source_count,
                                         .problems = json_array()},
                             .terminal = !settings->quiet && isatty(STDERR_FILENO)};
    clock_gettime(CLOCK_MONOTONIC, &session.begun);
    status = run(&session, reader, err);
    *done = (fh_run_done){exit_status(&session), session.summary.totals.added};
    json_decref(session.summary.problems);
    fh_added_words_free(&session.words);
    fh_name_book_free(&session.book);
    fh_reader_free(reader);
    return status;
}

static int start(const fh_settings *settings) {
    fh_following following = {settings, work, complain, &stop_asked};
    fh_run_done done = {0};
    fh_error err;
    fh_status status =
        settings->follow ? fh_follow_sources(&following, &done.code, &err) : work(settings, &done, &err);
    return status == FH_OK ? done.code : fail(&err);
}

static void fill_defaults(fh_settings *settings) {
    const char *db = getenv("FIHRIS_DB");
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (!settings->db) settings->db = db && *db ? db : DEFAULT_DB;
    if (settings->jobs == 0)
        settings->jobs = processors > FH_MAX_JOBS ? FH_MAX_JOBS : processors > 0 ? (int)processors : 1;
}

int main(int argc, char **argv) {
    fh_settings settings = {0};
    fh_buf help = {0};
    fh_error err;
    catch_signals();
    fh_status status = fh_settings_read(argc, argv, &settings, &help, &err);
    fill_defaults(&settings);
    int code = status == FH_END  ? print_help(&help)
               : status != FH_OK ? fail(&err)
               : settings.task   ? keep(&settings)
                                 : start(&settings);
    fh_buf_free(&help);
    fh_settings_free(&settings);
    return code;
}
