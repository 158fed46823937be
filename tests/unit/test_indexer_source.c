/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files, folders, archives and compression; plain text; ids and places. */
#include "tests/unit/test_indexer.h"

#include "base/limits.h"

#include <archive.h>
#include <archive_entry.h>

#define NEWS "عنوان الخبر\n\nنص الخبر الطويل عن القمح."
#define LINE(id) "{\"id\": \"" id "\", \"body\": \"نص\"}\n"

/* ---- Making archives ---- */

static void add_member(struct archive *out, const char *name, fh_str bytes) {
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, name);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, (la_int64_t)bytes.len);
    assert_int_equal(archive_write_header(out, entry), ARCHIVE_OK);
    assert_int_equal(archive_write_data(out, bytes.ptr, bytes.len), (la_ssize_t)bytes.len);
    archive_entry_free(entry);
}

static struct archive *begin_archive(const char *path, int format, int filter) {
    struct archive *out = archive_write_new();
    assert_int_equal(archive_write_set_format(out, format), ARCHIVE_OK);
    assert_int_equal(archive_write_add_filter(out, filter), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(out, path), ARCHIVE_OK);
    return out;
}

static fh_str file_bytes(reading *r, const char *path) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = fh_arena_take(r->arena, 1 << 20);
    size_t length = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return (fh_str){bytes, length};
}

static const char *compress(reading *r, const char *name, int filter, fh_str bytes) {
    const char *path = place(r, name);
    struct archive *out = begin_archive(path, ARCHIVE_FORMAT_RAW, filter);
    add_member(out, "data", bytes);
    assert_int_equal(archive_write_free(out), ARCHIVE_OK);
    return path;
}

static const char *make_zip(reading *r, const char *name) {
    fh_str packed = file_bytes(r, compress(r, "inner.gz", ARCHIVE_FILTER_GZIP, FH_STR(LINE("packed"))));
    const char *path = place(r, name);
    struct archive *out = begin_archive(path, ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE);
    add_member(out, "أخبار/خبر.txt", FH_STR(NEWS));
    add_member(out, "__MACOSX/._x", FH_STR("junk"));
    add_member(out, ".hidden/x.txt", FH_STR("junk"));
    add_member(out, "lines.jsonl.gz", packed);
    assert_int_equal(archive_write_free(out), ARCHIVE_OK);
    return path;
}

/* ---- Files and folders ---- */

static void a_folder_is_walked_by_name_and_ids_begin_with_its_name(void **state) {
    reading *r = *state;
    mkdir(place(r, "news"), 0755);
    mkdir(place(r, "news/b"), 0755);
    mkdir(place(r, "news/.git"), 0755);
    put_file(r, "news/c.txt", FH_STR(NEWS));
    put_file(r, "news/b/x y.txt", FH_STR(NEWS));
    put_file(r, "news/a.txt", FH_STR(NEWS));
    put_file(r, "news/.hidden.txt", FH_STR(NEWS));
    put_file(r, "news/.git/x.txt", FH_STR(NEWS));
    read_source(r, place(r, "news"));
    assert_str_equal(ids(r), FH_STR("news/a.txt news/b/x_y.txt news/c.txt"));
    assert_true(fh_str_ends(r->articles[1].place, FH_STR("news/b/x y.txt")));
    assert_int_equal(r->error_count, 0);
    assert_int_equal(r->progress.bytes_in_all, 3 * (sizeof NEWS - 1));
    assert_int_equal(r->progress.bytes_read, r->progress.bytes_in_all);
    read_source(r, place(r, "news/"));
    assert_str_equal(ids(r), FH_STR("news/a.txt news/b/x_y.txt news/c.txt"));
    read_source(r, place(r, "news/b/.."));
    assert_str_equal(ids(r), FH_STR("news/a.txt news/b/x_y.txt news/c.txt"));
}

static void an_index_in_a_folder_is_not_read(void **state) {
    reading *r = *state;
    mkdir(place(r, "news"), 0755);
    mkdir(place(r, "news/db"), 0755);
    put_file(r, "news/db/iamglass", FH_STR("x"));
    put_file(r, "news/db/x.txt", FH_STR(NEWS));
    read_source(r, place(r, "news"));
    assert_int_equal(r->count + r->error_count, 0);
}

static void a_loop_of_links_is_said_and_ends(void **state) {
    reading *r = *state;
    mkdir(place(r, "news"), 0755);
    mkdir(place(r, "news/in"), 0755);
    put_file(r, "news/in/a.txt", FH_STR(NEWS));
    assert_int_equal(symlink("..", place(r, "news/in/up")), 0);
    assert_int_equal(symlink("nowhere", place(r, "news/lost")), 0);
    read_source(r, place(r, "news"));
    assert_str_equal(ids(r), FH_STR("news/in/a.txt"));
    assert_int_equal(r->error_count, 2);
    assert_error(r, 0, "news/in/up", "a folder loop");
    assert_error(r, 1, "news/lost", "not there");
    assert_int_equal(r->errors[1].status, FH_ERR_NOT_FOUND);
}

static void what_is_not_there_is_named(void **state) {
    reading *r = *state;
    read_source(r, place(r, "nowhere.json"));
    assert_int_equal(r->count, 0);
    assert_error(r, 0, "/nowhere.json", "no such file");
    assert_int_equal(r->errors[0].status, FH_ERR_NOT_FOUND);
    assert_true(r->errors[0].hint[0]);
}

/* Root may read everything, and so does it as nobody. */
static void read_as_a_user(reading *r, const char *path) {
    enum { NOBODY = 65534 };
    const bool is_root = geteuid() == 0;
    chmod(place(r, ""), 0755);
    if (is_root) assert_int_equal(seteuid(NOBODY), 0);
    read_source(r, path);
    if (is_root) assert_int_equal(seteuid(0), 0);
}

static void what_may_not_be_read_is_named_and_the_walk_goes_on(void **state) {
    reading *r = *state;
    mkdir(place(r, "news"), 0755);
    chmod(put_file(r, "news/a.txt", FH_STR(NEWS)), 0);
    put_file(r, "news/b.txt", FH_STR(NEWS));
    read_as_a_user(r, place(r, "news"));
    assert_str_equal(ids(r), FH_STR("news/b.txt"));
    assert_error(r, 0, "news/a.txt", "Permission denied");
    assert_int_equal(r->errors[0].status, FH_ERR_IO);
}

static void too_many_folders_within_each_other_are_refused(void **state) {
    reading *r = *state;
    fh_str path = FH_STR("d");
    mkdir(place(r, path.ptr), 0755);
    for (int i = 0; i <= FH_MAX_DEPTH; i++) {
        path = fh_arena_format(r->arena, "%.*s/d", FH_STR_ARG(path));
        mkdir(place(r, path.ptr), 0755);
    }
    put_file(r, "d/x.txt", FH_STR(NEWS));
    read_source(r, place(r, "d"));
    assert_str_equal(ids(r), FH_STR("d/x.txt"));
    assert_int_equal(r->error_count, 1);
    assert_error(r, 0, "d/d", "folders within each other");
    assert_int_equal(r->errors[0].status, FH_ERR_IO);
}

static void an_empty_file_is_said_to_be_empty(void **state) {
    reading *r = *state;
    read_text(r, "a.txt", "");
    assert_error(r, 0, "/a.txt", "an empty file");
    read_source(r, compress(r, "b.gz", ARCHIVE_FILTER_GZIP, FH_STR("")));
    assert_error(r, 0, "/b.gz", "an empty file");
    read_text(r, "c.txt", "\xEF\xBB\xBF");
    assert_error(r, 0, "/c.txt", "an empty file");
    read_text(r, "d.txt", " \n\n");
    assert_error(r, 0, "/d.txt", "no text");
}

/* ---- Compression and archives ---- */

static void a_compressed_file_loses_its_suffix(void **state) {
    static const struct {
        int filter;
        const char *name;
    } kinds[] = {{ARCHIVE_FILTER_GZIP, "a.txt.gz"},
                 {ARCHIVE_FILTER_XZ, "a.txt.xz"},
                 {ARCHIVE_FILTER_BZIP2, "a.txt.bz2"},
                 {ARCHIVE_FILTER_ZSTD, "a.txt.zst"},
                 {ARCHIVE_FILTER_LZ4, "a.txt.lz4"}};
    reading *r = *state;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        read_source(r, compress(r, kinds[i].name, kinds[i].filter, FH_STR(NEWS)));
        assert_int_equal(r->error_count, 0);
        assert_str_equal(ids(r), FH_STR("a.txt"));
        assert_str_equal(r->articles[0].article.title, FH_STR("عنوان الخبر"));
        assert_int_equal(r->progress.text_bytes, sizeof NEWS - 1);
    }
}

static void archives_are_opened_and_what_is_packed_in_them_too(void **state) {
    reading *r = *state;
    const char *zip = make_zip(r, "a.zip");
    read_source(r, zip);
    assert_int_equal(r->error_count, 0);
    assert_str_equal(ids(r), FH_STR("a.zip/أخبار/خبر.txt packed"));
    assert_true(fh_str_ends(r->articles[1].place, FH_STR("a.zip:lines.jsonl.gz:0")));

    const char *tar = place(r, "all.tar.xz");
    struct archive *out = begin_archive(tar, ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_XZ);
    add_member(out, "./in/a.zip", file_bytes(r, zip));
    add_member(out, "./b.txt", FH_STR(NEWS));
    assert_int_equal(archive_write_free(out), ARCHIVE_OK);
    read_source(r, tar);
    assert_int_equal(r->error_count, 0);
    assert_str_equal(ids(r), FH_STR("all.tar/in/a.zip/أخبار/خبر.txt packed all.tar/b.txt"));
}

static void archives_nested_too_deep_are_refused(void **state) {
    reading *r = *state;
    const char *inner = make_zip(r, "0.zip");
    for (int i = 1; i < 5; i++) {
        const char *path = place(r, fh_arena_format(r->arena, "%d.zip", i).ptr);
        struct archive *out = begin_archive(path, ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE);
        add_member(out, "a.txt", FH_STR(NEWS));
        add_member(out, "in.zip", file_bytes(r, inner));
        assert_int_equal(archive_write_free(out), ARCHIVE_OK);
        inner = path;
    }
    read_source(r, inner);
    assert_true(r->count >= 2);
    assert_true(r->error_count >= 1);
    assert_error(r, 0, "a.txt", "too many archives within each other");
}

static void a_cut_off_archive_keeps_what_came_before(void **state) {
    reading *r = *state;
    fh_buf lines = {0};
    srand(7); /* lines that do not compress to nothing */
    for (int i = 0; i < 4000; i++)
        fh_buf_printf(&lines, "{\"id\": \"same\", \"body\": \"%d%d\"}\n", rand(), rand());
    fh_str packed = file_bytes(r, compress(r, "a.jsonl.gz", ARCHIVE_FILTER_GZIP, fh_buf_str(&lines)));
    put_file(r, "cut.gz", fh_str_slice(packed, 0, packed.len / 2));
    const char *source = place(r, "cut.gz");
    fh_reader_options options = {.sources = &source, .source_count = 1};
    fh_reader *reader;
    fh_error err;
    assert_int_equal(fh_reader_new(&options, &reader, &err), FH_OK);
    fh_read_article article;
    fh_status status;
    size_t count = 0;
    while ((status = fh_reader_next(reader, r->arena, &article, &err)) == FH_OK) count++;
    assert_in_range(count, 1000, 3000);
    assert_int_equal(status, FH_ERR_IO);
    assert_non_null(strstr(err.where, "cut.gz:"));
    assert_non_null(strstr(err.what, "truncated"));
    assert_int_equal(fh_reader_next(reader, r->arena, &article, &err), FH_END);
    fh_reader_free(reader);
    fh_buf_free(&lines);
}

/* ---- Text and encodings ---- */

static void a_short_first_line_over_a_body_is_the_title(void **state) {
    static const struct {
        const char *text, *title, *body;
    } texts[] = {
        {"عنوان\n\nنص.", "عنوان", "نص."},
        {"\n عنوان \r\nنص أطول من العنوان.", "عنوان", "نص أطول من العنوان."},
        {"جملة تنتهي بنقطة.\n\nنص أطول منها بكثير.", "جملة تنتهي بنقطة.",
         "جملة تنتهي بنقطة.\nنص أطول منها بكثير."},
        {"سطر وحيد", "سطر وحيد", "سطر وحيد"},
    };
    reading *r = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        read_text(r, "a.txt", texts[i].text);
        assert_int_equal(r->count, 1);
        assert_str_equal(r->articles[0].article.title, fh_str_from(texts[i].title));
        assert_str_equal(r->articles[0].article.body, fh_str_from(texts[i].body));
        assert_int_equal(r->articles[0].article.title_from_lead, i >= 2);
    }
}

static void a_date_in_the_text_is_guessed(void **state) {
    reading *r = *state;
    read_text(r, "a.txt", "عنوان\n\nالقاهرة في 8 مايو 2024 - نص.");
    const fh_date *date = &r->articles[0].article.published;
    assert_int_equal(date->year * 10000 + date->month * 100 + date->day, 20240508);
    assert_true(date->guessed);
}

static void utf16_files_are_read_as_text(void **state) {
    reading *r = *state;
    read_bytes(r, "a.txt", FH_STR("\xFF\xFE\x46\x06\x35\x06\n\0"));
    assert_int_equal(r->error_count, 0);
    assert_str_equal(r->articles[0].article.body, FH_STR("نص"));
    read_bytes(r, "a.json", FH_STR("\0{\0\"\0b\0o\0d\0y\0\"\0:\0\"\x06\x46\x06\x35\0\"\0}"));
    assert_int_equal(r->error_count, 0);
    assert_str_equal(r->articles[0].article.body, FH_STR("نص"));
}

static void a_text_that_is_too_long_is_refused(void **state) {
    reading *r = *state;
    char *bytes = malloc(FH_MAX_ARTICLE + 1);
    assert_non_null(bytes);
    memset(bytes, 'x', FH_MAX_ARTICLE + 1);
    read_bytes(r, "a.txt", (fh_str){bytes, FH_MAX_ARTICLE + 1});
    free(bytes);
    assert_int_equal(r->count, 0);
    assert_error(r, 0, "/a.txt", "longer than");
    assert_int_equal(r->errors[0].status, FH_ERR_LIMIT);
}

/* ---- Formats ---- */

static void a_format_may_be_named(void **state) {
    reading *r = *state;
    const char *path = put_file(r, "a.json", FH_STR(LINE("a")));
    read_as(r, path, "text");
    assert_str_equal(ids(r), FH_STR("a.json"));
    read_as(r, path, "json");
    assert_str_equal(ids(r), FH_STR("a"));
}

static void an_unknown_format_is_refused_and_the_known_ones_are_named(void **state) {
    (void)state;
    fh_reader_options options = {.format = "word"};
    fh_reader *reader = NULL;
    fh_error err;
    assert_int_equal(fh_reader_new(&options, &reader, &err), FH_ERR_USAGE);
    assert_null(reader);
    for (const fh_format_name *format = fh_reader_formats(); format->name; format++) {
        assert_non_null(strstr(err.hint, format->name));
        assert_true(format->about[0]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_folder_is_walked_by_name_and_ids_begin_with_its_name, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(an_index_in_a_folder_is_not_read, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_loop_of_links_is_said_and_ends, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_named, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(what_may_not_be_read_is_named_and_the_walk_goes_on, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(too_many_folders_within_each_other_are_refused, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(an_empty_file_is_said_to_be_empty, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_compressed_file_loses_its_suffix, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(archives_are_opened_and_what_is_packed_in_them_too, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(archives_nested_too_deep_are_refused, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_cut_off_archive_keeps_what_came_before, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_short_first_line_over_a_body_is_the_title, make_reading,
                                        free_reading),
        cmocka_unit_test_setup_teardown(a_date_in_the_text_is_guessed, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(utf16_files_are_read_as_text, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_text_that_is_too_long_is_refused, make_reading, free_reading),
        cmocka_unit_test_setup_teardown(a_format_may_be_named, make_reading, free_reading),
        cmocka_unit_test(an_unknown_format_is_refused_and_the_known_ones_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
