/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the lists of data/; gen.h says how they are written. */
#include "entities/gen/gen.h"

#include "base/memory.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { ID, TYPE, COUNTRY, LATIN, LABEL, SPELLINGS, COLUMNS };

typedef struct list_row {
    fh_str columns[COLUMNS];
    fh_str where;
} list_row;

gen_entity *gen_entity_find(const gen_lists *lists, fh_str id) {
    for (size_t i = 0; i < lists->entity_count; i++)
        if (fh_str_equal(lists->entities[i]->id, id)) return lists->entities[i];
    return NULL;
}

gen_entity *gen_entity_add(gen_lists *lists, fh_str id, fh_entity_type type) {
    gen_entity *entity = fh_arena_take_zeroed(lists->arena, sizeof *entity);
    entity->id = id;
    entity->type = type;
    lists->entities =
        fh_grow(lists->entities, lists->entity_count, &lists->entity_capacity, sizeof *lists->entities);
    lists->entities[lists->entity_count++] = entity;
    return entity;
}

void gen_spelling_add(gen_lists *lists, const gen_spelling *spelling) {
    lists->spellings =
        fh_grow(lists->spellings, lists->spelling_count, &lists->spelling_capacity, sizeof *lists->spellings);
    lists->spellings[lists->spelling_count++] = *spelling;
}

/* The part of `rest` before the next `mark`, which is cut off with it. */
static fh_str cut(fh_str *rest, const char *mark) {
    size_t at = fh_str_find(*rest, fh_str_from(mark), 0);
    bool is_last = at == SIZE_MAX;
    fh_str part = is_last ? *rest : fh_str_slice(*rest, 0, at);
    *rest = is_last ? FH_STR("") : fh_str_slice(*rest, at + 1, rest->len);
    return part;
}

static fh_str join(gen_lists *lists, fh_str a, fh_str b, fh_str c) {
    return fh_arena_format(lists->arena, "%.*s%.*s%.*s", FH_STR_ARG(a), FH_STR_ARG(b), FH_STR_ARG(c));
}

static size_t first_of(fh_str text, char a, char b) {
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == a || text.ptr[i] == b) return i;
    return SIZE_MAX;
}

/* Adds every spelling that a pattern stands for. */
static fh_status expand(gen_lists *lists, const gen_spelling *pattern, fh_error *err) {
    fh_str text = pattern->text;
    size_t open = first_of(text, '{', '_');
    if (open == SIZE_MAX) {
        gen_spelling_add(lists, pattern);
        return FH_OK;
    }
    fh_str before = fh_str_slice(text, 0, open), after = fh_str_slice(text, open + 1, text.len);
    fh_str choices = FH_STR(" ,");
    if (text.ptr[open] == '{') {
        size_t close = fh_str_find(after, FH_STR("}"), 0);
        if (close == SIZE_MAX)
            return fh_fail(err, FH_ERR_INPUT, pattern->where.ptr, "alternatives are written {a,b}",
                           "a bracket is not closed in %.*s", FH_STR_ARG(text));
        choices = fh_str_slice(after, 0, close);
        after = fh_str_slice(after, close + 1, after.len);
    }
    for (bool more = true; more;) {
        more = fh_str_find(choices, FH_STR(","), 0) != SIZE_MAX;
        gen_spelling one = *pattern;
        one.text = join(lists, before, cut(&choices, ","), after);
        fh_status status = expand(lists, &one, err);
        if (status) return status;
    }
    return FH_OK;
}

static fh_status add_spellings(gen_lists *lists, gen_entity *entity, const list_row *row, fh_error *err) {
    fh_str rest = row->columns[SPELLINGS];
    while (rest.len) {
        gen_spelling pattern = {.entity = entity, .where = row->where, .source = GEN_SPELLING};
        pattern.text = fh_str_trim(cut(&rest, "|"));
        for (; pattern.text.len; pattern.text = fh_str_slice(pattern.text, 1, pattern.text.len)) {
            if (pattern.text.ptr[0] == '=')
                pattern.exact = true;
            else if (pattern.text.ptr[0] == '?')
                pattern.weak = true;
            else if (pattern.text.ptr[0] == '!')
                pattern.never = true;
            else
                break;
        }
        if (!entity && (pattern.weak || pattern.never))
            return fh_fail(err, FH_ERR_INPUT, row->where.ptr, NULL, "? and ! are for names of entities");
        fh_status status = expand(lists, &pattern, err);
        if (status) return status;
    }
    return FH_OK;
}

static bool type_parse(fh_str name, fh_entity_type *out) {
    for (fh_entity_type type = FH_ENTITY_PERSON; type <= FH_ENTITY_PRODUCT; type++) {
        if (!fh_str_equal(name, fh_str_from(fh_entity_type_name(type)))) continue;
        *out = type;
        return true;
    }
    return false;
}

static bool is_id(fh_str id) {
    return id.len && strspn(id.ptr, "abcdefghijklmnopqrstuvwxyz0123456789-") >= id.len;
}

static bool is_country(fh_str code) {
    return code.len == 0 || (code.len == 2 && strspn(code.ptr, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") >= 2);
}

/* A row's column, where it says something, in place of what is known. */
static void amend(fh_str *known, fh_str column) {
    if (fh_str_equal(column, FH_STR("-")))
        *known = FH_STR("");
    else if (column.len)
        *known = column;
}

static fh_status find_or_add(gen_lists *lists, const list_row *row, gen_entity **out, fh_error *err) {
    const fh_str *columns = row->columns;
    if (!is_id(columns[ID]))
        return fh_fail(err, FH_ERR_INPUT, row->where.ptr, "small letters, digits and - only",
                       "not an id: %.*s", FH_STR_ARG(columns[ID]));
    *out = gen_entity_find(lists, columns[ID]);
    if (*out && !(*out)->is_icus)
        return fh_fail(err, FH_ERR_INPUT, row->where.ptr, "put all spellings into one line",
                       "%.*s is given twice", FH_STR_ARG(columns[ID]));
    if (*out) {
        (*out)->is_icus = false;
        return FH_OK;
    }
    fh_entity_type type;
    if (!type_parse(columns[TYPE], &type))
        return fh_fail(err, FH_ERR_INPUT, row->where.ptr,
                       "person, place, organisation, event or product; empty for ICU's places",
                       "%.*s: no such type: '%.*s'", FH_STR_ARG(columns[ID]), FH_STR_ARG(columns[TYPE]));
    *out = gen_entity_add(lists, columns[ID], type);
    return FH_OK;
}

static fh_status add_row(gen_lists *lists, const list_row *row, fh_error *err) {
    const fh_str *columns = row->columns;
    if (fh_str_equal(columns[ID], FH_STR("-"))) return add_spellings(lists, NULL, row, err);
    gen_entity *entity = NULL;
    fh_status status = find_or_add(lists, row, &entity, err);
    if (status) return status;
    amend(&entity->country, columns[COUNTRY]);
    amend(&entity->latin, columns[LATIN]);
    amend(&entity->label, columns[LABEL]);
    if (!is_country(entity->country) || !entity->latin.len || !entity->label.len)
        return fh_fail(err, FH_ERR_INPUT, row->where.ptr, "two capital letters; a name in either script",
                       "the country or a name of %.*s is not right", FH_STR_ARG(columns[ID]));
    for (size_t i = LATIN; i <= LABEL; i++) {
        gen_spelling name = {.entity = entity, .text = columns[i], .where = row->where, .source = GEN_NAME};
        if (columns[i].len) gen_spelling_add(lists, &name);
    }
    return add_spellings(lists, entity, row, err);
}

static fh_status read_file(const char *path, fh_buf *out, fh_error *err) {
    FILE *file = fopen(path, "rb");
    if (!file) return fh_fail(err, FH_ERR_IO, path, NULL, "cannot be opened: %s", strerror(errno));
    char piece[1 << 16];
    for (size_t got; (got = fread(piece, 1, sizeof piece, file));) fh_buf_add(out, (fh_str){piece, got});
    bool failed = ferror(file);
    fclose(file);
    return failed ? fh_fail(err, FH_ERR_IO, path, NULL, "cannot be read") : FH_OK;
}

fh_status gen_read_list(gen_lists *lists, const char *path, fh_error *err) {
    fh_buf content = {0};
    fh_status status = read_file(path, &content, err);
    fh_str rest = fh_arena_copy(lists->arena, fh_buf_str(&content)), line;
    fh_buf_free(&content);
    const char *slash = strrchr(path, '/');
    for (size_t number = 1; !status && fh_str_line(&rest, &line); number++) {
        if (!line.len || line.ptr[0] == '#') continue;
        list_row row = {.where = fh_arena_format(lists->arena, "%s:%zu", slash ? slash + 1 : path, number)};
        for (size_t i = 0; i < COLUMNS; i++) row.columns[i] = fh_str_trim(cut(&line, "\t"));
        if (line.len)
            return fh_fail(err, FH_ERR_INPUT, row.where.ptr, "id, type, country, Latin, Arabic, spellings",
                           "more than six columns");
        status = add_row(lists, &row, err);
    }
    return status;
}
