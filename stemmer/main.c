/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fihris-stem: shows what the analysis makes of words and of text. */
#include "base/arena.h"
#include "base/option.h"
#include "stemmer/stemmer.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

enum { EXIT_ERROR = 2 };
enum { OPTION_STEMMER = 1, OPTION_LEXICON, OPTION_TEXT, OPTION_OFFSETS };

static const fh_option options[] = {
    {OPTION_STEMMER, 's', "stemmer", "NAME", "light|light10|none", "the stemmer to use; light by default"},
    {OPTION_LEXICON, 'l', "lexicon", "FILE", "(file)",
     "words to add to the light stemmer's: WORD TAB FORM|FORM…"},
    {OPTION_TEXT, 't', "text", NULL, NULL, "read running text and print its tokens, one a line"},
    {OPTION_OFFSETS, 'o', "offsets", NULL, NULL,
     "with --text, add start and end (bytes in the line), kind, and stop or whole"},
    FH_COMMON_OPTIONS};

static const fh_program program = {
    .name = "fihris-stem",
    .summary = "Normalise and stem Arabic words",
    .synopsis = "[OPTION…] < WORDS",
    .options = options,
    .notes = "Reads words, one a line, and prints: word TAB normalised TAB stem.\n"
             "Exit status: 0 done, 2 something could not be read or written.\n",
};

static const char *const kinds[] = {
    [FH_TOKEN_ARABIC] = "arabic", [FH_TOKEN_WORD] = "word",   [FH_TOKEN_NUMBER] = "number",
    [FH_TOKEN_URL] = "url",       [FH_TOKEN_EMAIL] = "email", [FH_TOKEN_HASHTAG] = "hashtag",
    [FH_TOKEN_HANDLE] = "handle", [FH_TOKEN_EMOJI] = "emoji",
};

typedef struct stem_settings {
    fh_stemmer stemmer;
    const char *lexicon; /* a file, or NULL */
    bool text, offsets;
} stem_settings;

static void put_word(fh_stemmer stemmer, const fh_analyser *analyser, fh_str word, fh_arena *arena,
                     fh_buf *out) {
    fh_arena_reset(arena);
    fh_str folded = fh_fold_word(stemmer, word, arena);
    fh_str stem = fh_analyser_stem(analyser, folded, arena);
    fh_buf_add(out, word);
    fh_buf_add_char(out, '\t');
    fh_buf_add(out, folded);
    fh_buf_add_char(out, '\t');
    fh_buf_add(out, stem);
    fh_buf_add_char(out, '\n');
}

static void put_token(const fh_token *token, fh_str text, bool offsets, fh_buf *out) {
    fh_buf_add(out, fh_str_slice(text, token->start, token->end));
    fh_buf_add_char(out, '\t');
    fh_buf_add(out, token->folded);
    fh_buf_add_char(out, '\t');
    fh_buf_add(out, token->stem);
    if (offsets)
        fh_buf_printf(out, "\t%u\t%u\t%s\t%s", token->start, token->end, kinds[token->kind],
                      token->stop    ? "stop"
                      : token->whole ? "whole"
                                     : "");
    fh_buf_add_char(out, '\n');
}

/* Prints what `out` holds.  False: nobody reads any more, or the place to write to is full. */
static bool flush(fh_buf *out) {
    bool done = fwrite(out->ptr ? out->ptr : "", 1, out->len, stdout) == out->len;
    fh_buf_clear(out);
    return done;
}

static void complain(const fh_error *err) {
    fh_buf text = {0};
    fh_error_text(err, program.name, &text);
    fwrite(text.ptr, 1, text.len, stderr);
    fh_buf_free(&text);
}

static int fail_io(const char *doing) {
    fh_error err;
    fh_fail(&err, FH_ERR_IO, NULL, NULL, "cannot %s: %s", doing, strerror(errno));
    complain(&err);
    return EXIT_ERROR;
}

static int written(bool done) {
    if (done && fflush(stdout) == 0) return EXIT_SUCCESS;
    return errno == EPIPE ? EXIT_SUCCESS : fail_io("write the output");
}

static void put_line(const stem_settings *settings, fh_analyser *analyser, fh_str line, fh_arena *arena,
                     fh_buf *out) {
    if (!settings->text) {
        put_word(settings->stemmer, analyser, line, arena, out);
        return;
    }
    fh_token token;
    fh_analyser_start(analyser, line);
    while (fh_analyser_next(analyser, &token)) put_token(&token, line, settings->offsets, out);
}

static int run(const stem_settings *settings, const fh_lexicon *lexicon) {
    fh_analyser *analyser = fh_analyser_new(settings->stemmer);
    fh_analyser_use(analyser, lexicon);
    fh_arena *arena = fh_arena_new();
    fh_buf out = {0};
    char *text = NULL;
    size_t room = 0;
    ssize_t len;
    bool open = true;
    while (open && (len = getline(&text, &room, stdin)) >= 0) {
        fh_str rest = {text, (size_t)len}, line;
        while (open && fh_str_line(&rest, &line)) {
            put_line(settings, analyser, line, arena, &out);
            open = flush(&out);
        }
    }
    bool unread = open && ferror(stdin);
    int status = unread ? fail_io("read the input") : written(open);
    free(text);
    fh_buf_free(&out);
    fh_arena_free(arena);
    fh_analyser_free(analyser);
    return status;
}

static fh_status set(stem_settings *settings, int id, const char *value, fh_error *err) {
    switch (id) {
    case OPTION_TEXT: settings->text = true; return FH_OK;
    case OPTION_OFFSETS: settings->offsets = true; return FH_OK;
    case OPTION_LEXICON: settings->lexicon = value; return FH_OK;
    case OPTION_STEMMER:
        fh_stemmer_parse(fh_str_from(value),
                         &settings->stemmer); /* the table of options allows no other names */
        return FH_OK;
    default:
        return fh_fail(err, FH_ERR_USAGE, NULL, "give the words on standard input, one a line",
                       "\"%s\" is no option", value);
    }
}

int main(int argc, char **argv) {
    stem_settings settings = {.stemmer = FH_STEMMER_LIGHT};
    fh_args args = fh_args_start(&program, argc, argv);
    fh_error err;
    fh_status status;
    const char *value;
    int id;
    signal(SIGPIPE, SIG_IGN);
    while ((status = fh_args_next(&args, &id, &value, &err)) == FH_OK) {
        fh_buf answer = {0};
        if (fh_program_answer(&program, id, value, &answer)) {
            bool done = flush(&answer);
            fh_buf_free(&answer);
            return written(done);
        }
        if ((status = set(&settings, id, value, &err)) != FH_OK) break;
    }
    fh_lexicon *lexicon = NULL;
    if (status == FH_END)
        status = settings.lexicon ? fh_lexicon_load(settings.lexicon, &lexicon, &err) : FH_OK;
    if (status != FH_OK) {
        complain(&err);
        return EXIT_ERROR;
    }
    int exit_status = run(&settings, lexicon);
    fh_lexicon_free(lexicon);
    return exit_status;
}
