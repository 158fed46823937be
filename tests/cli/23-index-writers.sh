#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# fihris-index writes in bulk, a few at a time or by the library, with any memory and any number of jobs: the index is the same.
. "$(dirname "$0")/lib.sh"

corpus=$house/corpus
sources="$corpus/almadar.jsonl $corpus/malaab.jsonl $corpus/najma.json $corpus/rasif.jsonl $corpus/sidra.json $corpus/maghareb $corpus/pages"
index() { fihris-index --quiet "$@" 2>/dev/null; }
# Without what is remembered of files: it goes by the clock, one that changed a moment ago is read again.
dump() { "$build/tests/dump_index" "$1" | grep -v '^metadata fihris\.file\.' >"$1.dump" && [ -s "$1.dump" ]; }
clean() { xapian-check "$1" >"$1.check" 2>&1 || cat "$1.check"; }

has 'a wrong writer is refused' 'fihris-index --writer pen x 2>&1' '^fihris-index: .*--writer' 'bulk' 'few' 'library' '^\[2\]$'
has 'too little memory is refused' 'fihris-index --memory 1 x 2>&1' '--memory takes a whole number' '^\[2\]$'

index --writer library --db library $sources
is 'the corpus is there' 'dump library; [ $(grep -c "^document Q" library.dump) -gt 50 ]' ''
is 'bulk gives the index of the library, to the last position' '
    index --writer bulk --db bulk $sources; clean library; clean bulk; dump library && dump bulk && diff library.dump bulk.dump' ''
is 'so do articles that come a few at a time' '
    for source in $sources; do for writer in few library; do index --writer $writer --db each-$writer $source; done; done
    clean each-few; dump each-few; dump each-library; diff each-library.dump each-few.dump' ''
is 'and to compact takes them all in' '
    cp each-few.dump apart.dump; grep -ac fihris.fresh each-few/postlist.glass | grep -v "^0" >fresh || echo none is fresh
    fihris-index --quiet --compact --db each-few $corpus/sidra.json; grep -a fihris.fresh each-few/postlist.glass
    clean each-few; dump each-few; diff apart.dump each-few.dump' ''
is 'a first build is in bulk by itself' '
    index --db first $sources; for table in bulk/*.glass; do cmp $table first/${table#bulk/}; done' ''
is 'any number of jobs writes the same bytes' '
    for jobs in 1 2 5; do index --jobs $jobs --db jobs$jobs $sources; done
    for table in jobs1/*.glass; do cmp $table jobs2/${table#jobs1/}; cmp $table jobs5/${table#jobs1/}; done' ''
is 'what xapian-compact copies is the same index' '
    xapian-compact bulk copied >copied.said 2>&1 || cat copied.said; clean copied; dump copied; diff bulk.dump copied.dump
    for db in bulk copied; do fihris-query --db $db --format json -n 50 "الرئيس وزير*" | json "[(h[\"id\"], h[\"score\"]) for h in d[\"hits\"]]" >$db.hits; done
    diff bulk.hits copied.hits && [ $(wc -c <bulk.hits) -gt 100 ]' ''
is 'and of an index that was added to, too' '
    for writer in few library; do
        cp -r bulk grown; index --writer $writer --db grown $corpus/sidra.json; rm -rf copied; xapian-compact grown copied >copied.said 2>&1 || cat copied.said
        for db in grown copied; do fihris-query --db $db --format json -n 100 "الرئيس OR وزير* OR $every" | json "(d[\"total\"], [(h[\"id\"], h[\"score\"]) for h in d[\"hits\"]])" >$db.hits; done
        diff grown.hits copied.hits && [ $(wc -c <grown.hits) -gt 100 ]; rm -rf grown; done' ''
is 'an unchanged second run leaves the index as it is' '
    index --db first $sources; dump first && diff bulk.dump first.dump; [ ! -e first.building ]' ''

half=$(($(wc -l <"$corpus/almadar.jsonl") / 2))
head -n $half "$corpus/almadar.jsonl" >half.jsonl
is 'additions of any kind give the index of the library too' '
    for writer in bulk few library; do
        index --writer $writer --db add-$writer half.jsonl; index --writer $writer --db add-$writer $sources
        clean add-$writer; dump add-$writer; done; diff add-library.dump add-bulk.dump; diff add-library.dump add-few.dump' ''
is 'changed articles are replaced in any way as by the library' '
    sed "s/ال/بال/g" "$corpus/almadar.jsonl" >changed.jsonl
    for writer in bulk few library; do index --writer $writer --db add-$writer changed.jsonl; clean add-$writer; dump add-$writer; done
    diff add-library.dump add-bulk.dump; diff add-library.dump add-few.dump' ''
is 'prune in bulk takes out what the sources no longer have' '
    for writer in bulk few library; do index --writer $writer --db add-$writer --prune half.jsonl; clean add-$writer; dump add-$writer; done
    diff add-library.dump add-bulk.dump; diff add-library.dump add-few.dump; grep -c "^document Q" add-bulk.dump' "$(grep -c . half.jsonl)"

# Versions of one article, in one run: the newest stays, and what was taken back is gone.
item() { echo "{\"uri\":\"$1\",\"version\":\"$2\",\"versioncreated\":\"2024-05-0$2T10:00:00Z\",\"pubstatus\":\"${3-usable}\",\"headline\":\"خبر $1\",\"body_text\":\"نص النسخة $2\"}"; }
{ item one 1; item one 3; item one 2; item two 1; item two 2 canceled; item two 1; item three 1; } >versions.jsonl
is 'versions are weighed in bulk as by the library' '
    for writer in bulk library; do
        index --writer $writer --db v-$writer versions.jsonl; clean v-$writer
        fihris-index --db v-$writer --export | json "[[a[\"id\"], a[\"body\"]] for a in d]"
    done' $'[["one", "نص النسخة 3"], ["three", "نص النسخة 1"]]\n[["one", "نص النسخة 3"], ["three", "نص النسخة 1"]]'

finish
