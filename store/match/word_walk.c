/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the index and how many documents have them, from the mapped tables. */
#include "store/match/matcher.h"

bool fh_is_among(const uint32_t *numbers, size_t count, uint32_t number) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (numbers[middle] < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && numbers[low] == number;
}

/* Is any of them neither dead nor hidden?  Counts the living. */
static bool is_any_shown(const fh_matcher *m, const fh_list_place *place, fh_hidden hidden,
                         uint32_t *living) {
    fh_list list;
    bool seen = false;
    for (fh_list_open_at(&list, place, m->last); list.doc != FH_LIST_END; fh_list_next(&list)) {
        if (fh_is_among(m->dead.items, m->dead.count, list.doc)) continue;
        ++*living;
        seen |= !fh_is_among(hidden.numbers, hidden.count, list.doc);
    }
    return seen;
}

/* Where many are dead, a common word may count some of them; and a word that only
 * hidden documents have is in none. */
static uint32_t shown_frequency(const fh_matchers *all, const fh_terms *terms, const fh_hidden *hidden) {
    const uint64_t WORTH_COUNTING = 1000;
    uint32_t articles = terms->articles, living = 0;
    size_t hidden_count = 0;
    bool seen = false,
         counted = all->dead > 0 && articles <= (all->dead > WORTH_COUNTING ? all->dead : WORTH_COUNTING);
    for (size_t i = 0; i < all->count; i++) hidden_count += hidden[i].count;
    if (!counted && articles > hidden_count) return articles;
    for (size_t i = 0; i < all->count; i++) {
        fh_list_place place;
        if (fh_terms_place(terms, i, &place)) seen |= is_any_shown(all->parts[i], &place, hidden[i], &living);
    }
    return seen ? (counted ? living : articles) : 0;
}

bool fh_matchers_frequency(const fh_matchers *all, fh_field field, fh_str word, fh_hidden hidden,
                           uint32_t *out) {
    fh_term term;
    fh_buf key = {0};
    fh_arena *arena = all->parts[0]->scratch;
    fh_arena_reset(arena);
    fh_terms terms = fh_terms_of(all, arena);
    fh_term_make(field, word, &term);
    fh_list_key(fh_term_str(&term), &key);
    bool found = word.len > 0 && fh_terms_find(&terms, fh_buf_str(&key));
    *out = found ? shown_frequency(all, &terms, fh_matchers_deal(all, hidden, arena)) : 0;
    fh_buf_free(&key);
    return !terms.broken;
}

bool fh_matcher_lookup(fh_matcher *m, fh_str id, uint32_t *number) {
    fh_list list;
    fh_term term;
    fh_buf key = {0};
    fh_arena_reset(m->scratch);
    fh_term_make(FH_FIELD_ID, id, &term);
    fh_list_key(fh_term_str(&term), &key);
    *number = 0;
    for (fh_list_open(&list, &m->postings, m->last, fh_buf_str(&key), m->scratch); list.doc != FH_LIST_END;
         fh_list_next(&list))
        if (!fh_is_among(m->dead.items, m->dead.count, list.doc)) *number = list.doc;
    fh_buf_free(&key);
    return !list.broken;
}

/* ---- Walking ---- */

fh_word_walk fh_matchers_words(const fh_matchers *all, fh_field field, fh_str prefix, fh_term after,
                               fh_hidden hidden, fh_arena *arena) {
    fh_word_walk w = {.all = all,
                      .field = field,
                      .hidden = fh_matchers_deal(all, hidden, arena),
                      .after = after,
                      .terms = fh_terms_of(all, arena)};
    fh_term_start(field, prefix, &w.start);
    return w;
}

static bool seek(fh_word_walk *w, const fh_term *term) {
    fh_buf key = {0};
    fh_list_key(fh_term_str(term), &key);
    if (term->len == 0) fh_buf_add(&key, FH_FIRST_LIST);
    bool found = fh_terms_seek(&w->terms, fh_buf_str(&key));
    fh_buf_free(&key);
    return found;
}

static bool next_entry(fh_word_walk *w) {
    if (w->begun) return fh_terms_next(&w->terms);
    w->begun = true;
    if (w->after.len == 0) return seek(w, &w->start);
    bool more = seek(w, &w->after);
    return more && fh_str_equal(w->terms.key, fh_term_str(&w->after)) ? fh_terms_next(&w->terms) : more;
}

bool fh_word_walk_next(fh_word_walk *w) {
    fh_term skip_to;
    bool more = next_entry(w);
    while (more && fh_str_starts(w->terms.key, fh_term_str(&w->start))) {
        if (fh_term_word(w->field, w->terms.key, &w->word, &skip_to)) {
            w->articles = shown_frequency(w->all, &w->terms, w->hidden);
            if (w->articles > 0) return true;
            more = fh_terms_next(&w->terms);
        } else {
            w->terms.broken |= w->skipped;
            more = !w->skipped && seek(w, &skip_to);
            w->skipped = true;
        }
    }
    return false;
}
