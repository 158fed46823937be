/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An HTTP/1 response as web archives keep it: its head, and its body with what it was sent in taken off. */
#ifndef FH_INDEXER_FORMATS_HTTP_H
#define FH_INDEXER_FORMATS_HTTP_H

#include "base/buf.h"
#include "base/error.h"

/* The value of a header line by its name, whatever its case; empty where there is none.  `head` is lines. */
fh_str fh_http_field(fh_str head, const char *name);

/* "windows-1256" of "text/html; charset=windows-1256"; empty where it does not say. */
fh_str fh_http_charset(fh_str content_type);

typedef struct fh_http {
    int status;
    fh_str head; /* lines, borrowed from the message */
    fh_str content_type;
} fh_http;

/* Reads the head of a message that begins with "HTTP/"; `*body` is what follows it.  False: it is none. */
bool fh_http_head(fh_str message, fh_http *out, fh_str *body);

/* Appends the body without chunks (RFC 9112, 7.1) and compression (RFC 9110, 8.4) to `out`: what says so
 * wrongly is taken as it is, and what is cut off as far as it goes.  Errors: FH_ERR_LIMIT (longer than
 * `limit` when it is unpacked), FH_ERR_INPUT (a compression that is not known). */
fh_status fh_http_body(const fh_http *http, fh_str body, size_t limit, fh_buf *out, fh_error *err);

#endif
