/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All names of an article: what one part names is evidence for the others. */
#include "entities/parts.h"

#include "entities/scan.h"

/* The listed names of each part, the weak ones by the evidence of all. */
static void find_listed(const fh_gazetteer *gazetteer, const fh_named_text *parts, size_t count,
                        fh_arena *arena, fh_mentions *out) {
    fh_evidence evidence;
    fh_evidence_start(gazetteer, arena, &evidence);
    fh_matches *found = FH_ARENA_ARRAY(arena, fh_matches, count);
    for (size_t i = 0; i < count; i++) {
        found[i] = fh_names_scan(gazetteer, parts[i].text, parts[i].tokens, arena);
        fh_evidence_add(gazetteer, &found[i], &evidence);
    }
    for (size_t i = 0; i < count; i++)
        out[i] = fh_names_resolve(gazetteer, &evidence, &found[i], parts[i].tokens, arena);
}

void fh_entities_find_parts(const fh_gazetteer *gazetteer, fh_name_finder *finder, const fh_named_text *parts,
                            size_t count, fh_arena *arena, fh_mentions *out) {
    find_listed(gazetteer, parts, count, arena, out);
    fh_recognised_add(gazetteer, finder, parts, count, arena, out);
    fh_surnames_add(gazetteer, parts, count, arena, out);
    for (size_t i = 0; i < count; i++)
        out[i] = fh_mentions_nest(gazetteer, parts[i].text, parts[i].tokens, out[i], arena);
}
