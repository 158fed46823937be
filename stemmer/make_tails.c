/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Build tool: make-tails OUT.c writes what may follow a stem as an automaton. */
#include "stemmer/lexicon.h"
#include "stemmer/stem.h"
#include "stemmer/tails.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum {
    NOUN = FH_KIND_NOUN,
    FEMININE = FH_KIND_FEMININE,
    PAST = FH_KIND_PAST | FH_KIND_PAST_BOUND,
    IMPERFECT = FH_KIND_IMPERFECT | FH_KIND_IMPERFECT_BOUND,
    VERB = PAST | IMPERFECT,
    BARE = FH_KIND_NOUN | FH_KIND_FEMININE | FH_KIND_FIXED | FH_KIND_PAST | FH_KIND_IMPERFECT,
    MAX_NODES = 256,
};

/* An ending, the kinds of stem that may end a word with it, and those that may have a pronoun after it. */
static const struct ending {
    uint8_t count;
    uint32_t letters[3];
    unsigned last, before_pronoun;
} endings[] = {
    {0, {0}, BARE, NOUN | FH_KIND_PAST | FH_KIND_IMPERFECT},

    {1, {ALEF}, NOUN | VERB, NOUN},
    {1, {HEH}, NOUN, 0},
    {1, {WAW}, NOUN, NOUN | VERB},
    {1, {YEH}, FH_KIND_IMPERFECT, NOUN}, /* the noun's is the construct: مسؤوليه */
    {2, {ALEF, TEH}, NOUN | FEMININE, NOUN | FEMININE},
    {2, {ALEF, NOON}, NOUN | IMPERFECT, 0},
    {2, {WAW, NOON}, NOUN | IMPERFECT, IMPERFECT},
    {2, {YEH, NOON}, NOUN | IMPERFECT, 0},
    {2, {WAW, ALEF}, VERB, 0},

    /* The ة of the feminine as ت before more, and the past's ت. */
    {1, {TEH}, PAST, NOUN | FEMININE | PAST},
    {2, {TEH, ALEF}, NOUN | FEMININE | PAST, NOUN | FEMININE},
    {2, {TEH, YEH}, NOUN | FEMININE, NOUN | FEMININE},
    {3, {TEH, ALEF, NOON}, NOUN | FEMININE, 0},
    {3, {TEH, YEH, NOON}, NOUN | FEMININE, 0},
    {2, {TEH, MEEM}, PAST, 0},
    {2, {NOON, ALEF}, PAST, PAST},
    {1, {NOON}, VERB, 0},
};

static const struct pronoun {
    uint8_t count;
    uint32_t letters[3];
    unsigned kinds;
} pronouns[] = {
    {1, {HEH}, NOUN | FEMININE | VERB},
    {2, {HEH, ALEF}, NOUN | FEMININE | VERB},
    {2, {HEH, MEEM}, NOUN | FEMININE | VERB},
    {3, {HEH, MEEM, ALEF}, NOUN | FEMININE | VERB},
    {2, {HEH, NOON}, NOUN | FEMININE | VERB},
    {1, {KAF}, NOUN | FEMININE | VERB},
    {2, {KAF, MEEM}, NOUN | FEMININE | VERB},
    {2, {NOON, ALEF}, NOUN | FEMININE | VERB},
    {1, {YEH}, FEMININE},
    {2, {NOON, YEH}, VERB},
};

typedef struct automaton {
    fh_tail nodes[MAX_NODES];
    size_t count;
} automaton;

/* The node of a tail, made if need be. */
static fh_tail *node_of(automaton *tails, const uint32_t *letters, size_t count) {
    size_t node = 0;
    while (count-- > 0) {
        uint8_t *next = &tails->nodes[node].next[fh_tail_letter(letters[count])];
        if (*next == 0) {
            if (tails->count == MAX_NODES) abort();
            *next = (uint8_t)tails->count++;
        }
        node = *next;
    }
    return &tails->nodes[node];
}

/* The tail, and as one of nouns also the adjective's: ي before it. */
static void add(automaton *tails, const uint32_t *letters, size_t count, unsigned kinds, unsigned pronoun) {
    uint32_t adjective[FH_TAIL_LONGEST + 1] = {YEH};
    fh_tail *node = node_of(tails, letters, count);
    node->kinds |= kinds & 0xFF;
    node->pronoun |= pronoun & 0xFF;
    if (!(kinds & NOUN) || count >= FH_TAIL_LONGEST) return;
    for (size_t i = 0; i < count; i++) adjective[i + 1] = letters[i];
    node_of(tails, adjective, count + 1)->adjective = true;
}

static void add_all(automaton *tails) {
    for (size_t i = 0; i < COUNT(endings); i++) {
        const struct ending *ending = &endings[i];
        uint32_t letters[FH_TAIL_LONGEST];
        for (size_t k = 0; k < ending->count; k++) letters[k] = ending->letters[k];
        add(tails, letters, ending->count, ending->last, 0);
        for (size_t k = 0; k < COUNT(pronouns); k++) {
            const struct pronoun *pronoun = &pronouns[k];
            for (size_t n = 0; n < pronoun->count; n++) letters[ending->count + n] = pronoun->letters[n];
            unsigned kinds = ending->before_pronoun & pronoun->kinds;
            unsigned direct = ending->count == 0 ? pronoun->kinds & VERB : 0;
            if (kinds | direct) add(tails, letters, (size_t)ending->count + pronoun->count, kinds, direct);
        }
    }
}

int main(int argc, char **argv) {
    static automaton tails = {.count = 1};
    FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
    if (!out) {
        fprintf(stderr, "usage: make-tails OUT.c\n");
        return EXIT_FAILURE;
    }
    add_all(&tails);
    fprintf(out, "#include \"stemmer/tails.h\"\n\nconst fh_tail fh_tails[] = {\n");
    for (size_t i = 0; i < tails.count; i++) {
        const fh_tail *node = &tails.nodes[i];
        fprintf(out, "    {{");
        for (size_t k = 0; k < FH_TAIL_LETTERS; k++) fprintf(out, "%u,", node->next[k]);
        fprintf(out, "}, %u, %u, %d},\n", node->kinds, node->pronoun, node->adjective);
    }
    fprintf(out, "};\n");
    return fclose(out) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
