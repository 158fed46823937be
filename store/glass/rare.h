/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of rare terms: in a table of libxapian's each term is an entry of its own, with some twenty bytes
 * that are neither the term nor its documents.  Where an index is written anew, short lists are put together,
 * some dozens in an entry of another table that is deflated (docs/glass.md, "Pages of rare terms").
 *
 * libxapian does not look there.  What its writer adds to a rare term later is a list of its own, of
 * documents behind those of the page, until the index is written anew. */
#ifndef FH_STORE_GLASS_RARE_H
#define FH_STORE_GLASS_RARE_H

#include "base/buf.h"
#include "store/glass/glass.h"

/* The table that pages are in, which fihris has no other use for. */
#define FH_GLASS_RARE FH_GLASS_SYNONYM

/* Bytes of postings up to which a term is rare. */
#define FH_RARE_MOST 128

/* ---- Writing ---- */

typedef struct fh_rare_writer {
    fh_glass *glass;
    fh_buf first, last; /* keys of the page at hand */
    fh_buf page;
} fh_rare_writer;

/* Keys are those of lists (store/glass/listed.h) and rise; postings are those of a chunk that begins with the
 * document `first`, at most FH_RARE_MOST bytes. */
void fh_rare_add(fh_rare_writer *to, fh_str key, uint32_t documents, uint32_t first, fh_str postings);
void fh_rare_end(fh_rare_writer *to); /* writes the last page */
void fh_rare_writer_free(fh_rare_writer *writer);

/* Appends a term to a page by itself, however long its postings are; `before` is the key of the term before,
 * or what the page is found by. */
void fh_rare_put(fh_buf *page, fh_str before, fh_str key, uint32_t documents, uint32_t first,
                 fh_str postings);

/* ---- Reading a page ---- */

/* What a page has of one term. */
typedef struct fh_rare_list {
    uint32_t documents, first; /* documents 0: it has none */
    fh_str postings;
} fh_rare_list;

/* It may be frequent, and told by another list (store/glass/told.h): then no document is the first, and the
 * postings are that list's key. */
static inline bool fh_rare_is_told(const fh_rare_list *list) {
    return list->documents > 0 && list->first == 0;
}

typedef struct fh_rare_page {
    const unsigned char *at, *end; /* behind the term at hand; borrowed */
    size_t key_len;
    char key[FH_GLASS_KEY_MAX];
    fh_rare_list list;
    bool of_run; /* of fresh terms, whose postings may be more than FH_RARE_MOST bytes; set by who opens it */
    bool broken;
} fh_rare_page;

/* A page by the key and the plain tag of its entry. */
fh_rare_page fh_rare_page_of(fh_str key, fh_str tag);

/* Goes to the next term.  False: behind the last one, or it is broken. */
bool fh_rare_next(fh_rare_page *page);

/* Goes from the beginning of a page to the term of a key that is not below the page's.  False: there is none,
 * or it is broken. */
bool fh_rare_page_find(fh_rare_page *page, fh_str key);

static inline fh_str fh_rare_key(const fh_rare_page *page) {
    return (fh_str){page->key, page->key_len};
}

#endif
