/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses without tracking. */
#include "indexer/address.h"
#include "base/buf.h"

#include <strings.h>

/* A star stands for any end. */
static const char *const tracking[] = {
    "utm_*",   "fbclid",  "gclid",
    "gclsrc",  "dclid",   "gbraid",
    "wbraid",  "msclkid", "yclid",
    "twclid",  "ttclid",  "igshid",
    "igsh",    "mc_cid",  "mc_eid",
    "_ga",     "_gl",     "_hs*",
    "hs_*",    "ocid",    "cmpid",
    "cmp",     "xtor",    "at_*",
    "ns_*",    "ito",     "ref_src",
    "ref_url", "s_cid",   "spm",
    "wt_*",    "pk_*",    "mtm_*",
    "vero_*",  "trk",     "trkid",
    "smid",    "smtyp",   "__twitter_impression",
};

static bool is_tracking(fh_str parameter) {
    const char *equals = parameter.len ? memchr(parameter.ptr, '=', parameter.len) : NULL;
    size_t length = equals ? (size_t)(equals - parameter.ptr) : parameter.len;
    for (size_t i = 0; i < sizeof tracking / sizeof *tracking; i++) {
        size_t known = strlen(tracking[i]);
        bool open = tracking[i][known - 1] == '*';
        if (open ? length >= known - 1 && !strncasecmp(parameter.ptr, tracking[i], known - 1)
                 : length == known && !strncasecmp(parameter.ptr, tracking[i], known))
            return true;
    }
    return false;
}

/* Some sites keep their whole address behind the mark: "#!/news/7". */
static bool is_route(fh_str place) {
    return place.len > 1 && (place.ptr[1] == '!' || place.ptr[1] == '/');
}

static void add_without_tracking(fh_str part, fh_buf *out) {
    size_t at = fh_str_find(part, FH_STR("?"), 0);
    char before = '?';
    fh_buf_add(out, fh_str_slice(part, 0, at == SIZE_MAX ? part.len : at));
    while (at < part.len) {
        size_t end = ++at;
        while (end < part.len && part.ptr[end] != '&') end++;
        fh_str parameter = fh_str_slice(part, at, end);
        if (parameter.len && !is_tracking(parameter)) {
            fh_buf_add_char(out, before);
            fh_buf_add(out, parameter);
            before = '&';
        }
        at = end;
    }
}

fh_str fh_address_tidy(fh_str address, fh_arena *arena) {
    if (fh_str_find(address, FH_STR("://"), 0) == SIZE_MAX) return address;
    size_t mark = fh_str_find(address, FH_STR("#"), 0);
    if (mark == SIZE_MAX) mark = address.len;
    fh_str page = fh_str_slice(address, 0, mark), place = fh_str_slice(address, mark, address.len);
    fh_buf out = {0};
    add_without_tracking(page, &out);
    if (is_route(place)) add_without_tracking(place, &out);
    fh_str kept = fh_arena_copy(arena, fh_buf_str(&out));
    fh_buf_free(&out);
    return kept;
}
