/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An index once more, with each list where libxapian sees it. */
#ifndef FH_TESTS_UNIT_PLAIN_H
#define FH_TESTS_UNIT_PLAIN_H

#include "store/glass/stamp.h"
#include "store/xapian.h"
#include "tests/unit/test_store.h"

/* All facts, and who is dead. */
static inline fh_facts all_facts(fixture *made, const char *dir) {
    fh_xapian *db;
    fh_facts some;
    fh_str dead;
    assert_ok(made, fh_xapian_open(dir, &db, &made->err));
    assert_ok(made, fh_xapian_facts(db, made->arena, &some, &made->err));
    assert_ok(made, fh_xapian_get_meta(db, FH_META_DEAD, made->arena, &dead, &made->err));
    fh_xapian_close(db);
    if (dead.len == 0) return some;
    fh_facts all = {FH_ARENA_ARRAY(made->arena, fh_fact, some.count + 1), 0};
    const fh_fact added = {FH_STR(FH_META_DEAD), dead};
    for (size_t i = 0; i < some.count; i++) {
        if (all.count == i && fh_str_compare(added.key, some.items[i].key) < 0)
            all.items[all.count++] = added;
        all.items[all.count++] = some.items[i];
    }
    if (all.count == some.count) all.items[all.count++] = added;
    return all;
}

/* A copy beside it, which is made anew when the index has changed. */
static inline const char *plain_copy(fixture *made, const char *dir) {
    static struct {
        char dir[128];
        fh_stamp of;
    } known[8];
    static size_t next;
    const char *copy = fh_arena_format(made->arena, "%s.plain", dir).ptr;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].dir, dir) == 0 && fh_stamp_holds(&known[i].of, dir)) return copy;
    fh_facts facts = all_facts(made, dir);
    fh_join_part part = {.path = dir};
    fh_join how = {.parts = &part, .count = 1, .facts = &facts, .passing = true};
    nftw(copy, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    snprintf(known[next].dir, sizeof known[next].dir, "%s", dir);
    known[next].of = fh_stamp_take(dir);
    next = (next + 1) % (sizeof known / sizeof *known);
    assert_ok(made, fh_join_write(&how, copy, &made->err));
    return copy;
}

#endif
