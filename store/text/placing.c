/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes are believed only where all is in order: then positions never fall, whether one reads the texts or
 * what stands beside them afterwards. */
#include "store/text/placing.h"
#include "base/memory.h"
#include "base/utf8.h"
#include <stdlib.h>

static void add_anchor(fh_anchors *to, const fh_posting *posting) {
    to->items = fh_grow(to->items, to->count, &to->capacity, sizeof *to->items);
    to->items[to->count++] = (fh_anchor){posting->start, posting->end, posting->position, posting->word};
}

static void add_loose(fh_placing *to, const fh_posting *posting) {
    to->loose = fh_grow(to->loose, to->loose_count, &to->loose_capacity, sizeof *to->loose);
    to->loose[to->loose_count] =
        (fh_loose){posting->field, posting->position, (uint32_t)to->loose_count, posting->word};
    to->loose_count++;
}

static bool has_bytes(const fh_article *article, const fh_posting *posting) {
    fh_str text = posting->part == FH_PART_TITLE ? article->title : article->body;
    return posting->field == FH_FIELD_WORD && posting->start < posting->end && posting->end <= text.len &&
           fh_utf8_is_edge(text, posting->start) && fh_utf8_is_edge(text, posting->end);
}

/* Words follow each other, or stand within the bytes of one that began before. */
static bool in_order(const fh_anchors *of) {
    uint32_t end = 0;
    for (size_t i = 0; i < of->count; i++) {
        const fh_anchor *at = &of->items[i];
        bool within = i > 0 && at->start >= of->items[i - 1].start && at->end <= end;
        if (!within && at->start < end) return false;
        if (i > 0 && at->position < at[-1].position) return false;
        if (!within) end = at->end;
    }
    return true;
}

static uint32_t first_position(const fh_anchors *of) {
    return of->count ? of->items[0].position : UINT32_MAX;
}

static uint32_t last_position(const fh_anchors *of) {
    return of->count ? of->items[of->count - 1].position : 0;
}

static bool all_in_order(const fh_placing *placing) {
    uint32_t last = last_position(&placing->body);
    if (last == 0) last = last_position(&placing->title);
    for (size_t i = 0; i < placing->loose_count; i++)
        if (placing->loose[i].field == FH_FIELD_WORD && placing->loose[i].position < last) return false;
    return in_order(&placing->title) && in_order(&placing->body) &&
           last_position(&placing->title) <= first_position(&placing->body);
}

/* The words of FH_FIELD_TITLE are there once more, at the same positions: they need not be written. */
static bool is_title_field(const fh_placing *placing, const fh_document *document) {
    size_t found = 0;
    for (size_t i = 0; i < document->posting_count; i++) {
        const fh_posting *posting = &document->postings[i];
        if (posting->field != FH_FIELD_TITLE || posting->position == 0) continue;
        if (found == placing->title.count) return false;
        const fh_anchor *anchor = &placing->title.items[found++];
        if (anchor->position != posting->position || !fh_str_equal(anchor->word, posting->word)) return false;
    }
    return found == placing->title.count;
}

static int by_place(const void *a, const void *b) {
    const fh_loose *x = a, *y = b;
    if (x->field != y->field) return x->field < y->field ? -1 : 1;
    if (x->position != y->position) return x->position < y->position ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static void drop_title_field(fh_placing *placing) {
    size_t kept = 0;
    for (size_t i = 0; i < placing->loose_count; i++)
        if (placing->loose[i].field != FH_FIELD_TITLE) placing->loose[kept++] = placing->loose[i];
    placing->loose_count = kept;
    placing->title_field = true;
}

static void take(fh_placing *placing, const fh_document *document, bool anchored) {
    placing->title.count = placing->body.count = placing->loose_count = 0;
    placing->title_field = false;
    for (size_t i = 0; i < document->posting_count; i++) {
        const fh_posting *posting = &document->postings[i];
        if (posting->position == 0) continue;
        if (anchored && has_bytes(document->article, posting))
            add_anchor(posting->part == FH_PART_TITLE ? &placing->title : &placing->body, posting);
        else
            add_loose(placing, posting);
    }
}

void fh_placing_take(fh_placing *placing, const fh_document *document) {
    take(placing, document, true);
    if (!all_in_order(placing)) take(placing, document, false);
    if (placing->title.count > 0 && is_title_field(placing, document)) drop_title_field(placing);
    if (placing->loose_count > 1)
        qsort(placing->loose, placing->loose_count, sizeof *placing->loose, by_place);
}

void fh_placing_free(fh_placing *placing) {
    free(placing->title.items);
    free(placing->body.items);
    free(placing->loose);
    *placing = (fh_placing){0};
}
