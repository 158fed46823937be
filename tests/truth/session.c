/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of an index: what is changed in it, and whether it then holds what it should. */
#include "tests/truth/life.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    FIRST_ARTICLES_LEAST = 20,
    FIRST_ARTICLES_MOST = 110,
    RECENT = 12,  /* articles that new ones repeat */
    LARGE = 1300, /* articles, of which more match than are counted to the last */
    LARGE_ONE_IN = 12,
    SAID_BYTES = 700, /* of an article that is missing */
};

bool session_failed(session *s, const char *what) {
    fh_buf_printf(s->said, "%s: %s: %s\n", what, s->real.err.where, s->real.err.what);
    return false;
}

/* ---- What is there ---- */

static size_t line_in(fh_strs lines, fh_str line) {
    size_t i = 0;
    while (i < lines.count && !fh_str_equal(lines.items[i], line)) i++;
    return i;
}

static fh_str without_end(fh_str line) {
    return fh_str_ends(line, FH_STR("\n")) ? fh_str_slice(line, 0, line.len - 1) : line;
}

/* Whether the index has the articles of the reference, each once and to the letter, and nothing else. */
static bool holds_all(const session *s, fh_strs there) {
    if (there.count != s->truth->count) return false;
    for (size_t i = 0; i < s->truth->count; i++)
        if (line_in(there, s->truth->articles[i]->line) == there.count) return false;
    return true;
}

/* Puts the reference's articles into the order of the index's numbers.  A new version may get a new number,
 * or keep the old one: `changed` are those that this round wrote.  All others stay in their order. */
static bool take_order(session *s, fh_strs there, const bool *changed) {
    truth_article **ordered = calloc(s->truth->count + 1, sizeof *ordered);
    size_t last = 0;
    bool kept = true;
    for (size_t i = 0; i < s->truth->count; i++) {
        size_t place = line_in(there, s->truth->articles[i]->line);
        ordered[place] = s->truth->articles[i];
        if (changed[i]) continue;
        kept &= place >= last;
        last = place;
    }
    memcpy(s->truth->articles, ordered, s->truth->count * sizeof *ordered);
    free(ordered);
    if (!kept) fh_buf_printf(s->said, "articles that nobody touched have changed places\n");
    return kept;
}

static bool list(session *s, fh_strs *out) {
    if (!real_read(&s->real, NULL) || !real_list(&s->real, s->round, out))
        return session_failed(s, "reading the index");
    s->truth->gazetteer = real_names(&s->real); /* it may have learned some */
    return true;
}

static bool check_listing(session *s, const bool *changed) {
    fh_strs there;
    if (!list(s, &there)) return false;
    if (holds_all(s, there)) return take_order(s, there, changed);
    fh_buf_printf(s->said, "the index has %zu articles, and not those %zu that it should have\n", there.count,
                  s->truth->count);
    bool *found = fh_arena_take_zeroed(s->round, there.count + 1);
    for (size_t i = 0; i < s->truth->count; i++) {
        fh_str line = fh_utf8_cut(s->truth->articles[i]->line, SAID_BYTES);
        if (line_in(there, s->truth->articles[i]->line) == there.count)
            fh_buf_printf(s->said, "missing: %.*s\n", FH_STR_ARG(line));
        else
            found[line_in(there, s->truth->articles[i]->line)] = true;
    }
    for (size_t i = 0; i < there.count; i++) {
        fh_str line = fh_utf8_cut(there.items[i], SAID_BYTES);
        if (!found[i]) fh_buf_printf(s->said, "not expected: %.*s\n", FH_STR_ARG(line));
    }
    return false;
}

/* ---- Changes ---- */

/* New articles and other versions of old ones, as lines. */
typedef struct batch {
    fh_article *articles;
    fh_str *lines;
    size_t count;
} batch;

/* A new article that may repeat one of the last: so that some stories are told by many. */
static fh_article print_one(session *s, const batch *b) {
    const fh_article *recent[2 * RECENT];
    size_t count = 0, held = s->truth->count;
    for (size_t i = held > RECENT ? held - RECENT : 0; i < held; i++)
        recent[count++] = &s->truth->articles[i]->article;
    for (size_t i = b->count > RECENT ? b->count - RECENT : 0; i < b->count; i++)
        recent[count++] = &b->articles[i];
    return press_article(&s->press, recent, count, s->round);
}

static batch print_batch(session *s, size_t count) {
    batch b = {FH_ARENA_ARRAY(s->round, fh_article, count), FH_ARENA_ARRAY(s->round, fh_str, count), 0};
    for (; b.count < count; b.count++) {
        const truth_archive *t = s->truth;
        size_t old = t->count ? dice_below(&s->dice, t->count) : 0;
        fh_article *article = &b.articles[b.count];
        switch (t->count ? dice_below(&s->dice, 5) : 0) {
        case 1: /* the same again */ *article = t->articles[old]->article; break;
        case 2: *article = press_again(&s->press, &t->articles[old]->article, s->round); break;
        case 3: /* twice in one batch */
            *article = b.count ? press_again(&s->press, article - 1, s->round) : print_one(s, &b);
            break;
        default: *article = print_one(s, &b);
        }
        b.lines[b.count] = press_line(article, s->round);
    }
    return b;
}

static bool is_in(const batch *b, fh_str id) {
    for (size_t i = 0; i < b->count; i++)
        if (fh_str_equal(b->articles[i].id, id)) return true;
    return false;
}

static fh_str all_lines(session *s, const batch *b) {
    fh_buf lines = {0};
    for (size_t i = 0; i < b->count; i++) fh_buf_add(&lines, b->lines[i]);
    fh_str copy = fh_arena_copy(s->round, fh_buf_str(&lines));
    fh_buf_free(&lines);
    return copy;
}

/* The killed indexer has written all of it or nothing; where it is nothing, it is run again. */
static bool recover(session *s, fh_str lines, const real_run *run) {
    fh_strs there;
    s->counts->kills++;
    fh_error err;
    const char *dirs[] = {s->real.db.ptr};
    fh_store *store = NULL;
    bool is_there = fh_store_open(dirs, 1, FH_ANALYSER_VERSION, &store, &err) == FH_OK;
    fh_store_close(store);
    if (is_there && !list(s, &there)) return false;
    bool untouched = !is_there ? s->truth->count == 0 : holds_all(s, there);
    real_run again = *run;
    again.way = REAL_PROGRAM;
    return !untouched || real_put(&s->real, lines, &again, &s->dice) || session_failed(s, "running it again");
}

static real_way some_way(session *s) {
    size_t way = dice_below(&s->dice, 6);
    return way == 0 ? REAL_KILLED : way == 1 ? REAL_PROGRAM : REAL_DOORS;
}

static bool is_too_old(const fh_article *article, fh_str since) {
    char date[FH_DATE_TEXT], first[] = "20240301";
    if (!since.len) return false;
    fh_date_key(&article->published, date);
    snprintf(first, sizeof first, "%.4s%.2s01", since.ptr, since.ptr + 5);
    return strcmp(date, first) < 0; /* an unknown date is empty */
}

/* All that is held is printed again, but for some that are to go. */
static batch print_all(session *s, size_t going) {
    const truth_archive *t = s->truth;
    batch b = {FH_ARENA_ARRAY(s->round, fh_article, t->count + 1),
               FH_ARENA_ARRAY(s->round, fh_str, t->count + 1), 0};
    for (size_t i = 0; i < t->count; i++) {
        if (dice_below(&s->dice, t->count) < going) continue;
        b.articles[b.count] = t->articles[i]->article;
        b.lines[b.count] = fh_arena_format(s->round, "%.*s\n", FH_STR_ARG(t->articles[i]->line));
        b.count++;
    }
    return b;
}

static void put_in_truth(session *s, const batch *b, const real_run *run, const fh_gazetteer *names) {
    s->truth->gazetteer = names; /* those that the run began with */
    truth_begin(s->truth);
    for (size_t i = 0; i < b->count; i++)
        if (!is_too_old(&b->articles[i], run->since))
            truth_put(s->truth, &b->articles[i], without_end(b->lines[i]));
    for (size_t i = s->truth->count; i-- > 0 && run->prune;)
        if (!is_in(b, s->truth->articles[i]->article.id))
            truth_delete(s->truth, s->truth->articles[i]->article.id);
}

static fh_writing_by some_writer(session *s) {
    static const fh_writing_by writers[] = {FH_WRITE_IN_BULK, FH_WRITE_A_FEW, FH_WRITE_A_FEW,
                                            FH_WRITE_BY_LIBRARY};
    return writers[dice_below(&s->dice, 4)];
}

static bool put(session *s, size_t count, bool prune) {
    static const char *const months[] = {"2023-12", "2024-02", "2024-05"};
    batch b = prune ? print_all(s, count) : print_batch(s, count);
    if (b.count == 0) return true; /* an empty file is rejected, and has a status of its own */
    fh_str lines = all_lines(s, &b);
    real_run run = {.way = some_way(s), .by = some_writer(s), .prune = prune};
    if (!prune && dice_one_in(&s->dice, 8)) run.since = fh_str_from(months[dice_below(&s->dice, 3)]);
    const fh_gazetteer *names = s->truth->gazetteer;
    if (!real_put(&s->real, lines, &run, &s->dice)) return session_failed(s, "indexing");
    if (run.way == REAL_KILLED && !recover(s, lines, &run)) return false;
    put_in_truth(s, &b, &run, names);
    bool *changed = fh_arena_take_zeroed(s->round, (s->truth->count + 1) * sizeof *changed);
    for (size_t i = 0; i < s->truth->count; i++)
        changed[i] = !prune && is_in(&b, s->truth->articles[i]->article.id);
    s->counts->articles += b.count;
    return check_listing(s, changed);
}

static bool take_out(session *s, size_t count) {
    fh_str *ids = FH_ARENA_ARRAY(s->round, fh_str, count + 1);
    size_t taken = 0;
    real_way way = dice_one_in(&s->dice, 4) ? REAL_PROGRAM : REAL_DOORS;
    for (size_t i = 0; i < count && s->truth->count; i++) {
        const truth_article *held = s->truth->articles[dice_below(&s->dice, s->truth->count)];
        ids[taken++] = fh_arena_copy(s->round, held->article.id);
        truth_delete(s->truth, ids[taken - 1]);
    }
    if (way == REAL_DOORS) ids[taken++] = FH_STR("nobody"); /* the program would say that there is none */
    if (taken && !real_delete(&s->real, ids, taken, way)) return session_failed(s, "deleting");
    bool *changed = fh_arena_take_zeroed(s->round, (s->truth->count + 1) * sizeof *changed);
    return check_listing(s, changed);
}

static bool change(session *s) {
    s->counts->changes++;
    bool *none = fh_arena_take_zeroed(s->round, (s->truth->count + 1) * sizeof *none);
    switch (dice_below(&s->dice, 6)) {
    case 0:
    case 1: return take_out(s, dice_between(&s->dice, 1, 12));
    case 2: return put(s, dice_between(&s->dice, 0, 5), true);
    case 3:
        if (!real_compact(&s->real, dice_one_in(&s->dice, 2) ? REAL_DOORS : REAL_PROGRAM))
            return session_failed(s, "compacting");
        return check_listing(s, none);
    default: return put(s, dice_between(&s->dice, 1, 25), false);
    }
}

/* ---- The whole ---- */

/* Changes that the other index sees: it is filled once. */
static bool fill_other(session *s) {
    batch b = print_batch(s, dice_between(&s->dice, 5, FIRST_ARTICLES_LEAST));
    real_run run = {.by = some_writer(s)};
    truth_archive *mine = s->truth;
    if (!real_open(&s->other, s->options->programs, s->real.stemmer, s->real.recogniser)) return false;
    s->other_truth = truth_new(s->real.stemmer, s->real.recogniser);
    if (!real_put(&s->other, all_lines(s, &b), &run, &s->dice))
        return session_failed(s, "indexing another index");
    s->truth = s->other_truth;
    put_in_truth(s, &b, &run, fh_gazetteer_builtin());
    s->truth = mine;
    return true;
}

static bool live(session *s) {
    bool large = dice_one_in(&s->dice, LARGE_ONE_IN);
    size_t first = dice_between(&s->dice, FIRST_ARTICLES_LEAST, FIRST_ARTICLES_MOST);
    if (dice_one_in(&s->dice, 4) && !fill_other(s)) return false;
    if (!put(s, large ? LARGE : first, false) || !session_ask(s)) return false;
    for (uint32_t i = 0; i < s->options->rounds; i++) {
        fh_arena_reset(s->round);
        if (!change(s) || !session_ask(s)) return false;
    }
    return true;
}

bool session_run(uint64_t seed, const session_options *options, session_counts *counts, fh_buf *said) {
    static const fh_stemmer stemmers[] = {FH_STEMMER_LIGHT, FH_STEMMER_LIGHT, FH_STEMMER_LIGHT10,
                                          FH_STEMMER_NONE};
    session s = {.options = options, .counts = counts, .said = said, .dice = {seed}};
    s.arena = fh_arena_new();
    s.round = fh_arena_new();
    fh_stemmer stemmer = stemmers[dice_below(&s.dice, 4)];
    const fh_recogniser *recogniser = dice_one_in(&s.dice, 2) ? fh_recogniser_builtin() : NULL;
    bool same = real_open(&s.real, options->programs, stemmer, recogniser);
    if (!same || !press_open(options->corpus, &s.dice, s.arena, &s.press)) {
        fh_buf_printf(said, "there is no sample archive at %s, or no place for an index\n", options->corpus);
        same = false;
    }
    s.truth = truth_new(stemmer, recogniser);
    same = same && live(&s);
    bool keep = !same && options->keep;
    if (keep) fh_buf_printf(said, "the index is kept at %s\n", s.real.place);
    if (s.other_truth) real_close(&s.other, keep);
    truth_free(s.other_truth);
    truth_free(s.truth);
    real_close(&s.real, keep);
    press_close(&s.press);
    fh_arena_free(s.round);
    fh_arena_free(s.arena);
    return same;
}
