/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names that no list has, among those that lists have. */
#include "entities/parts.h"

void fh_recognised_add(const fh_gazetteer *gazetteer, const fh_recogniser *recogniser,
                       const fh_named_text *parts, size_t count, fh_arena *arena, fh_mentions *mentions) {
    (void)gazetteer, (void)recogniser, (void)parts, (void)count, (void)arena, (void)mentions;
}
