/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What went wrong, as programs read it (RFC 9457, Problem Details for HTTP APIs). */
#ifndef FH_SITE_PROBLEM_H
#define FH_SITE_PROBLEM_H

#include "base/error.h"
#include "site/request.h"

/* Makes the reply an application/problem+json.  `parameter` is the one to blame, `detail` and `hint` are for
 * people; each may be empty. */
void fh_reply_problem(fh_reply *reply, unsigned status, fh_str parameter, const char *detail,
                      const char *hint);

/* The same for an error: FH_ERR_USAGE and the like blame the request, the rest is ours and is not told in
 * detail, since it names files. */
void fh_reply_error(fh_reply *reply, const fh_error *err, fh_str parameter);

/* "Bad Request", for 400. */
const char *fh_status_phrase(unsigned status);

#endif
