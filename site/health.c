/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /healthz and /metrics: how the server is, for those who keep it. */
#include "site/route.h"

fh_status fh_answer_health(fh_call *call, fh_reply *reply, fh_error *err) {
    fh_store_stats stats;
    fh_status status = fh_store_statistics(call->worker->store, &stats, err);
    if (status) return status;
    fh_buf_printf(&reply->body, "{\"status\":\"ok\",\"articles\":%llu,\"revision\":\"%016llx\"}\n",
                  (unsigned long long)stats.articles, (unsigned long long)call->worker->revision);
    reply->type = "application/json";
    return FH_OK;
}

fh_status fh_answer_metrics(fh_call *call, fh_reply *reply, fh_error *err) {
    fh_store_stats stats;
    fh_status status = fh_store_statistics(call->worker->store, &stats, err);
    if (status) return status;
    fh_metrics_write(call->metrics, &reply->body);
    fh_buf_printf(&reply->body,
                  "# HELP fihris_index_articles Articles in the index.\n"
                  "# TYPE fihris_index_articles gauge\n"
                  "fihris_index_articles %llu\n"
                  "# HELP fihris_index_info Which commit of the index is open.\n"
                  "# TYPE fihris_index_info gauge\n"
                  "fihris_index_info{revision=\"%016llx\"} 1\n",
                  (unsigned long long)stats.articles, (unsigned long long)call->worker->revision);
    reply->type = "text/plain; version=0.0.4; charset=utf-8";
    return FH_OK;
}
