/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replies in HTTP's words. */
#include "site/respond.h"

#include "base/memory.h"
#include <stdio.h>
#include <strings.h>
#include <zlib.h>

enum {
    WORTH_PACKING = 512, /* bytes: less fits a packet as it is */
    PACK_LEVEL = 4,
    GZIP_BITS = MAX_WBITS + 16, /* zlib's way to say gzip */
};

/* ---- Validators ---- */

void fh_tag_text(uint64_t tag, char out[FH_TAG_TEXT]) {
    snprintf(out, FH_TAG_TEXT, "W/\"%016llx\"", (unsigned long long)tag);
}

bool fh_tag_matches(fh_str if_none_match, uint64_t tag) {
    char text[FH_TAG_TEXT];
    fh_str list = fh_str_trim(if_none_match);
    if (fh_str_equal(list, FH_STR("*"))) return true;
    fh_tag_text(tag, text);
    return fh_str_find(list, fh_str_from(text + 2), 0) != SIZE_MAX; /* weak or not is the same here */
}

/* ---- Compression ---- */

/* "gzip;q=0.5": is the coding this one, and wanted? */
static bool wants(fh_str item, fh_str coding, bool *wanted) {
    size_t end = fh_str_find(item, FH_STR(";"), 0);
    fh_str name = fh_str_trim(fh_str_slice(item, 0, end == SIZE_MAX ? item.len : end));
    if (name.len != coding.len || strncasecmp(name.ptr, coding.ptr, name.len) != 0) return false;
    size_t q = fh_str_find(item, FH_STR("q="), 0);
    *wanted = q == SIZE_MAX;
    for (size_t i = q == SIZE_MAX ? item.len : q + 2; i < item.len; i++)
        if (item.ptr[i] >= '1' && item.ptr[i] <= '9') *wanted = true;
    return true;
}

bool fh_accepts_gzip(fh_str accept_encoding) {
    bool wanted = false, any = false;
    for (size_t at = 0; at < accept_encoding.len;) {
        size_t end = fh_str_find(accept_encoding, FH_STR(","), at);
        if (end == SIZE_MAX) end = accept_encoding.len;
        fh_str item = fh_str_slice(accept_encoding, at, end);
        if (wants(item, FH_STR("gzip"), &wanted)) return wanted;
        wants(item, FH_STR("*"), &any);
        at = end + 1;
    }
    return any;
}

void fh_reply_gzip(fh_reply *reply) {
    z_stream stream = {0};
    fh_buf packed = {0};
    if (reply->body.len < WORTH_PACKING) return;
    if (deflateInit2(&stream, PACK_LEVEL, Z_DEFLATED, GZIP_BITS, MAX_MEM_LEVEL - 1, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        fh_out_of_memory();
    size_t bound = deflateBound(&stream, reply->body.len);
    fh_buf_reserve(&packed, bound);
    stream.next_in = (Bytef *)reply->body.ptr;
    stream.avail_in = (uInt)reply->body.len;
    stream.next_out = (Bytef *)packed.ptr;
    stream.avail_out = (uInt)bound;
    deflate(&stream, Z_FINISH); /* has room for all of it */
    packed.len = bound - stream.avail_out;
    deflateEnd(&stream);
    fh_buf_free(&reply->body);
    reply->body = packed;
    reply->gzipped = true;
}

/* ---- Headers ---- */

/* Our own page loads our own script and style and asks our own server, and nothing else; it runs nothing that
 * stands within it.  Everything that is no page may load nothing at all. */
static const char page_policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
static const char data_policy[] =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static const char *cache_control(fh_caching caching) {
    switch (caching) {
    case FH_CACHE_NEVER: return "no-store";
    case FH_CACHE_ASK: return "no-cache";
    case FH_CACHE_SHORTLY: return "public, max-age=3600";
    }
    return "no-store";
}

static void caching_headers(const fh_reply *reply, fh_header_taker *take, void *context) {
    char tag[FH_TAG_TEXT];
    take(context, "Cache-Control", cache_control(reply->caching));
    if (reply->caching == FH_CACHE_NEVER) return;
    fh_tag_text(reply->tag, tag);
    take(context, "ETag", tag);
    take(context, "Vary", "Accept-Encoding, Origin");
}

static void safety_headers(const fh_reply *reply, fh_header_taker *take, void *context) {
    take(context, "Content-Security-Policy", reply->is_page ? page_policy : data_policy);
    take(context, "X-Content-Type-Options", "nosniff");
    take(context, "Referrer-Policy", "same-origin");
    take(context, "Cross-Origin-Resource-Policy", reply->for_any_page ? "cross-origin" : "same-origin");
    if (reply->is_page) take(context, "Cross-Origin-Opener-Policy", "same-origin");
}

static void origin_headers(const fh_reply *reply, fh_header_taker *take, void *context) {
    if (!reply->allowed_origin.len) return;
    take(context, "Access-Control-Allow-Origin", reply->allowed_origin.ptr);
    if (!reply->preflight) return;
    take(context, "Access-Control-Allow-Methods", "GET, HEAD");
    take(context, "Access-Control-Allow-Headers", "If-None-Match");
    take(context, "Access-Control-Max-Age", "86400");
}

void fh_reply_headers(const fh_reply *reply, fh_header_taker *take, void *context) {
    char seconds[16];
    if (reply->type) take(context, "Content-Type", reply->type);
    if (reply->gzipped) take(context, "Content-Encoding", "gzip");
    if (reply->status == 405 || reply->preflight) take(context, "Allow", "GET, HEAD, OPTIONS");
    if (reply->retry_after) {
        snprintf(seconds, sizeof seconds, "%u", reply->retry_after);
        take(context, "Retry-After", seconds);
    }
    caching_headers(reply, take, context);
    safety_headers(reply, take, context);
    origin_headers(reply, take, context);
}
