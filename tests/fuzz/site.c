/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests as anybody may send them, to an index of articles that anybody may have written. */
#include "tests/fuzz/fuzz.h"

#include "base/utf8.h"
#include "indexer/indexer.h"
#include "indexer/selection.h"
#include "site/answer.h"
#include "site/html.h"
#include "site/keyboard.h"
#include "site/latin.h"
#include "site/respond.h"
#include <ftw.h>
#include <jansson.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- Targets ---- */

static bool always(void *context, fh_str folded) {
    (void)context;
    must_be_text(folded);
    return true;
}

static void must_be_clean(fh_str text) {
    must_be_text(text);
    for (size_t i = 0; i < text.len; i++)
        must((unsigned char)text.ptr[i] >= ' ' || strchr("\t\r\n", text.ptr[i]));
}

static void comes_back_encoded(const fh_pair *pair, fh_arena *arena) {
    fh_buf written = {0};
    fh_target again;
    fh_error err = {0};
    fh_buf_add(&written, FH_STR("/?"));
    fh_target_encode(pair->name, &written);
    fh_buf_add_char(&written, '=');
    fh_target_encode(pair->value, &written);
    if (written.len <= FH_MAX_TARGET) {
        must(fh_target_read(fh_buf_str(&written), arena, &again, &err) == FH_OK && again.pair_count == 1);
        must(fh_str_equal(again.pairs[0].name, pair->name) &&
             fh_str_equal(again.pairs[0].value, pair->value));
    }
    fh_buf_free(&written);
}

void fuzz_target_of_request(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    fh_target target;
    fh_error err = {0};
    fh_status status = fh_target_read(input, arena, &target, &err);
    if (status) {
        must_be_error(status, &err);
    } else {
        must(target.pair_count <= FH_MAX_PAIRS);
        must_be_clean(target.path);
        for (size_t i = 0; i < target.pair_count; i++) {
            must_be_clean(target.pairs[i].name);
            must_be_clean(target.pairs[i].value);
            comes_back_encoded(&target.pairs[i], arena);
        }
        fh_str id;
        const fh_route *route = fh_route_find(target.path, &id);
        if (route && fh_params_check(route->params, &target, &err)) {
            must_be_error(err.status, &err);
            must_be_text(fh_str_from(err.where));
            must_be_text(fh_str_from(err.what));
            must_be_text(fh_str_from(err.hint));
        }
    }
    fh_str text = fuzz_text(input, arena);
    must_be_text(fh_keyboard_swap(text, arena));
    if (fh_utf8_count(text) == text.len) fh_latin_readings(text, 5, always, NULL, arena);
    fh_buf html = {0};
    fh_html_add(&html, text);
    must_be_clean(fh_buf_str(&html));
    for (size_t i = 0; i < html.len; i++) must(!strchr("<>\"'", html.ptr[i]));
    fh_buf_free(&html);
    fh_tag_matches(input, 1);
    fh_accepts_gzip(input);
    fh_arena_free(arena);
}

/* ---- The index that is asked ---- */

static char dir[] = "/tmp/fihris-fuzz-XXXXXX";
static fh_store *store;
static fh_house house;
static const char *const origins[] = {"https://news.example"};
static size_t scripts; /* that the page itself has */

static const fh_article articles[] = {
    {.id = FH_STR("one"),
     .url = FH_STR("https://a.example/1"),
     .title = FH_STR("بوتين في القاهرة"),
     .source = FH_STR("المدار"),
     .published = {2024, 5, 4, 0, 0, 0, false, false, FH_NO_ZONE},
     .body = FH_STR("زار الرئيس الروسي القاهرة.\nثم زار الرياض وقال إن مصر بلد الأهرام.")},
    {.id = FH_STR("two/2"),
     .url = FH_STR("javascript:alert(1)"),
     .title = FH_STR("</script><script>alert(1)</script> القاهرة"),
     .source = FH_STR("\"><img src=x onerror=alert(1)>"),
     .published = {2023, 11, 1, 0, 0, 0, false, false, FH_NO_ZONE},
     .body = FH_STR("<b>القاهرة</b> & أخبار <!-- --> <script src=//x></script>")},
    {.id = FH_STR("three \u202E&\u2066<"),
     .title = FH_STR("\u202Eالرئيس في القاهرة\u2066"),
     .source = FH_STR("الملعب\u202E"),
     .author = FH_STR("كاتب"),
     .body = FH_STR("زار \u202Eالرئيس\u202C القاهرة مرتين هذا العام. The Kremlin said no.")},
};

static int remove_entry(const char *path, const struct stat *about, int kind, struct FTW *place) {
    (void)about, (void)kind, (void)place;
    return remove(path);
}

static void remove_index(void) {
    nftw(dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static void make_index(fh_error *err) {
    const fh_store_identity identity = {.analyser_version = FH_ANALYSER_VERSION, .stemmer = "light"};
    const fh_gazetteer *names = fh_gazetteer_builtin();
    fh_arena *arena = fh_arena_new();
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    fh_name_finder *finder = fh_name_finder_new(fh_recogniser_builtin());
    fh_index_tools tools = {.analyser = analyser,
                            .names = {.all = names, .listed = names, .recogniser = fh_recogniser_builtin()},
                            .finder = finder};
    fh_store *writing;
    must(mkdtemp(dir));
    atexit(remove_index);
    must(fh_store_open_writable(dir, &identity, &writing, err) == FH_OK);
    must(fh_store_begin(writing, err) == FH_OK);
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++) {
        fh_article article = articles[i];
        fh_document document = fh_index_document(&tools, &article, arena);
        must(fh_store_put(writing, &document, err) == FH_OK);
    }
    must(fh_store_commit(writing, err) == FH_OK);
    fh_store_close(writing);
    fh_name_finder_free(finder);
    fh_analyser_free(analyser);
    fh_arena_free(arena);
}

static size_t count(fh_str text, const char *piece) {
    size_t times = 0;
    for (size_t at = 0; (at = fh_str_find(text, fh_str_from(piece), at)) != SIZE_MAX; at++) times++;
    return times;
}

static void close_house(void) {
    fh_store_close(store);
    fh_pool_free(house.pool);
    fh_rate_free(house.rate);
    fh_metrics_free(house.metrics);
}

static void open_house(void) {
    fh_error err;
    if (store) return;
    json_set_alloc_funcs(malloc, free);
    make_index(&err);
    static const char *dirs[] = {dir};
    must(fh_store_open(dirs, 1, FH_ANALYSER_VERSION, &store, &err) == FH_OK);
    house = (fh_house){
        .rate = fh_rate_new(0), .metrics = fh_metrics_new(), .origins = origins, .origin_count = 1};
    must(fh_pool_new(dirs, 1, 1, &house.pool, &err) == FH_OK);
    atexit(close_house);
    fh_reply reply;
    fh_answer_request(&house, &(fh_request){.target = FH_STR("/")}, &reply);
    scripts = count(fh_buf_str(&reply.body), "<script");
    fh_buf_free(&reply.body);
}

/* ---- Requests ---- */

static void must_be_header(void *context, const char *name, const char *value) {
    (void)context, (void)name;
    for (const char *at = value; *at; at++) must((unsigned char)*at >= ' ');
}

static void must_be_reply(const fh_reply *reply, const fh_request *request) {
    static const unsigned known[] = {200, 204, 304, 400, 404, 405, 413, 414};
    bool is_known = false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) is_known |= reply->status == known[i];
    must(is_known);
    fh_reply_headers(reply, must_be_header, NULL);
    must(!reply->allowed_origin.len || fh_str_equal(reply->allowed_origin, request->origin));
    if (reply->gzipped || !reply->body.len) return;
    fh_str body = fh_buf_str(&reply->body);
    must_be_text(body);
    must(reply->type);
    if (strstr(reply->type, "json")) {
        json_t *value = json_loadb(body.ptr, body.len, JSON_REJECT_DUPLICATES, NULL);
        must(value);
        json_decref(value);
    } else if (strstr(reply->type, "html")) {
        must(count(body, "<script") == scripts && count(body, "<img") == 0);
        must(count(body, "href=\"javascript:") == 0 && count(body, "src=\"javascript:") == 0);
    }
}

/* A byte for method and body; a target; lines with the headers that matter. */
void fuzz_request(fh_str input, const void *what) {
    (void)what;
    open_house();
    unsigned char kind = fuzz_byte(&input);
    fh_request request = {.method = kind % (FH_METHOD_OTHER + 1), .has_body = kind & 0x80};
    fh_str *const lines[] = {&request.target,          &request.host,          &request.origin,
                             &request.accept_encoding, &request.if_none_match, &request.address};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) *lines[i] = fuzz_line(&input);
    fh_reply reply;
    fh_answer_request(&house, &request, &reply);
    must_be_reply(&reply, &request);
    fh_buf_free(&reply.body);
}

/* Articles as they are named on the command line. */
void fuzz_selection(fh_str input, const void *what) {
    (void)what;
    open_house();
    fh_arena *arena = fh_arena_new();
    fh_error err = {0};
    fh_strs ids;
    fh_days period;
    fh_status status = fh_selection_ids(store, input, arena, &ids, &err);
    if (status) {
        must_be_error(status, &err);
        must(status == FH_ERR_USAGE);
    } else {
        must(ids.count <= sizeof articles / sizeof *articles);
    }
    if (fh_days_parse(input, &period)) must(strcmp(period.first, period.last) < 0);
    fh_arena_free(arena);
}
