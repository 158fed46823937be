/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WXR, the export of WordPress: RSS with posts, pages and pictures of every status. */
#include "indexer/edition.h"
#include "indexer/formats/html.h"
#include "indexer/formats/xml_reader.h"
#include "indexer/names.h"

static const char *const roots[] = {"rss", NULL};
static const char *const records[] = {"item", NULL};

static int probe(fh_str head, fh_str id) {
    (void)id;
    bool marked = fh_str_find(head, FH_STR("wordpress.org/export/"), 0) != SIZE_MAX;
    return marked && fh_xml_begins(head, roots) ? FH_PROBE_SURE : FH_PROBE_NO;
}

static const xmlNode *child(const xmlNode *parent, const char *prefix, const char *name) {
    for (const xmlNode *at = parent->children; at; at = at->next)
        if (fh_xml_is(at, name) && !xmlStrcmp(at->ns ? at->ns->prefix : BAD_CAST "", BAD_CAST prefix))
            return at;
    return NULL;
}

static fh_str text_of(const xmlNode *item, const char *prefix, const char *name, fh_arena *arena) {
    return fh_str_trim(fh_xml_text(child(item, prefix, name), arena));
}

/* An author's login is no name; the channel lists who is meant. */
static fh_str author_of(const xmlNode *item, fh_arena *arena) {
    fh_str login = text_of(item, "dc", "creator", arena);
    const xmlNode *author = fh_xml_find(item->parent, "author");
    for (; author; author = fh_xml_again(author, "author")) {
        if (!fh_str_equal(text_of(author, "wp", "author_login", arena), login)) continue;
        fh_str first = text_of(author, "wp", "author_first_name", arena);
        fh_str last = text_of(author, "wp", "author_last_name", arena);
        fh_str whole = fh_str_trim(fh_arena_format(arena, "%.*s %.*s", FH_STR_ARG(first), FH_STR_ARG(last)));
        return fh_or(text_of(author, "wp", "author_display_name", arena), fh_or(whole, login));
    }
    return login;
}

static void read_categories(const xmlNode *item, fh_arena *arena, fh_article *out) {
    fh_names tags = {0};
    for (const xmlNode *at = fh_xml_find(item, "category"); at; at = fh_xml_again(at, "category")) {
        bool section = fh_str_equal(fh_xml_attribute(at, "domain", arena), FH_STR("category"));
        fh_str name = fh_str_trim(fh_xml_text(at, arena));
        if (section && !out->section.len)
            out->section = name;
        else
            fh_names_add(&tags, name, arena);
    }
    out->keywords = tags.list;
}

/* "[caption id=…]…[/caption]", "[gallery ids=…]": captions go with their text, other codes alone. */
static fh_str without_shortcodes(fh_str html, fh_arena *arena) {
    static const char *const codes[] = {"caption", "gallery",  "embed", "audio",
                                        "video",   "playlist", "vc_",   "et_pb_"};
    fh_buf out = {0};
    for (size_t at = 0; at < html.len;) {
        fh_str rest = fh_str_slice(html, at, html.len);
        size_t slash = rest.len > 1 && rest.ptr[1] == '/', length = 0;
        for (size_t i = 0; rest.ptr[0] == '[' && i < sizeof codes / sizeof *codes && !length; i++) {
            if (!fh_str_starts(fh_str_slice(rest, 1 + slash, rest.len), fh_str_from(codes[i]))) continue;
            const char *close = memchr(rest.ptr, ']', rest.len);
            length = close ? (size_t)(close - rest.ptr) + 1 : 0;
            size_t end = i == 0 && !slash ? fh_str_find(rest, FH_STR("[/caption]"), 0) : SIZE_MAX;
            if (length && end != SIZE_MAX) length = end + strlen("[/caption]");
        }
        if (!length) fh_buf_add_char(&out, rest.ptr[0]);
        at += length ? length : 1;
    }
    fh_str text = fh_arena_copy(arena, fh_buf_str(&out));
    fh_buf_free(&out);
    return text;
}

/* WordPress makes a paragraph of what stands between empty lines. */
static fh_str paragraphs(fh_str html, fh_arena *arena) {
    html = without_shortcodes(html, arena);
    if (fh_str_find(html, FH_STR("<p"), 0) != SIZE_MAX) return fh_html_fragment(html, arena);
    fh_buf out = {0};
    for (size_t at = 0; at < html.len; at++)
        fh_buf_add(&out, html.ptr[at] == '\n' ? FH_STR("<br>") : fh_str_slice(html, at, at + 1));
    fh_str text = fh_html_fragment(fh_buf_str(&out), arena);
    text = fh_arena_copy(arena, text);
    fh_buf_free(&out);
    return text;
}

/* The date in the blog's own time; the one in UTC where it has none. */
static fh_date published(const xmlNode *item, fh_arena *arena) {
    static const struct {
        const char *prefix, *name;
    } places[] = {{"wp", "post_date_gmt"}, {"", "pubDate"}, {"wp", "post_date"}};
    fh_date date = {0};
    for (size_t i = 0; i < sizeof places / sizeof *places && !date.year; i++) {
        date = fh_date_of(text_of(item, places[i].prefix, places[i].name, arena));
        if (i == 0 && date.has_time && date.zone == FH_NO_ZONE) date.zone = 0;
    }
    return date;
}

static fh_status convert(const xmlNode *item, fh_arena *arena, fh_article *out, fh_error *err) {
    fh_str kind = text_of(item, "wp", "post_type", arena), status = text_of(item, "wp", "status", arena);
    if (kind.len && !fh_str_equal(kind, FH_STR("post")) && !fh_str_equal(kind, FH_STR("page")))
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "a WordPress %.*s, which is no article",
                       FH_STR_ARG(kind));
    fh_date changed = fh_date_of(text_of(item, "wp", "post_modified_gmt", arena));
    out->id = text_of(item, "", "guid", arena);
    out->url = text_of(item, "", "link", arena);
    out->withdrawn = fh_str_equal(status, FH_STR("trash"));
    if (status.len && !out->withdrawn && !fh_str_equal(status, FH_STR("publish")) &&
        !fh_str_equal(status, FH_STR("future")))
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "not published: its status is \"%.*s\"",
                       FH_STR_ARG(status));
    out->title = fh_html_fragment(text_of(item, "", "title", arena), arena);
    out->source = fh_html_fragment(text_of(item->parent, "", "title", arena), arena);
    out->language = text_of(item->parent, "", "language", arena);
    out->author = author_of(item, arena);
    out->body = fh_or(paragraphs(text_of(item, "content", "encoded", arena), arena),
                      fh_html_fragment(text_of(item, "excerpt", "encoded", arena), arena));
    out->published = published(item, arena);
    if (fh_str_equal(status, FH_STR("future"))) out->embargo = fh_embargo_text(&out->published, arena);
    out->edition = fh_edition_key(FH_STR(""), &changed, arena);
    read_categories(item, arena, out);
    return FH_OK;
}

static void *open_wxr(const fh_entry *entry) {
    return fh_xml_reader_open(entry, records, convert);
}

const fh_format fh_format_wxr = {
    .name = "wxr",
    .about = "WXR, the export of WordPress",
    .probe = probe,
    .open = open_wxr,
    .next = fh_xml_reader_next,
    .close = fh_xml_reader_close,
};
