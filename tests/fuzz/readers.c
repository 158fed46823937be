/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formats: whatever an entry holds, its articles are what store.h promises, and how the bytes arrive changes
 * nothing. */
#include "tests/fuzz/fuzz.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "indexer/decode.h"
#include "indexer/formats/format.h"
#include "indexer/formats/json_split.h"
#include "indexer/formats/xml_reader.h"
#include "indexer/keywords.h"
#include "indexer/sitemap.h"
#include "indexer/tidy.h"
#include <jansson.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- Bytes in memory, in blocks ---- */

typedef struct memory {
    fh_str rest;
    size_t block;
    char *copy; /* of the block before: nobody may still look at it */
} memory;

static fh_status read_memory(void *context, fh_str *block, fh_error *err) {
    (void)err;
    memory *from = context;
    free(from->copy);
    from->copy = NULL;
    if (!from->rest.len) return FH_END;
    size_t len = from->rest.len < from->block ? from->rest.len : from->block;
    from->copy = malloc(len);
    if (!from->copy) abort();
    memcpy(from->copy, from->rest.ptr, len);
    *block = (fh_str){from->copy, len};
    from->rest = fh_str_slice(from->rest, len, from->rest.len);
    return FH_OK;
}

enum { STREAM_HEAD = 4096 }; /* bytes that a stream reads before it gives any */

/* ---- What an entry gives ---- */

typedef struct reading {
    const fh_format *format;
    fh_keyword_memory *memory;
    fh_arena *arena;
    unsigned long long digest; /* of all that was given */
} reading;

static void take_in(reading *r, fh_str bytes) {
    r->digest = fh_hash(fh_hash(r->digest, bytes), FH_STR("\x1f"));
}

static void take_number(reading *r, uint64_t number) {
    take_in(r, (fh_str){(const char *)&number, sizeof number});
}

/* The article as the indexer would have it. */
static void settle(reading *r, fh_article *raw) {
    fh_keyword_tools tools = {fh_gazetteer_builtin(), r->memory, r->format->keyword_rows};
    fh_article article;
    fh_error err;
    fh_keywords_settle(&tools, raw, r->arena);
    fh_status status = fh_article_tidy(raw, r->arena, &article, &err);
    take_number(r, status);
    if (status) {
        must_be_error(status, &err);
        return;
    }
    must_be_article(&article);
    must(article.body.len || article.withdrawn);
    fh_buf out = {0};
    fh_article_json(&article, fh_gazetteer_builtin(), &out);
    json_t *value = json_loadb(out.ptr, out.len, JSON_REJECT_DUPLICATES, NULL);
    must(value);
    json_decref(value);
    take_in(r, fh_buf_str(&out));
    fh_buf_free(&out);
}

static void read_stream(reading *r, fh_stream *stream) {
    const fh_field_map map = {0};
    fh_entry entry = {.stream = stream, .id = FH_STR("archive/entry"), .map = &map};
    void *state = r->format->open(&entry);
    for (fh_status status = FH_OK; status != FH_END && status != FH_ERR_IO;) {
        fh_article raw = {0};
        fh_error err = {0};
        uint64_t at = UINT64_MAX;
        status = r->format->next(state, &raw, &at, &err);
        take_number(r, status);
        if (status == FH_OK) settle(r, &raw);
        if (status && status != FH_END) must_be_error(status, &err);
        if (status != FH_END) take_number(r, at);
    }
    r->format->close(state);
}

static void read_whole(reading *r, fh_stream *stream) {
    fh_buf space = {0}, copy = {0};
    fh_error err = {0};
    while (fh_stream_more(stream, &err) == FH_OK) continue;
    fh_str text = fh_stream_window(stream);
    fh_status status = r->format->raw ? FH_OK : fh_decode(text, &space, &text, &err);
    if (status == FH_OK) {
        fh_buf_add(&copy, text);
        for (size_t i = 0; i < copy.len; i++)
            if (copy.ptr[i] == '\0') copy.ptr[i] = ' ';
        fh_articles articles = {0};
        status = r->format->whole(fh_buf_str(&copy), FH_STR("archive/entry"), r->arena, &articles, &err);
        for (size_t i = 0; status == FH_OK && i < articles.count; i++) settle(r, &articles.items[i]);
    }
    if (status) must_be_error(status, &err);
    fh_buf_free(&space);
    fh_buf_free(&copy);
}

static unsigned long long read_entry(const fh_format *format, fh_str input, size_t block) {
    reading r = {format, fh_keyword_memory_new(), fh_arena_new(), FH_HASH_START};
    memory from = {input, block, NULL};
    fh_stream *stream = fh_stream_new();
    fh_error err;
    fh_stream_start(stream, read_memory, &from);
    bool empty =
        fh_stream_more(stream, &err) != FH_OK; /* or nothing but a byte order mark: not given to formats */
    if (!empty) (format->whole ? read_whole : read_stream)(&r, stream);
    fh_stream_free(stream);
    free(from.copy);
    fh_arena_free(r.arena);
    fh_keyword_memory_free(r.memory);
    return r.digest;
}

/* What libxml2 makes of broken XML hangs on where its chunks end. */
static bool is_well_formed(fh_str xml) {
    xmlDoc *doc = xmlReadMemory(xml.ptr, (int)xml.len, NULL, NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    xmlFreeDoc(doc);
    return doc != NULL;
}

void fuzz_reader(fh_str input, const void *what) {
    const fh_format *format = what;
    fh_arena *arena = fh_arena_new();
    fh_str head =
        fuzz_text(fh_str_slice(input, 0, input.len < FH_PROBE_BYTES ? input.len : FH_PROBE_BYTES), arena);
    int score = format->probe(head, FH_STR("archive/entry"));
    must(score >= FH_PROBE_NO && score <= FH_PROBE_SURE + 1);
    fh_arena_free(arena);
    unsigned long long digest = read_entry(format, input, SIZE_MAX);
    if (format->whole || input.len <= STREAM_HEAD) return;
    if (format->next == fh_xml_reader_next && !is_well_formed(input)) return;
    must(digest == read_entry(format, input, 1 + input.len % 97));
}

enum { PATH = 64 };

/* A file of these bytes, which is gone when it is closed. */
static int make_file(fh_str bytes, char path[PATH]) {
    int file = memfd_create("fuzz", 0);
    must(file >= 0 && write(file, bytes.ptr, bytes.len) == (ssize_t)bytes.len);
    snprintf(path, PATH, "/proc/self/fd/%d", file);
    return file;
}

/* ---- A file of unknown kind ---- */

void fuzz_source(fh_str input, const void *what) {
    (void)what;
    char path[PATH];
    int file = make_file(input, path);
    const char *source = path;
    fh_reader_options options = {.sources = &source, .source_count = 1};
    fh_reader *reader;
    fh_error err = {0};
    fh_arena *arena = fh_arena_new();
    must(fh_reader_new(&options, &reader, &err) == FH_OK);
    fh_read_article read;
    for (fh_status status; (status = fh_reader_next(reader, arena, &read, &err)) != FH_END;) {
        if (status) {
            must_be_error(status, &err);
            must(fh_str_starts(fh_str_from(err.where), fh_str_from(path)));
        } else {
            must_be_article(&read.article);
            must(fh_str_starts(read.place, fh_str_from(path)));
        }
        fh_arena_reset(arena);
    }
    fh_progress progress = fh_reader_progress(reader);
    must(progress.bytes_read <= input.len && progress.bytes_in_all == input.len);
    fh_reader_free(reader);
    fh_arena_free(arena);
    close(file);
}

/* ---- Splitters ---- */

static unsigned long long split_json(fh_str padded, size_t block) {
    memory from = {padded, block, NULL};
    fh_stream *stream = fh_stream_new();
    fh_stream_start(stream, read_memory, &from);
    fh_json_split *split = fh_json_split_new(stream);
    unsigned long long digest = FH_HASH_START;
    for (fh_status status = FH_OK; status != FH_END && status != FH_ERR_IO;) {
        fh_json_record record = {0};
        fh_error err = {0};
        status = fh_json_split_next(split, &record, &err);
        digest = fh_hash(digest, (fh_str){(const char *)&status, sizeof status});
        if (status == FH_END) break;
        digest = fh_hash(digest, (fh_str){(const char *)&record.at, sizeof record.at});
        must(record.at <= padded.len);
        if (status) {
            must_be_error(status, &err);
            continue;
        }
        digest = fh_hash(digest, record.bytes);
        must(record.bytes.len >= 2 && record.bytes.ptr[0] == '{');
        must(record.bytes.ptr[record.bytes.len - 1] == '}');
    }
    fh_json_split_free(split);
    fh_stream_free(stream);
    free(from.copy);
    return digest;
}

void fuzz_json_split(fh_str input, const void *what) {
    (void)what;
    fh_buf padded = {0};
    fh_buf_printf(&padded, "%*s", STREAM_HEAD, "");
    fh_buf_add(&padded, input);
    unsigned long long whole = split_json(fh_buf_str(&padded), SIZE_MAX);
    must(whole == split_json(fh_buf_str(&padded), 1 + input.len % 13));
    fh_buf_free(&padded);
}

static unsigned long long split_xml(fh_str bytes, size_t block) {
    static const char *const records[] = {"item", "doc", "NewsItem", NULL};
    memory from = {bytes, block, NULL};
    fh_stream *stream = fh_stream_new();
    fh_arena *arena = fh_arena_new();
    fh_stream_start(stream, read_memory, &from);
    fh_xml *xml = fh_xml_new(stream, records);
    unsigned long long digest = FH_HASH_START;
    const xmlNode *record;
    uint64_t at;
    fh_error err = {0};
    fh_status status;
    while ((status = fh_xml_next(xml, &record, &at, &err)) == FH_OK) {
        fh_str text = fh_xml_text(record, arena), blocks = fh_xml_blocks(record, arena);
        must_be_text(text);
        must_be_text(blocks);
        must_be_text(fh_xml_attribute(record, "id", arena));
        digest = fh_hash(fh_hash(digest, text), blocks);
        fh_arena_reset(arena);
    }
    if (status != FH_END) must_be_error(status, &err);
    digest = fh_hash(digest, (fh_str){(const char *)&status, sizeof status});
    fh_xml_free(xml);
    fh_stream_free(stream);
    fh_arena_free(arena);
    free(from.copy);
    return digest;
}

void fuzz_xml_split(fh_str input, const void *what) {
    (void)what;
    fh_buf padded = {0};
    fh_arena *arena = fh_arena_new();
    fh_buf_printf(&padded, "<!--%*s-->", STREAM_HEAD, "");
    fh_buf_add(&padded, fuzz_text(input, arena)); /* of other encodings, what is read first decides */
    fh_arena_free(arena);
    unsigned long long whole = split_xml(fh_buf_str(&padded), SIZE_MAX);
    unsigned long long pieces = split_xml(fh_buf_str(&padded), 1 + input.len % 13);
    if (is_well_formed(fh_buf_str(&padded))) must(whole == pieces);
    fh_buf_free(&padded);
    split_xml(input, SIZE_MAX);
}

static bool must_be_entry(void *context, const fh_sitemap_entry *entry) {
    size_t *left = context;
    must_be_text(entry->address);
    must_be_text(entry->title);
    must_be_text(entry->source);
    must_be_text(entry->language);
    for (size_t i = 0; i < entry->keywords.count; i++) must_be_text(entry->keywords.items[i]);
    return (*left)-- > 0;
}

void fuzz_sitemap(fh_str input, const void *what) {
    (void)what;
    char path[PATH];
    int file = make_file(input, path);
    fh_error err = {0};
    size_t left = input.len;
    fh_sitemap_is(path);
    fh_status status = fh_sitemap_read(path, must_be_entry, &left, &err);
    if (status) must_be_error(status, &err);
    close(file);
}
