/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hostile input: what any bytes at all must leave true.
 *
 * A target takes bytes, gives them to one part of the house, and says with must() what has to hold whatever
 * they were; crashes, undefined steps and leaks are seen by the sanitizers.  libfuzzer.c looks for bytes that
 * break a target; replay.c feeds it the ones that are kept in corpus/NAME/, as a test. */
#ifndef FH_TESTS_FUZZ_FUZZ_H
#define FH_TESTS_FUZZ_FUZZ_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "store/store.h"

/* `input` is a copy of its own, so that a sanitizer sees what reads behind its end; `what` is as the table
 * says. */
typedef void fuzz_run(fh_str input, const void *what);

typedef struct fuzz_target {
    const char *name;
    fuzz_run *run;
    const void *what; /* which of several alike: a format, a stemmer */
} fuzz_target;

/* All of them; ends with a NULL name. */
extern const fuzz_target fuzz_targets[];

/* NULL: there is none. */
const fuzz_target *fuzz_find(const char *name);

fuzz_run fuzz_reader, fuzz_source, fuzz_json_split, fuzz_xml_split, fuzz_html, fuzz_http_message;
fuzz_run fuzz_decode, fuzz_dates, fuzz_address, fuzz_tidy, fuzz_sitemap;
fuzz_run fuzz_tokens, fuzz_lexicon;
fuzz_run fuzz_gazetteer, fuzz_gazetteer_packed, fuzz_learned, fuzz_names, fuzz_spelling;
fuzz_run fuzz_narrow, fuzz_vocabulary, fuzz_texts, fuzz_record, fuzz_phrase, fuzz_lists;
fuzz_run fuzz_query, fuzz_marks, fuzz_selection;
fuzz_run fuzz_target_of_request, fuzz_request;

/* ---- What must hold ---- */

#define must(condition) ((condition) ? (void)0 : fuzz_broken(#condition, __FILE__, __LINE__))

/* Says what does not hold, and ends the program as a crash does. */
_Noreturn void fuzz_broken(const char *condition, const char *file, int line);

/* Valid UTF-8. */
void must_be_text(fh_str text);

/* An error of an input: a status that is one, and words that can be shown. */
void must_be_error(fh_status status, const fh_error *err);

/* What a terminal would obey is not there, nor what turns the direction of what follows; line ends are. */
void must_be_inert(fh_str painted);

/* All that store.h promises of an article. */
void must_be_article(const fh_article *article);

/* ---- Bytes as what a target takes ---- */

/* Takes the first byte off; 0 where there is none. */
unsigned char fuzz_byte(fh_str *rest);

/* Takes what stands before the next line end off, or all. */
fh_str fuzz_line(fh_str *rest);

/* The same as valid UTF-8: what is not becomes U+FFFD. */
fh_str fuzz_text(fh_str bytes, fh_arena *arena);

#endif
