/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NewsML 1.0 to 1.2 (IPTC, 2000 to 2003). */
#include "indexer/edition.h"
#include "indexer/formats/xml_reader.h"
#include "indexer/names.h"

#include <ctype.h>
#include <strings.h>

static const char *const roots[] = {"NewsML", NULL};
static const char *const records[] = {"NewsItem", NULL};

static int probe(fh_str head, fh_str id) {
    (void)id;
    return fh_xml_begins(head, roots) ? FH_PROBE_SURE : FH_PROBE_NO;
}

/* The text of the first element of this name that has any: components are nested, and the outer ones often
 * have empty lines. */
static fh_str text_of(const xmlNode *item, const char *name, fh_arena *arena) {
    const xmlNode *node = fh_xml_search(item, name);
    for (; node; node = fh_xml_search_on(item, node, name)) {
        fh_str text = fh_str_trim(fh_xml_text(node, arena));
        if (text.len) return text;
    }
    return FH_STR("");
}

static fh_str formal_name(const xmlNode *node, fh_arena *arena) {
    return fh_xml_attribute(node, "FormalName", arena);
}

/* An identifier without the revision, so that all revisions have the same. */
static fh_str identity(const xmlNode *item, fh_arena *arena) {
    fh_str provider = text_of(item, "ProviderId", arena), day = text_of(item, "DateId", arena);
    fh_str name = text_of(item, "NewsItemId", arena);
    if (!name.len) return text_of(item, "PublicIdentifier", arena);
    return fh_arena_format(arena, "urn:newsml:%.*s:%.*s:%.*s", FH_STR_ARG(provider), FH_STR_ARG(day),
                           FH_STR_ARG(name));
}

static fh_str source(const xmlNode *item, fh_arena *arena) {
    const xmlNode *sent = item->parent ? fh_xml_find(item->parent, "NewsEnvelope/SentFrom/Party") : NULL;
    const xmlNode *provider = fh_xml_search(item, "Provider"), *origin = fh_xml_search(item, "Source");
    fh_str credit = fh_or(text_of(item, "CreditLine", arena), formal_name(sent, arena));
    fh_str named = fh_or(formal_name(fh_xml_find(provider, "Party"), arena),
                         formal_name(fh_xml_find(origin, "Party"), arena));
    return fh_or(fh_or(named, credit), text_of(item, "ProviderId", arena));
}

static fh_strs keywords(const xmlNode *item, fh_arena *arena) {
    fh_names names = {0};
    fh_names_add_split(&names, text_of(item, "KeywordLine", arena), arena);
    const xmlNode *about = fh_xml_search(item, "DescriptiveMetadata");
    const xmlNode *property = fh_xml_find(about, "Property");
    for (; property; property = fh_xml_again(property, "Property"))
        if (fh_str_equal(formal_name(property, arena), FH_STR("Keyword")))
            fh_names_add(&names, fh_xml_attribute(property, "Value", arena), arena);
    return names.list;
}

static bool is_encoded(const xmlNode *content) {
    for (const xmlNode *node = content; node; node = node->parent)
        if (fh_xml_is(node, "Encoding")) return true;
    return fh_xml_search(content, "Encoding") != NULL;
}

/* Of all contents the longest is the article: the others are captions and side notes. */
static void read_content(const xmlNode *node, fh_arena *arena, fh_article *out, int depth) {
    for (const xmlNode *child = node->children; child && depth > 0; child = child->next) {
        if (child->type != XML_ELEMENT_NODE) continue;
        if (!fh_xml_is(child, "DataContent")) {
            read_content(child, arena, out, depth - 1);
            continue;
        }
        if (is_encoded(child)) continue;
        fh_str text = fh_str_trim(fh_xml_content(child, arena));
        if (text.len <= out->body.len) continue;
        out->body = text;
        const xmlNode *nitf = fh_xml_search(child, "nitf");
        if (nitf) fh_nitf_read(nitf, arena, out);
    }
}

/* The time that an embargo ends is that of its next status. */
static fh_date embargo(const xmlNode *management, fh_str status, fh_arena *arena) {
    const xmlNode *change = fh_xml_search(management, "StatusWillChange");
    bool embargoed = status.len == 9 && !strncasecmp(status.ptr, "embargoed", 9);
    return embargoed ? fh_date_of(text_of(change, "DateAndTime", arena)) : (fh_date){0};
}

static fh_str lower(fh_str text, fh_arena *arena) {
    fh_str copy = fh_arena_copy(arena, text);
    for (size_t i = 0; i < copy.len; i++) ((char *)copy.ptr)[i] = (char)tolower((unsigned char)copy.ptr[i]);
    return copy;
}

static fh_status convert(const xmlNode *record, fh_arena *arena, fh_article *out, fh_error *err) {
    const xmlNode *management = fh_xml_find(record, "NewsManagement");
    fh_str status = formal_name(fh_xml_find(management, "Status"), arena);
    fh_date made = fh_date_of(text_of(management, "ThisRevisionCreated", arena));
    fh_date first = fh_date_of(text_of(management, "FirstCreated", arena));
    fh_date until = embargo(management, status, arena);
    fh_str language = formal_name(fh_xml_search(record, "Language"), arena);
    fh_str slug = fh_or(text_of(record, "SlugLine", arena), text_of(record, "NameLabel", arena));
    out->id = identity(record, arena);
    out->title = fh_or(text_of(record, "HeadLine", arena), slug);
    out->author = fh_byline(text_of(record, "ByLine", arena));
    out->dateline = text_of(record, "DateLine", arena);
    out->source = source(record, arena);
    out->language = lower(fh_or(language, fh_xml_attribute(record, "lang", arena)), arena);
    out->keywords = keywords(record, arena);
    out->published = first.year ? first : made;
    if (!out->published.year) out->published = fh_date_of(text_of(record, "DateId", arena));
    out->edition = fh_edition_key(text_of(record, "RevisionId", arena), &made, arena);
    out->embargo = fh_embargo_text(&until, arena);
    out->withdrawn = fh_status_withdraws(status);
    if (out->withdrawn) return FH_OK;
    read_content(record, arena, out, 32);
    if (out->body.len) return FH_OK;
    return fh_fail(err, FH_ERR_INPUT, NULL, NULL,
                   "no text in a DataContent: a picture, a package, a reference");
}

static void *open_1(const fh_entry *entry) {
    return fh_xml_reader_open(entry, records, convert);
}

const fh_format fh_format_newsml_1 = {
    .name = "newsml-1",
    .about = "NewsML 1.x",
    .probe = probe,
    .open = open_1,
    .next = fh_xml_reader_next,
    .close = fh_xml_reader_close,
};
