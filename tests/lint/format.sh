#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sources are formatted by .clang-format (version 14, of Debian 12: others differ in small things).
. "$(dirname "$0")/lib.sh"

name='sources are formatted as .clang-format says'
format=$(command -v clang-format-14 || command -v clang-format)
if [ -z "$format" ]; then
    skip "$name" 'clang-format is not installed'
else
    { sources; find tests -name '*.[ch]' -o -name '*.cc'; } | xargs "$format" --dry-run 2>&1 |
        sed -n 's/^\([^:]*\):[0-9:]* warning: code should be clang-formatted.*/\1/p' | sort | uniq -c | rule "$name"
fi

finish
