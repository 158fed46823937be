/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classes as a tree: of all pairs, the one that costs least is made one, again and again (Brown and others,
 * "Class-Based n-gram Models of Natural Language", 1992), and a class is named by its path from the root. */
#include "base/memory.h"
#include "entities/train/class_counts.h"

#include <stdlib.h>

typedef struct tree_node {
    uint32_t class; /* whose row is the sum of all that are below */
    int left, right;
} tree_node;

/* What the stream loses when two classes are one. */
static double merge_loss(const fh_classes *c, uint32_t a, uint32_t b) {
    double loss = 0;
    for (size_t s = 0; s < 2; s++) {
        const uint32_t *x = c->counts[s] + a * c->classes, *y = c->counts[s] + b * c->classes;
        for (size_t k = 0; k < c->classes; k++) {
            if (!x[k] || !y[k]) continue;
            loss += fh_class_cost(c, x[k]) + fh_class_cost(c, y[k]) - fh_class_cost(c, (uint64_t)x[k] + y[k]);
        }
        uint64_t n = c->totals[s][a], m = c->totals[s][b];
        loss -= fh_class_cost(c, n) + fh_class_cost(c, m) - fh_class_cost(c, n + m);
    }
    return loss;
}

static void merge(fh_classes *c, uint32_t a, uint32_t b) {
    size_t n = c->classes;
    for (size_t s = 0; s < 2; s++) {
        for (size_t k = 0; k < n; k++) {
            c->counts[s][a * n + k] += c->counts[s][b * n + k];
            c->counts[s][b * n + k] = 0;
        }
        for (size_t k = 0; k < n; k++) {
            c->counts[s][k * n + a] += c->counts[s][k * n + b];
            c->counts[s][k * n + b] = 0;
        }
        c->totals[s][a] += c->totals[s][b];
        c->totals[s][b] = 0;
    }
}

/* Writes the words of a node's classes, the path so far at the end of `path`. */
static void write_node(const fh_classes *c, const tree_node *nodes, int node, fh_buf *path, fh_buf *out) {
    const tree_node *n = &nodes[node];
    if (n->left >= 0) {
        for (int way = 0; way < 2; way++) {
            fh_buf_add_char(path, way ? '1' : '0');
            write_node(c, nodes, way ? n->right : n->left, path, out);
            path->len--;
        }
        return;
    }
    fh_buf_add(out, fh_buf_str(path));
    char between = '\t';
    for (size_t w = FIXED; w < c->words; w++) {
        if (c->class_of[w] != n->class) continue;
        fh_buf_add_char(out, between);
        between = ' ';
        for (const uint8_t *letter = c->entries[w].letters; *letter; letter++) {
            bool arabic = *letter & FH_LETTER_ARABIC;
            fh_buf_add_code_point(out, arabic ? 0x600u + *letter - FH_LETTER_ARABIC : *letter);
        }
    }
    fh_buf_add_char(out, '\n');
}

/* The pair of nodes that is cheapest to make one. */
static void cheapest(const double *losses, const bool *gone, size_t count, size_t *a, size_t *b) {
    double best = INFINITY;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; !gone[i] && k < count; k++) {
            if (gone[k] || losses[i * count + k] >= best) continue;
            best = losses[i * count + k];
            *a = i;
            *b = k;
        }
    }
}

void fh_classes_write(fh_classes *c, fh_buf *out) {
    size_t leaves = c->classes - FIXED, count = leaves;
    tree_node *nodes = fh_alloc(2 * leaves * sizeof *nodes);
    int *node_of = fh_alloc(leaves * sizeof *node_of);
    bool *gone = fh_alloc_zeroed(leaves, sizeof *gone);
    double *losses = fh_alloc(leaves * leaves * sizeof *losses);
    for (size_t i = 0; i < leaves; i++) {
        nodes[i] = (tree_node){(uint32_t)(FIXED + i), -1, -1};
        node_of[i] = (int)i;
        for (size_t k = i + 1; k < leaves; k++)
            losses[i * leaves + k] = merge_loss(c, (uint32_t)(FIXED + i), (uint32_t)(FIXED + k));
    }
    for (; count < 2 * leaves - 1; count++) {
        size_t a = 0, b = 0;
        cheapest(losses, gone, leaves, &a, &b);
        merge(c, (uint32_t)(FIXED + a), (uint32_t)(FIXED + b));
        nodes[count] = (tree_node){(uint32_t)(FIXED + a), node_of[a], node_of[b]};
        node_of[a] = (int)count;
        gone[b] = true;
        /* Losses between others change little, and are left. */
        for (size_t k = 0; k < leaves; k++) {
            if (gone[k] || k == a) continue;
            size_t low = k < a ? k : a, high = k < a ? a : k;
            losses[low * leaves + high] = merge_loss(c, (uint32_t)(FIXED + low), (uint32_t)(FIXED + high));
        }
    }
    fh_buf path = {0};
    write_node(c, nodes, (int)count - 1, &path, out);
    fh_buf_free(&path);
    free(nodes);
    free(node_of);
    free(gone);
    free(losses);
}
