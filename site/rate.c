/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buckets in a table of fixed size: in a row of eight the one that was used longest ago makes room, so that
 * memory stays the same whoever comes. */
#include "site/rate.h"

#include "base/memory.h"
#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>

enum { ROWS = 1024, IN_A_ROW = 8, NETWORK_BYTES = 8 };

typedef struct bucket {
    unsigned long long address; /* hash; 0: nobody's */
    double tokens, when;
} bucket;

struct fh_rate {
    double per_second, most;
    pthread_mutex_t mutex;
    bucket rows[ROWS][IN_A_ROW];
};

fh_rate *fh_rate_new(uint32_t per_second) {
    fh_rate *rate = fh_alloc_zeroed(1, sizeof *rate);
    rate->per_second = per_second;
    rate->most = 2.0 * per_second;
    pthread_mutex_init(&rate->mutex, NULL);
    return rate;
}

void fh_rate_free(fh_rate *rate) {
    if (!rate) return;
    pthread_mutex_destroy(&rate->mutex);
    free(rate);
}

static unsigned long long hash_of(fh_str address) {
    char text[INET6_ADDRSTRLEN];
    struct in6_addr six;
    if (address.len < sizeof text) {
        memcpy(text, address.ptr, address.len);
        text[address.len] = '\0';
        if (inet_pton(AF_INET6, text, &six) == 1 && !IN6_IS_ADDR_V4MAPPED(&six))
            address = (fh_str){(const char *)&six, NETWORK_BYTES};
    }
    unsigned long long hash = fh_hash(FH_HASH_START, address);
    return hash ? hash : 1;
}

static bucket *find(fh_rate *rate, unsigned long long address, double now) {
    bucket *row = rate->rows[address % ROWS], *oldest = row;
    for (int i = 0; i < IN_A_ROW; i++) {
        if (row[i].address == address) return &row[i];
        if (!row[i].address || row[i].when < oldest->when) oldest = &row[i];
    }
    *oldest = (bucket){address, rate->most, now};
    return oldest;
}

bool fh_rate_allows(fh_rate *rate, fh_str address, double now) {
    if (rate->per_second <= 0 || !address.len) return true;
    pthread_mutex_lock(&rate->mutex);
    bucket *b = find(rate, hash_of(address), now);
    b->tokens += (now - b->when) * rate->per_second;
    if (b->tokens > rate->most) b->tokens = rate->most;
    b->when = now;
    bool allowed = b->tokens >= 1;
    if (allowed) b->tokens -= 1;
    pthread_mutex_unlock(&rate->mutex);
    return allowed;
}
