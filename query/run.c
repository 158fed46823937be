/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of neighbouring words, and which of it belongs to which word. */
#include "query/run.h"

bool fh_is_plain_word(const fh_node *node) {
    return node->kind == FH_NODE_WORD && node->scope == FH_SCOPE_TEXT;
}

fh_run fh_run_read(fh_analyser *analyser, const fh_gazetteer *gazetteer, const fh_node *const *nodes,
                   size_t count, fh_arena *arena) {
    fh_run r = {.nodes = nodes, .count = count, .starts = FH_ARENA_ARRAY(arena, size_t, count + 1)};
    fh_buf text = {0};
    for (size_t i = 0; i < count; i++) {
        r.starts[i] = text.len;
        fh_buf_add(&text, nodes[i]->text);
        fh_buf_add_char(&text, ' ');
    }
    r.starts[count] = text.len;
    r.text = fh_arena_copy(arena, fh_buf_str(&text));
    fh_buf_free(&text);
    r.tokens = fh_analyse(analyser, r.text, arena);
    r.mentions = fh_entities_find(gazetteer, r.text, r.tokens, arena);
    return r;
}

size_t fh_run_token(const fh_run *run, size_t node) {
    size_t i = 0;
    while (i < run->tokens.count && run->tokens.items[i].start < run->starts[node]) i++;
    return i;
}

size_t fh_run_node(const fh_run *run, size_t byte) {
    size_t node = 0;
    while (node + 1 < run->count && run->starts[node + 1] <= byte) node++;
    return node;
}

fh_str fh_run_typed(const fh_run *run, size_t from, size_t to) {
    fh_str first = run->nodes[from]->text, last = run->nodes[to - 1]->text;
    return (fh_str){first.ptr, (size_t)(last.ptr + last.len - first.ptr)};
}
