/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of names that others may be near to. */
#include "entities/near.h"
#include "entities/gen/gen.h"

#include <stdlib.h>

static void join(const gen_spelling *spelling, fh_buf *out) {
    fh_buf_clear(out);
    for (size_t i = 0; i < spelling->words.count; i++) {
        if (i) fh_buf_add_char(out, ' ');
        fh_buf_add(out, spelling->words.items[i]);
    }
}

size_t gen_write_near(const gen_lists *lists, fh_buf *out) {
    fh_near_row *rows = FH_ARENA_ARRAY(lists->arena, fh_near_row, lists->spelling_count);
    fh_buf name = {0};
    size_t count = 0;
    for (size_t i = 0; i < lists->spelling_count; i++) {
        join(&lists->spellings[i], &name);
        rows[count].name = (uint32_t)i;
        count += fh_near_hash(fh_buf_str(&name), &rows[count].hash);
    }
    fh_buf_free(&name);
    qsort(rows, count, sizeof *rows, fh_near_compare);
    fh_buf_printf(out, "static const fh_near_row near[] = {\n");
    for (size_t i = 0; i < count; i++)
        fh_buf_printf(out, "{%uu,%u},%s", rows[i].hash, rows[i].name, i % 8 == 7 ? "\n" : "");
    fh_buf_printf(out, "};\n\n");
    return count;
}
