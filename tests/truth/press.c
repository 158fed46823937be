/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random articles. */
#include "tests/truth/press.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "indexer/export.h"
#include "indexer/indexer.h"
#include <stdlib.h>

enum {
    FATHA = 0x64E,
    SUKUN = 0x652,
    TATWEEL = 0x640,
    LETTERS_FROM = 0x621,
    LETTERS_TO = 0x64A,
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const sources[] = {"وكالة المدار", "صحيفة الرصيف", "الملاعب", "قناة النجمة", "Al-Rasif"};
static const char *const authors[] = {"", "", "سلمى الهاشمي", "عمر بن يوسف", "المدار"};
static const char *const oddities[] = {"#سوق_العمل",
                                       "#ترامب",
                                       "https://www.example.org/a?b=1",
                                       "info@example.org",
                                       "@almadar",
                                       "😀",
                                       "٣٫٥",
                                       "1,200",
                                       "COP28",
                                       "ﷺ",
                                       "الـ",
                                       "كوفيد-19",
                                       "بوتين/ترامب",
                                       "👍🏽",
                                       "2024",
                                       "١٢"};

/* ---- The sample archive ---- */

static void add_text(press *p, fh_str text) {
    for (size_t at = 0, end; at < text.len; at = end + 1) {
        for (end = at; end < text.len && text.ptr[end] != ' ' && text.ptr[end] != '\n';) end++;
        if (end == at) continue;
        p->words = fh_grow(p->words, p->count, &p->capacity, sizeof *p->words);
        fh_str word = fh_str_trim(fh_str_slice(text, at, end)); /* invisible marks at an end do not last */
        if (word.len) p->words[p->count++] = fh_arena_copy(p->arena, word);
    }
}

bool press_open(const char *corpus, dice *d, fh_arena *arena, press *out) {
    fh_reader_options options = {.sources = &corpus, .source_count = 1};
    fh_reader *reader;
    fh_error err;
    *out = (press){.dice = d, .arena = arena};
    if (fh_reader_new(&options, &reader, &err) != FH_OK) return false;
    fh_arena *scratch = fh_arena_new();
    fh_read_article read;
    fh_status status;
    while ((status = fh_reader_next(reader, scratch, &read, &err)) != FH_END) {
        if (status == FH_OK) add_text(out, read.article.title);
        if (status == FH_OK) add_text(out, read.article.body);
        fh_arena_reset(scratch);
    }
    fh_arena_free(scratch);
    fh_reader_free(reader);
    return out->count > 0;
}

void press_close(press *p) {
    free(p->words);
}

/* ---- Words ---- */

static const char *one_of(press *p, const char *const *list, size_t count) {
    return list[dice_below(p->dice, count)];
}

fh_str press_source(press *p) {
    return fh_str_from(one_of(p, sources, COUNT(sources)));
}

fh_str press_author(press *p) {
    return fh_str_from(one_of(p, authors, COUNT(authors)));
}

fh_str press_name(press *p, fh_arena *arena) {
    const fh_gazetteer *gazetteer = fh_gazetteer_builtin();
    const fh_entity *entity = fh_gazetteer_at(gazetteer, dice_below(p->dice, fh_gazetteer_count(gazetteer)));
    fh_strs spellings = fh_entity_spellings(gazetteer, entity, arena);
    switch (dice_below(p->dice, 4)) {
    case 0: return fh_str_from(entity->label);
    case 1: return fh_str_from(entity->latin);
    default:
        return spellings.count ? spellings.items[dice_below(p->dice, spellings.count)]
                               : fh_str_from(entity->label);
    }
}

/* Another letter that is written for one: the seats of hamza, the ends of words. */
static uint32_t respelled(press *p, uint32_t c) {
    static const uint32_t variants[][2] = {{0x623, 0x627}, {0x625, 0x627}, {0x622, 0x627}, {0x627, 0x623},
                                           {0x649, 0x64A}, {0x64A, 0x649}, {0x629, 0x647}, {0x647, 0x629}};
    size_t i = dice_below(p->dice, COUNT(variants));
    return variants[i][0] == c ? variants[i][1] : c;
}

/* The same word, or nearly: with vowel marks, tatweel, other spellings. */
static fh_str written_otherwise(press *p, fh_str word, fh_arena *arena) {
    fh_buf out = {0};
    uint32_t c;
    for (size_t at = 0; at < word.len;) {
        at += fh_utf8_next(word, at, &c);
        fh_buf_add_code_point(&out, respelled(p, c));
        bool letter = c >= LETTERS_FROM && c <= LETTERS_TO;
        if (letter && dice_one_in(p->dice, 4))
            fh_buf_add_code_point(&out, (uint32_t)dice_between(p->dice, FATHA, SUKUN));
        if (letter && at < word.len && dice_one_in(p->dice, 12)) fh_buf_add_code_point(&out, TATWEEL);
    }
    fh_str copy = fh_arena_copy(arena, fh_buf_str(&out));
    fh_buf_free(&out);
    return copy;
}

static fh_str with_clitics(press *p, fh_str word, fh_arena *arena) {
    static const char *const before[] = {"و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "س"},
                             *const after[] = {"", "", "", "ه", "ها", "هم", "ات", "ون", "ين", "ي"};
    return fh_arena_format(arena, "%s%.*s%s", one_of(p, before, COUNT(before)), FH_STR_ARG(word),
                           one_of(p, after, COUNT(after)));
}

fh_str press_word(press *p, fh_arena *arena) {
    fh_str word = p->words[dice_below(p->dice, p->count)];
    switch (dice_below(p->dice, 24)) {
    case 0:
    case 1: return written_otherwise(p, word, arena);
    case 2:
    case 3: return with_clitics(p, word, arena);
    case 4: return press_name(p, arena);
    case 5: return fh_str_from(one_of(p, oddities, COUNT(oddities)));
    default: return word;
    }
}

fh_str press_words(press *p, size_t count, fh_arena *arena) {
    size_t from = dice_below(p->dice, p->count - count);
    fh_str text = {0};
    for (size_t i = from; i < from + count; i++)
        text = fh_arena_format(arena, "%.*s%s%.*s", FH_STR_ARG(text), text.len ? " " : "",
                               FH_STR_ARG(p->words[i]));
    return text;
}

/* ---- Articles ---- */

static void add_paragraph(press *p, size_t words, fh_buf *out, fh_arena *arena) {
    if (out->len) fh_buf_add_char(out, '\n');
    for (size_t i = 0, run; i < words; i += run) {
        run = dice_between(p->dice, 1, 12);
        if (i) fh_buf_add_char(out, ' ');
        fh_buf_add(out, run == 1 ? press_word(p, arena) : press_words(p, run, arena));
    }
}

static fh_str new_body(press *p, fh_arena *arena) {
    fh_buf text = {0};
    for (size_t i = dice_between(p->dice, 1, 4); i > 0; i--)
        add_paragraph(p, dice_one_in(p->dice, 6) ? dice_between(p->dice, 1, 6) : dice_between(p->dice, 8, 70),
                      &text, arena);
    fh_str body = fh_arena_copy(arena, fh_buf_str(&text));
    fh_buf_free(&text);
    return body;
}

/* The text with some of its words put in another's place. */
static fh_str changed_body(press *p, fh_str body, size_t changes, fh_arena *arena) {
    for (; changes > 0; changes--) {
        size_t from = fh_str_find(body, FH_STR(" "), dice_below(p->dice, body.len));
        if (from == SIZE_MAX) continue;
        size_t to = fh_str_find(body, FH_STR(" "), from + 1);
        fh_str before = fh_str_slice(body, 0, from), word = press_word(p, arena);
        fh_str behind = fh_str_slice(body, to == SIZE_MAX ? body.len : to, body.len);
        body =
            fh_arena_format(arena, "%.*s %.*s%.*s", FH_STR_ARG(before), FH_STR_ARG(word), FH_STR_ARG(behind));
    }
    return body;
}

static fh_date some_day(press *p) {
    fh_date date = {.zone = FH_NO_ZONE};
    size_t month = dice_between(p->dice, 0, 7);
    if (dice_one_in(p->dice, 10)) return (fh_date){0};
    date.year = month < 2 ? 2023 : 2024;
    date.month = (uint8_t)(month < 2 ? 11 + month : month - 1);
    date.day = (uint8_t)dice_between(p->dice, 1, 28);
    date.has_time = dice_one_in(p->dice, 3);
    if (!date.has_time) return date;
    date.hour = (uint8_t)dice_below(p->dice, 24);
    date.minute = (uint8_t)dice_below(p->dice, 60);
    if (dice_one_in(p->dice, 2)) date.zone = 180;
    return date;
}

/* No two that fold to the same: those would be made one. */
static fh_strs some_keywords(press *p, fh_arena *arena) {
    fh_strs keywords = {FH_ARENA_ARRAY(arena, fh_str, 4), 0};
    for (size_t wanted = dice_below(p->dice, 4); wanted > 0; wanted--) {
        fh_str word = dice_one_in(p->dice, 2) ? press_name(p, arena)
                                              : press_words(p, dice_between(p->dice, 1, 2), arena);
        fh_str folded = fh_fold_word(FH_STEMMER_LIGHT, word, arena);
        bool fresh = true;
        for (size_t i = 0; i < keywords.count; i++)
            fresh &= !fh_str_equal(folded, fh_fold_word(FH_STEMMER_LIGHT, keywords.items[i], arena));
        if (fresh) keywords.items[keywords.count++] = word;
    }
    return keywords;
}

static void add_title(press *p, fh_article *article, fh_arena *arena) {
    article->title_from_lead = dice_one_in(p->dice, 8);
    fh_str rest = fh_utf8_cut(article->body, dice_between(p->dice, 20, 90)), lead = rest;
    fh_str_line(&rest, &lead);
    lead = fh_str_trim(lead);
    article->title = article->title_from_lead ? lead : press_words(p, dice_between(p->dice, 2, 9), arena);
    fh_str word = press_word(p, arena);
    if (!article->title_from_lead && dice_one_in(p->dice, 3))
        article->title = fh_arena_format(arena, "%.*s %.*s", FH_STR_ARG(article->title), FH_STR_ARG(word));
}

/* The article repeats another, more or less, of about the same day or not, of the same outlet or not. */
static void repeat(press *p, const fh_article *other, fh_article *article, fh_arena *arena) {
    article->body = changed_body(p, other->body, dice_below(p->dice, 10), arena);
    if (!dice_one_in(p->dice, 3)) article->source = other->source;
    if (dice_one_in(p->dice, 5) || other->published.year == 0) return;
    article->published = other->published;
    article->published.day = (uint8_t)(1 + (other->published.day + dice_below(p->dice, 6) - 1) % 28);
}

fh_article press_article(press *p, const fh_article *const *known, size_t count, fh_arena *arena) {
    fh_article article = {.source = press_source(p), .author = press_author(p), .published = some_day(p)};
    uint32_t number = p->printed++;
    article.id = fh_arena_format(arena, number % 7 ? "a%u" : "https://example.org/%u?x=مقال", number);
    article.url = fh_arena_format(arena, "https://www.example.org/news/%u", number);
    article.language = fh_str_from(dice_one_in(p->dice, 9) ? "en" : "ar");
    article.format = FH_STR("json");
    article.keywords = some_keywords(p, arena);
    article.wire = press_source(p);
    article.dateline = FH_STR("القاهرة"); /* else both might be found in a body that begins so by chance */
    if (dice_one_in(p->dice, 15))
        article.embargo =
            fh_str_from(dice_one_in(p->dice, 2) ? "2019-01-01T00:00:00Z" : "2199-01-01T00:00:00Z");
    article.body = new_body(p, arena);
    if (count && dice_one_in(p->dice, 3)) repeat(p, known[dice_below(p->dice, count)], &article, arena);
    add_title(p, &article, arena);
    return article;
}

fh_article press_again(press *p, const fh_article *before, fh_arena *arena) {
    fh_article article = *before;
    article.entities = NULL;
    article.entity_count = 0;
    switch (dice_below(p->dice, 4)) {
    case 0: article.body = new_body(p, arena); break;
    case 1: article.published = some_day(p); break;
    case 2: article.keywords = some_keywords(p, arena); break;
    default: article.body = changed_body(p, article.body, 3, arena); break;
    }
    if (dice_one_in(p->dice, 3)) add_title(p, &article, arena);
    return article;
}

fh_str press_line(const fh_article *article, fh_arena *arena) {
    fh_buf line = {0};
    fh_article_export(article, &line);
    fh_buf_add_char(&line, '\n');
    fh_str copy = fh_arena_copy(arena, fh_buf_str(&line));
    fh_buf_free(&line);
    return copy;
}
