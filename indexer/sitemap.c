/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sitemaps to entries. */
#include "indexer/sitemap.h"
#include "indexer/edition.h"
#include "indexer/formats/xml.h"
#include "indexer/names.h"

#include <zlib.h>

#define HEAD_BYTES 4096
#define BLOCK_BYTES (32u << 10)

const char *const fh_sitemap_roots[] = {"urlset", "sitemapindex", NULL};

/* ---- Bytes ---- */

typedef struct sitemap_file {
    gzFile file; /* reads what is not packed as it is */
    uint64_t bytes;
    char block[BLOCK_BYTES];
} sitemap_file;

static fh_status read_block(void *context, fh_str *block, fh_error *err) {
    sitemap_file *from = context;
    int length = gzread(from->file, from->block, sizeof from->block);
    if (length == 0) return FH_END;
    if (length < 0)
        return fh_fail(err, FH_ERR_IO, NULL, "the file may be damaged or cut off: fetch it again",
                       "the sitemap cannot be read");
    from->bytes += (uint64_t)length;
    if (from->bytes > FH_MAX_SITEMAP)
        return fh_fail(err, FH_ERR_LIMIT, NULL, "cut it into several", "a sitemap of more than %u MiB",
                       FH_MAX_SITEMAP >> 20);
    *block = (fh_str){from->block, (size_t)length};
    return FH_OK;
}

bool fh_sitemap_is(const char *path) {
    sitemap_file from = {.file = gzopen(path, "r")};
    fh_error ignored;
    if (!from.file) return false;
    fh_stream *stream = fh_stream_new();
    fh_status status = FH_OK;
    fh_stream_start(stream, read_block, &from);
    while (status == FH_OK && fh_stream_window(stream).len < HEAD_BYTES)
        status = fh_stream_more(stream, &ignored);
    bool found = fh_xml_begins(fh_stream_window(stream), fh_sitemap_roots);
    fh_stream_free(stream);
    gzclose(from.file);
    return found;
}

/* ---- Entries ---- */

static fh_str text_at(const xmlNode *record, const char *path, fh_arena *arena) {
    return fh_str_trim(fh_xml_text(fh_xml_find(record, path), arena));
}

static fh_sitemap_entry entry_of(const xmlNode *record, fh_arena *arena) {
    fh_names keywords = {0};
    fh_names_add_split(&keywords, text_at(record, "news/keywords", arena), arena);
    fh_sitemap_entry entry = {.address = text_at(record, "loc", arena),
                              .title = text_at(record, "news/title", arena),
                              .source = text_at(record, "news/publication/name", arena),
                              .language = text_at(record, "news/publication/language", arena),
                              .keywords = keywords.list,
                              .published = fh_date_of(text_at(record, "news/publication_date", arena))};
    if (!entry.published.year) {
        entry.published = fh_date_of(text_at(record, "lastmod", arena));
        entry.published.guessed = entry.published.year != 0;
    }
    return entry;
}

static fh_status read_entries(fh_stream *stream, fh_sitemap_visitor *visit, void *context, fh_error *err) {
    static const char *const records[] = {"url", "sitemap", NULL};
    fh_xml *xml = fh_xml_new(stream, records);
    fh_arena *arena = fh_arena_new();
    const xmlNode *record;
    uint64_t at, count = 0;
    bool more = true;
    fh_status status = FH_OK;
    while (more && (status = fh_xml_next(xml, &record, &at, err)) == FH_OK) {
        fh_arena_reset(arena);
        fh_sitemap_entry entry = entry_of(record, arena);
        if (entry.address.len) count++, more = visit(context, &entry);
    }
    fh_arena_free(arena);
    fh_xml_free(xml);
    if (status == FH_END && count == 0)
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "a sitemap without an address");
    return status == FH_END ? FH_OK : status;
}

fh_status fh_sitemap_read(const char *path, fh_sitemap_visitor *visit, void *context, fh_error *err) {
    sitemap_file from = {.file = gzopen(path, "r")};
    if (!from.file)
        return fh_fail(err, FH_ERR_IO, path, "check who may read it", "the sitemap cannot be opened");
    fh_stream *stream = fh_stream_new();
    fh_stream_start(stream, read_block, &from);
    fh_status status = read_entries(stream, visit, context, err);
    fh_stream_free(stream);
    gzclose(from.file);
    return status;
}
