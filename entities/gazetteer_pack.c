/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settled lists become the tables of gazetteer.h, one behind the other. */
#include "entities/gazetteer.h"
#include "entities/gazetteer_text.h"
#include "entities/key.h"
#include <stdlib.h>

typedef struct packer {
    fh_lists *lists;
    fh_buf *out;
    fh_strs words; /* of all names, sorted, each once */
    fh_buf sequence, texts;
    fh_packed_head head;
} packer;

static void add_bytes(fh_buf *out, const void *bytes, size_t size) {
    fh_buf_add(out, (fh_str){bytes, size});
}

/* Adds a text to those of the table and returns where it is. */
static uint32_t add_text(packer *p, fh_str text) {
    size_t at = p->texts.len;
    if (at && !text.len) return 0;
    fh_buf_add(&p->texts, text);
    fh_buf_add_char(&p->texts, 0);
    return (uint32_t)at;
}

/* ---- Words ---- */

static int compare_strings(const void *a, const void *b) {
    return fh_str_compare(*(const fh_str *)a, *(const fh_str *)b);
}

static void gather(const fh_spelling *spellings, size_t count, fh_strs *all) {
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < spellings[i].words.count; j++)
            all->items[all->count++] = spellings[i].words.items[j];
}

/* Every word of every spelling, sorted, each once. */
static fh_strs all_words(const fh_lists *lists) {
    size_t count = 0;
    for (size_t i = 0; i < lists->spelling_count; i++) count += lists->spellings[i].words.count;
    for (size_t i = 0; i < lists->never_count; i++) count += lists->nevers[i].words.count;
    count += lists->given_count;
    fh_strs all = {FH_ARENA_ARRAY(lists->arena, fh_str, count), 0};
    gather(lists->spellings, lists->spelling_count, &all);
    gather(lists->nevers, lists->never_count, &all);
    gather(lists->givens, lists->given_count, &all);
    if (all.count) qsort(all.items, all.count, sizeof *all.items, compare_strings);
    fh_strs unique = {all.items, 0};
    for (size_t i = 0; i < all.count; i++)
        if (!unique.count || !fh_str_equal(unique.items[unique.count - 1], all.items[i]))
            unique.items[unique.count++] = all.items[i];
    return unique;
}

static uint32_t word_index(const packer *p, fh_str word) {
    const fh_str *found = bsearch(&word, p->words.items, p->words.count, sizeof word, compare_strings);
    return (uint32_t)(found - p->words.items);
}

/* ---- Entities ---- */

static int compare_entities(const void *a, const void *b) {
    return fh_str_compare((*(fh_listed *const *)a)->id, (*(fh_listed *const *)b)->id);
}

static void mark_needed(fh_lists *lists) {
    for (size_t i = 0; i < lists->spelling_count; i++)
        if (lists->spellings[i].entity) lists->spellings[i].entity->is_needed = true;
    for (size_t i = 0; i < lists->never_count; i++) lists->nevers[i].entity->is_needed = true;
    for (size_t i = 0; i < lists->alias_count; i++) lists->aliases[i].entity->is_needed = true;
}

static void add_records(packer *p) {
    fh_lists *lists = p->lists;
    mark_needed(lists);
    if (lists->entity_count)
        qsort(lists->entities, lists->entity_count, sizeof *lists->entities, compare_entities);
    for (size_t i = 0; i < lists->entity_count; i++) {
        fh_listed *entity = lists->entities[i];
        if (!entity->is_needed) continue;
        entity->index = p->head.records++;
        const fh_entity *known = entity->known;
        fh_entity_record record = {
            .id = add_text(p, entity->id),
            .label = add_text(p, known ? fh_str_from(known->label) : entity->label),
            .latin = add_text(p, known ? fh_str_from(known->latin) : entity->latin),
            .country = add_text(p, known ? fh_str_from(known->country) : entity->country),
            .type = entity->type,
            .known = known ? fh_gazetteer_number_of(lists->base, entity->id) : FH_NO_ENTITY,
        };
        add_bytes(p->out, &record, sizeof record);
    }
}

static void add_aliases(packer *p) {
    fh_lists *lists = p->lists;
    for (size_t i = 0; i < lists->alias_count; i++) {
        fh_entity_alias alias = {add_text(p, lists->aliases[i].id), lists->aliases[i].entity->index};
        add_bytes(p->out, &alias, sizeof alias);
    }
    p->head.aliases = (uint32_t)lists->alias_count;
}

/* ---- Names ---- */

static bool has_same_words(const fh_spelling *a, const fh_spelling *b) {
    if (a->words.count != b->words.count) return false;
    for (size_t i = 0; i < a->words.count; i++)
        if (!fh_str_equal(a->words.items[i], b->words.items[i])) return false;
    return true;
}

static uint32_t add_sequence(packer *p, const fh_spelling *spelling) {
    uint32_t at = p->head.sequence;
    for (size_t i = 0; i < spelling->words.count; i++) {
        uint32_t word = word_index(p, spelling->words.items[i]);
        add_bytes(&p->sequence, &word, sizeof word);
    }
    p->head.sequence += (uint32_t)spelling->words.count;
    return at;
}

static void add_names(packer *p, const fh_spelling *spellings, size_t count) {
    uint32_t words = 0;
    for (size_t i = 0; i < count; i++) {
        const fh_spelling *one = &spellings[i];
        if (!i || !has_same_words(one, one - 1)) words = add_sequence(p, one);
        fh_name name = {.words = words,
                        .entity = one->entity ? one->entity->index : FH_NO_ENTITY,
                        .exact = one->exact ? add_text(p, one->text) : 0,
                        .count = (uint8_t)one->words.count,
                        .weak = one->weak,
                        .form = one->form};
        add_bytes(p->out, &name, sizeof name);
    }
}

static void add_all_names(packer *p) {
    static const fh_name last = {.entity = FH_NO_ENTITY};
    add_names(p, p->lists->spellings, p->lists->spelling_count);
    add_bytes(p->out, &last, sizeof last);
    add_names(p, p->lists->nevers, p->lists->never_count);
    p->head.names = (uint32_t)p->lists->spelling_count + 1;
    p->head.nevers = (uint32_t)p->lists->never_count;
    add_bytes(p->out, p->sequence.ptr, p->sequence.len);
}

/* Which words these spellings begin with. */
static bool *first_words(const packer *p, const fh_spelling *spellings, size_t count) {
    bool *is_first = fh_arena_take_zeroed(p->lists->arena, p->words.count + 1);
    for (size_t i = 0; i < count; i++) is_first[word_index(p, spellings[i].words.items[0])] = true;
    return is_first;
}

/* Whose each word is alone; NULL where several have it. */
static const fh_listed **find_owners(const packer *p) {
    const fh_listed **owners = fh_arena_take_zeroed(p->lists->arena, (p->words.count + 1) * sizeof *owners);
    bool *is_shared = fh_arena_take_zeroed(p->lists->arena, p->words.count + 1);
    for (size_t i = 0; i < p->lists->spelling_count; i++) {
        const fh_spelling *spelling = &p->lists->spellings[i];
        for (size_t j = 0; j < spelling->words.count; j++) {
            uint32_t word = word_index(p, spelling->words.items[j]);
            is_shared[word] |= !spelling->entity || (owners[word] && owners[word] != spelling->entity);
            owners[word] = is_shared[word] ? NULL : spelling->entity;
        }
    }
    return owners;
}

static void add_words(packer *p) {
    const fh_lists *lists = p->lists;
    const fh_listed **owners = find_owners(p);
    const bool *given = first_words(p, lists->givens, lists->given_count);
    size_t first = 0;
    for (size_t i = 0; i < p->words.count; i++) {
        fh_str key = p->words.items[i];
        size_t after = first;
        while (after < lists->spelling_count && fh_str_equal(lists->spellings[after].words.items[0], key))
            after++;
        fh_name_word word = {.text = add_text(p, key),
                             .len = (uint16_t)key.len,
                             .given = given[i],
                             .owner = owners[i] ? owners[i]->index : FH_NO_ENTITY,
                             .first = (uint32_t)first,
                             .count = (uint32_t)(after - first)};
        add_bytes(p->out, &word, sizeof word);
        first = after;
    }
    p->head.words = (uint32_t)p->words.count;
}

/* ---- Looking up ---- */

/* At most half full, so that a word that is in no name soon meets an empty slot. */
static uint32_t slot_count(size_t words) {
    uint32_t slots = 16;
    while (slots < 2 * words) slots *= 2;
    return slots;
}

static void add_slots(packer *p) {
    uint32_t count = slot_count(p->words.count);
    fh_name_slot *slots = fh_arena_take_zeroed(p->lists->arena, count * sizeof *slots);
    uint32_t filter[FH_FILTER_WORDS] = {0};
    const bool *begins = first_words(p, p->lists->spellings, p->lists->spelling_count);
    for (uint32_t i = 0; i < p->words.count; i++) {
        uint32_t hash = fh_name_hash(p->words.items[i]), at = hash & (count - 1);
        uint32_t bit = fh_filter_bit(hash);
        while (slots[at]) at = (at + 1) & (count - 1);
        slots[at] = fh_slot_tag(hash) | (i + 1);
        if (begins[i]) filter[bit / FH_FILTER_WORD_BITS] |= 1u << bit % FH_FILTER_WORD_BITS;
    }
    add_bytes(p->out, slots, count * sizeof *slots);
    add_bytes(p->out, filter, sizeof filter);
    p->head.slots = count;
}

static fh_str joined(const fh_spelling *spelling, fh_buf *out) {
    fh_buf_clear(out);
    for (size_t i = 0; i < spelling->words.count; i++) {
        if (i) fh_buf_add_char(out, ' ');
        fh_buf_add(out, spelling->words.items[i]);
    }
    return fh_buf_str(out);
}

static void add_near_rows(packer *p) {
    const fh_lists *lists = p->lists;
    fh_near_row *rows = FH_ARENA_ARRAY(lists->arena, fh_near_row, lists->spelling_count + 1);
    fh_buf name = {0};
    uint32_t count = 0;
    for (size_t i = 0; i < lists->spelling_count; i++) {
        rows[count].name = (uint32_t)i;
        count += fh_near_hash(joined(&lists->spellings[i], &name), &rows[count].hash);
    }
    fh_buf_free(&name);
    qsort(rows, count, sizeof *rows, fh_near_compare);
    add_bytes(p->out, rows, count * sizeof *rows);
    p->head.nears = count;
}

static void add_texts(packer *p) {
    p->head.texts = (uint32_t)p->texts.len;
    fh_buf_add(p->out, fh_buf_str(&p->texts));
}

void fh_lists_pack(fh_lists *lists, fh_buf *out) {
    size_t start = out->len;
    packer p = {.lists = lists, .out = out, .words = all_words(lists)};
    add_bytes(out, &p.head, sizeof p.head);
    add_text(&p, FH_STR("")); /* at 0, where nothing else may be */
    add_records(&p);
    add_aliases(&p);
    add_all_names(&p);
    add_words(&p);
    add_slots(&p);
    add_near_rows(&p);
    add_texts(&p);
    memcpy(p.head.magic, FH_PACKED_MAGIC, sizeof p.head.magic);
    p.head.version = FH_PACKED_VERSION;
    p.head.base_hash = lists->base ? lists->base->hash : 0;
    p.head.hash = fh_hash(FH_HASH_START, fh_str_slice(fh_buf_str(out), start + sizeof p.head, out->len));
    memcpy(out->ptr + start, &p.head, sizeof p.head);
    fh_buf_free(&p.sequence);
    fh_buf_free(&p.texts);
}
