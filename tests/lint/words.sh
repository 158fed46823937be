#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Words that do not belong in a finished house.
. "$(dirname "$0")/lib.sh"

ours() { texts | grep -vxE 'LICENSE|tests/lint/words\.sh'; }

ours | xargs grep -nwE 'TODO|FIXME|XXX|HACK' /dev/null | rule 'nothing is left to do'
ours | xargs grep -nE '(^|[^A-Za-z0-9_.])/(home|root|work|Users|mnt|srv)/' /dev/null | rule 'no path of a machine'
ours | grep -v '\.tsv$' | xargs grep -nE '[[:blank:]]+$' /dev/null | cut -c 1-120 | rule 'no line ends in a blank'
ours | while read -r file; do
    [ ! -s "$file" ] || [ -z "$(tail -c 1 "$file")" ] || echo "$file"
done | rule 'every file ends in a line end'
{ sources; find tests scripts .ci -type f -name '*.[ch]' -o -name '*.sh' -o -name '*.py' -o -path 'scripts/*' -o -path '.ci/*'; } |
    grep -vx 'scripts/packages' | sort -u | while read -r file; do
    head -n 2 "$file" | grep -qF 'SPDX-License-Identifier: GPL-3.0-or-later' || echo "$file"
done | rule 'every source and script names its licence'

# The one C++ file cannot be split, and a door's comments are not to be saved at.
sources | grep -vx 'store/xapian\.cc' | while read -r file; do
    lines=$(wc -l <"$file")
    [[ $lines -le 400 || ($file = *.h && $lines -le 450) ]] || echo "$file: $lines lines"
done | rule 'no C source is longer than 400 lines, no header than 450'

# A function of clang-format's making begins and ends in the first column.
sources | grep '\.c' | xargs awk '
    FNR == 1 { from = 0 }
    /^[A-Za-z_].*\{$/ && !/^(typedef|enum|struct|union|extern|namespace)/ && !/=/ { from = FNR; name = $0 }
    /^\}/ { if (from && FNR - from + 1 > 80) print FILENAME ":" from ": " FNR - from + 1 " lines: " name; from = 0 }' |
    rule 'no function is longer than 80 lines'

finish
