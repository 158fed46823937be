/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libmicrohttpd: its threads, its connections, and the way from its requests to ours and back. */
#include "base/memory.h"
#include "site/answer.h"
#include "site/clock.h"
#include "site/log.h"
#include "site/respond.h"
#include "site/site.h"
#include "site/watch.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    SILENCE = 15,            /* seconds without a byte, after which a connection ends */
    DAWDLING = 30,           /* seconds without a whole request */
    MEMORY = 32u << 10,      /* bytes of one connection: what headers and address may have */
    POLL_NS = 20 * 1000000L, /* while waiting for the last requests */
};

struct fh_site {
    fh_house house;
    struct MHD_Daemon *daemon;
    fh_watch *watch;
    int socket;
    bool behind_proxy;
    atomic_int log;
    atomic_uint running; /* requests begun and not yet sent */
};

/* One request, from its first line until its reply is sent. */
typedef struct exchange {
    char *target;
    bool begun;
} exchange;

/* ---- From libmicrohttpd's request to ours ---- */

static fh_str header(struct MHD_Connection *connection, const char *name) {
    return fh_str_from(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

static fh_method method_of(const char *name) {
    if (!strcmp(name, "GET")) return FH_METHOD_GET;
    if (!strcmp(name, "HEAD")) return FH_METHOD_HEAD;
    return !strcmp(name, "OPTIONS") ? FH_METHOD_OPTIONS : FH_METHOD_OTHER;
}

/* An address in digits; an IPv4 one that came by an IPv6 socket is one of IPv4. */
static void print_address(const struct sockaddr *address, char out[INET6_ADDRSTRLEN]) {
    out[0] = '\0';
    if (!address) return;
    if (address->sa_family == AF_INET) {
        inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, out, INET6_ADDRSTRLEN);
    } else if (address->sa_family == AF_INET6) {
        const struct in6_addr *six = &((const struct sockaddr_in6 *)address)->sin6_addr;
        bool four = IN6_IS_ADDR_V4MAPPED(six);
        inet_ntop(four ? AF_INET : AF_INET6, four ? (const void *)&six->s6_addr[12] : six, out,
                  INET6_ADDRSTRLEN);
    }
}

/* The last one that X-Forwarded-For names is what our own proxy saw; anybody may have written the others. */
static bool forwarded_address(struct MHD_Connection *connection, char out[INET6_ADDRSTRLEN]) {
    unsigned char ignored[sizeof(struct in6_addr)];
    fh_str list = header(connection, "X-Forwarded-For");
    size_t from = list.len;
    while (from > 0 && list.ptr[from - 1] != ',') from--;
    fh_str last = fh_str_trim(fh_str_slice(list, from, list.len));
    if (!last.len || last.len >= INET6_ADDRSTRLEN) return false;
    memcpy(out, last.ptr, last.len);
    out[last.len] = '\0';
    return inet_pton(AF_INET, out, ignored) == 1 || inet_pton(AF_INET6, out, ignored) == 1;
}

static void client_address(const fh_site *site, struct MHD_Connection *connection,
                           char out[INET6_ADDRSTRLEN]) {
    if (site->behind_proxy && forwarded_address(connection, out)) return;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    print_address(info ? info->client_addr : NULL, out);
}

static bool has_body(struct MHD_Connection *connection) {
    fh_str length = header(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return header(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING).len ||
           (length.len && !fh_str_equal(length, FH_STR("0")));
}

/* ---- And back ---- */

static void add_header(void *response, const char *name, const char *value) {
    MHD_add_response_header(response, name, value);
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, fh_reply *reply) {
    struct MHD_Response *response =
        MHD_create_response_from_buffer(reply->body.len, reply->body.ptr, MHD_RESPMEM_MUST_FREE);
    if (!response) {
        fh_buf_free(&reply->body);
        return MHD_NO;
    }
    fh_reply_headers(reply, add_header, response);
    enum MHD_Result queued = MHD_queue_response(connection, reply->status, response);
    MHD_destroy_response(response);
    return queued;
}

/* ---- What libmicrohttpd calls ---- */

static void *begin_request(void *cls, const char *target, struct MHD_Connection *connection) {
    fh_site *site = cls;
    (void)connection;
    exchange *x = fh_alloc_zeroed(1, sizeof *x);
    fh_buf copy = {0};
    fh_buf_add(&copy, fh_str_from(target));
    x->target = copy.ptr;
    atomic_fetch_add(&site->running, 1);
    return x;
}

static enum MHD_Result answer_request(void *cls, struct MHD_Connection *connection, const char *url,
                                      const char *method, const char *version, const char *upload,
                                      size_t *upload_size, void **state) {
    fh_site *site = cls;
    exchange *x = *state;
    fh_reply reply;
    char address[INET6_ADDRSTRLEN];
    (void)url, (void)version, (void)upload, (void)upload_size;
    bool body = has_body(connection), odd = method_of(method) == FH_METHOD_OTHER;
    if (!x->begun && !body && !odd) {
        x->begun = true; /* to be asked again: only then is the request whole */
        return MHD_YES;
    }
    double start = fh_clock();
    client_address(site, connection, address);
    fh_request request = {.method = method_of(method),
                          .has_body = body,
                          .target = fh_str_from(x->target ? x->target : ""),
                          .address = fh_str_from(address),
                          .host = header(connection, MHD_HTTP_HEADER_HOST),
                          .origin = header(connection, MHD_HTTP_HEADER_ORIGIN),
                          .accept_encoding = header(connection, MHD_HTTP_HEADER_ACCEPT_ENCODING),
                          .if_none_match = header(connection, MHD_HTTP_HEADER_IF_NONE_MATCH)};
    fh_answer_request(&site->house, &request, &reply);
    fh_log_request(atomic_load(&site->log), method, &request, &reply, fh_clock() - start);
    return send_reply(connection, &reply);
}

static void end_request(void *cls, struct MHD_Connection *connection, void **state,
                        enum MHD_RequestTerminationCode why) {
    fh_site *site = cls;
    exchange *x = *state;
    (void)why;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    if (info && info->socket_context) fh_watch_completed(site->watch, info->socket_context);
    if (!x) return;
    free(x->target);
    free(x);
    *state = NULL;
    atomic_fetch_sub(&site->running, 1);
}

static void watch_connection(void *cls, struct MHD_Connection *connection, void **watched,
                             enum MHD_ConnectionNotificationCode what) {
    fh_site *site = cls;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *watched = fh_watch_add(site->watch, info->connect_fd);
    } else if (*watched) {
        fh_watch_remove(site->watch, *watched);
        *watched = NULL;
    }
}

/* ---- The life of a site ---- */

static fh_status start_daemon(fh_site *site, const fh_site_options *options, fh_error *err) {
    site->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, answer_request, site,
        MHD_OPTION_LISTEN_SOCKET, options->socket, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)options->threads,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)options->connections, MHD_OPTION_CONNECTION_TIMEOUT,
        (unsigned)SILENCE, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY, MHD_OPTION_URI_LOG_CALLBACK,
        begin_request, site, MHD_OPTION_NOTIFY_COMPLETED, end_request, site, MHD_OPTION_NOTIFY_CONNECTION,
        watch_connection, site, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
    if (site->daemon) return FH_OK;
    return fh_fail(err, FH_ERR_IO, NULL, "allow more open files or threads, or ask for fewer --connections",
                   "the server cannot be started");
}

static void free_site(fh_site *site) {
    fh_pool_free(site->house.pool);
    fh_rate_free(site->house.rate);
    fh_metrics_free(site->house.metrics);
    fh_watch_free(site->watch);
    free(site);
}

fh_status fh_site_start(const fh_site_options *options, fh_site **out, fh_error *err) {
    fh_site *site = fh_alloc_zeroed(1, sizeof *site);
    site->house = (fh_house){.rate = fh_rate_new(options->rate),
                             .metrics = fh_metrics_new(),
                             .origins = options->origins,
                             .origin_count = options->origin_count,
                             .time_limit = options->time_limit,
                             .url = options->url};
    site->watch = fh_watch_new();
    site->socket = options->socket;
    site->behind_proxy = options->behind_proxy;
    atomic_store(&site->log, options->log);
    fh_status status =
        fh_pool_new(options->dirs, options->dir_count, options->threads, &site->house.pool, err);
    if (status == FH_OK) status = start_daemon(site, options, err);
    if (status == FH_OK) {
        *out = site;
    } else {
        close(options->socket);
        free_site(site);
    }
    return status;
}

void fh_site_tick(fh_site *site) {
    fh_watch_shut(site->watch, DAWDLING);
}

void fh_site_renew(fh_site *site, int log) {
    atomic_store(&site->log, log);
    fh_pool_renew(site->house.pool);
}

void fh_site_stop(fh_site *site, unsigned seconds) {
    if (!site) return;
    const struct timespec nap = {0, POLL_NS};
    double end = fh_clock() + seconds;
    int socket = MHD_quiesce_daemon(site->daemon);
    while (atomic_load(&site->running) > 0 && fh_clock() < end) nanosleep(&nap, NULL);
    MHD_stop_daemon(site->daemon);
    close(socket < 0 ? site->socket : socket);
    free_site(site);
}
