/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A user's lexicon: words in a file beside those that were compiled in. */
#include "base/file.h"
#include "base/limits.h"
#include "base/memory.h"
#include "stemmer/lexicon_file.h"

#include <stdlib.h>

/* The lexicon comes first, so that its address is that of the whole. */
typedef struct user_lexicon {
    fh_lexicon lexicon;
    fh_lexicon_build build;
} user_lexicon;

/* The stem that our own lexicon has for the very word; else the word itself. */
static uint32_t stem_of(fh_lexicon_build *build, const fh_word *word, unsigned kind) {
    uint32_t hash = 0;
    for (size_t i = 0; i < word->count; i++) hash = fh_lexicon_hash(hash, word->letters[i]);
    const fh_lexeme *ours =
        fh_lexicon_find(&fh_built_in_lexicon, hash, word->letters, word->count, FH_KINDS_NOUN);
    if (!ours) return fh_lexicon_build_head(build, word, kind);
    const uint8_t *letters = fh_built_in_lexicon.pool + ours->stem;
    fh_word stem = {.count = letters[0]};
    for (size_t i = 0; i < stem.count; i++) stem.letters[i] = letters[1 + i] + FH_LEXICON_FIRST;
    uint32_t at = fh_lexicon_build_intern(build, &stem);
    fh_lexicon_build_add(build, word, at, kind);
    return at;
}

static fh_status read_noun(void *reader, const fh_lexicon_line *line, fh_error *err) {
    fh_lexicon_build *build = reader;
    fh_word word;
    fh_status status = fh_lexicon_read_word(line, line->cells[0], &word, err);
    if (status != FH_OK) return status;
    unsigned kind = fh_lexicon_noun_kind(line->cells[0]);
    bool alone = line->count == 1 || line->cells[1].len == 0;
    uint32_t stem = alone ? fh_lexicon_build_head(build, &word, kind) : stem_of(build, &word, kind);
    return fh_lexicon_read_forms(build, line, stem, FH_KINDS_NOUN, err);
}

fh_status fh_lexicon_parse(fh_str text, const char *name, fh_lexicon **out, fh_error *err) {
    user_lexicon *user = fh_alloc_zeroed(1, sizeof *user);
    fh_lexicon_build_start(&user->build);
    fh_status status = fh_lexicon_read_text(text, name, read_noun, &user->build, err);
    user->lexicon = fh_lexicon_build_finish(&user->build);
    if (status == FH_OK)
        *out = &user->lexicon;
    else
        fh_lexicon_free(&user->lexicon);
    return status;
}

fh_status fh_lexicon_load(const char *path, fh_lexicon **out, fh_error *err) {
    fh_buf text = {0};
    fh_status status = fh_file_read(path, FH_MAX_LEXICON, &text, err);
    if (status == FH_OK) status = fh_lexicon_parse(fh_buf_str(&text), path, out, err);
    fh_buf_free(&text);
    return status;
}

void fh_lexicon_free(fh_lexicon *lexicon) {
    user_lexicon *user = (user_lexicon *)lexicon;
    if (!user) return;
    fh_lexicon_build_free(&user->build);
    free(user);
}
