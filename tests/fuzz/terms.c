/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terms of any word. */
#include "tests/fuzz/fuzz.h"

#include "base/memory.h"
#include "store/schema.h"
#include "store/text/narrow.h"
#include <stdlib.h>

void fuzz_narrow(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    fh_str text = fuzz_text(input, arena);
    char *narrow = fh_alloc(text.len + 1), *wide = fh_alloc(FH_WIDEN_MOST * (text.len + input.len) + 1);
    size_t length = fh_narrow(text, narrow);
    must(length <= text.len);
    must(fh_str_equal((fh_str){wide, fh_widen((fh_str){narrow, length}, wide)}, text));
    for (size_t room = 0; room <= length && room < 40; room++) {
        size_t fits = fh_narrow_fitting((fh_str){narrow, length}, room);
        must(fits <= room && fits <= length);
        must_be_text((fh_str){wide, fh_widen((fh_str){narrow, fits}, wide)});
    }
    must(fh_widen(input, wide) <= FH_WIDEN_MOST * input.len); /* as a damaged term has it */
    free(narrow);
    free(wide);

    fh_term term, start, skip;
    fh_term_text word;
    for (fh_field field = 0; field < FH_FIELDS; field++) {
        fh_term_make(field, text, &term);
        fh_term_start(field, FH_STR(""), &start);
        must(term.len <= FH_TERM_MAX && fh_str_starts(fh_term_str(&term), fh_term_str(&start)));
        bool hashed = field == FH_FIELD_URL; /* an address cannot be read off its term */
        if (!hashed && fh_term_word(field, fh_term_str(&term), &word, &skip)) {
            fh_term again;
            must_be_text((fh_str){word.bytes, word.len});
            fh_term_make(field, (fh_str){word.bytes, word.len}, &again);
            must(fh_str_equal(fh_term_str(&again), fh_term_str(&term)));
        }
        fh_term_start(field, text, &start);
        must(start.len <= FH_TERM_MAX);
        fh_buf damaged = {0};
        fh_term_start(field, FH_STR(""), &start);
        fh_buf_add(&damaged, fh_term_str(&start));
        fh_buf_add(&damaged, fh_str_slice(input, 0, input.len < 100 ? input.len : 100));
        fh_term_word(field, fh_buf_str(&damaged), &word, &skip);
        fh_buf_free(&damaged);
    }
    fh_arena_free(arena);
}
