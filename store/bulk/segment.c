/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data go to their table as they come; what is kept by term waits in memory. */
#include "store/bulk/segment.h"
#include "base/memory.h"
#include "store/glass/entries.h"
#include "store/glass/pack.h"
#include "store/value.h"
#include <stdlib.h>

struct fh_segment {
    fh_glass *glass;
    fh_inverter *inverter;
    fh_glass_slot slots[FH_SLOTS];
    fh_glass_stats stats;
    uint32_t *lengths; /* of documents, from the first */
    size_t length_capacity;
    uint32_t with_data; /* documents that have their data */
    fh_buf key, ids;
};

fh_status fh_segment_new(const char *dir, fh_segment **out, fh_error *err) {
    fh_glass *glass;
    fh_status status = fh_glass_create(dir, &glass, err);
    if (status != FH_OK) return status;
    fh_segment *segment = fh_alloc_zeroed(1, sizeof *segment);
    segment->glass = glass;
    segment->inverter = fh_inverter_new();
    for (uint32_t i = 0; i < FH_SLOTS; i++) segment->slots[i].long_chunks = fh_slot_is_deflated(i);
    *out = segment;
    return FH_OK;
}

void fh_segment_free(fh_segment *segment) {
    if (!segment) return;
    fh_glass_close(segment->glass);
    fh_inverter_free(segment->inverter);
    for (size_t i = 0; i < FH_SLOTS; i++) fh_glass_slot_free(&segment->slots[i]);
    free(segment->lengths);
    fh_buf_free(&segment->key);
    fh_buf_free(&segment->ids);
    free(segment);
}

size_t fh_segment_bytes(const fh_segment *segment) {
    size_t bytes = fh_inverter_bytes(segment->inverter) + segment->length_capacity * sizeof *segment->lengths;
    for (size_t i = 0; i < FH_SLOTS; i++) bytes += fh_glass_slot_bytes(&segment->slots[i]);
    return bytes;
}

/* ---- By document ---- */

static void add_values(fh_segment *segment, uint32_t number, const fh_document *document) {
    fh_str values[FH_SLOTS] = {{0}};
    for (size_t i = 0; i < document->value_count; i++) {
        const fh_value *value = &document->values[i];
        values[fh_slot_number(value->slot)] = fh_value_pack(value->slot, value->bytes, &segment->ids);
    }
    for (uint32_t i = 0; i < FH_SLOTS; i++)
        if (values[i].len > 0) fh_glass_slot_add(&segment->slots[i], number, values[i]);
}

uint32_t fh_segment_invert(const fh_document *document, fh_inverter *to) {
    fh_term term;
    uint32_t length = 0;
    for (size_t i = 0; i < document->posting_count; i++) {
        const fh_posting *posting = &document->postings[i];
        fh_term_make(posting->field, posting->word, &term);
        if (term.len == 0) continue;
        fh_inverter_add(to, fh_term_str(&term), posting->weight);
        length += posting->weight;
    }
    return length;
}

static void invert(fh_segment *segment, const fh_document *document) {
    fh_term term;
    fh_segment_invert(document, segment->inverter);
    fh_term_make(FH_FIELD_ID, document->article->id, &term);
    fh_inverter_add(segment->inverter, fh_term_str(&term), 0);
}

static uint32_t count_terms(fh_glass_stats *stats, const uint32_t *wdfs, size_t count) {
    uint32_t length = 0;
    for (size_t i = 0; i < count; i++) {
        length += wdfs[i];
        if (wdfs[i] > stats->highest_wdf) stats->highest_wdf = wdfs[i];
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
    const uint32_t *wdfs = fh_inverter_end(segment->inverter, number, &count);
    uint32_t length = count_terms(&segment->stats, wdfs, count);
    segment->lengths = fh_grow(segment->lengths, segment->stats.documents, &segment->length_capacity,
                               sizeof *segment->lengths);
    segment->lengths[segment->stats.documents++] = length;
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
        fh_buf_add(&segment->key, FH_KEY_FACT);
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

static void write_terms(fh_segment *segment, fh_glass_postings *to) {
    fh_inverted term;
    fh_occurrence at;
    fh_inverter_turn(segment->inverter);
    while (fh_inverter_term(segment->inverter, &term)) {
        fh_glass_postings_begin(to, term.term, term.documents, term.wdf);
        while (fh_inverter_occurrence(segment->inverter, &at)) fh_glass_postings_add(to, at.number, at.wdf);
        fh_glass_postings_end(to);
    }
}

fh_status fh_segment_finish(fh_segment *segment, const fh_facts *facts, fh_error *err) {
    fh_glass_postings postings = {.glass = segment->glass};
    write_facts(segment, facts);
    fh_glass_slots_write(segment->slots, FH_SLOTS, 0, segment->glass);
    write_lengths(segment, &postings);
    write_terms(segment, &postings);
    fh_glass_postings_free(&postings);
    segment->stats.last = segment->stats.documents;
    return fh_glass_finish(segment->glass, &segment->stats, err);
}
