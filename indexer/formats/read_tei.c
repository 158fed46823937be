/* SPDX-License-Identifier: GPL-3.0-or-later */
/* TEI P4 and P5: a text with its header, or a corpus of them; and TimeML, a text with marks in it. */
#include "indexer/edition.h"
#include "indexer/formats/xml_reader.h"
#include "indexer/names.h"

static const char *const roots[] = {"TEI", "TEI.2", "teiCorpus", "teiCorpus.2", "TimeML", NULL};
static const char *const records[] = {"TEI", "TEI.2", "TimeML", NULL};

static int probe(fh_str head, fh_str id) {
    (void)id;
    return fh_xml_begins(head, roots) ? FH_PROBE_SURE : FH_PROBE_NO;
}

static fh_str text_at(const xmlNode *node, const char *path, fh_arena *arena) {
    return fh_str_trim(fh_xml_text(fh_xml_find(node, path), arena));
}

/* Written in full, or as an attribute; of the text's source, else of its edition. */
static fh_date date_of(const xmlNode *header, fh_arena *arena) {
    static const char *const places[] = {"sourceDesc", "profileDesc", "publicationStmt"};
    fh_date date = {0};
    for (size_t i = 0; i < sizeof places / sizeof *places && !date.year; i++) {
        const xmlNode *place = fh_xml_search(header, places[i]);
        const xmlNode *node = fh_xml_search(place, "date");
        if (!node) node = fh_xml_search(place, "creation");
        fh_str when = fh_or(fh_xml_attribute(node, "when", arena), fh_xml_attribute(node, "value", arena));
        date = fh_date_of(fh_or(when, fh_xml_text(node, arena)));
    }
    return date;
}

static fh_strs keywords_of(const xmlNode *header, fh_arena *arena) {
    fh_names names = {0};
    const xmlNode *around = fh_xml_search(header, "keywords");
    for (const xmlNode *at = fh_xml_search(around, "term"); at; at = fh_xml_search_on(around, at, "term"))
        fh_names_add(&names, fh_xml_text(at, arena), arena);
    return names.list;
}

/* What it was printed in: <title level="j">. */
static fh_str journal_of(const xmlNode *described, fh_arena *arena) {
    for (const xmlNode *at = fh_xml_search(described, "title"); at;
         at = fh_xml_search_on(described, at, "title"))
        if (fh_str_equal(fh_xml_attribute(at, "level", arena), FH_STR("j"))) return fh_xml_text(at, arena);
    return FH_STR("");
}

/* A text without the headline that it begins with. */
static fh_str without_title(fh_str body, fh_str title) {
    fh_str rest = fh_str_trim(body), line;
    if (!title.len || !fh_str_line(&rest, &line) || !fh_str_trim(rest).len) return body;
    return fh_str_equal(fh_str_trim(line), fh_str_trim(title)) ? rest : body;
}

static fh_str source_of(const xmlNode *header, fh_arena *arena) {
    const xmlNode *described = fh_xml_search(header, "sourceDesc");
    fh_str journal = journal_of(described, arena);
    if (fh_str_trim(journal).len) return journal;
    fh_str publisher = fh_xml_text(fh_xml_search(described, "publisher"), arena);
    fh_str edition = text_at(header, "fileDesc/publicationStmt/publisher", arena);
    return fh_or(publisher, fh_or(edition, text_at(header, "fileDesc/publicationStmt/distributor", arena)));
}

static void read_tei(const xmlNode *tei, fh_arena *arena, fh_article *out) {
    const xmlNode *header = fh_xml_find(tei, "teiHeader"), *text = fh_xml_find(tei, "text");
    const xmlNode *language = fh_xml_search(header, "language");
    const xmlNode *body = fh_xml_find(text, "body");
    out->id =
        fh_or(fh_xml_attribute(tei, "id", arena), text_at(header, "fileDesc/publicationStmt/idno", arena));
    out->title = fh_or(text_at(header, "fileDesc/titleStmt/title", arena),
                       fh_xml_text(fh_xml_search(body, "head"), arena));
    out->author = fh_or(text_at(header, "fileDesc/titleStmt/author", arena),
                        fh_xml_text(fh_xml_search(fh_xml_search(header, "sourceDesc"), "author"), arena));
    out->source = source_of(header, arena);
    out->language =
        fh_or(fh_xml_attribute(text, "lang", arena),
              fh_or(fh_xml_attribute(tei, "lang", arena), fh_xml_attribute(language, "ident", arena)));
    out->keywords = keywords_of(header, arena);
    out->published = date_of(header, arena);
    out->body = without_title(fh_xml_blocks(body ? body : text, arena), out->title);
}

static fh_status convert(const xmlNode *record, fh_arena *arena, fh_article *out, fh_error *err) {
    (void)err; /* an article without text is rejected by tidy.c */
    if (!fh_xml_is(record, "TimeML")) {
        read_tei(record, arena, out);
        return FH_OK;
    }
    const xmlNode *text = fh_xml_find(record, "TEXT");
    const xmlNode *time = fh_xml_search(fh_xml_find(record, "DCT"), "TIMEX3");
    out->id = fh_str_trim(fh_xml_text(fh_xml_find(record, "DOCID"), arena));
    out->title = fh_str_trim(fh_xml_text(fh_xml_find(record, "TITLE"), arena));
    out->published = fh_date_of(fh_xml_attribute(time, "value", arena));
    out->body = fh_xml_text(text ? text : record, arena);
    return FH_OK;
}

static void *open_tei(const fh_entry *entry) {
    return fh_xml_reader_open(entry, records, convert);
}

const fh_format fh_format_tei = {
    .name = "tei",
    .about = "TEI, a text or a corpus; TimeML",
    .probe = probe,
    .open = open_tei,
    .next = fh_xml_reader_next,
    .close = fh_xml_reader_close,
};
