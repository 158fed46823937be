/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options of fihris-index, from one table, and what goes with what. */
#include "indexer/settings.h"
#include "base/memory.h"
#include "base/option.h"
#include "indexer/indexer.h"

#include <stdlib.h>

const char fh_index_name[] = "fihris-index";

enum {
    OPTION_DB = 1,
    OPTION_FORMAT,
    OPTION_MAP,
    OPTION_JOBS,
    OPTION_DRY_RUN,
    OPTION_DELETE,
    OPTION_PRUNE,
    OPTION_STEMMER,
    OPTION_REPORT,
    OPTION_LEXICON,
    OPTION_GAZETTEER,
    OPTION_ENTITIES,
    OPTION_LISTED_ONLY,
    OPTION_COMPACT,
    OPTION_WRITER,
    OPTION_MEMORY,
    OPTION_SINCE,
    OPTION_FOLLOW,
    OPTION_THOROUGH,
    OPTION_EXPORT,
    OPTION_STATS,
    OPTION_CHECK,
    OPTION_JSON,
    OPTION_QUIET
};

enum { LEAST_MEMORY = 16, MOST_MEMORY = FH_WRITE_MEMORY_MOST >> 20 }; /* MB */

static const fh_option options[] = {
    {OPTION_DB, 'd', "db", "DIR", "(dir)", "the index; $FIHRIS_DB by default, else ./fihris.db"},
    {OPTION_FORMAT, 'f', "format", "NAME", NULL,
     "read all sources as this format; by default each by its content"},
    {OPTION_MAP, 'm', "map", "FIELD=PATH", NULL,
     "where JSON or CSV has a field of articles, as in title=meta.headline; may be given again and again"},
    {OPTION_JOBS, 'j', "jobs", "N", NULL, "threads; as many as there are processors by default"},
    {OPTION_DRY_RUN, 'n', "dry-run", NULL, NULL,
     "write nothing; print each article as it would be indexed, one JSON object a line"},
    {OPTION_DELETE, 0, "delete", "WHAT", NULL,
     "delete the article of this id or address, or all that have FIELD:VALUE (AND FIELD:VALUE…); with "
     "--dry-run print them; may be given again and again"},
    {OPTION_PRUNE, 0, "prune", NULL, NULL,
     "delete from the index what the sources, which must be all of its sources, no longer hold"},
    {OPTION_SINCE, 0, "since", "DATE", NULL,
     "index only what was published on this day, month or year or later: 2024-05-04, 2024-05 or 2024"},
    {OPTION_FOLLOW, 0, "follow", NULL, NULL,
     "go on until interrupted: index what appears or changes in the sources, which are folders"},
    {OPTION_THOROUGH, 0, "thorough", NULL, NULL,
     "read also the files that are as they were when they were indexed"},
    {OPTION_STEMMER, 's', "stemmer", "NAME", "light|light10|none",
     "the stemmer of a new index; light by default"},
    {OPTION_LEXICON, 'l', "lexicon", "FILE", "(file)",
     "words that light is to know beside its own, for a new index, which remembers them; a line: "
     "WORD, or WORD TAB FORM|FORM"},
    {OPTION_GAZETTEER, 'g', "gazetteer", "FILE", "(file)",
     "names that the index is to know beside the built-in ones, which it remembers; TSV or JSON"},
    {OPTION_ENTITIES, 'e', "entities", "ACTION", "list|export|learn|merge|reject|restore",
     "show or put right the names that the index has learned; the operands are their ids"},
    {OPTION_LISTED_ONLY, 0, "listed-only", NULL, NULL,
     "find only names that are listed, none that are recognised by what stands around them"},
    {OPTION_REPORT, 0, "report", "FILE", "(file)", "write the summary and every problem as JSON"},
    {OPTION_COMPACT, 0, "compact", NULL, NULL,
     "make the index as small as it gets, at the end; one that was written in bulk is"},
    {OPTION_WRITER, 0, "writer", "NAME", "bulk|few|library",
     "bulk inverts articles in memory and merges them into the index at the end; few adds them one by one "
     "and keeps their words together until the next merge; library adds them as any tool of Xapian's reads "
     "them; by default bulk or few, as many as there are"},
    {OPTION_MEMORY, 0, "memory", "MB", NULL,
     "memory to hold while writing in bulk, 256 by default; what does not fit goes to DIR.building until the "
     "end"},
    {OPTION_EXPORT, 0, "export", NULL, NULL,
     "print every article of the index, one JSON object a line, which this program takes back as it was"},
    {OPTION_STATS, 0, "stats", NULL, NULL, "print what the index holds, and what it was made with"},
    {OPTION_CHECK, 0, "check", NULL, NULL,
     "read all of the index and say what is damaged: exit status 0 nothing, 1 something, 2 it cannot be "
     "told"},
    {OPTION_JSON, 0, "json", NULL, NULL, "print --stats and --check as JSON"},
    {OPTION_QUIET, 'q', "quiet", NULL, NULL, "print only what went wrong"},
    FH_COMMON_OPTIONS};

static const fh_program program = {
    .name = fh_index_name,
    .summary = "Index an archive of news articles",
    .synopsis = "[OPTION…] SOURCE…",
    .operands = "(file)",
    .options = options,
    .notes = "A source is a file, a folder, an archive (zip, tar, 7z…), any of them compressed, or - for "
             "standard input.\n"
             "What is in the index already and has not changed is passed over.\n"
             "Exit status: 0 all was indexed, 1 some articles were rejected, 2 nothing could be done,\n"
             "130 interrupted (what was read until then is in the index).\n",
};

static void add_text(const char ***list, size_t *count, size_t *capacity, const char *text) {
    *list = fh_grow(*list, *count, capacity, sizeof **list);
    (*list)[(*count)++] = text;
}

static const char HELP[] = "fihris-index --help shows how it is used";

static fh_status set_task(fh_settings *settings, fh_task task, fh_error *err) {
    if (settings->task != FH_TASK_NONE && settings->task != task)
        return fh_fail(err, FH_ERR_USAGE, NULL, HELP, "--export, --stats and --check are one at a time");
    settings->task = task;
    return FH_OK;
}

static fh_writing_by writer_of(const char *name) {
    if (strcmp(name, "bulk") == 0) return FH_WRITE_IN_BULK;
    return strcmp(name, "few") == 0 ? FH_WRITE_A_FEW : FH_WRITE_BY_LIBRARY;
}

static fh_status set_since(fh_settings *settings, const char *value, fh_error *err) {
    fh_days period;
    if (!fh_days_parse(fh_str_from(value), &period))
        return fh_fail(err, FH_ERR_USAGE, NULL, "say it as 2024-05-04, 2024-05 or 2024",
                       "--since takes a date, not %s", value);
    memcpy(settings->since, period.first, sizeof settings->since);
    return FH_OK;
}

static fh_status set(fh_settings *settings, int id, const char *value, fh_error *err) {
    long number;
    switch (id) {
    case OPTION_DB: settings->db = value; break;
    case OPTION_FORMAT: settings->format = value; break;
    case OPTION_MAP: add_text(&settings->maps, &settings->map_count, &settings->map_capacity, value); break;
    case OPTION_DRY_RUN: settings->dry_run = true; break;
    case OPTION_PRUNE: settings->prune = true; break;
    case OPTION_STEMMER: settings->stemmer = value; break;
    case OPTION_LEXICON: settings->lexicon = value; break;
    case OPTION_GAZETTEER: settings->gazetteer = value; break;
    case OPTION_ENTITIES: settings->entities = value; break;
    case OPTION_LISTED_ONLY: settings->listed_only = true; break;
    case OPTION_REPORT: settings->report = value; break;
    case OPTION_COMPACT: settings->compact = true; break;
    case OPTION_THOROUGH: settings->thorough = true; break;
    case OPTION_FOLLOW: settings->follow = true; break;
    case OPTION_SINCE: return set_since(settings, value, err);
    case OPTION_EXPORT: return set_task(settings, FH_TASK_EXPORT, err);
    case OPTION_STATS: return set_task(settings, FH_TASK_STATS, err);
    case OPTION_CHECK: return set_task(settings, FH_TASK_CHECK, err);
    case OPTION_JSON: settings->json = true; break;
    case OPTION_QUIET: settings->quiet = true; break;
    case OPTION_WRITER: settings->writing.by = writer_of(value); break;
    case OPTION_DELETE:
        add_text(&settings->deletes, &settings->delete_count, &settings->delete_capacity, value);
        break;
    case OPTION_JOBS:
        if (fh_option_number("jobs", value, 1, FH_MAX_JOBS, &number, err) != FH_OK) return err->status;
        settings->jobs = (int)number;
        break;
    case OPTION_MEMORY:
        if (fh_option_number("memory", value, LEAST_MEMORY, MOST_MEMORY, &number, err) != FH_OK)
            return err->status;
        settings->writing.memory = (size_t)number << 20;
        break;
    default: add_text(&settings->sources, &settings->source_count, &settings->source_capacity, value);
    }
    return FH_OK;
}

/* Nothing is deleted, and nothing read but the index. */
static void choose_preview(fh_settings *settings) {
    if (!settings->dry_run || settings->delete_count == 0 || settings->source_count > 0) return;
    settings->task = FH_TASK_PREVIEW;
    settings->dry_run = false;
}

static fh_status check_task(const fh_settings *settings, bool writes, fh_error *err) {
    bool alone = !writes && !settings->dry_run && settings->source_count == 0;
    if (!alone)
        return fh_fail(
            err, FH_ERR_USAGE, NULL, HELP,
            "--export, --stats, --check and a --delete that is a --dry-run change nothing, so they "
            "go with no source and nothing that does");
    if (settings->json && settings->task == FH_TASK_EXPORT)
        return fh_fail(err, FH_ERR_USAGE, NULL, HELP, "--export is JSON without --json");
    return FH_OK;
}

static fh_status check_settings(const fh_settings *settings, fh_error *err) {
    bool other_work =
        settings->delete_count > 0 || settings->compact || settings->gazetteer || settings->entities;
    bool writes = settings->delete_count > 0 || settings->compact || settings->prune || settings->entities;
    if (settings->task == FH_TASK_PREVIEW && !settings->compact && !settings->gazetteer &&
        !settings->entities)
        return FH_OK;
    if (settings->task != FH_TASK_NONE) return check_task(settings, writes || other_work, err);
    if (settings->json) return fh_fail(err, FH_ERR_USAGE, NULL, HELP, "--json goes with --stats or --check");
    if (settings->follow && (settings->dry_run || other_work))
        return fh_fail(err, FH_ERR_USAGE, NULL, HELP,
                       "--follow goes on and on, so it does not go with --dry-run, --delete, --compact, "
                       "--gazetteer or --entities");
    if (settings->dry_run && *settings->since)
        return fh_fail(err, FH_ERR_USAGE, NULL, HELP, "--dry-run prints all articles, so leave out --since");
    if (settings->dry_run && writes)
        return fh_fail(err, FH_ERR_USAGE, NULL, HELP,
                       "--dry-run writes nothing, so it does not go with --prune, --compact or --entities, "
                       "nor with --delete and a source");
    if (settings->source_count > 0) return FH_OK;
    if (settings->prune)
        return fh_fail(err, FH_ERR_USAGE, NULL, HELP, "--prune wants the sources of the index");
    if (!other_work) return fh_fail(err, FH_ERR_USAGE, NULL, HELP, "no source: name a file, a folder, or -");
    return FH_OK;
}

/* With --entities the operands are names. */
static void take_words(fh_settings *settings) {
    settings->words = settings->sources;
    settings->word_count = settings->source_count;
    settings->sources = NULL;
    settings->source_count = settings->source_capacity = 0;
}

static void add_help(int id, const char *value, fh_buf *help) {
    fh_program_answer(&program, id, value, help);
    if (id != FH_OPTION_HELP) return;
    fh_buf_add(help, FH_STR("\nFormats:\n"));
    for (const fh_format_name *format = fh_reader_formats(); format->name; format++)
        fh_buf_printf(help, "  %-8s %s\n", format->name, format->about);
}

fh_status fh_settings_read(int argc, char **argv, fh_settings *out, fh_buf *help, fh_error *err) {
    fh_args args = fh_args_start(&program, argc, argv);
    const char *value;
    int id;
    fh_status status;
    while ((status = fh_args_next(&args, &id, &value, err)) == FH_OK) {
        if (id >= FH_OPTION_HELP) {
            add_help(id, value, help);
            return FH_END;
        }
        status = set(out, id, value, err);
        if (status != FH_OK) return status;
    }
    if (status == FH_END && out->entities) take_words(out);
    if (status == FH_END && out->task == FH_TASK_NONE) choose_preview(out);
    return status == FH_END ? check_settings(out, err) : status;
}

void fh_settings_free(fh_settings *settings) {
    free(settings->sources);
    free(settings->words);
    free(settings->deletes);
    free(settings->maps);
}
