/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Markup in what should be text: fields of data files often hold pieces of HTML. */
#ifndef FH_INDEXER_FORMATS_MARKUP_H
#define FH_INDEXER_FORMATS_MARKUP_H

#include "base/arena.h"

/* Text without its markup: tags of HTML by name (what else stands between < and > is text), scripts, styles
 * and comments, and character references decoded once.  Blocks become lines.  Text without any is returned as
 * it is; else the result lives in the arena. */
fh_str fh_markup_strip(fh_str text, fh_arena *arena);

#endif
