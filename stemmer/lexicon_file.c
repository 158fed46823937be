/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines, cells and words of a lexicon's file. */
#include "stemmer/lexicon_file.h"
#include "base/file.h"
#include "base/limits.h"

#include <stdio.h>

static fh_status fail_line(fh_error *err, fh_status status, const fh_lexicon_line *line, const char *hint,
                           const char *what) {
    char where[512];
    snprintf(where, sizeof where, "%s:%zu", line->path, line->number);
    return fh_fail(err, status, where, hint, "%s", what);
}

fh_status fh_lexicon_read_word(const fh_lexicon_line *line, fh_str cell, fh_word *out, fh_error *err) {
    if (fh_lexicon_fold(cell, out)) return FH_OK;
    char what[256];
    snprintf(what, sizeof what, "\"%.*s\" is not one Arabic word of at most %d letters",
             (int)(cell.len < 100 ? cell.len : 100), cell.ptr, FH_LEXICON_LETTERS);
    return fail_line(err, FH_ERR_INPUT, line, "write a line as: word TAB form|form|…, and comments after #",
                     what);
}

bool fh_lexicon_cut_part(fh_str *rest, fh_str *part) {
    if (rest->len == 0) return false;
    size_t bar = fh_str_find(*rest, FH_STR("|"), 0);
    size_t end = bar == SIZE_MAX ? rest->len : bar;
    *part = fh_str_trim(fh_str_slice(*rest, 0, end));
    *rest = fh_str_slice(*rest, bar == SIZE_MAX ? end : end + 1, rest->len);
    return true;
}

fh_status fh_lexicon_read_forms(fh_lexicon_build *build, const fh_lexicon_line *line, uint32_t stem,
                                unsigned kinds, fh_error *err) {
    fh_str rest = line->count > 1 ? line->cells[1] : FH_STR(""), part;
    for (;;) {
        fh_word form;
        if (build->count >= FH_LEXICON_WORDS)
            return fail_line(err, FH_ERR_LIMIT, line, "keep to the words that matter", "too many words");
        if (!fh_lexicon_cut_part(&rest, &part)) return FH_OK;
        fh_status status = fh_lexicon_read_word(line, part, &form, err);
        if (status != FH_OK) return status;
        unsigned kind = kinds == FH_KINDS_NOUN ? fh_lexicon_noun_kind(part) : kinds;
        fh_lexicon_build_add(build, &form, stem, kind);
    }
}

/* False: more cells than there can be. */
static bool cut_cells(fh_str text, fh_lexicon_line *line) {
    size_t comment = fh_str_find(text, FH_STR("#"), 0);
    fh_str rest = comment == SIZE_MAX ? text : fh_str_slice(text, 0, comment);
    line->count = 0;
    if (fh_str_trim(rest).len == 0) return true;
    for (size_t tab = 0; tab != SIZE_MAX;) {
        if (line->count == FH_LEXICON_CELLS) return false;
        tab = fh_str_find(rest, FH_STR("\t"), 0);
        size_t end = tab == SIZE_MAX ? rest.len : tab;
        line->cells[line->count++] = fh_str_trim(fh_str_slice(rest, 0, end));
        rest = fh_str_slice(rest, tab == SIZE_MAX ? end : end + 1, rest.len);
    }
    return true;
}

fh_status fh_lexicon_read_text(fh_str text, const char *name, fh_lexicon_read_line read, void *reader,
                               fh_error *err) {
    fh_lexicon_line line = {.path = name};
    fh_str next;
    fh_status status = FH_OK;
    while (status == FH_OK && fh_str_line(&text, &next)) {
        line.number++;
        if (!cut_cells(next, &line))
            status = fail_line(err, FH_ERR_INPUT, &line, NULL, "too many tabs");
        else if (line.count > 0)
            status = read(reader, &line, err);
    }
    return status;
}

fh_status fh_lexicon_read_file(const char *path, fh_lexicon_read_line read, void *reader, fh_error *err) {
    fh_buf text = {0};
    fh_status status = fh_file_read(path, FH_MAX_LEXICON, &text, err);
    if (status == FH_OK) status = fh_lexicon_read_text(fh_buf_str(&text), path, read, reader, err);
    fh_buf_free(&text);
    return status;
}
