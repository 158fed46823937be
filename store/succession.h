/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One index takes the place of another: what merging and compacting end with. */
#ifndef FH_STORE_SUCCESSION_H
#define FH_STORE_SUCCESSION_H

#include "store/xapian.h"

/* Puts the whole index at `fresh` to the path `dir`, and the one that was there to `fresh`, in one step. From
 * before it until `*lock` is closed nobody else can write either: the caller, who holds the lock of the old
 * one, removes what is left meanwhile.  Errors, with nothing changed: FH_ERR_IO, FH_ERR_LOCKED. */
fh_status fh_succeed(const char *fresh, const char *dir, fh_xapian **lock, fh_error *err);

#endif
