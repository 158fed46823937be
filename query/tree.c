/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parsed query in one line. */
#include "query/query.h"

static void add_kids(const fh_node *node, const char *name, fh_buf *out) {
    fh_buf_printf(out, "(%s", name);
    for (size_t i = 0; i < node->kid_count; i++) {
        fh_buf_add_char(out, ' ');
        fh_node_text(node->kids[i], out);
    }
    fh_buf_add_char(out, ')');
}

static void add_scope(const fh_node *node, fh_buf *out) {
    static const char *const names[] = {
        [FH_SCOPE_TEXT] = "",          [FH_SCOPE_TITLE] = "title:",   [FH_SCOPE_AUTHOR] = "author:",
        [FH_SCOPE_SOURCE] = "source:", [FH_SCOPE_ENTITY] = "entity:",
    };
    fh_buf_add(out, fh_str_from(names[node->scope]));
}

static void add_leaf(const fh_node *node, const char *before, const char *after, fh_buf *out) {
    add_scope(node, out);
    fh_buf_printf(out, "%s%.*s%s", before, FH_STR_ARG(node->text), after);
}

void fh_node_text(const fh_node *node, fh_buf *out) {
    switch (node->kind) {
    case FH_NODE_AND: add_kids(node, "and", out); break;
    case FH_NODE_OR: add_kids(node, "or", out); break;
    case FH_NODE_NOT: add_kids(node, "not", out); break;
    case FH_NODE_MUST: add_kids(node, "must", out); break;
    case FH_NODE_WORD: add_leaf(node, "", "", out); break;
    case FH_NODE_PHRASE: add_leaf(node, "\"", "\"", out); break;
    case FH_NODE_PREFIX: add_leaf(node, "", "*", out); break;
    case FH_NODE_DATE:
        fh_buf_printf(out, "date:%.*s..%.*s", FH_STR_ARG(node->from), FH_STR_ARG(node->to));
        break;
    }
}
