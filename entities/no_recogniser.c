/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Built without a recogniser: only listed names are found. */
#include "entities/entities.h"

const fh_recogniser *fh_recogniser_builtin(void) {
    return NULL;
}
