/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of facets.  Ids that mean one entity are counted as its own id. */
#include "query/facets.h"

#include "query/known.h"
#include "query/written.h"

const fh_facet_name *fh_facet_names(void) {
    static const fh_facet_name names[] = {
        {"source", "المصدر", FH_SLOT_SOURCE, FH_ANY_TYPE},
        {"author", "الكاتب", FH_SLOT_AUTHOR, FH_ANY_TYPE},
        {"month", "الشهر", FH_SLOT_MONTH, FH_ANY_TYPE},
        {"language", "اللغة", FH_SLOT_LANGUAGE, FH_ANY_TYPE},
        {"entity", "الكيان", FH_SLOT_ENTITIES, FH_ANY_TYPE},
        {"person", "الشخص", FH_SLOT_ENTITIES, FH_ENTITY_PERSON},
        {"place", "المكان", FH_SLOT_ENTITIES, FH_ENTITY_PLACE},
        {"organisation", "المنظمة", FH_SLOT_ENTITIES, FH_ENTITY_ORGANISATION},
        {"event", "الحدث", FH_SLOT_ENTITIES, FH_ENTITY_EVENT},
        {"product", "المنتج", FH_SLOT_ENTITIES, FH_ENTITY_PRODUCT},
        {"keyword", "الكلمة الدلالية", FH_SLOT_KEYWORDS, FH_ANY_TYPE},
        {NULL, NULL, FH_SLOTS, FH_ANY_TYPE},
    };
    return names;
}

/* 0: any, or that of an id which says nothing. */
static int kind_of(int type) {
    return type == FH_ANY_TYPE ? 0 : type + 1;
}

static fh_str entity_counted_as(const void *gazetteer, fh_str id, int *kind) {
    const fh_entity *listed = fh_gazetteer_find(gazetteer, id);
    *kind = kind_of(listed ? listed->type : fh_known_type(id));
    return listed ? fh_str_from(listed->id) : id;
}

fh_facet_request *fh_facets_request(const fh_facet_wanted *wanted, size_t count,
                                    const fh_gazetteer *gazetteer, fh_arena *arena) {
    fh_facet_request *requests = FH_ARENA_ARRAY(arena, fh_facet_request, count + 1);
    for (size_t i = 0; i < count; i++) {
        requests[i] = (fh_facet_request){.slot = wanted[i].by->slot, .limit = wanted[i].limit};
        if (wanted[i].by->slot != FH_SLOT_ENTITIES) continue;
        requests[i].map = entity_counted_as;
        requests[i].context = gazetteer;
        requests[i].kind = kind_of(wanted[i].by->type);
    }
    return requests;
}

fh_status fh_facets_answer(const fh_searcher *searcher, const fh_facet_wanted *wanted,
                           const fh_results *results, fh_arena *arena, fh_answer *answer, fh_error *err) {
    fh_status status = FH_OK;
    fh_answer_facet *facets = FH_ARENA_ARRAY(arena, fh_answer_facet, results->facet_count + 1);
    answer->facets = facets;
    answer->facet_count = results->facet_count;
    for (size_t i = 0; i < results->facet_count; i++) {
        const fh_facet *from = &results->facets[i];
        fh_answer_value *values = FH_ARENA_ARRAY(arena, fh_answer_value, from->value_count + 1);
        facets[i] = (fh_answer_facet){.by = wanted[i].by,
                                      .values = values,
                                      .value_count = from->value_count,
                                      .values_in_all = from->values_in_all};
        for (size_t v = 0; v < from->value_count; v++) {
            fh_str value = from->values[v].value;
            values[v] = (fh_answer_value){value, value, from->values[v].articles};
            if (status == FH_OK && from->slot == FH_SLOT_ENTITIES)
                status = fh_written_label(searcher, answer, value, arena, &values[v].label, err);
        }
    }
    return status;
}
