/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs as trec_eval reads them: six columns with spaces between. */
#include "query/output.h"

#include "base/utf8.h"

/* A column must hold no space, and nothing that is obeyed. */
static void add_column(fh_str text, fh_buf *out) {
    uint32_t c;
    for (size_t at = 0; at < text.len;) {
        at += fh_utf8_next(text, at, &c);
        fh_buf_add_code_point(out, c == ' ' || fh_is_obeyed(c) ? '_' : c);
    }
}

void fh_output_trec(const fh_answer *answer, fh_str id, bool colour, fh_buf *out) {
    (void)colour;
    for (size_t i = 0; i < answer->hit_count; i++) {
        const fh_hit *hit = answer->hits[i].hit;
        add_column(id.len ? id : FH_STR("1"), out);
        fh_buf_printf(out, " Q0 ");
        add_column(hit->article.id, out);
        fh_buf_printf(out, " %zu %.6f fihris\n", answer->offset + i + 1, hit->score);
    }
}
