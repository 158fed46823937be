/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who holds a connection without asking: one that sends its request byte by byte, or takes its answer so,
 * keeps a place from others for ever.  A time-out of silence does not see that. */
#ifndef FH_SITE_WATCH_H
#define FH_SITE_WATCH_H

typedef struct fh_watch fh_watch;
typedef struct fh_watched fh_watched; /* one connection */

fh_watch *fh_watch_new(void);
void fh_watch_free(fh_watch *watch); /* takes NULL; no connection is left */

/* From any thread. */
fh_watched *fh_watch_add(fh_watch *watch, int socket);
void fh_watch_completed(fh_watch *watch, fh_watched *connection); /* a request */
void fh_watch_remove(fh_watch *watch, fh_watched *connection);

/* Shuts the sockets of those that completed nothing for `seconds`; their owner then finds them closed. */
void fh_watch_shut(fh_watch *watch, double seconds);

#endif
