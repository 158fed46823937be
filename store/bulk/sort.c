/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Merge sort from the bottom, with short stretches put in order by insertion: qsort's calls through a pointer
 * would cost more than all comparisons. */
#include "store/bulk/sort.h"

enum { STRETCH = 8 };

static inline bool is_below(const fh_sort_item *a, const fh_sort_item *b) {
    if (a->key.high != b->key.high) return a->key.high < b->key.high;
    if (a->key.low != b->key.low) return a->key.low < b->key.low;
    const fh_str left = {a->text, (unsigned char)a->text[-1]}, right = {b->text, (unsigned char)b->text[-1]};
    return fh_str_compare(left, right) < 0;
}

static void insert_in_order(fh_sort_item *items, size_t count) {
    for (size_t i = 1; i < count; i++) {
        fh_sort_item item = items[i];
        size_t at = i;
        for (; at > 0 && is_below(&item, &items[at - 1]); at--) items[at] = items[at - 1];
        items[at] = item;
    }
}

static void merge(const fh_sort_item *a, const fh_sort_item *a_end, const fh_sort_item *b,
                  const fh_sort_item *b_end, fh_sort_item *out) {
    while (a < a_end && b < b_end) *out++ = is_below(b, a) ? *b++ : *a++;
    while (a < a_end) *out++ = *a++;
    while (b < b_end) *out++ = *b++;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

void fh_sort(fh_sort_item *items, size_t count, fh_sort_item *spare) {
    for (size_t at = 0; at < count; at += STRETCH) insert_in_order(items + at, least(STRETCH, count - at));
    fh_sort_item *from = items, *to = spare;
    for (size_t width = STRETCH; width < count; width *= 2) {
        for (size_t at = 0; at < count; at += 2 * width) {
            size_t middle = least(at + width, count), end = least(at + 2 * width, count);
            merge(from + at, from + middle, from + middle, from + end, to + at);
        }
        fh_sort_item *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != items) memcpy(items, from, count * sizeof *items);
}
