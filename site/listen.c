/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sockets that listen. */
#include "site/site.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    FIRST_PASSED = 3, /* SD_LISTEN_FDS_START of sd_listen_fds(3) */
    BACKLOG = 1024,
};

static const char how[] = "write ADDRESS:PORT, [ADDRESS]:PORT, unix:PATH or fd";

static fh_status refuse(const char *where, int why, fh_error *err) {
    return fh_fail(err, FH_ERR_IO, where, why == EADDRINUSE ? "another program listens there" : NULL,
                   "cannot listen: %s", strerror(why));
}

static fh_status listen_on(const char *where, const struct sockaddr *address, socklen_t length, int *out,
                           fh_error *err) {
    int on = 1;
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) return refuse(where, errno, err);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, address, length) != 0 || listen(fd, BACKLOG) != 0) {
        int why = errno;
        close(fd);
        return refuse(where, why, err);
    }
    *out = fd;
    return FH_OK;
}

/* A socket file that nobody listens at any more is in the way of the next one. */
static void remove_dead(const struct sockaddr_un *address) {
    struct stat facts;
    if (lstat(address->sun_path, &facts) != 0 || !S_ISSOCK(facts.st_mode)) return;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return;
    if (connect(fd, (const struct sockaddr *)address, sizeof *address) != 0 && errno == ECONNREFUSED)
        unlink(address->sun_path);
    close(fd);
}

static fh_status listen_unix(const char *path, int *out, fh_error *err) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (!*path || strlen(path) >= sizeof address.sun_path)
        return fh_fail(err, FH_ERR_USAGE, path, NULL, "a socket's path has 1 to %zu bytes",
                       sizeof address.sun_path - 1);
    memcpy(address.sun_path, path, strlen(path));
    remove_dead(&address);
    return listen_on(path, (const struct sockaddr *)&address, sizeof address, out, err);
}

/* "[::1]:8080" to its two parts, the brackets left out. */
static bool split(const char *where, char host[NI_MAXHOST], const char **port) {
    const char *colon = strrchr(where, ':');
    if (!colon) return false;
    fh_str name = {where, (size_t)(colon - where)};
    if (name.len >= 2 && name.ptr[0] == '[' && name.ptr[name.len - 1] == ']')
        name = fh_str_slice(name, 1, name.len - 1);
    else if (memchr(name.ptr, ':', name.len))
        return false;
    if (name.len >= NI_MAXHOST) return false;
    memcpy(host, name.ptr, name.len);
    host[name.len] = '\0';
    *port = colon + 1;
    return **port && !(*port)[strspn(*port, "0123456789")];
}

static fh_status listen_tcp(const char *where, int *out, fh_error *err) {
    char host[NI_MAXHOST];
    const char *port;
    struct addrinfo *found, hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    if (!split(where, host, &port)) return fh_fail(err, FH_ERR_USAGE, where, how, "this is no address");
    int why = getaddrinfo(*host ? host : NULL, port, &hints, &found);
    if (why) return fh_fail(err, FH_ERR_USAGE, where, how, "this is no address: %s", gai_strerror(why));
    fh_status status = listen_on(where, found->ai_addr, found->ai_addrlen, out, err);
    freeaddrinfo(found);
    return status;
}

static fh_status take_passed(int *out, fh_error *err) {
    int listens = 0;
    socklen_t length = sizeof listens;
    if (getsockopt(FIRST_PASSED, SOL_SOCKET, SO_ACCEPTCONN, &listens, &length) != 0 || !listens)
        return fh_fail(err, FH_ERR_USAGE, "fd", "start the socket unit: systemctl start fihris-serve.socket",
                       "no socket that listens was passed");
    *out = FIRST_PASSED;
    return FH_OK;
}

fh_status fh_site_listen(const char *where, int *out, fh_error *err) {
    if (strcmp(where, "fd") == 0) return take_passed(out, err);
    if (strncmp(where, "unix:", 5) == 0) return listen_unix(where + 5, out, err);
    return listen_tcp(where, out, err);
}

void fh_site_where(int socket, fh_buf *out) {
    char host[NI_MAXHOST], port[NI_MAXSERV];
    struct sockaddr_storage address = {0};
    socklen_t length = sizeof address;
    if (getsockname(socket, (struct sockaddr *)&address, &length) != 0) return;
    if (address.ss_family == AF_UNIX) {
        fh_buf_printf(out, "unix:%s", ((const struct sockaddr_un *)&address)->sun_path);
        return;
    }
    if (getnameinfo((struct sockaddr *)&address, length, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return;
    fh_buf_printf(out, address.ss_family == AF_INET6 ? "http://[%s]:%s/" : "http://%s:%s/", host, port);
}
