/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pieces that requests and replies are made of: targets, parameters, tags, codings, buckets, escapes. */
#include "tests/unit/test.h"

#include "site/html.h"
#include "site/params.h"
#include "site/rate.h"
#include "site/respond.h"
#include "site/route.h"
#include "site/target.h"
#include "site/watch.h"
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

static fh_arena *arena;
static fh_error err;

static int open_arena(void **state) {
    (void)state;
    arena = fh_arena_new();
    return 0;
}

static int close_arena(void **state) {
    (void)state;
    fh_arena_free(arena);
    return 0;
}

static fh_status read_target(const char *text, fh_target *out) {
    return fh_target_read(fh_str_from(text), arena, out, &err);
}

/* ---- Targets ---- */

static void a_target_is_decoded(void **state) {
    (void)state;
    fh_target target;
    assert_int_equal(read_target("/article/a%2Fb+c?q=%D9%85%D8%B5%D8%B1+x&empty=&alone", &target), FH_OK);
    assert_str_equal(target.path, FH_STR("/article/a/b+c"));
    assert_int_equal(target.pair_count, 3);
    assert_str_equal(target.pairs[0].value, FH_STR("مصر x"));
    assert_int_equal(target.pairs[1].value.len, 0);
    assert_str_equal(target.pairs[2].name, FH_STR("alone"));
}

static void what_no_browser_sends_is_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",      "search",     "http://x/",     "/%",      "/%4",
                                      "/%G1",  "/?q=%",      "/?q=%D9",       "/?q=%00", "/?q=%1B",
                                      "/\x7f", "/?q=%C0%AF", "/?q=%ED%A0%80", "/?%FF=1", "/?q=\xd9",
                                      "/%2",   "/?a=%zz"};
    fh_target target = {.pair_count = 77};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (read_target(bad[i], &target) != FH_ERR_USAGE) fail_msg("taken: %s", bad[i]);
        assert_int_equal(target.pair_count, 77);
    }
}

static void targets_have_limits(void **state) {
    (void)state;
    fh_target target;
    fh_buf text = {0};
    fh_buf_add(&text, FH_STR("/?"));
    for (int i = 0; i < FH_MAX_PAIRS; i++) fh_buf_printf(&text, "a%d=1&", i);
    assert_int_equal(read_target(text.ptr, &target), FH_OK);
    fh_buf_add(&text, FH_STR("one=more"));
    assert_int_equal(read_target(text.ptr, &target), FH_ERR_LIMIT);
    while (text.len <= FH_MAX_TARGET) fh_buf_add_char(&text, 'x');
    assert_int_equal(read_target(text.ptr, &target), FH_ERR_LIMIT);
    fh_buf_free(&text);
}

static void encoding_is_undone_by_decoding(void **state) {
    (void)state;
    const fh_str text = FH_STR("\"م ص\"&ر=+%/?#'<>~");
    fh_buf out = {0};
    fh_target target;
    fh_buf_add(&out, FH_STR("/?q="));
    fh_target_encode(text, &out);
    assert_int_equal(read_target(out.ptr, &target), FH_OK);
    assert_str_equal(target.pairs[0].value, text);
    fh_buf_free(&out);
}

/* ---- Parameters ---- */

static const fh_param table[] = {
    {"q", FH_PARAM_TEXT, 1, 8, NULL},
    {"limit", FH_PARAM_NUMBER, 1, 100, NULL},
    {"sort", FH_PARAM_CHOICE, 2, 0, "newest|oldest"},
    {NULL, FH_PARAM_TEXT, 0, 0, NULL},
};

static fh_status check(const char *text) {
    fh_target target;
    assert_int_equal(read_target(text, &target), FH_OK);
    return fh_params_check(table, &target, &err);
}

static void good_parameters_pass(void **state) {
    (void)state;
    assert_int_equal(check("/"), FH_OK);
    assert_int_equal(check("/?q="), FH_OK);
    assert_int_equal(check("/?q=12345678&limit=100&sort=newest&sort=oldest"), FH_OK);
}

static void bad_parameters_are_named(void **state) {
    (void)state;
    static const struct {
        const char *target, *name;
    } bad[] = {
        {"/?nope=1", "nope"},    {"/?limit=101", "limit"}, {"/?limit=", "limit"},
        {"/?limit=-1", "limit"}, {"/?limit=1e1", "limit"}, {"/?limit=99999999999999999999", "limit"},
        {"/?sort=new", "sort"},  {"/?sort=", "sort"},      {"/?sort=newest|oldest", "sort"},
        {"/?q=1&q=2", "q"},      {"/?q=123456789", "q"},   {"/?sort=oldest&sort=oldest&sort=oldest", "sort"}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (check(bad[i].target) == FH_OK) fail_msg("taken: %s", bad[i].target);
        assert_string_equal(err.where, bad[i].name);
    }
}

static void values_are_read(void **state) {
    (void)state;
    fh_target target;
    assert_int_equal(read_target("/?limit=12&sort=newest", &target), FH_OK);
    assert_int_equal(fh_param_number(&target, "limit", 5), 12);
    assert_int_equal(fh_param_number(&target, "offset", 5), 5);
    assert_true(fh_param_is(&target, "sort", "newest"));
    assert_false(fh_param_is(&target, "sort", "new"));
    assert_int_equal(fh_param_text(&target, "q").len, 0);
}

static void routes_are_found_by_their_whole_path(void **state) {
    (void)state;
    fh_str id;
    assert_string_equal(fh_route_find(FH_STR("/"), &id)->path, "/");
    assert_string_equal(fh_route_find(FH_STR("/search"), &id)->path, "/search");
    assert_string_equal(fh_route_find(FH_STR("/article/a/../b"), &id)->path, "/article/");
    assert_str_equal(id, FH_STR("a/../b"));
    static const char *const none[] = {"/search/", "/searc",         "//",        "/article/", "/article",
                                       "/box.js/", "/../etc/passwd", "/page.html"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_null(fh_route_find(fh_str_from(none[i]), &id));
}

/* ---- Replies ---- */

static void a_tag_is_known_again(void **state) {
    (void)state;
    char tag[FH_TAG_TEXT];
    fh_tag_text(0x1234, tag);
    assert_string_equal(tag, "W/\"0000000000001234\"");
    assert_true(fh_tag_matches(FH_STR("W/\"0000000000001234\""), 0x1234));
    assert_true(fh_tag_matches(FH_STR("\"0000000000001234\""), 0x1234));
    assert_true(fh_tag_matches(FH_STR("\"a\", W/\"0000000000001234\""), 0x1234));
    assert_true(fh_tag_matches(FH_STR(" * "), 0x1234));
    assert_false(fh_tag_matches(FH_STR("W/\"0000000000001235\""), 0x1234));
    assert_false(fh_tag_matches(FH_STR(""), 0x1234));
}

static void gzip_is_sent_to_those_who_want_it(void **state) {
    (void)state;
    static const char *const yes[] = {"gzip", "GZIP", "deflate, gzip;q=0.5", "br, *", "gzip;q=1.0"};
    static const char *const no[] = {"",         "br",      "gzip;q=0", "gzip;q=0.000",
                                     "identity", "x-gzip2", "*;q=0",    "gzip;q=0, *"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) assert_true(fh_accepts_gzip(fh_str_from(yes[i])));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) assert_false(fh_accepts_gzip(fh_str_from(no[i])));
}

static void a_packed_body_unpacks_to_itself(void **state) {
    (void)state;
    enum { COUNT = 2000 };
    fh_reply reply = {0};
    char plain[COUNT * 16];
    for (int i = 0; i < COUNT; i++) fh_buf_printf(&reply.body, "خبر %d\n", i % 10);
    fh_str before = fh_arena_copy(arena, fh_buf_str(&reply.body));
    fh_reply_gzip(&reply);
    assert_true(reply.gzipped);
    assert_true(reply.body.len < before.len / 10);
    z_stream stream = {.next_in = (Bytef *)reply.body.ptr, .avail_in = (uInt)reply.body.len};
    stream.next_out = (Bytef *)plain;
    stream.avail_out = sizeof plain;
    assert_int_equal(inflateInit2(&stream, MAX_WBITS + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_str_equal(((fh_str){plain, stream.total_out}), before);
    inflateEnd(&stream);
    fh_buf_free(&reply.body);
}

static void a_small_body_stays_as_it_is(void **state) {
    (void)state;
    fh_reply reply = {0};
    fh_buf_add(&reply.body, FH_STR("خبر"));
    fh_reply_gzip(&reply);
    assert_false(reply.gzipped);
    fh_buf_free(&reply.body);
}

static void gather_header(void *context, const char *name, const char *value) {
    fh_buf_printf(context, "%s: %s\n", name, value);
}

static const char *headers_of(const fh_reply *reply) {
    fh_buf out = {0};
    fh_reply_headers(reply, gather_header, &out);
    const char *text = fh_arena_copy(arena, fh_buf_str(&out)).ptr;
    fh_buf_free(&out);
    return text;
}

static void data_may_load_nothing_and_is_not_sniffed(void **state) {
    (void)state;
    const char *text =
        headers_of(&(fh_reply){.status = 200, .type = "application/json", .caching = FH_CACHE_ASK});
    assert_non_null(strstr(text, "Content-Security-Policy: default-src 'none'"));
    assert_null(strstr(text, "script-src"));
    assert_non_null(strstr(text, "X-Content-Type-Options: nosniff"));
    assert_non_null(strstr(text, "ETag: W/"));
    assert_null(strstr(text, "Access-Control"));
}

static void a_page_may_load_our_own_files_only(void **state) {
    (void)state;
    const char *text = headers_of(&(fh_reply){.status = 200, .is_page = true});
    assert_non_null(strstr(text, "script-src 'self';"));
    assert_null(strstr(text, "unsafe"));
    assert_null(strstr(text, "http"));
}

static void text_in_markup_is_text(void **state) {
    (void)state;
    fh_buf out = {0};
    fh_html_add(&out, FH_STR("<b>\"خ' & \x1b\x01>\n"));
    assert_str_equal(fh_buf_str(&out), FH_STR("&lt;b&gt;&quot;خ&#39; &amp; &gt;\n"));
    fh_buf_clear(&out);
    fh_html_add(&out, FH_STR("\u202Eخبر\u202C \u2067(1)\u200F\u2069"));
    assert_str_equal(fh_buf_str(&out), FH_STR("خبر (1)\u200F"));
    fh_buf_clear(&out);
    fh_html_add_address(&out, FH_STR("https://a.example/?a&\u202Eb\x01\""));
    assert_str_equal(fh_buf_str(&out), FH_STR("https://a.example/?a&amp;\u202Eb&quot;"));
    fh_buf_free(&out);
}

static void links_lead_to_the_web_only(void **state) {
    (void)state;
    assert_true(fh_is_web_address(FH_STR("https://a.example/")));
    assert_true(fh_is_web_address(FH_STR("HTTP://a.example/")));
    static const char *const no[] = {
        "",        "javascript:alert(1)",  " https://a", "data:text/html,x", "//a.example",
        "http://", "JaVaScRiPt://https://"};
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) assert_false(fh_is_web_address(fh_str_from(no[i])));
}

/* ---- Rates ---- */

static void a_bucket_empties_and_fills(void **state) {
    (void)state;
    fh_rate *rate = fh_rate_new(2);
    for (int i = 0; i < 4; i++) assert_true(fh_rate_allows(rate, FH_STR("192.0.2.1"), 100));
    assert_false(fh_rate_allows(rate, FH_STR("192.0.2.1"), 100));
    assert_true(fh_rate_allows(rate, FH_STR("192.0.2.2"), 100));
    assert_true(fh_rate_allows(rate, FH_STR("192.0.2.1"), 100.5));
    assert_false(fh_rate_allows(rate, FH_STR("192.0.2.1"), 100.5));
    for (int i = 0; i < 4; i++) assert_true(fh_rate_allows(rate, FH_STR("192.0.2.1"), 1000));
    assert_false(fh_rate_allows(rate, FH_STR("192.0.2.1"), 1000));
    fh_rate_free(rate);
}

static void a_network_of_ipv6_has_one_bucket(void **state) {
    (void)state;
    fh_rate *rate = fh_rate_new(1);
    assert_true(fh_rate_allows(rate, FH_STR("2001:db8::1"), 5));
    assert_true(fh_rate_allows(rate, FH_STR("2001:db8::2"), 5));
    assert_false(fh_rate_allows(rate, FH_STR("2001:db8::3"), 5));
    assert_true(fh_rate_allows(rate, FH_STR("2001:db8:0:1::3"), 5));
    assert_true(fh_rate_allows(rate, FH_STR("::ffff:192.0.2.1"), 5));
    fh_rate_free(rate);
}

static void no_limit_and_no_address_are_always_allowed(void **state) {
    (void)state;
    fh_rate *rate = fh_rate_new(0), *one = fh_rate_new(1);
    for (int i = 0; i < 100; i++) {
        assert_true(fh_rate_allows(rate, FH_STR("192.0.2.1"), 5));
        assert_true(fh_rate_allows(one, FH_STR(""), 5));
    }
    fh_rate_free(rate);
    fh_rate_free(one);
}

static void a_crowd_of_addresses_takes_no_more_memory_and_all_are_served(void **state) {
    (void)state;
    enum { CROWD = 20000 };
    char address[32];
    fh_rate *rate = fh_rate_new(1);
    for (int i = 0; i < CROWD; i++) {
        snprintf(address, sizeof address, "10.%d.%d.1", i / 256, i % 256);
        assert_true(fh_rate_allows(rate, fh_str_from(address), 5 + i * 0.001));
    }
    fh_rate_free(rate);
}

/* ---- Connections ---- */

static bool is_shut(int socket) {
    char byte;
    return recv(socket, &byte, 1, MSG_DONTWAIT) == 0;
}

static void who_completes_nothing_is_shut_out_and_others_are_not(void **state) {
    (void)state;
    enum { PAIRS = 3 };
    int sockets[PAIRS][2];
    fh_watched *watched[PAIRS];
    fh_watch *watch = fh_watch_new();
    for (int i = 0; i < PAIRS; i++) {
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets[i]), 0);
        watched[i] = fh_watch_add(watch, sockets[i][0]);
    }
    usleep(60000);
    fh_watch_completed(watch, watched[1]);
    fh_watch_shut(watch, 0.03);
    for (int i = 0; i < PAIRS; i++) assert_int_equal(is_shut(sockets[i][1]), i != 1);
    for (int i = 0; i < PAIRS; i++) {
        fh_watch_remove(watch, watched[i]);
        close(sockets[i][0]);
        close(sockets[i][1]);
    }
    fh_watch_shut(watch, 0);
    fh_watch_free(watch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_target_is_decoded),
        cmocka_unit_test(what_no_browser_sends_is_refused),
        cmocka_unit_test(targets_have_limits),
        cmocka_unit_test(encoding_is_undone_by_decoding),
        cmocka_unit_test(good_parameters_pass),
        cmocka_unit_test(bad_parameters_are_named),
        cmocka_unit_test(values_are_read),
        cmocka_unit_test(routes_are_found_by_their_whole_path),
        cmocka_unit_test(a_tag_is_known_again),
        cmocka_unit_test(gzip_is_sent_to_those_who_want_it),
        cmocka_unit_test(a_packed_body_unpacks_to_itself),
        cmocka_unit_test(a_small_body_stays_as_it_is),
        cmocka_unit_test(data_may_load_nothing_and_is_not_sniffed),
        cmocka_unit_test(a_page_may_load_our_own_files_only),
        cmocka_unit_test(text_in_markup_is_text),
        cmocka_unit_test(links_lead_to_the_web_only),
        cmocka_unit_test(a_bucket_empties_and_fills),
        cmocka_unit_test(a_network_of_ipv6_has_one_bucket),
        cmocka_unit_test(no_limit_and_no_address_are_always_allowed),
        cmocka_unit_test(a_crowd_of_addresses_takes_no_more_memory_and_all_are_served),
        cmocka_unit_test(who_completes_nothing_is_shut_out_and_others_are_not),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
