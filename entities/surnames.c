/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who was named in full is named by the last word alone later on: خوسيه راموس هورتا, then هورتا. */
#include "entities/clitics.h"
#include "entities/gazetteer.h"
#include "entities/parts.h"
#include "entities/scan.h"

enum { SHORTEST = 8, SHORTEST_WITH_ARTICLE = 12 }; /* bytes of keys: four letters, and two for the article */

static const fh_str ARTICLE = {"ال", 4};

/* The last word of somebody's full name. */
typedef struct surname {
    fh_word_readings word;
    uint32_t hash;
    const fh_entity *person; /* NULL: of several people in these texts */
    size_t part, end;        /* where the full name first stands */
} surname;

typedef struct surname_scan {
    const fh_gazetteer *gazetteer;
    const fh_named_text *parts;
    size_t count;
    fh_arena *arena;
    surname *items;
    size_t surnames;
    bool ends[UINT8_MAX + 1]; /* the last bytes of their keys */
} surname_scan;

/* Is a word in the names of nobody else?  In one of the person's own it may be the whole name; then it has
 * been found already. */
static bool is_own_word(const surname_scan *scan, const surname *candidate) {
    fh_str key = candidate->word.key.text;
    for (const fh_gazetteer *layer = scan->gazetteer; layer; layer = layer->base) {
        const fh_name_word *word = fh_gazetteer_word(layer, candidate->hash, FH_STR(""), key);
        if (!word) continue;
        uint32_t owner = fh_gazetteer_meant(scan->gazetteer, layer, word->owner);
        if (word->given || owner == FH_NO_ENTITY) return false;
        if (fh_gazetteer_numbered(scan->gazetteer, owner) != candidate->person) return false;
    }
    return true;
}

static bool is_distinct(const surname_scan *scan, const surname *candidate, const fh_token *token) {
    fh_str key = candidate->word.key.text;
    size_t shortest = fh_str_starts(key, ARTICLE) ? SHORTEST_WITH_ARTICLE : SHORTEST;
    return token->kind == FH_TOKEN_ARABIC && !token->stop && key.len >= shortest &&
           is_own_word(scan, candidate);
}

static surname *find_same(const surname_scan *scan, uint32_t hash, fh_str key) {
    for (size_t i = 0; i < scan->surnames; i++)
        if (scan->items[i].hash == hash && fh_str_equal(scan->items[i].word.key.text, key))
            return &scan->items[i];
    return NULL;
}

static void add_surname(surname_scan *scan, size_t part, const fh_mention *mention) {
    size_t last = mention->first + mention->count - 1;
    const fh_token *token = &scan->parts[part].tokens.items[last];
    surname *candidate = &scan->items[scan->surnames];
    fh_word_take_apart(token->folded, &candidate->word);
    candidate->hash = fh_word_hash(&candidate->word, &candidate->word.items[0]);
    candidate->person = mention->entity;
    candidate->part = part;
    candidate->end = last;
    surname *same = find_same(scan, candidate->hash, candidate->word.key.text);
    if (same && same->person != mention->entity) same->person = NULL;
    if (same || !is_distinct(scan, candidate, token)) return;
    fh_str key = candidate->word.key.text;
    scan->ends[(uint8_t)key.ptr[key.len - 1]] = true;
    scan->surnames++;
}

static bool is_full_name(const fh_mention *mention) {
    return mention->entity->type == FH_ENTITY_PERSON && mention->count > 1;
}

static void gather(surname_scan *scan, const fh_mentions *mentions) {
    size_t room = 1;
    for (size_t part = 0; part < scan->count; part++)
        for (size_t i = 0; i < mentions[part].count; i++) room += is_full_name(&mentions[part].items[i]);
    scan->items = FH_ARENA_ARRAY(scan->arena, surname, room);
    for (size_t part = 0; part < scan->count; part++)
        for (size_t i = 0; i < mentions[part].count; i++)
            if (is_full_name(&mentions[part].items[i])) add_surname(scan, part, &mentions[part].items[i]);
}

/* An adjective with its noun, not a name: اليوم السعيد. */
static bool is_adjective(fh_tokens tokens, size_t at) {
    return at > 0 && fh_str_starts(tokens.items[at].folded, ARTICLE) &&
           fh_str_starts(tokens.items[at - 1].folded, ARTICLE);
}

/* The end of somebody else's name: طالب بن صقر القاسمي. */
static bool ends_other_name(const surname_scan *scan, size_t part, size_t at) {
    const fh_named_text *text = &scan->parts[part];
    if (fh_names_follow_given(scan->gazetteer, text->text, text->tokens, at)) return true;
    return at > 0 && fh_names_follow_given(scan->gazetteer, text->text, text->tokens, at - 1);
}

/* May a word be one of the surnames with something before it?  Most are told by their last letters. */
static bool may_be_surname(const surname_scan *scan, fh_str folded) {
    if (folded.len < SHORTEST) return false;
    uint32_t lead = (uint8_t)folded.ptr[folded.len - 2], trail = (uint8_t)folded.ptr[folded.len - 1];
    bool is_plain =
        (lead << 8 | trail) - FH_FIRST_PLAIN_LETTER <= FH_LAST_PLAIN_LETTER - FH_FIRST_PLAIN_LETTER;
    return scan->ends[trail] || !is_plain;
}

/* Whose surname a token is, given in full before it or in another part; NULL: nobody's. */
static const fh_entity *person_at(const surname_scan *scan, size_t part, size_t at) {
    fh_tokens tokens = scan->parts[part].tokens;
    if (!may_be_surname(scan, tokens.items[at].folded)) return NULL;
    fh_word_readings word;
    fh_word_take_apart(tokens.items[at].folded, &word);
    for (size_t i = 0; i < word.count; i++) {
        if (word.items[i].article.len) continue;
        const surname *same = find_same(scan, fh_word_hash(&word, &word.items[i]), word.items[i].rest);
        if (!same || !same->person || is_adjective(tokens, at) || ends_other_name(scan, part, at)) continue;
        if (same->part != part || same->end < at) return same->person;
    }
    return NULL;
}

static fh_mentions add_to_part(const surname_scan *scan, size_t part, fh_mentions known) {
    fh_tokens tokens = scan->parts[part].tokens;
    fh_mentions out = {FH_ARENA_ARRAY(scan->arena, fh_mention, known.count + tokens.count), 0};
    size_t next = 0;
    for (size_t at = fh_names_next_word(tokens, 0); at < tokens.count;) {
        if (next < known.count && known.items[next].first <= at) {
            at = known.items[next].first + known.items[next].count;
            out.items[out.count++] = known.items[next++];
        } else {
            const fh_entity *person = person_at(scan, part, at);
            const fh_token *token = &tokens.items[at];
            if (person)
                out.items[out.count++] = (fh_mention){.entity = person,
                                                      .first = (uint32_t)at,
                                                      .count = 1,
                                                      .start = token->start,
                                                      .end = token->end};
            at++;
        }
        at = fh_names_next_word(tokens, at);
    }
    while (next < known.count) out.items[out.count++] = known.items[next++];
    return out;
}

void fh_surnames_add(const fh_gazetteer *gazetteer, const fh_named_text *parts, size_t count, fh_arena *arena,
                     fh_mentions *mentions) {
    surname_scan scan = {.gazetteer = gazetteer, .parts = parts, .count = count, .arena = arena};
    gather(&scan, mentions);
    if (!scan.surnames) return;
    for (size_t part = 0; part < count; part++) mentions[part] = add_to_part(&scan, part, mentions[part]);
}
