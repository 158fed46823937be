/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of names as people write them, those of data/ and a user's own, and how they become a gazetteer.
 *
 * A list has a line for each entity, six columns between tabs; what is empty at the end may be left out, and
 * # begins a line of comment:
 *
 *     id  type  country  Latin name  Arabic name  spellings
 *
 * Where a list adds to a gazetteer, a line whose id is known there adds spellings to that entity; its names,
 * if it has any, are spellings like the rest.  Any other entity has a type (person, place, organisation,
 * event, product) and at least one name.  Without an id it gets one of its type and its Arabic name:
 * person:خالد_الدوسري.
 *
 * Spellings stand between `|`. {a,b} is either, `_` is a space or nothing. A spelling may begin with
 *
 *     =  only as written, down to ى and ي, ة and ه, آ and ا, and the harakat it has
 *     ?  only in a text that names the entity, or a place's country, in another way too
 *     !  never, although it is the entity's name: it is an ordinary word
 *     ~  by the adjective or the people's name that belongs to a place (FH_FORM_NISBA)
 *     ^  in a line of phrases: a word before surnames, behind which no nisba names a place (محمد المصري)
 *
 * A name in the columns before is a spelling like any other, unless it is said here how it is meant.
 *
 * The id `-` begins a line of phrases that hold a name and name nothing.
 *
 * The type `=` makes the id another id of the entity that stands in the country's column:
 *
 *     old-id  =  id
 *
 * The same in JSON: an array of objects, or objects one after another, with the members id, type, country,
 * latin, label, and spellings, an array of strings; {"id": "old-id", "same_as": "id"} is another id. */
#ifndef FH_ENTITIES_GAZETTEER_TEXT_H
#define FH_ENTITIES_GAZETTEER_TEXT_H

#include "base/error.h"
#include "entities/entities.h"

#define FH_MAX_GAZETTEER_LINE (64u << 10) /* bytes */
#define FH_MAX_PATTERN 1000u              /* bytes of one spelling */
#define FH_MAX_PATTERN_SPELLINGS 4096u    /* that one pattern may stand for */
#define FH_MAX_SPELLINGS 500000u          /* in one list */

typedef struct fh_listed {
    fh_str id, country, latin, label;
    fh_entity_type type;
    const fh_entity *known; /* of the base; NULL: it is new */
    uint32_t index;         /* in the table written */
    bool is_needed;         /* it has names, or another id */
    bool is_open;           /* given by other than a list: a line may still add to it */
    bool has_nisba;         /* a list has said how its nisba is made */
} fh_listed;

/* Who says that an entity is spelled so.  Where two entities would have one spelling, what was derived
 * yields, then ICU. */
typedef enum fh_spelling_source {
    FH_SPELLING_DERIVED, /* a nisba, by rule */
    FH_SPELLING_ICU_CITY,
    FH_SPELLING_ICU_COUNTRY,
    FH_SPELLING_NAME,   /* the columns of names */
    FH_SPELLING_LISTED, /* the column of spellings */
} fh_spelling_source;

typedef struct fh_spelling {
    fh_listed *entity; /* NULL: names nothing */
    fh_str text;
    fh_str where; /* file:line; a zero byte follows */
    uint8_t source, form;
    bool exact, weak, never, given;
    fh_strs words; /* keys; set by settling */
} fh_spelling;

typedef struct fh_listed_alias {
    fh_str id, target, where;
    fh_listed *entity; /* the target; set by settling */
} fh_listed_alias;

/* All that lists say. */
typedef struct fh_lists {
    fh_arena *arena;
    fh_analyser *analyser;
    const fh_gazetteer *base; /* NULL: none */
    fh_listed **entities;
    size_t entity_count, entity_capacity;
    fh_spelling *spellings;
    size_t spelling_count, spelling_capacity;
    fh_spelling *nevers; /* of the base's entities; split from the others by settling, as are … */
    size_t never_count, never_capacity;
    fh_spelling *givens; /* … the words before surnames */
    size_t given_count, given_capacity;
    fh_listed_alias *aliases;
    size_t alias_count, alias_capacity;
    uint32_t *slots; /* entities by the hash of their id: index + 1 */
    size_t slot_count;
} fh_lists;

void fh_lists_start(const fh_gazetteer *base, fh_lists *out); /* `base` may be NULL */
void fh_lists_free(fh_lists *lists);

/* The entity of an id, or NULL. */
fh_listed *fh_lists_find(const fh_lists *lists, fh_str id);
fh_listed *fh_lists_add(fh_lists *lists, fh_str id, fh_entity_type type);
void fh_lists_add_spelling(fh_lists *lists, const fh_spelling *spelling);

/* Reads one list, TSV or JSON as its first letter tells.  The text is copied where it is kept.  Errors at
 * name:line: FH_ERR_INPUT, FH_ERR_LIMIT. */
fh_status fh_lists_read(fh_lists *lists, fh_str text, const char *name, fh_error *err);

/* Spellings become words, each is left to one entity, and all are put in the tables' order. */
fh_status fh_lists_settle(fh_lists *lists, fh_error *err);

/* The settled lists as the bytes that gazetteer_packed.h describes. */
void fh_lists_pack(fh_lists *lists, fh_buf *out);

/* ---- The steps of reading ---- */

enum { FH_COLUMN_ID, FH_COLUMN_TYPE, FH_COLUMN_COUNTRY, FH_COLUMN_LATIN, FH_COLUMN_LABEL, FH_COLUMNS };

/* What a line or an object says; all of it lives in the arena. */
typedef struct fh_list_row {
    fh_str columns[FH_COLUMNS];
    fh_strs spellings;
    fh_str where;
} fh_list_row;

fh_status fh_lists_add_row(fh_lists *lists, const fh_list_row *row, fh_error *err);

/* JSON that begins in `line` of its file. */
fh_status fh_lists_read_json(fh_lists *lists, fh_str text, size_t line, const char *name, fh_error *err);

/* Adds every spelling that a pattern with its marks stands for. */
fh_status fh_lists_add_pattern(fh_lists *lists, fh_listed *entity, fh_str pattern, fh_str where,
                               fh_error *err);

#endif
