#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The query language, rule by rule: QUERY finds these articles of the small archive.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/archive.sh"
make_archive
export FIHRIS_DB=db

# finds RULE QUERY ID…: all of these and no others, in any order.
finds() {
    local rule=$1 query=$2
    shift 2
    is "$rule: $query" "fihris-query --format json --match all --limit 100 -- $(printf %q "$query") | json '\" \".join(sorted(h[\"id\"] for h in d[\"hits\"]))' | sed '/^\[1\]$/d; s/^\$/none/'" \
        "$(printf '%s\n' "${@:-none}" | sort | paste -sd ' ')"
}
# the status of a query without hits is tested elsewhere
output_of() {
    (eval "$1") </dev/null 2>"$place/.stderr"
}

finds 'a word by its stem' 'جسر' bridge bridges
finds 'with clitics' 'وبالجسور' bridge bridges
finds 'without hamza' 'اسعار' wheat
finds 'vowel marks are nothing' 'القَمْح' wheat
finds 'tatweel is nothing' 'القمـــح' wheat
finds 'all words' 'مصر القمح' wheat
finds 'a phrase' '"سوق المال"' money wheat
finds 'a phrase in guillemets' '«سوق المال»' money wheat
finds 'a phrase is in order' '"المال سوق"'
finds 'a phrase by words, not by stems' '"نهر النيل"' bridge
finds 'an unwanted word' 'سوق -القمح' money
finds 'NOT' 'سوق NOT القمح' money
finds 'an unwanted phrase' 'القمح -"سوق المال"'
finds 'OR' 'القمح OR السدود' wheat undated
finds 'OR in Arabic' 'القمح أو السدود' wheat undated
finds 'AND binds closer than OR' 'السدود OR القمح AND روسيا' wheat undated
finds 'parentheses' '(السدود OR القمح) AND روسيا' wheat
finds 'a word as written' '+الجسور' bridges
finds 'the beginning of a word' 'الجس*' bridge bridges
finds 'a field: title' 'title:السدود' undated
finds 'a field in Arabic: title' 'عنوان:السدود' undated
finds 'a field: source' 'source:الملعب' cup script
finds 'a field in Arabic: source' 'مصدر:الملعب' cup script
finds 'a field: author' 'author:الاقتصادي' money wheat
finds 'a field in Arabic: author' 'كاتب:الاقتصادي' money wheat
finds 'a field with a phrase' 'author:"القسم الرياضي"' cup
finds 'a field: entity, by the adjective of a place too' 'entity:المغرب' cup heat
finds 'a field in Arabic: entity' 'كيان:المغرب' cup heat
finds 'a date: a year' 'date:2023'
finds 'a date: a month' 'date:2024-03' wheat
finds 'a date: a day' 'date:2024-05-25' cup
finds 'a date: a range of months, both in' 'date:2024-02..2024-04' bridges money wheat
finds 'a date: an open end' 'date:2024-06..' heat script
finds 'a date: an open beginning' 'date:..2024-01' bridge
finds 'a date in Arabic' 'تاريخ:2024-03' wheat
finds 'a date in Arabic digits' 'date:٢٠٢٤-٠٣' wheat
finds 'before' 'before:2024-02-10' bridge
finds 'after' 'after:2024-06-30' script
finds 'before in Arabic' 'قبل:2024-02-10' bridge
finds 'after in Arabic' 'بعد:2024-06-30' script
finds 'a word and fields' 'مصر source:السوق date:2024' wheat

finish
