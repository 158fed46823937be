/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the stemmers are called. */
#include "stemmer/stemmer.h"

static const char *const names[] = {
    [FH_STEMMER_LIGHT] = "light",
    [FH_STEMMER_LIGHT10] = "light10",
    [FH_STEMMER_NONE] = "none",
};

bool fh_stemmer_parse(fh_str name, fh_stemmer *out) {
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!fh_str_equal(name, fh_str_from(names[i]))) continue;
        *out = (fh_stemmer)i;
        return true;
    }
    return false;
}

const char *fh_stemmer_name(fh_stemmer stemmer) {
    return names[stemmer];
}
