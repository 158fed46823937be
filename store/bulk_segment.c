/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept by document goes to its tables as it comes; what is kept by term waits in memory. */
#include "store/bulk_segment.h"
#include "base/memory.h"
#include "store/bulk_invert.h"
#include "store/glass_entries.h"
#include "store/glass_pack.h"
#include <stdlib.h>
#include <zlib.h>

enum {
    LIST_LEVEL = 1,   /* of deflating term lists: each further level costs more time than it saves space */
    RAW_WINDOW = -15, /* as Xapian has it: 32 KiB, no head */
    LIST_MEMORY = 8,
};

struct fh_segment {
    fh_glass *glass;
    fh_inverter *inverter;
    fh_glass_slot slots[FH_SLOTS];
    fh_glass_stats stats;
    uint32_t *lengths; /* of documents, from the first */
    size_t length_capacity;
    uint32_t with_data; /* documents that have their data */
    z_stream deflater;
    fh_buf key, tag, deflated;
};

fh_status fh_segment_new(const char *dir, fh_segment **out, fh_error *err) {
    fh_glass *glass;
    fh_status status = fh_glass_create(dir, &glass, err);
    if (status != FH_OK) return status;
    fh_segment *segment = fh_alloc_zeroed(1, sizeof *segment);
    segment->glass = glass;
    segment->inverter = fh_inverter_new();
    if (deflateInit2(&segment->deflater, LIST_LEVEL, Z_DEFLATED, RAW_WINDOW, LIST_MEMORY,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        fh_out_of_memory();
    *out = segment;
    return FH_OK;
}

void fh_segment_free(fh_segment *segment) {
    if (!segment) return;
    fh_glass_close(segment->glass);
    fh_inverter_free(segment->inverter);
    for (size_t i = 0; i < FH_SLOTS; i++) fh_glass_slot_free(&segment->slots[i]);
    deflateEnd(&segment->deflater);
    free(segment->lengths);
    fh_buf_free(&segment->key);
    fh_buf_free(&segment->tag);
    fh_buf_free(&segment->deflated);
    free(segment);
}

uint32_t fh_segment_documents(const fh_segment *segment) {
    return segment->stats.documents;
}

size_t fh_segment_bytes(const fh_segment *segment) {
    size_t bytes = fh_inverter_bytes(segment->inverter) + segment->length_capacity * sizeof *segment->lengths;
    for (size_t i = 0; i < FH_SLOTS; i++) bytes += fh_glass_slot_bytes(&segment->slots[i]);
    return bytes;
}

/* ---- By document ---- */

/* Appends the tag deflated to segment->deflated; false where that makes it no smaller. */
static bool deflate_tag(fh_segment *segment) {
    z_stream *stream = &segment->deflater;
    fh_buf *tag = &segment->tag, *out = &segment->deflated;
    if (tag->len <= FH_GLASS_DEFLATE_ABOVE) return false;
    deflateReset(stream);
    fh_buf_clear(out);
    fh_buf_reserve(out, tag->len);
    stream->next_in = (Bytef *)tag->ptr;
    stream->avail_in = (uInt)tag->len;
    stream->next_out = (Bytef *)out->ptr;
    stream->avail_out = (uInt)tag->len - 1;
    if (deflate(stream, Z_FINISH) != Z_STREAM_END) return false;
    out->len = (size_t)stream->total_out;
    return true;
}

static void add_list(fh_segment *segment, uint32_t number, uint32_t length, const fh_glass_term *terms,
                     size_t count) {
    fh_buf_clear(&segment->tag);
    fh_glass_term_list(&segment->tag, length, terms, count);
    fh_glass_number_key(&segment->key, number);
    fh_str key = fh_buf_str(&segment->key);
    if (deflate_tag(segment)) {
        fh_glass_add_deflated(segment->glass, FH_GLASS_TERMLIST, key, fh_buf_str(&segment->deflated));
    } else {
        fh_glass_add(segment->glass, FH_GLASS_TERMLIST, key, fh_buf_str(&segment->tag));
    }
}

static void add_values(fh_segment *segment, uint32_t number, const fh_document *document) {
    fh_str values[FH_SLOTS] = {{0}};
    for (size_t i = 0; i < document->value_count; i++)
        values[fh_slot_number(document->values[i].slot)] = document->values[i].bytes;
    fh_buf_clear(&segment->tag);
    uint32_t next = 0;
    for (uint32_t i = 0; i < FH_SLOTS; i++) {
        if (values[i].len == 0) continue;
        fh_glass_slot_add(&segment->slots[i], number, values[i]);
        fh_glass_uint(&segment->tag, i - next);
        next = i + 1;
    }
    if (segment->tag.len == 0) return;
    fh_glass_number_key(&segment->key, number);
    fh_buf_add_char(&segment->key, '\0'); /* behind the list of the same document */
    fh_glass_add(segment->glass, FH_GLASS_TERMLIST, fh_buf_str(&segment->key), fh_buf_str(&segment->tag));
}

static void invert(fh_segment *segment, const fh_document *document) {
    fh_term term;
    for (size_t i = 0; i < document->posting_count; i++) {
        const fh_posting *posting = &document->postings[i];
        fh_term_make(posting->field, posting->word, &term);
        if (term.len == 0) continue;
        fh_inverter_add(segment->inverter, fh_term_str(&term), posting->position, posting->weight);
    }
    fh_term_make(FH_FIELD_ID, document->article->id, &term);
    fh_inverter_add(segment->inverter, fh_term_str(&term), 0, 0);
}

static uint32_t count_terms(fh_glass_stats *stats, const fh_glass_term *terms, size_t count) {
    uint32_t length = 0;
    for (size_t i = 0; i < count; i++) {
        length += terms[i].wdf;
        if (terms[i].wdf > stats->highest_wdf) stats->highest_wdf = terms[i].wdf;
    }
    if (length > 0 && (stats->shortest == 0 || length < stats->shortest)) stats->shortest = length;
    if (length > stats->longest) stats->longest = length;
    stats->length += length;
    return length;
}

void fh_segment_add(fh_segment *segment, const fh_document *document) {
    uint32_t number = segment->stats.documents + 1;
    size_t count;
    invert(segment, document);
    const fh_glass_term *terms = fh_inverter_end(segment->inverter, number, &count);
    uint32_t length = count_terms(&segment->stats, terms, count);
    segment->lengths = fh_grow(segment->lengths, segment->stats.documents, &segment->length_capacity,
                               sizeof *segment->lengths);
    segment->lengths[segment->stats.documents++] = length;
    add_list(segment, number, length, terms, count);
    add_values(segment, number, document);
}

void fh_segment_add_data(fh_segment *segment, fh_str data) {
    fh_glass_number_key(&segment->key, ++segment->with_data);
    fh_glass_add(segment->glass, FH_GLASS_DOCDATA, fh_buf_str(&segment->key), data);
}

/* ---- By term ---- */

static void write_facts(fh_segment *segment, const fh_facts *facts) {
    for (size_t i = 0; i < facts->count; i++) {
        fh_buf_clear(&segment->key);
        fh_buf_add(&segment->key, FH_STR("\x00\xc0"));
        fh_buf_add(&segment->key, facts->items[i].key);
        fh_glass_add(segment->glass, FH_GLASS_POSTLIST, fh_buf_str(&segment->key), facts->items[i].value);
    }
}

static void write_lengths(const fh_segment *segment, fh_glass_postings *to) {
    fh_glass_postings_begin(to, FH_STR(""), 0, 0);
    for (uint32_t i = 0; i < segment->stats.documents; i++)
        fh_glass_postings_add(to, i + 1, segment->lengths[i]);
    fh_glass_postings_end(to);
}

static void write_positions(fh_segment *segment, const fh_buf *term_key, const fh_occurrence *at) {
    fh_buf_clear(&segment->key);
    fh_buf_clear(&segment->tag);
    fh_buf_add(&segment->key, fh_buf_str(term_key));
    fh_glass_sorted_uint(&segment->key, at->number);
    fh_glass_positions(&segment->tag, at->positions, at->position_count);
    fh_glass_add(segment->glass, FH_GLASS_POSITION, fh_buf_str(&segment->key), fh_buf_str(&segment->tag));
}

static void write_terms(fh_segment *segment, fh_glass_postings *to) {
    fh_inverted term;
    fh_occurrence at;
    fh_buf term_key = {0};
    fh_inverter_turn(segment->inverter);
    while (fh_inverter_term(segment->inverter, &term)) {
        fh_buf_clear(&term_key);
        fh_glass_sorted_string(&term_key, term.term, false);
        fh_glass_postings_begin(to, term.term, term.documents, term.wdf);
        while (fh_inverter_occurrence(segment->inverter, &at)) {
            fh_glass_postings_add(to, at.number, at.wdf);
            if (at.position_count) write_positions(segment, &term_key, &at);
        }
        fh_glass_postings_end(to);
    }
    fh_buf_free(&term_key);
}

fh_status fh_segment_finish(fh_segment *segment, const fh_facts *facts, fh_error *err) {
    fh_glass_postings postings = {.glass = segment->glass};
    write_facts(segment, facts);
    fh_glass_slots_write(segment->slots, FH_SLOTS, segment->glass);
    write_lengths(segment, &postings);
    write_terms(segment, &postings);
    fh_glass_postings_free(&postings);
    segment->stats.last = segment->stats.documents;
    return fh_glass_finish(segment->glass, &segment->stats, err);
}
