/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens and stems of any bytes. */
#include "tests/fuzz/fuzz.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "stemmer/stemmer.h"

static void must_be_token(const fh_token *token, fh_str text) {
    must(token->start < token->end && token->end <= text.len);
    must(token->position >= 1);
    must(token->folded.len && token->stem.len);
    must_be_text(token->folded);
    must_be_text(token->stem);
    must(fh_utf8_count(token->folded) <= FH_MAX_WORD);
    must(fh_utf8_count(token->stem) <= FH_MAX_WORD);
    must(token->kind <= FH_TOKEN_EMOJI);
    bool has_no_stem =
        token->kind == FH_TOKEN_WORD || token->kind == FH_TOKEN_NUMBER || token->kind == FH_TOKEN_EMOJI;
    if (has_no_stem) must(fh_str_equal(token->folded, token->stem));
}

/* A search for a word finds it where it is indexed. */
static void must_be_found_again(const fh_analyser *analyser, const fh_token *token, fh_arena *arena) {
    if (token->kind != FH_TOKEN_ARABIC || token->whole) return;
    must(fh_str_equal(fh_analyser_stem(analyser, token->folded, arena), token->stem));
}

void fuzz_tokens(fh_str input, const void *what) {
    const fh_stemmer stemmer = *(const fh_stemmer *)what;
    fh_arena *arena = fh_arena_new();
    fh_analyser *analyser = fh_analyser_new(stemmer);
    fh_tokens tokens = fh_analyse(analyser, input, arena);
    uint32_t position = 1, start = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        const fh_token *token = &tokens.items[i];
        must_be_token(token, input);
        must(token->position >= position && token->position - position <= 1 && token->start >= start);
        must_be_found_again(analyser, token, arena);
        position = token->position;
        start = token->start;
    }
    /* What was analysed before changes nothing. */
    fh_tokens again = fh_analyse(analyser, input, arena);
    must(again.count == tokens.count);
    for (size_t i = 0; i < tokens.count; i++)
        must(fh_str_equal(again.items[i].stem, tokens.items[i].stem) &&
             fh_str_equal(again.items[i].folded, tokens.items[i].folded));
    fh_str folded = fh_fold_word(stemmer, input, arena);
    must_be_text(folded);
    must_be_text(fh_stem_folded(stemmer, folded, arena));
    fh_analyser_free(analyser);
    fh_arena_free(arena);
}

/* A text that the words are used on, after an empty line. */
void fuzz_lexicon(fh_str input, const void *what) {
    (void)what;
    size_t gap = fh_str_find(input, FH_STR("\n\n"), 0);
    fh_str list = fh_str_slice(input, 0, gap == SIZE_MAX ? input.len : gap);
    fh_lexicon *lexicon;
    fh_error err = {0};
    fh_status status = fh_lexicon_parse(list, "words", &lexicon, &err);
    if (status) {
        must_be_error(status, &err);
        must(fh_str_starts(fh_str_from(err.where), FH_STR("words:")));
        return;
    }
    fh_arena *arena = fh_arena_new();
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    fh_analyser_use(analyser, lexicon);
    fh_tokens tokens = fh_analyse(analyser, input, arena);
    for (size_t i = 0; i < tokens.count; i++) {
        must_be_token(&tokens.items[i], input);
        must_be_found_again(analyser, &tokens.items[i], arena);
    }
    fh_analyser_free(analyser);
    fh_lexicon_free(lexicon);
    fh_arena_free(arena);
}
