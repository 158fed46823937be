/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What entities can be; apart from the gazetteer, because its generator speaks of them too. */
#include "entities/entities.h"

static const char *const names[] = {
    [FH_ENTITY_PERSON] = "person", [FH_ENTITY_PLACE] = "place",     [FH_ENTITY_ORGANISATION] = "organisation",
    [FH_ENTITY_EVENT] = "event",   [FH_ENTITY_PRODUCT] = "product",
};

const char *fh_entity_type_name(fh_entity_type type) {
    return names[type];
}
