/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids of entities. */
#include "entities/entity_id.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "entities/key.h"

static bool is_id_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || (byte && strchr("-:_", byte)) ||
           (unsigned char)byte >= 0x80;
}

bool fh_entity_id_is_valid(fh_str id) {
    if (!id.len || id.len > FH_MAX_ID || fh_utf8_invalid(id) != SIZE_MAX) return false;
    for (size_t i = 0; i < id.len; i++)
        if (!is_id_byte(id.ptr[i])) return false;
    return !fh_str_equal(id, FH_STR("-"));
}

fh_str fh_entity_id_make(fh_entity_type type, fh_strs words, fh_arena *arena) {
    fh_buf id = {0};
    fh_buf_add(&id, fh_str_from(fh_entity_type_name(type)));
    for (size_t i = 0; i < words.count; i++) {
        fh_name_key key;
        fh_name_key_make(words.items[i], &key);
        fh_buf_add_char(&id, i ? '_' : ':');
        for (size_t at = 0; at < key.text.len; at++)
            if (is_id_byte(key.text.ptr[at])) fh_buf_add_char(&id, key.text.ptr[at]);
    }
    fh_str cut = fh_arena_copy(arena, fh_utf8_cut(fh_buf_str(&id), FH_MAX_ID));
    fh_buf_free(&id);
    return cut;
}
