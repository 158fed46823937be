/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clitics are letters that a name may begin with as well (بوتين): what is taken off is what brings the name
 * nearest to a spelling of its entity. */
#include "query/surface.h"

#include "base/utf8.h"
#include "query/latin.h"
#include <unicode/uchar.h>

#define LETTER 2              /* bytes of an Arabic letter */
#define SHORTEST (3 * LETTER) /* what must be left */

static bool begins_with_any(fh_str name, const char *const *letters) {
    for (; *letters; letters++)
        if (fh_str_starts(name, fh_str_from(*letters))) return true;
    return false;
}

size_t fh_bare_names(fh_str name, fh_arena *arena, fh_str out[FH_MAX_BARE]) {
    static const char *const conjunctions[] = {"و", "ف", NULL}, *const prepositions[] = {"ب", "ك", "ل", NULL};
    size_t count = 0;
    if (name.len >= SHORTEST + LETTER && begins_with_any(name, conjunctions))
        name = out[count++] = fh_str_slice(name, LETTER, name.len);
    if (name.len < SHORTEST + LETTER || !begins_with_any(name, prepositions)) return count;
    fh_str rest = fh_str_slice(name, LETTER, name.len);
    bool hides_article = fh_str_starts(name, FH_STR("لل"));
    out[count++] = hides_article ? fh_arena_format(arena, "ا%.*s", FH_STR_ARG(rest)) : rest;
    return count;
}

fh_str fh_folded_name(fh_str name, fh_arena *arena) {
    return fh_fold_word(FH_STEMMER_LIGHT, name, arena);
}

/* ---- The entity's own spellings ---- */

/* A person that no list has is also known by each word of the name. */
static fh_strs words_of(fh_str label, fh_arena *arena) {
    fh_strs words = {FH_ARENA_ARRAY(arena, fh_str, label.len + 1), 0};
    words.items[words.count++] = label;
    for (size_t at = 0, end; at < label.len; at = end + 1) {
        end = fh_str_find(label, FH_STR(" "), at);
        if (end == SIZE_MAX) end = label.len;
        if (end > at && end - at < label.len) words.items[words.count++] = fh_str_slice(label, at, end);
    }
    return words;
}

fh_surfaces fh_surfaces_of(const fh_gazetteer *gazetteer, fh_analyser *analyser, const fh_entity *entity,
                           fh_arena *arena) {
    fh_strs spellings = {0};
    if (fh_gazetteer_find(gazetteer, fh_str_from(entity->id)))
        spellings = fh_entity_spellings(gazetteer, entity, arena);
    if (!spellings.count) spellings = words_of(fh_folded_name(fh_str_from(entity->label), arena), arena);
    return (fh_surfaces){gazetteer, analyser, entity, spellings};
}

/* ---- A name in an article ---- */

/* Without what is not seen; white space becomes one space. */
static fh_str clean(fh_str text, fh_arena *arena) {
    fh_buf out = {0};
    uint32_t c;
    for (size_t at = 0; at < text.len;) {
        at += fh_utf8_next(text, at, &c);
        if (u_isUWhiteSpace((UChar32)c)) {
            if (out.len && out.ptr[out.len - 1] != ' ') fh_buf_add_char(&out, ' ');
        } else if (!fh_is_unseen(c)) {
            fh_buf_add_code_point(&out, c);
        }
    }
    fh_str copy = fh_arena_copy(arena, fh_str_trim(fh_buf_str(&out)));
    fh_buf_free(&out);
    return copy;
}

/* The spelling nearest to a folded name, and how far it is; 0 for itself. */
static double nearest(fh_strs spellings, fh_str folded, fh_str *out) {
    double least = -1;
    for (size_t i = 0; i < spellings.count; i++) {
        fh_str spelling = spellings.items[i];
        bool same = fh_str_equal(spelling, folded);
        double distance = same ? 0 : fh_spelling_distance(spelling, folded);
        if (least >= 0 && distance >= least && !same) continue;
        least = distance;
        *out = spelling;
        if (same) break;
    }
    return least;
}

static bool is_nisba(const fh_surfaces *s, fh_str name, fh_arena *arena) {
    fh_mentions found = fh_entities_find(s->gazetteer, name, fh_analyse(s->analyser, name, arena), arena);
    return found.count == 1 && found.items[0].form == FH_FORM_NISBA && found.items[0].entity == s->entity;
}

/* `spelling` is the nearest one to the name. */
static void explain(const fh_surfaces *s, fh_str folded, fh_arena *arena, fh_spelling_seen *seen) {
    bool same = fh_str_equal(folded, seen->spelling);
    if (same && fh_gazetteer_find(s->gazetteer, fh_str_from(s->entity->id))) {
        seen->how = FH_NAMING_LISTED;
    } else if (!same && is_nisba(s, seen->text, arena)) {
        seen->how = FH_NAMING_NISBA;
    } else if (!same && seen->distance <= fh_spelling_near) {
        seen->how = FH_NAMING_NEAR;
        return;
    }
    seen->spelling = (fh_str){0};
    seen->distance = 0;
}

fh_spelling_seen fh_surface_read(const fh_surfaces *surfaces, fh_str marked, fh_arena *arena) {
    fh_str names[1 + FH_MAX_BARE] = {clean(marked, arena)}, folded = {0};
    size_t count = 1 + fh_bare_names(names[0], arena, names + 1);
    fh_spelling_seen seen = {.how = FH_NAMING_RECOGNISED, .times = 1};
    for (size_t i = 0; i < count; i++) {
        fh_str candidate = fh_folded_name(names[i], arena), spelling = {0};
        double distance = nearest(surfaces->spellings, candidate, &spelling);
        if (i > 0 && distance >= seen.distance) continue;
        seen.text = names[i];
        seen.spelling = spelling;
        seen.distance = distance;
        folded = candidate;
    }
    explain(surfaces, folded, arena, &seen);
    return seen;
}
