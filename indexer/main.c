/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fihris-index: builds and keeps the index of an archive. */
#include "base/guard.h"
#include "base/memory.h"
#include "indexer/deletion.h"
#include "indexer/dry_run.h"
#include "indexer/following.h"
#include "indexer/indexer.h"
#include "indexer/ledger.h"
#include "indexer/listing.h"
#include "indexer/name_book_command.h"
#include "indexer/opening.h"
#include "indexer/output_console.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define DEFAULT_DB "fihris.db"

enum { EXIT_DONE = 0, EXIT_SOME_REJECTED = 1, EXIT_NOTHING_DONE = 2, EXIT_INTERRUPTED = 130 };

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

static int fail(const fh_error *err) {
    fh_complain(err);
    return EXIT_NOTHING_DONE;
}

static fh_status write_report(const fh_session *session, fh_error *err) {
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

static int exit_status(const fh_session *session) {
    const fh_index_totals *totals = &session->summary.totals;
    bool problems = totals->rejected || totals->unreadable;
    if (session->summary.interrupted) return EXIT_INTERRUPTED;
    if (problems && totals->articles == 0) return EXIT_NOTHING_DONE;
    return problems || session->summary.not_found ? EXIT_SOME_REJECTED : EXIT_DONE;
}

/* An fh_sink; `context` may point to an int that takes up why it failed. */
static bool print(void *context, fh_str text) {
    bool done = fwrite(text.ptr, 1, text.len, stdout) == text.len;
    if (!done && context) *(int *)context = errno;
    return done;
}

/* ---- Dry run ---- */

static fh_index_names index_names(const fh_session *session) {
    return (fh_index_names){.all = fh_name_book_all(&session->book),
                            .listed = fh_name_book_listed(&session->book),
                            .recogniser = session->settings->listed_only ? NULL : fh_recogniser_builtin()};
}

static bool print_line(void *context, fh_str line) {
    (void)context;
    return fwrite(line.ptr, 1, line.len, stdout) == line.len;
}

static void note(void *context, const fh_error *err) {
    fh_say_problem(context, err);
}

static fh_status fail_output(fh_error *err) {
    return fh_fail(err, FH_ERR_IO, NULL, "check the space on the disk", "the output cannot be written: %s",
                   strerror(errno));
}

/* With --dry-run; or where no source is there, so that all there is to say is why. */
static fh_status print_only(fh_session *session, fh_reader *reader, fh_error *err) {
    fh_stemmer stemmer = FH_STEMMER_LIGHT;
    if (session->settings->stemmer) fh_stemmer_parse(fh_str_from(session->settings->stemmer), &stemmer);
    fh_index_tools tools = fh_index_tools_new(stemmer, session->words.lexicon, index_names(session));
    fh_dry_run run = {reader, &tools, print_line, note, session, &stop_asked};
    bool printed = fh_dry_run_all(&run, &session->summary.totals) && fflush(stdout) == 0;
    bool done = printed || errno == EPIPE;
    fh_status status = done ? FH_OK : fail_output(err);
    fh_index_tools_free(&tools);
    session->summary.db = NULL;
    session->summary.interrupted = stop_asked;
    return status;
}

/* ---- Indexing ---- */

static fh_status delete_articles(fh_session *session, fh_store *store, fh_error *err) {
    const fh_settings *settings = session->settings;
    fh_deletion deletion = {settings->deletes, settings->delete_count, note, session};
    if (settings->delete_count == 0) return FH_OK;
    return fh_delete(store, &deletion, &session->summary.deleted, &session->summary.not_found, err);
}

static fh_status index_articles(fh_session *session, fh_reader *reader, fh_ledger *ledger, fh_store *store,
                                fh_stemmer stemmer, fh_error *err) {
    const fh_settings *settings = session->settings;
    fh_reader_use(reader, fh_name_book_all(&session->book));
    fh_index_options run = {.reader = reader,
                            .store = store,
                            .stemmer = stemmer,
                            .lexicon = session->words.lexicon,
                            .names = index_names(session),
                            .ledger = ledger,
                            .since = *settings->since ? settings->since : NULL,
                            .jobs = settings->jobs,
                            .prune = settings->prune,
                            .observer = fh_say_progress,
                            .context = session,
                            .stop = &stop_asked};
    fh_status status = fh_index_run(&run, &session->summary.totals, err);
    session->summary.progress = fh_reader_progress(reader);
    session->summary.seconds = fh_seconds_since(&session->begun);
    session->summary.interrupted = stop_asked;
    if (status == FH_OK && session->summary.totals.unpruned) {
        fh_error kept;
        fh_fail(&kept, FH_ERR_INPUT, NULL, "mend what is named above, and run it again",
                "nothing was pruned, because not all sources could be read");
        fh_clear_line(session);
        fh_complain(&kept);
    }
    return status;
}

static fh_status index_files(fh_session *session, fh_ledger *ledger, fh_store *store, fh_stemmer stemmer,
                             fh_error *err) {
    fh_reader_options reading = {.format = session->settings->format,
                                 .maps = session->settings->maps,
                                 .map_count = session->settings->map_count,
                                 .listing = session->listing,
                                 .stop = &stop_asked};
    fh_reader *reader;
    reading.sources = fh_ledger_sources(ledger, &reading.source_count);
    fh_status status = fh_reader_new(&reading, &reader, err);
    if (status != FH_OK) return status;
    status = index_articles(session, reader, ledger, store, stemmer, err);
    if (status == FH_OK && !stop_asked) status = fh_ledger_keep(ledger, store, err);
    fh_ledger_count(ledger, &session->summary.totals);
    fh_reader_free(reader);
    return status;
}

/* Pruning wants to see every article, so every file is read. */
static fh_status index_sources(fh_session *session, fh_store *store, fh_stemmer stemmer, fh_error *err) {
    const fh_settings *settings = session->settings;
    fh_index_names names = index_names(session);
    fh_ledger_options looking = {.sources = settings->sources,
                                 .source_count = settings->source_count,
                                 .settings = fh_reading_hash(settings, &names),
                                 .thorough = settings->thorough || settings->prune,
                                 .listing = session->listing};
    fh_ledger *ledger;
    if (settings->source_count == 0) return FH_OK;
    fh_status status = fh_ledger_new(store, &looking, &ledger, err);
    if (status != FH_OK) return status;
    status = index_files(session, ledger, store, stemmer, err);
    fh_ledger_free(ledger);
    return status;
}

static fh_status do_names_command(fh_session *session, fh_store *store, fh_error *err) {
    const fh_settings *settings = session->settings;
    fh_buf said = {0};
    if (!settings->entities) return FH_OK;
    fh_status status = fh_name_book_command(store, &session->book, settings->entities, settings->words,
                                            settings->word_count, &said, err);
    bool written = print(NULL, fh_buf_str(&said)) && fflush(stdout) == 0;
    if (status == FH_OK && !written && errno != EPIPE) status = fail_output(err);
    fh_buf_free(&said);
    return status;
}

static fh_status write_index(fh_session *session, fh_error *err) {
    const fh_settings *settings = session->settings;
    fh_stemmer stemmer;
    fh_store *store;
    bool was_empty = false, wants_learning = false;
    fh_status status = fh_open_index(settings, &session->words, &stemmer, &store, err);
    if (status != FH_OK) return status;
    status = fh_added_words_recall(store, &session->words, err);
    fh_analyser *analyser = fh_analyser_new(stemmer);
    fh_analyser_use(analyser, session->words.lexicon);
    fh_writing writing = settings->writing;
    writing.stemming = fh_stemming_of(analyser);
    fh_store_write_by(store, &writing);
    if (status == FH_OK) status = fh_name_book_recall(store, &session->book, err);
    if (status == FH_OK) status = fh_is_empty(store, &was_empty, err);
    if (status == FH_OK) status = delete_articles(session, store, err);
    if (status == FH_OK) status = index_sources(session, store, stemmer, err);
    if (status == FH_OK) status = fh_wants_learning(settings, store, &wants_learning, err);
    if (status == FH_OK && wants_learning)
        status = fh_name_book_learn(store, &session->book, settings->jobs, err);
    if (status == FH_OK) status = do_names_command(session, store, err);
    if (status == FH_OK && settings->compact) status = fh_store_settle(store, err);
    fh_store_close(store);
    if (status == FH_OK && !stop_asked && fh_is_worth_compacting(settings, &session->summary, was_empty))
        status = fh_store_compact(settings->db, &writing.stemming, err);
    fh_analyser_free(analyser);
    return status;
}

static fh_status run(fh_session *session, fh_reader *reader, fh_error *err) {
    const fh_settings *settings = session->settings;
    bool writes = !settings->dry_run && (fh_has_work(settings) || settings->learn_now);
    fh_status status = fh_added_words_read(settings->lexicon, &session->words, err);
    if (status == FH_OK) status = fh_name_book_read(settings->gazetteer, &session->book, err);
    if (status == FH_OK) status = writes ? write_index(session, err) : print_only(session, reader, err);
    if (status == FH_OK) {
        fh_say_summary(session);
        status = write_report(session, err);
    }
    fh_clear_line(session);
    return status;
}

/* ---- Upkeep ---- */

/* Who has read enough and left is no error. */
static int keep(const fh_settings *settings) {
    int why = 0;
    fh_upkeep upkeep = {.task = settings->task,
                        .db = settings->db,
                        .deletes = settings->deletes,
                        .delete_count = settings->delete_count,
                        .json = settings->json,
                        .sink = print,
                        .context = &why};
    fh_error err;
    bool whole;
    fh_status status = fh_upkeep_run(&upkeep, &whole, &err);
    if (status == FH_OK && fflush(stdout) != 0) why = errno;
    errno = why;
    if (why && why != EPIPE) status = fail_output(&err);
    return status != FH_OK && status != FH_END ? fail(&err) : whole ? EXIT_DONE : EXIT_SOME_REJECTED;
}

/* ---- The command line ---- */

static int print_help(const fh_buf *help) {
    fh_error err;
    if ((print(NULL, fh_buf_str(help)) && fflush(stdout) == 0) || errno == EPIPE) return EXIT_DONE;
    fail_output(&err);
    return fail(&err);
}

static fh_status work(const fh_settings *settings, fh_run_done *done, fh_error *err) {
    fh_reader_options reading = {.sources = settings->sources,
                                 .source_count = settings->source_count,
                                 .format = settings->format,
                                 .maps = settings->maps,
                                 .map_count = settings->map_count,
                                 .stop = &stop_asked};
    fh_reader *reader;
    fh_listing *listing = fh_listing_new(settings->sources, settings->source_count);
    reading.listing = listing;
    fh_status status = fh_reader_new(&reading, &reader, err);
    if (status != FH_OK) {
        fh_listing_free(listing);
        return status;
    }
    fh_session session = {.settings = settings,
                          .listing = listing,
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
    fh_listing_free(listing);
    return status;
}

static int start(const fh_settings *settings) {
    fh_following following = {settings, work, fh_complain, &stop_asked};
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
    fh_alloc_in_pieces();
    fh_alloc_for_icu();
    json_set_alloc_funcs(fh_alloc, free); /* else an article is taken for broken when memory is out */
    fh_status status = fh_settings_read(argc, argv, &settings, &help, &err);
    fill_defaults(&settings);
    fh_guard(fh_index_name, &settings.db, 1);
    int code = status == FH_END  ? print_help(&help)
               : status != FH_OK ? fail(&err)
               : settings.task   ? keep(&settings)
                                 : start(&settings);
    fh_buf_free(&help);
    fh_settings_free(&settings);
    return code;
}
