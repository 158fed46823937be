/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Annotated news, as the conferences on natural language learning have it (CoNLL 2002): a token, a space or
 * tab and its tag on a line, an empty line between sentences.  Tags are O, B- and I- with PERS, LOC, ORG or
 * MISC; PER and GPE are taken for the first two, and what else there is for MISC. */
#ifndef FH_ENTITIES_TRAIN_CORPUS_H
#define FH_ENTITIES_TRAIN_CORPUS_H

#include "base/buf.h"
#include "base/error.h"
#include "entities/recogniser.h"

#define FH_NO_NAME (FH_NAME_OTHER + 1) /* the type of a token in no name */

typedef struct fh_gold_token {
    uint32_t start, end; /* bytes in the text */
    uint8_t type;        /* fh_entity_type, FH_NAME_OTHER or FH_NO_NAME */
    bool begins;         /* a name */
} fh_gold_token;

/* As many sentences as an article may have, one a line, tokens with spaces between: what is known of
 * articles' borders is only that neighbours are likely from the same one. */
typedef struct fh_gold_text {
    fh_buf text;
    fh_gold_token *tokens;
    size_t count, capacity;
} fh_gold_text;

typedef struct fh_corpus {
    fh_gold_text *texts;
    size_t count, capacity;
} fh_corpus;

/* Adds a file's texts.  Errors: those of fh_file_read, and FH_ERR_INPUT at path:line. */
fh_status fh_corpus_read(fh_corpus *corpus, const char *path, fh_error *err);
void fh_corpus_free(fh_corpus *corpus); /* leaves it empty */

#endif
