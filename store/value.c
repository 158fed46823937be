/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ids one after another, each with its end. */
#include "store/value.h"
#include "store/text/narrow.h"

/* What ids begin with, by the byte that stands for it; PLAIN stands before what begins with such a byte. */
static const char *const BEGINNINGS[] = {NULL, "organisation:", "person:", "place:"};
enum { PLAIN = sizeof BEGINNINGS / sizeof *BEGINNINGS };

static bool is_code(fh_str id) {
    return id.len > 0 && id.ptr[0] > 0 && id.ptr[0] <= PLAIN;
}

static void pack_id(fh_str id, fh_buf *out) {
    char code = is_code(id) ? PLAIN : 0;
    for (size_t i = 1; i < PLAIN; i++) {
        fh_str beginning = fh_str_from(BEGINNINGS[i]);
        if (!fh_str_starts(id, beginning)) continue;
        code = (char)i;
        id = fh_str_slice(id, beginning.len, id.len);
        break;
    }
    if (code) fh_buf_add_char(out, code);
    fh_buf_reserve(out, id.len);
    out->len += fh_narrow(id, out->ptr + out->len);
}

static void unpack_id(fh_str id, fh_buf *out) {
    if (is_code(id)) {
        if (id.ptr[0] < PLAIN) fh_buf_add(out, fh_str_from(BEGINNINGS[(size_t)id.ptr[0]]));
        id = fh_str_slice(id, 1, id.len);
    }
    fh_buf_reserve(out, FH_WIDEN_MOST * id.len);
    out->len += fh_widen(id, out->ptr + out->len);
}

static fh_str each_id(fh_str value, void (*turn)(fh_str id, fh_buf *out), fh_buf *room) {
    fh_buf_clear(room);
    for (size_t at = 0; at < value.len;) {
        size_t end = at;
        while (end < value.len && value.ptr[end] != FH_VALUE_END) end++;
        turn(fh_str_slice(value, at, end), room);
        if (end < value.len) fh_buf_add_char(room, FH_VALUE_END);
        at = end + 1;
    }
    return fh_buf_str(room);
}

fh_str fh_value_pack(fh_slot slot, fh_str value, fh_buf *room) {
    return slot == FH_SLOT_ENTITIES ? each_id(value, pack_id, room) : value;
}

fh_str fh_value_unpack(fh_slot slot, fh_str packed, fh_buf *room) {
    return slot == FH_SLOT_ENTITIES ? each_id(packed, unpack_id, room) : packed;
}
