#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The first command of the README.  The build is there already, so that only the showing is tested.
. "$(dirname "$0")/lib.sh"

export FIHRIS_BUILD=$build
has 'the demo shows every search with its command and its reason, and what to try next' '"$house/scripts/demo" 2>&1' \
    'fihris-index --db' 'fihris-query --db .*--facet' 'fihris-query --db .*entity:' '[[{].*[]}]' '[Nn]ext' 'fihris-serve --db .* http://127.0.0.1:8080/'
lacks 'no search of the demo is in vain' '"$house/scripts/demo" 2>&1' 'لا نتائج' 'rejected, [1-9]' '[1-9][0-9]* rejected'

finish
