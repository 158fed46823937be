/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The access log: a JSON object a line, a line a request. */
#ifndef FH_SITE_LOG_H
#define FH_SITE_LOG_H

#include "site/request.h"

/* Appends the line to a file; one write, so that lines of several threads do not mix.  -1: to none. */
void fh_log_request(int file, const char *method, const fh_request *request, const fh_reply *reply,
                    double seconds);

#endif
