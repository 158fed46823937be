#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# fihris-index: what it says, what it writes, and what running it again does.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/archive.sh"
archive >news.jsonl

has 'help lists the options' 'fihris-index --help' '^Usage: fihris-index' '--db DIR' '--dry-run' '--prune' '--report FILE' 'xit'
has 'help on a full disk is an error' 'fihris-index --help 2>&1 >/dev/full' '^fihris-index: .*No space left' '^\[2\]$'
has 'version is a name and a number' 'fihris-index --version' '^fihris-index [0-9]+\.[0-9]+\.[0-9]+'
is 'an unknown option names the nearest' 'fihris-index --dryrun x 2>&1' 'fihris-index: there is no option --dryrun
hint: did you mean --dry-run?
[2]'
has 'no source is an error with a hint' 'fihris-index 2>&1' '^fihris-index: ' '^hint: ' '^\[2\]$'
has 'a wrong number of jobs is refused' 'fihris-index --jobs 0 news.jsonl 2>&1' '--jobs takes a whole number' '^\[2\]$'
has 'an unknown format is refused' 'fihris-index --format word news.jsonl 2>&1' '^fihris-index: .*word' '^\[2\]$'

has 'a summary says what was done' 'fihris-index --db db news.jsonl 2>&1' '8'
is 'all articles are there' 'count db' 8
is 'quiet says nothing' 'fihris-index --quiet --db quiet news.jsonl 2>&1' ''
is 'standard output stays empty' 'fihris-index --db again news.jsonl 2>/dev/null' ''
is 'a pipe is a source' 'archive | fihris-index --quiet --db pipe - && count pipe' 8
is 'the index may be named by the environment' 'FIHRIS_DB=env fihris-index --quiet news.jsonl && count env' 8
is 'without a name it is ./fihris.db' 'fihris-index --quiet news.jsonl && count fihris.db' 8
is 'several sources go in at once' 'head -n 3 news.jsonl >a.jsonl; tail -n 5 news.jsonl >b.jsonl; fihris-index --quiet --db two a.jsonl b.jsonl && count two' 8
is 'any number of jobs makes the same index' '
    for jobs in 1 3; do
        fihris-index --quiet --jobs $jobs --db jobs$jobs news.jsonl
        fihris-query --db jobs$jobs --format json --match any "مصر القمح جسر" | json "[[h[\"id\"], h[\"score\"]] for h in d[\"hits\"]]" >jobs$jobs.out
    done
    cmp jobs1.out jobs3.out && grep -c wheat jobs1.out' 1

# ---- again ----

report() { fihris-index --quiet --db db --report report.json "$@"; json "$expression" <report.json; }
expression='[d["articles"], d["added"], d["replaced"], d["unchanged"], d["rejected"]]'
is 'running again over the same source changes nothing' 'report news.jsonl' '[8, 0, 0, 8, 0]'
is 'a changed article replaces its old version' '
    sed "s/موجة جفاف/أمطار غزيرة/" news.jsonl >changed.jsonl; report changed.jsonl
    hits --db db "\"أمطار غزيرة\""; hits --db db "\"موجة جفاف\"" --match all; count db' $'[8, 0, 1, 7, 0]\nwheat\n\n8'
is 'the same id twice in one source leaves the later version' '
    { head -n 1 news.jsonl; head -n 1 news.jsonl | sed "s/عامين/قرنين/"; } >twice.jsonl
    fihris-index --quiet --db twice twice.jsonl; count twice; hits --db twice "قرنين"' $'1\nbridge'

is 'an article is deleted by its id' 'fihris-index --quiet --db db --delete cup && count db; hits --db db المنتخب' $'7\n\n[1]'
has 'an id that is not there is named' 'fihris-index --db db --delete nosuch 2>&1' 'nosuch' '^\[[12]\]$'
is 'prune takes out what its sources no longer have' '
    fihris-index --quiet --db prune news.jsonl; head -n 6 news.jsonl >fewer.jsonl
    fihris-index --quiet --db prune fewer.jsonl; count prune
    fihris-index --quiet --db prune --prune fewer.jsonl; count prune' $'8\n6'
is 'prune keeps everything when nothing of a source is good' '
    : >nothing.json; fihris-index --quiet --db prune --prune nothing.json 2>&1 | grep pruned; count prune' $'fihris-index: nothing was pruned, because not all sources could be read\n6'
is 'prune keeps everything when a source cannot be read' '
    fihris-index --quiet --db prune --prune fewer.jsonl nowhere.jsonl 2>/dev/null; count prune' 6

# ---- the report ----

is 'a report is JSON with what was counted' '
    fihris-index --quiet --db report --report report.json news.jsonl
    json "d[\"articles\"], d[\"added\"], d[\"rejected\"], sorted(k for k in d if k in (\"seconds\", \"text_bytes_indexed\"))" <report.json' \
    "(8, 8, 0, ['seconds', 'text_bytes_indexed'])"
has 'a report that cannot be written is an error' 'fihris-index --quiet --db db --report nowhere/report.json news.jsonl 2>&1' 'nowhere/report.json' '^\[[12]\]$'

# ---- the dry run ----

is 'a dry run prints an article a line and writes nothing' '
    fihris-index --db none --dry-run news.jsonl 2>/dev/null | json "len(d)"; ls -d none 2>/dev/null' $'8\n[2]'
is 'a dry run gives every field' '
    fihris-index --dry-run news.jsonl 2>/dev/null | json "sorted(set(k for a in d for k in (\"id\",\"url\",\"title\",\"source\",\"author\",\"published\",\"language\",\"keywords\",\"body\",\"related\",\"entities\") if k not in a))"' '[]'
is 'the values are those of the source' '
    fihris-index --dry-run news.jsonl 2>/dev/null | json "[d[4][k] for k in (\"id\", \"url\", \"source\", \"author\", \"published\", \"keywords\")]"' \
    '["cup", "https://example.org/5", "الملعب", "القسم الرياضي", "2024-05-25T20:30:00Z", ["كرة القدم"]]'
is 'an entity is where its code points say it is' '
    fihris-index --dry-run news.jsonl 2>/dev/null | json "[(e[\"text\"], e[\"field\"]) for a in d for e in a[\"entities\"] if a[e[\"field\"]][e[\"start\"]:e[\"end\"]] != e[\"text\"]]"' '[]'
has 'entities have an id, a type and their text' '
    fihris-index --dry-run news.jsonl 2>/dev/null | json "[[e[k] for k in (\"id\", \"type\", \"text\", \"field\")] for a in d if a[\"id\"] == \"heat\" for e in a[\"entities\"]]"' \
    '"country-ma", "place", "المغرب", "title"'
is 'a reader that leaves a dry run is no error' 'for i in $(seq 200); do cat news.jsonl; done >many.jsonl; fihris-index --dry-run --quiet many.jsonl | head -n 1 | json "d[\"id\"]"' bridge
has 'a dry run onto a full disk is an error' 'fihris-index --dry-run --quiet news.jsonl 2>&1 >/dev/full' 'No space left' '^\[2\]$'

# ---- a lexicon of one's own ----

printf 'زمكان\tزماكين|أزمكة\n' >words.tsv
printf 'زمكان\tزمكانات\n' >other.tsv
printf 'كلمتان معا\tشيء\n' >bad.tsv
printf '{"id": "space", "title": "عنوان", "body": "في الأزمكة والزماكين"}\n' >space.json
is 'a word of the lexicon is found by its forms, and the index remembers it' '
    fihris-index --quiet --db lexicon --lexicon words.tsv space.json
    fihris-query --db lexicon --format trec زمكان | cut -d " " -f 3' space
is 'an index goes on with its lexicon' 'fihris-index --quiet --db lexicon space.json; echo $?' 0
has 'another lexicon is refused' 'fihris-index --db lexicon --lexicon other.tsv space.json 2>&1' 'another lexicon' '^\[2\]$'
has 'a bad line of a lexicon is named' 'fihris-index --db none --lexicon bad.tsv space.json 2>&1' 'bad.tsv:1: ' '^\[2\]$'
has 'a lexicon that is not there is an error' 'fihris-index --db none --lexicon nowhere.tsv space.json 2>&1' 'nowhere.tsv: cannot be read' '^\[2\]$'

finish
