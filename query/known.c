/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an id says of itself: TYPE:WORDS_OF_THE_NAME. */
#include "query/known.h"

#include "query/surface.h"

enum { TYPES = FH_ENTITY_PRODUCT + 1 };

static const char TYPE_END = ':', WORD_END = '_';

static char *copy_replacing(fh_str text, char from, char to, fh_arena *arena) {
    char *copy = FH_ARENA_ARRAY(arena, char, text.len + 1);
    for (size_t i = 0; i < text.len; i++) copy[i] = text.ptr[i] == from ? to : text.ptr[i];
    copy[text.len] = '\0';
    return copy;
}

static const fh_entity *made_of(fh_str id, fh_entity_type type, fh_str words, fh_arena *arena) {
    fh_entity *entity = FH_ARENA_ARRAY(arena, fh_entity, 1);
    *entity = (fh_entity){.id = copy_replacing(id, '\0', '\0', arena),
                          .type = (uint8_t)type,
                          .label = copy_replacing(words, WORD_END, ' ', arena),
                          .latin = "",
                          .country = ""};
    return entity;
}

int fh_known_type(fh_str id) {
    for (int type = 0; type < TYPES; type++) {
        fh_str name = fh_str_from(fh_entity_type_name((fh_entity_type)type));
        if (fh_str_starts(id, name) && id.len > name.len + 1 && id.ptr[name.len] == TYPE_END) return type;
    }
    return FH_ANY_TYPE;
}

const fh_entity *fh_known_entity(const fh_gazetteer *gazetteer, fh_str id, fh_arena *arena) {
    const fh_entity *listed = fh_gazetteer_find(gazetteer, id);
    if (listed) return listed;
    int type = fh_known_type(id);
    if (type == FH_ANY_TYPE) return NULL;
    size_t start = strlen(fh_entity_type_name((fh_entity_type)type)) + 1;
    return made_of(id, (fh_entity_type)type, fh_str_slice(id, start, id.len), arena);
}

fh_str fh_recognised_id(fh_entity_type type, fh_str folded, fh_arena *arena) {
    return fh_arena_format(arena, "%s%c%s", fh_entity_type_name(type), TYPE_END,
                           copy_replacing(folded, ' ', WORD_END, arena));
}

fh_named fh_named_mention(fh_str typed, const fh_mention *mention) {
    bool nisba = mention->form == FH_FORM_NISBA;
    return (fh_named){
        .typed = typed, .entity = mention->entity, .how = nisba ? FH_NAMING_NISBA : FH_NAMING_LISTED};
}

const char *fh_naming_name(fh_naming naming) {
    static const char *const names[] = {
        [FH_NAMING_ID] = "id",     [FH_NAMING_LISTED] = "listed", [FH_NAMING_NISBA] = "nisba",
        [FH_NAMING_NEAR] = "near", [FH_NAMING_LATIN] = "latin",   [FH_NAMING_RECOGNISED] = "recognised",
    };
    return names[naming];
}

fh_str fh_folded_words(fh_tokens tokens, size_t from, size_t to, fh_arena *arena) {
    fh_buf words = {0};
    for (size_t i = from; i < to; i++) {
        if (tokens.items[i].whole) continue;
        if (words.len) fh_buf_add_char(&words, ' ');
        fh_buf_add(&words, tokens.items[i].folded);
    }
    fh_str folded = fh_folded_name(fh_buf_str(&words), arena);
    fh_buf_free(&words);
    return folded;
}

static bool covers(fh_mentions mentions, fh_tokens tokens) {
    size_t covered = 0, words = 0;
    for (size_t i = 0; i < mentions.count; i++) covered += mentions.items[i].count;
    for (size_t i = 0; i < tokens.count; i++) words += !tokens.items[i].whole;
    return covered >= words;
}

fh_mentions fh_names_of_filter(const fh_gazetteer *gazetteer, fh_str value, fh_tokens tokens,
                               fh_arena *arena) {
    fh_mentions mentions = fh_entities_find(gazetteer, value, tokens, arena);
    if (covers(mentions, tokens)) return mentions;
    size_t kept = 0;
    for (size_t i = 0; i < mentions.count; i++)
        if (mentions.items[i].form == FH_FORM_NAME) mentions.items[kept++] = mentions.items[i];
    mentions.count = kept;
    return mentions;
}

fh_str fh_small_letters(fh_str text, fh_arena *arena) {
    char *bytes = FH_ARENA_ARRAY(arena, char, text.len + 1);
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bytes[i] = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
    }
    return (fh_str){bytes, text.len};
}
