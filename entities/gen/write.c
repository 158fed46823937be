/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settled lists as C: the tables of entities/gazetteer.h. */
#include "entities/gen/gen.h"

#include "entities/gazetteer.h"
#include "entities/key.h"
#include <stdlib.h>

typedef struct table_writer {
    gen_lists *lists;
    fh_buf *out;
    fh_strs words; /* of all names, sorted, each once */
    fh_buf texts;  /* the C string of all texts … */
    size_t size;   /* … and how many bytes it stands for */
} table_writer;

static void write_literal(fh_buf *out, fh_str text) {
    fh_buf_add_char(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '"' || text.ptr[i] == '\\') fh_buf_add_char(out, '\\');
        fh_buf_add_char(out, text.ptr[i]);
    }
    fh_buf_add_char(out, '"');
}

/* Adds a text to those of the table and returns where it is. */
static size_t add_text(table_writer *writer, fh_str text) {
    size_t at = writer->size;
    fh_buf_add(&writer->texts, FH_STR("    "));
    write_literal(&writer->texts, text);
    fh_buf_add(&writer->texts, FH_STR(" \"\\0\"\n"));
    writer->size += text.len + 1;
    return at;
}

static int compare_strings(const void *a, const void *b) {
    return fh_str_compare(*(const fh_str *)a, *(const fh_str *)b);
}

static int compare_entities(const void *a, const void *b) {
    return fh_str_compare((*(gen_entity *const *)a)->id, (*(gen_entity *const *)b)->id);
}

/* Every word of every spelling, sorted, each once. */
static fh_strs all_words(const gen_lists *lists) {
    size_t count = 0;
    for (size_t i = 0; i < lists->spelling_count; i++) count += lists->spellings[i].words.count;
    fh_strs all = {FH_ARENA_ARRAY(lists->arena, fh_str, count), 0};
    for (size_t i = 0; i < lists->spelling_count; i++)
        for (size_t j = 0; j < lists->spellings[i].words.count; j++)
            all.items[all.count++] = lists->spellings[i].words.items[j];
    qsort(all.items, all.count, sizeof *all.items, compare_strings);
    fh_strs unique = {all.items, 0};
    for (size_t i = 0; i < all.count; i++)
        if (!unique.count || !fh_str_equal(unique.items[unique.count - 1], all.items[i]))
            unique.items[unique.count++] = all.items[i];
    return unique;
}

static size_t word_index(const table_writer *writer, fh_str word) {
    const fh_str *found =
        bsearch(&word, writer->words.items, writer->words.count, sizeof word, compare_strings);
    return (size_t)(found - writer->words.items);
}

static void write_entities(table_writer *writer) {
    gen_lists *lists = writer->lists;
    for (size_t i = 0; i < lists->spelling_count; i++)
        if (lists->spellings[i].entity) lists->spellings[i].entity->has_names = true;
    qsort(lists->entities, lists->entity_count, sizeof *lists->entities, compare_entities);
    fh_buf_printf(writer->out, "static const fh_entity entities[] = {\n");
    size_t count = 0;
    for (size_t i = 0; i < lists->entity_count; i++) {
        gen_entity *entity = lists->entities[i];
        if (!entity->has_names) continue;
        entity->index = (uint32_t)count++;
        fh_str texts[] = {entity->id, entity->label, entity->latin, entity->country};
        fh_buf_printf(writer->out, "    {");
        for (size_t t = 0; t < 4; t++) {
            write_literal(writer->out, texts[t]);
            if (t == 0) fh_buf_printf(writer->out, ", %d", entity->type);
            fh_buf_printf(writer->out, t < 3 ? ", " : "},\n");
        }
    }
    fh_buf_printf(writer->out, "};\n\n");
    lists->entity_count = count;
}

static bool has_same_words(const gen_spelling *a, const gen_spelling *b) {
    bool same = a->words.count == b->words.count;
    for (size_t i = 0; same && i < a->words.count; i++)
        same = fh_str_equal(a->words.items[i], b->words.items[i]);
    return same;
}

static void write_names(table_writer *writer) {
    const gen_lists *lists = writer->lists;
    fh_buf sequence = {0};
    size_t length = 0, at = 0;
    fh_buf_printf(writer->out, "static const fh_name names[] = {\n");
    for (size_t i = 0; i < lists->spelling_count; i++) {
        const gen_spelling *spelling = &lists->spellings[i];
        if (i == 0 || !has_same_words(spelling - 1, spelling)) {
            at = length;
            for (size_t j = 0; j < spelling->words.count; j++)
                fh_buf_printf(&sequence, "%zu,", word_index(writer, spelling->words.items[j]));
            length += spelling->words.count;
            fh_buf_add_char(&sequence, '\n');
        }
        size_t exact = spelling->exact ? add_text(writer, spelling->text) : 0;
        fh_buf_printf(writer->out, "    {%zu, ", at);
        if (spelling->entity)
            fh_buf_printf(writer->out, "%u", (unsigned)spelling->entity->index);
        else
            fh_buf_printf(writer->out, "FH_NO_ENTITY");
        fh_buf_printf(writer->out, ", %zu, %zu, %d},\n", exact, spelling->words.count, spelling->weak);
    }
    /* ends the neighbours of the last name */
    fh_buf_printf(writer->out,
                  "    {0, FH_NO_ENTITY, 0, 0, 0},\n};\n\nstatic const uint32_t sequence[] = {\n");
    fh_buf_add(writer->out, fh_buf_str(&sequence));
    fh_buf_printf(writer->out, "};\n\n");
    fh_buf_free(&sequence);
}

static void write_words(table_writer *writer) {
    const gen_lists *lists = writer->lists;
    size_t first = 0;
    fh_buf_printf(writer->out, "static const fh_name_word words[] = {\n");
    for (size_t i = 0; i < writer->words.count; i++) {
        fh_str word = writer->words.items[i];
        size_t after = first;
        while (after < lists->spelling_count && fh_str_equal(lists->spellings[after].words.items[0], word))
            after++;
        fh_buf_printf(writer->out, "    {%zu, %zu, %zu, %zu},\n", add_text(writer, word), word.len, first,
                      after - first);
        first = after;
    }
    fh_buf_printf(writer->out, "};\n\n");
}

/* At most a quarter full, so that a word that is in no name nearly always meets an empty slot at once. */
static size_t slot_count(size_t words) {
    size_t slots = 16;
    while (slots < 4 * words) slots *= 2;
    return slots;
}

static void write_slots(table_writer *writer) {
    size_t slots = slot_count(writer->words.count), mask = slots - 1;
    size_t *taken = fh_arena_take_zeroed(writer->lists->arena, slots * sizeof *taken);
    for (size_t i = 0; i < writer->words.count; i++) {
        size_t at = fh_name_hash(FH_STR(""), writer->words.items[i]) & mask;
        while (taken[at]) at = (at + 1) & mask;
        taken[at] = i + 1;
    }
    fh_buf_printf(writer->out, "static const fh_name_slot slots[] = {\n");
    for (size_t at = 0; at < slots; at++) {
        uint32_t hash = taken[at] ? fh_name_hash(FH_STR(""), writer->words.items[taken[at] - 1]) : 0;
        fh_buf_printf(writer->out, "{%uu,%zu},%s", hash, taken[at], at % 8 == 7 ? "\n" : "");
    }
    fh_buf_printf(writer->out, "};\n\n");
}

static void write_filter(table_writer *writer) {
    uint32_t filter[FH_FILTER_BITS / FH_FILTER_WORD_BITS] = {0};
    for (size_t i = 0; i < writer->words.count; i++) {
        uint32_t bit = fh_name_hash(FH_STR(""), writer->words.items[i]) / FH_FILTER_BITS;
        filter[bit / FH_FILTER_WORD_BITS] |= 1u << bit % FH_FILTER_WORD_BITS;
    }
    fh_buf_printf(writer->out, "static const uint32_t filter[] = {\n");
    for (size_t i = 0; i < FH_FILTER_BITS / FH_FILTER_WORD_BITS; i++)
        fh_buf_printf(writer->out, "0x%xu,%s", (unsigned)filter[i], i % 8 == 7 ? "\n" : "");
    fh_buf_printf(writer->out, "};\n\n");
}

void gen_write(gen_lists *lists, fh_buf *out) {
    table_writer writer = {.lists = lists, .out = out, .words = all_words(lists)};
    add_text(&writer, FH_STR("")); /* at 0, where nothing else may be */
    fh_buf_printf(out, "/* Written by entities/gen from ICU's names of places and entities/data. */\n"
                       "#include \"entities/gazetteer.h\"\n\n");
    write_entities(&writer);
    write_names(&writer);
    write_words(&writer);
    write_slots(&writer);
    write_filter(&writer);
    size_t near_count = gen_write_near(lists, out);
    fh_buf_printf(out, "static const char texts[] =\n%s;\n\n", writer.texts.ptr);
    fh_buf_printf(
        out,
        "const fh_gazetteer fh_builtin_gazetteer = {entities, names, sequence, words, slots, filter, texts, "
        "near, %zu, %zu, %zu};\n",
        lists->entity_count, slot_count(writer.words.count) - 1, near_count);
    fh_buf_free(&writer.texts);
}
