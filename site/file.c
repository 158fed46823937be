/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The box's script and styles, and the description of the search for browsers (OpenSearch 1.1, draft 6). */
#include "site/files.h"
#include "site/html.h"
#include "site/route.h"

fh_str fh_site_file_at(fh_str path) {
    for (const fh_site_file *file = fh_site_files; file->path; file++)
        if (fh_str_equal(path, fh_str_from(file->path))) return file->bytes;
    return (fh_str){0};
}

static const char *type_of(fh_str path) {
    if (fh_str_ends(path, FH_STR(".js"))) return "text/javascript; charset=utf-8";
    if (fh_str_ends(path, FH_STR(".css"))) return "text/css; charset=utf-8";
    return "image/svg+xml";
}

fh_status fh_answer_file(fh_call *call, fh_reply *reply, fh_error *err) {
    (void)err;
    fh_buf_add(&reply->body, fh_site_file_at(call->target->path));
    reply->type = type_of(call->target->path);
    reply->for_any_page = true;
    return FH_OK;
}

static void add_url(const fh_call *call, const char *type, const char *rest, fh_buf *out) {
    fh_buf_printf(out, "  <Url type=\"%s\" template=\"", type);
    fh_html_add(out, fh_site_address(call));
    fh_buf_printf(out, "%s\"/>\n", rest);
}

fh_status fh_answer_opensearch(fh_call *call, fh_reply *reply, fh_error *err) {
    fh_buf *out = &reply->body;
    (void)err;
    fh_buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
                       "  <ShortName>فهرس</ShortName>\n"
                       "  <Description>البحث في أرشيف الأخبار</Description>\n"
                       "  <InputEncoding>UTF-8</InputEncoding>\n");
    add_url(call, "text/html", "?q={searchTerms}", out);
    add_url(call, "application/x-suggestions+json", "suggest?q={searchTerms}", out);
    add_url(call, "application/json", "search?q={searchTerms}", out);
    fh_buf_printf(out, "</OpenSearchDescription>\n");
    reply->type = "application/opensearchdescription+xml; charset=utf-8";
    return FH_OK;
}
