/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The learner: a conditional random field whose training makes wrong labels look better than they are, and
 * missed names more so than false ones, so that what it learns keeps a margin and leans towards finding names
 * (softmax-margin: Gimpel and Smith, 2010).  Steps are those of FTRL-Proximal (McMahan and others, 2013),
 * whose L1 penalty leaves most features without any weight; at each look at a word, some of its features are
 * hidden, so that none is relied on alone (dropout). */
#ifndef FH_ENTITIES_TRAIN_CRF_H
#define FH_ENTITIES_TRAIN_CRF_H

#include "base/buf.h"
#include "entities/train/examples.h"

typedef struct fh_crf_settings {
    unsigned rounds;
    float rate, l1, l2;
    float hidden;       /* share of features */
    float missed, made; /* costs of a wrong label, where there is a name and where there is none */
    unsigned rare;      /* features seen fewer times get no weight */
    float weakest;      /* weights below are dropped */
} fh_crf_settings;

extern const fh_crf_settings fh_crf_usual;

typedef struct fh_crf fh_crf;

/* Learns from the examples but those from `skip` up to, not including, `skip_end`. */
fh_crf *fh_crf_train(const fh_examples *examples, size_t skip, size_t skip_end,
                     const fh_crf_settings *settings);
void fh_crf_free(fh_crf *crf); /* takes NULL */

/* Appends the weights as fh_model_read_weights reads them. */
void fh_crf_write(const fh_crf *crf, const fh_examples *examples, fh_buf *out);

#endif
