#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Real archives, where there are some: FIHRIS_DATA names a folder of archives that fihris-index reads as they are
# (*.jsonl.xz, *.jsonl, *.json, *.zip …).  Each must index with few rejected, answer, and stand a second run.
. "$(dirname "$0")/lib.sh"

if [ ! -d "${FIHRIS_DATA:-}" ]; then
    skip 'archives of FIHRIS_DATA' 'FIHRIS_DATA names no folder of archives'
    finish
fi

for archive in "$FIHRIS_DATA"/*.*; do
    case $archive in */README*) continue ;; esac
    name=$(basename "$archive")
    has "$name is indexed, and one article in fifty at most is rejected" "
        fihris-index --quiet --db db --report report.json '$archive' 2>/dev/null
        json 'd[\"articles\"] > 0 and d[\"rejected\"] * 50 <= d[\"articles\"] + d[\"rejected\"]' <report.json" '^true$'
    is "$name: a second run changes nothing" "
        fihris-index --quiet --db db --report again.json '$archive' 2>/dev/null
        json '[d[\"added\"], d[\"replaced\"]]' <again.json" '[0, 0]'
    has "$name answers" "fihris-query --db db --format json 'رئيس' | json 'd[\"total\"]'" '^[1-9]'
    has "$name, compacted, takes less than four times its text" "
        fihris-index --quiet --db db --compact; size=\$(du -sb db | cut -f 1)
        json \"\$size / d['text_bytes_indexed'] < 4\" <report.json" '^true$'
    rm -rf db
done

finish
