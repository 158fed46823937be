#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The server under two hundred clients, for a moment; tests/bench/load.sh by hand measures longer.
. "$(dirname "$0")/lib.sh"

name='200 connections: every request is answered'
if ! command -v wrk >/dev/null; then
    skip "$name" 'wrk is not installed'
    finish
fi
fihris-index --quiet --db news.db "$house/corpus"
fine='errors: 0 connect, 0 read, 0 write, 0 time-out, 0 status'
for seconds in 3 9; do # where much else runs, so many wait longer for the first answer; an error is one at once
    FIHRIS_BUILD=$build bash "$house/tests/bench/load.sh" news.db $seconds >load.out 2>&1
    grep -qx ' *0 requests in.*' load.out && grep -qx "$fine" load.out || break
done
has "$name" 'cat load.out' "$fine" '[1-9][0-9]* requests in'
growth=$(sed -n 's/^memory: \([0-9]*\) MB .* \([0-9]*\) MB at the end/\1 \2/p' load.out | awk '{ print $2 - $1 }')
if [ -n "${FIHRIS_SANITIZED-}" ]; then
    skip 'memory stays flat' 'a sanitizer keeps what was freed'
else
    is 'memory stays flat' "[ ${growth:-1000} -le 16 ] && echo flat || cat load.out" flat
fi

finish
