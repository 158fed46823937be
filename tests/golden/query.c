/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs the tables of the query language, tests/golden/{query,lower,marks}.txt.  A case is a paragraph:
 *
 *     query.txt   what is typed / its tree, or "error: character N: what is wrong"
 *     lower.txt   what is typed / its tree / what the store runs
 *     marks.txt   what is typed / a text / the text with [words] and {entities} marked
 *
 * A line that begins with ";;" names the rule of the cases below it; \uXXXX stands for what cannot be seen.
 */
#include "query/query.h"
#include "entities/entities.h"
#include "query/lower.h"
#include "query/marks.h"
#include "query/ops.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_LINES = 3 };

typedef struct bench {
    fh_analyser *analyser;
    fh_arena *arena;
} bench;

/* ---- What is tried ---- */

/* The tree, or NULL with the error written. */
static const fh_node *parse(bench *b, fh_str typed, fh_buf *out) {
    fh_node *tree;
    fh_error err;
    if (fh_query_parse(typed, b->arena, &tree, &err) == FH_OK) return tree;
    fh_buf_printf(out, "error: %s: %s", err.where, err.what);
    return NULL;
}

static fh_lowered lower(bench *b, const fh_node *tree) {
    fh_lowering how = {
        .analyser = b->analyser, .gazetteer = fh_gazetteer_builtin(), .ranking = fh_ranking_default()};
    return fh_query_lower(tree, &how, b->arena);
}

static void try_tree(bench *b, const fh_str *lines, fh_buf *out) {
    const fh_node *tree = parse(b, lines[0], out);
    if (tree) fh_node_text(tree, out);
}

static void try_lower(bench *b, const fh_str *lines, fh_buf *out) {
    const fh_node *tree = parse(b, lines[0], out);
    if (!tree) return;
    fh_node_text(tree, out);
    fh_buf_add_char(out, '\n');
    fh_query_text(lower(b, tree).query, out);
}

/* An article with this body, its entities found as the indexer finds them. */
static fh_article make_article(bench *b, fh_str body, fh_tokens tokens) {
    fh_mentions mentions = fh_entities_find(fh_gazetteer_builtin(), body, tokens, b->arena);
    fh_article article = {.body = body, .entity_count = mentions.count};
    article.entities = FH_ARENA_ARRAY(b->arena, fh_entity_mark, mentions.count + 1);
    for (size_t i = 0; i < mentions.count; i++) {
        const fh_mention *m = &mentions.items[i];
        article.entities[i] = (fh_entity_mark){fh_str_from(m->entity->id), FH_PART_BODY, m->start, m->end};
    }
    return article;
}

static void try_marks(bench *b, const fh_str *lines, fh_buf *out) {
    static const char *const before[] = {"", "[", "{"}, *const after[] = {"", "]", "}"};
    const fh_node *tree = parse(b, lines[0], out);
    if (!tree) return;
    fh_lowered query = lower(b, tree);
    fh_tokens tokens = fh_analyse(b->analyser, lines[1], b->arena);
    fh_article article = make_article(b, lines[1], tokens);
    fh_marks marks = fh_marks_find(&query, tokens, (fh_mentions){0}, &article, FH_PART_BODY, b->arena);
    fh_segments segments = fh_marks_segments(lines[1], marks, 0, lines[1].len, b->arena);
    for (size_t i = 0; i < segments.count; i++) {
        const fh_segment *s = &segments.items[i];
        fh_buf_printf(out, "%s%.*s%s", before[s->mark], FH_STR_ARG(s->text), after[s->mark]);
    }
}

static const struct form {
    const char *name;
    size_t lines, given; /* of a case, and of what is given of it */
    fh_stemmer stemmer;  /* of trees the published one, which does not change */
    void (*run)(bench *b, const fh_str *lines, fh_buf *out);
} forms[] = {
    {"tree", 2, 1, FH_STEMMER_LIGHT10, try_tree},
    {"lower", 3, 1, FH_STEMMER_LIGHT10, try_lower},
    {"marks", 3, 2, FH_STEMMER_LIGHT, try_marks},
};

/* ---- The table ---- */

static bool read_file(const char *path, fh_buf *out) {
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    char bytes[4096];
    size_t got;
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0) fh_buf_add(out, (fh_str){bytes, got});
    bool good = !ferror(file);
    fclose(file);
    return good;
}

static fh_str unescape(bench *b, fh_str text) {
    fh_buf out = {0};
    for (size_t at = 0; at < text.len; at++) {
        if (text.ptr[at] == '\\' && at + 5 < text.len && text.ptr[at + 1] == 'u') {
            char digits[5] = {0};
            memcpy(digits, text.ptr + at + 2, 4);
            fh_buf_add_code_point(&out, (uint32_t)strtoul(digits, NULL, 16));
            at += 5;
        } else {
            fh_buf_add_char(&out, text.ptr[at]);
        }
    }
    fh_str copy = fh_arena_copy(b->arena, fh_buf_str(&out));
    fh_buf_free(&out);
    return copy;
}

/* What a failure shows: every line of it a TAP comment. */
static void show(const char *name, fh_str text) {
    fh_str line;
    while (fh_str_line(&text, &line)) printf("# %-8s %.*s\n", name, FH_STR_ARG(line));
}

static bool run_case(bench *b, const struct form *form, const fh_str *lines, size_t count, fh_str rule,
                     int number) {
    fh_str given[MAX_LINES];
    fh_buf expected = {0}, found = {0};
    for (size_t i = 0; i < count; i++) {
        given[i] = unescape(b, lines[i]);
        if (i < form->given) continue;
        if (expected.len) fh_buf_add_char(&expected, '\n');
        fh_buf_add(&expected, given[i]);
    }
    if (count == form->lines) form->run(b, given, &found);
    bool good = count == form->lines && fh_str_equal(fh_buf_str(&expected), fh_buf_str(&found));
    printf("%sok %d - %.*s: %.*s\n", good ? "" : "not ", number, FH_STR_ARG(rule), FH_STR_ARG(lines[0]));
    if (!good) {
        show("expected", fh_buf_str(&expected));
        show("found", fh_buf_str(&found));
    }
    fh_buf_free(&expected);
    fh_buf_free(&found);
    fh_arena_reset(b->arena);
    return good;
}

static bool run_table(bench *b, const struct form *form, fh_str table) {
    fh_str line, rule = FH_STR("no rule"), lines[MAX_LINES];
    size_t count = 0;
    int number = 0, failed = 0;
    for (bool more = true; more;) {
        more = fh_str_line(&table, &line);
        if (more && fh_str_starts(line, FH_STR(";;"))) {
            rule = fh_str_trim(fh_str_slice(line, 2, line.len));
        } else if (more && line.len && count < MAX_LINES) {
            lines[count++] = line;
        } else if (count) {
            failed += !run_case(b, form, lines, count, rule, ++number);
            count = 0;
        }
    }
    printf("1..%d\n", number);
    return failed == 0;
}

static const struct form *find_form(const char *name) {
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (strcmp(forms[i].name, name) == 0) return &forms[i];
    }
    return NULL;
}

int main(int argc, char **argv) {
    const struct form *form = argc == 3 ? find_form(argv[1]) : NULL;
    fh_buf table = {0};
    if (!form || !read_file(argv[2], &table)) {
        fprintf(stderr, "usage: golden_query tree|lower|marks TABLE\n");
        return 2;
    }
    bench b = {fh_analyser_new(form->stemmer), fh_arena_new()};
    bool good = run_table(&b, form, fh_buf_str(&table));
    fh_arena_free(b.arena);
    fh_analyser_free(b.analyser);
    fh_buf_free(&table);
    return good ? 0 : 1;
}
