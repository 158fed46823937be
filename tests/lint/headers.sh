#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every public header says all it needs.
. "$(dirname "$0")/lib.sh"

flags='-fsyntax-only -Wall -Wextra -Wconversion -Wshadow -Wundef -Werror -I.'

for header in base/*.h stemmer/stemmer.h entities/entities.h store/store.h indexer/indexer.h query/query.h site/site.h; do
    "${CC:-cc}" -std=c17 $flags -D_GNU_SOURCE -x c "$header" 2>&1 | grep -v '#pragma once in main file' |
        rule "$header compiles alone as C17"
done
"${CXX:-c++}" -std=c++17 $flags -x c++ store/store.h 2>&1 | rule 'store/store.h compiles alone as C++17'

finish
