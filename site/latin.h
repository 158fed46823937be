/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arabic words written in Latin letters, as people write them where there is no Arabic keyboard: "masr",
 * "alriyadh", and with the digits of chats "3iraq", "7alab". */
#ifndef FH_SITE_LATIN_H
#define FH_SITE_LATIN_H

#include "base/arena.h"

/* Is there a word in the index that begins so? */
typedef bool fh_is_beginning(void *context, fh_str folded);

/* The beginnings of folded words that `typed` (ASCII) may stand for, at most `most`, the plainest reading
 * first; `exists` prunes them letter by letter. */
fh_strs fh_latin_readings(fh_str typed, size_t most, fh_is_beginning *exists, void *context, fh_arena *arena);

#endif
