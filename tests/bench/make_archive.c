/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A synthetic archive of any size, as JSON lines.
 *
 * fihris-index --dry-run ARCHIVE | make_archive [--articles N] [--from N] [--seed S]
 *
 * Words come from the articles of ARCHIVE as tests/bench/words.h tells.  All of an article but its date is
 * decided by the seed and its own number, so a seed's archive is always the same, --from goes on where a
 * smaller one ended, and memory does not grow. */
#include "base/buf.h"
#include "tests/bench/words.h"

#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

enum { EXIT_FAILED = 2, LEAST_WORDS = 25, MOST_WORDS = 6000, TITLE_WORDS = 6, TITLE_SPREAD = 6 };

/* Lengths are log-normal; the constants are those of real news, as docs/performance.md compares them. */
static const double MEDIAN_WORDS = 205, SPREAD_WORDS = 0.81;

/* Of all words: those that follow their neighbour by habit, and those that the article has had already. */
static const double BY_HABIT = 0.48, AGAIN = 0.18;

/* Of all articles: those that tell again what one of the last NEAR told, word by word but for some words. */
static const double RETOLD = 0.03, REWORDED = 0.04;
enum { NEAR = 2000 };

/* The articles, with those before --from, lie evenly over ten years. */
static const time_t FIRST_DAY = 1420070400, DAYS = 3650, DAY = 86400;

static const double TURN = 6.283185307179586;

typedef struct new_article {
    fh_word words[MOST_WORDS];
    size_t count, title_count;
} new_article;

typedef struct archive_maker {
    const fh_vocabulary *vocabulary;
    uint64_t seed, number, end;
    new_article article;
    fh_buf line;
} archive_maker;

/* ---- Words ---- */

static size_t draw_length(fh_dice *dice) {
    double wide =
        sqrt(-2 * log(1 - fh_dice_chance(dice))) * cos(TURN * fh_dice_chance(dice)); /* Box and Muller */
    double words = MEDIAN_WORDS * exp(SPREAD_WORDS * wide);
    return words < LEAST_WORDS ? LEAST_WORDS : words > MOST_WORDS ? MOST_WORDS : (size_t)words;
}

static fh_word next_word(const fh_vocabulary *vocabulary, const new_article *article, size_t at,
                         fh_dice *dice) {
    double chance = fh_dice_chance(dice);
    if (at > 0 && chance < BY_HABIT) return fh_vocabulary_after(vocabulary, article->words[at - 1], dice);
    if (at > 0 && chance < BY_HABIT + AGAIN) return article->words[fh_dice_below(dice, at)];
    return fh_vocabulary_draw(vocabulary, dice);
}

static void draw_words(archive_maker *maker, uint64_t story) {
    new_article *article = &maker->article;
    fh_dice dice = fh_dice_of(maker->seed, story);
    article->count = draw_length(&dice);
    article->title_count = TITLE_WORDS + fh_dice_below(&dice, TITLE_SPREAD);
    for (size_t i = 0; i < article->count; i++)
        article->words[i] = next_word(maker->vocabulary, article, i, &dice);
}

/* Half of what is told again is the same to the letter. */
static void reword(archive_maker *maker, fh_dice *dice) {
    new_article *article = &maker->article;
    if (fh_dice_below(dice, 2)) return;
    for (size_t i = 0; i < article->count; i++)
        if (fh_dice_chance(dice) < REWORDED) article->words[i] = fh_vocabulary_draw(maker->vocabulary, dice);
}

/* ---- Writing ---- */

static void write_title(archive_maker *maker) {
    const new_article *article = &maker->article;
    for (size_t i = 0; i < article->title_count; i++) {
        if (i) fh_buf_add_char(&maker->line, ' ');
        fh_vocabulary_write(maker->vocabulary, article->words[i], &maker->line);
    }
}

/* Sentences of some twenty words, with commas, three to a paragraph. */
static void write_text(archive_maker *maker, fh_dice *dice) {
    const new_article *article = &maker->article;
    size_t left = 0;
    for (size_t i = article->title_count; i < article->count; i++) {
        if (left == 0) left = 8 + fh_dice_below(dice, 26);
        fh_vocabulary_write(maker->vocabulary, article->words[i], &maker->line);
        bool last = --left == 0 || i + 1 == article->count;
        if (last)
            fh_buf_add(&maker->line, fh_dice_below(dice, 3) ? FH_STR(". ") : FH_STR(".\\n"));
        else if (fh_dice_below(dice, 14) == 0)
            fh_buf_add(&maker->line, FH_STR("، "));
        else
            fh_buf_add_char(&maker->line, ' ');
    }
}

static void write_field(fh_buf *line, const char *name, const fh_strs *list, fh_dice *dice) {
    fh_str text = list->count ? list->items[fh_dice_below(dice, list->count)] : FH_STR("");
    if (text.len) fh_buf_printf(line, "\"%s\":\"%.*s\",", name, FH_STR_ARG(text));
}

static void write_date(archive_maker *maker) {
    double share = (double)maker->number / (double)maker->end;
    time_t seconds = FIRST_DAY + (time_t)(share * (double)(DAYS * DAY));
    struct tm utc;
    char text[32];
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &utc));
    fh_buf_printf(&maker->line, "\"date\":\"%s\",", text);
}

static void make_article(archive_maker *maker) {
    fh_buf *line = &maker->line;
    fh_dice dice = fh_dice_of(~maker->seed, maker->number);
    uint64_t back = fh_dice_chance(&dice) < RETOLD ? 1 + fh_dice_below(&dice, NEAR) : 0;
    bool retold = back > 0 && back <= maker->number;
    draw_words(maker, retold ? maker->number - back : maker->number);
    if (retold) reword(maker, &dice);

    const fh_learned_fields *fields = fh_vocabulary_fields(maker->vocabulary);
    fh_buf_clear(line);
    fh_buf_printf(line, "{\"id\":\"synthetic-%llu-%llu\",", (unsigned long long)maker->seed,
                  (unsigned long long)maker->number);
    write_field(line, "source", &fields->sources, &dice);
    write_field(line, "section", &fields->sections, &dice);
    write_field(line, "author", &fields->authors, &dice);
    write_date(maker);
    fh_buf_add(line, FH_STR("\"title\":\""));
    write_title(maker);
    fh_buf_add(line, FH_STR("\",\"text\":\""));
    write_text(maker, &dice);
    fh_buf_add(line, FH_STR("\"}\n"));
}

static bool make_archive(archive_maker *maker) {
    for (; maker->number < maker->end; maker->number++) {
        make_article(maker);
        if (fwrite(maker->line.ptr, 1, maker->line.len, stdout) != maker->line.len) return false;
    }
    return fflush(stdout) == 0;
}

int main(int argc, char **argv) {
    static const struct option options[] = {
        {"articles", required_argument, NULL, 'n'},
        {"from", required_argument, NULL, 'f'},
        {"seed", required_argument, NULL, 's'},
        {0},
    };
    static archive_maker maker = {.seed = 1, .end = 1000};
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == '?') return EXIT_FAILED;
        *(option == 'n'   ? &maker.end
          : option == 'f' ? &maker.number
                          : &maker.seed) = strtoull(optarg, NULL, 10);
    }
    maker.end += maker.number;
    fh_vocabulary *vocabulary = fh_vocabulary_learn(stdin);
    if (!vocabulary) {
        fputs("make_archive: no articles on standard input; fihris-index --dry-run prints them\n", stderr);
        return EXIT_FAILED;
    }
    maker.vocabulary = vocabulary;
    bool made = make_archive(&maker);
    if (!made) perror("make_archive");
    fh_buf_free(&maker.line);
    fh_vocabulary_free(vocabulary);
    return made ? EXIT_SUCCESS : EXIT_FAILED;
}
