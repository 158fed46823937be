/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds where a JSON object ends, byte by byte and over any number of windows.  It knows enough of the
 * grammar to notice soon when an object is broken, so that what follows is not lost with it; jansson judges
 * the rest. */
#ifndef FH_INDEXER_FORMATS_JSON_SCAN_H
#define FH_INDEXER_FORMATS_JSON_SCAN_H

#include "base/str.h"
#include <stdint.h>

typedef enum fh_json_found {
    FH_JSON_MORE,    /* all bytes were scanned, and the object goes on */
    FH_JSON_WHOLE,   /* the object ends at `at` */
    FH_JSON_WRAPPER, /* no article but an object that holds a list of them: `at` is the first one's brace */
    FH_JSON_BROKEN,  /* at `at`, and `why` */
} fh_json_found;

typedef struct fh_json_scan {
    size_t at; /* the next byte of the window */
    const char *why;
    unsigned depth;
    uint64_t arrays; /* bit n: what is open at depth n is an array */
    char before; /* the last byte that was no white space; '"' after a string, 'x' after any other scalar */
    bool in_string, escaped;
    bool line_start;     /* only white space since the last line end */
    bool may_wrap;       /* look for a wrapped list */
    bool list_opened;    /* the list that an outer key names was opened by the last byte */
    size_t key, key_end; /* the last string at depth 1 */
    size_t string;       /* the quote that opened the last string */
} fh_json_scan;

/* Scans `window`, whose first byte is the object's, from scan->at on. */
fh_json_found fh_json_scan_window(fh_json_scan *scan, fh_str window);

/* Where what stands for itself in a string ends, from byte `at` on: at a quote, an escape or a control
 * character, or with the text. */
size_t fh_json_plain_end(fh_str text, size_t at);

/* A scan that is within an object already, behind one of its values. */
fh_json_scan fh_json_scan_inside(void);

#endif
