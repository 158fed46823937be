/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the files that lexicons are made from. */
#ifndef FH_STEMMER_LEXICON_FILE_H
#define FH_STEMMER_LEXICON_FILE_H

#include "base/error.h"
#include "stemmer/lexicon_build.h"

/* A line of a lexicon's file without its comment, cut at tabs. */
enum { FH_LEXICON_CELLS = 8 };
typedef struct fh_lexicon_line {
    const char *path;
    size_t number; /* from 1 */
    fh_str cells[FH_LEXICON_CELLS];
    size_t count;
} fh_lexicon_line;

typedef fh_status (*fh_lexicon_read_line)(void *reader, const fh_lexicon_line *line, fh_error *err);

/* Calls `read` for each line of a text that is not empty; `name` stands in messages.  Errors: FH_ERR_INPUT at
 * name:line, and those of `read`. */
fh_status fh_lexicon_read_text(fh_str text, const char *name, fh_lexicon_read_line read, void *reader,
                               fh_error *err);

/* The same for a file of at most FH_MAX_LEXICON bytes.  Errors: of fh_file_read too. */
fh_status fh_lexicon_read_file(const char *path, fh_lexicon_read_line read, void *reader, fh_error *err);

/* Folds a cell.  Error: FH_ERR_INPUT at file:line. */
fh_status fh_lexicon_read_word(const fh_lexicon_line *line, fh_str cell, fh_word *out, fh_error *err);

/* Cuts the part before the next | off `*rest`, without its spaces; false when nothing is left. */
bool fh_lexicon_cut_part(fh_str *rest, fh_str *part);

/* word TAB form|form…: the forms get the stem at `stem` and are of `kinds`; of
 * FH_KINDS_NOUN, what their spelling says. */
fh_status fh_lexicon_read_forms(fh_lexicon_build *build, const fh_lexicon_line *line, uint32_t stem,
                                unsigned kinds, fh_error *err);

#endif
