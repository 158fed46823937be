/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was asked and how it went, in numbers, for Prometheus (text exposition format 0.0.4). */
#ifndef FH_SITE_METRICS_H
#define FH_SITE_METRICS_H

#include "base/buf.h"

typedef struct fh_metrics fh_metrics;

fh_metrics *fh_metrics_new(void);
void fh_metrics_free(fh_metrics *metrics); /* takes NULL */

/* Counts one request; `route` is a literal.  From any thread. */
void fh_metrics_count(fh_metrics *metrics, const char *route, unsigned status, double seconds);

/* Appends all counters and the histogram of durations. */
void fh_metrics_write(fh_metrics *metrics, fh_buf *out);

#endif
