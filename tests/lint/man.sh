#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Man pages are good mdoc, name every option, and every program has one.
. "$(dirname "$0")/lib.sh"

pages=$(find "${FIHRIS_BUILD:?}/docs" -maxdepth 1 -name '*.[157]' 2>/dev/null | sort)
{ [ -n "$pages" ] || echo 'docs were not built'; } | rule 'man pages are built'
for page in $pages; do
    name="$(basename "$page") is good mdoc"
    if command -v mandoc >/dev/null; then
        mandoc -Tlint -W warning "$page" 2>&1 | rule "$name"
    else
        skip "$name" 'mandoc is not installed'
    fi
done
for page in $pages; do
    grep -n '@[A-Z]*@' "$page" | rule "$(basename "$page") has nothing left to fill in"
done
for program in fihris-index fihris-query fihris-serve fihris-stem; do
    { [ -f "$FIHRIS_BUILD/docs/$program.1" ] || echo "docs/$program.1"; } | rule "$program has a man page"
done

finish
