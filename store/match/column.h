/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in a slot of each document, as numbers of values: so they are counted and compared. */
#ifndef FH_STORE_MATCH_COLUMN_H
#define FH_STORE_MATCH_COLUMN_H

#include "base/arena.h"
#include "base/buf.h"
#include "store/match/value.h"

#define FH_NO_VALUE UINT32_MAX
#define FH_NOT_ASKED (UINT32_MAX - 1)

typedef struct fh_column_value {
    fh_str kept; /* as it stands in the slot (value.h); borrowed from the column */
    fh_str text; /* what it says, of one that something is counted as */
    int kind;    /* likewise */
} fh_column_value;

/* What is looked at for every value of every document that is found. */
typedef struct fh_column_count {
    uint32_t meant;       /* the number of what it is counted as, FH_NO_VALUE, or FH_NOT_ASKED yet */
    uint32_t summed;      /* that of the same value where several indexes are added up, or FH_NOT_ASKED yet */
    uint32_t count, last; /* of the search at hand: documents, the last of them; all zeros between two */
} fh_column_count;

typedef struct fh_column {
    fh_slot slot;
    fh_column_value *values;
    fh_column_count *counts; /* of each value */
    size_t count, room;
    struct fh_column_place *places; /* values by their hash */
    size_t place_count;
    fh_arena *memory;
    fh_buf numbers;      /* of each document's values, one behind the other, as fh_glass_uint writes them */
    uint32_t *starts;    /* of each document in `numbers`, and where the last one ends; NULL: not learned */
    bool listed;         /* some document has more than one value */
    uint64_t asked;      /* documents, of a column that was not learned yet */
    fh_value_map *map;   /* by which values mean what they do */
    const void *context; /* of `map` */
    uint32_t *touched;   /* values with a count */
    size_t touched_count, touched_room;
} fh_column;

fh_column *fh_column_new(fh_slot slot);
void fh_column_free(fh_column *column); /* takes NULL */

/* Takes up what all documents have, up to the number `last`.  False: the table is damaged. */
bool fh_column_learn(fh_column *column, const fh_mapped *postings, uint32_t last);

/* The number of a value as it stands in the slot, a new one of a new value. */
uint32_t fh_column_number(fh_column *column, fh_str kept);

/* The numbers of a document's values, of a column that was learned: taken one by one up to the end. */
typedef struct fh_column_numbers {
    const unsigned char *at, *end;
} fh_column_numbers;

static inline fh_column_numbers fh_column_of(const fh_column *column, uint32_t document) {
    const unsigned char *bytes = (const unsigned char *)column->numbers.ptr;
    return (fh_column_numbers){bytes + column->starts[document], bytes + column->starts[document + 1]};
}

static inline uint32_t fh_column_take(fh_column_numbers *from) {
    uint32_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
        unsigned char byte = *from->at++;
        number |= (uint32_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
}

/* Takes the first of the values of a list; what is left of it is behind its end. */
fh_str fh_value_take(fh_str *list);

#endif
