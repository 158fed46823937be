/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of the access log, in JSON since what people ask may hold anything. */
#include "site/log.h"

#include "base/utf8.h"
#include "site/json.h"
#include <math.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static void time_text(char out[32]) {
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    size_t length = strftime(out, 24, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(out + length, 32 - length, ".%03dZ", (int)(now.tv_nsec / 1000000));
}

/* JSON holds no bytes that are not UTF-8. */
static void set_bytes(json_t *object, const char *key, fh_str bytes) {
    size_t bad = fh_utf8_invalid(bytes);
    fh_site_json_set(object, key, bad == SIZE_MAX ? bytes : fh_str_slice(bytes, 0, bad));
}

void fh_log_request(int file, const char *method, const fh_request *request, const fh_reply *reply,
                    double seconds) {
    char now[32];
    fh_buf line = {0};
    if (file < 0) return;
    time_text(now);
    json_t *object = json_object();
    json_object_set_new(object, "time", json_string(now));
    set_bytes(object, "address", request->address);
    set_bytes(object, "method", fh_str_from(method));
    set_bytes(object, "target", request->target);
    json_object_set_new(object, "route", json_string(reply->route));
    json_object_set_new(object, "status", json_integer((json_int_t)reply->status));
    json_object_set_new(object, "bytes", json_integer((json_int_t)reply->body.len));
    json_object_set_new(object, "ms", json_real(round(seconds * 1e6) / 1e3));
    if (reply->total) json_object_set_new(object, "total", json_integer((json_int_t)reply->total));
    fh_site_json_write(object, &line);
    ssize_t ignored = write(file, line.ptr, line.len); /* a full disk must not stop the answers */
    (void)ignored;
    fh_buf_free(&line);
}
