/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a gazetteer lies in memory: constant tables that need no start-up.  The generator writes them and the
 * search walks them. */
#ifndef FH_ENTITIES_GAZETTEER_H
#define FH_ENTITIES_GAZETTEER_H

#include "entities/entities.h"
#include "entities/near.h"

#define FH_NO_ENTITY UINT32_MAX /* of a phrase that holds a name but means something else: مسقط رأسه */

/* One spelling of one entity. */
typedef struct fh_name {
    uint32_t words;  /* where its words begin in `sequence`; neighbours with the same words share it */
    uint32_t entity; /* or FH_NO_ENTITY */
    uint32_t exact;  /* where in `texts` the spelling is that alone is meant; 0: whatever has these words */
    uint8_t count;   /* of words */
    bool weak; /* names the entity only where the text names it, or a place its country, in another way too */
} fh_name;

/* A word that is in some name. */
typedef struct fh_name_word {
    uint32_t text; /* where in `texts` its key is */
    uint32_t len;
    uint32_t first, count; /* the names that begin with it: most words first, then the exact, the weak last */
} fh_name_word;

/* Open addressing, linear probing, a power of two of slots. */
typedef struct fh_name_slot {
    uint32_t hash;
    uint32_t word; /* index + 1 in `words`; 0: empty */
} fh_name_slot;

/* A bit for each value that the upper half of a word's hash can have; set where a word of some name has it.
 * It stays in the processor's nearest cache, and most words of a text are in no name. */
#define FH_FILTER_BITS (1u << 16)
#define FH_FILTER_WORD_BITS 32

struct fh_gazetteer {
    const fh_entity *entities; /* by id */
    const fh_name *names;
    const uint32_t *sequence; /* indices in `words` */
    const fh_name_word *words;
    const fh_name_slot *slots;
    const uint32_t *filter;
    const char *texts;       /* each ends in a zero byte; the first is empty */
    const fh_near_row *near; /* by hash */
    uint32_t entity_count, slot_mask, near_count;
};

extern const fh_gazetteer fh_builtin_gazetteer; /* generated */

/* The word whose key is `article` and `word` together; NULL: it is in no name. */
const fh_name_word *fh_gazetteer_word(const fh_gazetteer *gazetteer, fh_str article, fh_str word);

#endif
