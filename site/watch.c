/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All connections in a list, the one that completed a request longest ago in front. */
#include "site/watch.h"

#include "base/memory.h"
#include "site/clock.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>

struct fh_watched {
    int socket;
    double since;
    fh_watched *before, *after;
};

struct fh_watch {
    pthread_mutex_t mutex;
    fh_watched *first, *last;
};

fh_watch *fh_watch_new(void) {
    fh_watch *watch = fh_alloc_zeroed(1, sizeof *watch);
    pthread_mutex_init(&watch->mutex, NULL);
    return watch;
}

void fh_watch_free(fh_watch *watch) {
    if (!watch) return;
    pthread_mutex_destroy(&watch->mutex);
    free(watch);
}

static void append(fh_watch *watch, fh_watched *connection) {
    connection->since = fh_clock();
    connection->after = NULL;
    connection->before = watch->last;
    *(watch->last ? &watch->last->after : &watch->first) = connection;
    watch->last = connection;
}

static void take_out(fh_watch *watch, fh_watched *connection) {
    *(connection->before ? &connection->before->after : &watch->first) = connection->after;
    *(connection->after ? &connection->after->before : &watch->last) = connection->before;
}

fh_watched *fh_watch_add(fh_watch *watch, int socket) {
    fh_watched *connection = fh_alloc_zeroed(1, sizeof *connection);
    connection->socket = socket;
    pthread_mutex_lock(&watch->mutex);
    append(watch, connection);
    pthread_mutex_unlock(&watch->mutex);
    return connection;
}

void fh_watch_completed(fh_watch *watch, fh_watched *connection) {
    pthread_mutex_lock(&watch->mutex);
    take_out(watch, connection);
    append(watch, connection);
    pthread_mutex_unlock(&watch->mutex);
}

void fh_watch_remove(fh_watch *watch, fh_watched *connection) {
    pthread_mutex_lock(&watch->mutex);
    take_out(watch, connection);
    pthread_mutex_unlock(&watch->mutex);
    free(connection);
}

void fh_watch_shut(fh_watch *watch, double seconds) {
    double now = fh_clock();
    pthread_mutex_lock(&watch->mutex);
    for (fh_watched *c = watch->first; c && now - c->since > seconds; c = c->after)
        shutdown(c->socket, SHUT_RDWR);
    pthread_mutex_unlock(&watch->mutex);
}
