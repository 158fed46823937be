/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What HTTP wants of a reply: validators, compression, and the headers that keep browsers safe. */
#ifndef FH_SITE_RESPOND_H
#define FH_SITE_RESPOND_H

#include "site/request.h"

enum { FH_TAG_TEXT = 24 }; /* bytes that hold an ETag with its zero byte */

/* Weak, since an answer says how long it took (RFC 9110, 8.8.1): W/"0123456789abcdef". */
void fh_tag_text(uint64_t tag, char out[FH_TAG_TEXT]);

/* Does If-None-Match name this tag, or any (RFC 9110, 13.1.2)? */
bool fh_tag_matches(fh_str if_none_match, uint64_t tag);

/* Does Accept-Encoding want gzip (RFC 9110, 12.5.3)? */
bool fh_accepts_gzip(fh_str accept_encoding);

/* Packs the body where that is worth it. */
void fh_reply_gzip(fh_reply *reply);

/* Every header of a reply but Date, Content-Length and Connection; `value` is good during the call. */
typedef void fh_header_taker(void *context, const char *name, const char *value);
void fh_reply_headers(const fh_reply *reply, fh_header_taker *take, void *context);

#endif
