/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is put into the store comes back, is replaced, deleted, committed and cancelled as store.h says. */
#include "tests/unit/test_store.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "store/schema.h"

/* ---- The schema ---- */

static void a_prefix_is_told_from_a_capital_by_a_colon(void **state) {
    (void)state;
    fh_term term;
    fh_term_make(FH_FIELD_STEM, FH_STR("Sfoo"), &term);
    assert_text(fh_term_str(&term), "Z:Sfoo");
    fh_term_make(FH_FIELD_TITLE_STEM, FH_STR("foo"), &term);
    assert_text(fh_term_str(&term), "ZSfoo");
    fh_term_make(FH_FIELD_ENTITY, FH_STR(":x"), &term);
    assert_text(fh_term_str(&term), "XE::x");
    fh_term_make(FH_FIELD_WORD, FH_STR("Abc"), &term);
    assert_text(fh_term_str(&term), ":Abc");
    fh_term_make(FH_FIELD_ID, FH_STR("Abc"), &term);
    assert_text(fh_term_str(&term), "QAbc");
}

static void a_long_word_is_cut_between_letters_and_ends_in_a_hash(void **state) {
    (void)state;
    char one[800], two[800];
    for (size_t i = 0; i < sizeof one; i += 2) memcpy(one + i, "\xd9\x85", 2); /* meem */
    memcpy(two, one, sizeof two);
    two[799] = '\x86'; /* the last letter is noon */
    fh_term a, b;
    fh_term_make(FH_FIELD_STEM, (fh_str){one, sizeof one}, &a);
    fh_term_make(FH_FIELD_STEM, (fh_str){two, sizeof two}, &b);
    assert_int_equal(a.len, FH_TERM_MAX);
    assert_false(fh_str_equal(fh_term_str(&a), fh_term_str(&b)));
    for (size_t i = 0; i < sizeof one - 3; i += 4) memcpy(one + i, "\xf0\x9f\x8c\x8d", 4); /* a globe */
    fh_term_make(FH_FIELD_STEM, (fh_str){one, sizeof one}, &a);
    assert_true(a.len <= FH_TERM_MAX && a.len > FH_TERM_MAX - 4);
    assert_int_equal(fh_utf8_invalid(fh_term_str(&a)), SIZE_MAX);
    fh_term_make(FH_FIELD_STEM, (fh_str){two, 488}, &a);
    assert_int_equal(a.len, 245);
    fh_term_make(FH_FIELD_STEM, (fh_str){two, 486}, &a);
    assert_int_equal(a.len, 244);
}

static void a_letter_takes_one_byte_in_a_term_and_comes_back(void **state) {
    (void)state;
    static const char *const texts[] = {"مصر", "ء", "ي", "پژوهش ٥", "Zulu", "", "a é ة 世 🌍 و", "ـًٌٍَُِّْ", "٪ٰۀ"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fh_term term, skip_to;
        fh_term_text word;
        fh_term_make(FH_FIELD_KEYWORD, fh_str_from(texts[i]), &term);
        assert_true(fh_term_word(FH_FIELD_KEYWORD, fh_term_str(&term), &word, &skip_to) || term.len == 1);
        assert_text(((fh_str){word.bytes, word.len}), texts[i]);
    }
    fh_term term;
    fh_term_make(FH_FIELD_STEM, FH_STR("مصر"), &term);
    assert_int_equal(term.len, 4);
}

static void narrowing_keeps_beginnings_and_the_order_of_letters(void **state) {
    (void)state;
    enum { FIRST = 0x620, LAST = 0x65f };
    fh_term before = {0}, start;
    for (uint32_t letter = FIRST; letter <= LAST; letter++) {
        char text[FH_UTF8_MAX + 3];
        size_t len = fh_utf8_put(text, letter);
        memcpy(text + len, "مد", 4);
        fh_term term;
        fh_term_make(FH_FIELD_WORD, (fh_str){text, len + 4}, &term);
        fh_term_start(FH_FIELD_WORD, (fh_str){text, len + 2}, &start);
        assert_int_equal(term.len, 3);
        assert_true(fh_str_starts(fh_term_str(&term), fh_term_str(&start)));
        assert_true(fh_str_compare(fh_term_str(&before), fh_term_str(&term)) < 0);
        before = term;
    }
}

static void an_address_is_its_hash_alone(void **state) {
    (void)state;
    fh_term one, two, other;
    fh_term_make(FH_FIELD_URL, FH_STR("8yn0iYCKYHlIj4-BwPqk"), &one);
    fh_term_make(FH_FIELD_URL, FH_STR("GReLUrM4wMqfg9yzV3KQ"), &two); /* FNV-1a does not tell these apart */
    fh_term_make(FH_FIELD_URL, FH_STR("https://example.org/"), &other);
    assert_int_equal(one.len, 9);
    assert_str_equal(fh_term_str(&one), fh_term_str(&two));
    assert_int_equal(other.len, 9);
    assert_false(fh_str_equal(fh_term_str(&one), fh_term_str(&other)));
}

static void a_term_of_zero_bytes_still_fits(void **state) {
    fixture *made = *state;
    char zeros[244] = {0};
    fh_posting posting = {.field = FH_FIELD_KEYWORD, .weight = 1, .word = {zeros, sizeof zeros}};
    paper page;
    write_paper(&page, "a", "", "");
    page.document.postings = &posting;
    page.document.posting_count = 1;
    uint32_t frequency;
    open_writable(made);
    begin(made);
    assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
    commit(made);
    assert_ok(made, fh_store_frequency(made->store, FH_FIELD_KEYWORD, posting.word, &frequency, &made->err));
    assert_int_equal(frequency, 1);
}

/* ---- Articles ---- */

static void assert_strs(fh_strs got, fh_strs wanted) {
    assert_int_equal(got.count, wanted.count);
    for (size_t i = 0; i < got.count; i++) assert_true(fh_str_equal(got.items[i], wanted.items[i]));
}

static void assert_date(const fh_date *got, const fh_date *wanted) {
    assert_int_equal(got->year, wanted->year);
    assert_int_equal(got->month, wanted->month);
    assert_int_equal(got->day, wanted->day);
    assert_int_equal(got->hour, wanted->hour);
    assert_int_equal(got->minute, wanted->minute);
    assert_int_equal(got->second, wanted->second);
    assert_int_equal(got->has_time, wanted->has_time);
    assert_int_equal(got->guessed, wanted->guessed);
    assert_int_equal(got->zone, wanted->zone);
}

static void assert_article(const fh_article *got, const fh_article *wanted) {
    assert_true(fh_str_equal(got->id, wanted->id));
    assert_true(fh_str_equal(got->url, wanted->url));
    assert_true(fh_str_equal(got->title, wanted->title));
    assert_true(fh_str_equal(got->source, wanted->source));
    assert_true(fh_str_equal(got->wire, wanted->wire));
    assert_true(fh_str_equal(got->author, wanted->author));
    assert_true(fh_str_equal(got->section, wanted->section));
    assert_true(fh_str_equal(got->language, wanted->language));
    assert_true(fh_str_equal(got->parent, wanted->parent));
    assert_true(fh_str_equal(got->body, wanted->body));
    assert_strs(got->keywords, wanted->keywords);
    assert_strs(got->related, wanted->related);
    assert_date(&got->published, &wanted->published);
    assert_int_equal(got->title_from_lead, wanted->title_from_lead);
    assert_int_equal(got->entity_count, wanted->entity_count);
    for (size_t i = 0; i < got->entity_count; i++) {
        assert_true(fh_str_equal(got->entities[i].entity, wanted->entities[i].entity));
        assert_int_equal(got->entities[i].part, wanted->entities[i].part);
        assert_int_equal(got->entities[i].start, wanted->entities[i].start);
        assert_int_equal(got->entities[i].end, wanted->entities[i].end);
    }
}

static void assert_round_trip(fixture *made, const fh_article *article) {
    fh_document document = {.article = article};
    fh_article back;
    if (!made->store) open_writable(made);
    begin(made);
    assert_ok(made, fh_store_put(made->store, &document, &made->err));
    commit(made);
    assert_ok(made, fh_store_article(made->store, article->id, made->arena, &back, &made->err));
    assert_article(&back, article);
}

static void an_article_comes_back_with_every_field(void **state) {
    fh_str keywords[] = {FH_STR("مصر"), FH_STR(""), FH_STR("COP28")};
    fh_str related[] = {FH_STR("عنوان آخر")};
    fh_entity_mark marks[] = {{FH_STR("country-eg"), FH_PART_TITLE, 0, 6},
                              {FH_STR("vladimir-putin"), FH_PART_BODY, 7, 23},
                              {FH_STR("country-eg"), FH_PART_BODY, 24, 34}};
    fh_article article = {
        .id = FH_STR("2024/05/04#1"),
        .url = FH_STR("https://news.example/مصر?x=1"),
        .title = FH_STR("مصر تستضيف القمة"),
        .source = FH_STR("RT Arabic"),
        .wire = FH_STR("تاس"),
        .author = FH_STR("كاتب"),
        .section = FH_STR("سياسة"),
        .language = FH_STR("ar"),
        .parent = FH_STR("2024/05/04"),
        .body = FH_STR("قال فلاديمير بوتين 😀 في القاهرة\nCafé naïve — ١٢٣ 漢字"),
        .keywords = {keywords, 3},
        .related = {related, 1},
        .published = {2024, 5, 4, 9, 30, 15, true, true, 180},
        .title_from_lead = true,
        .entities = marks,
        .entity_count = 3,
    };
    assert_round_trip(*state, &article);
}

static void an_article_of_nothing_comes_back(void **state) {
    fixture *made = *state;
    fh_article article = {.id = FH_STR("x")}, back;
    assert_round_trip(made, &article);
    close_store(made);
    open_readable(made);
    assert_ok(made, fh_store_article(made->store, article.id, made->arena, &back, &made->err));
    assert_article(&back, &article);
}

static void dates_without_time_or_zone_come_back(void **state) {
    fh_article article = {.id = FH_STR("x"), .published = {2023, 11, 23, 0, 0, 0, false, false, 0}};
    assert_round_trip(*state, &article);
    article.published = (fh_date){2023, 11, 23, 1, 2, 3, true, false, FH_NO_ZONE};
    assert_round_trip(*state, &article);
    article.published.zone = -210;
    assert_round_trip(*state, &article);
}

static void zero_bytes_and_odd_code_points_are_kept(void **state) {
    char odd[] = "a\0b\x01\x1f\x7f \xef\xbb\xbf \xef\xbf\xbe \xf4\x8f\xbf\xbf \xe2\x80\x8f";
    fh_article article = {
        .id = FH_STR("x"), .title = FH_STR("\xef\xbb\xbfmark first"), .body = {odd, sizeof odd - 1}};
    assert_round_trip(*state, &article);
}

static void a_body_of_a_megabyte_comes_back(void **state) {
    fixture *made = *state;
    fh_buf body = {0};
    uint32_t random = 1;
    while (body.len < 1 << 20) { /* words of letters that a fixed generator picks */
        random = random * 1664525u + 1013904223u;
        fh_buf_add_code_point(&body, (random >> 24) % 6 ? 0x627 + (random >> 16) % 36 : ' ');
    }
    fh_article article = {.id = FH_STR("x"), .body = fh_buf_str(&body)};
    assert_round_trip(made, &article);
    fh_buf_free(&body);
}

static void text_that_is_not_utf8_is_refused(void **state) {
    fixture *made = *state;
    paper page;
    write_paper(&page, "bad", "", "x \xff y");
    page.document.posting_count = 0;
    open_writable(made);
    begin(made);
    assert_status(made, fh_store_put(made->store, &page.document, &made->err), FH_ERR_INPUT);
    assert_says(made->err.where, "bad");
}

static void an_id_must_be_short_and_plain(void **state) {
    fixture *made = *state;
    char longest[FH_MAX_ID + 2];
    paper page;
    memset(longest, 'i', sizeof longest);
    longest[FH_MAX_ID + 1] = '\0';
    open_writable(made);
    begin(made);
    const char *const bad[] = {"", "a\nb", longest};
    for (size_t i = 0; i < 3; i++) {
        write_paper(&page, bad[i], "", "x");
        assert_status(made, fh_store_put(made->store, &page.document, &made->err), FH_ERR_INPUT);
    }
    longest[FH_MAX_ID] = '\0';
    put_text(made, longest, "", "x");
}

static void a_mark_outside_of_the_text_is_refused(void **state) {
    fixture *made = *state;
    paper page;
    fh_entity_mark mark = {FH_STR("x"), FH_PART_BODY, 1, 9};
    write_paper(&page, "a", "", "short");
    page.article.entities = &mark;
    page.article.entity_count = 1;
    open_writable(made);
    begin(made);
    assert_status(made, fh_store_put(made->store, &page.document, &made->err), FH_ERR_INTERNAL);
}

/* ---- Writing ---- */

static uint64_t article_count(fixture *made) {
    fh_store_stats stats;
    assert_ok(made, fh_store_statistics(made->store, &stats, &made->err));
    return stats.articles;
}

static fh_presence presence(fixture *made, const char *id, const char *content) {
    fh_presence found;
    assert_ok(made,
              fh_store_presence(made->store, fh_str_from(id), fh_str_from(content), &found, &made->err));
    return found;
}

static void the_same_id_replaces(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    put_text(made, "a", "", "old");
    put_text(made, "a", "", "new");
    commit(made);
    assert_int_equal(article_count(made), 1);
    assert_string_equal(found_by(made, word(made, "old")), "");
    assert_string_equal(found_by(made, word(made, "new")), "a ");
}

static void presence_tells_same_from_changed(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    assert_int_equal(presence(made, "a", "one"), FH_ABSENT);
    put_text(made, "a", "", "one");
    assert_int_equal(presence(made, "a", "one"), FH_SAME);
    commit(made);
    assert_int_equal(presence(made, "a", "one"), FH_SAME);
    assert_int_equal(presence(made, "a", "two"), FH_CHANGED);
}

static void delete_says_whether_there_was_one(void **state) {
    fixture *made = *state;
    bool found;
    open_writable(made);
    begin(made);
    put_text(made, "a", "", "x");
    assert_ok(made, fh_store_delete(made->store, FH_STR("a"), &found, &made->err));
    assert_true(found);
    assert_ok(made, fh_store_delete(made->store, FH_STR("a"), &found, &made->err));
    assert_false(found);
    commit(made);
    assert_int_equal(article_count(made), 0);
}

static void cancel_forgets_what_came_after_begin(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    put_text(made, "a", "", "x");
    commit(made);
    begin(made);
    put_text(made, "b", "", "x");
    assert_int_equal(article_count(made), 2);
    assert_ok(made, fh_store_cancel(made->store, &made->err));
    assert_int_equal(article_count(made), 1);
    assert_int_equal(presence(made, "b", "x"), FH_ABSENT);
}

static void close_leaves_out_what_was_not_committed(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    put_text(made, "a", "", "x");
    commit(made);
    begin(made);
    put_text(made, "b", "", "x");
    close_store(made);
    open_readable(made);
    assert_string_equal(found_by(made, word(made, "x")), "a ");
}

static void writing_needs_a_transaction_and_a_writable_store(void **state) {
    fixture *made = *state;
    paper page;
    bool found;
    write_paper(&page, "a", "", "x");
    open_writable(made);
    assert_status(made, fh_store_put(made->store, &page.document, &made->err), FH_ERR_INTERNAL);
    assert_status(made, fh_store_delete(made->store, FH_STR("a"), &found, &made->err), FH_ERR_INTERNAL);
    assert_status(made, fh_store_commit(made->store, &made->err), FH_ERR_INTERNAL);
    assert_status(made, fh_store_set_meta(made->store, "k", FH_STR("v"), &made->err), FH_ERR_INTERNAL);
    begin(made);
    assert_status(made, fh_store_begin(made->store, &made->err), FH_ERR_INTERNAL);
    close_store(made);
    open_readable(made);
    assert_status(made, fh_store_begin(made->store, &made->err), FH_ERR_INTERNAL);
}

static void metadata_is_kept(void **state) {
    fixture *made = *state;
    fh_str value;
    open_writable(made);
    begin(made);
    assert_ok(made, fh_store_set_meta(made->store, "k", FH_STR("قيمة"), &made->err));
    commit(made);
    close_store(made);
    open_readable(made);
    assert_ok(made, fh_store_get_meta(made->store, "k", made->arena, &value, &made->err));
    assert_text(value, "قيمة");
    assert_ok(made, fh_store_get_meta(made->store, "other", made->arena, &value, &made->err));
    assert_int_equal(value.len, 0);
    assert_string_equal(fh_store_stemmer(made->store), "light");
}

static void assert_long_meta(fixture *made, fh_str wanted) {
    fh_str value;
    begin(made);
    assert_ok(made, fh_store_set_long_meta(made->store, "k", wanted, &made->err));
    commit(made);
    assert_ok(made, fh_store_get_long_meta(made->store, "k", made->arena, &value, &made->err));
    assert_str_equal(value, wanted);
}

static void long_metadata_are_deflated_where_that_pays(void **state) {
    enum { COUNT = 4000 };
    fixture *made = *state;
    char *text = fh_arena_take(made->arena, COUNT);
    fh_str value;
    open_writable(made);
    memset(text, 'x', COUNT);
    assert_long_meta(made, (fh_str){text, COUNT});
    assert_ok(made, fh_store_get_meta(made->store, "k", made->arena, &value, &made->err));
    assert_true(value.len < COUNT / 100);
    begin(made);
    assert_ok(made, fh_store_set_meta(made->store, "k", fh_str_slice(value, 0, 5), &made->err));
    commit(made);
    assert_status(made, fh_store_get_long_meta(made->store, "k", made->arena, &value, &made->err),
                  FH_ERR_CORRUPT);
    assert_long_meta(made, FH_STR("قيمة"));
    assert_long_meta(made, FH_STR(""));
}

/* ---- The vocabulary ---- */

static void put_numbered(fixture *made, unsigned from, unsigned to) {
    for (unsigned i = from; i < to; i++) {
        char id[16], body[600];
        snprintf(id, sizeof id, "%u", i);
        snprintf(body, sizeof body,
                 "أعلن المتحدث باسم وزارة %u أن الاجتماع الذي عقد في العاصمة %u بحث العلاقات الثنائية %u "
                 "وسبل تعزيزها",
                 i * 7919 % 1000, i * 104729 % 1000, i);
        put_text(made, id, "خبر", body);
    }
}

static fh_str meta(fixture *made, const char *key) {
    fh_str value;
    assert_ok(made, fh_store_get_meta(made->store, key, made->arena, &value, &made->err));
    return value;
}

/* The page of what all articles have. */
static const char FIRST_PAGE[] = "fihris.words.0.0000";

static void assert_numbered(fixture *made, unsigned count) {
    fh_article article;
    for (unsigned i = 0; i < count; i += 90) {
        const char *id = fh_arena_format(made->arena, "%u", i).ptr;
        assert_ok(made, fh_store_article(made->store, fh_str_from(id), made->arena, &article, &made->err));
        assert_text(article.id, id);
        assert_text(article.title, "خبر");
        assert_says(article.body.ptr, "وسبل تعزيزها");
    }
}

static void words_are_coded_from_the_first_articles_on(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    put_numbered(made, 0, 1100);
    assert_numbered(made, 1100); /* by codes that are not kept yet */
    commit(made);
    assert_true(meta(made, FIRST_PAGE).len > 0);
    close_store(made);
    open_readable(made);
    assert_numbered(made, 1100);
}

static void codes_that_were_cancelled_are_not_kept(void **state) {
    fixture *made = *state;
    fh_article article;
    open_writable(made);
    begin(made);
    put_numbered(made, 0, 1050);
    assert_ok(made, fh_store_cancel(made->store, &made->err));
    begin(made);
    put_text(made, "a", "", "x");
    commit(made);
    assert_int_equal(meta(made, FIRST_PAGE).len, 0);
    assert_ok(made, fh_store_article(made->store, FH_STR("a"), made->arena, &article, &made->err));
    assert_text(article.body, "x");
    begin(made);
    put_numbered(made, 0, 1050);
    commit(made);
    assert_numbered(made, 1050);
}

static void a_later_session_goes_on_with_the_vocabulary(void **state) {
    fixture *made = *state;
    fh_buf before = {0};
    open_writable(made);
    begin(made);
    put_numbered(made, 0, 1000);
    commit(made);
    fh_buf_add(&before, meta(made, FIRST_PAGE));
    close_store(made);
    open_writable(made);
    begin(made);
    put_numbered(made, 1000, 1200);
    for (unsigned i = 0; i < 1000; i++) put_text(made, "new", "جديد", "كلمة جديدة");
    commit(made);
    fh_str after = meta(made, FIRST_PAGE);
    enum { SUM = 4 }; /* bytes before the forms, of which no one has changed */
    assert_true(after.len > before.len);
    assert_memory_equal(after.ptr + SUM, before.ptr + SUM, before.len - SUM);
    assert_numbered(made, 1200);
    fh_buf_free(&before);
}

static void a_reader_takes_up_words_that_came_later(void **state) {
    fixture *made = *state;
    fh_article article;
    open_writable(made);
    begin(made);
    put_numbered(made, 0, 10);
    commit(made);
    close_store(made);
    open_readable(made);
    fh_store *reader = made->store;
    assert_ok(made, fh_store_article(reader, FH_STR("5"), made->arena, &article, &made->err));
    for (int commits = 0; commits < 3; commits++) { /* so that the blocks it has open are written over */
        open_writable(made);
        begin(made);
        for (int i = 0; i < 40; i++) {
            fh_str body = fh_arena_format(made->arena, "طارئ%d طارئ%d", commits * 40 + i, commits * 40 + i);
            put_text(made, fh_arena_format(made->arena, "late%d", commits * 40 + i).ptr, "خبر", body.ptr);
        }
        commit(made);
        close_store(made);
    }
    made->store = reader;
    fh_query all = {.op = FH_OP_ALL};
    fh_find find = {.query = &all, .limit = 200};
    fh_results found;
    assert_ok(made, fh_store_find(reader, &find, made->arena, &found, &made->err));
    for (size_t i = 0; i < found.hit_count; i++) assert_text(found.hits[i].article.title, "خبر");
}

/* ---- Reading ---- */

static const char *ids(fixture *made, size_t stop_after) {
    visited all = {made->arena, FH_STR(""), 0, stop_after};
    assert_ok(made, fh_store_ids(made->store, visit_id, &all, &made->err));
    return all.text.ptr;
}

static void ids_are_visited_in_the_order_they_came_in(void **state) {
    fixture *made = *state;
    bool found;
    open_writable(made);
    begin(made);
    put_text(made, "z", "", "x");
    put_text(made, "a", "", "x");
    put_text(made, "m", "", "x");
    assert_string_equal(ids(made, 0), "z a m ");
    assert_ok(made, fh_store_delete(made->store, FH_STR("a"), &found, &made->err));
    commit(made);
    assert_string_equal(ids(made, 0), "z m ");
    assert_string_equal(ids(made, 1), "z ");
}

static bool visit_word(void *context, fh_str word, uint32_t articles) {
    visited *to = context;
    to->text = fh_arena_format(to->arena, "%.*s%.*s:%u ", FH_STR_ARG(to->text), FH_STR_ARG(word), articles);
    return ++to->count != to->stop_after;
}

static const char *words(fixture *made, fh_field field, const char *prefix, size_t stop_after) {
    visited all = {made->arena, FH_STR(""), 0, stop_after};
    assert_ok(made, fh_store_words(made->store, field, fh_str_from(prefix), FH_STR(""), visit_word, &all,
                                   &made->err));
    return all.text.ptr;
}

static void words_are_those_of_their_field_in_byte_order(void **state) {
    fixture *made = *state;
    static const struct {
        fh_field field;
        const char *word;
    } all[] = {
        {FH_FIELD_WORD, "123"},      {FH_FIELD_WORD, "Zulu"},        {FH_FIELD_WORD, "abc"},
        {FH_FIELD_WORD, "مصر"},      {FH_FIELD_WORD, "مصري"},        {FH_FIELD_WORD, ":x"},
        {FH_FIELD_STEM, "abc"},      {FH_FIELD_STEM, "Sabc"},        {FH_FIELD_STEM, "@x"},
        {FH_FIELD_TITLE, "abc"},     {FH_FIELD_TITLE_STEM, "title"}, {FH_FIELD_ENTITY, "city"},
        {FH_FIELD_SOURCE, "source"}, {FH_FIELD_PARENT, "p"},
    };
    paper page;
    write_paper(&page, "a", "", "");
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        page.postings[page.document.posting_count++] =
            (fh_posting){.field = all[i].field, .weight = 1, .word = fh_str_from(all[i].word)};
    }
    open_writable(made);
    begin(made);
    assert_ok(made, fh_store_put(made->store, &page.document, &made->err));
    put_text(made, "b", "", "مصر");
    commit(made);
    assert_string_equal(words(made, FH_FIELD_WORD, "", 0), "123:1 :x:1 Zulu:1 abc:1 مصر:2 مصري:1 ");
    assert_string_equal(words(made, FH_FIELD_WORD, "مصر", 0), "مصر:2 مصري:1 ");
    assert_string_equal(words(made, FH_FIELD_WORD, "Z", 0), "Zulu:1 ");
    assert_string_equal(words(made, FH_FIELD_WORD, "", 2), "123:1 :x:1 ");
    assert_string_equal(words(made, FH_FIELD_STEM, "", 0), "@x:1 Sabc:1 abc:1 ");
    assert_string_equal(words(made, FH_FIELD_TITLE, "", 0), "abc:1 ");
    assert_string_equal(words(made, FH_FIELD_TITLE_STEM, "", 0), "title:1 ");
    assert_string_equal(words(made, FH_FIELD_ENTITY, "", 0), "city:1 ");
    assert_string_equal(words(made, FH_FIELD_ID, "", 0), "a:1 b:1 ");
    assert_string_equal(words(made, FH_FIELD_AUTHOR, "", 0), "");
}

static void statistics_count_articles_and_lengths(void **state) {
    fixture *made = *state;
    fh_store_stats stats;
    uint32_t frequency;
    open_writable(made);
    begin(made);
    put_text(made, "a", "", "x x y");
    put_text(made, "b", "", "x");
    commit(made);
    assert_ok(made, fh_store_statistics(made->store, &stats, &made->err));
    assert_int_equal(stats.articles, 2);
    assert_true(stats.average_length > 1.99 && stats.average_length < 2.01);
    assert_ok(made, fh_store_frequency(made->store, FH_FIELD_WORD, FH_STR("x"), &frequency, &made->err));
    assert_int_equal(frequency, 2);
    assert_ok(made, fh_store_frequency(made->store, FH_FIELD_WORD, FH_STR("z"), &frequency, &made->err));
    assert_int_equal(frequency, 0);
    assert_ok(made, fh_store_frequency(made->store, FH_FIELD_WORD, FH_STR(""), &frequency, &made->err));
    assert_int_equal(frequency, 0);
}

static void an_article_that_is_not_there_is_not_found(void **state) {
    fixture *made = *state;
    fh_article article;
    open_writable(made);
    assert_status(made, fh_store_article(made->store, FH_STR("no"), made->arena, &article, &made->err),
                  FH_ERR_NOT_FOUND);
    assert_says(made->err.what, "no");
}

/* ---- Compaction ---- */

static void compaction_loses_nothing_and_readers_go_on(void **state) {
    fixture *made = *state;
    fh_store *reader;
    const char *dir = made->dir;
    fh_article article;
    open_writable(made);
    begin(made);
    put_numbered(made, 0, 1010);
    assert_ok(made, fh_store_set_meta(made->store, "k", FH_STR("v"), &made->err));
    commit(made);
    assert_status(made, fh_store_compact(made->dir, NULL, &made->err), FH_ERR_LOCKED);
    close_store(made);
    assert_ok(made, fh_store_open(&dir, 1, ANALYSER, &reader, &made->err));

    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    assert_ok(made, fh_store_article(reader, FH_STR("7"), made->arena, &article, &made->err));
    fh_store_close(reader);
    open_writable(made);
    assert_int_equal(article_count(made), 1010);
    assert_text(meta(made, "k"), "v");
    assert_ok(made, fh_store_article(made->store, FH_STR("1009"), made->arena, &article, &made->err));
    begin(made);
    put_text(made, "after", "", "x");
    commit(made);
    assert_string_equal(found_by(made, word(made, "x")), "after ");
}

static void compaction_takes_its_interrupted_leftovers_away(void **state) {
    fixture *made = *state;
    open_writable(made);
    begin(made);
    put_text(made, "a", "", "x");
    commit(made);
    close_store(made);
    shell(made, "cp -r db db.compacting");
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    shell(made, "! test -e db.compacting");

    shell(made, "mkdir db.compacting && echo mine > db.compacting/letter.txt");
    assert_status(made, fh_store_compact(made->dir, NULL, &made->err), FH_ERR_IO);
    open_readable(made);
    assert_string_equal(found_by(made, word(made, "x")), "a ");
}

static void compaction_leaves_what_it_would_write_again(void **state) {
    fixture *made = *state;
    open_writable(made);
    fh_store_write_by(made->store, &(fh_writing){.by = FH_WRITE_BY_LIBRARY});
    begin(made);
    for (unsigned i = 0; i < 50; i++) put_text(made, fh_arena_format(made->arena, "%u", i).ptr, "", "x");
    commit(made);
    close_store(made);
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    shell(made, "cp db/iamglass before"); /* with a name of its own, each time it is made */
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    shell(made, "cmp db/iamglass before");
    open_writable(made);
    begin(made);
    put_text(made, "more", "", "x");
    commit(made);
    close_store(made);
    assert_ok(made, fh_store_compact(made->dir, NULL, &made->err));
    shell(made, "! cmp -s db/iamglass before");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_its_hash_alone),
        cmocka_unit_test(a_prefix_is_told_from_a_capital_by_a_colon),
        cmocka_unit_test(a_long_word_is_cut_between_letters_and_ends_in_a_hash),
        cmocka_unit_test(a_letter_takes_one_byte_in_a_term_and_comes_back),
        cmocka_unit_test(narrowing_keeps_beginnings_and_the_order_of_letters),
        cmocka_unit_test_setup_teardown(a_term_of_zero_bytes_still_fits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_article_comes_back_with_every_field, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_article_of_nothing_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(dates_without_time_or_zone_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(zero_bytes_and_odd_code_points_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_body_of_a_megabyte_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_that_is_not_utf8_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_id_must_be_short_and_plain, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mark_outside_of_the_text_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_id_replaces, set_up, tear_down),
        cmocka_unit_test_setup_teardown(presence_tells_same_from_changed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(delete_says_whether_there_was_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cancel_forgets_what_came_after_begin, set_up, tear_down),
        cmocka_unit_test_setup_teardown(close_leaves_out_what_was_not_committed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(writing_needs_a_transaction_and_a_writable_store, set_up, tear_down),
        cmocka_unit_test_setup_teardown(metadata_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(long_metadata_are_deflated_where_that_pays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_reader_takes_up_words_that_came_later, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_are_coded_from_the_first_articles_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(codes_that_were_cancelled_are_not_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_later_session_goes_on_with_the_vocabulary, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ids_are_visited_in_the_order_they_came_in, set_up, tear_down),
        cmocka_unit_test_setup_teardown(words_are_those_of_their_field_in_byte_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(statistics_count_articles_and_lengths, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_article_that_is_not_there_is_not_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(compaction_loses_nothing_and_readers_go_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(compaction_takes_its_interrupted_leftovers_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(compaction_leaves_what_it_would_write_again, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
