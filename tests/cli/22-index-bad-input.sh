#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Bad input never stops a run: it is counted, named with its place, and left out; what was good is kept.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/archive.sh"
archive >news.jsonl

index() { rm -rf db; fihris-index --db db "$@" 2>&1; }

has 'a file that is not there' 'index nowhere.jsonl' 'nowhere.jsonl' 'hint: |No such file' '^\[2\]$'
has 'one file that is not there beside one that is' 'index nowhere.jsonl news.jsonl; count db' 'nowhere.jsonl' '^\[1\]$|^8$'
is 'the good file beside it is indexed' 'count db' 8
has 'an empty file' ': >empty.jsonl; index empty.jsonl' 'empty.jsonl' '^\[2\]$'
has 'a file of blanks' 'printf " \n\n" >blank.txt; index blank.txt' 'blank.txt' '^\[2\]$'

{ head -n 3 news.jsonl; echo '{"title": "broken", '; tail -n 5 news.jsonl; } >broken.jsonl
has 'a broken line of JSON is named with its place' 'index broken.jsonl' 'broken\.jsonl:[^ ]*[0-9]' '^\[1\]$'
is 'the lines around it are indexed' 'count db' 8
python3 -c 'import json; print(json.dumps([json.loads(l) for l in open("news.jsonl")], ensure_ascii=False))' >whole.json
has 'an array cut short is named' 'head -c 2500 whole.json >cut.json; index cut.json' 'cut\.json' '^\[1\]$'
has 'what stood before the cut is indexed' 'count db' '^[1-9]$'
has 'JSON without an article is named' 'echo "{\"a\":1}" >other.json; index other.json' 'other\.json' '^\[2\]$'
has 'an article without text is named' 'echo "{\"id\":\"x\",\"title\":\"\",\"body\":\"\"}" | cat - news.jsonl >hollow.jsonl; index hollow.jsonl; count db' 'hollow\.jsonl' '^8$'
has 'deep nesting is refused, not followed' 'python3 -c "print(\"[\"*200000)" >deep.json; index deep.json' 'deep\.json' '^\[2\]$'

{ head -n 2 news.jsonl; printf '{"id":"bad","title":"\xff\xfe\xff","body":"\xc3\x28\xff\xff"}\n'; tail -n 6 news.jsonl; } >latin.jsonl
has 'bytes that are not UTF-8 are named or read as what they are' 'index latin.jsonl; count db' '^[89]$'
has 'bytes of no text at all' 'head -c 100000 /dev/urandom >noise.bin; index noise.bin' 'noise\.bin' '^\[2\]$'

gzip -k news.jsonl
size=$(stat -c %s news.jsonl.gz)
has 'a truncated gz is named' "head -c $((size - 200)) news.jsonl.gz >short.gz; index short.gz" 'short\.gz' '^\[[12]\]$'
has 'a damaged gz is named' "{ head -c $((size / 2)) news.jsonl.gz; printf 'XXXXXXXXXXXXXXXX'; tail -c +$((size / 2 + 17)) news.jsonl.gz; } >bad.gz; index bad.gz" 'bad\.gz' '^\[[12]\]$'
has 'a truncated tar is named' 'mkdir -p pages; for i in 1 2 3 4 5; do head -n $i news.jsonl | tail -n 1 >pages/$i.json; done; tar -cf pages.tar pages; head -c 3000 pages.tar >short.tar; index short.tar' 'short\.tar' '^\[[12]\]$'

has 'a huge line is refused and what follows it is read' '
    { head -n 1 news.jsonl; printf "{\"id\":\"huge\",\"title\":\"t\",\"body\":\""; head -c 200000000 /dev/zero | tr "\0" a; printf "\"}\n"; tail -n 7 news.jsonl; } >huge.jsonl
    index huge.jsonl; count db' 'huge\.jsonl' '^\[1\]$|^8$'
is 'the eight good ones are there' 'rm huge.jsonl; count db' 8
if [ -z "${FIHRIS_SANITIZED-}" ]; then
    is 'a huge line takes little memory' '
        (ulimit -v 1000000; head -c 400000000 /dev/zero | tr "\0" a | fihris-index --jobs 1 --db little - 2>&1 | grep -ci "memory")' $'0\n[1]'
else
    skip 'a huge line takes little memory' 'a sanitizer takes address space of its own'
fi

has 'a folder that holds itself ends' 'mkdir -p loop/in; cp news.jsonl loop; ln -s .. loop/in/back; index loop; count db' '^8$'
if [ "$(id -u)" -ne 0 ]; then
    has 'a file that may not be read is named' 'mkdir locked; cp news.jsonl locked/a.jsonl; cp news.jsonl locked/b.jsonl; chmod 000 locked/a.jsonl; index locked' 'a\.jsonl' 'ermission' '^\[1\]$'
elif command -v setpriv >/dev/null; then
    chmod 755 "$place"
    mkdir -m 777 open out
    cp news.jsonl open/a.jsonl && cp news.jsonl open/b.jsonl && cp "$build/indexer/fihris-index" .
    chmod 000 open/a.jsonl
    nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
    has 'a file that may not be read is named' "$nobody ./fihris-index --db out/db open 2>&1" 'a\.jsonl' 'ermission' '^\[1\]$'
else
    skip 'a file that may not be read is named' 'root reads everything'
fi

is 'an index within its source is not read as news' 'mkdir inside; cp news.jsonl inside; (cd inside && fihris-index --quiet . && fihris-index --quiet .) 2>&1; count inside/fihris.db' 8

# ---- the index ----

has 'an index that is a file' 'echo text >file.db; fihris-index --db file.db news.jsonl 2>&1; cat file.db' 'file\.db' '^text$'
has 'an index in a folder of other things' 'mkdir other; echo keep >other/file; fihris-index --db other news.jsonl 2>&1; cat other/file' '^keep$'
has 'an index that cannot be made' 'fihris-index --db nowhere/db news.jsonl 2>&1' 'nowhere/db' '^\[2\]$'
has 'an index on a full disk keeps what it had' 'index news.jsonl >/dev/null; fihris-index --db db --report /dev/full news.jsonl 2>&1; count db' '^8$'
has 'an index that is damaged is named' 'cp -r db hurt; for f in hurt/*.glass; do printf "garbage garbage garbage" | dd of=$f conv=notrunc status=none; done; fihris-index --db hurt news.jsonl 2>&1' 'hurt' '^hint: ' '^\[2\]$'
has 'only one writes at a time' '
    mkfifo slow; fihris-index --quiet --db db - <slow & writer=$!
    exec 9>slow; head -n 1 news.jsonl >&9; sleep 1
    fihris-index --db db news.jsonl 2>&1; exec 9>&-; wait $writer; count db' 'lock|writ' '^8$'

# ---- killed ----

is 'what was committed survives a kill' '
    rm -rf db; fihris-index --quiet --db db news.jsonl
    mkfifo stuck; fihris-index --quiet --db db - <stuck 2>/dev/null & writer=$!
    exec 9>stuck; head -n 1 news.jsonl | sed "s/bridge/new/" >&9; sleep 0.5; kill -9 $writer; exec 9>&-; wait $writer 2>/dev/null
    count db; fihris-index --quiet --db db news.jsonl; count db' $'8\n8'
is 'an interrupt ends even what waits for more, commits what was read and says so' '
    rm -rf int; mkfifo wait; fihris-index --db int - <wait >int.log 2>&1 & writer=$!
    exec 9>wait; for _ in {1..200}; do cat news.jsonl; done >&9; sleep 1; kill -INT $writer; timeout 20 tail --pid=$writer -f /dev/null; echo $?
    exec 9>&-; wait $writer; echo $?; count int; grep "cannot be read" int.log; grep -c "^interrupted: " int.log' $'0\n130\n8\n1'

finish
