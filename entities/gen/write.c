/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed tables as C: their bytes, and what is found in them only by address. */
#include "entities/gen/gen.h"

#include "entities/gazetteer.h"

static void write_bytes(fh_str packed, fh_buf *out) {
    fh_buf_printf(out, "static const uint32_t packed[] = {\n");
    for (size_t at = 0; at < packed.len; at += sizeof(uint32_t)) {
        uint32_t number = 0;
        size_t left = packed.len - at;
        memcpy(&number, packed.ptr + at, left < sizeof number ? left : sizeof number);
        fh_buf_printf(out, "%uu,%s", number, at / sizeof number % 12 == 11 ? "\n" : "");
    }
    fh_buf_printf(out, "};\n\n");
}

static size_t distance(fh_str packed, const void *place) {
    return (size_t)((const char *)place - packed.ptr);
}

static void write_entities(const fh_gazetteer *tables, fh_buf *out) {
    fh_buf_printf(out, "#define AT(byte) ((const void *)((const char *)packed + byte))\n\n");
    fh_buf_printf(out, "static const fh_entity entities[] = {\n");
    size_t texts = distance(tables->packed, tables->texts);
    for (size_t i = 0; i < tables->record_count; i++) {
        const fh_entity_record *record = &tables->records[i];
        fh_buf_printf(out, "    {AT(%zu), %u, AT(%zu), AT(%zu), AT(%zu)},\n", texts + record->id,
                      record->type, texts + record->label, texts + record->latin, texts + record->country);
    }
    fh_buf_printf(out, "};\n\n");
}

static void write_place(const fh_gazetteer *tables, const char *member, const void *place, fh_buf *out) {
    fh_buf_printf(out, "    .%s = AT(%zu),\n", member, distance(tables->packed, place));
}

static void write_count(const char *member, uint32_t count, fh_buf *out) {
    fh_buf_printf(out, "    .%s = %u,\n", member, count);
}

void gen_write(fh_str packed, fh_buf *out) {
    fh_gazetteer tables = {0};
    fh_packed_lay_out(packed, &tables);
    fh_buf_printf(out, "/* Written by entities/gen from ICU's names of places and entities/data. */\n"
                       "#include \"entities/gazetteer.h\"\n\n");
    write_bytes(packed, out);
    write_entities(&tables, out);
    fh_buf_printf(out, "const fh_gazetteer fh_builtin_gazetteer = {\n    .entities = entities,\n");
    write_place(&tables, "records", tables.records, out);
    write_place(&tables, "names", tables.names, out);
    write_place(&tables, "sequence", tables.sequence, out);
    write_place(&tables, "words", tables.words, out);
    write_place(&tables, "slots", tables.slots, out);
    write_place(&tables, "filter", tables.filter, out);
    write_place(&tables, "near", tables.near, out);
    write_place(&tables, "texts", tables.texts, out);
    write_count("entity_count", tables.record_count, out);
    write_count("record_count", tables.record_count, out);
    write_count("name_count", tables.name_count, out);
    write_count("word_count", tables.word_count, out);
    write_count("near_count", tables.near_count, out);
    write_count("slot_mask", tables.slot_mask, out);
    const fh_packed_head *head = (const void *)packed.ptr;
    fh_buf_printf(out, "    .hash = %lluu,\n};\n", (unsigned long long)head->hash);
}
