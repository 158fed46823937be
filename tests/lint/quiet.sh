#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Only a program speaks: nothing but a main.c or an output format prints, exits or reads the environment.
. "$(dirname "$0")/lib.sh"

# Programs that run while the house is built may speak; base/memory.c says the last word when memory is out.
silent() {
    sources | grep -vE '(^|/)main\.c$|^(indexer|query)/output_[a-z]+\.c$|^base/memory\.c$|/gen/|/make_[a-z_]+\.c$'
}

# nobody CALLS WHAT
nobody() {
    strip $(silent) | grep -E "(^|[^A-Za-z0-9_>.])($1)[[:space:]]*\(" | rule "$2"
}

nobody 'v?f?printf|puts|putchar|putc|fputs|fputc|perror|fwrite' 'nothing but a program prints'
strip $(silent) | grep -E '(^|[^A-Za-z0-9_])(stdout|stderr)([^A-Za-z0-9_]|$)|std::(cout|cerr|clog)' |
    rule 'nothing but a program knows of standard output and standard error'
nobody '_?exit|abort|quick_exit|assert|raise' 'nothing but a program ends it'
nobody 'secure_getenv|getenv|setenv|putenv' 'nothing but a program reads the environment'
strip $(sources | grep -v '^base/memory\.c$') |
    grep -E '(^|[^A-Za-z0-9_>.])(malloc|calloc|realloc|strdup|strndup|asprintf)[[:space:]]*\(' |
    rule 'memory is asked for through base/memory.h and arenas'

finish
