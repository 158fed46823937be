/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds: RSS 0.9 to 2.0 and Atom (RFC 4287), with the whole text where they carry it. */
#include "indexer/edition.h"
#include "indexer/formats/html.h"
#include "indexer/formats/xml_reader.h"
#include "indexer/names.h"

static const char *const roots[] = {"rss", "feed", "RDF", NULL};
static const char *const records[] = {"item", "entry", NULL};

static int probe(fh_str head, fh_str id) {
    (void)id;
    return fh_xml_begins(head, roots) ? FH_PROBE_LIKELY : FH_PROBE_NO;
}

/* A feed's own names may have any prefix. */
static bool is_own(const xmlNs *ns) {
    static const char *const names[] = {"http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#",
                                        "http://purl.org/rss/1.0/"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (ns->href && !xmlStrcmp(ns->href, BAD_CAST names[i])) return true;
    return false;
}

/* Extensions have elements of the same names: media:title is of a picture.  A NULL prefix is a feed's own. */
static const xmlNode *child(const xmlNode *parent, const char *prefix, const char *name) {
    static const char *const own[] = {"atom", "rss", "rdf", "a10"};
    for (const xmlNode *at = parent ? parent->children : NULL; at; at = at->next) {
        if (!fh_xml_is(at, name)) continue;
        const xmlChar *has = at->ns && !is_own(at->ns) ? at->ns->prefix : NULL;
        if (prefix && has && !xmlStrcmp(has, BAD_CAST prefix)) return at;
        if (prefix) continue;
        if (!has) return at;
        for (size_t i = 0; i < sizeof own / sizeof *own; i++)
            if (!xmlStrcmp(has, BAD_CAST own[i]) && xmlStrcmp(at->name, BAD_CAST "link")) return at;
    }
    return NULL;
}

static fh_str text_of(const xmlNode *parent, const char *prefix, const char *name, fh_arena *arena) {
    return fh_str_trim(fh_xml_text(child(parent, prefix, name), arena));
}

/* A text that may be markup, as itself or written as text. */
static fh_str content_of(const xmlNode *parent, const char *prefix, const char *name, fh_arena *arena) {
    return fh_str_trim(fh_xml_content(child(parent, prefix, name), arena));
}

static fh_date date_of(const xmlNode *item, fh_arena *arena) {
    static const struct {
        const char *prefix, *name;
    } places[] = {{NULL, "pubDate"}, {NULL, "published"},   {NULL, "issued"},
                  {"dc", "date"},    {"dcterms", "issued"}, {NULL, "updated"}};
    fh_date date = {0};
    for (size_t i = 0; i < sizeof places / sizeof *places && !date.year; i++)
        date = fh_date_of(text_of(item, places[i].prefix, places[i].name, arena));
    return date;
}

/* RSS writes the address as text, Atom in an attribute: that which says "alternate", or nothing. */
static fh_str link_of(const xmlNode *item, fh_arena *arena) {
    for (const xmlNode *at = item->children; at; at = at->next) {
        if (!fh_xml_is(at, "link")) continue;
        fh_str address = fh_xml_attribute(at, "href", arena), relation = fh_xml_attribute(at, "rel", arena);
        if (!address.len) address = fh_str_trim(fh_xml_text(at, arena));
        if (address.len && (!relation.len || fh_str_equal(relation, FH_STR("alternate")))) return address;
    }
    fh_str guid = text_of(item, NULL, "guid", arena);
    bool permanent =
        !fh_str_equal(fh_xml_attribute(child(item, NULL, "guid"), "isPermaLink", arena), FH_STR("false"));
    return permanent && fh_str_find(guid, FH_STR("://"), 0) != SIZE_MAX ? guid : FH_STR("");
}

/* RSS 2.0 wants an address: "editor@example.org (The Editor)". */
static fh_str person(fh_str text) {
    const char *open = text.len ? memchr(text.ptr, '(', text.len) : NULL;
    bool address = text.len && memchr(text.ptr, '@', text.len);
    if (!address || !open || !fh_str_ends(text, FH_STR(")"))) return text;
    return fh_str_slice(text, (size_t)(open - text.ptr) + 1, text.len - 1);
}

static fh_str author_of(const xmlNode *item, fh_arena *arena) {
    fh_names names = {0};
    for (const xmlNode *at = child(item, NULL, "author"); at; at = fh_xml_again(at, "author")) {
        const xmlNode *name = fh_xml_find(at, "name");
        fh_names_add(&names, person(fh_str_trim(fh_xml_text(name ? name : at, arena))), arena);
    }
    fh_str creator = text_of(item, "dc", "creator", arena);
    return names.list.count ? fh_names_join(&names, "\u060C ", arena) : creator;
}

static fh_strs keywords_of(const xmlNode *item, fh_arena *arena) {
    fh_names names = {0};
    for (const xmlNode *at = fh_xml_find(item, "category"); at; at = fh_xml_again(at, "category"))
        fh_names_add(&names,
                     fh_or(fh_xml_text(at, arena),
                           fh_or(fh_xml_attribute(at, "label", arena), fh_xml_attribute(at, "term", arena))),
                     arena);
    return names.list;
}

/* RDF has its channel beside the items, the others around them. */
static const xmlNode *channel_of(const xmlNode *item) {
    const xmlNode *around = item->parent;
    const xmlNode *beside = around ? fh_xml_find(around, "channel") : NULL;
    return beside ? beside : around;
}

static fh_status convert(const xmlNode *item, fh_arena *arena, fh_article *out, fh_error *err) {
    (void)err;
    const xmlNode *channel = channel_of(item);
    fh_date updated = fh_date_of(text_of(item, NULL, "updated", arena));
    fh_str whole =
        fh_or(content_of(item, "content", "encoded", arena), content_of(item, NULL, "content", arena));
    fh_str lead =
        fh_or(content_of(item, NULL, "description", arena), content_of(item, NULL, "summary", arena));
    out->url = link_of(item, arena);
    out->id = fh_or(text_of(item, NULL, "guid", arena), text_of(item, NULL, "id", arena));
    out->title = fh_html_fragment(text_of(item, NULL, "title", arena), arena);
    out->source = fh_or(text_of(channel, NULL, "title", arena), text_of(channel, "dc", "publisher", arena));
    out->wire = child(item, NULL, "source") && !fh_xml_find(child(item, NULL, "source"), "id")
                    ? text_of(item, NULL, "source", arena)
                    : FH_STR("");
    out->author = fh_byline(author_of(item, arena));
    out->language =
        fh_or(fh_or(fh_xml_attribute(item, "lang", arena), text_of(channel, NULL, "language", arena)),
              fh_xml_attribute(channel, "lang", arena));
    out->keywords = keywords_of(item, arena);
    out->body = fh_or(whole, lead);
    out->published = date_of(item, arena);
    out->edition = fh_edition_key(FH_STR(""), &updated, arena);
    return FH_OK;
}

static void *open_feed(const fh_entry *entry) {
    return fh_xml_reader_open(entry, records, convert);
}

const fh_format fh_format_feed = {
    .name = "feed",
    .about = "RSS and Atom, with the whole text where they carry it",
    .probe = probe,
    .open = open_feed,
    .next = fh_xml_reader_next,
    .close = fh_xml_reader_close,
};
