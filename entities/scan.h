/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two steps of finding names: where they stand, then whom the weak ones among them mean. */
#ifndef FH_ENTITIES_SCAN_H
#define FH_ENTITIES_SCAN_H

#include "entities/gazetteer.h"

/* A name that stands in a text. */
typedef struct fh_match {
    const fh_gazetteer *layer; /* that has the name */
    const fh_name *name;       /* NULL: none */
    size_t first, last;        /* tokens */
    size_t reading;            /* of the first token: how it was taken apart */
} fh_match;

typedef struct fh_matches {
    fh_match *items;
    size_t count, capacity;
} fh_matches;

/* The token at or after `at` that can be a word of a name, or how many there are.  A hashtag is its words;
 * addresses and accounts name nothing. */
size_t fh_names_next_word(fh_tokens tokens, size_t at);

/* Does a token follow a word that stands before surnames? */
bool fh_names_follow_given(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens, size_t at);

/* The longest names of a text from its beginning to its end, never overlapping. */
fh_matches fh_names_scan(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens, fh_arena *arena);

/* What texts name beyond doubt: entities, and the countries of places. */
typedef struct fh_evidence {
    unsigned char *entities; /* a bit each, by number */
    bool countries[26 * 26];
} fh_evidence;

void fh_evidence_start(const fh_gazetteer *gazetteer, fh_arena *arena, fh_evidence *out);
void fh_evidence_add(const fh_gazetteer *gazetteer, const fh_matches *found, fh_evidence *evidence);

/* The matches that mean an entity. */
fh_mentions fh_names_resolve(const fh_gazetteer *gazetteer, const fh_evidence *evidence,
                             const fh_matches *found, fh_tokens tokens, fh_arena *arena);

#endif
