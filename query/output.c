/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of output formats and facets. */
#include "query/output.h"

const fh_output *fh_outputs(void) {
    static const fh_output outputs[] = {
        {"text", "for people, at a terminal", fh_output_text},
        {"json", "one object a query, text in pieces", fh_output_json},
        {"trec", "qid Q0 docid rank score fihris", fh_output_trec},
        {NULL, NULL, NULL},
    };
    return outputs;
}

const fh_facet_name *fh_facet_names(void) {
    static const fh_facet_name names[] = {
        {"source", "المصدر", FH_SLOT_SOURCE},
        {"author", "الكاتب", FH_SLOT_AUTHOR},
        {"month", "الشهر", FH_SLOT_MONTH},
        {"language", "اللغة", FH_SLOT_LANGUAGE},
        {"entity", "الكيان", FH_SLOT_ENTITIES},
        {"keyword", "الكلمة الدلالية", FH_SLOT_KEYWORDS},
        {NULL, NULL, FH_SLOTS},
    };
    return names;
}

const fh_facet_name *fh_facet_of_slot(fh_slot slot) {
    const fh_facet_name *facet = fh_facet_names();
    while (facet->name && facet->slot != slot) facet++;
    return facet;
}

fh_str fh_entity_label(fh_str id) {
    const fh_entity *entity = fh_gazetteer_find(fh_gazetteer_builtin(), id);
    return entity ? fh_str_from(entity->label) : id;
}
