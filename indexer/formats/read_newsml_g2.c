/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NewsML-G2 (IPTC, versions 2.0 to 2.35): news items, alone or many in a news message.  Items of other kinds
 * have no text of their own and are named and left out. */
#include "indexer/edition.h"
#include "indexer/formats/xml_reader.h"
#include "indexer/names.h"

#include <strings.h>

static const char *const roots[] = {"newsMessage",   "newsItem",     "packageItem", "conceptItem",
                                    "knowledgeItem", "planningItem", "catalogItem", NULL};
static const char *const records[] = {"newsItem",     "packageItem", "conceptItem", "knowledgeItem",
                                      "planningItem", "catalogItem", NULL};

static int probe(fh_str head, fh_str id) {
    (void)id;
    return fh_xml_begins(head, roots) ? FH_PROBE_SURE : FH_PROBE_NO;
}

/* A controlled value: by its name, else as it is written, else by its code. */
static fh_str name_of(const xmlNode *node, fh_arena *arena) {
    fh_str name = fh_xml_text(fh_xml_find(node, "name"), arena);
    return fh_or(name, fh_xml_attribute(node, "literal", arena));
}

static fh_str value_of(const xmlNode *node, fh_arena *arena) {
    fh_str code = fh_or(fh_xml_attribute(node, "qcode", arena), fh_xml_attribute(node, "uri", arena));
    return fh_or(name_of(node, arena), fh_code_of(code));
}

static fh_str code_at(const xmlNode *item, const char *path, fh_arena *arena) {
    const xmlNode *node = fh_xml_find(item, path);
    return fh_code_of(fh_or(fh_xml_attribute(node, "qcode", arena), fh_xml_attribute(node, "uri", arena)));
}

static fh_str text_at(const xmlNode *item, const char *path, fh_arena *arena) {
    const xmlNode *node = fh_xml_find(item, path);
    const char *name = strrchr(path, '/') + 1;
    for (; node; node = fh_xml_again(node, name)) {
        fh_str text = fh_str_trim(fh_xml_text(node, arena));
        if (text.len) return text;
    }
    return FH_STR("");
}

static fh_date date_at(const xmlNode *item, const char *path, fh_arena *arena) {
    return fh_date_of(text_at(item, path, arena));
}

/* When it came first; a version made later has another text of the same news. */
static fh_date published(const xmlNode *item, fh_arena *arena) {
    static const char *const paths[] = {"itemMeta/firstCreated", "contentMeta/contentCreated",
                                        "itemMeta/versionCreated", "contentMeta/contentModified"};
    fh_date date = {0};
    for (size_t i = 0; i < sizeof paths / sizeof *paths && !date.year; i++)
        date = date_at(item, paths[i], arena);
    return date;
}

static fh_strs keywords(const xmlNode *item, fh_arena *arena) {
    fh_names names = {0};
    const xmlNode *node = fh_xml_find(item, "contentMeta/keyword");
    for (; node; node = fh_xml_again(node, "keyword")) fh_names_add(&names, fh_xml_text(node, arena), arena);
    node = fh_xml_find(item, "contentMeta/subject");
    for (; node; node = fh_xml_again(node, "subject"))
        fh_names_add(&names, fh_xml_text(fh_xml_find(node, "name"), arena), arena);
    return names.list;
}

/* The first of its renditions that has text. */
static void read_content(const xmlNode *item, fh_arena *arena, fh_article *out) {
    const xmlNode *set = fh_xml_find(item, "contentSet");
    for (const xmlNode *part = set ? set->children : NULL; part && !out->body.len; part = part->next) {
        if (fh_xml_is(part, "inlineXML")) {
            const xmlNode *nitf = fh_xml_search(part, "nitf");
            if (nitf) fh_nitf_read(nitf, arena, out);
            if (!nitf) out->body = fh_str_trim(fh_xml_content(part, arena));
        } else if (fh_xml_is(part, "inlineData") && !fh_xml_attribute(part, "encoding", arena).len) {
            out->body = fh_str_trim(fh_xml_content(part, arena));
        }
    }
}

/* "STT–": a credit line as it stands before a text. */
static fh_str without_dash(fh_str credit) {
    static const char *const dashes[] = {"\u2013", "\u2014", "-"};
    credit = fh_str_trim(credit);
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (fh_str_ends(credit, fh_str_from(dashes[i])))
            return fh_str_trim(fh_str_slice(credit, 0, credit.len - strlen(dashes[i])));
    return credit;
}

static void read_facts(const xmlNode *item, fh_arena *arena, fh_article *out) {
    fh_str root_language = fh_xml_attribute(item, "lang", arena);
    const xmlNode *language = fh_xml_find(item, "contentMeta/language");
    fh_date made = date_at(item, "itemMeta/versionCreated", arena);
    fh_date embargo = date_at(item, "itemMeta/embargoed", arena);
    fh_str by = fh_byline(text_at(item, "contentMeta/by", arena));
    fh_str dateline = text_at(item, "contentMeta/dateline", arena);
    out->id = fh_xml_attribute(item, "guid", arena);
    out->title = fh_or(text_at(item, "contentMeta/headline", arena), text_at(item, "itemMeta/title", arena));
    out->source = fh_or(value_of(fh_xml_find(item, "itemMeta/provider"), arena),
                        text_at(item, "contentMeta/creditline", arena));
    out->wire = fh_or(value_of(fh_xml_find(item, "contentMeta/infoSource"), arena),
                      text_at(item, "contentMeta/creditline", arena));
    out->author = fh_or(by, name_of(fh_xml_find(item, "contentMeta/creator"), arena));
    out->dateline = fh_or(dateline, value_of(fh_xml_find(item, "contentMeta/located"), arena));
    out->language = fh_or(fh_xml_attribute(language, "tag", arena), root_language);
    out->keywords = keywords(item, arena);
    out->published = published(item, arena);
    out->edition = fh_edition_key(fh_xml_attribute(item, "version", arena), &made, arena);
    out->embargo = fh_embargo_text(&embargo, arena);
    out->withdrawn = fh_status_withdraws(code_at(item, "itemMeta/pubStatus", arena));
    out->wire = without_dash(out->wire);
    out->source = fh_or(out->source, out->wire);
    if (fh_str_equal(out->wire, out->source)) out->wire = FH_STR("");
}

/* Pictures and films have captions, which are no articles. */
static fh_status no_text(const xmlNode *item, fh_arena *arena, fh_error *err) {
    fh_str class = code_at(item, "itemMeta/itemClass", arena);
    bool remote = fh_xml_find(item, "contentSet/remoteContent") != NULL;
    if (class.len && !fh_str_equal(class, FH_STR("text")))
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "an item of class \"%.*s\", without a text of its own",
                       FH_STR_ARG(class));
    return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "%s",
                   remote ? "no text: it is in another file" : "no text in its contentSet");
}

static fh_status convert(const xmlNode *record, fh_arena *arena, fh_article *out, fh_error *err) {
    if (!fh_xml_is(record, "newsItem"))
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "a %s, which has no text of its own: left out",
                       (const char *)record->name);
    read_facts(record, arena, out);
    if (out->withdrawn) return FH_OK;
    read_content(record, arena, out);
    return out->body.len ? FH_OK : no_text(record, arena, err);
}

static void *open_g2(const fh_entry *entry) {
    return fh_xml_reader_open(entry, records, convert);
}

const fh_format fh_format_newsml_g2 = {
    .name = "newsml-g2",
    .about = "NewsML-G2: news items, alone or in messages",
    .probe = probe,
    .open = open_g2,
    .next = fh_xml_reader_next,
    .close = fh_xml_reader_close,
};
