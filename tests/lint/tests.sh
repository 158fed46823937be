#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Every test file is run: it is named in a meson.build.
. "$(dirname "$0")/lib.sh"

named() { grep -qE "'[^']*$1[^']*'" tests/meson.build tests/*/meson.build; }

for file in tests/unit/test_*.c; do
    name=$(basename "$file" .c)
    grep -qE "'(unit/)?${name#test_}'" tests/meson.build || echo "$file"
done | rule 'every unit test is listed'
for file in tests/cli/[0-9]*.sh tests/lint/*.sh tests/golden/*; do
    name=$(basename "$file")
    [ "$file" = tests/lint/lib.sh ] || named "${name%.sh}" || echo "$file"
done | rule 'every cli test, lint test and golden table is listed'

for folder in tests/fuzz/corpus/*/; do
    grep -q "'$(basename "$folder")'" tests/fuzz/meson.build || echo "$folder"
done | rule 'every corpus of hostile input is replayed'

for file in tests/unit/test_*.c; do
    awk '/^static void [a-z0-9_]+\(void \*\*/ { sub(/^static void /, ""); sub(/\(.*/, ""); all[$0] = 1 }
         { line = $0 } /cmocka_unit_test/ { sub(/.*cmocka_unit_test[a-z_]*\(/, "", line); sub(/[,)].*/, "", line); run[line] = 1 }
         END { for (name in all) if (!(name in run)) print FILENAME ": " name }' "$file"
done | rule 'every case of a unit test is run'

finish
