/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request's target (RFC 9112, 3.2.1) to its path and its parameters. */
#ifndef FH_SITE_TARGET_H
#define FH_SITE_TARGET_H

#include "base/arena.h"
#include "base/error.h"

enum {
    FH_MAX_TARGET = 12u << 10, /* bytes of a request's target */
    FH_MAX_PAIRS = 64,         /* parameters in it */
};

typedef struct fh_pair {
    fh_str name, value;
} fh_pair;

typedef struct fh_target {
    fh_str path;    /* decoded */
    fh_pair *pairs; /* in their order */
    size_t pair_count;
} fh_target;

/* Everything decoded is valid UTF-8 without control characters.  "+" is a space in parameters, as HTML forms
 * write them (WHATWG URL, application/x-www-form-urlencoded).  Errors: FH_ERR_USAGE; FH_ERR_LIMIT. */
fh_status fh_target_read(fh_str target, fh_arena *arena, fh_target *out, fh_error *err);

/* Appends text with all but unreserved characters (RFC 3986, 2.3) percent-encoded. */
struct fh_buf;
void fh_target_encode(fh_str text, struct fh_buf *out);

#endif
