/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sources to tidied articles: knows each entry's format by its beginning, and names the place of what goes
 * wrong. */
#include "base/limits.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "indexer/decode.h"
#include "indexer/formats/format.h"
#include "indexer/keywords.h"
#include "indexer/source.h"
#include "indexer/tidy.h"
#include "indexer/walk.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* Of equal scores, the first row wins. */
static const fh_format *const formats[] = {
    &fh_format_newsml_g2, &fh_format_newsml_1, &fh_format_nitf,  &fh_format_wxr,  &fh_format_feed,
    &fh_format_sitemap,   &fh_format_warc,     &fh_format_html,  &fh_format_json, &fh_format_csv,
    &fh_format_trec,      &fh_format_tei,      &fh_format_front, &fh_format_page, &fh_format_xml,
    &fh_format_iptc7901,  &fh_format_anpa,     &fh_format_text,
};
enum { FORMATS = sizeof formats / sizeof *formats };

struct fh_reader {
    fh_listing *own_listing; /* NULL: it was given */
    fh_source *source;
    fh_stream *stream;
    const volatile bool *stop;
    const fh_format *forced;
    fh_field_map map;
    uint64_t bytes_in_all;
    const fh_gazetteer *gazetteer;
    fh_keyword_memory *keywords;

    const fh_format *format; /* of the entry that is being read; NULL between entries */
    void *state;             /* of a streaming format */
    fh_arena *arena;         /* of a whole entry */
    fh_buf space;            /* its text, where it had to be converted */
    fh_articles articles;
    size_t next;
};

static fh_format_name names[FORMATS + 1];
static pthread_once_t names_once = PTHREAD_ONCE_INIT;

static void fill_names(void) {
    for (size_t i = 0; i < FORMATS; i++) names[i] = (fh_format_name){formats[i]->name, formats[i]->about};
}

const fh_format_name *fh_reader_formats(void) {
    pthread_once(&names_once, fill_names);
    return names;
}

static fh_status find_format(const char *name, const fh_format **out, fh_error *err) {
    for (size_t i = 0; i < FORMATS; i++) {
        if (strcmp(formats[i]->name, name) != 0) continue;
        *out = formats[i];
        return FH_OK;
    }
    fh_buf hint = {0};
    fh_buf_add(&hint, FH_STR("the formats are"));
    for (size_t i = 0; i < FORMATS; i++) fh_buf_printf(&hint, "%s %s", i ? "," : "", formats[i]->name);
    fh_fail(err, FH_ERR_USAGE, NULL, hint.ptr, "there is no format called \"%s\"", name);
    fh_buf_free(&hint);
    return err->status;
}

fh_status fh_reader_new(const fh_reader_options *options, fh_reader **out, fh_error *err) {
    const fh_format *forced = NULL;
    if (options->format) {
        fh_status status = find_format(options->format, &forced, err);
        if (status != FH_OK) return status;
    }
    fh_field_map map = {0};
    for (size_t i = 0; i < options->map_count; i++) {
        fh_status status = fh_field_map_add(&map, options->maps[i], err);
        if (status != FH_OK) return status;
    }
    fh_reader *reader = fh_alloc_zeroed(1, sizeof *reader);
    reader->map = map;
    const fh_listing *listing = options->listing;
    if (!listing) listing = reader->own_listing = fh_listing_new(options->sources, options->source_count);
    reader->source = fh_source_new(options->sources, options->source_count, listing, options->stop);
    reader->stream = fh_stream_new();
    reader->stop = options->stop;
    reader->forced = forced;
    reader->gazetteer = fh_gazetteer_builtin();
    reader->keywords = fh_keyword_memory_new();
    reader->arena = fh_arena_new();
    reader->bytes_in_all = fh_walk_measure(options->sources, options->source_count, listing);
    *out = reader;
    return FH_OK;
}

static void close_entry(fh_reader *reader) {
    if (reader->state) reader->format->close(reader->state);
    reader->state = NULL;
    reader->format = NULL;
}

void fh_reader_free(fh_reader *reader) {
    if (!reader) return;
    close_entry(reader);
    fh_stream_free(reader->stream);
    fh_source_free(reader->source);
    fh_listing_free(reader->own_listing);
    fh_keyword_memory_free(reader->keywords);
    fh_arena_free(reader->arena);
    fh_buf_free(&reader->space);
    free(reader);
}

void fh_reader_use(fh_reader *reader, const fh_gazetteer *gazetteer) {
    reader->gazetteer = gazetteer;
}

/* ---- Entries ---- */

/* The entry's beginning as valid UTF-8, in `space`: what cannot be read is replaced, for it may be one bad
 * record of many. */
static fh_str probe_head(fh_reader *reader) {
    fh_str window = fh_utf8_cut(fh_stream_window(reader->stream), FH_PROBE_BYTES), head;
    fh_error ignored;
    if (fh_decode(window, &reader->space, &head, &ignored) == FH_OK) return head;
    fh_buf_clear(&reader->space);
    for (size_t at = 0; at < window.len;) {
        uint32_t c;
        at += fh_utf8_next(window, at, &c);
        fh_buf_add_code_point(&reader->space, c);
    }
    return fh_buf_str(&reader->space);
}

/* The pages of a sitemap are no sitemaps. */
static bool is_forced(const fh_reader *reader) {
    const fh_file *file = fh_source_file(reader->source);
    bool page = reader->forced == &fh_format_sitemap && file && file->listed && !file->sitemap;
    return reader->forced && !page;
}

static const fh_format *detect(fh_reader *reader) {
    if (is_forced(reader)) return reader->forced;
    fh_str head = probe_head(reader), id = fh_source_id(reader->source);
    const fh_format *best = &fh_format_text;
    int best_score = FH_PROBE_NO;
    for (size_t i = 0; i < FORMATS; i++) {
        int score = formats[i]->probe(head, id);
        if (score <= best_score) continue;
        best = formats[i];
        best_score = score;
    }
    return best;
}

/* Zero bytes are spaces: some programs pad with them. */
static fh_str without_zeros(fh_str text, fh_buf *space) {
    if (!memchr(text.ptr, '\0', text.len)) return text;
    if (text.ptr != space->ptr) {
        fh_buf_clear(space);
        fh_buf_add(space, text);
    }
    for (size_t i = 0; i < space->len; i++)
        if (space->ptr[i] == '\0') space->ptr[i] = ' ';
    return fh_buf_str(space);
}

static fh_status read_whole(fh_reader *reader, fh_error *err) {
    fh_status status = FH_OK;
    while (status == FH_OK && fh_stream_window(reader->stream).len <= FH_MAX_ARTICLE)
        status = fh_stream_more(reader->stream, err);
    if (status == FH_OK)
        return fh_fail(err, FH_ERR_LIMIT, NULL, "cut it into articles",
                       "longer than the %u MiB that an article may have", FH_MAX_ARTICLE >> 20);
    if (status != FH_END) return status;
    fh_str text = fh_stream_window(reader->stream);
    status = reader->format->raw ? FH_OK : fh_decode(text, &reader->space, &text, err);
    if (status != FH_OK) return status;
    text = without_zeros(text, &reader->space);
    fh_arena_reset(reader->arena);
    reader->articles = (fh_articles){0};
    reader->next = 0;
    return reader->format->whole(text, fh_source_id(reader->source), reader->arena, &reader->articles, err);
}

static fh_status place_error(const fh_reader *reader, fh_status status, fh_error *err) {
    fh_error_within(err, fh_source_place(reader->source).ptr);
    return status;
}

/* What it lists is read as files of their own: all there is to say here is what could not be. */
static fh_status close_sitemap(fh_reader *reader, fh_error *err) {
    const fh_sitemap_seen *sitemap = fh_source_file(reader->source)->sitemap;
    close_entry(reader);
    if (!sitemap->problem) return FH_OK;
    return place_error(reader, fh_fail(err, FH_ERR_INPUT, NULL, sitemap->hint, "%s", sitemap->problem), err);
}

static fh_status open_entry(fh_reader *reader, fh_error *err) {
    fh_status status = fh_source_next(reader->source, err);
    if (status != FH_OK) return status;
    fh_stream_start(reader->stream, fh_source_read, reader->source);
    size_t held;
    while ((held = fh_stream_window(reader->stream).len) < FH_PROBE_BYTES && status == FH_OK)
        status = fh_stream_more(reader->stream, err);
    if (held == 0) {
        if (status == FH_END) status = fh_fail(err, FH_ERR_INPUT, NULL, NULL, "an empty file");
        return place_error(reader, status, err);
    }
    reader->format = detect(reader);
    const fh_file *file = fh_source_file(reader->source);
    if (reader->format == &fh_format_sitemap && file && file->sitemap) return close_sitemap(reader, err);
    if (!reader->format->whole) {
        fh_entry entry = {.stream = reader->stream, .id = fh_source_id(reader->source), .map = &reader->map};
        reader->state = reader->format->open(&entry);
        return FH_OK;
    }
    status = read_whole(reader, err);
    if (status == FH_OK) return FH_OK;
    close_entry(reader);
    return place_error(reader, status, err);
}

/* ---- Articles ---- */

static fh_status finish(fh_reader *reader, fh_article *raw, fh_arena *arena, fh_article *out, fh_error *err) {
    fh_keyword_tools tools = {reader->gazetteer, reader->keywords, reader->format->keyword_rows};
    const fh_file *file = fh_source_file(reader->source);
    bool alone = reader->format->whole && reader->articles.count == 1;
    if (file && file->listed) fh_listed_fill(file->listed, alone, raw);
    if (!raw->format.len) raw->format = fh_str_from(reader->format->name);
    fh_keywords_settle(&tools, raw, arena);
    return fh_article_tidy(raw, arena, out, err);
}

static fh_status next_of_stream(fh_reader *reader, fh_arena *arena, fh_read_article *out, fh_error *err) {
    fh_article raw = {0};
    uint64_t at = 0;
    fh_status status = reader->format->next(reader->state, &raw, &at, err);
    if (status == FH_END) return FH_END;
    if (status == FH_OK) status = finish(reader, &raw, arena, &out->article, err);
    fh_str place = fh_source_place(reader->source);
    if (status == FH_OK) {
        out->place = fh_arena_format(arena, "%.*s:%" PRIu64, FH_STR_ARG(place), at);
        return FH_OK;
    }
    char offset[24];
    snprintf(offset, sizeof offset, "%" PRIu64, at);
    fh_error_within(err, offset);
    place_error(reader, status, err);
    if (status == FH_ERR_IO) close_entry(reader); /* nothing follows */
    return status;
}

static fh_status next_of_whole(fh_reader *reader, fh_arena *arena, fh_read_article *out, fh_error *err) {
    if (reader->next == reader->articles.count) return FH_END;
    fh_article *raw = &reader->articles.items[reader->next++];
    fh_status status = finish(reader, raw, arena, &out->article, err);
    if (status != FH_OK) return place_error(reader, status, err);
    out->place = fh_arena_copy(arena, fh_source_place(reader->source));
    return FH_OK;
}

static fh_status next_article(fh_reader *reader, fh_arena *arena, fh_read_article *out, fh_error *err) {
    for (;;) {
        if (!reader->format) {
            fh_status status = open_entry(reader, err);
            if (status != FH_OK) return status;
            if (!reader->format) continue;
        }
        fh_status status = reader->format->whole ? next_of_whole(reader, arena, out, err)
                                                 : next_of_stream(reader, arena, out, err);
        if (status != FH_END) return status;
        close_entry(reader);
    }
}

/* What breaks off because it is to stop is no error. */
fh_status fh_reader_next(fh_reader *reader, fh_arena *arena, fh_read_article *out, fh_error *err) {
    fh_status status = next_article(reader, arena, out, err);
    return status != FH_OK && reader->stop && *reader->stop ? FH_END : status;
}

fh_progress fh_reader_progress(const fh_reader *reader) {
    return (fh_progress){.bytes_read = fh_source_bytes(reader->source),
                         .bytes_in_all = reader->bytes_in_all,
                         .text_bytes = fh_source_text_bytes(reader->source)};
}
