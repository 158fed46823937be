/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pieces of text that an index has met more than once, each with a code (codes.h).  It grows, and a code
 * means the same for ever; a vocabulary that forgets is another one, with a number of its own.
 *
 * It is kept in pages of FH_PAGE_FORMS codes, which are read when the first of them is asked for. */
#ifndef FH_STORE_TEXT_VOCABULARY_H
#define FH_STORE_TEXT_VOCABULARY_H

#include "base/error.h"
#include "store/text/form.h"

#define FH_PAGE_FORMS 256

typedef struct fh_vocabulary fh_vocabulary;

/* Appends what is kept of a page to `out`; nothing where there is none. */
typedef fh_status fh_page_reader(void *context, uint32_t vocabulary, uint32_t page, fh_buf *out,
                                 fh_error *err);
/* Is what is kept of a page as it was written? */
bool fh_page_is_whole(fh_str kept);
typedef fh_status fh_page_visitor(void *context, uint32_t page, fh_str bytes, fh_error *err);

fh_vocabulary *fh_vocabulary_new(fh_page_reader *read, void *context);
void fh_vocabulary_free(fh_vocabulary *of); /* takes NULL */

/* From now on it is the one with this number; another one is forgotten.  FH_ERR_CORRUPT: one that was
 * counted, to be added to, stays what it is, or codes that were given would be lost. */
fh_status fh_vocabulary_select(fh_vocabulary *of, uint32_t number, fh_error *err);
uint32_t fh_vocabulary_number(const fh_vocabulary *of);

/* Forgets what was read, and what was added and not kept. */
void fh_vocabulary_reset(fh_vocabulary *of);

/* Memory it holds. */
size_t fh_vocabulary_bytes(const fh_vocabulary *of);

/* The form with this code, borrowed until one is added or asked for.  FH_ERR_CORRUPT: there is none, or its
 * page is damaged; and the errors of reading. */
fh_status fh_vocabulary_form(fh_vocabulary *of, uint32_t code, fh_str *out, fh_error *err);

/* It will soon be asked for: lets it come from memory, if it was read. */
void fh_vocabulary_expect(const fh_vocabulary *of, uint32_t code);

/* In the place of a hash: a form in which no word is found, and one that has a list. */
#define FH_FOUND_NONE UINT64_C(1)
#define FH_FOUND_LISTED UINT64_C(2)

/* fh_form_hash of the form with this code, or what stands in its place. */
fh_status fh_vocabulary_hash(fh_vocabulary *of, uint32_t code, uint64_t *out, fh_error *err);

/* A byte for each code, of what fh_vocabulary_hash has told so far: most that is read of a text is not what
 * is looked for, and this says so at once.  Grows with what is told; good until the vocabulary is reset. */
enum {
    FH_SIGN_UNKNOWN,
    FH_SIGN_NONE,   /* FH_FOUND_NONE */
    FH_SIGN_LISTED, /* FH_FOUND_LISTED */
    FH_SIGN_WORD,   /* and what is left of its hash */
    FH_SIGNS = 256,
};
static inline uint8_t fh_sign_of(uint64_t hash) {
    if (hash == FH_FOUND_NONE) return FH_SIGN_NONE;
    if (hash == FH_FOUND_LISTED) return FH_SIGN_LISTED;
    return (uint8_t)(FH_SIGN_WORD + hash % (FH_SIGNS - FH_SIGN_WORD));
}
const uint8_t *fh_vocabulary_signs(fh_vocabulary *of);

/* How many codes of a tier have a form; reads all its pages. */
fh_status fh_vocabulary_count(fh_vocabulary *of, unsigned tier, uint32_t *out, fh_error *err);

/* Gives a form the next code of a tier, all of which was counted; 0: it has no more. */
uint32_t fh_vocabulary_add(fh_vocabulary *of, unsigned tier, fh_str form);

/* Visits the pages that were added to, as they are to be kept, until one fails; they count as kept then. */
fh_status fh_vocabulary_keep(fh_vocabulary *of, fh_page_visitor *visit, void *context, fh_error *err);

#endif
