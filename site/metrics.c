/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counters under one lock: it is held for less time than a request's first line takes to read. */
#include "site/metrics.h"

#include "base/memory.h"
#include <pthread.h>
#include <stdlib.h>

/* Upper bounds in seconds; as-you-type wants 0.05. */
static const double bounds[] = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5};

enum { BOUNDS = sizeof bounds / sizeof *bounds };

typedef struct counter {
    const char *route;
    unsigned status;
    uint64_t requests;
} counter;

typedef struct histogram {
    const char *route;
    uint64_t in[BOUNDS + 1]; /* the last: above all bounds */
    double sum;
} histogram;

struct fh_metrics {
    pthread_mutex_t mutex;
    counter *counters; /* routes and statuses are few */
    size_t counter_count, counter_capacity;
    histogram *histograms;
    size_t histogram_count, histogram_capacity;
};

fh_metrics *fh_metrics_new(void) {
    fh_metrics *metrics = fh_alloc_zeroed(1, sizeof *metrics);
    pthread_mutex_init(&metrics->mutex, NULL);
    return metrics;
}

void fh_metrics_free(fh_metrics *metrics) {
    if (!metrics) return;
    pthread_mutex_destroy(&metrics->mutex);
    free(metrics->counters);
    free(metrics->histograms);
    free(metrics);
}

static counter *counter_of(fh_metrics *m, const char *route, unsigned status) {
    for (size_t i = 0; i < m->counter_count; i++)
        if (m->counters[i].status == status && !strcmp(m->counters[i].route, route)) return &m->counters[i];
    m->counters = fh_grow(m->counters, m->counter_count, &m->counter_capacity, sizeof *m->counters);
    m->counters[m->counter_count] = (counter){.route = route, .status = status};
    return &m->counters[m->counter_count++];
}

static histogram *histogram_of(fh_metrics *m, const char *route) {
    for (size_t i = 0; i < m->histogram_count; i++)
        if (!strcmp(m->histograms[i].route, route)) return &m->histograms[i];
    m->histograms = fh_grow(m->histograms, m->histogram_count, &m->histogram_capacity, sizeof *m->histograms);
    m->histograms[m->histogram_count] = (histogram){.route = route};
    return &m->histograms[m->histogram_count++];
}

void fh_metrics_count(fh_metrics *metrics, const char *route, unsigned status, double seconds) {
    int at = 0;
    while (at < BOUNDS && seconds > bounds[at]) at++;
    pthread_mutex_lock(&metrics->mutex);
    counter_of(metrics, route, status)->requests++;
    histogram *h = histogram_of(metrics, route);
    h->in[at]++;
    h->sum += seconds;
    pthread_mutex_unlock(&metrics->mutex);
}

static void write_histogram(const histogram *h, fh_buf *out) {
    static const char name[] = "fihris_request_seconds";
    uint64_t sum = 0;
    for (int i = 0; i < BOUNDS; i++) {
        sum += h->in[i];
        fh_buf_printf(out, "%s_bucket{route=\"%s\",le=\"%g\"} %llu\n", name, h->route, bounds[i],
                      (unsigned long long)sum);
    }
    sum += h->in[BOUNDS];
    fh_buf_printf(out, "%s_bucket{route=\"%s\",le=\"+Inf\"} %llu\n", name, h->route, (unsigned long long)sum);
    fh_buf_printf(out, "%s_sum{route=\"%s\"} %.6f\n", name, h->route, h->sum);
    fh_buf_printf(out, "%s_count{route=\"%s\"} %llu\n", name, h->route, (unsigned long long)sum);
}

void fh_metrics_write(fh_metrics *metrics, fh_buf *out) {
    pthread_mutex_lock(&metrics->mutex);
    fh_buf_printf(out, "# HELP fihris_requests_total Requests answered, by route and status.\n"
                       "# TYPE fihris_requests_total counter\n");
    for (size_t i = 0; i < metrics->counter_count; i++) {
        const counter *c = &metrics->counters[i];
        fh_buf_printf(out, "fihris_requests_total{route=\"%s\",status=\"%u\"} %llu\n", c->route, c->status,
                      (unsigned long long)c->requests);
    }
    fh_buf_printf(out, "# HELP fihris_request_seconds Time to make an answer, by route.\n"
                       "# TYPE fihris_request_seconds histogram\n");
    for (size_t i = 0; i < metrics->histogram_count; i++) write_histogram(&metrics->histograms[i], out);
    pthread_mutex_unlock(&metrics->mutex);
}
