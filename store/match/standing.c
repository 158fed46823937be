/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phrases: the documents that have all the words are walked through, and where the words stand is looked at
 * only in one that nothing else rules out.  What was seen there is kept, where it was looked at many. */
#include "store/match/tree.h"
#include "store/text/phrase.h"

enum { WORTH_KEEPING = 16 /* documents looked at */ };

/* Of documents, in order, whether the words stand there: 1 or 0. */
typedef struct verdicts {
    uint32_t *docs, *stand;
    size_t count, room;
} verdicts;

struct fh_standing {
    fh_matching *g;
    fh_phrase phrase;
    const fh_branch **lists; /* of each word; NULL: there is none */
    fh_str name;
    const fh_kept_docs *known; /* verdicts; NULL: none was kept */
    size_t known_at;
    verdicts fresh;
    uint32_t looked_at; /* document */
    bool stands;
};

/* ---- Growing ---- */

static fh_str name_of(const fh_query *query, fh_arena *arena) {
    fh_buf name = {0};
    fh_buf_printf(&name, "%d %d %u", query->op, query->kids[0]->field, query->window);
    for (size_t i = 0; i < query->kid_count; i++)
        fh_buf_printf(&name, " %zu %.*s", query->kids[i]->word.len, FH_STR_ARG(query->kids[i]->word));
    fh_str kept = fh_arena_copy(arena, fh_buf_str(&name));
    fh_buf_free(&name);
    return kept;
}

/* The branch that walks through the list of a word. */
static const fh_branch *list_of(const fh_branch *all, const fh_query *word) {
    const fh_branch *found = NULL;
    fh_term term;
    fh_buf key = {0};
    fh_term_make(word->field, word->word, &term);
    fh_list_key(fh_term_str(&term), &key);
    for (size_t i = 0; i < all->kid_count && !found; i++) {
        const fh_branch *kid = all->kids[i];
        if (kid->kind == FH_BRANCH_LIST && fh_str_equal(kid->list.place.key, fh_buf_str(&key))) found = kid;
    }
    fh_buf_free(&key);
    return found;
}

fh_branch *fh_branch_of_phrase(fh_matching *g, const fh_query *query, double factor) {
    fh_query words = *query;
    words.op = FH_OP_AND;
    fh_branch *all = fh_branch_grow(g, &words, factor);
    if (all->kind == FH_BRANCH_NONE || query->kid_count < 2) return all;
    size_t count = query->kid_count, window = query->window > count ? query->window : count;
    fh_branch *b = fh_branch_new(g, FH_BRANCH_PHRASE);
    b->standing = fh_arena_take_zeroed(g->arena, sizeof *b->standing);
    b->standing->g = g;
    b->standing->name = name_of(query, g->arena);
    b->standing->known = fh_kept_find(g->matcher->stands, b->standing->name);
    b->standing->phrase =
        (fh_phrase){.field = query->kids[0]->field,
                    .ordered = query->op == FH_OP_PHRASE,
                    .window = (uint32_t)window,
                    .count = count,
                    .words = fh_arena_take_zeroed(g->arena, count * sizeof(fh_phrase_word))};
    b->standing->lists = FH_ARENA_ARRAY(g->arena, const fh_branch *, count);
    for (size_t i = 0; i < count; i++) {
        b->standing->phrase.words[i].hash = fh_phrase_hash(query->kids[i]->word);
        b->standing->lists[i] = list_of(all, query->kids[i]);
    }
    b->kids = FH_ARENA_ARRAY(g->arena, fh_branch *, 1);
    b->kids[0] = all;
    b->kid_count = 1;
    b->most = all->most;
    b->bound = all->bound;
    b->unsure = true;
    return b;
}

/* ---- Looking ---- */

/* How often each word stands in the document at hand, at most: what the lists count. */
static void take_times(struct fh_standing *s, uint32_t doc) {
    for (size_t i = 0; i < s->phrase.count; i++) {
        const fh_branch *list = s->lists[i];
        s->phrase.words[i].times = list && list->doc == doc ? list->list.wdf : 0;
    }
}

static bool look_at(struct fh_standing *s, uint32_t doc) {
    fh_error ignored;
    fh_str data;
    fh_record record;
    bool stands;
    fh_matcher *m = s->g->matcher;
    fh_arena_reset(m->scratch);
    take_times(s, doc);
    if (fh_matcher_data(m, doc, m->scratch, &data) && fh_record_read(data, &record, &ignored) == FH_OK &&
        fh_vocabulary_select(m->vocabulary, record.vocabulary, &ignored) == FH_OK &&
        fh_phrase_match(&s->phrase, &record, m->vocabulary, &stands, &ignored) == FH_OK)
        return stands;
    s->g->broken = true;
    return false;
}

static void take_up(verdicts *to, uint32_t doc, bool stands, fh_arena *arena) {
    if (to->count == to->room) {
        verdicts more = {.count = to->count, .room = 2 * to->room + WORTH_KEEPING};
        more.docs = FH_ARENA_ARRAY(arena, uint32_t, more.room);
        more.stand = FH_ARENA_ARRAY(arena, uint32_t, more.room);
        if (to->count) memcpy(more.docs, to->docs, to->count * sizeof *to->docs);
        if (to->count) memcpy(more.stand, to->stand, to->count * sizeof *to->stand);
        *to = more;
    }
    to->docs[to->count] = doc;
    to->stand[to->count++] = stands;
}

/* Was it looked at in an earlier search?  Documents are asked about in order. */
static bool recall(struct fh_standing *s, uint32_t doc) {
    const fh_kept_docs *known = s->known;
    if (!known) return false;
    while (s->known_at < known->count && known->docs[s->known_at] < doc) s->known_at++;
    if (s->known_at == known->count || known->docs[s->known_at] != doc) return false;
    s->stands = known->values[s->known_at];
    return true;
}

/* Do the words stand so in the document at hand, which has them all? */
bool fh_standing_is(struct fh_standing *s, uint32_t doc) {
    if (s->looked_at == doc) return s->stands;
    s->looked_at = doc;
    if (recall(s, doc)) return s->stands;
    s->stands = look_at(s, doc);
    take_up(&s->fresh, doc, s->stands, s->g->arena);
    return s->stands;
}

/* ---- Keeping ---- */

/* What is known and what is fresh, in order. */
static fh_kept_docs join(const struct fh_standing *s) {
    const fh_kept_docs none = {0}, *known = s->known ? s->known : &none;
    verdicts all = {0};
    size_t k = 0, f = 0;
    while (k < known->count || f < s->fresh.count) {
        bool is_known = f == s->fresh.count || (k < known->count && known->docs[k] < s->fresh.docs[f]);
        if (is_known)
            take_up(&all, known->docs[k], known->values[k], s->g->arena);
        else
            take_up(&all, s->fresh.docs[f], s->fresh.stand[f], s->g->arena);
        k += is_known;
        f += !is_known;
    }
    return (fh_kept_docs){.docs = all.docs, .values = all.stand, .count = all.count};
}

void fh_branch_keep(const fh_matching *g, const fh_branch *b) {
    for (size_t i = 0; i < b->kid_count; i++) fh_branch_keep(g, b->kids[i]);
    if (b->kind != FH_BRANCH_PHRASE || b->standing->fresh.count < WORTH_KEEPING || g->broken) return;
    fh_kept_docs all = join(b->standing);
    fh_kept_add(g->matcher->stands, b->standing->name, &all);
}
