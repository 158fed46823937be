/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one gets from SQLite's FTS5, to compare with: its unicode61 tokeniser, bm25() and snippet().
 *
 * baseline_fts5 index|bare FILE.db LINES
 *     LINES: `id TAB date TAB title TAB body` lines, all in one transaction; bare: without the text
 * baseline_fts5 time FILE.db LINES ids|shown SECONDS
 *     as bench_query does
 * baseline_fts5 ask FILE.db WORDS
 *     prints the ids of the best hits
 *
 * FTS5 knows no date but the order of rows, so the newest are those that came last. */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EXIT_FAILED = 2, FIELDS = 4, PASSES = 5 };

static int failed(sqlite3 *db) {
    fprintf(stderr, "baseline_fts5: %s\n", sqlite3_errmsg(db));
    return EXIT_FAILED;
}

static bool run(sqlite3 *db, const char *sql) {
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

/* The next line without its end; NULL after the last. */
static char *next_line(FILE *file) {
    static char *line;
    static size_t capacity;
    ssize_t length = getline(&line, &capacity, file);
    if (length <= 0) return NULL;
    if (line[length - 1] == '\n') line[length - 1] = '\0';
    return line;
}

/* ---- Indexing ---- */

/* As for a first load: no journal, no waiting for the disk, 256 MB of cache. */
static bool create(sqlite3 *db, bool bare) {
    return run(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -262144") &&
           run(db, bare ? "CREATE VIRTUAL TABLE news USING fts5(id UNINDEXED, title, body, content = '',"
                          " tokenize = 'unicode61')"
                        : "CREATE VIRTUAL TABLE news USING fts5(id UNINDEXED, title, body, tokenize = "
                          "'unicode61')") &&
           run(db, "BEGIN");
}

static int index_lines(sqlite3 *db, FILE *file, bool bare) {
    sqlite3_stmt *insert;
    if (!create(db, bare) || sqlite3_prepare_v2(db, "INSERT INTO news(id, title, body) VALUES(?, ?, ?)", -1,
                                                &insert, NULL) != SQLITE_OK)
        return failed(db);
    for (char *line; (line = next_line(file));) {
        char *rest = line, *fields[FIELDS] = {0};
        for (int i = 0; i < FIELDS; i++) fields[i] = strsep(&rest, "\t");
        sqlite3_bind_text(insert, 1, fields[0], -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 2, fields[2], -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, fields[3], -1, SQLITE_STATIC);
        if (sqlite3_step(insert) != SQLITE_DONE) return failed(db);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    return run(db, "COMMIT") ? EXIT_SUCCESS : failed(db);
}

/* ---- Answering ---- */

enum { BY_RANK, BY_ROW, ORDERS };

typedef struct fts5_finder {
    sqlite3_stmt *find[ORDERS];
    char *lines; /* `class` and `text` in turn, each with its zero byte */
    size_t length;
    bool prints;
} fts5_finder;

static bool prepare(sqlite3 *db, bool shows, fts5_finder *out) {
    static const char *const orders[] = {[BY_RANK] = "bm25(news, 0, 5, 1)", [BY_ROW] = "rowid DESC"};
    for (int i = 0; i < ORDERS; i++) {
        char sql[256];
        snprintf(sql, sizeof sql, "SELECT %s FROM news WHERE news MATCH ? ORDER BY %s LIMIT 10",
                 shows ? "id, title, snippet(news, 2, '[', ']', '…', 40)" : "rowid", orders[i]);
        if (sqlite3_prepare_v2(db, sql, -1, &out->find[i], NULL) != SQLITE_OK) return false;
    }
    return true;
}

static void release(fts5_finder *finder) {
    for (int i = 0; i < ORDERS; i++) sqlite3_finalize(finder->find[i]);
    free(finder->lines);
}

/* FTS5 has a query language of its own: every word is quoted, a phrase as one. */
static void quote(const char *class, const char *text, char *out, size_t room) {
    bool phrase = !strcmp(class, "phrase");
    size_t used = 0;
    out[used++] = '"';
    for (; *text && used + 6 < room; text++) {
        if (!phrase && *text == ' ') {
            memcpy(out + used, "\" \"", 3);
            used += 3;
        } else {
            out[used++] = *text;
        }
    }
    strcpy(out + used, strcmp(class, "prefix") ? "\"" : "\" *");
}

static double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static bool answer(const fts5_finder *finder, const char *class, const char *text) {
    char quoted[4096];
    int hits = 0, status;
    quote(class, text, quoted, sizeof quoted);
    sqlite3_stmt *find = finder->find[strcmp(class, "newest") ? BY_RANK : BY_ROW];
    double from = seconds_now();
    sqlite3_bind_text(find, 1, quoted, -1, SQLITE_STATIC);
    while ((status = sqlite3_step(find)) == SQLITE_ROW) hits++;
    sqlite3_reset(find);
    if (finder->prints) printf("%s\t%.1f\t%d\n", class, (seconds_now() - from) * 1e6, hits);
    return status == SQLITE_DONE;
}

static bool answer_all(const fts5_finder *finder) {
    for (const char *at = finder->lines; at < finder->lines + finder->length;) {
        const char *class = at, *text = class + strlen(class) + 1;
        if (!answer(finder, class, text)) return false;
        at = text + strlen(text) + 1;
    }
    return true;
}

/* Those of a class that FTS5 has no part in are left out. */
static void read_queries(FILE *file, fts5_finder *out) {
    FILE *memory = open_memstream(&out->lines, &out->length);
    if (!memory) return;
    for (char *line; (line = next_line(file));) {
        char *text = line, *class = strsep(&text, "\t");
        if (text && strcmp(class, "entity") != 0) fprintf(memory, "%s%c%s%c", class, 0, text, 0);
    }
    fclose(memory);
}

static int time_lines(sqlite3 *db, FILE *file, bool shows, double warm_seconds) {
    fts5_finder finder = {0};
    bool good = prepare(db, shows, &finder);
    read_queries(file, &finder);
    for (double until = seconds_now() + warm_seconds; good && seconds_now() < until;)
        good = answer_all(&finder);
    finder.prints = true;
    for (int pass = 0; good && pass < PASSES; pass++) good = answer_all(&finder);
    int status = good ? EXIT_SUCCESS : failed(db);
    release(&finder);
    return status;
}

static int ask(sqlite3 *db, const char *words) {
    char quoted[4096];
    fts5_finder finder = {0};
    if (!prepare(db, true, &finder)) return failed(db);
    quote("", words, quoted, sizeof quoted);
    sqlite3_bind_text(finder.find[BY_RANK], 1, quoted, -1, SQLITE_STATIC);
    while (sqlite3_step(finder.find[BY_RANK]) == SQLITE_ROW)
        puts((const char *)sqlite3_column_text(finder.find[BY_RANK], 0));
    release(&finder);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
    const char *task = argc > 3 ? argv[1] : "";
    bool indexes = argc == 4 && (!strcmp(task, "index") || !strcmp(task, "bare"));
    bool times = argc == 6 && !strcmp(task, "time"), asks = argc == 4 && !strcmp(task, "ask");
    if (!indexes && !times && !asks) {
        fputs("usage: baseline_fts5 index|bare FILE.db LINES | time FILE.db LINES ids|shown SECONDS | ask "
              "FILE.db "
              "WORDS\n",
              stderr);
        return EXIT_FAILED;
    }
    FILE *file = asks ? NULL : fopen(argv[3], "r");
    if (!asks && !file) {
        perror(argv[3]);
        return EXIT_FAILED;
    }
    sqlite3 *db;
    int status = sqlite3_open(argv[2], &db) == SQLITE_OK ? EXIT_SUCCESS : failed(db);
    if (status == EXIT_SUCCESS && !file) status = ask(db, argv[3]);
    if (status == EXIT_SUCCESS && file && indexes) status = index_lines(db, file, !strcmp(task, "bare"));
    if (status == EXIT_SUCCESS && file && times)
        status = time_lines(db, file, !strcmp(argv[4], "shown"), strtod(argv[5], NULL));
    sqlite3_close(db);
    if (file) fclose(file);
    return status;
}
