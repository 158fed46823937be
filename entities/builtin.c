/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that come with the program; apart from the rest, because their generator is linked with that. */
#include "entities/gazetteer.h"

const fh_gazetteer *fh_gazetteer_builtin(void) {
    return &fh_builtin_gazetteer;
}
