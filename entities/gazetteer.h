/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a gazetteer lies in memory: constant tables that need no start-up, in one run of bytes.  What adds to a
 * gazetteer is a gazetteer of its own, a layer, and lies above its base.
 *
 * The bytes: a head, then the tables in the order of its counts, then the texts.  Numbers are of the machine
 * that made them. */
#ifndef FH_ENTITIES_GAZETTEER_H
#define FH_ENTITIES_GAZETTEER_H

#include "entities/entities.h"
#include "entities/near.h"

#define FH_NO_ENTITY UINT32_MAX /* of a phrase that holds a name but means something else: مسقط رأسه */

/* One spelling of one entity. */
typedef struct fh_name {
    uint32_t words;  /* where its words begin in `sequence`; neighbours with the same words share it */
    uint32_t entity; /* a record's index, or FH_NO_ENTITY */
    uint32_t exact;  /* where in `texts` the spelling is that alone is meant; 0: whatever has these words */
    uint8_t count;   /* of words */
    uint8_t weak; /* names the entity only where the text names it, or a place its country, otherwise too */
    uint8_t form; /* fh_form */
    uint8_t unused;
} fh_name;

/* A word that is in some name, or before some. */
typedef struct fh_name_word {
    uint32_t text; /* where in `texts` its key is */
    uint16_t len;
    uint16_t given; /* it stands before surnames: محمد, آل */
    uint32_t owner; /* the record of the one entity in whose names it is; FH_NO_ENTITY: of several, or none */
    uint32_t first, count; /* the names that begin with it: most words first, then the exact, the weak last */
} fh_name_word;

/* Open addressing, linear probing, a power of two of slots.  A slot has a part of a word's hash, then the
 * word's index + 1; 0: it is empty. */
typedef uint32_t fh_name_slot;
#define FH_SLOT_WORD_BITS 24
#define FH_SLOT_WORD_MASK ((1u << FH_SLOT_WORD_BITS) - 1)

static inline uint32_t fh_slot_tag(uint32_t hash) {
    return hash & ~FH_SLOT_WORD_MASK;
}

/* A bit for each value that the upper bits of a word's hash can have; set where a name begins with such a
 * word.  It stays in the processor's nearest cache, and most words of a text begin no name. */
#define FH_FILTER_BITS 17
#define FH_FILTER_WORD_BITS 32
#define FH_FILTER_WORDS ((1u << FH_FILTER_BITS) / FH_FILTER_WORD_BITS)

static inline uint32_t fh_filter_bit(uint32_t hash) {
    return hash >> (32 - FH_FILTER_BITS);
}

/* An entity that is named here; texts by their places in `texts`. */
typedef struct fh_entity_record {
    uint32_t id, label, latin, country;
    uint32_t type;
    uint32_t known; /* its number in the base that the layer was made for, or FH_NO_ENTITY: it is new */
} fh_entity_record;

/* Another id of an entity. */
typedef struct fh_entity_alias {
    uint32_t id; /* in `texts` */
    uint32_t entity;
} fh_entity_alias;

#define FH_PACKED_MAGIC "FHGZ"
#define FH_PACKED_VERSION 1u

typedef struct fh_packed_head {
    char magic[4];
    uint32_t version;
    uint64_t hash;      /* of all that follows the head */
    uint64_t base_hash; /* of the gazetteer that it was made for */
    uint32_t records;   /* fh_entity_record, by id */
    uint32_t aliases;   /* fh_entity_alias, by id */
    uint32_t names;     /* fh_name; the last one has no words and ends the neighbours of the one before */
    uint32_t nevers;    /* fh_name: spellings that are taken from entities of the base */
    uint32_t sequence;  /* uint32_t: indices of words */
    uint32_t words;     /* fh_name_word, by key */
    uint32_t slots;     /* fh_name_slot; then uint32_t filter[FH_FILTER_WORDS] */
    uint32_t nears;     /* fh_near_row, by hash */
    uint32_t texts;     /* bytes; each text ends in a zero byte, the first is empty */
} fh_packed_head;

/* A number in the base that means another one here. */
typedef struct fh_moved {
    uint32_t from, to;
} fh_moved;

struct fh_gazetteer {
    const fh_gazetteer *base;  /* NULL: it is the lowest */
    const fh_entity *entities; /* that are new here, by id; numbered from `first_entity` on */
    uint32_t entity_count, first_entity;
    const uint32_t *numbers; /* of the entities of records; NULL: each has its own index */
    const fh_entity_record *records;
    const fh_name *names;
    const fh_name *nevers;
    const uint32_t *sequence;
    const fh_name_word *words;
    const fh_name_slot *slots;
    const uint32_t *filter;
    const fh_near_row *near; /* by hash */
    const fh_entity_alias *aliases;
    const char *texts;
    uint32_t record_count, name_count, never_count, word_count, alias_count, near_count, slot_mask;
    uint64_t hash;          /* of this and all below */
    const fh_name **hidden; /* names of those below that are no names here, by address */
    fh_moved *moved;        /* entities of those below that are others here, by number */
    size_t hidden_count, moved_count;
    fh_str packed; /* what the tables are in */
    char *own;     /* the same, where nobody else keeps it */
};

extern const fh_gazetteer fh_builtin_gazetteer; /* generated */

/* Can a key with this hash begin a name?  Most often it tells that it cannot. */
static inline bool fh_gazetteer_may_have(const fh_gazetteer *gazetteer, uint32_t hash) {
    uint32_t bit = fh_filter_bit(hash);
    return gazetteer->filter[bit / FH_FILTER_WORD_BITS] >> bit % FH_FILTER_WORD_BITS & 1;
}

/* The word of this layer whose key is `article` and `word` together, or NULL. */
const fh_name_word *fh_gazetteer_word(const fh_gazetteer *layer, uint32_t hash, fh_str article, fh_str word);

static inline fh_str fh_gazetteer_key(const fh_gazetteer *layer, const fh_name *name, size_t word) {
    const fh_name_word *found = &layer->words[layer->sequence[name->words + word]];
    return (fh_str){layer->texts + found->text, found->len};
}

/* The first name of `layer` that has the words of `name`, a name of another layer; NULL: none. */
const fh_name *fh_gazetteer_same_words(const fh_gazetteer *layer, const fh_gazetteer *other,
                                       const fh_name *name);

/* The number in `gazetteer` of the entity of a record of `layer`, which is that or below it; FH_NO_ENTITY
 * stays.  Numbers are below fh_gazetteer_numbers. */
uint32_t fh_gazetteer_meant(const fh_gazetteer *gazetteer, const fh_gazetteer *layer, uint32_t record);
static inline uint32_t fh_gazetteer_numbers(const fh_gazetteer *gazetteer) {
    return gazetteer->first_entity + gazetteer->entity_count;
}
const fh_entity *fh_gazetteer_numbered(const fh_gazetteer *gazetteer, uint32_t number);

/* The number of an entity by one of its ids, or FH_NO_ENTITY. */
uint32_t fh_gazetteer_number_of(const fh_gazetteer *gazetteer, fh_str id);

/* Has a layer above `name`'s taken it away? */
bool fh_gazetteer_hides(const fh_gazetteer *gazetteer, const fh_name *name);

/* Do the bytes hold what their head says, with every place and index within bounds? */
bool fh_packed_is_sound(fh_str packed);

/* Points a gazetteer's tables into sound bytes. */
void fh_packed_lay_out(fh_str packed, fh_gazetteer *out);

#endif
