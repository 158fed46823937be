/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page reader: a web page of a news outlet saved as text.
 *
 * Such a page holds, in this order and each but the body at times missing: a title, a line with its date,
 * paragraphs with the page's furniture among them, lines that name the wire and the outlet, keywords, another
 * article under "read also", and titles of more.  The other article becomes one of its own that names its
 * parent. */
#include "base/limits.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "indexer/formats/format.h"
#include "indexer/lead_date.h"
#include "indexer/page_line.h"

#include <stdint.h>
#include <stdlib.h>

typedef struct lines {
    fh_str *items;
    size_t count, capacity;
} lines;

/* One article of the page while it is read. */
typedef struct section {
    fh_str title, keywords, source, wire, author;
    fh_date published;
    lines paragraphs, related;
    bool footer; /* its source or keywords were seen: the body is over */
} section;

/* What lines without a mark are, until something else says so. */
typedef enum expectation { EXPECT_TEXT, EXPECT_TITLE, EXPECT_RELATED, EXPECT_PAGE_RELATED } expectation;

typedef struct page {
    section *sections;
    size_t count, capacity;
    expectation expected;
    fh_arena *arena;
} page;

static section *current(page *p) {
    return &p->sections[p->count - 1];
}

static void begin_section(page *p) {
    p->sections = fh_grow(p->sections, p->count, &p->capacity, sizeof *p->sections);
    p->sections[p->count++] = (section){0};
    p->expected = EXPECT_TITLE;
}

static void add_line(lines *list, fh_str line) {
    list->items = fh_grow(list->items, list->count, &list->capacity, sizeof *list->items);
    list->items[list->count++] = line;
}

/* A sentence that begins with the full stop of the one a page cut out before it. */
static fh_str without_stray_stop(fh_str line) {
    while (line.len > 2 && line.ptr[0] == '.' && line.ptr[1] == ' ')
        line = fh_str_trim(fh_str_slice(line, 1, line.len));
    return line;
}

static void add_paragraph(page *p, fh_str line) {
    section *now = current(p);
    if (p->expected == EXPECT_TITLE && !now->title.len && fh_is_headline(line))
        now->title = line;
    else
        add_line(&now->paragraphs, without_stray_stop(line));
    p->expected = EXPECT_TEXT;
}

static void take_text(page *p, fh_str line) {
    bool bullet;
    fh_str title = fh_without_bullet(line, &bullet);
    lines *related = p->expected == EXPECT_PAGE_RELATED ? &p->sections[0].related : &current(p)->related;
    bool listed = p->expected == EXPECT_RELATED || p->expected == EXPECT_PAGE_RELATED;
    if (listed && (bullet || fh_is_headline(title)))
        add_line(related, title);
    else
        add_paragraph(p, line);
}

/* The title may be too long for a headline, or end like a sentence: what stands alone above the date is it.
 */
static void take_date(page *p, fh_str value) {
    section *now = current(p);
    fh_date date;
    if (fh_date_parse(value, &date)) now->published = date;
    if (!now->title.len && now->paragraphs.count == 1)
        now->title = now->paragraphs.items[--now->paragraphs.count];
    p->expected = EXPECT_TEXT;
}

/* Above a credit or the source, a site may print its own name. */
static void take_publisher(section *now) {
    if (now->footer || now->paragraphs.count < 2) return;
    fh_str last = now->paragraphs.items[now->paragraphs.count - 1];
    if (!fh_is_publisher(last)) return;
    now->paragraphs.count--;
    if (!now->author.len) now->author = last;
}

static void take_source(page *p, fh_str value) {
    section *now = current(p);
    take_publisher(now);
    if (now->source.len) now->wire = now->source;
    now->source = value;
    now->footer = true;
    p->expected = EXPECT_TEXT;
}

static void take_keywords(page *p, fh_str value) {
    section *now = current(p);
    now->keywords = value;
    now->footer = true;
    p->expected = EXPECT_TEXT;
}

/* Under the footer another article follows, before it only titles of others. */
static void take_also(page *p, fh_str rest) {
    if (!current(p)->footer) {
        if (rest.len) add_line(&current(p)->related, rest);
        p->expected = EXPECT_RELATED;
        return;
    }
    begin_section(p);
    if (rest.len) take_text(p, rest);
}

/* The link's words run into the paragraph, or into the title it leads to. */
static void take_more(page *p, fh_str rest) {
    if (!rest.len) return;
    if (fh_is_headline(rest))
        add_line(&current(p)->related, rest);
    else
        take_text(p, rest);
}

static void take_line(page *p, fh_str line) {
    fh_str rest;
    switch (fh_page_line(line, &rest)) {
    case FH_LINE_TEXT: take_text(p, line); break;
    case FH_LINE_DATE: take_date(p, rest); break;
    case FH_LINE_SOURCE: take_source(p, rest); break;
    case FH_LINE_AUTHOR: current(p)->author = rest; break;
    case FH_LINE_KEYWORDS: take_keywords(p, rest); break;
    case FH_LINE_ALSO: take_also(p, rest); break;
    case FH_LINE_MORE: take_more(p, rest); break;
    case FH_LINE_RELATED: p->expected = EXPECT_PAGE_RELATED; break;
    case FH_LINE_CREDIT: take_publisher(current(p)); break;
    case FH_LINE_FURNITURE: break;
    }
}

static void take_lines(page *p, fh_str text) {
    fh_str line;
    while (fh_str_line(&text, &line)) {
        line = fh_str_trim(line);
        for (size_t at; (at = fh_page_line_break(line)) != SIZE_MAX;) {
            take_line(p, fh_str_trim(fh_str_slice(line, 0, at)));
            line = fh_str_slice(line, at, line.len);
        }
        if (line.len) take_line(p, line);
    }
}

static fh_strs list_in(const lines *list, fh_arena *arena) {
    fh_strs out = {FH_ARENA_ARRAY(arena, fh_str, list->count + 1), list->count};
    if (list->count) memcpy(out.items, list->items, list->count * sizeof *out.items);
    return out;
}

static fh_str join_lines(const lines *list, fh_arena *arena) {
    size_t bytes = 0;
    for (size_t i = 0; i < list->count; i++) bytes += list->items[i].len + 1;
    char *text = fh_arena_take(arena, bytes + 1), *end = text;
    for (size_t i = 0; i < list->count; i++) {
        if (i) *end++ = '\n';
        memcpy(end, list->items[i].ptr, list->items[i].len);
        end += list->items[i].len;
    }
    return (fh_str){text, (size_t)(end - text)};
}

/* The whole row: what in it is one keyword is not for a page to know. */
static fh_strs keyword_row(fh_str row, fh_arena *arena) {
    fh_strs out = {FH_ARENA_ARRAY(arena, fh_str, 1), row.len > 0};
    out.items[0] = row;
    return out;
}

static fh_article finish(const section *now, fh_arena *arena) {
    fh_article article = {.title = now->title,
                          .source = now->source,
                          .wire = now->wire,
                          .author = now->author,
                          .body = join_lines(&now->paragraphs, arena),
                          .keywords = keyword_row(now->keywords, arena),
                          .related = list_in(&now->related, arena),
                          .published = now->published};
    if (!article.published.year) fh_lead_date(article.body, &article.published);
    return article;
}

static void page_free(page *p) {
    for (size_t i = 0; i < p->count; i++) {
        free(p->sections[i].paragraphs.items);
        free(p->sections[i].related.items);
    }
    free(p->sections);
}

static fh_status read_page(fh_str text, fh_str id, fh_arena *arena, fh_articles *out, fh_error *err) {
    (void)err; /* any text is a page */
    page p = {.arena = arena};
    begin_section(&p);
    take_lines(&p, text);
    fh_articles made = {FH_ARENA_ARRAY(arena, fh_article, p.count), 0};
    for (size_t i = 0; i < p.count; i++) {
        section *now = &p.sections[i];
        if (i && !now->paragraphs.count) continue; /* a heading without an article under it */
        fh_article article = finish(now, arena);
        article.id = i ? fh_arena_format(arena, "%.*s#%zu", FH_STR_ARG(id), i + 1) : id;
        if (i) article.parent = id;
        made.items[made.count++] = article;
    }
    page_free(&p);
    *out = made;
    return FH_OK;
}

static int probe_page(fh_str head, fh_str id) {
    (void)id;
    fh_str line, rest;
    int score = FH_PROBE_NO;
    while (fh_str_line(&head, &line)) {
        fh_line_kind kind = fh_page_line(fh_str_trim(line), &rest);
        if (kind == FH_LINE_DATE || kind == FH_LINE_KEYWORDS) return FH_PROBE_SURE - 10;
        if (kind == FH_LINE_SOURCE || kind == FH_LINE_ALSO || kind == FH_LINE_RELATED)
            score = FH_PROBE_LIKELY;
    }
    return score;
}

const fh_format fh_format_page = {
    .name = "page",
    .about = "a web page saved as text: title, date, paragraphs, source, keywords",
    .keyword_rows = true,
    .probe = probe_page,
    .whole = read_page,
};
