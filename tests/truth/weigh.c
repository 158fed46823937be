/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every construct that articles are found by, as an array of what it is worth in each of them.
 *
 * The formula is BM25 (Robertson and Zaragoza, 2009) with the bend that Xapian gives the weight of a word in
 * more than a third of the articles, so that it stays above 0. */
#include "tests/truth/truth.h"

#include "base/limits.h"
#include <math.h>

/* Statistics are of all articles that stand in the index's tables, the dead too until these are written anew.
 */
static size_t tabled_count(const truth_archive *archive) {
    return archive->count + archive->dead_count;
}

static const truth_article *tabled(const truth_archive *archive, size_t i) {
    return i < archive->count ? archive->articles[i] : archive->dead[i - archive->count];
}

truth_statistics truth_measure(const truth_archive *archive) {
    truth_statistics s = {.articles = (double)tabled_count(archive)};
    for (size_t i = 0; i < tabled_count(archive); i++) s.average_length += (double)tabled(archive, i)->length;
    if (s.articles > 0) s.average_length /= s.articles;
    return s;
}

static truth_worth *new_worth(truth_sum *sum) {
    return fh_arena_take_zeroed(sum->arena, (sum->archive->count + 1) * sizeof(truth_worth));
}

void truth_add(truth_list *list, truth_worth *worth) {
    if (worth) list->items[list->count++] = worth;
}

/* ---- Words ---- */

static bool is_word(const truth_word *held, fh_field field, fh_str word, uint64_t hash) {
    return held->field == field && held->hash == hash && fh_str_equal(held->word, word);
}

static bool has_word(const truth_article *held, fh_field field, fh_str word, uint64_t *weight) {
    bool found = false;
    uint64_t hash = fh_hash(FH_HASH_START, word);
    *weight = 0;
    for (size_t i = 0; i < held->word_count; i++) {
        if (!is_word(&held->words[i], field, word, hash)) continue;
        found = true;
        *weight += held->words[i].weight;
    }
    return found;
}

bool truth_is_held(const truth_sum *sum, const truth_article *article) {
    return fh_str_compare(article->article.embargo, fh_str_from(sum->now)) >= 0;
}

uint32_t truth_frequency(const truth_sum *sum, fh_field field, fh_str word) {
    uint32_t articles = 0;
    uint64_t weight;
    for (size_t i = 0; i < sum->archive->count; i++) {
        const truth_article *article = sum->archive->articles[i];
        articles += !truth_is_held(sum, article) && has_word(article, field, word, &weight);
    }
    return articles;
}

static double tabled_frequency(const truth_archive *archive, fh_field field, fh_str word) {
    double articles = 0;
    uint64_t weight;
    for (size_t i = 0; i < tabled_count(archive); i++)
        articles += has_word(tabled(archive, i), field, word, &weight);
    return articles;
}

/* What a word is worth that stands in `articles` articles, in one where it counts `weight`. */
static double bm25(const truth_sum *sum, double articles, double weight, double length) {
    const fh_bm25 *numbers = &sum->ranking->bm25;
    double odds = (sum->statistics.articles - articles + 0.5) / (articles + 0.5);
    if (odds < 2) odds = odds / 2 + 1;
    double share = sum->statistics.average_length > 0 ? length / sum->statistics.average_length : 0;
    double bound = numbers->k1 * (1 - numbers->b + numbers->b * share);
    return weight == 0 ? 0 : log(odds) * (numbers->k1 + 1) * weight / (bound + weight);
}

truth_worth *truth_term(truth_sum *sum, fh_field field, fh_str word) {
    return truth_one_word(sum, field, (fh_strs){&word, 1}, false);
}

/* ---- Words that count as one ---- */

/* In how many articles any of some things stands, as Xapian estimates it: as if they had nothing to do with
 * each other, the two rarest first, and to the nearest whole number each time. */
static double estimate(const truth_sum *sum, double *articles, size_t count) {
    for (; count > 1; count--) {
        for (size_t rare = 0; rare < 2; rare++)
            for (size_t i = rare + 1; i < count; i++) {
                double other = articles[i];
                if (other >= articles[rare]) continue;
                articles[i] = articles[rare];
                articles[rare] = other;
            }
        articles[0] =
            floor(articles[0] + articles[1] - articles[0] * articles[1] / sum->statistics.articles + 0.5);
        articles[1] = articles[count - 1];
    }
    return count ? articles[0] : 0;
}

/* Words of which any may stand for what is asked. */
typedef struct variants {
    fh_strs words;
    double *articles; /* of each */
} variants;

static void add_variant(const truth_sum *sum, variants *v, fh_field field, fh_str word) {
    double articles = tabled_frequency(sum->archive, field, word);
    if (articles == 0) return;
    v->articles[v->words.count] = articles;
    v->words.items[v->words.count++] = word;
}

static bool is_among(fh_strs words, fh_str word) {
    for (size_t i = 0; i < words.count; i++)
        if (fh_str_equal(words.items[i], word)) return true;
    return false;
}

/* All words of the field that begin so; gives the estimate for them. */
static double add_beginning(truth_sum *sum, variants *v, fh_field field, fh_str beginning) {
    size_t first = v->words.count;
    for (size_t a = 0; a < tabled_count(sum->archive); a++) {
        const truth_article *held = tabled(sum->archive, a);
        for (size_t i = 0; i < held->word_count; i++) {
            const truth_word *w = &held->words[i];
            fh_strs own = {v->words.items + first, v->words.count - first};
            if (w->field == field && fh_str_starts(w->word, beginning) && !is_among(own, w->word))
                add_variant(sum, v, field, w->word);
        }
    }
    sum->too_many |= v->words.count - first > FH_MAX_EXPANSION;
    return estimate(sum, v->articles + first, v->words.count - first);
}

static size_t room_for(const truth_sum *sum, fh_strs words, bool beginnings) {
    size_t room = words.count;
    for (size_t i = 0; beginnings && i < tabled_count(sum->archive); i++)
        room += words.count * tabled(sum->archive, i)->word_count;
    return room;
}

truth_worth *truth_one_word(truth_sum *sum, fh_field field, fh_strs words, bool beginnings) {
    size_t room = room_for(sum, words, beginnings);
    variants v = {{FH_ARENA_ARRAY(sum->arena, fh_str, room), 0}, FH_ARENA_ARRAY(sum->arena, double, room)};
    double *each = FH_ARENA_ARRAY(sum->arena, double, words.count);
    for (size_t i = 0; i < words.count; i++) {
        if (beginnings)
            each[i] = add_beginning(sum, &v, field, words.items[i]);
        else
            add_variant(sum, &v, field, words.items[i]);
    }
    double articles =
        beginnings ? estimate(sum, each, words.count) : estimate(sum, v.articles, v.words.count);
    truth_worth *worth = new_worth(sum);
    for (size_t a = 0; a < sum->archive->count; a++) {
        const truth_article *held = sum->archive->articles[a];
        double weight = 0, length = (double)held->length;
        for (size_t i = 0; i < v.words.count; i++) {
            uint64_t one;
            worth[a].found |= has_word(held, field, v.words.items[i], &one);
            weight += (double)one;
        }
        worth[a].score = bm25(sum, articles, weight < length ? weight : length, length);
    }
    return worth;
}

/* ---- Phrases ---- */

static bool stands_at(const truth_article *held, fh_field field, fh_str word, uint32_t position) {
    uint64_t hash = fh_hash(FH_HASH_START, word);
    for (size_t i = 0; i < held->word_count; i++)
        if (held->words[i].position == position && is_word(&held->words[i], field, word, hash)) return true;
    return false;
}

static bool has_phrase(const truth_article *held, fh_field field, fh_strs words) {
    uint64_t hash = fh_hash(FH_HASH_START, words.items[0]);
    for (size_t i = 0; i < held->word_count; i++) {
        if (!is_word(&held->words[i], field, words.items[0], hash)) continue;
        uint32_t next = 1;
        while (next < words.count &&
               stands_at(held, field, words.items[next], held->words[i].position + next))
            next++;
        if (next == words.count) return true;
    }
    return false;
}

/* The words next to each other, in this order; worth what they are worth. */
truth_worth *truth_phrase(truth_sum *sum, fh_field field, fh_strs words) {
    truth_list terms = {.count = 0};
    for (size_t i = 0; i < words.count; i++) truth_add(&terms, truth_term(sum, field, words.items[i]));
    truth_worth *worth = truth_all_of(sum, &terms);
    for (size_t a = 0; worth && words.count > 1 && a < sum->archive->count; a++)
        if (worth[a].found && !has_phrase(sum->archive->articles[a], field, words))
            worth[a] = (truth_worth){.found = false};
    return worth;
}

/* ---- Facts ---- */

truth_worth *truth_everything(truth_sum *sum) {
    truth_worth *worth = new_worth(sum);
    for (size_t a = 0; a < sum->archive->count; a++) worth[a].found = true;
    return worth;
}

static fh_str joined(fh_strs list, fh_arena *arena) {
    fh_str all = {0};
    for (size_t i = 0; i < list.count; i++)
        all = fh_arena_format(arena, "%.*s%.*s%c", FH_STR_ARG(all), FH_STR_ARG(list.items[i]), FH_VALUE_END);
    return all;
}

fh_str truth_value(const truth_article *held, fh_slot slot, fh_arena *arena) {
    const char *date = held->date;
    switch (slot) {
    case FH_SLOT_PUBLISHED: return fh_str_from(date);
    case FH_SLOT_MONTH: return *date ? fh_arena_format(arena, "%.4s-%.2s", date, date + 4) : (fh_str){0};
    case FH_SLOT_SOURCE: return held->article.source;
    case FH_SLOT_AUTHOR: return held->article.author;
    case FH_SLOT_LANGUAGE: return held->article.language;
    case FH_SLOT_EMBARGO: return held->article.embargo;
    case FH_SLOT_ENTITIES: return joined(held->names, arena);
    case FH_SLOT_KEYWORDS: return joined(held->article.keywords, arena);
    default: return (fh_str){0};
    }
}

truth_worth *truth_slot(truth_sum *sum, fh_slot slot, fh_str low, fh_str high) {
    truth_worth *worth = new_worth(sum);
    for (size_t a = 0; a < sum->archive->count; a++) {
        fh_str value = truth_value(sum->archive->articles[a], slot, sum->arena);
        worth[a].found =
            (!low.len || fh_str_compare(value, low) >= 0) && (!high.len || fh_str_compare(value, high) <= 0);
    }
    return worth;
}

/* ---- Together ---- */

static truth_worth *join(truth_sum *sum, const truth_list *list, bool all) {
    if (list->count <= 1) return list->count ? list->items[0] : NULL;
    truth_worth *worth = new_worth(sum);
    for (size_t a = 0; a < sum->archive->count; a++) {
        size_t found = 0;
        for (size_t i = 0; i < list->count; i++) {
            if (!list->items[i][a].found) continue;
            found++;
            worth[a].score += list->items[i][a].score;
        }
        if (found < (all ? list->count : 1))
            worth[a] = (truth_worth){.found = false};
        else
            worth[a].found = true;
    }
    return worth;
}

truth_worth *truth_all_of(truth_sum *sum, const truth_list *list) {
    return join(sum, list, true);
}

truth_worth *truth_any_of(truth_sum *sum, const truth_list *list) {
    return join(sum, list, false);
}

/* The first, with what `change` makes of it where one of the others is found, or is not. */
static truth_worth *first_of(truth_sum *sum, truth_worth *wanted, const truth_worth *other, bool keep_where,
                             bool keep_else, bool add) {
    truth_worth *worth = new_worth(sum);
    for (size_t a = 0; a < sum->archive->count; a++) {
        if (!wanted[a].found || !(other[a].found ? keep_where : keep_else)) continue;
        worth[a] = wanted[a];
        if (add && other[a].found) worth[a].score += other[a].score;
    }
    return worth;
}

truth_worth *truth_but_not(truth_sum *sum, truth_worth *wanted, const truth_list *unwanted) {
    truth_worth *any = truth_any_of(sum, unwanted);
    return any && wanted ? first_of(sum, wanted, any, false, true, false) : wanted;
}

truth_worth *truth_where(truth_sum *sum, truth_worth *wanted, const truth_list *filters) {
    truth_worth *all = truth_all_of(sum, filters);
    return all && wanted ? first_of(sum, wanted, all, true, false, false) : wanted;
}

truth_worth *truth_maybe(truth_sum *sum, truth_worth *wanted, const truth_list *more) {
    truth_worth *any = truth_any_of(sum, more);
    if (!wanted) return any;
    return any ? first_of(sum, wanted, any, true, true, true) : wanted;
}

truth_worth *truth_times(truth_sum *sum, double factor, truth_worth *from) {
    if (!from) return NULL;
    truth_worth *worth = new_worth(sum);
    for (size_t a = 0; a < sum->archive->count; a++)
        worth[a] = (truth_worth){from[a].found, factor * from[a].score};
    return worth;
}
