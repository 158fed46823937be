/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers compared: hits, counts, order, scores, marks, facets.
 *
 * Scores are sums, and are taken for equal where they differ by less than CLOSE: in what order they were
 * added is not said.  So two hits whose scores are that close may stand in either order, and two of one story
 * may stand for it; but where the scores that were told are equal to the last bit, the one that came first
 * stands first. */
#include "tests/truth/compare.h"

#include <math.h>
#include <stdlib.h>

enum { COUNTED = 1000 }; /* matches, at least */

#define CLOSE 1e-9
#define CLOSE_IN_JSON 1e-6 /* which has fewer digits */

typedef struct comparison {
    const truth_archive *archive;
    const fh_search *search;
    const truth_answer *wanted;
    const fh_answer *told;
    bool from_json;
    fh_arena *arena;
    fh_buf *out;
} comparison;

static bool same_number(comparison *c, const char *what, double told, double wanted) {
    if (told == wanted) return true;
    fh_buf_printf(c->out, "%s: told %.12g, wanted %.12g\n", what, told, wanted);
    return false;
}

static void same_text(comparison *c, fh_str id, const char *what, fh_str told, fh_str wanted) {
    if (!fh_str_equal(told, wanted))
        fh_buf_printf(c->out, "%.*s: %s: told <%.*s>, wanted <%.*s>\n", FH_STR_ARG(id), what,
                      FH_STR_ARG(told), FH_STR_ARG(wanted));
}

/* ---- Scores and order ---- */

static bool is_close(const comparison *c, double told, double wanted) {
    return fabs(told - wanted) <= (c->from_json ? CLOSE_IN_JSON : CLOSE) * (1 + fabs(wanted));
}

static const truth_hit *hit_of(const comparison *c, fh_str id) {
    for (size_t i = 0; i < c->wanted->hit_count; i++)
        if (fh_str_equal(c->wanted->hits[i].article->article.id, id)) return &c->wanted->hits[i];
    return NULL;
}

/* The score by which a hit was ranked: that of the best of its story. */
static double ranked_score(const comparison *c, const truth_hit *hit) {
    if (c->wanted->meaning.worth && hit->stands_for != hit->number)
        return c->wanted->meaning.worth[hit->stands_for].score;
    return hit->worth.score;
}

/* May the two change places?  Only where neither date nor score tells them apart. */
static bool are_equal(const comparison *c, const truth_hit *a, const truth_hit *b) {
    double x = ranked_score(c, a), y = ranked_score(c, b);
    const truth_article *const *all = (const truth_article *const *)c->archive->articles;
    bool dated = c->search->sort != FH_SORT_RELEVANCE;
    return (!dated || strcmp(all[a->stands_for]->date, all[b->stands_for]->date) == 0) && is_close(c, x, y);
}

static void compare_score(comparison *c, const fh_hit *told, const truth_hit *wanted) {
    fh_str id = told->article.id;
    if (!is_close(c, told->score, wanted->worth.score))
        fh_buf_printf(c->out, "%.*s: score: told %.12g, wanted %.12g\n", FH_STR_ARG(id), told->score,
                      wanted->worth.score);
    if (told->duplicates != wanted->duplicates)
        fh_buf_printf(c->out, "%.*s: duplicates: told %u, wanted %u\n", FH_STR_ARG(id), told->duplicates,
                      wanted->duplicates);
}

/* In the order of their numbers, where nothing else decides. */
static void compare_tie(comparison *c, size_t i) {
    const fh_hit *a = c->told->hits[i].hit, *b = c->told->hits[i + 1].hit;
    const truth_hit *x = hit_of(c, a->article.id), *y = hit_of(c, b->article.id);
    bool dated = c->search->sort != FH_SORT_RELEVANCE, folded = !c->search->all && !c->search->ids_only;
    if (folded || !x || !y || a->score != b->score || a->document <= b->document) return;
    if (!dated || strcmp(x->article->date, y->article->date) == 0)
        fh_buf_printf(c->out, "%.*s stands before %.*s, which came earlier and scores as much\n",
                      FH_STR_ARG(a->article.id), FH_STR_ARG(b->article.id));
}

/* ---- Marks ---- */

typedef struct marked {
    fh_str text;
    unsigned char *marks; /* a byte a byte */
} marked;

/* The segments as one text; ellipses at the ends, which are not of the text, are left out. */
static marked join_segments(const fh_segments *segments, bool cut, fh_arena *arena) {
    fh_str before = FH_STR("… "), after = FH_STR(" …");
    size_t room = 1, from = 0, to = segments->count;
    for (size_t i = 0; i < to; i++) room += segments->items[i].text.len;
    if (cut && to > 0 && fh_str_equal(segments->items[0].text, before)) from++;
    if (cut && to > from && fh_str_equal(segments->items[to - 1].text, after)) to--;
    char *text = fh_arena_take_zeroed(arena, room);
    marked all = {{text, 0}, fh_arena_take_zeroed(arena, room)};
    for (size_t i = from; i < to; i++) {
        const fh_segment *s = &segments->items[i];
        memcpy(text + all.text.len, s->text.ptr, s->text.len);
        memset(all.marks + all.text.len, (int)s->mark, s->text.len);
        all.text.len += s->text.len;
    }
    return all;
}

/* The text with its marks as brackets, for people. */
static fh_str bracketed(fh_str text, const unsigned char *marks, fh_arena *arena) {
    static const char *const open[] = {"", "[", "{"}, *const close[] = {"", "]", "}"};
    fh_buf out = {0};
    for (size_t i = 0; i < text.len; i++) {
        unsigned char before = i ? marks[i - 1] : 0;
        if (marks[i] != before) fh_buf_printf(&out, "%s%s", close[before], open[marks[i]]);
        fh_buf_add_char(&out, text.ptr[i]);
    }
    if (text.len) fh_buf_add(&out, fh_str_from(close[marks[text.len - 1]]));
    fh_str copy = fh_arena_copy(arena, fh_buf_str(&out));
    fh_buf_free(&out);
    return copy;
}

static void differ_in_marks(comparison *c, fh_str id, const char *what, marked told, fh_str wanted,
                            const unsigned char *marks) {
    same_text(c, id, what, bracketed(told.text, told.marks, c->arena), bracketed(wanted, marks, c->arena));
}

static void compare_title(comparison *c, const fh_answer_hit *hit, const truth_article *held) {
    marked told = join_segments(&hit->title, false, c->arena);
    unsigned char *wanted = truth_mark(c->archive, &c->wanted->meaning, held, FH_PART_TITLE, c->arena);
    differ_in_marks(c, held->article.id, "title", told, held->article.title, wanted);
}

/* The snippet is a piece of the body, marked as the body is, with a mark where the body has one. */
static void compare_snippet(comparison *c, const fh_answer_hit *hit, const truth_article *held) {
    fh_str body = held->article.body, id = held->article.id;
    marked told = join_segments(&hit->snippet, true, c->arena);
    unsigned char *wanted = truth_mark(c->archive, &c->wanted->meaning, held, FH_PART_BODY, c->arena);
    size_t at = fh_str_find(body, told.text, 0), first = at;
    while (at != SIZE_MAX && memcmp(told.marks, wanted + at, told.text.len) != 0)
        at = fh_str_find(body, told.text, at + 1);
    if (first == SIZE_MAX)
        fh_buf_printf(c->out, "%.*s: the snippet is not of the body: <%.*s>\n", FH_STR_ARG(id),
                      FH_STR_ARG(told.text));
    else if (at == SIZE_MAX)
        differ_in_marks(c, id, "snippet", told, told.text, wanted + first);
    bool shows = memchr(told.marks, 1, told.text.len) || memchr(told.marks, 2, told.text.len);
    bool has = memchr(wanted, 1, body.len) || memchr(wanted, 2, body.len);
    if (has && !shows) fh_buf_printf(c->out, "%.*s: the snippet shows no mark\n", FH_STR_ARG(id));
}

/* ---- What a hit has ---- */

typedef struct counted {
    fh_str id;
    size_t marks, first;
} counted;

static int most_marked_first(const void *left, const void *right) {
    const counted *a = left, *b = right;
    if (a->marks != b->marks) return a->marks > b->marks ? -1 : 1;
    return a->first < b->first ? -1 : 1;
}

static void compare_entities(comparison *c, const fh_answer_hit *hit, const truth_article *held) {
    counted *all = FH_ARENA_ARRAY(c->arena, counted, held->article.entity_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < held->article.entity_count; i++) {
        fh_str id = held->article.entities[i].entity;
        const fh_entity *known = fh_gazetteer_find(c->archive->gazetteer, id); /* by an id of it */
        if (known) id = fh_str_from(known->id);
        size_t k = 0;
        while (k < count && !fh_str_equal(all[k].id, id)) k++;
        if (k == count) all[count++] = (counted){id, 0, i};
        all[k].marks++;
    }
    qsort(all, count, sizeof *all, most_marked_first);
    if (!same_number(c, "entities of a hit", (double)hit->entity_count, (double)count)) return;
    for (size_t i = 0; i < count; i++)
        same_text(c, held->article.id, "entity", fh_str_from(hit->entities[i]->id), all[i].id);
}

static void compare_parts(comparison *c, const fh_answer_hit *hit, size_t number) {
    const truth_meaning *meaning = &c->wanted->meaning;
    size_t part = 0;
    for (size_t i = 0; i < meaning->leaf_count; i++) {
        if (!meaning->leaves[i].worth || meaning->leaves[i].worth[number].score <= 0) continue;
        double wanted = meaning->leaves[i].worth[number].score;
        if (part < hit->part_count && !is_close(c, hit->parts[part].score, wanted))
            fh_buf_printf(c->out, "part %zu: told %.12g, wanted %.12g\n", part, hit->parts[part].score,
                          wanted);
        part++;
    }
    same_number(c, "score parts", (double)hit->part_count, (double)part);
}

/* The hit that stands for this article's story, where as good a one might have stood for it. */
static const truth_hit *instead_of(const comparison *c, fh_str id) {
    const truth_article *held = NULL;
    for (size_t i = 0; i < c->archive->count; i++)
        if (fh_str_equal(c->archive->articles[i]->article.id, id)) held = c->archive->articles[i];
    for (size_t i = 0; held && i < c->wanted->hit_count; i++) {
        const truth_hit *hit = &c->wanted->hits[i];
        size_t best = 0;
        if (memcmp(hit->article->story, held->story, sizeof held->story) != 0) continue;
        for (size_t n = 0; n < c->archive->count; n++) {
            const truth_worth *worth = &c->wanted->meaning.worth[n];
            bool same = memcmp(c->archive->articles[n]->story, held->story, sizeof held->story) == 0;
            best += same && worth->found && is_close(c, worth->score, ranked_score(c, hit));
        }
        return best > 1 ? hit : NULL;
    }
    return NULL;
}

static void compare_hit(comparison *c, size_t i) {
    const fh_answer_hit *hit = &c->told->hits[i];
    const truth_hit *wanted = &c->wanted->hits[c->search->offset + i], *found;
    const fh_article *article = &hit->hit->article;
    found = hit_of(c, article->id);
    const truth_hit *other = found ? NULL : instead_of(c, article->id);
    if (other && (other == wanted || are_equal(c, other, wanted))) return;
    if (!found) {
        fh_buf_printf(c->out, "rank %zu: told %.*s, wanted %.*s\n", i, FH_STR_ARG(article->id),
                      FH_STR_ARG(wanted->article->article.id));
        return;
    }
    if (found != wanted && !are_equal(c, found, wanted))
        fh_buf_printf(c->out, "rank %zu: told %.*s, wanted %.*s\n", i, FH_STR_ARG(article->id),
                      FH_STR_ARG(wanted->article->article.id));
    compare_score(c, hit->hit, found);
    if (i + 1 < c->told->hit_count) compare_tie(c, i);
    if (c->search->ids_only) return;
    same_text(c, article->id, "address", article->url, found->article->article.url);
    same_text(c, article->id, "outlet", article->source, found->article->article.source);
    compare_title(c, hit, found->article);
    compare_snippet(c, hit, found->article);
    compare_entities(c, hit, found->article);
    if (c->search->explain) compare_parts(c, hit, found->number);
}

/* ---- The whole ---- */

static void compare_facet(comparison *c, size_t i) {
    const fh_answer_facet *told = &c->told->facets[i];
    const truth_facet *wanted = &c->wanted->facets[i];
    size_t limit = c->search->facets[i].limit, shown = wanted->count < limit ? wanted->count : limit;
    if (!same_number(c, told->by->name, (double)told->value_count, (double)shown)) return;
    if (!c->from_json) same_number(c, "values in all", (double)told->values_in_all, (double)wanted->count);
    for (size_t v = 0; v < shown; v++) {
        same_text(c, fh_str_from(told->by->name), "value", told->values[v].value, wanted->values[v].value);
        same_number(c, "articles of a value", told->values[v].articles, wanted->values[v].articles);
    }
}

static void compare_names(comparison *c) {
    const truth_meaning *meaning = &c->wanted->meaning;
    size_t named = 0;
    for (size_t i = 0; i < meaning->leaf_count; i++) {
        const truth_leaf *leaf = &meaning->leaves[i];
        if (leaf->kind != TRUTH_NAME) continue;
        if (named < c->told->named_count) {
            const fh_named *told = &c->told->named[named];
            same_text(c, FH_STR("named"), "id", fh_str_from(told->entity->id), leaf->words.items[0]);
            same_number(c, "how it is named", told->how, leaf->how);
        }
        named++;
    }
    same_number(c, "names", (double)c->told->named_count, (double)named);
}

/* Where more match than are counted to the last, about so many do. */
static void compare_total(comparison *c) {
    if (c->wanted->total <= COUNTED || c->told->total_exact) {
        same_number(c, "total is exact", c->told->total_exact, true);
        same_number(c, "total", (double)c->told->total, (double)c->wanted->total);
    } else if (c->told->total < COUNTED) {
        fh_buf_printf(c->out, "total: told %g, wanted %g\n", (double)c->told->total,
                      (double)c->wanted->total);
    }
}

void compare_answers(const truth_archive *archive, const fh_search *search, const truth_answer *wanted,
                     const fh_answer *told, bool from_json, fh_arena *arena, fh_buf *differences) {
    comparison c = {archive, search, wanted, told, from_json, arena, differences};
    size_t behind = search->offset < wanted->hit_count ? wanted->hit_count - search->offset : 0;
    size_t shown = behind < search->limit ? behind : search->limit;
    compare_total(&c);
    same_number(&c, "widened", told->widened, wanted->widened);
    if (!from_json) compare_names(&c);
    if (same_number(&c, "facets", (double)told->facet_count, (double)search->facet_count))
        for (size_t i = 0; i < search->facet_count; i++) compare_facet(&c, i);
    if (same_number(&c, "hits shown", (double)told->hit_count, (double)shown))
        for (size_t i = 0; i < shown; i++) compare_hit(&c, i);
}
