/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands for the model in a build without it. */
#include "entities/entities.h"

const fh_recogniser *fh_recogniser_builtin(void) {
    return NULL;
}
