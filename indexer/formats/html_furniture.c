/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Furniture of pages. */
#include "indexer/formats/html_furniture.h"

#include <ctype.h>
#include <strings.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#define LINKS_MOST 0.5      /* share of a block's text that may be links */
#define PARAGRAPH_LINKS 0.9 /* … of a paragraph's */
#define TEASER_MOST 400     /* letters of a piece that only leads to another page */
#define WRAPPERS_MOST 32    /* elements that are called furniture and hold most of a page */
#define WORD_MOST 64

/* ---- Measuring ---- */

size_t fh_html_letters(fh_str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += (text.ptr[i] & 0xC0) != 0x80 && !isspace((unsigned char)text.ptr[i]);
    return count;
}

bool fh_html_is_script(const GumboNode *node) {
    return fh_html_is(node, GUMBO_TAG_SCRIPT) || fh_html_is(node, GUMBO_TAG_STYLE) ||
           fh_html_is(node, GUMBO_TAG_NOSCRIPT);
}

static size_t letters_below(const GumboNode *top) {
    size_t sum = 0;
    for (const GumboNode *at = top; at; at = fh_html_next(top, at, fh_html_is_script(at)))
        if (at->type == GUMBO_NODE_TEXT) sum += fh_html_letters(fh_str_from(at->v.text.text));
    return sum;
}

fh_measure fh_html_measure(const GumboNode *top) {
    fh_measure sum = {0};
    bool over = false;
    for (const GumboNode *at = top; at; at = fh_html_next(top, at, over)) {
        bool link = fh_html_is(at, GUMBO_TAG_A);
        over = link || fh_html_is_script(at);
        size_t count = link                          ? letters_below(at)
                       : at->type == GUMBO_NODE_TEXT ? fh_html_letters(fh_str_from(at->v.text.text))
                                                     : 0;
        sum.text += count;
        if (link) sum.links += count;
    }
    return sum;
}

fh_judge fh_html_judge(const GumboNode *top) {
    fh_measure all = fh_html_measure(top);
    return (fh_judge){all.text - all.links, WRAPPERS_MOST};
}

/* ---- By what elements are called ---- */

/* Words in the class or id of elements that are around an article, not of it. */
static const char *const sure_words[] = {
    "related",   "sharing",         "share-",    "-share",    "comment",    "newsletter", "advert",
    "sponsor",   "breadcrumb",      "taglist",   "tag-list",  "tags-links", "tagcloud",   "tag-cloud",
    "caption",   "credit",          "recommend", "read-more", "readmore",   "more-news",  "most-",
    "trending",  "footer",          "cookie",    "author-b",  "about-auth", "byline",     "post-meta",
    "meta-info", "also-read",       "alsoread",  "read-also", "seealso",    "see-also",   "paginat",
    "copyright", "visually-hidden", "sr-only",   "whatsapp",  "telegram",   "disqus",     "teaser",
    "paywall",   "signup",          "sign-up",   "taboola",   "outbrain",   "ticker",     "screen-reader",
    "more-on",   "socialshare",     "social-",   "hashtag",
};

/* Words that the element around the whole page may have as well: "sidebar-right", "elementor-widget". */
static const char *const weak_words[] = {
    "share",      "social", "sidebar", "subscri", "promo",  "tags",   "popular",
    "navigation", "menu",   "banner",  "toolbar", "widget", "follow", "print",
};

/* … and those that say it only as a whole word. */
static const char *const whole_words[] = {"ad", "ads", "hidden", "invisible", "tag", "latest", "caption"};

/* "has-sidebar", "no-comments" tell how a page is laid out. */
static const char *const states[] = {"has-", "no-", "with-", "without-", "is-", "overflow-", "print:"};

typedef enum naming { NOT_SO, WEAKLY, SURELY } naming;

static bool has_one(const char *word, const char *const *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (strstr(word, list[i])) return true;
    return false;
}

static naming naming_of(const char *word) {
    for (size_t i = 0; i < COUNT_OF(states); i++)
        if (!strncmp(word, states[i], strlen(states[i]))) return NOT_SO;
    for (size_t i = 0; i < COUNT_OF(whole_words); i++)
        if (!strcmp(word, whole_words[i])) return SURELY;
    if (has_one(word, sure_words, COUNT_OF(sure_words))) return SURELY;
    return has_one(word, weak_words, COUNT_OF(weak_words)) ? WEAKLY : NOT_SO;
}

static naming strongest(fh_str names) {
    naming found = NOT_SO;
    char word[WORD_MOST];
    for (size_t at = 0; at < names.len;) {
        size_t from = at;
        while (at < names.len && !isspace((unsigned char)names.ptr[at])) at++;
        size_t length = at - from < sizeof word - 1 ? at - from : sizeof word - 1;
        for (size_t i = 0; i < length; i++) word[i] = (char)tolower((unsigned char)names.ptr[from + i]);
        word[length] = '\0';
        naming one = naming_of(word);
        if (one > found) found = one;
        while (at < names.len && isspace((unsigned char)names.ptr[at])) at++;
    }
    return found;
}

/* Programs write an article's keywords into the class of the element that is the article. */
static naming named(const GumboNode *node) {
    static const char *const attributes[] = {"class", "id", "aria-labelledby", "data-component",
                                             "data-testid"};
    static const GumboTag whole[] = {GUMBO_TAG_HTML, GUMBO_TAG_BODY, GUMBO_TAG_MAIN, GUMBO_TAG_ARTICLE,
                                     GUMBO_TAG_P};
    naming found = NOT_SO;
    for (size_t i = 0; i < COUNT_OF(whole); i++)
        if (fh_html_is(node, whole[i])) return NOT_SO;
    for (size_t i = 0; i < COUNT_OF(attributes); i++) {
        naming one = strongest(fh_html_attribute(node, attributes[i]));
        if (one > found) found = one;
    }
    return found;
}

static bool is_named_so(const GumboNode *node, fh_judge *judge) {
    naming found = named(node);
    if (found != WEAKLY || judge->wrappers == 0) return found != NOT_SO;
    fh_measure all = fh_html_measure(node);
    if ((all.text - all.links) * 2 <= judge->whole) return true;
    judge->wrappers--;
    return false;
}

/* ---- By what they are ---- */

bool fh_html_is_hidden(const GumboNode *node) {
    if (gumbo_get_attribute(&node->v.element.attributes, "hidden")) return true;
    fh_str style = fh_html_attribute(node, "style");
    return fh_str_equal(fh_html_attribute(node, "aria-hidden"), FH_STR("true")) ||
           fh_str_find(style, FH_STR("display:none"), 0) != SIZE_MAX ||
           fh_str_find(style, FH_STR("display: none"), 0) != SIZE_MAX;
}

/* Pages of AMP have all but their text in elements of their own: advertisements, menus, buttons. */
static bool is_of_amp(const GumboNode *node) {
    static const char *const kept[] = {"<amp-live-list", "<amp-accordion", "<amp-fit-text"};
    if (!fh_html_is(node, GUMBO_TAG_UNKNOWN)) return false;
    fh_str tag = {node->v.element.original_tag.data, node->v.element.original_tag.length};
    for (size_t i = 0; i < COUNT_OF(kept); i++)
        if (fh_str_starts(tag, fh_str_from(kept[i]))) return false;
    return fh_str_starts(tag, FH_STR("<amp-"));
}

static bool is_furniture_tag(const GumboNode *node) {
    static const GumboTag tags[] = {GUMBO_TAG_NAV,    GUMBO_TAG_ASIDE,      GUMBO_TAG_FOOTER, GUMBO_TAG_FORM,
                                    GUMBO_TAG_FIGURE, GUMBO_TAG_FIGCAPTION, GUMBO_TAG_HEADER, GUMBO_TAG_HEAD};
    static const char *const roles[] = {"navigation", "complementary", "contentinfo",
                                        "banner",     "dialog",        "search"};
    for (size_t i = 0; i < COUNT_OF(tags); i++)
        if (fh_html_is(node, tags[i])) return true;
    fh_str role = fh_html_attribute(node, "role");
    for (size_t i = 0; i < COUNT_OF(roles) && role.len; i++)
        if (fh_str_equal(role, fh_str_from(roles[i]))) return true;
    return is_of_amp(node);
}

static bool is_heading(const GumboNode *node) {
    return fh_html_is(node, GUMBO_TAG_H2) || fh_html_is(node, GUMBO_TAG_H3) || fh_html_is(node, GUMBO_TAG_H4);
}

static bool is_all_link(const GumboNode *node, double share) {
    fh_measure found = fh_html_measure(node);
    return found.text > 0 && (double)found.links > share * (double)found.text;
}

/* A headline that leads elsewhere, and a few words below it. */
static bool is_teaser(const GumboNode *node) {
    if (!fh_html_is(node, GUMBO_TAG_ARTICLE) && !fh_html_is(node, GUMBO_TAG_LI)) return false;
    size_t letters = 0;
    for (const GumboNode *at = node; at && letters <= TEASER_MOST; at = fh_html_next(node, at, false))
        if (at->type == GUMBO_NODE_TEXT) letters += fh_html_letters(fh_str_from(at->v.text.text));
    for (const GumboNode *at = node; at && letters <= TEASER_MOST; at = fh_html_next(node, at, false))
        if (is_heading(at)) return is_all_link(at, PARAGRAPH_LINKS) || fh_html_is(at->parent, GUMBO_TAG_A);
    return false;
}

bool fh_html_is_around(const GumboNode *node, fh_judge *judge) {
    return fh_html_is_script(node) || is_furniture_tag(node) || fh_html_is_hidden(node) || is_teaser(node) ||
           is_named_so(node, judge);
}

static bool is_links(const GumboNode *node) {
    static const GumboTag lists[] = {GUMBO_TAG_UL,      GUMBO_TAG_OL,    GUMBO_TAG_DIV,
                                     GUMBO_TAG_SECTION, GUMBO_TAG_TABLE, GUMBO_TAG_BLOCKQUOTE};
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        if (fh_html_is(node, lists[i])) return is_all_link(node, LINKS_MOST);
    bool line = fh_html_is(node, GUMBO_TAG_P) || is_heading(node);
    return line && is_all_link(node, PARAGRAPH_LINKS);
}

bool fh_html_is_furniture(const GumboNode *node, void *judge) {
    return fh_html_is_around(node, judge) || fh_html_is(node, GUMBO_TAG_H1) || is_links(node);
}
