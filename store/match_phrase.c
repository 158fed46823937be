/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phrases: the documents that have all the words are walked through, and where the words stand is looked at
 * only in one that nothing else rules out. */
#include "store/match_tree.h"
#include "store/phrase.h"

struct fh_standing {
    fh_matching *g;
    fh_phrase phrase;
    uint32_t looked_at; /* document */
    bool stands;
};

fh_branch *fh_branch_of_phrase(fh_matching *g, const fh_query *query, double factor) {
    fh_query words = *query;
    words.op = FH_OP_AND;
    fh_branch *all = fh_branch_grow(g, &words, factor);
    if (all->kind == FH_BRANCH_NONE || query->kid_count < 2) return all;
    size_t count = query->kid_count, window = query->window > count ? query->window : count;
    fh_branch *b = fh_branch_new(g, FH_BRANCH_PHRASE);
    b->standing = fh_arena_take_zeroed(g->arena, sizeof *b->standing);
    b->standing->g = g;
    b->standing->phrase =
        (fh_phrase){.field = query->kids[0]->field,
                    .ordered = query->op == FH_OP_PHRASE,
                    .window = (uint32_t)window,
                    .count = count,
                    .words = fh_arena_take_zeroed(g->arena, count * sizeof(fh_phrase_word))};
    for (size_t i = 0; i < count; i++)
        b->standing->phrase.words[i].hash = fh_phrase_hash(query->kids[i]->word);
    b->kids = FH_ARENA_ARRAY(g->arena, fh_branch *, 1);
    b->kids[0] = all;
    b->kid_count = 1;
    b->most = all->most;
    b->bound = all->bound;
    b->unsure = true;
    return b;
}

static bool look_at(struct fh_standing *s, uint32_t doc) {
    fh_error ignored;
    fh_str data;
    fh_record record;
    bool stands;
    fh_matcher *m = s->g->matcher;
    fh_arena_reset(m->scratch);
    bool read = fh_matcher_data(m, doc, m->scratch, &data) ||
                fh_xapian_data(m->db, doc, m->scratch, &data, NULL, &ignored) == FH_OK;
    if (read && fh_record_read(data, &record, &ignored) == FH_OK &&
        fh_vocabulary_select(m->vocabulary, record.vocabulary, &ignored) == FH_OK &&
        fh_phrase_match(&s->phrase, &record, m->vocabulary, &stands, &ignored) == FH_OK)
        return stands;
    s->g->declined = true;
    return false;
}

/* Do the words stand so in the document at hand, which has them all? */
bool fh_standing_is(struct fh_standing *s, uint32_t doc) {
    if (s->looked_at != doc) s->stands = look_at(s, doc);
    s->looked_at = doc;
    return s->stands;
}
