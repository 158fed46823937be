/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NITF 2.5 to 3.6 (IPTC), with and without its namespace, alone or within NewsML. */
#include "indexer/edition.h"
#include "indexer/formats/xml_reader.h"
#include "indexer/names.h"

static const char *const names[] = {"nitf", NULL};

static int probe(fh_str head, fh_str id) {
    (void)id;
    return fh_xml_begins(head, names) ? FH_PROBE_SURE : FH_PROBE_NO;
}

static fh_date norm_of(const xmlNode *node, const char *attribute, fh_arena *arena) {
    return fh_date_of(fh_xml_attribute(node, attribute, arena));
}

static fh_strs keywords(const xmlNode *head, fh_arena *arena) {
    static const char *const levels[] = {"tobject.subject.type", "tobject.subject.matter",
                                         "tobject.subject.detail"};
    fh_names list = {0};
    const xmlNode *node = fh_xml_find(head, "docdata/key-list/keyword");
    for (; node; node = fh_xml_again(node, "keyword"))
        fh_names_add(&list, fh_or(fh_xml_attribute(node, "key", arena), fh_xml_text(node, arena)), arena);
    node = fh_xml_find(head, "tobject/tobject.subject");
    for (; node; node = fh_xml_again(node, "tobject.subject"))
        for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
            fh_names_add(&list, fh_xml_attribute(node, levels[i], arena), arena);
    return list.list;
}

static fh_str source(const xmlNode *nitf, const xmlNode *docdata, fh_arena *arena) {
    fh_str distributor = fh_xml_text(fh_xml_find(nitf, "body/body.head/distributor"), arena);
    fh_str owner = fh_xml_text(fh_xml_find(nitf, "body/body.head/rights/rights.owner"), arena);
    fh_str holder = fh_xml_attribute(fh_xml_find(docdata, "doc.copyright"), "holder", arena);
    fh_str from = fh_xml_attribute(fh_xml_find(docdata, "del-list/from-src"), "src-name", arena);
    fh_str publication = fh_xml_attribute(fh_xml_find(nitf, "head/pubdata"), "name", arena);
    fh_str registered = fh_xml_attribute(fh_xml_find(docdata, "doc-id"), "regsrc", arena);
    return fh_or(fh_or(fh_or(publication, distributor), fh_or(owner, holder)), fh_or(from, registered));
}

/* People and where they stand, without the date. */
static fh_str line_of(const xmlNode *line, const char *left_out, fh_arena *arena) {
    fh_names parts = {0};
    for (const xmlNode *part = line ? line->children : NULL; part; part = part->next)
        if (!fh_xml_is(part, left_out) && part->type != XML_COMMENT_NODE)
            fh_names_add(&parts, fh_xml_text(part, arena), arena);
    return fh_names_join(&parts, " ", arena);
}

/* The persons of a byline, where they are marked; what they are stands beside them. */
static fh_str writers(const xmlNode *byline, fh_arena *arena) {
    fh_names persons = {0};
    for (const xmlNode *at = fh_xml_find(byline, "person"); at; at = fh_xml_again(at, "person"))
        fh_names_add(&persons, fh_xml_text(at, arena), arena);
    return persons.list.count ? fh_names_join(&persons, "\u060C ", arena) : line_of(byline, "virtloc", arena);
}

/* What stands in a cell of its own, such as a place's city, is a word of its own. */
static fh_str dateline(const xmlNode *nitf, fh_arena *arena) {
    const xmlNode *line = fh_xml_find(nitf, "body/body.head/dateline");
    const xmlNode *city = fh_xml_find(line, "location/city");
    return city ? fh_xml_text(city, arena) : line_of(line, "story.date", arena);
}

static fh_date published(const xmlNode *nitf, const xmlNode *docdata, fh_arena *arena) {
    fh_date date = norm_of(fh_xml_find(docdata, "date.issue"), "norm", arena);
    if (!date.year) date = norm_of(fh_xml_find(nitf, "body/body.head/dateline/story.date"), "norm", arena);
    if (!date.year) date = norm_of(fh_xml_find(nitf, "head/pubdata"), "date.publication", arena);
    if (!date.year) date = norm_of(fh_xml_find(docdata, "date.release"), "norm", arena);
    return date;
}

/* date.release is when the document may be published, where that is later than its issue. */
static fh_str embargo(const xmlNode *docdata, const fh_date *issued, fh_arena *arena) {
    fh_date release = norm_of(fh_xml_find(docdata, "date.release"), "norm", arena);
    fh_str until = fh_embargo_text(&release, arena), from = fh_embargo_text(issued, arena);
    return fh_str_compare(until, from) > 0 ? until : FH_STR("");
}

static void fill(fh_str *field, fh_str text) {
    *field = fh_or(*field, fh_str_trim(text));
}

void fh_nitf_read(const xmlNode *nitf, fh_arena *arena, fh_article *out) {
    const xmlNode *head = fh_xml_find(nitf, "head"), *docdata = fh_xml_find(head, "docdata");
    const xmlNode *body_head = fh_xml_find(nitf, "body/body.head");
    const xmlNode *key = fh_xml_find(docdata, "du-key");
    fh_date issued = published(nitf, docdata, arena);
    fh_str version =
        fh_or(fh_xml_attribute(key, "version", arena), fh_xml_attribute(key, "generation", arena));
    fill(&out->id, fh_xml_attribute(fh_xml_find(docdata, "doc-id"), "id-string", arena));
    fill(&out->id, fh_xml_attribute(key, "key", arena));
    fill(&out->title, fh_xml_text(fh_xml_find(body_head, "hedline/hl1"), arena));
    fill(&out->title, fh_xml_text(fh_xml_find(head, "title"), arena));
    fill(&out->author, fh_byline(writers(fh_xml_find(body_head, "byline"), arena)));
    fill(&out->dateline, dateline(nitf, arena));
    fill(&out->source, source(nitf, docdata, arena));
    fill(&out->section, fh_xml_attribute(fh_xml_find(head, "pubdata"), "position.section", arena));
    fill(&out->language, fh_xml_attribute(nitf, "baselang", arena));
    fill(&out->language, fh_xml_attribute(nitf, "lang", arena));
    fill(&out->body, fh_xml_content(fh_xml_find(nitf, "body/body.content"), arena));
    fill(&out->body, fh_xml_content(fh_xml_find(body_head, "abstract"), arena));
    fill(&out->edition, fh_edition_key(version, &issued, arena));
    fill(&out->embargo, embargo(docdata, &issued, arena));
    if (!out->published.year) out->published = issued;
    if (!out->keywords.count) out->keywords = keywords(head, arena);
    out->withdrawn |= fh_status_withdraws(fh_xml_attribute(docdata, "management-status", arena));
}

static fh_status convert(const xmlNode *record, fh_arena *arena, fh_article *out, fh_error *err) {
    (void)err; /* an article without text is rejected by tidy.c */
    fh_nitf_read(record, arena, out);
    return FH_OK;
}

static void *open_nitf(const fh_entry *entry) {
    return fh_xml_reader_open(entry, names, convert);
}

const fh_format fh_format_nitf = {
    .name = "nitf",
    .about = "NITF, with and without its namespace",
    .probe = probe,
    .open = open_nitf,
    .next = fh_xml_reader_next,
    .close = fh_xml_reader_close,
};
