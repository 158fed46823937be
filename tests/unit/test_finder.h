/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A room with a finder of names, for the tests of what it finds and of what it weighs. */
#ifndef FH_TESTS_UNIT_TEST_FINDER_H
#define FH_TESTS_UNIT_TEST_FINDER_H

#include "entities/finder.h"
#include "tests/unit/test.h"

typedef struct test_room {
    fh_arena *arena;
    fh_analyser *analyser;
    fh_name_finder *finder;
} test_room;

static inline int set_up(void **state) {
    static test_room shared;
    shared = (test_room){fh_arena_new(), fh_analyser_new(FH_STEMMER_LIGHT),
                         fh_name_finder_new(fh_recogniser_builtin())};
    *state = &shared;
    return 0;
}

static inline int tear_down(void **state) {
    test_room *room = *state;
    fh_analyser_free(room->analyser);
    fh_name_finder_free(room->finder);
    fh_arena_free(room->arena);
    return 0;
}

#endif
