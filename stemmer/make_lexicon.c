/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Build tool: make-lexicon OUT.c [particles|nouns|verb-forms|verbs|verb-stems FILE]… writes the words of
 * lexicon/ as an fh_lexicon. The first file to know a spelling decides its stem. */
#include "base/memory.h"
#include "stemmer/lexicon_file.h"

#include <stdio.h>
#include <stdlib.h>

static fh_word without_first(const fh_word *word, size_t letters) {
    fh_word rest = {.count = word->count - letters};
    for (size_t i = 0; i < rest.count; i++) rest.letters[i] = word->letters[i + letters];
    return rest;
}

/* وعلى is known by على, if that is in the list before it. */
static bool has_conjunction(const fh_lexicon_build *build, const fh_word *particle) {
    uint32_t first = particle->letters[0];
    if (particle->count < 3 || (first != WAW && first != FEH)) return false;
    fh_word rest = without_first(particle, 1);
    return fh_lexicon_build_has(build, &rest, FH_KIND_FIXED);
}

static fh_status read_particle(void *reader, const fh_lexicon_line *line, fh_error *err) {
    fh_lexicon_build *build = reader;
    fh_word word;
    fh_status status = fh_lexicon_read_word(line, line->cells[0], &word, err);
    if (status == FH_OK && !has_conjunction(build, &word)) fh_lexicon_build_head(build, &word, FH_KIND_FIXED);
    return status;
}

static fh_status read_noun(void *reader, const fh_lexicon_line *line, fh_error *err) {
    fh_lexicon_build *build = reader;
    fh_word word;
    fh_status status = fh_lexicon_read_word(line, line->cells[0], &word, err);
    if (status != FH_OK) return status;
    uint32_t stem = fh_lexicon_build_head(build, &word, fh_lexicon_noun_kind(line->cells[0]));
    return fh_lexicon_read_forms(build, line, stem, FH_KINDS_NOUN, err);
}

static fh_status read_verb_forms(void *reader, const fh_lexicon_line *line, fh_error *err) {
    fh_lexicon_build *build = reader;
    fh_word past;
    fh_status status = fh_lexicon_read_word(line, line->cells[0], &past, err);
    if (status != FH_OK) return status;
    uint32_t stem = fh_lexicon_build_head(build, &past, FH_KIND_PAST);
    return fh_lexicon_read_forms(build, line, stem, FH_KIND_PAST, err);
}

/* The columns of verbs.tsv. */
enum {
    IN_PAST,
    IN_IMPERFECT,
    IN_PAST_FREE,
    IN_PAST_BOUND,
    IN_IMPERFECT_FREE,
    IN_IMPERFECT_BOUND,
    IN_FORM,
    IN_NOUNS
};

static const struct column {
    size_t cell, skip; /* letters before the stem: the imperfect's ي */
    unsigned kinds;
} columns[] = {
    {IN_PAST, 0, FH_KIND_PAST},
    {IN_PAST_FREE, 0, FH_KIND_PAST},
    {IN_PAST_BOUND, 0, FH_KIND_PAST_BOUND},
    {IN_IMPERFECT, 1, FH_KIND_IMPERFECT},
    {IN_IMPERFECT_FREE, 1, FH_KIND_IMPERFECT},
    {IN_IMPERFECT_BOUND, 1, FH_KIND_IMPERFECT_BOUND},
};

/* فاعل and مفعول of three letters: of a hollow verb قائم, of a defective one قاضي. */
static void add_first_participles(fh_lexicon_build *build, const fh_word *past) {
    uint32_t first = past->letters[0], middle = past->letters[1], last = past->letters[past->count - 1];
    fh_word agent = {{first, ALEF, middle, last}, 4};
    if (past->count == 2) agent.count = 3;
    if (past->count > 3 || past->count < 2 || first == ALEF) return;
    if (middle == ALEF) agent.letters[2] = HAMZA;
    if (last == ALEF || last == YEH) agent.letters[3] = YEH;
    fh_lexicon_build_head(build, &agent, FH_KIND_NOUN);
    fh_word patient = {{MEEM, first, middle, WAW, last}, 5};
    if (past->count == 3 && middle != ALEF && last != ALEF && last != YEH)
        fh_lexicon_build_head(build, &patient, FH_KIND_NOUN);
}

/* م in the place of the imperfect's ي. */
static void add_participle(fh_lexicon_build *build, const fh_word *imperfect) {
    fh_word participle = *imperfect;
    participle.letters[0] = MEEM;
    fh_lexicon_build_head(build, &participle, FH_KIND_NOUN);
}

/* One column of a verb's line; `*stem` is where its past stands. */
static fh_status read_column(fh_lexicon_build *build, const fh_lexicon_line *line,
                             const struct column *column, uint32_t stem, fh_error *err) {
    fh_str rest = column->cell < line->count ? line->cells[column->cell] : FH_STR(""), part;
    while (fh_lexicon_cut_part(&rest, &part)) {
        fh_word word;
        fh_status status = fh_lexicon_read_word(line, part, &word, err);
        if (status != FH_OK) return status;
        word = without_first(&word, column->skip);
        if (word.count > 0) fh_lexicon_build_add(build, &word, stem, column->kinds);
    }
    return FH_OK;
}

static fh_status read_derived(fh_lexicon_build *build, const fh_lexicon_line *line, const fh_word *past,
                              fh_error *err) {
    fh_word imperfect;
    fh_status status = fh_lexicon_read_word(line, line->cells[IN_IMPERFECT], &imperfect, err);
    if (status != FH_OK) return status;
    if (fh_str_equal(line->cells[IN_FORM], FH_STR("1")))
        add_first_participles(build, past);
    else
        add_participle(build, &imperfect);
    fh_str rest = line->count > IN_NOUNS ? line->cells[IN_NOUNS] : FH_STR(""), part;
    while (status == FH_OK && fh_lexicon_cut_part(&rest, &part)) {
        fh_word noun;
        status = fh_lexicon_read_word(line, part, &noun, err);
        if (status == FH_OK) fh_lexicon_build_head(build, &noun, fh_lexicon_noun_kind(part));
    }
    return status;
}

/* What every verb has goes before what one may have: يرد is of رد rather than of أراد. */
static fh_status read_verb(fh_lexicon_build *build, const fh_lexicon_line *line, bool others, fh_error *err) {
    fh_word past;
    fh_status status = fh_lexicon_read_word(line, line->cells[IN_PAST], &past, err);
    uint32_t stem = status == FH_OK ? fh_lexicon_build_head(build, &past, FH_KIND_PAST) : 0;
    for (size_t i = 0; status == FH_OK && i < sizeof columns / sizeof *columns; i++)
        if (others == (columns[i].cell != IN_PAST && columns[i].cell != IN_IMPERFECT))
            status = read_column(build, line, &columns[i], stem, err);
    return status == FH_OK && !others ? read_derived(build, line, &past, err) : status;
}

static fh_status read_verb_itself(void *reader, const fh_lexicon_line *line, fh_error *err) {
    return read_verb(reader, line, false, err);
}

static fh_status read_verb_stems(void *reader, const fh_lexicon_line *line, fh_error *err) {
    return read_verb(reader, line, true, err);
}

static const struct role {
    const char *name;
    fh_lexicon_read_line read;
} roles[] = {{"particles", read_particle},
             {"nouns", read_noun},
             {"verb-forms", read_verb_forms},
             {"verbs", read_verb_itself},
             {"verb-stems", read_verb_stems}};

static fh_status read_role(const char *name, const char *path, fh_lexicon_build *build, fh_error *err) {
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(name, roles[i].name) == 0) return fh_lexicon_read_file(path, roles[i].read, build, err);
    return fh_fail(err, FH_ERR_USAGE, NULL, NULL, "there is no kind of file \"%s\"", name);
}

static void write_shorts(FILE *out, const char *name, const uint16_t *shorts, size_t count) {
    fprintf(out, "static const uint16_t %s[] = {", name);
    for (size_t i = 0; i < count; i++) fprintf(out, "%s%u,", i % 32 ? "" : "\n    ", shorts[i]);
    fprintf(out, "\n};\n\n");
}

static void write_c(FILE *out, fh_lexicon_build *build) {
    fh_lexicon lexicon = fh_lexicon_build_finish(build);
    fprintf(out, "#include \"stemmer/lexicon.h\"\n\nstatic const uint8_t pool[] = {");
    for (size_t i = 0; i < build->pool.len; i++)
        fprintf(out, "%s%u,", i % 32 ? "" : "\n    ", lexicon.pool[i]);
    fprintf(out, "\n};\n\nstatic const fh_lexeme lexemes[] = {");
    for (size_t i = 0; i < build->count; i++) {
        const fh_lexeme *lexeme = &lexicon.lexemes[i];
        fprintf(out, "%s{%u,%u,%u},", i % 8 ? "" : "\n    ", lexeme->word, lexeme->stem, lexeme->kinds);
    }
    fprintf(out, "\n};\n\n");
    write_shorts(out, "marks", lexicon.marks, build->count);
    write_shorts(out, "buckets", lexicon.buckets, ((size_t)1 << lexicon.bits) + 1);
    fprintf(out, "const fh_lexicon fh_built_in_lexicon = {pool, lexemes, marks, buckets, %u};\n",
            lexicon.bits);
}

int main(int argc, char **argv) {
    fh_lexicon_build build;
    fh_error err;
    fh_lexicon_build_start(&build);
    for (int i = 2; i + 1 < argc; i += 2) {
        if (read_role(argv[i], argv[i + 1], &build, &err) == FH_OK) continue;
        fh_buf text = {0};
        fh_error_text(&err, "make-lexicon", &text);
        fputs(text.ptr, stderr);
        return EXIT_FAILURE;
    }
    FILE *out = argc > 1 ? fopen(argv[1], "w") : NULL;
    if (!out) {
        fprintf(stderr, "usage: make-lexicon OUT.c [particles|nouns|verb-forms|verbs|verb-stems FILE]…\n");
        return EXIT_FAILURE;
    }
    write_c(out, &build);
    fh_lexicon_build_free(&build);
    return fclose(out) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
