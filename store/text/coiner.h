/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Gives codes to forms as they are met: the first time a form is written out, the second time it gets a code,
 * and when it has proved frequent a shorter one.  So nothing has to be learned before anything is written,
 * and a vocabulary is at home in its archive from the first articles on. */
#ifndef FH_STORE_TEXT_COINER_H
#define FH_STORE_TEXT_COINER_H

#include "store/text/vocabulary.h"

typedef struct fh_coiner fh_coiner;

/* Adds to `vocabulary`, all of which it reads.  The errors of reading. */
fh_status fh_coiner_new(fh_vocabulary *vocabulary, fh_coiner **out, fh_error *err);
void fh_coiner_free(fh_coiner *coiner); /* takes NULL */

/* Memory it holds, with the vocabulary. */
size_t fh_coiner_bytes(const fh_coiner *coiner);

/* The code of a form that is met once more; 0: it has none, and is to be written out. */
uint32_t fh_coiner_meet(fh_coiner *coiner, fh_str form);

/* The codes of some forms that are met one after another, at most FH_MET_AT_ONCE: what is known of them comes
 * from memory together. */
enum { FH_MET_AT_ONCE = 16 };
void fh_coiner_meet_all(fh_coiner *coiner, const fh_str *forms, size_t count, uint32_t *codes);

/* Once all that is to be coded was met: fills the empty vocabulary `into`, the most frequent forms first.
 * From then on the coiner gives those codes, and no others. */
fh_status fh_coiner_settle(fh_coiner *coiner, fh_vocabulary *into, fh_error *err);

/* Did it begin with an empty vocabulary?  Then it has met all that is coded. */
bool fh_coiner_met_all(const fh_coiner *coiner);

/* By the codes of a vocabulary, all FH_CODES of them, those that a settled coiner gives the same forms; 0:
 * the form is to be written out, or there is none.  The errors of reading. */
fh_status fh_coiner_translate(const fh_coiner *coiner, fh_vocabulary *from, uint32_t *out, fh_error *err);

#endif
