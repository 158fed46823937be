/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Terms, texts and ids in fewer bytes.  In UTF-8 a byte from 80 to BF never begins a code point; here, where
 * one could begin, it is an Arabic letter: U+0620 to U+065F, which take two bytes in UTF-8.  All else stands
 * as it is, so a beginning of a text is a beginning of its narrow form, and texts in one script keep their
 * order. */
#ifndef FH_STORE_TEXT_NARROW_H
#define FH_STORE_TEXT_NARROW_H

#include "base/str.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A narrow text becomes at most this many times as long. */
#define FH_WIDEN_MOST 2

/* Writes valid UTF-8 in its narrow form, at most text.len bytes; returns how many. */
size_t fh_narrow(fh_str text, char *out);

/* How long the longest beginning of a narrow text is that ends between code points and takes at most `room`
 * bytes, where a zero byte takes two. */
size_t fh_narrow_fitting(fh_str narrow, size_t room);

/* Writes the UTF-8 of a narrow text, at most FH_WIDEN_MOST times as many bytes; returns how many. */
size_t fh_widen(fh_str narrow, char *out);

#ifdef __cplusplus
}
#endif
#endif
