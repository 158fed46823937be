/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over a text's tokens, marking the longest name at each. */
#include "entities/clitics.h"
#include "entities/gazetteer.h"
#include "entities/key.h"

#include <limits.h>

typedef struct name_scan {
    const fh_gazetteer *gazetteer;
    fh_str text;
    fh_tokens tokens;
    fh_arena *arena;
} name_scan;

/* A name that stands in the text. */
typedef struct match {
    const fh_name *name; /* NULL: none */
    size_t first, last;  /* tokens */
} match;

typedef struct matches {
    match *items;
    size_t count, capacity;
} matches;

/* The token at or after `at` that can be a word of a name.  A hashtag is its words; addresses and accounts
 * name nothing. */
static size_t next_word(const name_scan *scan, size_t at) {
    fh_tokens tokens = scan->tokens;
    while (at < tokens.count) {
        const fh_token *token = &tokens.items[at];
        bool address =
            token->kind == FH_TOKEN_URL || token->kind == FH_TOKEN_EMAIL || token->kind == FH_TOKEN_HANDLE;
        if (!address && !token->whole) return at;
        at++;
        while (address && at < tokens.count && tokens.items[at].start < token->end) at++;
    }
    return at;
}

static fh_str text_between(const name_scan *scan, size_t first, size_t last) {
    uint32_t from = scan->tokens.items[first].end, to = scan->tokens.items[last].start;
    return to > from ? fh_str_slice(scan->text, from, to) : FH_STR("");
}

/* The last token of `name` where its words, the first one taken for granted, follow from `first` on and end
 * before `limit`; SIZE_MAX where they do not. */
static size_t words_end(const name_scan *scan, const fh_name *name, size_t first, size_t limit) {
    const fh_gazetteer *gazetteer = scan->gazetteer;
    size_t at = first;
    for (size_t i = 1; i < name->count; i++) {
        size_t next = next_word(scan, at + 1);
        if (next >= limit) return SIZE_MAX;
        const fh_name_word *word = &gazetteer->words[gazetteer->sequence[name->words + i]];
        fh_name_key key;
        fh_name_key_make(scan->tokens.items[next].folded, &key);
        if (key.len != word->len || memcmp(key.bytes, gazetteer->texts + word->text, key.len) != 0)
            return SIZE_MAX;
        if (!fh_name_joins(text_between(scan, at, next))) return SIZE_MAX;
        at = next;
    }
    return at;
}

static bool is_spelled(const name_scan *scan, const fh_name *name, const fh_reading *reading, size_t first,
                       size_t last) {
    fh_str surface = fh_str_slice(scan->text, scan->tokens.items[first].start, scan->tokens.items[last].end);
    if (!name->exact) return !fh_name_has_tanwin(surface);
    fh_str exact = fh_str_from(scan->gazetteer->texts + name->exact);
    return fh_name_is_spelled(surface, reading->skip_surface, exact, reading->skip_name);
}

/* Is a name better than the best so far?  The longer one is, and of two the one that is sure. */
static bool is_better(const fh_name *name, const fh_name *best) {
    if (!best || name->count != best->count) return !best || name->count > best->count;
    return best->weak && !name->weak;
}

/* The longest name that begins at a token and ends before `limit`, by the reading that takes least off. */
static match longest(const name_scan *scan, size_t first, size_t limit) {
    match best = {0};
    fh_name_key key;
    fh_name_key_make(scan->tokens.items[first].folded, &key);
    fh_reading readings[FH_MAX_READINGS];
    size_t count = fh_readings((fh_str){key.bytes, key.len}, readings);
    for (size_t r = 0; r < count; r++) {
        const fh_name_word *word = fh_gazetteer_word(scan->gazetteer, readings[r].article, readings[r].rest);
        if (!word) continue;
        const fh_name *names = scan->gazetteer->names + word->first;
        for (const fh_name *name = names; name < names + word->count; name++) {
            if (!is_better(name, best.name)) continue;
            size_t last = words_end(scan, name, first, limit);
            if (last != SIZE_MAX && is_spelled(scan, name, &readings[r], first, last))
                best = (match){name, first, last};
        }
    }
    return best;
}

/* The match to take at a token: its longest, or what fits before a longer one that begins within that. */
static match choose(const name_scan *scan, size_t first) {
    match best = longest(scan, first, scan->tokens.count);
    if (!best.name || best.name->count < 2) return best;
    for (size_t at = next_word(scan, first + 1); at <= best.last; at = next_word(scan, at + 1)) {
        match later = longest(scan, at, scan->tokens.count);
        if (later.name && later.name->count > best.name->count) return longest(scan, first, at);
    }
    return best;
}

static void add_match(name_scan *scan, matches *found, match item) {
    if (found->count == found->capacity) {
        size_t capacity = found->capacity ? 2 * found->capacity : 32;
        match *items = FH_ARENA_ARRAY(scan->arena, match, capacity);
        if (found->count) memcpy(items, found->items, found->count * sizeof *items);
        found->items = items;
        found->capacity = capacity;
    }
    found->items[found->count++] = item;
}

/* What a text names beyond doubt: the entities, and the countries of its places. */
typedef struct text_evidence {
    unsigned char *entities; /* a bit each */
    bool countries[26 * 26];
} text_evidence;

static size_t country_index(const char code[2]) {
    return (size_t)(26 * (code[0] - 'A') + code[1] - 'A');
}

static void gather_evidence(const name_scan *scan, const matches *found, text_evidence *out) {
    const fh_gazetteer *gazetteer = scan->gazetteer;
    out->entities = fh_arena_take_zeroed(scan->arena, gazetteer->entity_count / CHAR_BIT + 1);
    memset(out->countries, 0, sizeof out->countries);
    for (size_t i = 0; i < found->count; i++) {
        const fh_name *name = found->items[i].name;
        if (name->weak || name->entity == FH_NO_ENTITY) continue;
        out->entities[name->entity / CHAR_BIT] |= (unsigned char)(1u << name->entity % CHAR_BIT);
        const fh_entity *entity = &gazetteer->entities[name->entity];
        if (entity->country[0]) out->countries[country_index(entity->country)] = true;
    }
}

static bool is_evident(const name_scan *scan, const text_evidence *evidence, uint32_t index) {
    const fh_entity *entity = &scan->gazetteer->entities[index];
    if (evidence->entities[index / CHAR_BIT] >> index % CHAR_BIT & 1) return true;
    return entity->country[0] && evidence->countries[country_index(entity->country)];
}

/* Whom a weak name means: the only one of those it may mean that the text names otherwise too. */
static uint32_t resolve_weak(const name_scan *scan, const text_evidence *evidence, const fh_name *name) {
    uint32_t meant = FH_NO_ENTITY;
    for (const fh_name *other = name; other->count == name->count && other->words == name->words; other++) {
        if (!other->weak || !is_evident(scan, evidence, other->entity)) continue;
        if (meant != FH_NO_ENTITY && meant != other->entity) return FH_NO_ENTITY;
        meant = other->entity;
    }
    return meant;
}

static fh_mentions mentions_of(const name_scan *scan, const matches *found) {
    fh_mentions out = {FH_ARENA_ARRAY(scan->arena, fh_mention, found->count), 0};
    text_evidence evidence;
    gather_evidence(scan, found, &evidence);
    for (size_t i = 0; i < found->count; i++) {
        const match *item = &found->items[i];
        uint32_t entity = item->name->weak ? resolve_weak(scan, &evidence, item->name) : item->name->entity;
        if (entity == FH_NO_ENTITY) continue;
        out.items[out.count++] = (fh_mention){
            .entity = &scan->gazetteer->entities[entity],
            .first = (uint32_t)item->first,
            .count = (uint32_t)(item->last - item->first + 1),
            .start = scan->tokens.items[item->first].start,
            .end = scan->tokens.items[item->last].end,
        };
    }
    return out;
}

fh_mentions fh_entities_find(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens, fh_arena *arena) {
    name_scan scan = {gazetteer, text, tokens, arena};
    matches found = {0};
    for (size_t at = next_word(&scan, 0); at < tokens.count;) {
        match item = choose(&scan, at);
        if (item.name) add_match(&scan, &found, item);
        at = next_word(&scan, (item.name ? item.last : at) + 1);
    }
    if (!found.count) return (fh_mentions){0};
    return mentions_of(&scan, &found);
}
