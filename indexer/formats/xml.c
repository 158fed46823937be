/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxml2's push parser builds a tree; each record leaves it as soon as it is whole. */
#include "indexer/formats/xml.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "indexer/decode.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define FEED_BYTES (16u << 10)
#define BESIDE_BYTES (1u << 20) /* of what stands beside the records, and is kept */
#define MAX_ATTRIBUTES 10000    /* of one tag: libxml2 compares each with all before it */
#define ELEMENT_BYTES 64        /* what an element counts for, whatever is in it */

typedef struct record {
    xmlNode *node;
    uint64_t at;
} record;

struct fh_xml {
    fh_stream *stream;
    const char *const *records;
    xmlSAXHandler sax;
    xmlParserCtxt *parser;
    fh_decoder *decoder;
    fh_buf clean;
    record *queue; /* whole records */
    size_t next, count, capacity;
    xmlNode *open; /* the record that is being read */
    uint64_t open_at;
    xmlNode *given;
    uint64_t beside;
    uint64_t found;
    xmlEntity character; /* what a name of HTML stands for */
    char character_text[FH_UTF8_MAX + 1];
    bool ended, broken;
    bool in_tag;
    unsigned equals; /* signs in this tag, which are at least as many as its attributes */
    int broken_line;
    char why[160];
};

static fh_xml *state_of(void *parser) {
    return ((xmlParserCtxt *)parser)->_private;
}

bool fh_xml_is(const xmlNode *node, const char *name) {
    return node->type == XML_ELEMENT_NODE && !xmlStrcasecmp(node->name, BAD_CAST name);
}

/* ---- What the parser says ---- */

static uint64_t parsed_bytes(const xmlParserCtxt *parser) {
    const xmlParserInput *input = parser->input;
    return input ? (uint64_t)input->consumed + (uint64_t)(input->cur - input->base) : 0;
}

static bool is_record(const fh_xml *xml, const xmlChar *name) {
    for (const char *const *known = xml->records; *known; known++)
        if (!xmlStrcasecmp(name, BAD_CAST * known)) return true;
    return false;
}

/* After an error libxml2 leaves out all references; the document is as good as it gets, so it goes on. */
static void go_on(xmlParserCtxt *parser) {
    parser->wellFormed = 1;
}

static void enqueue(fh_xml *xml) {
    xml->queue = fh_grow(xml->queue, xml->count, &xml->capacity, sizeof *xml->queue);
    xml->queue[xml->count++] = (record){xml->open, xml->open_at};
    xml->open = NULL;
}

/* The parser remembers the last text it made, and takes for it whatever text is last where it goes on: not so
 * once something was taken off the tree, or one element stands for two that were open. */
static void forget_text(xmlParserCtxt *parser) {
    parser->nodemem = 0;
    parser->nodelen = 0;
}

/* What is open must be in an element: beside a document, the parser puts what nobody frees. */
static xmlNode *element_around(xmlParserCtxt *parser, xmlNode *parent) {
    if (parent->type == XML_ELEMENT_NODE) return parent;
    xmlNode *made = xmlNewDocNode(parser->myDoc, NULL, BAD_CAST "around", NULL);
    if (!made) fh_out_of_memory();
    return xmlAddChild(parent, made);
}

/* In a document that is broken, a record within a record follows it: the outer one was never closed.  Neither
 * it nor what is open in it may be under the parser's feet when it leaves the tree. */
static void move_out(fh_xml *xml, xmlParserCtxt *parser) {
    xmlNode *inner = parser->node;
    if (!xml->open->parent) return;
    xmlNode *around = element_around(parser, xml->open->parent);
    for (int i = 0; i < parser->nodeNr; i++)
        for (const xmlNode *up = parser->nodeTab[i]; up && parser->nodeTab[i] != inner; up = up->parent)
            if (up == xml->open) parser->nodeTab[i] = around;
    xmlUnlinkNode(inner);
    xmlAddChild(around, inner);
    forget_text(parser);
    xmlReconciliateNs(parser->myDoc, inner); /* its namespace may be the outer one's */
    enqueue(xml);
}

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                          int namespaces, const xmlChar **namespace_list, int attributes, int defaulted,
                          const xmlChar **attribute_list) {
    xmlParserCtxt *parser = context;
    fh_xml *xml = state_of(context);
    go_on(parser);
    xmlSAX2StartElementNs(context, name, prefix, uri, namespaces, namespace_list, attributes, defaulted,
                          attribute_list);
    if (xml->open && xml->broken && !xmlStrcmp(xml->open->name, name)) move_out(xml, parser);
    if (xml->open) return;
    xml->beside += ELEMENT_BYTES;
    if (!is_record(xml, name)) return;
    xml->open = parser->node;
    xml->open_at = parsed_bytes(parser);
}

static void drop(xmlParserCtxt *parser, xmlNode *node) {
    if (!node) return;
    xmlUnlinkNode(node);
    xmlFreeNode(node);
    forget_text(parser);
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    xmlParserCtxt *parser = context;
    fh_xml *xml = state_of(context);
    xmlNode *ended = parser->node;
    go_on(parser);
    xmlSAX2EndElementNs(context, name, prefix, uri);
    forget_text(parser);
    if (ended && ended == xml->open) {
        enqueue(xml);
    } else if (!xml->open && xml->beside > BESIDE_BYTES && ended && !ended->children) {
        drop(parser, ended);
    }
}

static void add_characters(void *context, const xmlChar *text, int length) {
    fh_xml *xml = state_of(context);
    go_on(context);
    if (!xml->open) xml->beside += (uint64_t)length;
    if (xml->open || xml->beside <= BESIDE_BYTES) xmlSAX2Characters(context, text, length);
}

/* The names of HTML's characters; within attributes libxml2 can only take what is one byte. */
static xmlEntity *find_entity(void *context, const xmlChar *name) {
    xmlParserCtxt *parser = context;
    fh_xml *xml = state_of(context);
    const htmlEntityDesc *known = htmlEntityLookup(name);
    if (!known || parser->instate == XML_PARSER_ATTRIBUTE_VALUE) return NULL;
    size_t length = fh_utf8_put(xml->character_text, known->value);
    xml->character_text[length] = '\0';
    xml->character = (xmlEntity){.type = XML_ENTITY_DECL,
                                 .name = BAD_CAST known->name,
                                 .content = BAD_CAST xml->character_text,
                                 .length = (int)length,
                                 .etype = XML_INTERNAL_PREDEFINED_ENTITY};
    return &xml->character;
}

static void ignore_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                          const xmlChar *system_id, xmlChar *content) {
    (void)context, (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
}

static void note_error(void *context, xmlError *error) {
    xmlParserCtxt *parser = context;
    fh_xml *xml = parser ? parser->_private : NULL;
    if (!xml || error->level < XML_ERR_ERROR || xml->broken) return;
    fh_str what = fh_str_trim(fh_utf8_cut(fh_str_from(error->message), sizeof xml->why - 1));
    memcpy(xml->why, what.ptr, what.len);
    xml->why[what.len] = '\0';
    xml->broken = true;
    xml->broken_line = error->line;
}

/* ---- Memory ---- */

static char *copy_text(const char *text) {
    size_t bytes = strlen(text) + 1;
    return memcpy(fh_alloc(bytes), text, bytes);
}

/* Where libxml2 gets none, it calls the document broken and goes on. */
static void share_memory(void) {
    xmlMemSetup(free, fh_alloc, fh_realloc, copy_text);
}

/* ---- The state ---- */

fh_xml *fh_xml_new(fh_stream *stream, const char *const *records) {
    static pthread_once_t shared = PTHREAD_ONCE_INIT;
    pthread_once(&shared, share_memory);
    fh_xml *xml = fh_alloc_zeroed(1, sizeof *xml);
    xml->stream = stream;
    xml->records = records;
    xmlSAXVersion(&xml->sax, 2);
    xml->sax.startElementNs = start_element;
    xml->sax.endElementNs = end_element;
    xml->sax.characters = xml->sax.ignorableWhitespace = xml->sax.cdataBlock = add_characters;
    xml->sax.comment = NULL;
    xml->sax.processingInstruction = NULL;
    xml->sax.getEntity = find_entity;
    xml->sax.entityDecl = ignore_entity;
    xml->sax.externalSubset = NULL;
    xml->sax.resolveEntity = NULL;
    xml->sax.serror = note_error;
    xml->parser = xmlCreatePushParserCtxt(&xml->sax, NULL, NULL, 0, NULL);
    if (!xml->parser) fh_out_of_memory();
    xml->parser->_private = xml;
    xmlCtxtUseOptions(xml->parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    return xml;
}

void fh_xml_free(fh_xml *xml) {
    if (!xml) return;
    if (xml->parser->myDoc) xmlFreeDoc(xml->parser->myDoc);
    xmlFreeParserCtxt(xml->parser);
    fh_decoder_free(xml->decoder);
    fh_buf_free(&xml->clean);
    free(xml->queue);
    free(xml);
}

/* ---- Feeding ---- */

/* The encoding that the document says it is in; empty where it says none. */
static fh_str declared_encoding(fh_str head) {
    size_t end = fh_str_find(head, FH_STR("?>"), 0);
    if (!fh_str_starts(head, FH_STR("<?xml")) || end == SIZE_MAX) return FH_STR("");
    fh_str prolog = fh_str_slice(head, 0, end);
    size_t at = fh_str_find(prolog, FH_STR("encoding"), 0);
    if (at == SIZE_MAX) return FH_STR("");
    while (at < prolog.len && prolog.ptr[at] != '"' && prolog.ptr[at] != '\'') at++;
    const char *close =
        at < prolog.len ? memchr(prolog.ptr + at + 1, prolog.ptr[at], prolog.len - at - 1) : NULL;
    return close ? fh_str_slice(prolog, at + 1, (size_t)(close - prolog.ptr)) : FH_STR("");
}

/* What XML does not allow would end it: control characters are blanks. */
static void drop_controls(fh_buf *text) {
    for (size_t i = 0; i < text->len; i++) {
        unsigned char byte = (unsigned char)text->ptr[i];
        if (byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r') text->ptr[i] = ' ';
    }
}

/* A tag without end takes time with the square of its length. */
static bool has_endless_tag(fh_xml *xml, fh_str text) {
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (byte == '<') xml->equals = 0;
        if (byte == '<' || byte == '>') xml->in_tag = byte == '<';
        xml->equals += xml->in_tag && byte == '=';
        if (xml->equals > MAX_ATTRIBUTES) return true;
    }
    return false;
}

static fh_str without_space(fh_str text) {
    while (text.len && (unsigned char)text.ptr[0] <= ' ') text = fh_str_slice(text, 1, text.len);
    return text;
}

static fh_status feed(fh_xml *xml, fh_str bytes, bool last, fh_error *err) {
    bool first = !xml->decoder;
    if (first) xml->decoder = fh_decoder_new(declared_encoding(without_space(bytes)), bytes);
    fh_buf_clear(&xml->clean);
    fh_decoder_add(xml->decoder, bytes, last, &xml->clean);
    drop_controls(&xml->clean);
    fh_str text = fh_buf_str(&xml->clean);
    if (first) text = without_space(text); /* nothing may stand before "<?xml" */
    if (has_endless_tag(xml, text)) {
        xml->ended = true;
        return fh_fail(err, FH_ERR_LIMIT, NULL, NULL, "a tag with more than %d attributes", MAX_ATTRIBUTES);
    }
    xmlParseChunk(xml->parser, text.ptr, (int)text.len, last);
    return FH_OK;
}

/* Records that libxml2 left open because the document ended, or it could not go on. */
static fh_status finish(fh_xml *xml, fh_error *err) {
    bool cut = xml->open != NULL;
    xml->open = NULL;
    if (!cut && (xml->found || !xml->broken)) return FH_END;
    if (cut)
        return fh_fail(err, FH_ERR_INPUT, NULL, "fetch it again", "the XML is cut off within an article");
    return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "line %d: broken XML: %s", xml->broken_line, xml->why);
}

static fh_status read_on(fh_xml *xml, fh_error *err) {
    if (xml->ended) return FH_END;
    fh_str window = fh_stream_window(xml->stream);
    fh_status status = window.len ? FH_OK : fh_stream_more(xml->stream, err);
    if (status != FH_OK && status != FH_END) return status;
    window = fh_stream_window(xml->stream);
    bool last = status == FH_END;
    if (xml->decoder && window.len > FEED_BYTES) window.len = FEED_BYTES;
    fh_status fed = feed(xml, window, last, err);
    if (fed != FH_OK) return fed;
    fh_stream_take(xml->stream, window.len);
    bool halted = xml->parser->disableSAX || xml->parser->instate == XML_PARSER_EOF;
    if (xml->open && parsed_bytes(xml->parser) - xml->open_at > FH_MAX_ARTICLE) {
        xml->ended = true;
        return fh_fail(err, FH_ERR_LIMIT, NULL, NULL, "longer than the %u MiB that an article may have",
                       FH_MAX_ARTICLE >> 20);
    }
    xml->ended = last || halted;
    return xml->ended && xml->next == xml->count ? finish(xml, err) : FH_OK;
}

fh_status fh_xml_next(fh_xml *xml, const xmlNode **out, uint64_t *at, fh_error *err) {
    drop(xml->parser, xml->given);
    xml->given = NULL;
    *at = fh_stream_at(xml->stream);
    while (xml->next == xml->count) {
        xml->next = xml->count = 0;
        fh_status status = xml->ended && xml->open ? finish(xml, err) : read_on(xml, err);
        if (status != FH_OK) return status;
    }
    const record *next = &xml->queue[xml->next++];
    *out = xml->given = next->node;
    *at = next->at;
    xml->found++;
    return FH_OK;
}
