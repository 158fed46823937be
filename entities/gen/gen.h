/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the built-in gazetteer: ICU's names of places and the lists of data/ become constant tables in C. */
#ifndef FH_ENTITIES_GEN_GEN_H
#define FH_ENTITIES_GEN_GEN_H

#include "entities/gazetteer_text.h"

/* Countries, and the cities that time zones are named after. */
fh_status gen_read_icu(fh_lists *lists, fh_error *err);

fh_status gen_read_currencies(fh_lists *lists, fh_error *err);

/* data/demonyms.tsv, when all places are known, and the nisbas of countries that it does not speak of. */
fh_status gen_read_demonyms(fh_lists *lists, fh_str text, const char *name, fh_error *err);

/* Packed tables as C. */
void gen_write(fh_str packed, fh_buf *out);

#endif
