/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing in bulk, by the library and a few at a time gives the same index, which Xapian takes for its own.
 */
#include "tests/unit/chance.h"
#include "tests/unit/test_store.h"

#include "store/glass/read.h"
#include "store/store.h"
#include "store/xapian.h"
#include "tests/unit/dump.h"
#include <signal.h>
#include <sys/wait.h>

enum { WORDS = 400, LONGEST = 300, SMALL_MEMORY = 5 << 19, TINY_MEMORY = 1, SHARED_MEMORY = 8 << 20 };

static const fh_writing LIBRARY = {.by = FH_WRITE_BY_LIBRARY};
static const fh_writing A_FEW = {.by = FH_WRITE_A_FEW};
static const fh_writing BULK = {.by = FH_WRITE_IN_BULK};

/* ---- Random documents; the same for the same seed ---- */

/* Low numbers come often, as words do. */
static uint32_t skewed(uint64_t *seed, uint32_t end) {
    uint32_t most = below(seed, end) + 1;
    return below(seed, most);
}

/* The n-th word there is: Arabic, Latin, long, or with bytes that keys must take care of. */
static fh_str word_of(fixture *made, uint32_t n) {
    static const char *const letters[] = {"ا", "ب", "ت", "م", "ن", "ي", "ة", "a", "Z", ":", "é", "世"};
    enum { LETTERS = sizeof letters / sizeof *letters };
    fh_buf word = {0};
    for (uint32_t rest = n + 1; rest; rest /= LETTERS)
        fh_buf_add(&word, fh_str_from(letters[rest % LETTERS]));
    if (n % 97 == 5) {
        while (word.len < LONGEST) fh_buf_printf(&word, "طويل%u", n);
    }
    if (n % 101 == 7) {
        fh_buf_add_char(&word, '\0');
        fh_buf_printf(&word, "%u", n % 3);
    }
    fh_str kept = fh_arena_copy(made->arena, fh_buf_str(&word));
    fh_buf_free(&word);
    return kept;
}

static const fh_field WITH_POSITIONS[] = {FH_FIELD_WORD, FH_FIELD_TITLE, FH_FIELD_AUTHOR, FH_FIELD_SOURCE};
static const fh_field WITHOUT[] = {FH_FIELD_STEM,   FH_FIELD_TITLE_STEM, FH_FIELD_KEYWORD,
                                   FH_FIELD_ENTITY, FH_FIELD_HOST,       FH_FIELD_DAY};

static fh_document random_document(fixture *made, uint64_t *seed, fh_str id) {
    uint32_t count = below(seed, 8) == 0 ? below(seed, 4) : skewed(seed, WORDS);
    fh_posting *postings = FH_ARENA_ARRAY(made->arena, fh_posting, count);
    for (uint32_t i = 0; i < count; i++) {
        bool placed = below(seed, 2) == 0;
        postings[i] = (fh_posting){
            .field = placed ? WITH_POSITIONS[below(seed, 4)] : WITHOUT[below(seed, 6)],
            .position = placed ? (below(seed, 9) ? i + 1 : 1 + below(seed, 1u << below(seed, 31))) : 0,
            .weight = below(seed, 4) ? 1 : below(seed, 300),
            .word = word_of(made, skewed(seed, 3000))};
    }
    fh_value *values = FH_ARENA_ARRAY(made->arena, fh_value, FH_SLOTS);
    uint32_t value_count = 0;
    for (uint32_t slot = 0; slot < FH_SLOTS; slot++) {
        if (below(seed, 3) == 0) continue;
        fh_str bytes = below(seed, 5) ? word_of(made, below(seed, 500)) : FH_STR("");
        values[value_count++] = (fh_value){(fh_slot)(FH_SLOTS - 1 - slot), bytes};
    }
    fh_article *article = fh_arena_take_zeroed(made->arena, sizeof *article);
    article->id = id;
    article->title = fh_arena_format(made->arena, "عنوان %u", below(seed, 1000));
    article->body = fh_arena_format(made->arena, "متن المقالة رقم %u و%u", below(seed, 1000), below(seed, 9));
    return (fh_document){article, postings, count, values, value_count};
}

static fh_str id_of(fixture *made, uint32_t n) {
    return n % 50 == 3 ? fh_arena_format(made->arena, "https://example.org/%0150u", n)
                       : fh_arena_format(made->arena, "n%u", n);
}

/* ---- An archive, written ---- */

typedef struct archive {
    uint64_t seed;
    uint32_t documents, ids; /* fewer ids than documents: some come again */
    uint32_t deleted_of;     /* after each put, one in so many is deleted at once; 0: none */
    bool in_two;             /* with a commit in the middle */
} archive;

static void write_archive(fixture *made, const archive *what, const fh_writing *how) {
    uint64_t seed = what->seed;
    open_writable(made);
    fh_store_write_by(made->store, how);
    begin(made);
    for (uint32_t i = 0; i < what->documents; i++) {
        fh_str id = id_of(made, what->ids < what->documents ? below(&seed, what->ids) : i);
        fh_document document = random_document(made, &seed, id);
        assert_ok(made, fh_store_put(made->store, &document, &made->err));
        if (what->deleted_of && below(&seed, what->deleted_of) == 0) {
            bool found = false;
            assert_ok(made, fh_store_delete(made->store, id, &found, &made->err));
            assert_true(found);
        }
        if (!what->in_two || i != what->documents / 2) continue;
        commit(made);
        begin(made);
    }
    if (how->memory && !what->in_two) shell(made, "test $(ls db.building | wc -l) -gt 1");
    commit(made);
    close_store(made);
}

static fh_str dump(fixture *made, const char *dir) {
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_non_null(out);
    assert_true(dump_index(dir, out));
    assert_int_equal(fclose(out), 0);
    fh_str kept = fh_arena_copy(made->arena, (fh_str){text, len});
    free(text);
    return kept;
}

static void assert_clean(fixture *made) {
    shell(made, "xapian-check db >check.log 2>&1 || { cat check.log >&2; false; }");
}

/* Where two texts part, both lines are shown. */
static void assert_same_dump(fh_str found, fh_str wanted) {
    fh_str a, b;
    while (fh_str_line(&found, &a) && fh_str_line(&wanted, &b)) {
        if (!fh_str_equal(a, b)) fail_msg("found  %.*s\nwanted %.*s", FH_STR_ARG(a), FH_STR_ARG(b));
    }
    assert_int_equal(found.len, wanted.len);
}

static fh_str written(fixture *made, const archive *what, const fh_writing *how) {
    shell(made, "rm -rf db");
    write_archive(made, what, how);
    assert_clean(made);
    shell(made, "test ! -e db.building");
    return dump(made, made->dir);
}

static void assert_writers_agree(fixture *made, const archive *what, size_t memory) {
    fh_str wanted = written(made, what, &LIBRARY);
    assert_true(wanted.len > 0);
    assert_same_dump(written(made, what, &(fh_writing){.by = FH_WRITE_IN_BULK, .memory = memory}), wanted);
    assert_same_dump(written(made, what, &A_FEW), wanted);
}

/* ---- The same index ---- */

static void random_archives_become_the_same_index(void **state) {
    for (uint64_t seed = 1; seed <= 6; seed++) {
        archive what = {.seed = seed, .documents = 1u << (2 * seed - 1), .ids = UINT32_MAX};
        if (what.documents > 700) what.documents = 700;
        assert_writers_agree(*state, &what, 0);
    }
}

static void many_segments_become_one_index(void **state) {
    const archive what = {.seed = 11, .documents = 900, .ids = UINT32_MAX};
    assert_writers_agree(*state, &what, SMALL_MEMORY);
}

static void more_segments_than_can_be_open_become_one_index(void **state) {
    const archive what = {.seed = 12, .documents = 70, .ids = UINT32_MAX};
    assert_writers_agree(*state, &what, TINY_MEMORY); /* a segment each */
}

/* Puts articles that fill some memory, of which the caller holds so much, and says how many segments they
 * are. */
static void count_segments(fixture *made, size_t held, const char *file) {
    uint64_t seed = 7;
    open_writable(made);
    fh_store_write_by(made->store, &(fh_writing){.by = FH_WRITE_IN_BULK, .memory = SHARED_MEMORY});
    fh_store_hold(made->store, held);
    begin(made);
    for (uint32_t i = 0; i < 1000; i++) {
        fh_document document = random_document(made, &seed, id_of(made, i));
        assert_ok(made, fh_store_put(made->store, &document, &made->err));
    }
    fh_str command = fh_arena_format(made->arena, "ls db.building | wc -l >%s", file);
    shell(made, command.ptr);
    assert_ok(made, fh_store_cancel(made->store, &made->err));
    close_store(made);
}

static void what_the_caller_holds_is_not_left_for_a_segment(void **state) {
    fixture *made = *state;
    count_segments(made, 0, "alone");
    count_segments(made, SHARED_MEMORY, "shared");
    shell(made, "test $(cat shared) -gt $(cat alone)");
}

static void an_article_that_comes_again_replaces_the_earlier_one(void **state) {
    const archive what = {.seed = 13, .documents = 300, .ids = 90};
    assert_writers_agree(*state, &what, 0);
    assert_writers_agree(*state, &what, SMALL_MEMORY);
    const archive few = {.seed = 14, .documents = 40, .ids = 10};
    assert_writers_agree(*state, &few, TINY_MEMORY);
}

static void an_article_deleted_after_it_was_put_is_gone(void **state) {
    const archive what = {.seed = 15, .documents = 600, .ids = 90, .deleted_of = 4};
    assert_writers_agree(*state, &what, SMALL_MEMORY);
}

static void additions_join_the_index_that_is_there(void **state) {
    const archive what = {.seed = 16, .documents = 400, .ids = UINT32_MAX, .in_two = true};
    assert_writers_agree(*state, &what, 0);
    const archive again = {.seed = 17, .documents = 400, .ids = 150, .in_two = true, .deleted_of = 20};
    assert_writers_agree(*state, &again, SMALL_MEMORY);
}

/* How many chunks are deflated, of values or of lists. */
static unsigned deflated_chunks(const fixture *made, bool of_values) {
    fh_glass_reader *reader;
    fh_glass_entry at;
    fh_error err;
    unsigned count = 0;
    assert_int_equal(fh_glass_read(made->dir, FH_GLASS_POSTLIST, &reader, &err), FH_OK);
    while (fh_glass_next(reader, &at, &err) == FH_OK && at.there) {
        bool is_value = fh_str_starts(at.key, FH_STR("\x00\xd8"));
        if (at.deflated && is_value == of_values) count++;
    }
    fh_glass_reader_free(reader);
    return count;
}

static void values_that_are_counted_are_deflated_by_a_merge(void **state) {
    fixture *made = *state;
    archive what = {.seed = 19, .documents = 400, .ids = UINT32_MAX};
    written(made, &what, &LIBRARY);
    assert_int_equal(deflated_chunks(made, true), 0);
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    assert_clean(made);
    unsigned compacted = deflated_chunks(made, true);
    assert_true(compacted > 0);
    what.deleted_of = 3; /* they are gathered anew where some are left out */
    written(made, &what, &BULK);
    assert_true(deflated_chunks(made, true) > 0);
    what.in_two = true; /* and moved as they are where none is */
    written(made, &what, &BULK);
    assert_true(deflated_chunks(made, true) > 0);
}

static void the_same_archive_is_written_as_the_same_bytes(void **state) {
    fixture *made = *state;
    const archive what = {.seed = 18, .documents = 500, .ids = UINT32_MAX};
    written(made, &what, &BULK);
    shell(made, "mv db first");
    written(made, &what, &BULK);
    shell(
        made,
        "for file in first/*.glass; do cmp $file db/${file#first/} || exit 1; done; ls first/*.glass >list");
}

enum { SMALL_ARTICLES = 5000, HUGE_BODY = 1 << 20, REPEATED = 20000 };

/* What takes more than one chunk or piece: a word in all articles, one that stands very often in one, a
 * record of a megabyte that deflate makes no smaller. */
static void write_long_things(fixture *made, const fh_writing *how) {
    shell(made, "rm -rf db");
    open_writable(made);
    fh_store_write_by(made->store, how);
    begin(made);
    for (uint32_t i = 0; i < SMALL_ARTICLES; i++)
        put_text(made, id_of(made, i).ptr, "عنوان", fh_arena_format(made->arena, "نص %u", i).ptr);
    uint64_t seed = 24;
    char *body = fh_arena_take(made->arena, HUGE_BODY + 1);
    for (uint32_t i = 0; i < HUGE_BODY; i++) body[i] = (char)(' ' + 1 + below(&seed, 94));
    body[HUGE_BODY] = '\0';
    fh_posting *postings = FH_ARENA_ARRAY(made->arena, fh_posting, REPEATED);
    for (uint32_t i = 0; i < REPEATED; i++)
        postings[i] = (fh_posting){
            .field = FH_FIELD_WORD, .position = 1 + i * (1 + i % 3), .weight = 1, .word = FH_STR("كلمة")};
    fh_article article = {.id = FH_STR("huge"), .body = {body, HUGE_BODY}};
    fh_value value = {FH_SLOT_KEYWORDS, {body, HUGE_BODY / 8}};
    fh_document huge = {&article, postings, REPEATED, &value, 1};
    assert_ok(made, fh_store_put(made->store, &huge, &made->err));
    commit(made);
    fh_article back;
    assert_ok(made, fh_store_article(made->store, article.id, made->arena, &back, &made->err));
    assert_true(fh_str_equal(back.body, article.body));
    close_store(made);
    assert_clean(made);
}

static void what_is_long_is_cut_as_xapian_cuts_it(void **state) {
    fixture *made = *state;
    write_long_things(made, &LIBRARY);
    fh_str wanted = dump(made, made->dir);
    write_long_things(made, &BULK);
    assert_same_dump(dump(made, made->dir), wanted);
    write_long_things(made, &(fh_writing){.by = FH_WRITE_IN_BULK, .memory = SMALL_MEMORY});
    assert_same_dump(dump(made, made->dir), wanted);
    write_long_things(made, &A_FEW);
    assert_same_dump(dump(made, made->dir), wanted);
}

/* Chunks that libxapian has changed are plain until the next merge. */
static void longer_lists_are_deflated_by_a_merge(void **state) {
    fixture *made = *state;
    write_long_things(made, &LIBRARY);
    assert_int_equal(deflated_chunks(made, false), 0);
    fh_str wanted = dump(made, made->dir);
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    assert_clean(made);
    assert_same_dump(dump(made, made->dir), wanted);
    unsigned compacted = deflated_chunks(made, false);
    assert_true(compacted > 0);
    open_writable(made);
    begin(made);
    for (uint32_t i = 0; i < 10; i++) put_text(made, id_of(made, SMALL_ARTICLES + i).ptr, "عنوان", "نص آخر");
    commit(made);
    close_store(made);
    assert_clean(made);
    assert_in_range(deflated_chunks(made, false), 1, compacted - 1);
    wanted = dump(made, made->dir);
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    assert_clean(made);
    assert_same_dump(dump(made, made->dir), wanted);
    assert_true(deflated_chunks(made, false) >= compacted);
}

static void a_merge_writes_what_was_merged_as_the_same_bytes(void **state) {
    fixture *made = *state;
    write_long_things(made, &BULK);
    shell(made, "cp -r db once");
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    shell(made, "cmp once/postlist.glass db/postlist.glass && cmp once/docdata.glass db/docdata.glass");
}

static void segments_become_what_one_would_have_been(void **state) {
    fixture *made = *state;
    const archive what = {.seed = 25, .documents = 1600, .ids = UINT32_MAX};
    written(made, &what, &BULK);
    shell(made, "mv db one");
    written(made, &what, &(fh_writing){.by = FH_WRITE_IN_BULK, .memory = 2 * SMALL_MEMORY});
    shell(made, "cmp one/docdata.glass db/docdata.glass");
    shell(made, "test $(stat -c %s db/postlist.glass) -le $(($(stat -c %s one/postlist.glass) * 103 / 100))");
}

/* ---- Xapian goes on with it ---- */

static void the_library_adds_to_deletes_from_and_compacts_a_bulk_index(void **state) {
    fixture *made = *state;
    const archive what = {.seed = 19, .documents = 600, .ids = UINT32_MAX};
    written(made, &what, &BULK);
    open_writable(made);
    begin(made);
    uint64_t seed = 20;
    for (uint32_t i = 0; i < 200; i++) {
        bool found = false;
        fh_document more = random_document(made, &seed, id_of(made, 550 + i));
        assert_ok(made, fh_store_put(made->store, &more, &made->err));
        assert_ok(made, fh_store_delete(made->store, id_of(made, i * 3), &found, &made->err));
    }
    commit(made);
    close_store(made);
    assert_clean(made);
    fh_str before = dump(made, made->dir);
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    assert_clean(made);
    assert_same_dump(dump(made, made->dir), before);
}

static void every_article_of_a_bulk_index_can_be_read(void **state) {
    fixture *made = *state;
    enum { MANY = 1300 };
    open_writable(made);
    fh_store_write_by(made->store, &BULK);
    begin(made);
    for (uint32_t i = 0; i < MANY; i++) {
        fh_str body = fh_arena_format(
            made->arena, "قالت الوكالة إن المشروع رقم %u يكلف %u مليون ريال، وإن العمل فيه يبدأ هذا العام", i,
            i * 7);
        put_text(made, id_of(made, i).ptr, "مشروع جديد", body.ptr);
    }
    commit(made);
    for (uint32_t i = 0; i < MANY; i += 9) {
        fh_article article;
        assert_ok(made, fh_store_article(made->store, id_of(made, i), made->arena, &article, &made->err));
        assert_text(article.title, "مشروع جديد");
        assert_says(article.body.ptr, fh_arena_format(made->arena, "رقم %u يكلف", i).ptr);
    }
    fh_str page = FH_STR(""); /* of its vocabulary: the words that all of them have */
    assert_ok(made, fh_store_get_meta(made->store, "fihris.words.1.0000", made->arena, &page, &made->err));
    assert_true(page.len > 0);
}

/* ---- Transactions ---- */

static uint64_t articles_in(fixture *made) {
    fh_store_stats stats;
    assert_ok(made, fh_store_statistics(made->store, &stats, &made->err));
    return stats.articles;
}

static void what_was_put_is_known_before_the_commit(void **state) {
    fixture *made = *state;
    fh_presence presence;
    bool found = true;
    open_writable(made);
    fh_store_write_by(made->store, &BULK);
    begin(made);
    put_text(made, "1", "عنوان", "نص");
    assert_ok(made, fh_store_presence(made->store, FH_STR("1"), FH_STR("نص"), &presence, &made->err));
    assert_int_equal(presence, FH_SAME);
    assert_ok(made, fh_store_presence(made->store, FH_STR("1"), FH_STR("آخر"), &presence, &made->err));
    assert_int_equal(presence, FH_CHANGED);
    assert_ok(made, fh_store_presence(made->store, FH_STR("2"), FH_STR("نص"), &presence, &made->err));
    assert_int_equal(presence, FH_ABSENT);
    assert_ok(made, fh_store_delete(made->store, FH_STR("2"), &found, &made->err));
    assert_false(found);
    assert_ok(made, fh_store_delete(made->store, FH_STR("1"), &found, &made->err));
    assert_true(found);
    assert_ok(made, fh_store_presence(made->store, FH_STR("1"), FH_STR("نص"), &presence, &made->err));
    assert_int_equal(presence, FH_ABSENT);
    commit(made);
    assert_int_equal(articles_in(made), 0);
}

static void a_cancelled_bulk_leaves_nothing(void **state) {
    fixture *made = *state;
    open_writable(made);
    fh_store_write_by(made->store, &(fh_writing){.by = FH_WRITE_IN_BULK, .memory = TINY_MEMORY});
    begin(made);
    put_text(made, "kept", "عنوان", "نص");
    commit(made);
    begin(made);
    put_text(made, "lost", "عنوان", "نص");
    assert_ok(made, fh_store_cancel(made->store, &made->err));
    assert_int_equal(articles_in(made), 1);
    begin(made);
    put_text(made, "left", "عنوان", "نص");
    close_store(made); /* without a commit */
    shell(made, "test ! -e db.building");
    open_readable(made);
    assert_int_equal(articles_in(made), 1);
}

static void many_articles_for_a_small_index_go_over_to_bulk(void **state) {
    fixture *made = *state;
    enum { MANY = 620 };
    const archive first = {.seed = 21, .documents = 5, .ids = UINT32_MAX};
    written(made, &first, &BULK);
    open_writable(made);
    fh_store_write_by(made->store, &(fh_writing){.by = FH_WRITE_BY_SIZE});
    begin(made);
    for (uint32_t i = 0; i < MANY; i++) put_text(made, id_of(made, 1000 + i).ptr, "عنوان", "نص");
    shell(made, "test -e db.building");
    commit(made);
    assert_int_equal(articles_in(made), MANY + 5);
    close_store(made);
    assert_clean(made);
}

static void many_that_are_expected_go_over_sooner(void **state) {
    fixture *made = *state;
    enum { FEW = 60, MANY = 1000 };
    const archive first = {.seed = 21, .documents = 5, .ids = UINT32_MAX};
    written(made, &first, &BULK);
    open_writable(made);
    fh_store_write_by(made->store, &(fh_writing){.by = FH_WRITE_BY_SIZE});
    begin(made);
    fh_store_expect(made->store, FEW);
    for (uint32_t i = 0; i < FEW; i++) put_text(made, id_of(made, MANY + i).ptr, "عنوان", "نص");
    shell(made, "test ! -e db.building");
    fh_store_expect(made->store, MANY);
    put_text(made, id_of(made, MANY + FEW).ptr, "عنوان", "نص");
    shell(made, "test -e db.building");
    commit(made);
    assert_int_equal(articles_in(made), FEW + 1 + 5);
    close_store(made);
    assert_clean(made);
}

/* ---- Killed ---- */

/* Writes articles into segments of their own until it is killed in the middle. */
static void write_and_die(fixture *made, uint32_t articles) {
    pid_t child = fork();
    if (child == 0) {
        open_writable(made);
        fh_store_write_by(made->store, &(fh_writing){.by = FH_WRITE_IN_BULK, .memory = TINY_MEMORY});
        begin(made);
        for (uint32_t i = 0; i < articles; i++) put_text(made, id_of(made, i).ptr, "عنوان", "نص");
        raise(SIGKILL);
    }
    int status;
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void finished_segments_survive_a_kill(void **state) {
    fixture *made = *state;
    write_and_die(made, 40);
    open_readable(made);
    assert_int_equal(articles_in(made), 0);
    close_store(made);
    shell(made,
          "mkdir db.building/99999999.0 && touch db.building/99999999.0/postlist.glass"); /* a half one */
    open_writable(made);
    shell(made, "test ! -e db.building");
    assert_int_equal(articles_in(made), 40);
    fh_presence presence;
    assert_ok(made, fh_store_presence(made->store, FH_STR("n7"), FH_STR("نص"), &presence, &made->err));
    assert_int_equal(presence, FH_SAME);
    close_store(made);
    assert_clean(made);
}

static void segments_that_come_twice_after_a_kill_count_once(void **state) {
    fixture *made = *state;
    const archive first = {.seed = 22, .documents = 5, .ids = UINT32_MAX};
    written(made, &first, &BULK);
    write_and_die(made, 20);
    shell(made, "cp -r db.building/00000004.0 db.building/00000004.1");
    open_writable(made);
    assert_int_equal(articles_in(made), 20); /* five of them were there */
    close_store(made);
    assert_clean(made);
}

static void what_stands_where_segments_go_is_named(void **state) {
    fixture *made = *state;
    const archive what = {.seed = 23, .documents = 3, .ids = UINT32_MAX};
    write_archive(made, &what, &BULK);
    shell(made, "mkdir db.building && echo mine > db.building/letter.txt");
    assert_status(made, fh_store_open_writable(made->dir, &IDENTITY, &made->store, &made->err), FH_ERR_IO);
    assert_says(made->err.where, "db.building/letter.txt");
    shell(made, "rm -r db.building && touch db.building");
    assert_status(made, fh_store_open_writable(made->dir, &IDENTITY, &made->store, &made->err), FH_ERR_IO);
    assert_says(made->err.where, "db.building");
    shell(made, "rm db.building");
    open_writable(made);
    assert_int_equal(articles_in(made), 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(random_archives_become_the_same_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_segments_become_one_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(more_segments_than_can_be_open_become_one_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_caller_holds_is_not_left_for_a_segment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_article_that_comes_again_replaces_the_earlier_one, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_article_deleted_after_it_was_put_is_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(additions_join_the_index_that_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_long_is_cut_as_xapian_cuts_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(segments_become_what_one_would_have_been, set_up, tear_down),
        cmocka_unit_test_setup_teardown(values_that_are_counted_are_deflated_by_a_merge, set_up, tear_down),
        cmocka_unit_test_setup_teardown(longer_lists_are_deflated_by_a_merge, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_merge_writes_what_was_merged_as_the_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_archive_is_written_as_the_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_library_adds_to_deletes_from_and_compacts_a_bulk_index, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(every_article_of_a_bulk_index_can_be_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_put_is_known_before_the_commit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cancelled_bulk_leaves_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_articles_for_a_small_index_go_over_to_bulk, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_that_are_expected_go_over_sooner, set_up, tear_down),
        cmocka_unit_test_setup_teardown(finished_segments_survive_a_kill, set_up, tear_down),
        cmocka_unit_test_setup_teardown(segments_that_come_twice_after_a_kill_count_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_stands_where_segments_go_is_named, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
