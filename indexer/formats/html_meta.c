/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page says of its article in meta elements, microdata and plain sight. */
#include "indexer/edition.h"
#include "indexer/formats/html.h"
#include "indexer/names.h"

#include <strings.h>

#define DATE_MOST 160 /* bytes of an element that is a date */

typedef enum field { TITLE, SOURCE, AUTHOR, DATE, MODIFIED, URL, SECTION, LANGUAGE, KEYWORDS, FIELDS } field;

/* Of two names for a field, the one that stands first here wins.  Properties of OpenGraph, names of meta
 * elements, of Dublin Core, of what well-known programs of newsrooms write. */
static const struct {
    const char *name;
    field field;
} names[] = {
    {"og:title", TITLE},
    {"twitter:title", TITLE},
    {"dc.title", TITLE},
    {"title", TITLE},
    {"og:site_name", SOURCE},
    {"publisher", SOURCE},
    {"dc.publisher", SOURCE},
    {"application-name", SOURCE},
    {"author", AUTHOR},
    {"article:author", AUTHOR},
    {"dc.creator", AUTHOR},
    {"parsely-author", AUTHOR},
    {"sailthru.author", AUTHOR},
    {"byl", AUTHOR},
    {"article:published_time", DATE},
    {"datepublished", DATE},
    {"og:article:published_time", DATE},
    {"publishdate", DATE},
    {"publish-date", DATE},
    {"publish_date", DATE},
    {"pubdate", DATE},
    {"pub_date", DATE},
    {"parsely-pub-date", DATE},
    {"sailthru.date", DATE},
    {"dc.date.issued", DATE},
    {"dcterms.created", DATE},
    {"dc.date", DATE},
    {"date", DATE},
    {"article.published", DATE},
    {"cxenseparse:recs:publishtime", DATE},
    {"article:modified_time", MODIFIED},
    {"og:article:modified_time", MODIFIED},
    {"datemodified", MODIFIED},
    {"og:updated_time", MODIFIED},
    {"last-modified", MODIFIED},
    {"og:url", URL},
    {"twitter:url", URL},
    {"article:section", SECTION},
    {"section", SECTION},
    {"og:locale", LANGUAGE},
    {"dc.language", LANGUAGE},
    {"news_keywords", KEYWORDS},
    {"keywords", KEYWORDS},
    {"parsely-tags", KEYWORDS},
    {"article:tag", KEYWORDS},
};
enum { NAMES = sizeof names / sizeof *names };

static size_t find_name(fh_str name) {
    for (size_t i = 0; i < NAMES; i++)
        if (strlen(names[i].name) == name.len && !strncasecmp(names[i].name, name.ptr, name.len)) return i;
    return NAMES;
}

typedef struct facts {
    fh_str texts[FIELDS];
    size_t rank[FIELDS];
    fh_names tags; /* article:tag comes once for each */
    fh_arena *arena;
} facts;

static void note(facts *found, size_t name, fh_str text) {
    text = fh_str_trim(text);
    if (name == NAMES || !text.len) return;
    field which = names[name].field;
    if (!strcmp(names[name].name, "article:tag")) fh_names_add_split(&found->tags, text, found->arena);
    if (which == AUTHOR && fh_str_find(text, FH_STR("://"), 0) != SIZE_MAX) return; /* of a social network */
    if (name >= found->rank[which]) return;
    found->rank[which] = name;
    found->texts[which] = text;
}

/* In any case. */
static bool contains(fh_str text, const char *word) {
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= text.len; at++)
        if (!strncasecmp(text.ptr + at, word, length)) return true;
    return false;
}

static fh_str text_of(const GumboNode *node, fh_arena *arena) {
    fh_buf text = {0};
    fh_html_text(node, NULL, NULL, &text);
    fh_str copy = fh_arena_copy(arena, fh_str_trim(fh_buf_str(&text)));
    fh_buf_free(&text);
    return copy;
}

/* ---- Elements ---- */

static void read_meta(facts *found, const GumboNode *node) {
    static const char *const keys[] = {"property", "name", "itemprop"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        note(found, find_name(fh_html_attribute(node, keys[i])), fh_html_attribute(node, "content"));
}

static bool has_word(fh_str list, const char *word) {
    size_t length = strlen(word);
    for (size_t at = 0; (at = fh_str_find(list, fh_str_from(word), at)) != SIZE_MAX; at++) {
        bool begins = at == 0 || list.ptr[at - 1] == ' ';
        if (begins && (at + length == list.len || list.ptr[at + length] == ' ')) return true;
    }
    return false;
}

static void read_property(const GumboNode *node, fh_arena *arena, fh_article *out) {
    fh_str property = fh_html_attribute(node, "itemprop"), said = fh_html_attribute(node, "content");
    if (!property.len) return;
    if (has_word(property, "headline") && !out->title.len) out->title = fh_or(said, text_of(node, arena));
    if (has_word(property, "author") && !out->author.len) out->author = fh_or(said, text_of(node, arena));
    if (has_word(property, "datePublished") && !out->published.year) {
        out->published = fh_date_of(fh_or(said, fh_html_attribute(node, "datetime")));
        if (!out->published.year) out->published = fh_date_of(text_of(node, arena));
    }
}

static void read_link(const GumboNode *node, fh_arena *arena, fh_article *out) {
    fh_str relation = fh_html_attribute(node, "rel"), address = fh_html_attribute(node, "href");
    if (has_word(relation, "canonical") && fh_str_find(address, FH_STR("://"), 0) != SIZE_MAX)
        out->url = address;
    if (fh_html_is(node, GUMBO_TAG_A) && has_word(relation, "author") && !out->author.len)
        out->author = text_of(node, arena);
}

/* A time in plain sight: a date, or how long ago it was. */
typedef struct seen_time {
    fh_date date, called;
    fh_str ago;
    bool below; /* the headline */
} seen_time;

/* "post-date", "publishTime"; not "update-ticker", "timeline". */
static bool is_called_date(fh_str called) {
    static const char *const words[] = {"date", "time", "publish", "created", "posted"};
    static const char *const others[] = {"update", "timeline", "candidate", "validate", "current", "today"};
    bool found = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) found |= contains(called, words[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others && found; i++) found = !contains(called, others[i]);
    return found;
}

static bool is_short(const GumboNode *node) {
    size_t bytes = 0;
    for (const GumboNode *at = node; at && bytes <= DATE_MOST; at = fh_html_next(node, at, false))
        if (at->type == GUMBO_NODE_TEXT) bytes += strlen(at->v.text.text);
    return bytes > 0 && bytes <= DATE_MOST;
}

/* What is called a date, below the headline: that of the day stands above it. */
static void read_called_date(const GumboNode *node, fh_arena *arena, seen_time *out) {
    bool called =
        is_called_date(fh_html_attribute(node, "class")) || is_called_date(fh_html_attribute(node, "id"));
    if (out->called.year || !called || !is_short(node)) return;
    fh_str text = text_of(node, arena);
    out->called = fh_date_of(text);
    if (!out->called.year) fh_date_find(text, text.len, &out->called);
    if (!out->called.year && !out->ago.len) out->ago = text;
    out->called.guessed = out->called.year != 0;
}

/* The first element that is a time is the article's: those below belong to other articles. */
static void read_time(const GumboNode *node, fh_arena *arena, seen_time *out) {
    if (out->date.year) return;
    fh_str text = text_of(node, arena);
    out->date = fh_date_of(fh_html_attribute(node, "datetime"));
    if (!out->date.year) out->date = fh_date_of(text);
    if (!out->date.year && !out->ago.len) out->ago = text;
    out->date.guessed = out->date.year != 0;
}

static fh_str heading(const GumboNode *page, fh_arena *arena) {
    const GumboNode *found = fh_html_find(page, GUMBO_TAG_H1), *title = fh_html_find(page, GUMBO_TAG_TITLE);
    fh_str text = found ? text_of(found, arena) : FH_STR("");
    if (text.len || !title || !title->v.element.children.length) return text;
    const GumboNode *inner = title->v.element.children.data[0];
    return inner->type == GUMBO_NODE_TEXT ? fh_str_from(inner->v.text.text) : text;
}

/* "Title | Outlet", "Title - Outlet" */
static fh_str without_outlet(fh_str title, fh_str outlet) {
    static const char *const marks[] = {"|", "-", "\u2013", "\u2014", "\u00AB", "::"};
    title = fh_str_trim(title);
    if (!outlet.len || !fh_str_ends(title, outlet) || title.len == outlet.len) return title;
    fh_str head = fh_str_trim(fh_str_slice(title, 0, title.len - outlet.len));
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (fh_str_ends(head, fh_str_from(marks[i])))
            return fh_str_trim(fh_str_slice(head, 0, head.len - strlen(marks[i])));
    return title;
}

/* What is said in fields, then in plain sight, then when the page was changed. */
static fh_date date_of(const facts *found, seen_time *sight, const fh_date *seen, const fh_date *modified) {
    fh_date said = fh_date_of(found->texts[DATE]), changed = *modified;
    if (said.year) return said;
    if (!changed.year) changed = fh_date_of(found->texts[MODIFIED]);
    if (!sight->date.year && !sight->called.year)
        fh_date_relative(sight->ago, seen->year ? seen : &changed, &sight->date);
    if (sight->date.year) return sight->date;
    if (sight->called.year) return sight->called;
    changed.guessed = changed.year != 0;
    return changed;
}

void fh_html_meta(const GumboNode *page, const fh_date *seen, const fh_date *modified, fh_arena *arena,
                  fh_article *out) {
    facts found = {.arena = arena};
    seen_time time = {.ago = FH_STR(""), .below = !fh_html_find(page, GUMBO_TAG_H1)};
    fh_str language = FH_STR("");
    for (size_t i = 0; i < FIELDS; i++) found.rank[i] = NAMES, found.texts[i] = FH_STR("");
    for (const GumboNode *at = page; at; at = fh_html_next(page, at, false)) {
        if (at->type != GUMBO_NODE_ELEMENT) continue;
        if (fh_html_is(at, GUMBO_TAG_META)) read_meta(&found, at);
        if (fh_html_is(at, GUMBO_TAG_HTML)) language = fh_html_attribute(at, "lang");
        if (fh_html_is(at, GUMBO_TAG_LINK) || fh_html_is(at, GUMBO_TAG_A)) read_link(at, arena, out);
        if (fh_html_is(at, GUMBO_TAG_TIME)) read_time(at, arena, &time);
        if (fh_html_is(at, GUMBO_TAG_H1)) time.below = true;
        if (time.below) read_called_date(at, arena, &time);
        read_property(at, arena, out);
    }
    fh_str *texts = found.texts;
    out->source = fh_or(out->source, texts[SOURCE]);
    out->title = fh_or(fh_or(out->title, texts[TITLE]), heading(page, arena));
    out->title = without_outlet(out->title, fh_or(texts[SOURCE], out->source));
    out->author = fh_byline(fh_or(out->author, texts[AUTHOR]));
    out->url = fh_or(out->url, texts[URL]);
    out->section = fh_or(out->section, texts[SECTION]);
    out->language = fh_or(out->language, fh_or(language, texts[LANGUAGE]));
    if (!out->published.year) out->published = date_of(&found, &time, seen, modified);
    fh_names_add_split(&found.tags, found.tags.list.count ? FH_STR("") : texts[KEYWORDS], arena);
    if (!out->keywords.count) out->keywords = found.tags.list;
}
