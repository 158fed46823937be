#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# fihris-stem: words in, what the analysis makes of them out.
. "$(dirname "$0")/lib.sh"

has 'help lists the options' 'fihris-stem --help' '^Usage: fihris-stem' '--stemmer NAME' '--text' 'Exit status'
has 'version is a name and a number' 'fihris-stem --version' '^fihris-stem [0-9]+\.[0-9]+\.[0-9]+$'
is 'a word, its folded form, its stem' 'echo "وبالقاهرة" | fihris-stem --stemmer light10' \
    $'وبالقاهرة\tوبالقاهره\tقاهر'
is 'none leaves the folded word' 'echo "المُدُن" | fihris-stem --stemmer none' $'المُدُن\tالمدن\tالمدن'
is 'every word has its line, in order' 'printf "مدرسة\nمدارس\n" | fihris-stem -s none | cut -f 1' $'مدرسة\nمدارس'
is 'no words, no output' 'fihris-stem </dev/null' ''
is 'an empty line stays a line' 'printf "\n" | fihris-stem' $'\t\t'
is 'lines may end in CR LF' 'printf "مصر\r\n" | fihris-stem -s none' $'مصر\tمصر\tمصر'
is 'the last line needs no end' 'printf "مصر" | fihris-stem -s none' $'مصر\tمصر\tمصر'
is 'text is taken apart, one token a line' 'echo "في القاهرة، 1,200 شخص" | fihris-stem --text -s none | cut -f 2' \
    $'في\nالقاهره\n1200\nشخص'
is 'bytes that are not UTF-8 do no harm' 'printf "\xff\xfe\n" | fihris-stem --text' ''
has 'a long line is read whole' 'head -c 3000000 /dev/zero | tr "\0" x | fihris-stem | wc -c' '^[0-9]{7}'
is 'an unknown stemmer is named, with the ones there are' 'fihris-stem --stemmer snowball 2>&1 </dev/null' \
    'fihris-stem: --stemmer takes light|light10|none, not "snowball"
[2]'
is 'an unknown option names the nearest' 'fihris-stem --stemer light 2>&1' 'fihris-stem: there is no option --stemer
hint: did you mean --stemmer?
[2]'
has 'an argument is no input, and the hint says so' 'fihris-stem مصر 2>&1' '^fihris-stem: ' '^hint: .*standard input' '^\[2\]$'
awk 'BEGIN { for (i = 0; i < 200000; i++) print "مصر" }' >many
is 'a reader that leaves is no error' 'fihris-stem -s none <many | head -n 1' $'مصر\tمصر\tمصر'
has 'a full disk is an error' 'fihris-stem <many 2>&1 >/dev/full' '^fihris-stem: .*No space left' '^\[2\]$'
has 'help on a full disk is an error too' 'fihris-stem --help 2>&1 >/dev/full' '^fihris-stem: .*No space left' '^\[2\]$'

finish
