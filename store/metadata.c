/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Long texts in metadata: a byte that says whether the rest is deflated, and the rest. */
#include "store/glass/deflate.h"
#include "store/handle.h"

enum { PLAIN = 0, DEFLATED = 1 };

fh_status fh_store_set_long_meta(fh_store *store, const char *key, fh_str value, fh_error *err) {
    fh_buf kept = {0};
    if (value.len > 0) {
        fh_glass_deflater *deflater = fh_glass_deflater_new(FH_GLASS_OF_TEXTS);
        bool deflated = fh_glass_deflate(deflater, &value);
        fh_buf_add_char(&kept, deflated ? DEFLATED : PLAIN);
        fh_buf_add(&kept, value);
        fh_glass_deflater_free(deflater);
    }
    fh_status status = fh_store_set_meta(store, key, fh_buf_str(&kept), err);
    fh_buf_free(&kept);
    return status;
}

static fh_status inflate_value(const fh_store *store, const char *key, fh_arena *arena, fh_str *value,
                               fh_error *err) {
    fh_glass_inflater *inflater = fh_glass_inflater_new();
    bool whole = fh_glass_inflate(inflater, value);
    *value = fh_arena_copy(arena, *value);
    fh_glass_inflater_free(inflater);
    if (whole) return FH_OK;
    return fh_fail(err, FH_ERR_CORRUPT, store->shards[0].dir, "build it anew from its source",
                   "what the index keeps as %s is damaged", key);
}

fh_status fh_store_get_long_meta(fh_store *store, const char *key, fh_arena *arena, fh_str *out,
                                 fh_error *err) {
    fh_str kept;
    fh_status status = fh_store_get_meta(store, key, arena, &kept, err);
    if (status != FH_OK) return status;
    fh_str value = kept.len > 0 ? fh_str_slice(kept, 1, kept.len) : kept;
    if (kept.len > 0 && kept.ptr[0] == DEFLATED) status = inflate_value(store, key, arena, &value, err);
    if (status == FH_OK) *out = value;
    return status;
}
