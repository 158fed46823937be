/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed with the keyboard set to the other language: the keys of the Arabic 101 layout and of a US
 * one. */
#ifndef FH_SITE_KEYBOARD_H
#define FH_SITE_KEYBOARD_H

#include "base/arena.h"

/* The same keys in Arabic where the text has Latin letters only, in Latin where it has Arabic ones only;
 * empty where it has both or none. */
fh_str fh_keyboard_swap(fh_str text, fh_arena *arena);

#endif
