/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layer of names upon a gazetteer: from text, from bytes, and back. */
#include "base/file.h"
#include "base/limits.h"
#include "base/memory.h"
#include "entities/gazetteer.h"
#include "entities/gazetteer_text.h"

#include <stdlib.h>

/* ---- What a layer says of those below it ---- */

/* The number of each record's entity: one of the base's, or a new one. */
static void number_entities(fh_gazetteer *layer) {
    const fh_packed_head *head = (const void *)layer->packed.ptr;
    bool same_base = head->base_hash == layer->base->hash;
    uint32_t base_count = fh_gazetteer_numbers(layer->base);
    fh_entity *entities = fh_alloc(layer->record_count * sizeof *entities + 1);
    uint32_t *numbers = fh_alloc(layer->record_count * sizeof *numbers + 1);
    layer->first_entity = base_count;
    for (uint32_t i = 0; i < layer->record_count; i++) {
        const fh_entity_record *record = &layer->records[i];
        const char *id = layer->texts + record->id;
        uint32_t known = same_base ? record->known : fh_gazetteer_number_of(layer->base, fh_str_from(id));
        if (known < base_count) {
            numbers[i] = known;
            continue;
        }
        numbers[i] = base_count + layer->entity_count;
        entities[layer->entity_count++] = (fh_entity){.id = id,
                                                      .type = (uint8_t)record->type,
                                                      .label = layer->texts + record->label,
                                                      .latin = layer->texts + record->latin,
                                                      .country = layer->texts + record->country};
    }
    layer->entities = entities;
    layer->numbers = numbers;
}

static int compare_addresses(const void *a, const void *b) {
    const fh_name *left = *(const fh_name *const *)a, *right = *(const fh_name *const *)b;
    return (left > right) - (left < right);
}

/* Finds the names below that have the words and the entity of `never`. */
static void hide(fh_gazetteer *layer, const fh_name *never, size_t *capacity) {
    uint32_t entity = layer->numbers[never->entity];
    for (const fh_gazetteer *below = layer->base; below; below = below->base) {
        const fh_name *first = fh_gazetteer_same_words(below, layer, never);
        for (const fh_name *name = first; name && name->count == first->count && name->words == first->words;
             name++) {
            if (fh_gazetteer_meant(layer->base, below, name->entity) != entity) continue;
            layer->hidden = fh_grow(layer->hidden, layer->hidden_count, capacity, sizeof *layer->hidden);
            layer->hidden[layer->hidden_count++] = name;
        }
    }
}

static void hide_names(fh_gazetteer *layer) {
    size_t capacity = 0;
    for (size_t i = 0; i < layer->never_count; i++) hide(layer, &layer->nevers[i], &capacity);
    if (layer->hidden_count)
        qsort(layer->hidden, layer->hidden_count, sizeof *layer->hidden, compare_addresses);
}

static int compare_moved(const void *a, const void *b) {
    const fh_moved *left = a, *right = b;
    return (left->from > right->from) - (left->from < right->from);
}

/* Other ids that are entities below. */
static void move_entities(fh_gazetteer *layer) {
    size_t capacity = 0;
    for (size_t i = 0; i < layer->alias_count; i++) {
        const fh_entity_alias *alias = &layer->aliases[i];
        uint32_t from = fh_gazetteer_number_of(layer->base, fh_str_from(layer->texts + alias->id));
        if (from == FH_NO_ENTITY) continue;
        layer->moved = fh_grow(layer->moved, layer->moved_count, &capacity, sizeof *layer->moved);
        layer->moved[layer->moved_count++] = (fh_moved){from, layer->numbers[alias->entity]};
    }
    if (layer->moved_count) qsort(layer->moved, layer->moved_count, sizeof *layer->moved, compare_moved);
}

/* Makes a gazetteer of sound bytes. */
static fh_gazetteer *open_packed(fh_str packed, const fh_gazetteer *base) {
    fh_gazetteer *layer = fh_alloc_zeroed(1, sizeof *layer);
    layer->base = base;
    fh_packed_lay_out(packed, layer);
    number_entities(layer);
    hide_names(layer);
    move_entities(layer);
    uint64_t hashes[] = {base->hash, ((const fh_packed_head *)(const void *)packed.ptr)->hash};
    layer->hash = fh_hash(FH_HASH_START, (fh_str){(const char *)hashes, sizeof hashes});
    return layer;
}

void fh_gazetteer_free(fh_gazetteer *gazetteer) {
    if (!gazetteer) return;
    free((void *)gazetteer->entities);
    free((void *)gazetteer->numbers);
    free(gazetteer->hidden);
    free(gazetteer->moved);
    free(gazetteer->own);
    free(gazetteer);
}

/* ---- From text, from bytes ---- */

fh_status fh_gazetteer_parse(fh_str text, const char *name, const fh_gazetteer *base, fh_gazetteer **out,
                             fh_error *err) {
    fh_lists lists;
    fh_lists_start(base, &lists);
    fh_status status = fh_lists_read(&lists, text, name, err);
    if (!status) status = fh_lists_settle(&lists, err);
    if (!status) {
        fh_buf packed = {0};
        fh_lists_pack(&lists, &packed);
        *out = open_packed(fh_buf_str(&packed), base);
        (*out)->own = packed.ptr;
    }
    fh_lists_free(&lists);
    return status;
}

fh_status fh_gazetteer_load(const char *path, const fh_gazetteer *base, fh_gazetteer **out, fh_error *err) {
    fh_buf text = {0};
    fh_status status = fh_file_read(path, FH_MAX_GAZETTEER, &text, err);
    if (!status) status = fh_gazetteer_parse(fh_buf_str(&text), path, base, out, err);
    fh_buf_free(&text);
    return status;
}

void fh_gazetteer_pack(const fh_gazetteer *gazetteer, fh_buf *out) {
    if (gazetteer->base) fh_buf_add(out, gazetteer->packed);
}

fh_status fh_gazetteer_unpack(fh_str packed, const char *name, const fh_gazetteer *base, fh_gazetteer **out,
                              fh_error *err) {
    uint32_t version = 0;
    size_t magic = sizeof FH_PACKED_MAGIC - 1;
    if (packed.len < magic + sizeof version || memcmp(packed.ptr, FH_PACKED_MAGIC, magic) != 0)
        return fh_fail(err, FH_ERR_CORRUPT, name, "index again", "these are no packed names");
    memcpy(&version, packed.ptr + magic, sizeof version);
    if (version != FH_PACKED_VERSION)
        return fh_fail(err, FH_ERR_VERSION, name, "index again with this version",
                       "names packed by another version, or by another kind of machine");
    if (!fh_packed_is_sound(packed))
        return fh_fail(err, FH_ERR_CORRUPT, name, "index again", "the packed names are damaged");
    *out = open_packed(packed, base);
    return FH_OK;
}
