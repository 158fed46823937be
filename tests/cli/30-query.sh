#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# fihris-query: its outputs and the options that shape them.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/archive.sh"
make_archive
export FIHRIS_DB=db

has 'help lists the options' 'fihris-query --help' '^Usage: fihris-query' '--format NAME' '--explain' 'Exit status'
has 'version is a name and a number' 'fihris-query --version' '^fihris-query [0-9]+\.[0-9]+\.[0-9]+'

# ---- exit status ----

is 'hits: status 0' 'fihris-query القمح >/dev/null' ''
is 'none: status 1' 'fihris-query --match all كلمةلاتوجدأبدا >/dev/null' '[1]'
is 'an error: status 2' 'fihris-query --db nowhere القمح >/dev/null' '[2]'

# ---- trec ----

is 'trec: qid Q0 docid rank score fihris' 'fihris-query --format trec القمح | sed -E "s/ [0-9]+\.[0-9]+ / SCORE /"' '1 Q0 wheat 1 SCORE fihris'
is 'trec takes any word' 'hits "القمح السدود" | tr " " "\n" | sort' $'undated\nwheat'
is 'trec gives no article twice' 'fihris-query --format trec "في على عن" | cut -d " " -f 3 | sort | uniq -d' ''

# ---- JSON ----

query_json() { fihris-query --format json "$@"; }
is 'json: the envelope' 'query_json القمح | json "[k for k in (\"version\",\"query\",\"total\",\"total_exact\",\"took_ms\",\"widened\",\"suggestion\",\"hits\",\"facets\") if k not in d]"' '[]'
is 'json: version 1, the query as typed, the total' 'query_json "سعر  القمح" --match any | json "[d[\"version\"], d[\"query\"], d[\"total\"]]"' '[1, "سعر  القمح", 1]'
is 'json: a hit' 'query_json القمح | json "[k for k in (\"rank\",\"score\",\"id\",\"url\",\"title\",\"snippet\",\"source\",\"author\",\"published\",\"entities\",\"duplicates\") if k not in d[\"hits\"][0]]"' '[]'
is 'json: rank, id, url, source, author, date' 'query_json القمح | json "[d[\"hits\"][0][k] for k in (\"rank\", \"id\", \"url\", \"source\", \"author\", \"published\")]"' \
    '[1, "wheat", "https://example.org/3", "السوق", "القسم الاقتصادي", "2024-03-15"]'
is 'json: the title in segments, the matched word whole' 'query_json قمح | json "[s for s in d[\"hits\"][0][\"title\"] if s.get(\"mark\") == \"term\"]"' '[{"text": "القمح", "mark": "term"}]'
is 'json: the segments of a title are the title' 'query_json قمح | json "\"\".join(s[\"text\"] for s in d[\"hits\"][0][\"title\"])"' 'ارتفاع أسعار القمح عالميا'
is 'json: an entity is marked apart, with its id' 'query_json "entity:المغرب" | json "sorted(set((s[\"mark\"], s[\"entity\"]) for h in d[\"hits\"] for s in h[\"title\"] + h[\"snippet\"] if s.get(\"mark\") == \"entity\"))"' '[["entity", "country-ma"]]'
is 'json: markup in an article stays text' 'query_json رموز | json "\"<script>\" in \"\".join(s[\"text\"] for s in d[\"hits\"][0][\"title\"])"' true
is 'json: nothing found is an answer too' 'query_json --match all كلمةلاتوجدأبدا | json "[d[\"total\"], d[\"hits\"]]"' $'[0, []]\n[1]'
is 'json: one line a query' 'query_json القمح | wc -l' 1

# ---- text ----

has 'text: title, source, date' 'fihris-query القمح' 'أسعار .*القمح' 'السوق' '2024'
has 'text: without a terminal matches stand in brackets' 'fihris-query قمح' '\[القمح\]'
lacks 'text: without a terminal there is no colour' 'fihris-query قمح' $'\x1b'
has 'text: colour when told' 'fihris-query --color always قمح' $'\x1b\\[[0-9;]*m[^\x1b]*القمح'
lacks 'text: no colour under NO_COLOR' 'NO_COLOR=1 fihris-query قمح' $'\x1b'
is 'text: control characters of an article never reach the terminal' '
    printf "{\"id\":\"esc\",\"title\":\"طرفية \\\\u001b[31mحمراء\",\"body\":\"نص \\\\u001b]0;x\\\\u0007 الطرفية\"}\n" | fihris-index --quiet --db esc -
    fihris-query --db esc طرفية | grep -c "$(printf "\033")"' $'0\n[1]'
has 'widening is said' 'fihris-query "القمح السدود" 2>&1' 'any|بعض|أي'
is 'widening is said in JSON' 'query_json "القمح السدود" | json "[d[\"widened\"], d[\"total\"]]"' '[true, 2]'
is 'all means all' 'query_json --match all "القمح السدود" | json "[d[\"widened\"], d[\"total\"]]"' $'[false, 0]\n[1]'

# ---- order and pages ----

is 'newest first' 'hits --sort newest "source:النهر"' 'heat bridges bridge'
is 'oldest first' 'hits --sort oldest "source:النهر"' 'bridge bridges heat'
is 'what has no date comes last, either way' 'hits --sort newest "source:السوق"; hits --sort oldest "source:السوق"' $'money wheat undated\nwheat money undated'
is 'a limit' 'hits --limit 2 --sort newest "source:النهر"' 'heat bridges'
is 'an offset' 'hits --offset 2 --sort newest "source:النهر"' 'bridge'
is 'pages do not overlap and miss nothing' 'for o in 0 2 4 6; do hits --limit 2 --offset $o "$every"; done | tr " " "\n" | sort | tr "\n" " "' 'bridge bridges cup heat money script undated wheat '
is 'ranks go on from page to page' 'query_json --offset 2 --sort newest "source:النهر" | json "d[\"hits\"][0][\"rank\"]"' 3
is 'beyond the last page there is nothing, but a total' 'query_json --offset 100 القمح | json "[d[\"total\"], len(d[\"hits\"])]"' '[1, 0]'
is 'a limit of none counts only' 'query_json --limit 0 القمح | json "[d[\"total\"], len(d[\"hits\"])]"' '[1, 0]'
has 'a limit beyond all bounds is refused' 'fihris-query --limit 100000000 القمح 2>&1' '--limit takes a whole number' '^\[2\]$'
is 'a title counts more than a body' 'hits --limit 1 "المغرب"' 'heat'

# ---- facets ----

is 'a facet counts what was found' 'query_json --facet source "$every" | json "[[v[\"value\"], v[\"count\"]] for v in d[\"facets\"][\"source\"]]"' '[["السوق", 3], ["النهر", 3], ["الملعب", 2]]'
is 'several facets' 'query_json --facet source --facet month القمح | json "sorted(d[\"facets\"])"' '["month", "source"]'
is 'a facet of months' 'query_json --facet month القمح | json "[[v[\"value\"], v[\"count\"]] for v in d[\"facets\"][\"month\"]]"' '[["2024-03", 1]]'
has 'a facet in text' 'fihris-query --facet source "$every"' 'السوق.*3|3.*السوق'
has 'an unknown facet is refused' 'fihris-query --facet colour x 2>&1' '--facet takes' '^\[2\]$'

# ---- batch ----

printf 'q1\tالقمح\nq2\tكلمةلاتوجدأبدا\nq3\tالسدود\n' >queries.tsv
is 'a batch in trec' 'fihris-query --batch queries.tsv --format trec | cut -d " " -f 1,3' $'q1 wheat\nq3 undated'
is 'a batch in JSON is a line a query' 'fihris-query --batch queries.tsv --format json | json "[x[\"total\"] for x in d]"' '[1, 0, 1]'
is 'a batch from a pipe' 'fihris-query --batch - --format trec <queries.tsv | wc -l' 2
has 'a bad line of a batch is named, the others are answered' 'printf "no tab here\nq3\tالسدود\n" >bad.tsv; fihris-query --batch bad.tsv --format trec 2>&1' 'bad\.tsv:1' '^q3 Q0 undated' '^\[2\]$'
has 'a batch that is not there' 'fihris-query --batch nowhere.tsv 2>&1' 'nowhere\.tsv' '^\[2\]$'

# ---- explain, several indexes ----

has 'explain shows the tree, what it becomes, and scores' 'fihris-query --explain "القمح -روسيا"' 'القمح' '\(and|\(not|and|not'
# ---- expanding ----

shared='{"id":"%s","title":"%s","body":"%s والإغاثة بين الأنقاض في المدينة"}\n'
for i in 1 2 3 4; do printf "$shared" "quake-$i" 'زلزال قوي' 'ضرب زلزال الساحل'; done >quakes.jsonl
printf "$shared" rubble 'أحياء' 'ظهر أحياء' >>quakes.jsonl
for i in 1 2 3 4 5; do echo "{\"id\":\"other-$i\",\"title\":\"خبر\",\"body\":\"كلام آخر $i\"}"; done >>quakes.jsonl
fihris-index --quiet --db quakes quakes.jsonl
quakes() { fihris-query --db quakes "$@"; }
is 'expanding any: what shares words with the best hits is found, and comes last' 'quakes --format json --match any --expand زلزال | json "[d[\"total\"], d[\"hits\"][-1][\"id\"]]"' '[5, "rubble"]'
is 'expanding all: no more is found' 'quakes --format json --match all --expand زلزال | json "d[\"total\"]"' 4
is 'json: the stems that were added, and never those of the query' 'quakes --format json --expand زلزال | json "[len(d[\"expanded\"]) > 0, \"زلزال\" in d[\"expanded\"]]"' '[true, false]'
is 'json: without --expand nothing is said of it' 'quakes --format json زلزال | json "\"expanded\" in d"' false
is 'json: nothing to add is an empty list' 'query_json --expand القمح | json "d[\"expanded\"]"' '[]'
has 'text: the added stems are said' 'quakes --expand زلزال' '^أُضيف إلى البحث: .'
has 'explain shows what each added stem gives' 'quakes --explain --expand زلزال' '^lowered .*\(maybe .*scale' 'added:'

# ---- tuning ----

score() { fihris-query --format trec "$@" القمح | cut -d ' ' -f 5; }
is 'a tuned number changes scores' '[ "$(score)" != "$(score --tune surface=0 --tune k1=2)" ] && echo differs' differs
is 'no number takes away what filters' 'hits --db db "source:النهر" >usual; hits --db db --tune k1=0 "source:النهر" | cmp usual - && [ -s usual ] && hits --db db --tune k1=0 "source:النهر OR \"سوق المال\"" | wc -w' 5
is 'the usual number changes nothing' '[ "$(score)" = "$(score --tune b=0.7)" ] && echo same' same

# ---- several indexes ----

archive | head -n 4 | fihris-index --quiet --db half1 - && archive | tail -n 4 | fihris-index --quiet --db half2 -
halves() { fihris-query --db half1 --db half2 "$@"; }
scored() { "$1" --format trec "${@:2}" | cut -d ' ' -f 3,5 | sort; }
facts() { "$1" --format json --facet source --facet month --facet entity "${@:2}" | json 'd["total"], d["facets"]'; }
is 'two indexes are searched as one' 'halves --format json "$every" | json "d[\"total\"]"' 8
for asked in 'جسر' 'القم*' 'ال*' '"سوق المال"' 'المغرب OR مصر' 'source:النهر' 'date:2024-03' 'NOT جسر'; do
    is "they answer as one index of all articles: $asked" \
        'for sort in relevance newest oldest; do diff <(scored fihris-query --sort $sort "$asked") <(scored halves --sort $sort "$asked"); done
        diff <(facts fihris-query "$asked") <(facts halves "$asked"); scored halves "$asked" | grep -q . && echo some' some
done
is 'and explain it alike' \
    'diff <(fihris-query --explain "المغرب OR مصر" | tail -n +2) <(halves --explain "المغرب OR مصر" | tail -n +2) && echo same' same

finish
