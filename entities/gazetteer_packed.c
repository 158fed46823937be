/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed tables, which may have been damaged: once they are found sound, nobody has to look again. */
#include "base/limits.h"
#include "entities/gazetteer.h"

/* The tables' places, as their order and their counts give them. */
typedef struct layout {
    const fh_entity_record *records;
    const fh_entity_alias *aliases;
    const fh_name *names, *nevers;
    const uint32_t *sequence;
    const fh_name_word *words;
    const fh_name_slot *slots;
    const uint32_t *filter;
    const fh_near_row *near;
    const char *texts;
    uint64_t size; /* of all */
} layout;

static uint64_t take(uint64_t *at, uint64_t count, size_t item) {
    uint64_t here = *at;
    *at += count * item;
    return here;
}

static layout lay_out(const char *bytes, const fh_packed_head *head) {
    uint64_t at = sizeof *head;
    layout out;
    out.records = (const void *)(bytes + take(&at, head->records, sizeof *out.records));
    out.aliases = (const void *)(bytes + take(&at, head->aliases, sizeof *out.aliases));
    out.names = (const void *)(bytes + take(&at, head->names, sizeof *out.names));
    out.nevers = (const void *)(bytes + take(&at, head->nevers, sizeof *out.nevers));
    out.sequence = (const void *)(bytes + take(&at, head->sequence, sizeof *out.sequence));
    out.words = (const void *)(bytes + take(&at, head->words, sizeof *out.words));
    out.slots = (const void *)(bytes + take(&at, head->slots, sizeof *out.slots));
    out.filter = (const void *)(bytes + take(&at, FH_FILTER_WORDS, sizeof *out.filter));
    out.near = (const void *)(bytes + take(&at, head->nears, sizeof *out.near));
    out.texts = bytes + take(&at, head->texts, 1);
    out.size = at;
    return out;
}

static bool are_records_sound(const fh_packed_head *head, const layout *tables) {
    for (size_t i = 0; i < head->records; i++) {
        const fh_entity_record *record = &tables->records[i];
        uint32_t limit = head->texts;
        if (record->id >= limit || record->label >= limit || record->latin >= limit) return false;
        if (record->country >= limit || record->type > FH_ENTITY_PRODUCT) return false;
        const char *country = tables->texts + record->country;
        if (country[0] && !(country[0] >= 'A' && country[0] <= 'Z' && country[1] >= 'A' && country[1] <= 'Z'))
            return false;
    }
    for (size_t i = 0; i < head->aliases; i++)
        if (tables->aliases[i].id >= head->texts || tables->aliases[i].entity >= head->records) return false;
    return true;
}

static bool is_name_sound(const fh_packed_head *head, const fh_name *name) {
    if (name->count == 0 || name->weak > true || name->form > FH_FORM_NISBA) return false;
    if (name->entity >= head->records && name->entity != FH_NO_ENTITY) return false;
    if (name->weak && name->entity == FH_NO_ENTITY) return false;
    return name->exact < head->texts && (uint64_t)name->words + name->count <= head->sequence;
}

static bool are_names_sound(const fh_packed_head *head, const layout *tables) {
    if (head->names == 0 || tables->names[head->names - 1].count != 0) return false;
    for (size_t i = 0; i + 1 < head->names; i++)
        if (!is_name_sound(head, &tables->names[i])) return false;
    for (size_t i = 0; i < head->nevers; i++)
        if (!is_name_sound(head, &tables->nevers[i]) || tables->nevers[i].entity == FH_NO_ENTITY)
            return false;
    for (size_t i = 0; i < head->sequence; i++)
        if (tables->sequence[i] >= head->words) return false;
    for (size_t i = 0; i < head->nears; i++)
        if (tables->near[i].name >= head->names - 1) return false;
    return true;
}

static bool are_words_sound(const fh_packed_head *head, const layout *tables) {
    for (size_t i = 0; i < head->words; i++) {
        const fh_name_word *word = &tables->words[i];
        if ((uint64_t)word->text + word->len >= head->texts) return false;
        if ((uint64_t)word->first + word->count >= head->names) return false;
        if (word->owner >= head->records && word->owner != FH_NO_ENTITY) return false;
    }
    uint32_t taken = 0;
    for (size_t i = 0; i < head->slots; i++) {
        if ((tables->slots[i] & FH_SLOT_WORD_MASK) > head->words) return false;
        taken += (tables->slots[i] & FH_SLOT_WORD_MASK) != 0;
    }
    return taken < head->slots && (head->slots & (head->slots - 1)) == 0; /* a probe always ends */
}

bool fh_packed_is_sound(fh_str packed) {
    if (packed.len < sizeof(fh_packed_head)) return false;
    const fh_packed_head *head = (const void *)packed.ptr;
    layout tables = lay_out(packed.ptr, head);
    if (tables.size != packed.len || head->texts == 0) return false;
    if (tables.texts[0] != 0 || tables.texts[head->texts - 1] != 0) return false;
    return are_records_sound(head, &tables) && are_names_sound(head, &tables) &&
           are_words_sound(head, &tables);
}

void fh_packed_lay_out(fh_str packed, fh_gazetteer *out) {
    const fh_packed_head *head = (const void *)packed.ptr;
    layout tables = lay_out(packed.ptr, head);
    out->records = tables.records;
    out->aliases = tables.aliases;
    out->names = tables.names;
    out->nevers = tables.nevers;
    out->sequence = tables.sequence;
    out->words = tables.words;
    out->slots = tables.slots;
    out->filter = tables.filter;
    out->near = tables.near;
    out->texts = tables.texts;
    out->record_count = head->records;
    out->alias_count = head->aliases;
    out->name_count = head->names - 1;
    out->never_count = head->nevers;
    out->near_count = head->nears;
    out->word_count = head->words;
    out->slot_mask = head->slots - 1;
    out->packed = packed;
}
