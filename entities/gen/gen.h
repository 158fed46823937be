/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes the built-in gazetteer: ICU's names of places and the lists of data/ become constant tables in C.
 *
 * A list has a line for each entity, six columns between tabs:
 *
 *     id  type  country  Latin name  Arabic name  spellings
 *
 * A line whose id ICU has given already adds to it: its empty columns stay as ICU has them, `-` empties one.
 * It has no type, unless it shall stand alone where another version of ICU does not have the place.
 *
 * Spellings stand between `|`. {a,b} is either, `_` is a space or nothing. A spelling may begin with
 *
 *     =  only as written, down to ى and ي, ة and ه, آ and ا, and the harakat it has
 *     ?  only in a text that names the entity, or a place's country, in another way too
 *     !  never, although it is the entity's name: it is an ordinary word
 *
 * A name in the columns before is a spelling like any other, unless it is said here how it is meant.
 *
 * The id `-` begins a line of phrases that hold a name and name nothing. */
#ifndef FH_ENTITIES_GEN_GEN_H
#define FH_ENTITIES_GEN_GEN_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "entities/entities.h"

typedef struct gen_entity {
    fh_str id, country, latin, label;
    fh_entity_type type;
    uint32_t index; /* in the table written; set once its spellings are settled */
    bool has_names; /* … and some are left */
    bool is_icus;   /* no list speaks of it yet */
} gen_entity;

/* Who says that an entity is spelled so.  Where two entities would have one spelling, ICU's yields. */
typedef enum gen_source {
    GEN_ICU_CITY,
    GEN_ICU_COUNTRY,
    GEN_NAME,     /* the columns of names */
    GEN_SPELLING, /* the column of spellings */
} gen_source;

typedef struct gen_spelling {
    gen_entity *entity; /* NULL: names nothing */
    fh_str text;
    fh_str where; /* file:line */
    gen_source source;
    bool exact, weak, never;
    fh_strs words; /* keys */
} gen_spelling;

typedef struct gen_lists {
    fh_arena *arena;
    gen_entity **entities;
    size_t entity_count, entity_capacity;
    gen_spelling *spellings;
    size_t spelling_count, spelling_capacity;
} gen_lists;

gen_entity *gen_entity_find(const gen_lists *lists, fh_str id);
gen_entity *gen_entity_add(gen_lists *lists, fh_str id, fh_entity_type type);
void gen_spelling_add(gen_lists *lists, const gen_spelling *spelling);

/* icu.c: countries, and the cities that time zones are named after. */
fh_status gen_read_icu(gen_lists *lists, fh_error *err);

/* rows.c: one list of data/. */
fh_status gen_read_list(gen_lists *lists, const char *path, fh_error *err);

/* settle.c: spellings become words, each is left to one entity, and all are put in the tables' order. */
fh_status gen_settle(gen_lists *lists, fh_error *err);

/* write.c: the tables as C. */
void gen_write(gen_lists *lists, fh_buf *out);

/* near.c: of them, names by what near spellings share.  Returns how many rows. */
size_t gen_write_near(const gen_lists *lists, fh_buf *out);

#endif
