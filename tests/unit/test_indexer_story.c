/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which texts are one story, and which are not. */
#include "tests/unit/test.h"

#include "base/arena.h"
#include "indexer/story.h"

#include <stdlib.h>
#include <unistd.h>

#define WIRE                                                                                                                                                                               \
    "أعلنت وزارة النقل اليوم افتتاح الجسر الجديد فوق النهر بعد عامين من العمل المتواصل. وقال الوزير إن "   \
    "الجسر يربط ضفتي المدينة ويخفف الازدحام عن الجسر القديم الذي بني قبل سبعين سنة. وحضر الافتتاح محافظ " \
    "المدينة وعدد من المهندسين والعمال، وسارت أولى السيارات فوقه مساء أمس وسط فرحة السكان."
#define CHANGED                                                                                                                                                                            \
    "أعلنت وزارة النقل أمس افتتاح الجسر الجديد فوق النهر بعد عامين من العمل المتواصل. وقال الوزير إن "       \
    "الجسر يربط ضفتي المدينة ويخفف الازدحام عن الجسر القديم الذي بني قبل سبعين سنة. وحضر الافتتاح محافظ " \
    "المدينة وعدد كبير من المهندسين والعمال، وسارت أولى السيارات فوقه مساء أمس وسط فرحة السكان."
#define OTHER                                                                                                                                                                                    \
    "أعلنت وزارة الزراعة اليوم بدء موسم حصاد القمح في المحافظات الشمالية بعد أمطار غزيرة هذا الشتاء. وتوقع " \
    "الخبراء محصولا أكبر من العام الماضي، لكن المزارعين يشكون من غلاء الوقود ومن نقص العمال في الحقول. "         \
    "وستشتري الدولة القمح بسعر ثابت، وتخزنه في صوامع جديدة قرب الميناء حتى نهاية الصيف."

typedef struct fixture {
    fh_arena *arena;
    fh_analyser *analyser;
    char dir[64];
    fh_store *store;
    fh_stories *stories;
} fixture;

typedef struct print {
    unsigned char bytes[FH_PRINT_BYTES];
} print;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    fh_store_identity identity = {.analyser_version = 1, .stemmer = "light"};
    fh_error err;
    f->arena = fh_arena_new();
    f->analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    strcpy(f->dir, "/tmp/fihris-unit-XXXXXX");
    if (!mkdtemp(f->dir)) return -1;
    if (fh_store_open_writable(f->dir, &identity, &f->store, &err) != FH_OK) return -1;
    *state = f;
    return fh_stories_new(f->store, &f->stories, &err);
}

static int tear_down(void **state) {
    fixture *f = *state;
    char command[96];
    fh_stories_free(f->stories);
    fh_store_close(f->store);
    fh_analyser_free(f->analyser);
    fh_arena_free(f->arena);
    snprintf(command, sizeof command, "rm -r %s", f->dir);
    assert_int_equal(system(command), 0);
    free(f);
    return 0;
}

static print print_of(fixture *f, const char *title, const char *body) {
    print p;
    fh_print_make(fh_str_from(title), fh_analyse(f->analyser, fh_str_from(body), f->arena), p.bytes);
    return p;
}

/* The story of an article of May 2024; day 0: its date is not known. */
static print story_of(fixture *f, const char *title, const char *body, int day) {
    print p = print_of(f, title, body);
    fh_date date = {.year = 2024, .month = 5, .day = (uint8_t)day};
    if (day == 0) date = (fh_date){0};
    fh_stories_take(f->stories, &date, p.bytes);
    return p;
}

#define assert_one_story(a, b) assert_memory_equal((a).bytes, (b).bytes, FH_PRINT_BYTES)
#define assert_two_stories(a, b) assert_memory_not_equal((a).bytes, (b).bytes, FH_PRINT_BYTES)

static void a_headline_changes_nothing(void **state) {
    fixture *f = *state;
    assert_one_story(print_of(f, "افتتاح جسر", WIRE), print_of(f, "جسر جديد يفتح", WIRE));
}

static void a_text_that_was_edited_is_the_same_story(void **state) {
    fixture *f = *state;
    assert_two_stories(print_of(f, "", WIRE), print_of(f, "", CHANGED));
    print first = story_of(f, "", WIRE, 4);
    assert_one_story(first, story_of(f, "", CHANGED, 5));
    assert_two_stories(first, story_of(f, "", OTHER, 4));
}

static void much_alike_a_month_later_is_another_story(void **state) {
    fixture *f = *state;
    print first = story_of(f, "", WIRE, 1), late = story_of(f, "", CHANGED, 28);
    assert_two_stories(first, late);
    assert_one_story(first, story_of(f, "", WIRE, 28)); /* but to the letter it is the same */
}

static void what_has_no_date_is_like_what_has_none(void **state) {
    fixture *f = *state;
    print first = story_of(f, "", WIRE, 0);
    assert_one_story(first, story_of(f, "", CHANGED, 0));
}

/* Each day's copy would be near enough to the day before: the story's print is that of the first one. */
static void a_story_goes_on_as_long_as_it_is_printed(void **state) {
    fixture *f = *state;
    print first = story_of(f, "", WIRE, 1);
    assert_one_story(first, story_of(f, "", CHANGED, 4));
    assert_one_story(first, story_of(f, "", CHANGED, 7));
    assert_two_stories(first, story_of(f, "", OTHER, 7));
}

static void a_few_words_are_only_ever_the_same(void **state) {
    fixture *f = *state;
    print first = story_of(f, "طقس", "صحو في الشمال", 4);
    assert_one_story(first, story_of(f, "طقس", "صحو في الشمال", 4));
    assert_two_stories(first, story_of(f, "طقس", "صحو في الجنوب", 4));
    assert_two_stories(first, story_of(f, "رياضة", "صحو في الشمال", 4));
}

/* A document that has nothing but what stories are made of. */
static void put(fixture *f, const char *id, print story, const char *date) {
    fh_error err;
    fh_article article = {.id = fh_str_from(id), .body = FH_STR("text")};
    fh_value values[] = {{FH_SLOT_PUBLISHED, fh_str_from(date)},
                         {FH_SLOT_STORY, {(const char *)story.bytes, FH_PRINT_BYTES}}};
    fh_document document = {.article = &article, .values = values, .value_count = 2};
    assert_int_equal(fh_store_put(f->store, &document, &err), FH_OK);
}

static void an_index_remembers_its_stories(void **state) {
    fixture *f = *state;
    fh_error err;
    print first = story_of(f, "", WIRE, 4), other = story_of(f, "", OTHER, 4);
    assert_int_equal(fh_store_begin(f->store, &err), FH_OK);
    put(f, "a", first, "20240504");
    put(f, "b", other, "20240504093000");
    assert_int_equal(fh_store_commit(f->store, &err), FH_OK);
    fh_stories_free(f->stories);
    f->stories = NULL;
    assert_int_equal(fh_stories_new(f->store, &f->stories, &err), FH_OK);
    assert_one_story(first, story_of(f, "", CHANGED, 6));
    assert_one_story(other, story_of(f, "", OTHER, 20));
    assert_two_stories(first, story_of(f, "", CHANGED, 20));
}

/* More stories and days than the tables begin with. */
static void many_stories_are_told_apart(void **state) {
    enum { MANY = 3000 };
    fixture *f = *state;
    print all[MANY];
    uint64_t seed = 1;
    for (int i = 0; i < MANY; i++) {
        for (size_t j = 0; j < FH_PRINT_BYTES; j++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX */
            all[i].bytes[j] = (unsigned char)(seed >> 56);
        }
        fh_date date = {.year = (int16_t)(1900 + i / 20), .month = (uint8_t)(1 + i % 12), .day = 1};
        print taken = all[i];
        fh_stories_take(f->stories, &date, taken.bytes);
        assert_one_story(taken, all[i]);
    }
    for (int i = 0; i < MANY; i++) {
        fh_date date = {.year = 2024, .month = 5, .day = 4};
        print near = all[i];
        near.bytes[i % FH_PRINT_BYTES] ^= 1;
        near.bytes[(i + 3) % FH_PRINT_BYTES] ^= 0x80;
        near.bytes[(i + 9) % FH_PRINT_BYTES] ^= 0x10;
        fh_stories_take(f->stories, &date, near.bytes);
        assert_one_story(near, all[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_headline_changes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_that_was_edited_is_the_same_story, set_up, tear_down),
        cmocka_unit_test_setup_teardown(much_alike_a_month_later_is_another_story, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_has_no_date_is_like_what_has_none, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_story_goes_on_as_long_as_it_is_printed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_few_words_are_only_ever_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_index_remembers_its_stories, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_stories_are_told_apart, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
