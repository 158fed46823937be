/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Golden tables: golden RULES TABLE.tsv runs every row `input TAB expected`, and after another tab what the
 * row shows, through a set of rules and prints TAP. A line that begins with # is a comment; \uXXXX,
 * \UXXXXXXXX, \xXX, \t, \n and \\ stand for what cannot be seen. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"
#include "stemmer/stemmer.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct rule_set {
    const char *name;
    void (*run)(fh_str input, fh_arena *arena, fh_buf *out);
} rule_set;

static void fold(fh_str input, fh_arena *arena, fh_buf *out) {
    fh_buf_add(out, fh_fold_word(FH_STEMMER_LIGHT, input, arena));
}

static void fold_published(fh_str input, fh_arena *arena, fh_buf *out) {
    fh_buf_add(out, fh_fold_word(FH_STEMMER_LIGHT10, input, arena));
}

static void stem_with(fh_stemmer stemmer, fh_str input, fh_arena *arena, fh_buf *out) {
    fh_buf_add(out, fh_stem_folded(stemmer, fh_fold_word(stemmer, input, arena), arena));
}

static void light10(fh_str input, fh_arena *arena, fh_buf *out) {
    stem_with(FH_STEMMER_LIGHT10, input, arena, out);
}

static void light(fh_str input, fh_arena *arena, fh_buf *out) {
    stem_with(FH_STEMMER_LIGHT, input, arena, out);
}

/* kind:folded for each token, kind*:folded for one that covers those after it, with one space between them.
 */
static void tokens(fh_str input, fh_arena *arena, fh_buf *out) {
    static const char *const kinds[] = {
        [FH_TOKEN_ARABIC] = "arabic", [FH_TOKEN_WORD] = "word",   [FH_TOKEN_NUMBER] = "number",
        [FH_TOKEN_URL] = "url",       [FH_TOKEN_EMAIL] = "email", [FH_TOKEN_HASHTAG] = "hashtag",
        [FH_TOKEN_HANDLE] = "handle", [FH_TOKEN_EMOJI] = "emoji",
    };
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    fh_tokens found = fh_analyse(analyser, input, arena);
    for (size_t i = 0; i < found.count; i++) {
        const fh_token *token = &found.items[i];
        fh_buf_printf(out, "%s%s%s:%.*s", i > 0 ? " " : "", kinds[token->kind], token->whole ? "*" : "",
                      FH_STR_ARG(token->folded));
    }
    fh_analyser_free(analyser);
}

/* The bytes of the input that each token stands at, between bars. */
static void spans(fh_str input, fh_arena *arena, fh_buf *out) {
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    fh_tokens found = fh_analyse(analyser, input, arena);
    for (size_t i = 0; i < found.count; i++) {
        fh_buf_add_char(out, '|');
        fh_buf_add(out, fh_str_slice(input, found.items[i].start, found.items[i].end));
    }
    fh_buf_add_char(out, '|');
    fh_analyser_free(analyser);
}

static void stop(fh_str input, fh_arena *arena, fh_buf *out) {
    bool ours = fh_is_stop_word(fh_fold_word(FH_STEMMER_LIGHT, input, arena));
    bool published = fh_is_stop_word(fh_fold_word(FH_STEMMER_LIGHT10, input, arena));
    fh_buf_printf(out, "%s", ours && published ? "stop" : ours || published ? "differs" : "keep");
}

static void put_date(bool found, const fh_date *date, fh_buf *out) {
    char text[FH_DATE_TEXT] = "-";
    if (found) fh_date_iso(date, text);
    fh_buf_add(out, fh_str_from(text));
}

static void date(fh_str input, fh_arena *arena, fh_buf *out) {
    fh_date read;
    (void)arena;
    put_date(fh_date_parse(input, &read), &read, out);
}

static void date_in_text(fh_str input, fh_arena *arena, fh_buf *out) {
    fh_date read;
    (void)arena;
    put_date(fh_date_find(input, input.len, &read), &read, out);
}

static const rule_set all_rules[] = {
    {"normalise", fold},
    {"normalise10", fold_published},
    {"light10", light10},
    {"light", light},
    {"tokens", tokens},
    {"spans", spans},
    {"stop", stop},
    {"date", date},
    {"date-in-text", date_in_text},
};
#define RULES (sizeof all_rules / sizeof *all_rules)

static unsigned long hex(fh_str digits) {
    char text[16] = {0};
    memcpy(text, digits.ptr, digits.len < sizeof text ? digits.len : sizeof text - 1);
    return strtoul(text, NULL, 16);
}

static fh_str unescape(fh_str cell, fh_arena *arena) {
    fh_buf out = {0};
    for (size_t at = 0; at < cell.len; at++) {
        char c = cell.ptr[at], next = at + 1 < cell.len ? cell.ptr[at + 1] : 0;
        size_t digits = next == 'u' ? 4 : next == 'U' ? 8 : next == 'x' ? 2 : 0;
        if (c != '\\' || at + 1 + digits >= cell.len) {
            fh_buf_add_char(&out, c);
            continue;
        }
        unsigned long value = hex(fh_str_slice(cell, at + 2, at + 2 + digits));
        if (next == 'x')
            fh_buf_add_char(&out, (char)value);
        else if (digits > 0)
            fh_buf_add_code_point(&out, (uint32_t)value);
        else
            fh_buf_add_char(&out, next == 't' ? '\t' : next == 'n' ? '\n' : next);
        at += 1 + digits;
    }
    fh_str text = fh_arena_copy(arena, fh_buf_str(&out));
    fh_buf_free(&out);
    return text;
}

static void print_code_points(const char *label, fh_str text) {
    printf("#   %-9s%.*s ", label, FH_STR_ARG(text));
    for (size_t at = 0; at < text.len;) {
        uint32_t c;
        at += fh_utf8_next(text, at, &c);
        printf(" U+%04X", c);
    }
    printf("\n");
}

/* Cuts the text up to a tab, or all of it, off `rest`. */
static fh_str cut_cell(fh_str *rest) {
    size_t tab = fh_str_find(*rest, FH_STR("\t"), 0);
    size_t end = tab == SIZE_MAX ? rest->len : tab;
    fh_str cell = fh_str_slice(*rest, 0, end);
    *rest = fh_str_slice(*rest, tab == SIZE_MAX ? end : end + 1, rest->len);
    return cell;
}

/* Runs one row; true when it came out as the table says. */
static bool check(const rule_set *rules, fh_str row, const char *path, size_t line, size_t number,
                  fh_arena *arena) {
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    bool whole = fh_str_find(row, FH_STR("\t"), 0) != SIZE_MAX;
    fh_str shown = cut_cell(&row), expected = unescape(cut_cell(&row), arena), rule = row;
    fh_buf got = {0};
    rules->run(unescape(shown, arena), arena, &got);
    bool good = whole && fh_str_equal(fh_buf_str(&got), expected);
    printf("%s %zu - %s:%zu %.*s%s%.*s\n", good ? "ok" : "not ok", number, name, line, FH_STR_ARG(rule),
           rule.len ? ": " : "", FH_STR_ARG(shown));
    if (!good) {
        printf("# %s:%zu: %s\n", path, line, whole ? rules->name : "a row is: input TAB expected");
        print_code_points("word", unescape(shown, arena));
        print_code_points("expected", expected);
        print_code_points("got", fh_buf_str(&got));
    }
    fh_buf_free(&got);
    return good;
}

static int run_table(const rule_set *rules, const char *path) {
    FILE *in = fopen(path, "r");
    if (!in) {
        fprintf(stderr, "golden: %s: %s\n", path, strerror(errno));
        return EXIT_FAILURE;
    }
    fh_arena *arena = fh_arena_new();
    char *text = NULL;
    size_t room = 0, number = 0, failed = 0;
    ssize_t len;
    for (size_t line = 1; (len = getline(&text, &room, in)) >= 0; line++) {
        fh_str row = {text, (size_t)len};
        if (fh_str_ends(row, FH_STR("\n"))) row.len--;
        if (row.len == 0 || row.ptr[0] == '#') continue;
        fh_arena_reset(arena);
        failed += !check(rules, row, path, line, ++number, arena);
    }
    printf("1..%zu\n", number);
    free(text);
    fh_arena_free(arena);
    fclose(in);
    return failed == 0 && number > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: golden RULES TABLE.tsv\n");
        return EXIT_FAILURE;
    }
    for (size_t i = 0; i < RULES; i++)
        if (strcmp(argv[1], all_rules[i].name) == 0) return run_table(&all_rules[i], argv[2]);
    fprintf(stderr, "golden: there are no rules \"%s\"\n", argv[1]);
    return EXIT_FAILURE;
}
