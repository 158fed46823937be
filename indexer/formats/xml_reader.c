/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records to articles, one by one. */
#include "indexer/formats/xml_reader.h"
#include "base/memory.h"
#include "indexer/formats/html.h"
#include "indexer/formats/markup.h"

#include <inttypes.h>
#include <stdlib.h>

typedef struct xml_reader {
    fh_xml *xml;
    fh_xml_convert *convert;
    fh_arena *arena;
    fh_str id;
    uint64_t records;
} xml_reader;

void *fh_xml_reader_open(const fh_entry *entry, const char *const *records, fh_xml_convert *convert) {
    xml_reader *reader = fh_alloc_zeroed(1, sizeof *reader);
    *reader = (xml_reader){.xml = fh_xml_new(entry->stream, records),
                           .convert = convert,
                           .arena = fh_arena_new(),
                           .id = entry->id};
    return reader;
}

void fh_xml_reader_close(void *state) {
    xml_reader *reader = state;
    if (!reader) return;
    fh_xml_free(reader->xml);
    fh_arena_free(reader->arena);
    free(reader);
}

fh_status fh_xml_reader_next(void *state, fh_article *out, uint64_t *at, fh_error *err) {
    xml_reader *reader = state;
    const xmlNode *record;
    fh_arena_reset(reader->arena);
    fh_status status = fh_xml_next(reader->xml, &record, at, err);
    if (status == FH_END && reader->records == 0) {
        reader->records++;
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "no article is in it");
    }
    if (status != FH_OK) return status;
    reader->records++;
    *out = (fh_article){0};
    status = reader->convert(record, reader->arena, out, err);
    if (status == FH_OK && out->id.len == 0 && out->url.len == 0)
        out->id = reader->records == 1 ? reader->id
                                       : fh_arena_format(reader->arena, "%.*s#%" PRIu64,
                                                         FH_STR_ARG(reader->id), reader->records);
    return status;
}

fh_str fh_xml_content(const xmlNode *node, fh_arena *arena) {
    if (!node) return FH_STR("");
    const xmlNode *body = fh_xml_search(node, "body.content");
    if (!body) body = fh_xml_search(node, "body");
    if (!body) body = node;
    if (!xmlChildElementCount((xmlNode *)body)) return fh_html_fragment(fh_xml_text(body, arena), arena);
    return fh_markup_strip(fh_xml_blocks(body, arena), arena);
}
