/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spellings become sequences of words, sorted as the tables want them, and each is left to one entity. */
#include "entities/gazetteer_text.h"

#include "base/memory.h"
#include "entities/key.h"
#include <limits.h>
#include <stdlib.h>

/* The keys of a spelling's words; none where no text could be found to be spelled so. */
static fh_strs split(fh_lists *lists, fh_str text) {
    fh_tokens tokens = fh_analyse(lists->analyser, text, lists->arena);
    fh_strs words = {FH_ARENA_ARRAY(lists->arena, fh_str, tokens.count), 0};
    size_t end = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        const fh_token *token = &tokens.items[i];
        fh_name_key key;
        fh_name_key_make(token->folded, &key);
        bool joins =
            !token->whole && token->start >= end && fh_name_joins(fh_str_slice(text, end, token->start));
        if (!key.text.len || !joins || i == UCHAR_MAX) return (fh_strs){0};
        words.items[words.count++] = fh_arena_copy(lists->arena, key.text);
        end = token->end;
    }
    return words;
}

static void keep(fh_spelling **list, size_t *count, size_t *capacity, const fh_spelling *spelling) {
    *list = fh_grow(*list, *count, capacity, sizeof **list);
    (*list)[(*count)++] = *spelling;
}

/* Gives every spelling its words.  Not every name is a spelling: «St. Lucia» need not be found. */
static fh_status split_all(fh_lists *lists, fh_error *err) {
    size_t kept = 0;
    for (size_t i = 0; i < lists->spelling_count; i++) {
        fh_spelling spelling = lists->spellings[i];
        spelling.words = split(lists, spelling.text);
        bool is_wrong = spelling.given ? spelling.words.count != 1 : !spelling.words.count;
        if (is_wrong && spelling.source == FH_SPELLING_LISTED)
            return fh_fail(err, FH_ERR_INPUT, spelling.where.ptr,
                           "words with spaces, dashes or quotation marks between them; one word behind ^",
                           "no text can be found to name '%.*s'", FH_STR_ARG(spelling.text));
        if (spelling.given)
            keep(&lists->givens, &lists->given_count, &lists->given_capacity, &spelling);
        else if (spelling.words.count)
            lists->spellings[kept++] = spelling;
        if (spelling.never && spelling.entity->known)
            keep(&lists->nevers, &lists->never_count, &lists->never_capacity, &spelling);
    }
    lists->spelling_count = kept;
    return FH_OK;
}

/* By the first word, then most words first, then the other words. */
static int compare_words(const fh_spelling *a, const fh_spelling *b) {
    int order = fh_str_compare(a->words.items[0], b->words.items[0]);
    if (!order) order = (a->words.count < b->words.count) - (a->words.count > b->words.count);
    for (size_t i = 1; !order && i < a->words.count; i++)
        order = fh_str_compare(a->words.items[i], b->words.items[i]);
    return order;
}

/* How much a spelling asks for: what is exact is tried before what is not, the weak last. */
static int demand(const fh_spelling *spelling) {
    return 2 * !spelling->exact + spelling->weak;
}

static fh_str id_of(const fh_spelling *spelling) {
    return spelling->entity ? spelling->entity->id : FH_STR("");
}

static int compare_spellings(const void *left, const void *right) {
    const fh_spelling *a = left, *b = right;
    int order = compare_words(a, b);
    if (!order) order = demand(a) - demand(b);
    if (!order && a->exact) order = fh_str_compare(a->text, b->text);
    if (!order) order = (int)a->form - (int)b->form;
    if (!order) order = (int)b->source - (int)a->source;
    return order ? order : fh_str_compare(id_of(a), id_of(b));
}

/* Is `name` overruled by `other`, both having the same words? */
static bool yields(const fh_spelling *name, const fh_spelling *other) {
    if (name->entity == other->entity) {
        bool is_said = (other->exact || other->weak || other->never) && other->form == name->form;
        return name->source < FH_SPELLING_LISTED && other->source == FH_SPELLING_LISTED && is_said;
    }
    return name->source < FH_SPELLING_NAME && other->source > name->source && !other->never;
}

/* A name and a nisba of one place may look alike but for tanwin: روسيا and روسيًا. */
static bool is_same(const fh_spelling *a, const fh_spelling *b) {
    if (a->entity == b->entity && a->form != b->form) return false;
    return demand(a) == demand(b) && (!a->exact || fh_str_equal(a->text, b->text));
}

/* Two entities that people have named alike. */
static fh_status check_clash(const fh_spelling *a, const fh_spelling *b, fh_error *err) {
    if (a->entity == b->entity || a->source < FH_SPELLING_NAME || (a->weak && b->weak)) return FH_OK;
    return fh_fail(err, FH_ERR_INPUT, a->where.ptr, "let one be longer, or begin both with ?",
                   "%.*s is also the spelling of another entity, at %.*s", FH_STR_ARG(a->text),
                   FH_STR_ARG(b->where));
}

/* Settles the spellings that have the same words, and moves those that stay to `*kept`. */
static fh_status settle_group(const fh_spelling *group, size_t count, fh_spelling *kept, size_t *kept_count,
                              fh_error *err) {
    size_t first = *kept_count;
    for (size_t i = 0; i < count; i++) {
        bool stays = !group[i].never;
        for (size_t j = 0; stays && j < count; j++) stays = !yields(&group[i], &group[j]);
        for (size_t k = first; stays && k < *kept_count; k++) {
            if (!is_same(&group[i], &kept[k])) continue;
            fh_status status = check_clash(&group[i], &kept[k], err);
            if (status) return status;
            stays = group[i].weak && group[i].entity != kept[k].entity;
        }
        if (stays) kept[(*kept_count)++] = group[i];
    }
    return FH_OK;
}

static fh_status settle_groups(fh_lists *lists, fh_error *err) {
    fh_spelling *all = FH_ARENA_ARRAY(lists->arena, fh_spelling, lists->spelling_count);
    memcpy(all, lists->spellings, lists->spelling_count * sizeof *all);
    size_t kept = 0;
    for (size_t from = 0, to; from < lists->spelling_count; from = to) {
        to = from + 1;
        while (to < lists->spelling_count && compare_words(&all[from], &all[to]) == 0) to++;
        fh_status status = settle_group(all + from, to - from, lists->spellings, &kept, err);
        if (status) return status;
    }
    lists->spelling_count = kept;
    return FH_OK;
}

/* ---- Other ids ---- */

static fh_listed *find_target(fh_lists *lists, fh_str id) {
    fh_listed *listed = fh_lists_find(lists, id);
    const fh_entity *known = listed || !lists->base ? NULL : fh_gazetteer_find(lists->base, id);
    if (!known) return listed;
    listed = fh_lists_find(lists, fh_str_from(known->id));
    if (listed) return listed;
    listed = fh_lists_add(lists, fh_str_from(known->id), known->type);
    listed->known = known;
    return listed;
}

static int compare_aliases(const void *a, const void *b) {
    const fh_listed_alias *left = a, *right = b;
    return fh_str_compare(left->id, right->id);
}

static fh_status settle_aliases(fh_lists *lists, fh_error *err) {
    if (lists->alias_count)
        qsort(lists->aliases, lists->alias_count, sizeof *lists->aliases, compare_aliases);
    for (size_t i = 0; i < lists->alias_count; i++) {
        fh_listed_alias *alias = &lists->aliases[i];
        bool is_twice = i && fh_str_equal(alias->id, alias[-1].id);
        if (is_twice || fh_lists_find(lists, alias->id))
            return fh_fail(err, FH_ERR_INPUT, alias->where.ptr, "give each id one line",
                           "%.*s has another line too", FH_STR_ARG(alias->id));
        alias->entity = find_target(lists, alias->target);
        if (!alias->entity)
            return fh_fail(err, FH_ERR_INPUT, alias->where.ptr, "give the target a line of its own",
                           "no entity has the id %.*s", FH_STR_ARG(alias->target));
    }
    return FH_OK;
}

fh_status fh_lists_settle(fh_lists *lists, fh_error *err) {
    fh_status status = settle_aliases(lists, err);
    if (!status) status = split_all(lists, err);
    if (status || !lists->spelling_count) return status;
    qsort(lists->spellings, lists->spelling_count, sizeof *lists->spellings, compare_spellings);
    return settle_groups(lists, err);
}
