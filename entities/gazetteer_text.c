/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads lists of names, line by line; gazetteer_text.h says how they are written. */
#include "entities/gazetteer_text.h"

#include "base/limits.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "entities/entity_id.h"

/* ---- Rows ---- */

static bool type_parse(fh_str name, fh_entity_type *out) {
    for (fh_entity_type type = FH_ENTITY_PERSON; type <= FH_ENTITY_PRODUCT; type++) {
        if (!fh_str_equal(name, fh_str_from(fh_entity_type_name(type)))) continue;
        *out = type;
        return true;
    }
    return false;
}

static bool is_country(fh_str code) {
    return code.len == 0 || (code.len == 2 && code.ptr[0] >= 'A' && code.ptr[0] <= 'Z' &&
                             code.ptr[1] >= 'A' && code.ptr[1] <= 'Z');
}

/* A row's column, where it says something, in place of what is known. */
static void amend(fh_str *known, fh_str column) {
    if (fh_str_equal(column, FH_STR("-")))
        *known = FH_STR("");
    else if (column.len)
        *known = column;
}

/* The id that a row without one gets of its name. */
static fh_str id_of_name(fh_lists *lists, fh_entity_type type, fh_str name) {
    fh_tokens tokens = fh_analyse(lists->analyser, name, lists->arena);
    fh_strs words = {FH_ARENA_ARRAY(lists->arena, fh_str, tokens.count), 0};
    for (size_t i = 0; i < tokens.count; i++)
        if (!tokens.items[i].whole) words.items[words.count++] = tokens.items[i].folded;
    return fh_entity_id_make(type, words, lists->arena);
}

static fh_status add_new(fh_lists *lists, const fh_list_row *row, fh_str id, fh_listed **out, fh_error *err) {
    const fh_entity *known = lists->base && id.len ? fh_gazetteer_find(lists->base, id) : NULL;
    fh_entity_type type;
    if (known) {
        type = known->type;
        id = fh_str_from(known->id);
    } else if (!type_parse(row->columns[FH_COLUMN_TYPE], &type)) {
        return fh_fail(err, FH_ERR_INPUT, row->where.ptr,
                       "person, place, organisation, event or product; empty only for an id that is known",
                       "'%.*s' has no such type: '%.*s'", FH_STR_ARG(id),
                       FH_STR_ARG(row->columns[FH_COLUMN_TYPE]));
    }
    fh_str label = row->columns[FH_COLUMN_LABEL];
    if (!id.len) id = id_of_name(lists, type, label.len ? label : row->columns[FH_COLUMN_LATIN]);
    if (fh_lists_find(lists, id))
        return fh_fail(err, FH_ERR_INPUT, row->where.ptr, "put all spellings into one line",
                       "%.*s is given twice", FH_STR_ARG(id));
    *out = fh_lists_add(lists, id, type);
    (*out)->known = known;
    return FH_OK;
}

static fh_status find_or_add(fh_lists *lists, const fh_list_row *row, fh_listed **out, fh_error *err) {
    fh_str id = row->columns[FH_COLUMN_ID];
    if (id.len && !fh_entity_id_is_valid(id))
        return fh_fail(err, FH_ERR_INPUT, row->where.ptr, "small letters, digits and - only",
                       "not an id: %.*s", FH_STR_ARG(id));
    fh_listed *entity = id.len ? fh_lists_find(lists, id) : NULL;
    if (!entity || !entity->is_open) return add_new(lists, row, id, out, err);
    entity->is_open = false;
    *out = entity;
    return FH_OK;
}

static fh_status amend_entity(fh_listed *entity, const fh_list_row *row, fh_error *err) {
    amend(&entity->country, row->columns[FH_COLUMN_COUNTRY]);
    amend(&entity->latin, row->columns[FH_COLUMN_LATIN]);
    amend(&entity->label, row->columns[FH_COLUMN_LABEL]);
    if (!is_country(entity->country))
        return fh_fail(err, FH_ERR_INPUT, row->where.ptr, "two capital letters: EG", "not a country: %.*s",
                       FH_STR_ARG(entity->country));
    if (entity->known || entity->label.len || entity->latin.len) {
        if (!entity->label.len) entity->label = entity->latin;
        return FH_OK;
    }
    return fh_fail(err, FH_ERR_INPUT, row->where.ptr, "give its Arabic name or its Latin one",
                   "%.*s has no name", FH_STR_ARG(entity->id));
}

static fh_status add_spellings(fh_lists *lists, fh_listed *entity, const fh_list_row *row, fh_error *err) {
    fh_status status = FH_OK;
    for (size_t i = 0; !status && i < row->spellings.count; i++)
        status = fh_lists_add_pattern(lists, entity, row->spellings.items[i], row->where, err);
    return status;
}

static fh_status add_alias(fh_lists *lists, const fh_list_row *row, fh_error *err) {
    fh_listed_alias alias = {
        .id = row->columns[FH_COLUMN_ID], .target = row->columns[FH_COLUMN_COUNTRY], .where = row->where};
    if (!fh_entity_id_is_valid(alias.id) || !alias.target.len || fh_str_equal(alias.id, alias.target))
        return fh_fail(err, FH_ERR_INPUT, row->where.ptr, "write: other-id TAB = TAB id",
                       "'%.*s' cannot be another id of '%.*s'", FH_STR_ARG(alias.id),
                       FH_STR_ARG(alias.target));
    lists->aliases =
        fh_grow(lists->aliases, lists->alias_count, &lists->alias_capacity, sizeof *lists->aliases);
    lists->aliases[lists->alias_count++] = alias;
    return FH_OK;
}

fh_status fh_lists_add_row(fh_lists *lists, const fh_list_row *row, fh_error *err) {
    if (fh_str_equal(row->columns[FH_COLUMN_ID], FH_STR("-"))) return add_spellings(lists, NULL, row, err);
    if (fh_str_equal(row->columns[FH_COLUMN_TYPE], FH_STR("="))) return add_alias(lists, row, err);
    fh_listed *entity = NULL;
    fh_status status = find_or_add(lists, row, &entity, err);
    if (!status) status = amend_entity(entity, row, err);
    for (size_t i = FH_COLUMN_LATIN; !status && i <= FH_COLUMN_LABEL; i++) {
        fh_str name = row->columns[i];
        fh_spelling spelling = {
            .entity = entity, .text = name, .where = row->where, .source = FH_SPELLING_NAME};
        if (name.len && !fh_str_equal(name, FH_STR("-"))) fh_lists_add_spelling(lists, &spelling);
    }
    return status ? status : add_spellings(lists, entity, row, err);
}

/* ---- Lines ---- */

/* The part of `rest` before the next `mark`, which is cut off with it. */
static fh_str cut(fh_str *rest, char mark) {
    const char *found = rest->len ? memchr(rest->ptr, mark, rest->len) : NULL;
    size_t end = found ? (size_t)(found - rest->ptr) : rest->len;
    fh_str part = fh_str_slice(*rest, 0, end);
    *rest = fh_str_slice(*rest, found ? end + 1 : end, rest->len);
    return fh_str_trim(part);
}

static fh_strs cut_all(fh_str text, char mark, fh_arena *arena) {
    size_t marks = 1;
    for (size_t i = 0; i < text.len; i++) marks += text.ptr[i] == mark;
    fh_strs parts = {FH_ARENA_ARRAY(arena, fh_str, marks), 0};
    while (text.len) parts.items[parts.count++] = cut(&text, mark);
    return parts;
}

static fh_status read_line(fh_lists *lists, fh_str line, fh_str where, fh_error *err) {
    fh_list_row row = {.where = where};
    if (line.len > FH_MAX_GAZETTEER_LINE)
        return fh_fail(err, FH_ERR_LIMIT, where.ptr, "give an entity fewer spellings",
                       "a line of more than %u bytes", FH_MAX_GAZETTEER_LINE);
    for (size_t i = 0; i < FH_COLUMNS; i++) row.columns[i] = cut(&line, '\t');
    row.spellings = cut_all(cut(&line, '\t'), '|', lists->arena);
    if (line.len)
        return fh_fail(err, FH_ERR_INPUT, where.ptr,
                       "id, type, country, Latin name, Arabic name, spellings between |",
                       "more than six columns");
    return fh_lists_add_row(lists, &row, err);
}

static fh_status read_lines(fh_lists *lists, fh_str text, const char *name, fh_error *err) {
    fh_status status = FH_OK;
    fh_str line;
    for (size_t number = 1; !status && fh_str_line(&text, &line); number++) {
        fh_str trimmed = fh_str_trim(line);
        if (!trimmed.len || trimmed.ptr[0] == '#') continue;
        fh_str where = fh_arena_format(lists->arena, "%s:%zu", name, number);
        status = read_line(lists, line, where, err);
    }
    return status;
}

static size_t line_at(fh_str text, size_t at) {
    size_t line = 1;
    for (size_t i = 0; i < at; i++) line += text.ptr[i] == '\n';
    return line;
}

fh_status fh_lists_read(fh_lists *lists, fh_str text, const char *name, fh_error *err) {
    if (text.len > FH_MAX_GAZETTEER)
        return fh_fail(err, FH_ERR_LIMIT, name, "keep to what matters", "longer than %u bytes",
                       FH_MAX_GAZETTEER);
    size_t invalid = fh_utf8_invalid(text);
    if (invalid != SIZE_MAX)
        return fh_fail(err, FH_ERR_INPUT,
                       fh_arena_format(lists->arena, "%s:%zu", name, line_at(text, invalid)).ptr,
                       "save the list as UTF-8", "not UTF-8");
    text = fh_arena_copy(lists->arena, text);
    fh_str content = fh_str_trim(text);
    bool is_json = content.len && (content.ptr[0] == '[' || content.ptr[0] == '{');
    if (!is_json) return read_lines(lists, text, name, err);
    return fh_lists_read_json(lists, content, line_at(text, (size_t)(content.ptr - text.ptr)), name, err);
}
