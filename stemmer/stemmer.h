/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text to tokens: normalise, tokenise, stop words, light stems.  Nothing here can fail: any bytes give
 * tokens.
 *
 * A token says where it stands in the untouched text, so that highlighting can mark whole words of the
 * original; no stage moves these offsets. */
#ifndef FH_STEMMER_STEMMER_H
#define FH_STEMMER_STEMMER_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include <stdint.h>

/* Changes whenever the same text may give other tokens; an index remembers what it was made with. */
#define FH_ANALYSER_VERSION 1

typedef enum fh_stemmer {
    FH_STEMMER_LIGHT,   /* ours; folds the seats of hamza too */
    FH_STEMMER_LIGHT10, /* Larkey, Ballesteros and Connell, "Light Stemming for Arabic Information Retrieval"
                           (2007), as their Lemur code runs it */
    FH_STEMMER_NONE,    /* the folded word is its own stem */
} fh_stemmer;

/* "light", "light10", "none". */
bool fh_stemmer_parse(fh_str name, fh_stemmer *out);
const char *fh_stemmer_name(fh_stemmer stemmer);

typedef enum fh_token_kind {
    FH_TOKEN_ARABIC, /* the Arabic script, whatever the language */
    FH_TOKEN_WORD,   /* letters of any other script, digits among them: COP28 */
    FH_TOKEN_NUMBER, /* 0-9, no grouping marks, a full stop for the decimal mark: 1200, 3.5 */
    FH_TOKEN_URL,    /* folded without its scheme and "www." */
    FH_TOKEN_EMAIL,
    FH_TOKEN_HASHTAG, /* the whole of #عاصي_الحلاني, folded with its underscores and without its sign */
    FH_TOKEN_HANDLE, /* @name, without its sign */
    FH_TOKEN_EMOJI,  /* a cluster, folded without skin tone and style */
} fh_token_kind;

typedef struct fh_token {
    /* Bytes in the text as given: a whole word with its clitics, marks and joiners, also with a detached
     * article before it.  The words that one sign (ﷺ) stands for share its bytes. */
    uint32_t start, end;
    /* From 1, one a word; a token with `whole` set shares the position of its first part. */
    uint32_t position;
    fh_str folded; /* normalised: what an exact search compares; at most FH_MAX_WORD code points */
    fh_str stem;   /* what a search by meaning compares; equals `folded` for all but Arabic words */
    uint8_t kind;  /* fh_token_kind */
    bool stop;     /* a stop word: too common to be looked for alone */
    /* Covers the tokens that follow within [start, end): a URL, an address, a hashtag, a handle or a word
     * with underscores, and its parts.  One that has but one part (#ترامب) is that part, with the kind of the
     * whole. */
    bool whole;
} fh_token;

/* Makes tokens one after another.  One a thread. */
typedef struct fh_analyser fh_analyser;

fh_analyser *fh_analyser_new(fh_stemmer stemmer);
void fh_analyser_free(fh_analyser *analyser); /* takes NULL */

/* Begins a text (below 4 GiB), which must stay as it is until its last token was taken. */
void fh_analyser_start(fh_analyser *analyser, fh_str text);

/* The next token; false at the end.  `folded` and `stem` are borrowed until the next call. */
bool fh_analyser_next(fh_analyser *analyser, fh_token *out);

/* Words that a user adds to those that `light` knows. */
typedef struct fh_lexicon fh_lexicon;

/* Reads UTF-8 text, a line: WORD, or WORD TAB FORM|FORM…; # begins a comment.  A word alone is its own
 * stem; forms get the stem that the word has.  Both may bear what any noun bears: clitics, endings, pronouns.
 * What the text says goes before what `light` knows itself.  `name` stands in messages.  Errors: FH_ERR_INPUT
 * and FH_ERR_LIMIT at name:line. */
fh_status fh_lexicon_parse(fh_str text, const char *name, fh_lexicon **out, fh_error *err);

/* The same from a file of at most FH_MAX_LEXICON bytes.  Errors: FH_ERR_NOT_FOUND and FH_ERR_IO too. */
fh_status fh_lexicon_load(const char *path, fh_lexicon **out, fh_error *err);
void fh_lexicon_free(fh_lexicon *lexicon); /* takes NULL */

/* From the next text on; NULL: our own words alone.  The lexicon must outlive the analyser, and may serve
 * many; stemmers other than `light` take no notice.  An index must be searched with the lexicon that it was
 * made with. */
void fh_analyser_use(fh_analyser *analyser, const fh_lexicon *lexicon);

typedef struct fh_tokens {
    fh_token *items;
    size_t count;
} fh_tokens;

/* All tokens of a text, with their strings, in the arena. */
fh_tokens fh_analyse(fh_analyser *analyser, fh_str text, fh_arena *arena);

/* One word's folded form and stem, for tables and for `word*`.  Several words keep one space between them; of
 * each, FH_MAX_WORD code points are folded.  Signs that are no letters stay.  Both live in the arena. */
fh_str fh_fold_word(fh_stemmer stemmer, fh_str word, fh_arena *arena);
fh_str fh_stem_folded(fh_stemmer stemmer, fh_str folded, fh_arena *arena);

/* The same with the analyser's stemmer and lexicon. */
fh_str fh_analyser_stem(const fh_analyser *analyser, fh_str folded, fh_arena *arena);

/* Is the folded word on the stop list? */
bool fh_is_stop_word(fh_str folded);

#endif
