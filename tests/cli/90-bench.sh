#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# scripts/bench, for a moment: that it measures all there is to measure.  No figure is judged here.
. "$(dirname "$0")/lib.sh"

export FIHRIS_BUILD=$build PYTHONDONTWRITEBYTECODE=1
made() { "$build/tests/bench/make_archive" "$@" <learned; }
fihris-index --dry-run --quiet "$house/corpus" >learned

is 'a made archive is always the same, and goes on where it ended' \
    'cmp <(made --articles 40) <(made --articles 40) && made --articles 1 --from 39 | cut -d: -f2 | cut -d, -f1' '"synthetic-1-39"'
is 'another seed makes another archive' 'cmp -s <(made --seed 2 --articles 1) <(made --articles 1) || echo other' other
is 'every article of a made archive is indexed' \
    'made --articles 300 >made.jsonl; fihris-index --quiet --db made.db --report made.json made.jsonl
     python3 -c "import json; made = json.load(open(\"made.json\")); print(made[\"articles\"], made[\"rejected\"])"' '300 0'

if [ -n "${FIHRIS_SANITIZED-}" ]; then
    skip 'scripts/bench measures the sample archive' 'with a sanitizer it takes too long'
    finish
fi
bench() { "$house/scripts/bench" --rounds 1 --seconds 0.1 --queries 5 --engines fts5,xapian "$@" 2>said; }
bench --json "$house/corpus" >found.json || cat said
cat >look.py <<'E2'
import json
found = json.load(open("found.json"))
ours = found["engines"]["fihris"]
print(*found["engines"], sep=", ")
print(*sorted(ours["ids_us"]), sep=", ")
print(found["archive"]["articles"] > 0, ours["build"]["1"]["seconds"] > 0, ours["size"]["index_over_text"] > 0,
      ours["ids_us"]["phrase"]["p99"] > 0, ours["process_us"]["p50"] > 0, found["life"]["added_and_seen_seconds"] > 0)
E2
has 'scripts/bench measures the sample archive: engines, classes of query, and figures' 'python3 look.py' \
    '^fihris(, SQLite FTS5)?, libxapian alone$' '^entity, frequent, newest, one word, phrase, phrase, the first time, prefix, two words$' \
    '^True True True True True True$'

cat >grow.py <<'E2'
import copy, json
found = json.load(open("found.json"))
sizes = [copy.deepcopy(found) for _ in range(3)]
for power, size in enumerate(sizes, 3):
    size["archive"]["articles"] = 10**power
json.dump({"growth": sizes}, open("growth.json", "w"))
E2
has 'scripts/plot draws what was found: a line an engine, by name' \
    'python3 grow.py && "$house/scripts/plot" --to plots growth.json 2>&1 && python3 -c "import glob, xml.dom.minidom as xml; [xml.parse(plot) for plot in glob.glob(\"plots/*.svg\")]" && cat plots/growth-*.svg' \
    'growth-time.svg' '^[|] 100,000 [|] fihris [|]' '<polyline' '>fihris</text>' '>libxapian alone</text>' '>100,000</text>'

finish
