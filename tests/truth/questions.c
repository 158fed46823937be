/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions, through the doors of the rooms and by the program, and of two indexes as one. */
#include "tests/truth/compare.h"
#include "tests/truth/life.h"

#include <stdlib.h>

enum {
    ONE_BY_PROGRAM_IN = 12,
    PROGRAM_FACET_VALUES = 10, /* that fihris-query shows */
};

/* Embargoes of the press end long before, or long after. */
#define NOW "2026-01-01T00:00:00Z"

static void tell_question(session *s, const fh_search *search, const fh_buf *differences) {
    fh_buf_printf(s->said, "query: %.*s\nmatch %d, sort %d, offset %u, limit %u, all %d, period <%.*s>\n",
                  FH_STR_ARG(search->query), search->match, search->sort, search->offset, search->limit,
                  search->all, FH_STR_ARG(search->period));
    const fh_ranking *r = search->ranking ? search->ranking : fh_ranking_default();
    fh_buf_printf(s->said, "ids only %d, explain %d; k1 %g, b %g, surface %g, entity %g, near %g\n",
                  search->ids_only, search->explain, r->bm25.k1, r->bm25.b, r->surface, r->entity, r->near);
    for (size_t i = 0; i < search->facet_count; i++)
        fh_buf_printf(s->said, "facet %s, %zu values\n", search->facets[i].by->name, search->facets[i].limit);
    for (size_t i = 0; i < search->filter_count; i++)
        fh_buf_printf(s->said, "filter %d: <%.*s>\n", search->filters[i].slot,
                      FH_STR_ARG(search->filters[i].value));
    fh_buf_add(s->said, fh_buf_str(differences));
}

static void compare_doors(session *s, const truth_archive *truth, const fh_search *search,
                          const truth_answer *wanted, fh_buf *differences) {
    fh_answer told;
    fh_status status = real_ask(&s->real, search, s->round, &told);
    if (status != FH_OK && !(wanted->refused && (status == FH_ERR_USAGE || status == FH_ERR_LIMIT)))
        fh_buf_printf(differences, "an error: %s: %s\n", s->real.err.where, s->real.err.what);
    else if (status == FH_OK && wanted->refused)
        fh_buf_printf(differences, "the query cannot be read, but was answered\n");
    else if (status == FH_OK)
        compare_answers(truth, search, wanted, &told, false, s->round, differences);
}

/* The program takes no filters, and shows as many values of a facet as it likes. */
static void compare_program(session *s, fh_search search, fh_buf *differences) {
    fh_facet_wanted facets[] = {{fh_facet_names(), PROGRAM_FACET_VALUES}};
    int status;
    json_error_t trouble;
    search.filter_count = 0;
    search.period = (fh_str){0};
    search.ranking = NULL;
    search.facets = facets;
    search.facet_count = search.facet_count ? 1 : 0;
    truth_answer wanted = truth_ask(s->truth, &search, NOW, s->round);
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

static bool ask(session *s, const truth_archive *truth) {
    fh_buf differences = {0};
    fh_search search = press_search(&s->press, truth, s->round);
    truth_answer wanted = truth_ask(truth, &search, NOW, s->round);
    s->counts->questions++;
    s->counts->found += wanted.hit_count > 0;
    s->counts->refused += wanted.refused;
    s->counts->left_out += wanted.too_many;
    if (!wanted.too_many) {
        compare_doors(s, truth, &search, &wanted, &differences);
        bool by_program = truth == s->truth && !search.ids_only && fh_str_trim(search.query).len;
        if (by_program && dice_one_in(&s->dice, ONE_BY_PROGRAM_IN) && !differences.len)
            compare_program(s, search, &differences);
    }
    bool same = differences.len == 0;
    if (!same) tell_question(s, &search, &differences);
    truth_forget_meaning(&wanted.meaning);
    fh_buf_free(&differences);
    return same;
}

static bool ask_often(session *s, const truth_archive *truth, uint32_t questions) {
    for (uint32_t i = 0; i < questions; i++) {
        fh_arena_reset(s->round);
        if (!ask(s, truth)) return false;
    }
    return true;
}

/* The index, and another one with it, as one. */
static bool ask_both(session *s, uint32_t questions) {
    const truth_archive *parts[] = {s->truth, s->other_truth};
    truth_archive both = *s->truth;
    if (!real_read(&s->real, &s->other)) return session_failed(s, "opening two indexes");
    both.gazetteer = real_names(&s->real);
    both.count = 0;
    both.articles = calloc(s->truth->count + s->other_truth->count + 1, sizeof(truth_article *));
    both.dead_count = 0;
    both.dead = calloc(s->truth->dead_count + s->other_truth->dead_count + 1, sizeof(truth_article *));
    for (size_t p = 0; p < 2; p++) {
        for (size_t i = 0; i < parts[p]->count; i++) both.articles[both.count++] = parts[p]->articles[i];
        for (size_t i = 0; i < parts[p]->dead_count; i++) both.dead[both.dead_count++] = parts[p]->dead[i];
    }
    bool same = ask_often(s, &both, questions);
    free(both.articles);
    free(both.dead);
    if (!same) fh_buf_printf(s->said, "(this index and another one were searched as one)\n");
    if (!real_read(&s->real, NULL)) return session_failed(s, "opening the index alone again");
    return same;
}

/* An index that is written in bulk, or has very many dead, is written anew, all of it; one that a kill has
 * left half-way may have other dead than are held here, and is made to have none. */
static bool agree_on_dead(session *s, real *index, truth_archive *truth) {
    size_t dead;
    if (!real_count_dead(index, &dead)) return session_failed(s, "counting the dead");
    if (dead == truth->dead_count) return true;
    if (dead > 0 && !real_compact(index, REAL_DOORS)) return session_failed(s, "compacting");
    truth_bury(truth);
    return true;
}

bool session_ask(session *s) {
    if (!agree_on_dead(s, &s->real, s->truth) || !real_read(&s->real, NULL)) return false;
    if (s->other_truth && !agree_on_dead(s, &s->other, s->other_truth)) return false;
    uint32_t questions = s->options->questions, with_other = s->other_truth ? questions / 3 : 0;
    return ask_often(s, s->truth, questions - with_other) && (!with_other || ask_both(s, with_other));
}
