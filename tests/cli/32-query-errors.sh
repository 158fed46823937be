#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# fihris-query where something is wrong: a clear line, a hint, status 2; and never a crash.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/archive.sh"
make_archive
export FIHRIS_DB=db

has 'no query' 'fihris-query 2>&1' '^fihris-query: there is no query' '^hint: ' '^\[2\]$'
is 'an unknown option names the nearest' 'fihris-query --fromat json x 2>&1' 'fihris-query: there is no option --fromat
hint: did you mean --format?
[2]'
is 'a wrong choice names the right ones' 'fihris-query --format xml x 2>&1' 'fihris-query: --format takes text|json|trec, not "xml"
[2]'
has 'a number of ranking that is none names those there are' 'fihris-query --tune k2=1 x 2>&1' 'k2=1' '^hint: .*k1, b, surface, entity, near or expand' '^\[2\]$'
is 'a number of ranking beyond its bounds' 'fihris-query --tune b=2 x 2>&1' 'fihris-query: --tune b takes a number from 0 to 1, not "2"
[2]'

has 'no index' 'fihris-query --db nowhere x 2>&1' 'nowhere' '^hint: .*fihris-index' '^\[2\]$'
has 'a file for an index' 'echo text >file; fihris-query --db file x 2>&1' 'file' '^hint: ' '^\[2\]$'
has 'an empty folder for an index' 'mkdir empty; fihris-query --db empty x 2>&1' 'empty' '^hint: ' '^\[2\]$'
if [ -x "$build/tests/bench/baseline" ]; then
    has 'an index that fihris did not make' 'archive | python3 -c "
import json, sys
for l in sys.stdin: a = json.loads(l); print(a[\"id\"], a[\"title\"], a[\"body\"].replace(chr(10), chr(32)), sep=chr(9))" >articles.tsv
        "$build/tests/bench/baseline" index foreign articles.tsv >/dev/null; fihris-query --db foreign x 2>&1' 'foreign' '^hint: ' '^\[2\]$'
else
    skip 'an index that fihris did not make' 'the baseline of the bench was not built'
fi
has 'a damaged index' 'cp -r db hurt; for f in hurt/*.glass; do printf "garbage garbage garbage" | dd of=$f conv=notrunc status=none; done; fihris-query --db hurt القمح 2>&1' 'hurt' '^hint: ' '^\[2\]$'
has 'an index cut short' 'cp -r db cut; for f in cut/*.glass; do : >$f; done; fihris-query --db cut القمح 2>&1' 'cut' '^hint: ' '^\[2\]$'

has 'quotes that are not closed' "fihris-query '\"سوق المال' 2>&1" '^fihris-query: ' '^\[2\]$|wheat|المال'
has 'parentheses that are not closed' "fihris-query '(سوق' 2>&1" '^fihris-query: ' '^\[2\]$'
has 'a parenthesis too many' "fihris-query 'سوق)' 2>&1" '^fihris-query: ' '^\[2\]$'
has 'a date that is none' 'fihris-query date:2024-13 2>&1' '^fihris-query: .*' '^\[2\]$'
has 'a query of 100,000 characters' 'fihris-query "$(head -c 100000 /dev/zero | tr "\0" a)" 2>&1' '^fihris-query: ' '^\[2\]$'
has 'a query of 100,000 words' 'fihris-query --batch <(printf "q\t"; yes سوق | head -n 100000 | tr "\n" " "; echo) 2>&1' '^fihris-query: ' '^\[2\]$'
has 'parentheses 1,000 deep' 'fihris-query "$(printf "(%.0s" $(seq 1000))سوق$(printf ")%.0s" $(seq 1000))" 2>&1' '^fihris-query: ' '^\[2\]$'
has 'a query that is not UTF-8' 'fihris-query "$(printf "\xff\xfe")" 2>&1' '^fihris-query: |[0-9]' '^\[[12]\]$'
for query in '' ' ' '""' '*' '-' '+' '()' ':' 'title:' '"' '((' 'OR' 'AND' 'NOT' '-القمح' 'NOT القمح' 'سوق OR' 'a* b* c*' '🎉' 'date:' 'date:..' '..' "'"; do
    lacks "a strange query does no harm: $query" "fihris-query -- $(printf %q "$query") 2>&1" '^\[([3-9]|[1-9][0-9]+)\]$' 'AddressSanitizer' 'runtime error'
done

is 'a reader that leaves is no error' 'for i in $(seq 2000); do printf "q%d\tسوق\n" $i; done >many.tsv; fihris-query --batch many.tsv --format trec | head -n 1 | cut -d " " -f 1' q1
has 'a full disk is an error' 'fihris-query القمح 2>&1 >/dev/full' '^fihris-query: .*No space left' '^\[2\]$'
has 'help on a full disk is an error too' 'fihris-query --help 2>&1 >/dev/full' '^fihris-query: .*No space left' '^\[2\]$'

finish
