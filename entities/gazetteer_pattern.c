/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spellings as lists write them: marks before, alternatives within. */
#include "entities/gazetteer_text.h"

static size_t first_of(fh_str text, char a, char b) {
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == a || text.ptr[i] == b) return i;
    return SIZE_MAX;
}

/* The choices at the first `{` or `_` of a pattern, and what stands around them. */
typedef struct choice {
    fh_str before, choices, after;
} choice;

static fh_status cut_choice(const fh_spelling *pattern, size_t open, choice *out, fh_error *err) {
    fh_str text = pattern->text;
    choice found = {.before = fh_str_slice(text, 0, open),
                    .choices = FH_STR(" ,"),
                    .after = fh_str_slice(text, open + 1, text.len)};
    if (text.ptr[open] == '{') {
        size_t close = fh_str_find(found.after, FH_STR("}"), 0);
        if (close == SIZE_MAX)
            return fh_fail(err, FH_ERR_INPUT, pattern->where.ptr, "alternatives are written {a,b}",
                           "a bracket is not closed in %.*s", FH_STR_ARG(text));
        found.choices = fh_str_slice(found.after, 0, close);
        found.after = fh_str_slice(found.after, close + 1, found.after.len);
    }
    *out = found;
    return FH_OK;
}

/* Adds every spelling that a pattern stands for; `first` spellings were there before it. */
static fh_status expand(fh_lists *lists, const fh_spelling *pattern, size_t first, fh_error *err) {
    size_t open = first_of(pattern->text, '{', '_');
    if (open == SIZE_MAX) {
        if (lists->spelling_count - first >= FH_MAX_PATTERN_SPELLINGS ||
            lists->spelling_count >= FH_MAX_SPELLINGS)
            return fh_fail(err, FH_ERR_LIMIT, pattern->where.ptr, "write fewer alternatives",
                           "more than %u spellings in one, or %u in all", FH_MAX_PATTERN_SPELLINGS,
                           FH_MAX_SPELLINGS);
        fh_lists_add_spelling(lists, pattern);
        return FH_OK;
    }
    choice found = {0};
    fh_status status = cut_choice(pattern, open, &found, err);
    for (size_t from = 0, to; !status && from <= found.choices.len; from = to + 1) {
        to = fh_str_find(found.choices, FH_STR(","), from);
        if (to == SIZE_MAX) to = found.choices.len;
        fh_spelling one = *pattern;
        one.text = fh_arena_format(lists->arena, "%.*s%.*s%.*s", FH_STR_ARG(found.before), (int)(to - from),
                                   found.choices.ptr + from, FH_STR_ARG(found.after));
        status = expand(lists, &one, first, err);
    }
    return status;
}

/* Takes the mark that a pattern begins with, if it is one. */
static bool take_mark(fh_spelling *pattern) {
    switch (pattern->text.len ? pattern->text.ptr[0] : 0) {
    case '=': pattern->exact = true; break;
    case '?': pattern->weak = true; break;
    case '!': pattern->never = true; break;
    case '^': pattern->given = true; break;
    case '~': pattern->form = FH_FORM_NISBA; break;
    default: return false;
    }
    pattern->text = fh_str_trim(fh_str_slice(pattern->text, 1, pattern->text.len));
    return true;
}

fh_status fh_lists_add_pattern(fh_lists *lists, fh_listed *entity, fh_str pattern, fh_str where,
                               fh_error *err) {
    fh_spelling spelling = {
        .entity = entity, .text = fh_str_trim(pattern), .where = where, .source = FH_SPELLING_LISTED};
    if (!spelling.text.len) return FH_OK;
    if (spelling.text.len > FH_MAX_PATTERN)
        return fh_fail(err, FH_ERR_LIMIT, where.ptr, "put | between spellings",
                       "a spelling of more than %u bytes", FH_MAX_PATTERN);
    while (take_mark(&spelling)) continue;
    if (!entity && (spelling.weak || spelling.never || spelling.form))
        return fh_fail(err, FH_ERR_INPUT, where.ptr, "give the line the id of an entity",
                       "? ! and ~ are for names of entities, and %.*s names none", FH_STR_ARG(spelling.text));
    if (entity && spelling.given)
        return fh_fail(err, FH_ERR_INPUT, where.ptr, "put it into a line with the id -",
                       "^ is for words that name nothing, and %.*s names an entity",
                       FH_STR_ARG(spelling.text));
    return expand(lists, &spelling, lists->spelling_count, err);
}
