/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights by key, from the model; and by value, from tables that are filled once. */
#include "entities/weights.h"

#include "base/memory.h"

#include <stdlib.h>

typedef int8_t weight_row[FH_LANES];
typedef int8_t narrow_lanes __attribute__((vector_size(sizeof(weight_row))));

enum { LETTERS = UINT8_MAX + 1 };

/* What a class weighs where it is … */
typedef struct class_rows {
    weight_row topic[FH_TOPICS];        /* a word's, in a text about this */
    weight_row topic_behind[FH_TOPICS]; /* that of the word before */
    weight_row elsewhere[2];            /* before or behind the same word elsewhere */
} class_rows;

struct fh_weight_tables {
    weight_row forms[2][FH_FORMS][FH_FORMS]; /* of a neighbour, then of the word */
    weight_row endings[FH_MENTIONS][LETTERS];
    weight_row mentions[FH_MENTIONS];           /* elsewhere */
    weight_row clitics[FH_CLITICS][FH_CLITICS]; /* elsewhere, then here */
    class_rows classes[];
};

/* ---- By key ---- */

static inline uint32_t slot_of(const fh_recogniser *model, uint32_t key) {
    return fh_feature_slot(key, model->shifts[fh_feature_bucket(key)]);
}

void fh_weights_fetch(const fh_recogniser *model, const uint32_t *keys, size_t count, fh_feature_place *out) {
    for (size_t i = 0; i < count; i++) {
        uint32_t slot = slot_of(model, keys[i]);
        __builtin_prefetch(&model->marks[slot]);
        __builtin_prefetch(model->weights[slot]);
        out[i] = (fh_feature_place){(uint16_t)slot, (uint16_t)keys[i]};
    }
}

/* Without branches: where a key is not in the table, nothing is added. */
void fh_weigh(const fh_recogniser *model, const fh_feature_place *places, size_t count, fh_sums out) {
    fh_lanes sum = {0};
    for (size_t i = 0; i < count; i++) {
        narrow_lanes row;
        memcpy(&row, model->weights[places[i].slot], sizeof row);
        int8_t known = (int8_t) - (model->marks[places[i].slot] == places[i].mark);
        sum += __builtin_convertvector(row & known, fh_lanes);
    }
    memcpy(out, &sum, sizeof sum);
}

/* ---- By value ---- */

static void fill_row(const fh_recogniser *model, uint32_t key, weight_row out) {
    uint32_t slot = slot_of(model, key);
    if (model->marks[slot] == (uint16_t)key) memcpy(out, model->weights[slot], sizeof(weight_row));
}

static void fill_forms(const fh_recogniser *model, fh_weight_tables *t) {
    for (fh_side side = FH_SIDE_BEFORE; side <= FH_SIDE_BEHIND; side++)
        for (unsigned near = 0; near < FH_FORMS; near++)
            for (unsigned form = 0; form < FH_FORMS; form++)
                fill_row(model, fh_feature_forms(side, near, form), t->forms[side][near][form]);
}

static void fill_mentions(const fh_recogniser *model, fh_weight_tables *t) {
    for (unsigned mention = 0; mention < FH_MENTIONS; mention++) {
        fill_row(model, fh_feature_elsewhere_mention(mention), t->mentions[mention]);
        for (unsigned letter = 0; letter < LETTERS; letter++)
            fill_row(model, fh_feature_ending(mention, letter), t->endings[mention][letter]);
    }
}

static void fill_clitics(const fh_recogniser *model, fh_weight_tables *t) {
    for (unsigned there = 0; there < FH_CLITICS; there++)
        for (unsigned here = 0; here < FH_CLITICS; here++)
            fill_row(model, fh_feature_elsewhere_clitics(there, here), t->clitics[there][here]);
}

static void fill_class(const fh_recogniser *model, fh_word_class class, class_rows *out) {
    for (unsigned topic = 0; topic < FH_TOPICS; topic++) {
        fill_row(model, fh_feature_topic(topic, class), out->topic[topic]);
        fill_row(model, fh_feature_topic_behind(topic, class), out->topic_behind[topic]);
    }
    for (fh_side side = FH_SIDE_BEFORE; side <= FH_SIDE_BEHIND; side++)
        fill_row(model, fh_feature_elsewhere(side, class), out->elsewhere[side]);
}

fh_weight_tables *fh_weight_tables_new(const fh_recogniser *model) {
    size_t classes = model->facts.class_count;
    fh_weight_tables *t = fh_alloc_zeroed(1, sizeof *t + classes * sizeof *t->classes);
    fill_forms(model, t);
    fill_mentions(model, t);
    fill_clitics(model, t);
    for (size_t i = 0; i < classes; i++) fill_class(model, model->facts.classes[i], &t->classes[i]);
    return t;
}

void fh_weight_tables_free(fh_weight_tables *tables) {
    free(tables);
}

/* ---- One word ---- */

static inline void add_row(const weight_row row, fh_lanes *sum) {
    narrow_lanes lanes;
    memcpy(&lanes, row, sizeof lanes);
    *sum += __builtin_convertvector(lanes, fh_lanes);
}

/* What the word shows where it stands elsewhere. */
static inline void add_elsewhere(const fh_weight_tables *t, const fh_word_view *word,
                                 const fh_word_view *other, fh_lanes *sum) {
    add_row(t->classes[other[-1].class.number].elsewhere[FH_SIDE_BEFORE], sum);
    add_row(t->classes[other[1].class.number].elsewhere[FH_SIDE_BEHIND], sum);
    add_row(t->mentions[other->mention], sum);
    add_row(t->clitics[other->clitics][word->clitics], sum);
}

void fh_weigh_few_valued(const fh_weight_tables *t, const fh_text_view *view, size_t at, fh_sums out) {
    const fh_word_view *word = &view->words[at];
    unsigned form = fh_form_of(word);
    fh_lanes sum = {0};
    add_row(t->forms[FH_SIDE_BEFORE][fh_form_of(word - 1)][form], &sum);
    add_row(t->forms[FH_SIDE_BEHIND][fh_form_of(word + 1)][form], &sum);
    add_row(t->endings[word->mention][word->suffix & UINT8_MAX], &sum);
    add_row(t->classes[word->class.number].topic[word->topic], &sum);
    add_row(t->classes[word[-1].class.number].topic_behind[word->topic], &sum);
    if (word->before != at) add_elsewhere(t, word, &view->words[word->before], &sum);
    if (word->after != at) add_elsewhere(t, word, &view->words[word->after], &sum);
    memcpy(out, &sum, sizeof sum);
}
