/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index over HTTP: one server, its threads, and the search box that a site puts on its pages. */
#ifndef FH_SITE_SITE_H
#define FH_SITE_SITE_H

#include "base/buf.h"
#include "base/error.h"
#include <stdint.h>

typedef struct fh_site_options {
    const char *const *dirs; /* indexes, searched as one */
    size_t dir_count;
    int socket;                 /* that listens; the site's from then on */
    uint32_t threads;           /* that answer */
    uint32_t connections;       /* open at a time */
    uint32_t time_limit;        /* milliseconds of one query, after which what was found has to do */
    uint32_t rate;              /* requests a second from one address; 0: as many as come */
    bool behind_proxy;          /* the address is what the proxy says in X-Forwarded-For */
    const char *const *origins; /* whose pages may read answers: "https://news.example", or "*" */
    size_t origin_count;
    const char *url; /* where people reach the site, "https://news.example/search/"; NULL: as they asked */
    int log;         /* file descriptor for a line of JSON a request; stays the caller's; -1: none */
} fh_site_options;

typedef struct fh_site fh_site;

/* Opens the indexes once a thread and begins to answer; `options` is read during the call only, but what it
 * points to must live as long as the site.  Errors: of opening the indexes; FH_ERR_IO. */
fh_status fh_site_start(const fh_site_options *options, fh_site **out, fh_error *err);

/* To be called about once a second: ends connections that have not completed a request for long. */
void fh_site_tick(fh_site *site);

/* From the next request on the log goes to `log`, and every thread opens the index anew. */
void fh_site_renew(fh_site *site, int log);

/* Takes no more connections, lets running requests end for up to `seconds`, frees the site.  Takes NULL. */
void fh_site_stop(fh_site *site, unsigned seconds);

/* A socket that listens at "ADDRESS:PORT" ("127.0.0.1:8080", "[::1]:8080", ":8080" for any address),
 * "unix:PATH", or "fd" (the first that systemd passes: LISTEN_FDS, which the caller has looked at).  Errors:
 * FH_ERR_USAGE, FH_ERR_IO with the address. */
fh_status fh_site_listen(const char *where, int *out, fh_error *err);

/* Appends where a socket listens, as people write it: port 0 has become the one that was free. */
void fh_site_where(int socket, fh_buf *out);

#endif
