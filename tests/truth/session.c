/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rounds of changes and questions. */
#include "tests/truth/session.h"

#include "base/utf8.h"
#include "tests/truth/compare.h"
#include "tests/truth/press.h"
#include "tests/truth/real.h"

#include <stdlib.h>
#include <time.h>

enum {
    FIRST_ARTICLES_LEAST = 20,
    FIRST_ARTICLES_MOST = 110,
    ONE_BY_PROGRAM_IN = 12,
    PROGRAM_FACET_VALUES = 10, /* that fihris-query shows */
    SAID_BYTES = 300,          /* of an article that is missing */
};

typedef struct session {
    const session_options *options;
    session_counts *counts;
    fh_buf *said;
    dice dice;
    press press;
    truth_archive *truth;
    real real;
    fh_arena *arena, *round; /* of the session, and of one round or question */
} session;

static bool failed(session *s, const char *what) {
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
    if (!real_read(&s->real) || !real_list(&s->real, s->round, out)) return failed(s, "reading the index");
    return true;
}

static bool check_listing(session *s, const bool *changed) {
    fh_strs there;
    if (!list(s, &there)) return false;
    if (holds_all(s, there)) return take_order(s, there, changed);
    fh_buf_printf(s->said, "the index has %zu articles, and not those %zu that it should have\n", there.count,
                  s->truth->count);
    for (size_t i = 0; i < s->truth->count; i++) {
        fh_str line = fh_utf8_cut(s->truth->articles[i]->line, SAID_BYTES);
        if (line_in(there, s->truth->articles[i]->line) == there.count)
            fh_buf_printf(s->said, "missing: %.*s\n", FH_STR_ARG(line));
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

static batch print_batch(session *s, size_t count) {
    batch b = {FH_ARENA_ARRAY(s->round, fh_article, count), FH_ARENA_ARRAY(s->round, fh_str, count), count};
    for (size_t i = 0; i < count; i++) {
        const truth_archive *t = s->truth;
        size_t old = t->count ? dice_below(&s->dice, t->count) : 0;
        switch (t->count ? dice_below(&s->dice, 5) : 0) {
        case 1: /* the same again */ b.articles[i] = t->articles[old]->article; break;
        case 2: b.articles[i] = press_again(&s->press, &t->articles[old]->article, s->round); break;
        case 3: /* twice in one batch */
            b.articles[i] = i ? press_again(&s->press, &b.articles[i - 1], s->round)
                              : press_article(&s->press, t, s->round);
            break;
        default: b.articles[i] = press_article(&s->press, t, s->round);
        }
        b.lines[i] = press_line(&b.articles[i], s->round);
    }
    return b;
}

static fh_str all_lines(session *s, const batch *b) {
    fh_buf lines = {0};
    for (size_t i = 0; i < b->count; i++) fh_buf_add(&lines, b->lines[i]);
    fh_str copy = fh_arena_copy(s->round, fh_buf_str(&lines));
    fh_buf_free(&lines);
    return copy;
}

/* The killed indexer has written all of it or nothing; where it is nothing, it is run again. */
static bool recover(session *s, fh_str lines, bool in_bulk, bool *untouched) {
    fh_strs there;
    s->counts->kills++;
    *untouched = false;
    fh_error err;
    const char *dirs[] = {s->real.db.ptr};
    fh_store *store = NULL;
    bool is_there = fh_store_open(dirs, 1, FH_ANALYSER_VERSION, &store, &err) == FH_OK;
    fh_store_close(store);
    if (is_there && !list(s, &there)) return false;
    *untouched = !is_there ? s->truth->count == 0 : holds_all(s, there);
    return !*untouched || real_put(&s->real, lines, in_bulk, REAL_PROGRAM, &s->dice) ||
           failed(s, "running it again");
}

static real_way some_way(session *s) {
    if (s->real.recogniser) return REAL_DOORS; /* the program would learn names */
    size_t way = dice_below(&s->dice, 6);
    return way == 0 ? REAL_KILLED : way == 1 ? REAL_PROGRAM : REAL_DOORS;
}

static bool put(session *s, size_t count) {
    batch b = print_batch(s, count);
    fh_str lines = all_lines(s, &b);
    bool in_bulk = dice_one_in(&s->dice, 2), untouched;
    real_way way = some_way(s);
    if (!real_put(&s->real, lines, in_bulk, way, &s->dice)) return failed(s, "indexing");
    if (way == REAL_KILLED && !recover(s, lines, in_bulk, &untouched)) return false;
    truth_begin(s->truth);
    for (size_t i = 0; i < b.count; i++) truth_put(s->truth, &b.articles[i], without_end(b.lines[i]));
    bool *changed = fh_arena_take_zeroed(s->round, (s->truth->count + 1) * sizeof *changed);
    for (size_t i = 0; i < s->truth->count; i++)
        for (size_t k = 0; k < b.count; k++)
            changed[i] |= fh_str_equal(b.articles[k].id, s->truth->articles[i]->article.id);
    s->counts->articles += b.count;
    return check_listing(s, changed);
}

static bool take_out(session *s, size_t count) {
    fh_str *ids = FH_ARENA_ARRAY(s->round, fh_str, count + 1);
    for (size_t i = 0; i < count; i++) {
        ids[i] = FH_STR("nobody");
        if (s->truth->count && !dice_one_in(&s->dice, 6))
            ids[i] = fh_arena_copy(s->round,
                                   s->truth->articles[dice_below(&s->dice, s->truth->count)]->article.id);
        truth_delete(s->truth, ids[i]);
    }
    if (!real_delete(&s->real, ids, count, REAL_DOORS)) return failed(s, "deleting");
    bool *changed = fh_arena_take_zeroed(s->round, (s->truth->count + 1) * sizeof *changed);
    return check_listing(s, changed);
}

static bool change(session *s) {
    s->counts->changes++;
    bool *none = fh_arena_take_zeroed(s->round, (s->truth->count + 1) * sizeof *none);
    switch (dice_below(&s->dice, 5)) {
    case 0:
    case 1: return take_out(s, dice_between(&s->dice, 1, 12));
    case 2:
        if (!real_compact(&s->real,
                          s->real.recogniser || dice_one_in(&s->dice, 2) ? REAL_DOORS : REAL_PROGRAM))
            return failed(s, "compacting");
        return check_listing(s, none);
    default: return put(s, dice_between(&s->dice, 1, 25));
    }
}

/* ---- Questions ---- */

static void tell_question(session *s, const fh_search *search, const fh_buf *differences) {
    fh_buf_printf(s->said, "query: %.*s\nmatch %d, sort %d, offset %u, limit %u, all %d, period <%.*s>\n",
                  FH_STR_ARG(search->query), search->match, search->sort, search->offset, search->limit,
                  search->all, FH_STR_ARG(search->period));
    for (size_t i = 0; i < search->filter_count; i++)
        fh_buf_printf(s->said, "filter %d: <%.*s>\n", search->filters[i].slot,
                      FH_STR_ARG(search->filters[i].value));
    fh_buf_add(s->said, fh_buf_str(differences));
}

static void compare_doors(session *s, const fh_search *search, const truth_answer *wanted,
                          fh_buf *differences) {
    fh_answer told;
    fh_status status = real_ask(&s->real, search, s->round, &told);
    if (status != FH_OK && !(wanted->refused && (status == FH_ERR_USAGE || status == FH_ERR_LIMIT)))
        fh_buf_printf(differences, "an error: %s: %s\n", s->real.err.where, s->real.err.what);
    else if (status == FH_OK && wanted->refused)
        fh_buf_printf(differences, "the query cannot be read, but was answered\n");
    else if (status == FH_OK)
        compare_answers(s->truth, search, wanted, &told, false, s->round, differences);
}

/* The program takes no filters, and shows as many values of a facet as it likes. */
static void compare_program(session *s, fh_search search, fh_buf *differences) {
    fh_facet_wanted facets[] = {{fh_facet_names(), PROGRAM_FACET_VALUES}};
    int status;
    json_error_t trouble;
    search.filter_count = 0;
    search.period = (fh_str){0};
    search.facets = facets;
    search.facet_count = search.facet_count ? 1 : 0;
    truth_answer wanted = truth_ask(s->truth, &search, "2026-01-01T00:00:00Z", s->round);
    fh_str text = real_ask_program(&s->real, &search, s->round, &status);
    json_t *object = json_loadb(text.ptr, text.len, JSON_DISABLE_EOF_CHECK, &trouble);
    int due = wanted.refused ? 2 : wanted.total ? 0 : 1;
    if (status != due) fh_buf_printf(differences, "fihris-query ended with status %d, not %d\n", status, due);
    if (!object && !wanted.refused)
        fh_buf_printf(differences, "fihris-query wrote no JSON: %s\n", trouble.text);
    if (object && !wanted.refused) {
        fh_answer told = answer_from_json(object, &search, s->round);
        compare_answers(s->truth, &search, &wanted, &told, true, s->round, differences);
    }
    truth_forget_meaning(&wanted.meaning);
    json_decref(object);
    s->counts->by_program++;
}

static bool ask(session *s) {
    fh_buf differences = {0};
    fh_search search = press_search(&s->press, s->truth, s->round);
    truth_answer wanted = truth_ask(s->truth, &search, "2026-01-01T00:00:00Z", s->round);
    s->counts->questions++;
    s->counts->found += wanted.hit_count > 0;
    s->counts->refused += wanted.refused;
    s->counts->left_out += wanted.too_many;
    if (!wanted.too_many) {
        compare_doors(s, &search, &wanted, &differences);
        if (dice_one_in(&s->dice, ONE_BY_PROGRAM_IN) && fh_str_trim(search.query).len && !differences.len)
            compare_program(s, search, &differences);
    }
    bool same = differences.len == 0;
    if (!same) tell_question(s, &search, &differences);
    truth_forget_meaning(&wanted.meaning);
    fh_buf_free(&differences);
    return same;
}

static bool ask_all(session *s) {
    for (uint32_t i = 0; i < s->options->questions; i++) {
        fh_arena_reset(s->round);
        if (!ask(s)) return false;
    }
    return true;
}

/* ---- The whole ---- */

static bool live(session *s) {
    if (!put(s, dice_between(&s->dice, FIRST_ARTICLES_LEAST, FIRST_ARTICLES_MOST)) || !ask_all(s))
        return false;
    for (uint32_t i = 0; i < s->options->rounds; i++) {
        fh_arena_reset(s->round);
        if (!change(s) || !ask_all(s)) return false;
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
    const fh_recogniser *recogniser = dice_one_in(&s.dice, 3) ? fh_recogniser_builtin() : NULL;
    bool same = real_open(&s.real, options->programs, stemmer, recogniser);
    if (!same || !press_open(options->corpus, &s.dice, s.arena, &s.press)) {
        fh_buf_printf(said, "there is no sample archive at %s, or no place for an index\n", options->corpus);
        same = false;
    }
    s.truth = truth_new(stemmer, recogniser);
    same = same && live(&s);
    real_close(&s.real);
    truth_free(s.truth);
    press_close(&s.press);
    fh_arena_free(s.round);
    fh_arena_free(s.arena);
    return same;
}
