/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entity's story for people at a terminal.  Lines with a bar hold no letters, and in the others the
 * numbers come first: so no terminal, whether it knows of right-to-left writing or not, puts them elsewhere.
 */
#include "base/memory.h"
#include "query/output.h"
#include "query/paint.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    BAR = 48,          /* columns of the longest bar */
    ARTICLE = 4,       /* columns that one article fills at most: few of them make no long bars */
    EIGHTHS = 8,       /* of a column that a block can fill */
    MAX_MONTHS = 36,   /* a longer span is shown by years */
    SHOWN_OUTLETS = 8, /* the rest are in the JSON */
    SHOWN_SPELLINGS = 8,
};

static const char *const type_labels[] = {
    [FH_ENTITY_PERSON] = "شخص", [FH_ENTITY_PLACE] = "مكان",   [FH_ENTITY_ORGANISATION] = "منظمة",
    [FH_ENTITY_EVENT] = "حدث",  [FH_ENTITY_PRODUCT] = "منتج",
};

/* "12 مقالا": the noun as Arabic counts it (CLDR's plural rules for ar). */
static void add_articles(uint64_t n, fh_buf *out) {
    unsigned long long number = n;
    if (n == 0) {
        fh_buf_printf(out, "لا مقالات");
    } else if (n == 1) {
        fh_buf_printf(out, "مقال واحد");
    } else if (n == 2) {
        fh_buf_printf(out, "مقالان");
    } else {
        unsigned rest = (unsigned)(n % 100);
        fh_buf_printf(out, "%llu %s", number,
                      rest >= 3 && rest <= 10 ? "مقالات"
                      : rest >= 11            ? "مقالا"
                                              : "مقال");
    }
}

static void add_title(const char *title, bool colour, fh_buf *out) {
    fh_buf_add_char(out, '\n');
    fh_paint(FH_STYLE_STRONG, fh_str_from(title), colour, out);
    fh_buf_add_char(out, '\n');
}

static void add_between(fh_str text, fh_buf *line) {
    if (!text.len) return;
    if (line->len) fh_buf_add(line, FH_STR(" · "));
    fh_buf_add(line, text);
}

static void add_head(const fh_story *story, bool colour, fh_buf *out) {
    const fh_entity *entity = story->named.entity;
    fh_buf line = {0};
    fh_paint(FH_STYLE_STRONG, fh_str_from(entity->label), colour, out);
    fh_buf_printf(out, " · %s", type_labels[entity->type]);
    if (story->country) fh_buf_printf(out, " · %s", story->country->label);
    fh_buf_add_char(out, '\n');
    add_between(fh_str_from(entity->latin), &line);
    for (size_t i = 0; i < story->ids.count; i++) add_between(story->ids.items[i], &line);
    fh_paint(FH_STYLE_FAINT, fh_buf_str(&line), colour, out);
    fh_buf_add_char(out, '\n');
    fh_buf_free(&line);
    add_articles(story->articles, out);
    if (story->query.len) {
        fh_buf_add(out, FH_STR(" مما فيه: "));
        fh_paint_inert(story->query, out);
    }
    fh_buf_add_char(out, '\n');
}

/* ---- The months ---- */

/* Blocks where there is colour, signs that any device prints elsewhere. */
static void add_bar(uint32_t value, uint32_t most, bool colour, fh_buf *out) {
    static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    uint64_t columns = (uint64_t)most * ARTICLE < BAR ? (uint64_t)most * ARTICLE : BAR;
    uint64_t eighths = value * columns * EIGHTHS / most;
    if (value && eighths < (colour ? 1 : EIGHTHS)) eighths = colour ? 1 : EIGHTHS;
    for (uint64_t i = 0; i < eighths / EIGHTHS; i++) fh_buf_add(out, colour ? FH_STR("█") : FH_STR("#"));
    if (colour) fh_buf_add(out, fh_str_from(parts[eighths % EIGHTHS]));
}

static void add_span(const char *name, uint32_t articles, uint32_t most, bool colour, fh_buf *out) {
    fh_buf_printf(out, "%9s %6u  ", name, articles);
    add_bar(articles, most, colour, out);
    while (out->len && out->ptr[out->len - 1] == ' ') out->len--;
    fh_buf_add_char(out, '\n');
}

static int number_in(fh_str text, size_t from, size_t to) {
    int number = 0;
    for (size_t i = from; i < to && i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++)
        number = 10 * number + (text.ptr[i] - '0');
    return number;
}

/* Of "2024-05": months since the year 0. */
static int month_number(fh_str month) {
    int of_year = number_in(month, 5, 7);
    return number_in(month, 0, 4) * 12 + (of_year > 0 ? of_year - 1 : 0);
}

/* The months in spans of `width` months, from the first to the last, empty ones too. */
static void add_spans(const fh_story *story, int first, int last, int width, bool colour, fh_buf *out) {
    int spans = last / width - first / width + 1;
    uint32_t *articles = fh_alloc_zeroed((size_t)spans, sizeof *articles), most = 1;
    for (size_t i = 0; i < story->month_count; i++) {
        uint32_t *span = &articles[month_number(story->months[i].month) / width - first / width];
        *span += story->months[i].articles;
        if (*span > most) most = *span;
    }
    for (int i = 0; i < spans; i++) {
        char name[32];
        int at = (first / width + i) * width;
        snprintf(name, sizeof name, width == 1 ? "%04d-%02d" : "%04d", at / 12, at % 12 + 1);
        add_span(name, articles[i], most, colour, out);
    }
    free(articles);
}

static void add_months(const fh_story *story, bool colour, fh_buf *out) {
    if (!story->articles) return;
    add_title("متى يُذكر", colour, out);
    if (story->month_count) {
        int first = month_number(story->months[0].month);
        int last = month_number(story->months[story->month_count - 1].month);
        add_spans(story, first, last, last - first < MAX_MONTHS ? 1 : 12, colour, out);
    }
    if (story->undated) fh_buf_printf(out, "%16u  بلا تاريخ\n", story->undated);
}

/* ---- The spellings ---- */

static void add_outlet(const fh_story_outlet *outlet, bool colour, fh_buf *out) {
    fh_buf_add(out, FH_STR("  "));
    fh_paint(FH_STYLE_FAINT, outlet->source.len ? outlet->source : FH_STR("مصدر لا يُعرف"), colour, out);
    fh_buf_add_char(out, '\n');
    for (size_t i = 0; i < outlet->spelling_count && i < SHOWN_SPELLINGS; i++) {
        fh_buf_printf(out, "%9u  ", outlet->spellings[i].times);
        fh_paint_inert(outlet->spellings[i].text, out);
        fh_buf_add_char(out, '\n');
    }
}

static void add_spellings(const fh_story *story, bool colour, fh_buf *out) {
    if (!story->outlet_count) return;
    add_title("كيف تكتبه المصادر", colour, out);
    if (story->read < story->articles) {
        fh_buf_printf(out, "  في أحدث ");
        add_articles(story->read, out);
        fh_buf_add_char(out, '\n');
    }
    for (size_t i = 0; i < story->outlet_count && i < SHOWN_OUTLETS; i++)
        add_outlet(&story->outlets[i], colour, out);
}

/* ---- The others ---- */

static void add_others(const fh_story *story, bool colour, fh_buf *out) {
    if (!story->other_count) return;
    add_title("مَن يُذكر معه: في كم مقال، وكم ضعفا للمعتاد", colour, out);
    for (size_t i = 0; i < story->other_count; i++) {
        const fh_story_other *other = &story->others[i];
        fh_buf_printf(out, "%9u %7.1fx  ", other->articles, other->lift);
        fh_paint_inert(fh_str_from(other->entity->label), out);
        fh_buf_add(out, FH_STR("  "));
        fh_paint(FH_STYLE_FAINT, fh_str_from(other->entity->id), colour, out);
        fh_buf_add_char(out, '\n');
    }
}

void fh_story_text(const fh_story *story, bool colour, fh_buf *out) {
    add_head(story, colour, out);
    add_months(story, colour, out);
    add_spellings(story, colour, out);
    add_others(story, colour, out);
}
