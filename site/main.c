/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program fihris-serve. */
#include "base/limits.h"
#include "base/memory.h"
#include "base/option.h"
#include "site/site.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum exit_status { EXIT_STOPPED = 0, EXIT_ERROR = 2 };

enum option_id {
    OPTION_DB = 1,
    OPTION_LISTEN,
    OPTION_URL,
    OPTION_ALLOW_ORIGIN,
    OPTION_BEHIND_PROXY,
    OPTION_RATE,
    OPTION_TIME_LIMIT,
    OPTION_THREADS,
    OPTION_CONNECTIONS,
    OPTION_LOG,
    OPTION_QUIET,
};

static const fh_option options[] = {
    {OPTION_DB, 'd', "db", "DIR", "(dir)",
     "search this index; may be repeated; default $FIHRIS_DB, else ./fihris.db"},
    {OPTION_LISTEN, 'l', "listen", "WHERE", NULL,
     "ADDRESS:PORT (port 0: any that is free), unix:PATH, or fd for the socket that systemd passes; default "
     "127.0.0.1:8080"},
    {OPTION_URL, 'u', "url", "URL", NULL, "where people reach the server; default as they asked for it"},
    {OPTION_ALLOW_ORIGIN, 'a', "allow-origin", "ORIGIN", NULL,
     "let the pages of this site read answers (https://news.example, or * for all); may be repeated"},
    {OPTION_BEHIND_PROXY, 'p', "behind-proxy", NULL, NULL,
     "take the client's address from X-Forwarded-For, which the proxy in front sets"},
    {OPTION_RATE, 'r', "rate", "N", NULL,
     "requests a second from one address, twice as many at once; 0 for no limit; default 50"},
    {OPTION_TIME_LIMIT, 't', "time-limit", "MS", NULL,
     "milliseconds of one search, after which what was found has to do; default 2000"},
    {OPTION_THREADS, 'j', "threads", "N", NULL, "threads that answer; default one a processor, at least 4"},
    {OPTION_CONNECTIONS, 'c', "connections", "N", NULL, "connections open at a time; default 1000"},
    {OPTION_LOG, 'L', "log", "FILE", "(file)", "append the access log to this file; default standard error"},
    {OPTION_QUIET, 'q', "quiet", NULL, NULL, "write no access log, and nothing when all is well"},
    FH_COMMON_OPTIONS,
};

static const fh_program program = {
    .name = "fihris-serve",
    .summary = "serve a news archive's search to a site",
    .synopsis = "[OPTION…]",
    .options = options,
    .notes =
        "Answers /search, /suggest, /facets, /article/ID, /similar/ID, /entity/ID, /opensearch.xml,\n"
        "/healthz, /metrics, the box for pages (/box.js, /box.css), and a search page (/).\n"
        "\n"
        "Signals: TERM and INT end it when running requests are answered; HUP opens index and log anew.\n"
        "Exit status: 0 it was told to stop, 2 something went wrong.\n"
        "\n"
        "Examples:\n"
        "  fihris-serve --db news.db\n"
        "  fihris-serve --listen unix:/run/fihris/http --behind-proxy --url https://news.example/search/\n",
};

typedef struct command {
    fh_site_options site;
    const char **dirs, **origins;
    size_t dir_count, dir_capacity, origin_count, origin_capacity;
    const char *listen, *log;
    bool quiet;
    fh_buf answer; /* to --help and the like */
} command;

enum {
    DEFAULT_RATE = 50,
    DEFAULT_TIME_LIMIT = 2000,
    DEFAULT_CONNECTIONS = 1000,
    MIN_THREADS = 4,
    MAX_THREADS = 256,
    SPARE_FILES = 64,   /* beside connections: logs, standard streams, what libraries open */
    INDEX_FILES = 8,    /* of one index in one thread */
    LAST_REQUESTS = 10, /* seconds that they have to end */
};

/* ---- The command line ---- */

static fh_status read_number(const char *name, const char *value, long low, long high, uint32_t *out,
                             fh_error *err) {
    long number;
    fh_status status = fh_option_number(name, value, low, high, &number, err);
    if (status == FH_OK) *out = (uint32_t)number;
    return status;
}

static void append(const char ***items, size_t *count, size_t *capacity, const char *value) {
    *items = fh_grow(*items, *count, capacity, sizeof **items);
    (*items)[(*count)++] = value;
}

static fh_status take_option(command *c, int id, const char *value, fh_error *err) {
    switch (id) {
    case OPTION_DB: append(&c->dirs, &c->dir_count, &c->dir_capacity, value); return FH_OK;
    case OPTION_LISTEN: c->listen = value; return FH_OK;
    case OPTION_URL: c->site.url = value; return FH_OK;
    case OPTION_ALLOW_ORIGIN: append(&c->origins, &c->origin_count, &c->origin_capacity, value); return FH_OK;
    case OPTION_BEHIND_PROXY: c->site.behind_proxy = true; return FH_OK;
    case OPTION_RATE: return read_number("rate", value, 0, 1000000, &c->site.rate, err);
    case OPTION_TIME_LIMIT: return read_number("time-limit", value, 1, 600000, &c->site.time_limit, err);
    case OPTION_THREADS: return read_number("threads", value, 1, MAX_THREADS, &c->site.threads, err);
    case OPTION_CONNECTIONS: return read_number("connections", value, 1, 100000, &c->site.connections, err);
    case OPTION_LOG: c->log = value; return FH_OK;
    case OPTION_QUIET: c->quiet = true; return FH_OK;
    default:
        return fh_fail(err, FH_ERR_USAGE, NULL, "fihris-serve --help lists the options",
                       "there is no operand: %s", value);
    }
}

static void fill_defaults(command *c) {
    const char *from_environment = getenv("FIHRIS_DB");
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (!c->dir_count)
        append(&c->dirs, &c->dir_count, &c->dir_capacity,
               from_environment && *from_environment ? from_environment : "fihris.db");
    if (!c->site.threads) c->site.threads = processors > MIN_THREADS ? (uint32_t)processors : MIN_THREADS;
    if (c->site.threads > MAX_THREADS) c->site.threads = MAX_THREADS;
    if (c->site.connections < c->site.threads) c->site.connections = c->site.threads;
    c->site.dirs = c->dirs;
    c->site.dir_count = c->dir_count;
    c->site.origins = c->origins;
    c->site.origin_count = c->origin_count;
}

/* systemd says whom the sockets are for. */
static fh_status check_passed(const command *c, fh_error *err) {
    const char *count = getenv("LISTEN_FDS"), *whose = getenv("LISTEN_PID");
    if (strcmp(c->listen, "fd") != 0) return FH_OK;
    if (count && atoi(count) == 1 && whose && atol(whose) == (long)getpid()) return FH_OK;
    return fh_fail(
        err, FH_ERR_USAGE, NULL, "start it by its socket unit, or name an address: --listen 127.0.0.1:8080",
        "systemd passed %s socket to --listen fd", count && atoi(count) > 1 ? "more than one" : "no");
}

/* FH_END: --help and the like were asked for, and `answer` holds what to print. */
static fh_status read_command(int argc, char **argv, command *c, fh_error *err) {
    fh_args args = fh_args_start(&program, argc, argv);
    fh_status status;
    int id;
    const char *value;
    c->listen = "127.0.0.1:8080";
    c->site.rate = DEFAULT_RATE;
    c->site.time_limit = DEFAULT_TIME_LIMIT;
    c->site.connections = DEFAULT_CONNECTIONS;
    while ((status = fh_args_next(&args, &id, &value, err)) == FH_OK) {
        if (fh_program_answer(&program, id, value, &c->answer)) return FH_END;
        status = take_option(c, id, value, err);
        if (status) return status;
    }
    if (status != FH_END) return status;
    fill_defaults(c);
    return check_passed(c, err);
}

static void print_error(const fh_error *err) {
    fh_buf text = {0};
    fh_error_text(err, program.name, &text);
    fwrite(text.ptr, 1, text.len, stderr);
    fh_buf_free(&text);
}

/* ---- The log ---- */

static fh_status open_log(const command *c, int *out, fh_error *err) {
    if (c->quiet && !c->log) {
        *out = -1;
        return FH_OK;
    }
    int file = c->log ? open(c->log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640) : dup(STDERR_FILENO);
    if (file < 0)
        return fh_fail(err, FH_ERR_IO, c->log, "check the path and the permissions there",
                       "the log cannot be opened: %s", strerror(errno));
    *out = file;
    return FH_OK;
}

/* The old file is closed only at the next turn: a thread may be in the middle of a line. */
static void renew_log(const command *c, fh_site *site, int *log, int *old) {
    fh_error err;
    int opened = *log;
    if (open_log(c, &opened, &err)) {
        print_error(&err);
        fh_site_renew(site, *log);
        return;
    }
    fh_site_renew(site, opened);
    if (*old >= 0) close(*old);
    *old = *log;
    *log = opened;
}

/* ---- Running ---- */

static void allow_files(const command *c) {
    struct rlimit limit;
    rlim_t wanted = c->site.connections + SPARE_FILES + c->site.threads * (INDEX_FILES * c->dir_count + 4);
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted) return;
    limit.rlim_cur = limit.rlim_max == RLIM_INFINITY || wanted < limit.rlim_max ? wanted : limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* Every thread inherits the mask, so that signals wait for the loop below. */
static sigset_t hold_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return set;
}

static void serve(const command *c, fh_site *site, const sigset_t *signals, int *log) {
    const struct timespec second = {1, 0};
    int old = -1;
    for (;;) {
        int got = sigtimedwait(signals, NULL, &second);
        fh_site_tick(site);
        if (got == SIGHUP) renew_log(c, site, log, &old);
        if (got == SIGTERM || got == SIGINT) break;
    }
    if (!c->quiet) fprintf(stderr, "fihris-serve: stopping\n");
    if (old >= 0) close(old);
}

static void say_where(const command *c) {
    fh_buf where = {0};
    fh_site_where(c->site.socket, &where);
    if (!c->quiet) fprintf(stderr, "fihris-serve: listening at %s\n", fh_buf_str(&where).ptr);
    fh_buf_free(&where);
}

static fh_status run(command *c, fh_error *err) {
    fh_site *site;
    sigset_t signals = hold_signals();
    allow_files(c);
    fh_status status = open_log(c, &c->site.log, err);
    if (status) return status;
    int log = c->site.log;
    status = fh_site_listen(c->listen, &c->site.socket, err);
    if (status == FH_OK) status = fh_site_start(&c->site, &site, err);
    if (status == FH_OK) {
        say_where(c);
        serve(c, site, &signals, &log);
        fh_site_stop(site, LAST_REQUESTS);
    }
    if (log >= 0) close(log);
    return status;
}

int main(int argc, char **argv) {
    command c = {0};
    fh_error err;
    signal(SIGPIPE, SIG_IGN);
    json_set_alloc_funcs(fh_alloc, free);
    fh_status status = read_command(argc, argv, &c, &err);
    int code = EXIT_STOPPED;
    if (status == FH_END) {
        fwrite(c.answer.ptr, 1, c.answer.len, stdout);
    } else if (status == FH_OK) {
        status = run(&c, &err);
    }
    if (status && status != FH_END) {
        print_error(&err);
        code = EXIT_ERROR;
    }
    free(c.dirs);
    free(c.origins);
    fh_buf_free(&c.answer);
    return code;
}
