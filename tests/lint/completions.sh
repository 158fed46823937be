#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion scripts parse in the shells they are for, and complete.
. "$(dirname "$0")/lib.sh"

folder=${FIHRIS_BUILD:?}/docs/completions

# parses SHELL FILE
parses() {
    local name
    name="$(basename "$2") parses in $1"
    if [ ! -f "$2" ]; then
        echo "$2 was not built" | rule "$name"
    elif command -v "$1" >/dev/null; then
        "$1" -n "$2" 2>&1 | rule "$name"
    else
        skip "$name" "$1 is not installed"
    fi
}

for program in fihris-index fihris-query fihris-serve fihris-stem; do
    bash -n "$folder/$program" 2>&1 | rule "$program parses in bash"
    parses zsh "$folder/_$program"
    parses fish "$folder/$program.fish"
    grep -oE -- '(^| )-s [a-zA-Z]( |$)' "$folder/$program.fish" | sort | uniq -d |
        rule "no letter stands for two options of $program"
done

# complete WORD…: what bash offers for the last word.
offers() {
    (
        . "$folder/fihris-query"
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
        _fihris-query
        printf '%s\n' "${COMPREPLY[@]}"
    )
}
# completes NAME EXPECTED WORD…
completes() {
    local name=$1 expected=$2 found
    shift 2
    found=$(offers "$@")
    { [ "$found" = "$expected" ] || echo "offers: $found"; } | rule "$name"
}
completes 'bash completes an option' --format fihris-query --fo
completes 'bash completes a choice' json fihris-query --format j

finish
