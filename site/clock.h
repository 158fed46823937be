/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time that only goes on. */
#ifndef FH_SITE_CLOCK_H
#define FH_SITE_CLOCK_H

#include <time.h>

/* Seconds since some moment. */
static inline double fh_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
