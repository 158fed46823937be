/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A query string to items: words, phrases, signs, parentheses, field names.  Punctuation that means nothing
 * here is left out, since people paste headlines. */
#ifndef FH_QUERY_SCAN_H
#define FH_QUERY_SCAN_H

#include "query/query.h"

/* What stands before a colon. */
typedef struct fh_query_field {
    const char *name;
    bool dates; /* its value is a period, not words */
    fh_scope scope;
    enum { FH_WITHIN, FH_BEFORE, FH_AFTER } relation; /* of dates */
} fh_query_field;

typedef enum fh_item_kind {
    FH_ITEM_WORD,
    FH_ITEM_PREFIX,
    FH_ITEM_PHRASE,
    FH_ITEM_OPEN,
    FH_ITEM_CLOSE,
    FH_ITEM_FIELD, /* text: the value, where the field takes dates */
    FH_ITEM_MINUS,
    FH_ITEM_PLUS,
    FH_ITEM_AND,
    FH_ITEM_OR,
    FH_ITEM_NOT,
    FH_ITEM_END,
} fh_item_kind;

typedef struct fh_item {
    fh_item_kind kind;
    size_t start, end; /* bytes in the query */
    fh_str text;       /* of words, prefixes, phrases, periods */
    const fh_query_field *field;
} fh_item;

typedef struct fh_items {
    fh_item *items; /* the last one is FH_ITEM_END */
    size_t count;   /* without it */
} fh_items;

/* Every AND, OR and NOT that comes out has its operands beside it; one that has not is a word again, or an
 * error. */
fh_status fh_query_scan(fh_str text, fh_arena *arena, fh_items *out, fh_error *err);

/* May an item be the beginning of something wanted? */
bool fh_item_begins(fh_item_kind kind);

#endif
