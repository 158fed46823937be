/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Learned names and decisions as lines of text. */
#include "indexer/learned.h"

#include <stdlib.h>

enum { LEARNED_COLUMNS = 7, DECISION_COLUMNS = 2 };

/* ---- Writing ---- */

static void add_joined(fh_strs list, fh_buf *out) {
    for (size_t i = 0; i < list.count; i++) {
        if (i) fh_buf_add_char(out, '|');
        fh_buf_add(out, list.items[i]);
    }
}

void fh_learned_write(const fh_learned_list *list, fh_buf *out) {
    for (size_t i = 0; i < list->count; i++) {
        const fh_learned *name = &list->items[i];
        fh_buf_printf(out, "%.*s\t%s\t%.*s\t%u\t%u\t", FH_STR_ARG(name->id), fh_entity_type_name(name->type),
                      FH_STR_ARG(name->label), name->in_texts, name->in_keywords);
        add_joined(name->spellings, out);
        fh_buf_add_char(out, '\t');
        add_joined(name->ids, out);
        fh_buf_add_char(out, '\n');
    }
}

void fh_decisions_write(const fh_decisions *decisions, fh_buf *out) {
    for (size_t i = 0; i < decisions->count; i++)
        fh_buf_printf(out, "%.*s\t%.*s\n", FH_STR_ARG(decisions->items[i].id),
                      FH_STR_ARG(decisions->items[i].into));
}

static void add_spelling_of(fh_str id, fh_buf *out) {
    size_t colon = fh_str_find(id, FH_STR(":"), 0);
    for (size_t i = colon == SIZE_MAX ? 0 : colon + 1; i < id.len; i++)
        fh_buf_add_char(out, id.ptr[i] == '_' ? ' ' : id.ptr[i]);
}

/* Whom a chain of merges ends with; empty: it was rejected. */
static fh_str end_of(const fh_decisions *decisions, fh_str id) {
    for (size_t steps = 0; steps < decisions->count; steps++) {
        size_t i = 0;
        while (i < decisions->count && !fh_str_equal(decisions->items[i].id, id)) i++;
        if (i == decisions->count) break;
        id = decisions->items[i].into;
    }
    return id;
}

/* The spellings of what was merged into `id`. */
static void add_merged(const fh_decisions *decisions, fh_str id, fh_buf *out) {
    for (size_t i = 0; i < decisions->count; i++) {
        if (!fh_str_equal(end_of(decisions, decisions->items[i].id), id)) continue;
        fh_buf_add_char(out, '|');
        add_spelling_of(decisions->items[i].id, out);
    }
}

static void add_name_row(const fh_learned *name, const fh_decisions *decisions, fh_buf *out) {
    fh_buf_printf(out, "%.*s\t%s\t\t\t%.*s\t", FH_STR_ARG(name->id), fh_entity_type_name(name->type),
                  FH_STR_ARG(name->label));
    add_joined(name->spellings, out);
    add_merged(decisions, name->id, out);
    fh_buf_add_char(out, '\n');
    for (size_t i = 0; i < name->ids.count; i++)
        if (!fh_str_equal(name->ids.items[i], name->id))
            fh_buf_printf(out, "%.*s\t=\t%.*s\n", FH_STR_ARG(name->ids.items[i]), FH_STR_ARG(name->id));
}

/* The row of an id that only others were merged into.  "person:خالد_الدوسري" is a person, spelled خالد
 * الدوسري; any other id is listed and need not be said more of. */
static void add_target_row(const fh_decisions *decisions, fh_str id, fh_buf *out) {
    size_t colon = fh_str_find(id, FH_STR(":"), 0);
    fh_str type = colon == SIZE_MAX ? FH_STR("") : fh_str_slice(id, 0, colon);
    fh_buf_printf(out, "%.*s\t%.*s\t\t\t", FH_STR_ARG(id), FH_STR_ARG(type));
    if (type.len) add_spelling_of(id, out);
    fh_buf_add_char(out, '\t');
    add_merged(decisions, id, out);
    fh_buf_add_char(out, '\n');
}

/* Has an earlier decision the same end? */
static bool was_written(const fh_decisions *decisions, size_t decision, fh_str end) {
    for (size_t i = 0; i < decision; i++)
        if (fh_str_equal(end_of(decisions, decisions->items[i].id), end)) return true;
    return false;
}

static void add_decision_rows(const fh_learned_list *list, const fh_decisions *decisions, size_t decision,
                              fh_buf *out) {
    fh_str id = decisions->items[decision].id, end = end_of(decisions, id);
    if (!end.len) {
        fh_buf_add(out, FH_STR("-\t\t\t\t\t"));
        add_spelling_of(id, out);
        fh_buf_add_char(out, '\n');
        return;
    }
    if (!was_written(decisions, decision, end) && !fh_learned_find(list, end))
        add_target_row(decisions, end, out);
    fh_buf_printf(out, "%.*s\t=\t%.*s\n", FH_STR_ARG(id), FH_STR_ARG(end));
}

void fh_learned_rows(const fh_learned_list *list, const fh_decisions *decisions, fh_buf *out) {
    for (size_t i = 0; i < list->count; i++) add_name_row(&list->items[i], decisions, out);
    for (size_t i = 0; i < decisions->count; i++) add_decision_rows(list, decisions, i, out);
}

size_t fh_learned_fitting(const fh_learned_list *list, const fh_decisions *decisions, size_t bytes) {
    static const fh_learned_list none; /* decisions have the most rows where no name is learned */
    fh_buf rows = {0};
    size_t count = 0;
    fh_learned_rows(&none, decisions, &rows);
    for (; count < list->count; count++) {
        add_name_row(&list->items[count], decisions, &rows);
        if (rows.len > bytes) break;
    }
    fh_buf_free(&rows);
    return count;
}

/* ---- Reading ---- */

static size_t count_byte(fh_str text, char byte) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++) count += text.ptr[i] == byte;
    return count;
}

static size_t count_lines(fh_str text) {
    size_t count = 0;
    for (fh_str line; fh_str_line(&text, &line);) count++;
    return count;
}

static fh_strs split(fh_str text, char separator, fh_arena *arena) {
    fh_strs out = {FH_ARENA_ARRAY(arena, fh_str, count_byte(text, separator) + 1), 0};
    size_t from = 0;
    for (size_t at = 0; at <= text.len; at++) {
        if (at < text.len && text.ptr[at] != separator) continue;
        out.items[out.count++] = fh_str_slice(text, from, at);
        from = at + 1;
    }
    return out;
}

static bool read_type(fh_str name, fh_entity_type *out) {
    for (fh_entity_type type = FH_ENTITY_PERSON; type <= FH_ENTITY_PRODUCT; type++) {
        if (!fh_str_equal(name, fh_str_from(fh_entity_type_name(type)))) continue;
        *out = type;
        return true;
    }
    return false;
}

static uint32_t read_number(fh_str digits) {
    uint32_t number = 0;
    for (size_t i = 0; i < digits.len && digits.ptr[i] >= '0' && digits.ptr[i] <= '9'; i++)
        number = number * 10 + (uint32_t)(digits.ptr[i] - '0');
    return number;
}

static fh_status fail_corrupt(fh_error *err) {
    return fh_fail(err, FH_ERR_CORRUPT, NULL, "run fihris-index --entities learn on the index",
                   "the names that the index has learned cannot be read");
}

fh_status fh_learned_read(fh_str text, fh_arena *arena, fh_learned_list *out, fh_error *err) {
    text = fh_arena_copy(arena, text);
    fh_learned_list list = {FH_ARENA_ARRAY(arena, fh_learned, count_lines(text)), 0};
    for (fh_str line; fh_str_line(&text, &line);) {
        fh_strs columns = split(line, '\t', arena);
        fh_learned *name = &list.items[list.count];
        if (columns.count != LEARNED_COLUMNS || !read_type(columns.items[1], &name->type))
            return fail_corrupt(err);
        name->id = columns.items[0];
        name->label = columns.items[2];
        name->in_texts = read_number(columns.items[3]);
        name->in_keywords = read_number(columns.items[4]);
        name->spellings = split(columns.items[5], '|', arena);
        name->ids = split(columns.items[6], '|', arena);
        list.count++;
    }
    *out = list;
    return FH_OK;
}

fh_status fh_decisions_read(fh_str text, fh_arena *arena, fh_decisions *out, fh_error *err) {
    text = fh_arena_copy(arena, text);
    fh_decisions list = {FH_ARENA_ARRAY(arena, fh_decision, count_lines(text)), 0};
    for (fh_str line; fh_str_line(&text, &line);) {
        fh_strs columns = split(line, '\t', arena);
        if (columns.count != DECISION_COLUMNS) return fail_corrupt(err);
        list.items[list.count++] = (fh_decision){columns.items[0], columns.items[1]};
    }
    *out = list;
    return FH_OK;
}

/* ---- Finding ---- */

static bool has_id(const fh_learned *name, fh_str id) {
    for (size_t i = 0; i < name->ids.count; i++)
        if (fh_str_equal(name->ids.items[i], id)) return true;
    return fh_str_equal(name->label, id);
}

const fh_learned *fh_learned_find(const fh_learned_list *list, fh_str id) {
    for (size_t i = 0; i < list->count; i++)
        if (has_id(&list->items[i], id)) return &list->items[i];
    return NULL;
}
