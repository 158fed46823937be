#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What the documents show is true: every example of the query language is run over the corpus, every command of
# the README names options that there are.
. "$(dirname "$0")/lib.sh"

(cd "$house" && fihris-index --quiet --db "$place/db" corpus)
export FIHRIS_DB=$place/db

# examples FILE: the query examples of a man page, without mdoc's escapes.
examples() { sed -n 's/^\.Dl \(fihris-query .*\)/\1/p' "$1" | sed "s/\\\\(aq/'/g; s/\\\\(dq/\"/g; s/\\\\-/-/g"; }

examples "$build/docs/fihris-query-language.7" >lines
[ "$(wc -l <lines)" -ge 15 ] || echo "Bail out! the man page has too few examples"
while read -r line; do
    has "an example finds something: $line" "$line --format json --match all | json 'd[\"total\"]'" '^[1-9][0-9]*$'
done <lines

# help_of COMMAND: the long options in a document that its program does not know.
for document in README.md docs/fihris-index.1.in docs/fihris-query.1.in docs/fihris-query-language.7.in; do
    for program in fihris-index fihris-query fihris-stem; do
        is "$document shows only options that $program has" "
            grep -oE '^[^|]*$program [^|>]*' '$house/$document' | grep -oE -e ' --[a-z-]+' | sort -u | while read -r option; do
                $program --help | grep -qE -e \"(^|[ ,])\$option( |\\\$)\" || echo \"\$option\"
            done; true" ''
    done
done

finish
