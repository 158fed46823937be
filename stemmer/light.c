/* SPDX-License-Identifier: GPL-3.0-or-later */
/* light: a word is read as clitics, a stem that the lexicon knows, and a tail that such a stem may bear.  Of
 * several readings the one with the longest stem wins; a word that is known as it stands has but one, and
 * after an article there is a noun.  What nobody knows is left to the rules (rules.c). */
#include "stemmer/lexicon.h"
#include "stemmer/rules.h"
#include "stemmer/stem.h"
#include "stemmer/tails.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum {
    NOUN = FH_KINDS_NOUN,
    FREE = NOUN | FH_KIND_FIXED | FH_KIND_PAST, /* may stand bare */
    IMPERFECT = FH_KIND_IMPERFECT | FH_KIND_IMPERFECT_BOUND,
    LONGEST_WORD = FH_LEXICON_LETTERS + FH_TAIL_LONGEST + 4, /* that can have clitics, a stem and a tail */
};

/* A word, what may be tails of it, and the best reading yet. */
typedef struct search {
    const fh_lexicon *lexicon;
    fh_letters word;
    uint32_t hashes[LONGEST_WORD + 1];         /* of its beginnings */
    const fh_tail *tails[FH_TAIL_LONGEST + 1]; /* by their number of letters */
    size_t longest_tail;
    const uint8_t *stem; /* NULL: none yet */
    size_t from, length; /* what was recognised as the stem, in the word */
    bool adjective;      /* its stem is that word itself, a known noun with ي */
} search;

/* Of FH_LEXICON_FACTOR, by exponents up to FH_LEXICON_LETTERS. */
#define FACTOR_2 (FH_LEXICON_FACTOR * FH_LEXICON_FACTOR)
#define FACTOR_4 (FACTOR_2 * FACTOR_2)
#define FACTOR_8 (FACTOR_4 * FACTOR_4)
#define FOUR(factor)                                                                                         \
    (factor), (factor)*FH_LEXICON_FACTOR, (factor)*FACTOR_2, (factor)*FACTOR_2 *FH_LEXICON_FACTOR
static const uint32_t powers[] = {FOUR(1), FOUR(FACTOR_4), FOUR(FACTOR_8), FOUR(FACTOR_8 *FACTOR_4)};

static void start(search *find, fh_letters word) {
    find->word = word;
    find->stem = NULL;
    find->length = 0;
    find->adjective = false;
    find->hashes[0] = 0;
    for (size_t i = 0; i < word.count; i++)
        find->hashes[i + 1] = fh_lexicon_hash(find->hashes[i], word.ptr[i]);
    find->tails[0] = &fh_tails[0];
    find->longest_tail = 0;
    for (size_t i = 1; i <= FH_TAIL_LONGEST && i < word.count; i++) {
        unsigned letter = fh_tail_letter(word.ptr[word.count - i]);
        uint8_t next = letter == FH_TAIL_NONE ? 0 : find->tails[i - 1]->next[letter];
        if (next == 0) break;
        find->tails[i] = &fh_tails[next];
        find->longest_tail = i;
    }
}

static const fh_lexeme *find_known(const search *find, size_t from, size_t length, unsigned kinds) {
    uint32_t hash = find->hashes[from + length] - find->hashes[from] * powers[length];
    return fh_lexicon_find(find->lexicon, hash, find->word.ptr + from, length, kinds);
}

static void consider(search *find, const fh_lexeme *lexeme, size_t from, size_t length) {
    if (!lexeme || length < find->length || (length == find->length && !find->adjective)) return;
    find->stem = find->lexicon->pool + lexeme->stem;
    find->from = from;
    find->length = length;
    find->adjective = false;
}

/* A noun whose ة became ت or fell out, with `length` letters before that. */
static void try_feminine(search *find, size_t from, size_t length) {
    uint32_t letters[FH_LEXICON_LETTERS];
    uint32_t hash = find->hashes[from + length] - find->hashes[from] * powers[length];
    for (size_t i = 0; i < length; i++) letters[i] = find->word.ptr[from + i];
    letters[length] = HEH;
    const fh_lexeme *noun =
        fh_lexicon_find(find->lexicon, fh_lexicon_hash(hash, HEH), letters, length + 1, FH_KIND_FEMININE);
    /* A broken plural takes no other: طلبات is of طلب, not of طلبة. */
    if (noun && noun->stem == noun->word) consider(find, noun, from, length + 1);
}

/* A noun and the adjective's ي after it, which is a stem of its own: نفطي is not نفط. */
static void try_adjective(search *find, size_t from, size_t length) {
    if (find->word.ptr[from + length - 1] == YEH) return;
    const fh_lexeme *noun = find_known(find, from, length, FH_KIND_NOUN);
    if (!noun) return;
    consider(find, noun, from, length + 1);
    find->adjective = true;
}

/* What depends on the stem's last letter and its tail together. */
static unsigned bearers(const search *find, size_t last, size_t tail) {
    const fh_tail *may = find->tails[tail];
    unsigned kinds = may->kinds;
    uint32_t letter = find->word.ptr[last], next = tail == 1 ? find->word.ptr[last + 1] : 0;
    /* أعطا in أعطاه: a past that ends so may bear the pronoun only. */
    if (letter == ALEF) kinds |= may->pronoun;
    /* كانوا is no accusative. */
    if (letter == WAW && next == ALEF) kinds &= ~(unsigned)FH_KIND_NOUN;
    /* The construct plural of what ends in ي: فلسطينيي. */
    if (letter == YEH && next == YEH) kinds |= FH_KIND_NOUN;
    return kinds;
}

/* Stems of `kinds` that begin at letter `from`, the longest first. */
static void try_stems(search *find, size_t from, size_t shortest, unsigned kinds) {
    for (size_t tail = 0; tail <= find->longest_tail; tail++) {
        if (find->word.count < from + tail + shortest) return;
        size_t length = find->word.count - from - tail;
        if (length + 1 < find->length || (length + 1 == find->length && !find->adjective)) return;
        if (length > FH_LEXICON_LETTERS) continue;
        unsigned able = kinds & bearers(find, from + length - 1, tail);
        if (tail > 0) able &= ~(unsigned)FH_KIND_FEMININE;
        if (able) consider(find, find_known(find, from, length, able), from, length);
        if (tail == 0 || length == FH_LEXICON_LETTERS) continue;
        if ((kinds & find->tails[tail]->kinds & FH_KIND_FEMININE) && length + 1 >= find->length)
            try_feminine(find, from, length);
        if ((kinds & FH_KIND_NOUN) && find->tails[tail]->adjective && length + 1 > find->length)
            try_adjective(find, from, length);
    }
}

/* The imperfect, from its prefix on. */
static void try_imperfect(search *find, size_t from) {
    if (find->word.count < from + 3) return;
    switch (find->word.ptr[from]) {
    case YEH:
    case TEH: try_stems(find, from + 1, 2, IMPERFECT); break;
    case NOON: try_stems(find, from + 1, 3, FH_KIND_IMPERFECT); break;
    case ALEF: try_stems(find, from + 1, find->word.count - from - 1, FH_KIND_IMPERFECT); break;
    default: break;
    }
}

static const fh_affix articles[] = {
    {2, 2, {ALEF, LAM}},
    {3, 2, {BEH, ALEF, LAM}},
    {3, 2, {KAF, ALEF, LAM}},
};
static const fh_affix lam_article = {2, 2, {LAM, LAM}};

/* After an article there is a noun. */
static void try_articles(search *find, size_t from) {
    fh_letters rest = {find->word.ptr + from, find->word.count - from};
    for (size_t i = 0; i < COUNT(articles); i++) {
        fh_letters bare = rest;
        if (fh_strip_prefix(&bare, &articles[i])) try_stems(find, from + articles[i].count, 2, NOUN);
    }
    /* للاعب is ل and اللاعب, whose own lam is written once. */
    if (!fh_strip_prefix(&rest, &lam_article)) return;
    try_stems(find, from + 1, 3, NOUN);
    try_stems(find, from + 2, 2, NOUN);
}

/* Readings without an article. */
static void try_bare(search *find, size_t from) {
    uint32_t first = find->word.ptr[from];
    bool preposition = first == BEH || first == KAF || first == LAM;
    size_t count = find->word.count - from;
    try_stems(find, from, 2, FREE | FH_KIND_PAST_BOUND);
    try_imperfect(find, from);
    if (first == SEEN || first == LAM) try_imperfect(find, from + 1);
    if (preposition && count >= 4) try_stems(find, from + 1, 3, NOUN);
}

static void find_whole(search *find) {
    if (find->word.count <= FH_LEXICON_LETTERS)
        consider(find, find_known(find, 0, find->word.count, FREE), 0, find->word.count);
}

static bool has_conjunction(fh_letters word) {
    return word.count >= 3 && (word.ptr[0] == WAW || (word.ptr[0] == FEH && word.count >= 4));
}

static void find_definite(search *find) {
    try_articles(find, 0);
    if (has_conjunction(find->word)) try_articles(find, 1);
}

static void find_bare(search *find) {
    try_bare(find, 0);
    if (has_conjunction(find->word)) try_bare(find, 1);
}

/* In this order: the first that knows the word settles it. */
static void (*const ways[])(search *find) = {find_whole, find_definite, find_bare};

fh_letters fh_stem_light(const fh_lexicon *added, fh_letters word) {
    const fh_lexicon *lexicons[] = {added, &fh_built_in_lexicon};
    search find;
    if (word.count > LONGEST_WORD) return fh_stem_by_rule(word);
    start(&find, word);
    for (size_t way = 0; way < COUNT(ways) && !find.stem; way++) {
        for (size_t i = 0; i < COUNT(lexicons); i++) {
            find.lexicon = lexicons[i];
            if (find.lexicon) ways[way](&find);
        }
    }
    if (!find.stem) return fh_stem_by_rule(word);
    if (find.adjective) return (fh_letters){word.ptr + find.from, find.length};
    for (size_t i = 0; i < find.stem[0]; i++) word.ptr[i] = find.stem[1 + i] + FH_LEXICON_FIRST;
    return (fh_letters){word.ptr, find.stem[0]};
}
