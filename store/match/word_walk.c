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

/* As Xapian's side has it: where many are dead, a common word may count some of them; and a word that only
 * hidden documents have is in none. */
static uint32_t shown_frequency(const fh_matcher *m, fh_lookup *place, fh_hidden hidden) {
    const size_t WORTH_COUNTING = 1000;
    uint32_t all = fh_list_frequency(place), live = 0;
    bool seen = false, counted = m->dead.count > 0 &&
                                 all <= (m->dead.count > WORTH_COUNTING ? m->dead.count : WORTH_COUNTING);
    if (!counted && all > hidden.count) return all;
    fh_list list;
    for (fh_list_open_at(&list, place, m->last); list.doc != FH_LIST_END; fh_list_next(&list)) {
        if (fh_is_among(m->dead.items, m->dead.count, list.doc)) continue;
        live++;
        seen |= !fh_is_among(hidden.numbers, hidden.count, list.doc);
    }
    return seen ? (counted ? live : all) : 0;
}

bool fh_matcher_frequency(fh_matcher *m, fh_field field, fh_str word, fh_hidden hidden, uint32_t *out) {
    fh_term term;
    fh_buf key = {0};
    fh_arena_reset(m->scratch);
    fh_lookup place = fh_lookup_in(&m->postings, m->scratch);
    fh_term_make(field, word, &term);
    fh_list_key(fh_term_str(&term), &key);
    bool found = word.len > 0 && fh_lookup_find(&place, fh_buf_str(&key));
    *out = found ? shown_frequency(m, &place, hidden) : 0;
    fh_buf_free(&key);
    return !place.broken;
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

fh_word_walk fh_matcher_words(fh_matcher *m, fh_field field, fh_str prefix, fh_term after, fh_hidden hidden,
                              fh_arena *arena) {
    fh_word_walk w = {.matcher = m,
                      .field = field,
                      .hidden = hidden,
                      .after = after,
                      .place = fh_lookup_in(&m->postings, arena)};
    fh_term_start(field, prefix, &w.start);
    return w;
}

static bool seek(fh_word_walk *w, const fh_term *term) {
    fh_buf key = {0};
    fh_list_key(fh_term_str(term), &key);
    if (term->len == 0) fh_buf_add_char(&key, '\x01'); /* behind what is no list of a word */
    bool found = fh_lookup_seek(&w->place, fh_buf_str(&key));
    fh_buf_free(&key);
    return found;
}

static bool next_entry(fh_word_walk *w) {
    if (w->begun) return fh_lookup_next(&w->place);
    w->begun = true;
    if (w->after.len == 0) return seek(w, &w->start);
    bool more = seek(w, &w->after);
    return more && fh_str_equal(w->place.key, fh_term_str(&w->after)) ? fh_lookup_next(&w->place) : more;
}

bool fh_word_walk_next(fh_word_walk *w) {
    fh_term skip_to;
    bool more = next_entry(w);
    while (more && fh_str_starts(w->place.key, fh_term_str(&w->start))) {
        bool further = memchr(w->place.key.ptr, '\0', w->place.key.len) != NULL; /* chunk of a list */
        if (!further && !fh_term_word(w->field, w->place.key, &w->word, &skip_to)) {
            w->place.broken |= w->skipped;
            more = !w->skipped && seek(w, &skip_to);
            w->skipped = true;
            continue;
        }
        w->articles = further ? 0 : shown_frequency(w->matcher, &w->place, w->hidden);
        if (w->articles > 0) return true;
        more = fh_lookup_next(&w->place);
    }
    return false;
}
