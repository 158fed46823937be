/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The adjectives of places: from the stems of data/demonyms.tsv, and by rule from the names of countries. */
#include "entities/gen/gen.h"

static fh_str cut(fh_str *rest, char mark) {
    const char *found = rest->len ? memchr(rest->ptr, mark, rest->len) : NULL;
    size_t end = found ? (size_t)(found - rest->ptr) : rest->len;
    fh_str part = fh_str_slice(*rest, 0, end);
    *rest = fh_str_slice(*rest, found ? end + 1 : end, rest->len);
    return fh_str_trim(part);
}

/* A stem's forms; the one in ا is the indefinite accusative.  They yield to whatever a list says. */
static fh_status add_stem(fh_lists *lists, fh_listed *place, fh_str stem, fh_str where, fh_error *err) {
    size_t first = lists->spelling_count;
    fh_str forms = fh_arena_format(lists->arena, "~{ال,}%.*sي{,ة,ون,ين,ات}", FH_STR_ARG(stem));
    fh_str accusative = fh_arena_format(lists->arena, "~%.*sيا", FH_STR_ARG(stem));
    fh_status status = fh_lists_add_pattern(lists, place, forms, where, err);
    if (!status) status = fh_lists_add_pattern(lists, place, accusative, where, err);
    for (size_t i = first; i < lists->spelling_count; i++) lists->spellings[i].source = FH_SPELLING_DERIVED;
    return status;
}

static fh_status add_line(fh_lists *lists, fh_str line, fh_str where, fh_error *err) {
    fh_str id = cut(&line, '\t'), stems = cut(&line, '\t'), others = cut(&line, '\t');
    fh_listed *place = fh_lists_find(lists, id);
    if (!place || place->has_nisba || line.len)
        return fh_fail(err, FH_ERR_INPUT, where.ptr, "the id of a place, its stems, other forms",
                       "%.*s is no place, or has a line already, or too many columns", FH_STR_ARG(id));
    place->has_nisba = true;
    fh_status status = FH_OK;
    while (!status && stems.len && !fh_str_equal(stems, FH_STR("-")))
        status = add_stem(lists, place, cut(&stems, '|'), where, err);
    while (!status && others.len) {
        fh_str form = cut(&others, '|');
        form = fh_arena_format(lists->arena, "~%.*s", FH_STR_ARG(form));
        status = fh_lists_add_pattern(lists, place, form, where, err);
    }
    return status;
}

/* The stem of a label of one word: روس of روسيا, فرنس of فرنسا, عراق of العراق.  Empty where the rule does
 * not hold: a name in و or ي. */
static fh_str stem_of(fh_str label) {
    static const char *const endings[] = {"يا", "ا", "ة"};
    if (fh_str_find(label, FH_STR(" "), 0) != SIZE_MAX) return FH_STR("");
    fh_str article = FH_STR("ال");
    if (fh_str_starts(label, article)) label = fh_str_slice(label, article.len, label.len);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        fh_str ending = fh_str_from(endings[i]);
        if (!fh_str_ends(label, ending)) continue;
        label = fh_str_slice(label, 0, label.len - ending.len);
        break;
    }
    return fh_str_ends(label, FH_STR("و")) || fh_str_ends(label, FH_STR("ي")) ? FH_STR("") : label;
}

static fh_status derive(fh_lists *lists, fh_error *err) {
    fh_status status = FH_OK;
    for (size_t i = 0; !status && i < lists->entity_count; i++) {
        fh_listed *place = lists->entities[i];
        if (place->has_nisba || !fh_str_starts(place->id, FH_STR("country-"))) continue;
        fh_str stem = stem_of(place->label);
        if (stem.len) status = add_stem(lists, place, stem, place->id, err);
    }
    return status;
}

fh_status gen_read_demonyms(fh_lists *lists, fh_str text, const char *name, fh_error *err) {
    fh_status status = FH_OK;
    fh_str line;
    text = fh_arena_copy(lists->arena, text);
    for (size_t number = 1; !status && fh_str_line(&text, &line); number++) {
        if (!line.len || line.ptr[0] == '#') continue;
        status = add_line(lists, line, fh_arena_format(lists->arena, "%s:%zu", name, number), err);
    }
    return status ? status : derive(lists, err);
}
