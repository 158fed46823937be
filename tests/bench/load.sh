#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# load.sh DB [SECONDS [CONNECTIONS]]: the server under many clients at once, by wrk, on loopback: requests a second,
# latency, errors, and its memory before and after.  The mix is what a box asks: half of it completions of half
# typed words, the rest searches and their facets.  FIHRIS_BUILD is the build to measure (default build).
set -euo pipefail
[ $# -ge 1 ] && [ $# -le 3 ] || {
    sed -n '3,5s/^# //p' "$0" >&2
    exit 2
}
house=$(cd "$(dirname "$0")/../.." && pwd)
db=$1 seconds=${2:-60} connections=${3:-200}
work=$(mktemp -d)
server=
: >"$work/said" # the server opens it when it gets its turn
trap '[ -z "$server" ] || kill $server; rm -rf "$work"' EXIT

"${FIHRIS_BUILD:-$house/build}/site/fihris-serve" --db "$db" --listen 127.0.0.1:0 --rate 0 --log "$work/log" 2>"$work/said" &
server=$!
url=
for turn in $(seq 100); do
    url=$(sed -n 's/^fihris-serve: listening at //p' "$work/said")
    [ -z "$url" ] || break
    sleep 0.1
done
[ -n "$url" ] || {
    cat "$work/said" >&2
    exit 1
}

# Its own time, in ms of a processor: says more than latency where the machine is shared.
busy() { awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print int(($12 + $13) * 1000 / tick) }' "/proc/$server/stat"; }
memory() { awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$server/status"; }

wrk --threads 2 --connections "$connections" --duration 2 --script "$house/tests/bench/load.lua" "$url" >/dev/null
before=$(memory) began=$(busy)
wrk --threads 2 --connections "$connections" --duration "$seconds" --timeout 10 --latency --script "$house/tests/bench/load.lua" "$url" | tee "$work/report"
awk -v ms=$(($(busy) - began)) '/requests in/ { printf "processor: %.2f ms a request\n", ms / $1 }' "$work/report"
echo "memory: $before MB after 2 s, $(memory) MB at the end"
