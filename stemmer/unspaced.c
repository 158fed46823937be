/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ICU's word iterator, run over nothing but the stretches that need it. */
#include "stemmer/unspaced.h"

#include "base/memory.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

/* ICU's dictionaries take memory by the length of a stretch; a longer one is read in pieces. */
#define MAX_STRETCH 16384

struct fh_unspaced {
    UBreakIterator *breaks; /* NULL before the first stretch, and where ICU has no data for it */
    UText *text;
    size_t start, end; /* the stretch that `breaks` knows; empty: none */
};

fh_unspaced *fh_unspaced_new(void) {
    return fh_alloc_zeroed(1, sizeof(fh_unspaced));
}

void fh_unspaced_free(fh_unspaced *unspaced) {
    if (!unspaced) return;
    ubrk_close(unspaced->breaks);
    utext_close(unspaced->text);
    free(unspaced);
}

void fh_unspaced_forget(fh_unspaced *unspaced) {
    unspaced->start = unspaced->end = 0;
}

static size_t stretch_end(const fh_folds *folds, fh_str text, size_t at) {
    size_t end = at;
    while (end < text.len && end - at < MAX_STRETCH) {
        fh_fold spare;
        const fh_fold *fold;
        size_t bytes = fh_fold_next(folds, text, end, &spare, &fold);
        if (fold->class != FH_CLASS_UNSPACED && fold->class != FH_CLASS_MARK &&
            fold->class != FH_CLASS_INVISIBLE)
            break;
        end += bytes;
    }
    return end;
}

static void begin_stretch(fh_unspaced *unspaced, const fh_folds *folds, fh_str text, size_t at) {
    UErrorCode status = U_ZERO_ERROR;
    unspaced->start = at;
    unspaced->end = stretch_end(folds, text, at);
    if (!unspaced->breaks) unspaced->breaks = ubrk_open(UBRK_WORD, "", NULL, 0, &status);
    unspaced->text = utext_openUTF8(unspaced->text, text.ptr + at, (int64_t)(unspaced->end - at), &status);
    if (unspaced->breaks) ubrk_setUText(unspaced->breaks, unspaced->text, &status);
}

size_t fh_unspaced_end(fh_unspaced *unspaced, const fh_folds *folds, fh_str text, size_t at) {
    if (at < unspaced->start || at >= unspaced->end) begin_stretch(unspaced, folds, text, at);
    int32_t end = UBRK_DONE;
    if (unspaced->breaks) end = ubrk_following(unspaced->breaks, (int32_t)(at - unspaced->start));
    return end == UBRK_DONE ? unspaced->end : unspaced->start + (size_t)end;
}
