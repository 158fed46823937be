/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Weights of what is to be seen at words, added up. */
#ifndef FH_ENTITIES_WEIGHTS_H
#define FH_ENTITIES_WEIGHTS_H

#include "entities/name_features.h"

/* The weights of several features together, a lane a label. */
typedef int16_t fh_sums[FH_LANES];

/* Lanes side by side, as processors add them. */
typedef int16_t fh_lanes __attribute__((vector_size(sizeof(fh_sums))));

static inline void fh_sums_add(fh_sums sums, const fh_sums more) {
    fh_lanes a, b;
    memcpy(&a, sums, sizeof a);
    memcpy(&b, more, sizeof b);
    a += b;
    memcpy(sums, &a, sizeof a);
}

/* Where a feature is in the model, if it is there. */
typedef struct fh_feature_place {
    uint16_t slot, mark;
} fh_feature_place;

/* Finds the features of some keys, and tells the processor that their weights are wanted soon: most are far
 * away, and all of them can come while something else is done. */
void fh_weights_fetch(const fh_recogniser *model, const uint32_t *keys, size_t count, fh_feature_place *out);

/* Of all these features. */
void fh_weigh(const fh_recogniser *model, const fh_feature_place *places, size_t count, fh_sums out);

/* Weights by the values that features have, where these are few: no key is made and nothing is looked up. */
typedef struct fh_weight_tables fh_weight_tables;

fh_weight_tables *fh_weight_tables_new(const fh_recogniser *model);
void fh_weight_tables_free(fh_weight_tables *tables); /* takes NULL */

/* What the word at `at` shows by such features. */
void fh_weigh_few_valued(const fh_weight_tables *tables, const fh_text_view *view, size_t at, fh_sums out);

#endif
