#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Entities on the command line, over the sample archive: filters, facets, marks, explanations, stories.
. "$(dirname "$0")/lib.sh"
fihris-index --quiet --db db "$house/corpus"
export FIHRIS_DB=db

query_json() { fihris-query --format json "$@"; }
total() { query_json "$@" | json 'd["total"]'; }

# ---- names in queries ----

is 'every spelling finds the same articles' \
    'for q in توكايف توكاييف Tokayev tokaev TOKAJEV; do total "entity:$q"; done | uniq -c | wc -l' 1
is 'a Latin name finds the Arabic one' 'fihris-query -n 1 zelenskij | grep -o "{[^}]*}" | head -n 1' '{فولوديمير زيلينسكي}'
has 'a name understood otherwise than written is told' 'fihris-query -n 1 zelenskij' '«zelenskij» على أنه فولوديمير زيلينسكي'
lacks 'a listed spelling needs no telling' 'fihris-query -n 1 Tokayev' 'على أنه'
is 'json: what the query names' 'query_json Tokayev | json "[[n[\"typed\"], n[\"id\"], n[\"type\"], n[\"how\"]] for n in d[\"named\"]]"' \
    '[["Tokayev", "kassym-jomart-tokayev", "person", "listed"]]'
is 'json: a near name says to what' 'query_json zelenskij | json "[(n[\"how\"], n[\"spelling\"]) for n in d[\"named\"]]"' \
    '[["latin", "Volodymyr Zelensky"]]'

# ---- filters ----

has 'a group of ids' 'query_json "entity:(country-kg OR country-kz)" | json "d[\"total\"]"' '^[1-9][0-9]*$'
has 'an unknown name is told, and what was looked for instead' 'fihris-query "entity:putamin" 2>&1' \
    '«putamin»' 'vladimir-putin' '^\[1\]$'
is 'json: an unknown name and the nearest' 'query_json entity:putamin | json "[d[\"unknown\"][0][\"typed\"], d[\"unknown\"][0][\"nearest\"][0][\"id\"]]"' \
    "$(printf '["putamin", "vladimir-putin"]\n[1]')"
is 'json: a known name is not' 'query_json entity:بوتين | json "d[\"unknown\"]"' '[]'

# ---- marks ----

is 'marks carry the id of the entity' 'query_json -n 1 Putin | json "sorted({s[\"entity\"] for h in d[\"hits\"] for s in h[\"title\"] + h[\"snippet\"] if s.get(\"mark\") == \"entity\"})"' \
    '["vladimir-putin"]'

# ---- facets ----

for type in person place organisation; do
    is "a facet counts only: $type" "query_json --facet $type زيارة | json 'sorted(d[\"facets\"])'" "[\"$type\"]"
done
is 'a facet of persons has persons' "query_json -n 0 --facet person Tokayev | json '[[v[\"value\"], v[\"label\"]] for v in d[\"facets\"][\"person\"]][0]'" \
    '["kassym-jomart-tokayev", "قاسم جومارت توكاييف"]'
has 'text shows label and id' 'fihris-query -n 0 --facet person Tokayev' '^ +[0-9]+  قاسم جومارت توكاييف  kassym-jomart-tokayev$'
is 'the types together are all entities' "query_json -n 0 --facet entity --facet person --facet place --facet organisation --facet event --facet product Jabarov | json 'sum(len(d[\"facets\"][t]) for t in d[\"facets\"] if t != \"entity\") >= len(d[\"facets\"][\"entity\"])'" 'true'

# ---- marks ----

is 'a name in a hashtag leaves its other words marked' '
    echo "{\"id\": \"h\", \"title\": \"خبر\", \"body\": \"الهواء في وسم #أمطار_دبي اليوم\"}" >tag.jsonl
    fihris-index --quiet --db tag tag.jsonl
    fihris-query --db tag --format json "#أمطار_دبي" | json "[s[\"mark\"] for s in d[\"hits\"][0][\"snippet\"] if \"mark\" in s]"' '["term", "entity"]'

# ---- explanations ----

has 'an explanation says which spelling matched why' 'fihris-query -n 3 --explain Tokayev' \
    '^named +«Tokayev» kassym-jomart-tokayev listed$' 'entity:kassym-jomart-tokayev \(«[^»]*توكا' 'listed ×[0-9]'
is 'json: and the same' 'query_json -n 1 --explain توكاييف | json "[s[\"how\"] for p in d[\"hits\"][0][\"score_parts\"] for s in p.get(\"seen\", [])][0]"' 'listed'

# ---- stories ----

has 'a story in text' 'fihris-query --entity Putin' '^فلاديمير بوتين · شخص$' '^Vladimir Putin · vladimir-putin$' \
    '^ +2024-05 +0$' '^ +2024-06 +3  #+$' '^ +[0-9]+  فلاديمير بوتين$' '^ +7 +4\.8x  الكرملين  kremlin$'
lacks 'a story in a pipe has no colour and no blocks' 'fihris-query --entity Putin' $'\x1b' '█'
has 'a story in colour has blocks' 'fihris-query --color always --entity Putin' '^ +2024-06 +3  █+$'
is 'a story in json' 'query_json --entity توكاييف | json "[d[\"entity\"][\"id\"], sum(m[\"articles\"] for m in d[\"months\"]) + d[\"undated\"] == d[\"articles\"], len(d[\"together\"]) > 0]"' \
    '["kassym-jomart-tokayev", true, true]'
is 'a story counts what the filter finds' 'query_json --entity توكايف | json "d[\"articles\"]"' "$(total entity:توكايف)"
is 'a story of what a query finds' 'query_json --entity توكايف date:2024 | json "[m[\"month\"][:4] for m in d[\"months\"] if m[\"month\"][:4] != \"2024\"]"' '[]'
has 'a story of no article' 'fihris-query --entity توكايف كلمةلاتوجدأبدا' '^لا مقالات' '^\[1\]$'
has 'a story of an unknown entity' 'fihris-query --entity putamin 2>&1' 'no entity is known as "putamin"' '^hint: .*vladimir-putin' '^\[2\]$'
has 'a story has no TREC form' 'fihris-query --format trec --entity Putin 2>&1' 'trec' '^hint: .*json' '^\[2\]$'
has 'a story and a batch' 'fihris-query --batch - --entity Putin 2>&1' 'there are --entity and --batch' '^\[2\]$'

finish
