/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of tokens and tags to texts with names. */
#include "entities/train/corpus.h"

#include "base/file.h"
#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_CORPUS = 256 << 20, SENTENCES = 25 /* of a text */ };

static const struct {
    const char *tag;
    uint8_t type;
} types[] = {
    {"PERS", FH_ENTITY_PERSON}, {"PER", FH_ENTITY_PERSON},       {"LOC", FH_ENTITY_PLACE},
    {"GPE", FH_ENTITY_PLACE},   {"ORG", FH_ENTITY_ORGANISATION},
};

static uint8_t type_of(fh_str tag) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (fh_str_equal(tag, fh_str_from(types[i].tag))) return types[i].type;
    return FH_NAME_OTHER;
}

/* False: it is no tag. */
static bool read_tag(fh_str tag, fh_gold_token *out) {
    if (fh_str_equal(tag, FH_STR("O"))) {
        out->type = FH_NO_NAME;
        return true;
    }
    out->begins = fh_str_starts(tag, FH_STR("B-"));
    if (tag.len < 3 || (!out->begins && !fh_str_starts(tag, FH_STR("I-")))) return false;
    out->type = type_of(fh_str_slice(tag, 2, tag.len));
    return true;
}

/* Where sentences are put together. */
typedef struct reading {
    fh_corpus *corpus;
    fh_gold_text *text; /* NULL: the next sentence begins one */
    size_t sentences;   /* of it that have ended */
    bool within;        /* a sentence */
} reading;

static void end_sentence(reading *r) {
    if (!r->within) return;
    r->within = false;
    fh_buf_add_char(&r->text->text, '\n');
    if (++r->sentences == SENTENCES) r->text = NULL;
}

static void add_token(reading *r, fh_str word, fh_gold_token token) {
    fh_corpus *corpus = r->corpus;
    if (!r->text) {
        corpus->texts = fh_grow(corpus->texts, corpus->count, &corpus->capacity, sizeof *corpus->texts);
        r->text = &corpus->texts[corpus->count++];
        *r->text = (fh_gold_text){.count = 0};
        r->sentences = 0;
    }
    fh_gold_text *text = r->text;
    const fh_gold_token *last = r->within ? &text->tokens[text->count - 1] : NULL;
    if (!last || last->type != token.type) token.begins = true;
    if (last) fh_buf_add_char(&text->text, ' ');
    token.start = (uint32_t)text->text.len;
    fh_buf_add(&text->text, word);
    token.end = (uint32_t)text->text.len;
    text->tokens = fh_grow(text->tokens, text->count, &text->capacity, sizeof *text->tokens);
    text->tokens[text->count++] = token;
    r->within = true;
}

static fh_status read_line(reading *r, fh_str line, const char *path, size_t number, fh_error *err) {
    fh_gold_token token = {.begins = false};
    size_t cut = line.len;
    while (cut > 0 && line.ptr[cut - 1] != ' ' && line.ptr[cut - 1] != '\t') cut--;
    fh_str word = fh_str_trim(fh_str_slice(line, 0, cut));
    if (word.len == 0 || !read_tag(fh_str_slice(line, cut, line.len), &token)) {
        fh_fail(err, FH_ERR_INPUT, NULL, "each line is a token, a space and its tag: O, B-LOC, I-LOC",
                "this is no tagged token");
        snprintf(err->where, sizeof err->where, "%s:%zu", path, number);
        return FH_ERR_INPUT;
    }
    add_token(r, word, token);
    return FH_OK;
}

fh_status fh_corpus_read(fh_corpus *corpus, const char *path, fh_error *err) {
    fh_buf bytes = {0};
    fh_status status = fh_file_read(path, MAX_CORPUS, &bytes, err);
    reading r = {.corpus = corpus};
    fh_str rest = fh_buf_str(&bytes), line;
    for (size_t number = 1; status == FH_OK && fh_str_line(&rest, &line); number++) {
        line = fh_str_trim(line);
        if (line.len == 0)
            end_sentence(&r);
        else
            status = read_line(&r, line, path, number, err);
    }
    if (status == FH_OK) end_sentence(&r);
    fh_buf_free(&bytes);
    return status;
}

void fh_corpus_free(fh_corpus *corpus) {
    for (size_t i = 0; i < corpus->count; i++) {
        fh_buf_free(&corpus->texts[i].text);
        free(corpus->texts[i].tokens);
    }
    free(corpus->texts);
    *corpus = (fh_corpus){0};
}
