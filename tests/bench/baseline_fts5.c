/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one gets from SQLite's FTS5, to compare with: its unicode61 tokeniser, bm25() and snippet().
 *
 * baseline_fts5 index FILE.db LINES     LINES: `id TAB title TAB body` lines
 * baseline_fts5 time FILE.db LINES      LINES: `class TAB query` lines; prints `class TAB microseconds TAB
 * hits` */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EXIT_FAILED = 2 };

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

static int index_lines(sqlite3 *db, FILE *file) {
    sqlite3_stmt *insert;
    if (!run(
            db,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
            "CREATE VIRTUAL TABLE news USING fts5(id UNINDEXED, title, body, tokenize = 'unicode61'); BEGIN"))
        return failed(db);
    if (sqlite3_prepare_v2(db, "INSERT INTO news VALUES(?, ?, ?)", -1, &insert, NULL) != SQLITE_OK)
        return failed(db);
    for (char *line; (line = next_line(file));) {
        char *rest = line;
        for (int column = 1; column <= 3; column++)
            sqlite3_bind_text(insert, column, strsep(&rest, "\t"), -1, SQLITE_TRANSIENT);
        if (sqlite3_step(insert) != SQLITE_DONE) return failed(db);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    return run(db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)") ? EXIT_SUCCESS : failed(db);
}

/* FTS5 has a query language of its own: every word is quoted, a phrase stays one. */
static void quote(const char *query, char *out, size_t room) {
    size_t used = 0;
    bool phrase = query[0] == '"';
    if (!phrase) out[used++] = '"';
    for (; *query && used + 4 < room; query++) {
        if (!phrase && *query == ' ') {
            memcpy(out + used, "\" \"", 3);
            used += 3;
        } else {
            out[used++] = *query;
        }
    }
    if (!phrase) out[used++] = '"';
    out[used] = '\0';
}

static double microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int time_lines(sqlite3 *db, FILE *file) {
    sqlite3_stmt *find;
    if (sqlite3_prepare_v2(db,
                           "SELECT title, snippet(news, 2, '[', ']', '…', 40) FROM news WHERE news MATCH ?"
                           " ORDER BY bm25(news, 0, 5, 1) LIMIT 10",
                           -1, &find, NULL) != SQLITE_OK)
        return failed(db);
    for (char *line; (line = next_line(file));) {
        char quoted[4096], *query = line, *class = strsep(&query, "\t");
        int hits = 0, status;
        if (!query) continue;
        quote(query, quoted, sizeof quoted);
        double from = microseconds();
        sqlite3_bind_text(find, 1, quoted, -1, SQLITE_STATIC);
        while ((status = sqlite3_step(find)) == SQLITE_ROW) hits++;
        if (status != SQLITE_DONE) return failed(db);
        sqlite3_reset(find);
        printf("%s\t%.1f\t%d\n", class, microseconds() - from, hits);
    }
    sqlite3_finalize(find);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
    sqlite3 *db;
    FILE *file = argc == 4 ? fopen(argv[3], "r") : NULL;
    if (!file) {
        fputs("usage: baseline_fts5 index|time FILE.db LINES\n", stderr);
        return EXIT_FAILED;
    }
    int status = sqlite3_open(argv[2], &db);
    if (status != SQLITE_OK)
        status = failed(db);
    else
        status = !strcmp(argv[1], "index") ? index_lines(db, file) : time_lines(db, file);
    sqlite3_close(db);
    fclose(file);
    return status;
}
