/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass over a text's tokens, marking the longest name at each. */
#include "entities/scan.h"

#include "entities/clitics.h"
#include "entities/key.h"

typedef struct name_scan {
    const fh_gazetteer *gazetteer;
    fh_str text;
    fh_tokens tokens;
    fh_arena *arena;
} name_scan;

size_t fh_names_next_word(fh_tokens tokens, size_t at) {
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

static fh_str text_between(fh_str text, fh_tokens tokens, size_t first, size_t last) {
    uint32_t from = tokens.items[first].end, to = tokens.items[last].start;
    return to > from ? fh_str_slice(text, from, to) : FH_STR("");
}

/* ---- One name ---- */

/* The last token of `name` where its words, the first one taken for granted, follow from `first` on and end
 * before `limit`; SIZE_MAX where they do not. */
static size_t words_end(const name_scan *scan, const fh_gazetteer *layer, const fh_name *name, size_t first,
                        size_t limit) {
    size_t at = first;
    for (size_t i = 1; i < name->count; i++) {
        size_t next = fh_names_next_word(scan->tokens, at + 1);
        if (next >= limit) return SIZE_MAX;
        fh_str folded = scan->tokens.items[next].folded, wanted = fh_gazetteer_key(layer, name, i);
        if (folded.len != wanted.len) return SIZE_MAX; /* a key is as long as its word */
        fh_name_key key;
        fh_name_key_make(folded, &key);
        if (!fh_str_equal(key.text, wanted)) return SIZE_MAX;
        if (!fh_name_joins(text_between(scan->text, scan->tokens, at, next))) return SIZE_MAX;
        at = next;
    }
    return at;
}

static bool is_spelled(const name_scan *scan, const fh_gazetteer *layer, const fh_name *name,
                       const fh_reading *reading, size_t first, size_t last) {
    fh_str surface = fh_str_slice(scan->text, scan->tokens.items[first].start, scan->tokens.items[last].end);
    if (!name->exact) return name->form == FH_FORM_NISBA || !fh_name_has_tanwin(surface);
    fh_str exact = fh_str_from(layer->texts + name->exact);
    return fh_name_is_spelled(surface, reading->skip_surface, exact, reading->skip_name);
}

/* Is a name better than the best so far?  The longer one is.  Of two of one length, what was added counts
 * more than what it was added to, and else the one that is sure. */
static bool is_better(const fh_gazetteer *layer, const fh_name *name, size_t reading, const fh_match *best) {
    if (!best->name || name->count != best->name->count)
        return !best->name || name->count > best->name->count;
    bool is_overruled = layer != best->layer && reading == best->reading;
    return !is_overruled && best->name->weak && !name->weak;
}

bool fh_names_follow_given(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens, size_t at) {
    if (at == 0 || tokens.items[at - 1].whole) return false;
    if (!fh_name_joins(text_between(text, tokens, at - 1, at))) return false;
    fh_word_readings before;
    fh_word_take_apart(tokens.items[at - 1].folded, &before);
    for (size_t i = 0; i < before.count; i++) {
        const fh_reading *reading = &before.items[i];
        for (const fh_gazetteer *layer = gazetteer; layer; layer = layer->base) {
            uint32_t hash = fh_word_hash(&before, reading);
            const fh_name_word *word = fh_gazetteer_word(layer, hash, reading->article, reading->rest);
            if (word && word->given) return true;
        }
    }
    return false;
}

/* ---- The names at one token ---- */

#define NO_WORD UINT32_MAX

/* A token to look names up by. */
typedef struct probe {
    size_t first, limit; /* tokens: where a name begins, and before which it ends */
    const fh_reading *reading;
    size_t number; /* of the reading */
    uint32_t hash;
} probe;

/* The number in a layer of the word behind a token, where that ends before `limit`; NO_WORD: it has none. */
static uint32_t word_behind(const name_scan *scan, const fh_gazetteer *layer, size_t first, size_t limit) {
    size_t next = fh_names_next_word(scan->tokens, first + 1);
    if (next >= limit) return NO_WORD;
    fh_name_key key;
    fh_name_key_make(scan->tokens.items[next].folded, &key);
    const fh_name_word *word = fh_gazetteer_word(layer, fh_name_hash(key.text), FH_STR(""), key.text);
    return word ? (uint32_t)(word - layer->words) : NO_WORD;
}

/* Tries the names of one layer that begin as the probe does. */
static void try_layer(const name_scan *scan, const fh_gazetteer *layer, const probe *p, fh_match *best) {
    const fh_name_word *word = fh_gazetteer_word(layer, p->hash, p->reading->article, p->reading->rest);
    if (!word) return;
    const fh_name *names = layer->names + word->first;
    bool is_long = word->count && names->count > 1; /* those with most words are the first */
    uint32_t second = is_long ? word_behind(scan, layer, p->first, p->limit) : NO_WORD;
    for (const fh_name *name = names; name < names + word->count; name++) {
        if (name->count > 1 && layer->sequence[name->words + 1] != second) continue;
        if (!is_better(layer, name, p->number, best)) continue;
        size_t last = words_end(scan, layer, name, p->first, p->limit);
        if (last == SIZE_MAX || !is_spelled(scan, layer, name, p->reading, p->first, last)) continue;
        if (layer != scan->gazetteer && fh_gazetteer_hides(scan->gazetteer, name)) continue;
        if (name->form == FH_FORM_NISBA &&
            fh_names_follow_given(scan->gazetteer, scan->text, scan->tokens, p->first))
            continue;
        *best = (fh_match){layer, name, p->first, last, p->number};
    }
}

/* The longest name that begins at a token and ends before `limit`, by the reading that takes least off. */
static fh_match longest(const name_scan *scan, size_t first, size_t limit) {
    fh_match best = {0};
    fh_word_readings word;
    fh_word_take_apart(scan->tokens.items[first].folded, &word);
    for (size_t i = 0; i < word.count; i++) {
        probe p = {first, limit, &word.items[i], i, fh_word_hash(&word, &word.items[i])};
        for (const fh_gazetteer *layer = scan->gazetteer; layer; layer = layer->base)
            if (fh_gazetteer_may_have(layer, p.hash)) try_layer(scan, layer, &p, &best);
    }
    return best;
}

/* The match to take at a token: its longest, or what fits before a longer one that begins within that. */
static fh_match choose(const name_scan *scan, size_t first) {
    fh_match best = longest(scan, first, scan->tokens.count);
    if (!best.name || best.name->count < 2) return best;
    for (size_t at = fh_names_next_word(scan->tokens, first + 1); at <= best.last;
         at = fh_names_next_word(scan->tokens, at + 1)) {
        fh_match later = longest(scan, at, scan->tokens.count);
        if (later.name && later.name->count > best.name->count) return longest(scan, first, at);
    }
    return best;
}

/* ---- All names ---- */

static void add_match(const name_scan *scan, fh_matches *found, fh_match item) {
    if (found->count == found->capacity) {
        size_t capacity = found->capacity ? 2 * found->capacity : 32;
        fh_match *items = FH_ARENA_ARRAY(scan->arena, fh_match, capacity);
        if (found->count) memcpy(items, found->items, found->count * sizeof *items);
        found->items = items;
        found->capacity = capacity;
    }
    found->items[found->count++] = item;
}

fh_matches fh_names_scan(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens, fh_arena *arena) {
    name_scan scan = {gazetteer, text, tokens, arena};
    fh_matches found = {0};
    for (size_t at = fh_names_next_word(tokens, 0); at < tokens.count;) {
        fh_match item = choose(&scan, at);
        if (item.name) add_match(&scan, &found, item);
        at = fh_names_next_word(tokens, (item.name ? item.last : at) + 1);
    }
    return found;
}
