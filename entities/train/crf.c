/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights from examples, a sentence at a time. */
#include "entities/train/crf.h"

#include "base/memory.h"
#include "entities/train/model.h"

#include <math.h>
#include <stdlib.h>

const fh_crf_settings fh_crf_usual = {
    .rounds = 25,
    .rate = 0.1F,
    .l1 = 5,
    .l2 = 1,
    .hidden = 0.15F,
    .missed = 4,
    .made = 2,
    .rare = 3,
    .weakest = 0.05F,
};

/* A weight and what FTRL-Proximal remembers of it. */
typedef struct weight {
    float value, sum, squares;
} weight;

struct fh_crf {
    fh_crf_settings settings;
    weight (*features)[FH_LABELS];
    weight steps[FH_LABELS][FH_LABELS];
    uint32_t *seen; /* how often each feature */
    uint32_t seed;  /* of this look at the example, and of the order */
};

/* What a sentence's words are worth and how likely their labels are, a row of labels a word. */
typedef float row[FH_LABELS];
typedef struct lattice {
    size_t capacity;
    row *worth; /* e to the sum of a word's weights; the best label's is 1 */
    row *forward, *back;
} lattice;

static uint32_t scramble(uint32_t value) {
    value = (value ^ value >> 15) * 0x2C1B3C6Du;
    return (value ^ value >> 12) * 0x297A2D39u;
}

static bool is_used(const fh_crf *crf, size_t word, uint32_t feature) {
    if (crf->seen[feature] < crf->settings.rare) return false;
    uint32_t chance = scramble(scramble((uint32_t)word ^ crf->seed) + feature);
    return (float)(chance >> 8) >= crf->settings.hidden * (1 << 24);
}

static void learn(const fh_crf_settings *s, weight *w, float gradient, float l1) {
    float squares = w->squares + gradient * gradient;
    float sigma = (sqrtf(squares) - sqrtf(w->squares)) / s->rate;
    w->sum += gradient - sigma * w->value;
    w->squares = squares;
    float beyond = fabsf(w->sum) - l1;
    w->value = beyond <= 0 ? 0 : -copysignf(beyond, w->sum) / ((1 + sqrtf(squares)) / s->rate + s->l2);
}

/* ---- How likely each label is ---- */

/* A label that is worth less by this is as good as none, but all together must not become 0. */
#define FAR 40.0F

static void weigh(const fh_crf *crf, const fh_example *e, size_t at, row out) {
    float best = 0;
    memset(out, 0, sizeof(row));
    for (uint32_t k = e->starts[at]; k < e->starts[at + 1]; k++) {
        if (!is_used(crf, at, e->features[k])) continue;
        const weight *weights = crf->features[e->features[k]];
        for (size_t l = 0; l < FH_LABELS; l++) out[l] += weights[l].value;
    }
    float cost = e->labels[at] == FH_OUTSIDE ? crf->settings.made : crf->settings.missed;
    for (size_t l = 0; l < FH_LABELS; l++) {
        if (l != e->labels[at]) out[l] += cost;
        if (out[l] > best) best = out[l];
    }
    for (size_t l = 0; l < FH_LABELS; l++) out[l] = expf(fmaxf(out[l] - best, -FAR));
}

static void scale_to_one(row values) {
    float sum = 0;
    for (size_t l = 0; l < FH_LABELS; l++) sum += values[l];
    for (size_t l = 0; l < FH_LABELS; l++) values[l] /= sum;
}

static void go_forward(lattice *g, size_t count, row *steps) {
    for (size_t i = 0; i < count; i++) {
        for (unsigned to = 0; to < FH_LABELS; to++) {
            float sum = i == 0 ? fh_label_opens(to) : 0;
            for (unsigned from = 0; i > 0 && from < FH_LABELS; from++)
                sum += g->forward[i - 1][from] * steps[from][to];
            g->forward[i][to] = sum * g->worth[i][to];
        }
        scale_to_one(g->forward[i]);
    }
}

static void go_back(lattice *g, size_t count, row *steps) {
    for (unsigned l = 0; l < FH_LABELS; l++) g->back[count - 1][l] = fh_label_closes(l);
    for (size_t i = count - 1; i-- > 0;) {
        row next;
        for (size_t l = 0; l < FH_LABELS; l++) next[l] = g->back[i + 1][l] * g->worth[i + 1][l];
        for (unsigned from = 0; from < FH_LABELS; from++) {
            float sum = 0;
            for (unsigned to = 0; to < FH_LABELS; to++) sum += steps[from][to] * next[to];
            g->back[i][from] = sum;
        }
        scale_to_one(g->back[i]);
    }
}

/* ---- What a sentence teaches ---- */

/* Below, a gradient teaches nothing that is worth the time. */
#define NEGLIGIBLE 1e-4F

static void learn_word(fh_crf *crf, const fh_example *e, size_t at, const row forward, const row back) {
    row gradient;
    for (size_t l = 0; l < FH_LABELS; l++) gradient[l] = forward[l] * back[l];
    scale_to_one(gradient);
    gradient[e->labels[at]] -= 1;
    uint8_t labels[FH_LABELS], count = 0;
    for (unsigned l = 0; l < FH_LABELS; l++)
        if (fabsf(gradient[l]) >= NEGLIGIBLE) labels[count++] = (uint8_t)l;
    if (count == 0) return;
    for (uint32_t k = e->starts[at]; k < e->starts[at + 1]; k++) {
        if (!is_used(crf, at, e->features[k])) continue;
        weight *weights = crf->features[e->features[k]];
        for (size_t i = 0; i < count; i++)
            learn(&crf->settings, &weights[labels[i]], gradient[labels[i]], crf->settings.l1);
    }
}

static void add_step(const lattice *g, size_t at, row *steps, row *gradients) {
    row both[FH_LABELS];
    float sum = 0;
    for (size_t from = 0; from < FH_LABELS; from++) {
        for (size_t to = 0; to < FH_LABELS; to++) {
            both[from][to] = g->forward[at - 1][from] * steps[from][to] * g->worth[at][to] * g->back[at][to];
            sum += both[from][to];
        }
    }
    for (size_t from = 0; from < FH_LABELS; from++)
        for (size_t to = 0; to < FH_LABELS; to++) gradients[from][to] += both[from][to] / sum;
}

static void learn_sentence(fh_crf *crf, const fh_example *e, size_t first, size_t count, lattice *g) {
    row steps[FH_LABELS], gradients[FH_LABELS] = {{0}};
    for (unsigned from = 0; from < FH_LABELS; from++)
        for (unsigned to = 0; to < FH_LABELS; to++)
            steps[from][to] = fh_labels_follow(from, to) ? expf(crf->steps[from][to].value) : 0;
    for (size_t i = 0; i < count; i++) weigh(crf, e, first + i, g->worth[i]);
    go_forward(g, count, steps);
    go_back(g, count, steps);
    for (size_t i = 0; i < count; i++) {
        learn_word(crf, e, first + i, g->forward[i], g->back[i]);
        if (i == 0) continue;
        add_step(g, i, steps, gradients);
        gradients[e->labels[first + i - 1]][e->labels[first + i]] -= 1;
    }
    for (unsigned from = 0; from < FH_LABELS; from++)
        for (unsigned to = 0; to < FH_LABELS; to++)
            if (fh_labels_follow(from, to))
                learn(&crf->settings, &crf->steps[from][to], gradients[from][to], 0);
}

static void learn_text(fh_crf *crf, const fh_example *e, lattice *g) {
    for (size_t first = 0; first < e->count;) {
        size_t end = first + 1;
        while (end < e->count && !e->begins[end]) end++;
        if (end - first > g->capacity) {
            g->capacity = end - first;
            g->worth = fh_realloc(g->worth, g->capacity * sizeof *g->worth);
            g->forward = fh_realloc(g->forward, g->capacity * sizeof *g->forward);
            g->back = fh_realloc(g->back, g->capacity * sizeof *g->back);
        }
        learn_sentence(crf, e, first, end - first, g);
        first = end;
    }
}

/* ---- All examples ---- */

static void shuffle(size_t *order, size_t count, uint32_t *seed) {
    for (size_t i = count; i-- > 1;) {
        *seed = *seed * 1664525u + 1013904223u;
        size_t other = (size_t)((uint64_t)*seed * (i + 1) >> 32), held = order[i];
        order[i] = order[other];
        order[other] = held;
    }
}

static void count_features(fh_crf *crf, const fh_example *e) {
    for (uint32_t k = 0; k < e->starts[e->count]; k++) crf->seen[e->features[k]]++;
}

fh_crf *fh_crf_train(const fh_examples *examples, size_t skip, size_t skip_end,
                     const fh_crf_settings *settings) {
    fh_crf *crf = fh_alloc_zeroed(1, sizeof *crf);
    crf->settings = *settings;
    crf->features = fh_alloc_zeroed(examples->key_count + 1, sizeof *crf->features);
    crf->seen = fh_alloc_zeroed(examples->key_count + 1, sizeof *crf->seen);
    crf->seed = 1;
    size_t *order = fh_alloc((examples->count + 1) * sizeof *order), count = 0;
    lattice g = {0};
    for (size_t i = 0; i < examples->count; i++) {
        if (i >= skip && i < skip_end) continue;
        order[count++] = i;
        count_features(crf, &examples->items[i]);
    }
    for (unsigned round = 0; round < crf->settings.rounds; round++) {
        shuffle(order, count, &crf->seed);
        for (size_t i = 0; i < count; i++) {
            crf->seed = crf->seed * 1664525u + 1013904223u;
            learn_text(crf, &examples->items[order[i]], &g);
        }
    }
    free(order);
    free(g.worth);
    free(g.forward);
    free(g.back);
    return crf;
}

void fh_crf_free(fh_crf *crf) {
    if (!crf) return;
    free(crf->features);
    free(crf->seen);
    free(crf);
}

void fh_crf_write(const fh_crf *crf, const fh_examples *examples, fh_buf *out) {
    /* Hidden features made the others do more. */
    float shown = 1 - crf->settings.hidden;
    float values[FH_LABELS];
    for (size_t from = 0; from < FH_LABELS; from++) {
        for (size_t to = 0; to < FH_LABELS; to++) values[to] = crf->steps[from][to].value;
        fh_model_write_steps(values, out);
    }
    for (size_t i = 0; i < examples->key_count; i++) {
        for (size_t l = 0; l < FH_LABELS; l++) {
            float value = crf->features[i][l].value * shown;
            values[l] = fabsf(value) < crf->settings.weakest ? 0 : value;
        }
        fh_model_write_feature(examples->keys[i], values, out);
    }
}
