/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of vocabularies in memory, as an index keeps them in its metadata. */
#ifndef FH_TESTS_UNIT_TEST_PAGES_H
#define FH_TESTS_UNIT_TEST_PAGES_H

#include "tests/unit/test.h"

#include "store/text/coiner.h"

typedef struct kept_page {
    uint32_t vocabulary, page;
    fh_buf bytes;
} kept_page;

enum { MOST_PAGES = 1200 };

typedef struct kept {
    kept_page pages[MOST_PAGES];
    size_t count, read; /* how often one was asked for */
    uint32_t written;   /* the vocabulary that is kept */
    fh_status status;   /* of the next to be read or kept */
} kept;

static inline kept_page *find_kept(kept *in, uint32_t vocabulary, uint32_t page) {
    for (size_t i = 0; i < in->count; i++)
        if (in->pages[i].vocabulary == vocabulary && in->pages[i].page == page) return &in->pages[i];
    return NULL;
}

static inline fh_status read_kept(void *context, uint32_t vocabulary, uint32_t page, fh_buf *out,
                                  fh_error *err) {
    kept *in = context;
    in->read++;
    if (in->status != FH_OK) return fh_fail(err, in->status, NULL, NULL, "no page can be read");
    const kept_page *found = find_kept(in, vocabulary, page);
    if (found) fh_buf_add(out, fh_buf_str(&found->bytes));
    return FH_OK;
}

static inline fh_status keep_one(void *context, uint32_t page, fh_str bytes, fh_error *err) {
    kept *in = context;
    if (in->status != FH_OK) return fh_fail(err, in->status, NULL, NULL, "no page can be kept");
    kept_page *to = find_kept(in, in->written, page);
    if (!to) {
        assert_in_range(in->count, 0, MOST_PAGES - 1);
        to = &in->pages[in->count++];
        *to = (kept_page){.vocabulary = in->written, .page = page};
    }
    fh_buf_clear(&to->bytes);
    fh_buf_add(&to->bytes, bytes);
    return FH_OK;
}

static inline void keep_all(kept *in, fh_vocabulary *of) {
    fh_error err;
    in->written = fh_vocabulary_number(of);
    assert_int_equal(fh_vocabulary_keep(of, keep_one, in, &err), FH_OK);
}

static inline void free_kept(kept *in) {
    for (size_t i = 0; i < in->count; i++) fh_buf_free(&in->pages[i].bytes);
    *in = (kept){0};
}

#endif
