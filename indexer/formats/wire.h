/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the text formats of wires share: messages between control characters, lines broken where a teleprinter
 * ended. */
#ifndef FH_INDEXER_FORMATS_WIRE_H
#define FH_INDEXER_FORMATS_WIRE_H

#include "base/arena.h"
#include "base/date.h"
#include "indexer/formats/format.h"

enum { FH_SOH = 0x01, FH_STX = 0x02, FH_ETX = 0x03, FH_EOT = 0x04 };

/* A message: what stands between its marks, without them. */
typedef struct fh_wire {
    fh_str head, text, tail;
} fh_wire;

/* Cuts the next message off `*rest`; false when there is none.  A message that is cut off ends with `*rest`.
 */
bool fh_wire_next(fh_str *rest, fh_wire *out);

/* Reads all messages of an entry.  `convert` makes an article of one, or says why not. */
typedef fh_status fh_wire_convert(const fh_wire *wire, fh_arena *arena, fh_article *out, fh_error *err);
fh_status fh_wire_read(fh_str bytes, fh_str id, fh_wire_convert *convert, fh_arena *arena, fh_articles *out,
                       fh_error *err);

/* The text's paragraphs, one a line: a paragraph begins after an empty line, or with a blank. */
fh_str fh_wire_paragraphs(fh_str text, fh_arena *arena);

/* Cuts the next word off `*rest`; false when there is none. */
bool fh_wire_word(fh_str *rest, fh_str *word);

/* A time in UTC from "1137" and a day; unknown where they are none. */
fh_date fh_wire_time(int year, int month, int day, fh_str clock);

/* A number of digits alone, -1 for any other text. */
int fh_wire_number(fh_str text);

#endif
