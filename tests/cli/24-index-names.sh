#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Names of one's own: given as a list, learned from the archive, and put right by a person.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/serve.sh"
unset http_proxy https_proxy all_proxy

printf '%s\n' $'club-wadi\torganisation\t\tAl-Wadi\tنادي الوادي\tفريق الوادي|?الوادي' >names.tsv
cat >news.jsonl <<'END'
{"id":"one","title":"فوز كبير","source":"الملعب","date":"2024-01-05","body":"فاز فريق الوادي على ضيفه بهدفين، وتصدر الوادي الترتيب."}
{"id":"two","title":"تعادل بلا أهداف","source":"النهر","date":"2024-02-05","body":"تعادل نادي الوادي مع مضيفه في مباراة فاترة."}
{"id":"three","title":"سيول في الجنوب","source":"النهر","date":"2024-03-05","body":"غمرت السيول الوادي القريب من القرية."}
END
entities() { fihris-index --quiet --dry-run "$@" | json 'sorted((a["id"], e["id"], e["text"]) for a in (d if isinstance(d, list) else [d]) for e in a["entities"] if "club" in e["id"] or ":" in e["id"])'; }

# ---- a list ----

is 'a list adds names with their spellings' 'entities --listed-only --gazetteer names.tsv news.jsonl' \
    '[["one", "club-wadi", "الوادي"], ["one", "club-wadi", "فريق الوادي"], ["two", "club-wadi", "نادي الوادي"]]'
is 'without it they are nobody' 'entities --listed-only news.jsonl' '[]'
is 'the index remembers its list' '
    fihris-index --quiet --db listed --listed-only --gazetteer names.tsv news.jsonl
    hits --db listed "entity:club-wadi" | tr " " "\n" | sort | paste -sd " "
    sed -n 2p news.jsonl | sed "s/two/four/" | fihris-index --quiet --db listed --listed-only -
    hits --db listed "entity:\"فريق الوادي\"" | tr " " "\n" | sort | paste -sd " "' $'one two\nfour one two'
is 'a new list indexes its articles anew' '
    fihris-index --quiet --db grown --listed-only --report report.json news.jsonl
    fihris-index --quiet --db grown --listed-only --gazetteer names.tsv --report report.json news.jsonl
    json "[d[\"replaced\"], d[\"unchanged\"]]" <report.json
    fihris-index --quiet --db grown --listed-only --report report.json news.jsonl
    json "[d[\"replaced\"], d[\"unchanged\"]]" <report.json' $'[3, 0]\n[0, 3]'
is 'JSON is a list too' '
    echo "[{\"id\":\"club-wadi\",\"type\":\"organisation\",\"label\":\"نادي الوادي\"}]" >names.json
    entities --listed-only --gazetteer names.json news.jsonl' '[["two", "club-wadi", "نادي الوادي"]]'
has 'a bad line is named' 'printf "\nx\tpersonne\t\t\tفلان\n" >bad.tsv; fihris-index --db bad --gazetteer bad.tsv news.jsonl 2>&1' \
    '^fihris-index: bad.tsv:2: ' '^hint: ' '^\[2\]$'
has 'a list that is not there is named' 'fihris-index --db bad --gazetteer nowhere.tsv news.jsonl 2>&1' 'nowhere.tsv' '^\[2\]$'

# ---- learning ----

# Six reports of one outlet and another that name a person with what stands around a name.
reports() {
    for number in 1 2 3; do
        echo "{\"id\":\"a$number\",\"title\":\"خبر $number\",\"source\":\"النهر\",\"date\":\"2024-04-0$number\",\"keywords\":[\"فيكتور كاليمانوف\",\"اقتصاد\"],\"body\":\"قال الرئيس فيكتور كاليمانوف إن العمل مستمر في المرحلة $number. وأضاف كاليمانوف أن النتائج جيدة.\"}"
        echo "{\"id\":\"b$number\",\"title\":\"خبر آخر $number\",\"source\":\"السوق\",\"date\":\"2024-05-0$number\",\"body\":\"التقى وزير الخارجية فيكتور كليمانوف نظيره في الجولة $number، وأكد فيكتور كليمانوف أهمية اللقاء.\"}"
    done
}
reports >reports.jsonl
names() { fihris-index --db learned --entities "$@"; }

if [ "$(entities reports.jsonl)" = '[]' ]; then
    skip 'names are learned from an archive' 'fihris was built without the recogniser'
    finish
fi
fihris-index --quiet --db learned reports.jsonl
has 'a name that articles agree on is learned, in all its spellings' 'names list' \
    $'^person:فيكتور_كاليمانوف\tperson\tفيكتور كاليمانوف\t6\t3\tفيكتور كاليمانوف\\|فيكتور كليمانوف\t' '^# id'
lacks 'a topic is not' 'names list' 'اقتصاد'
is 'one spelling finds all' 'hits --db learned "entity:\"فيكتور كليمانوف\"" | wc -w' 6
is 'learning again changes nothing' 'names list >before; names learn; names list | cmp - before' '1 names learned'
is 'what was learned is a list for another index' '
    names export >export.tsv
    head -n 1 reports.jsonl | fihris-index --quiet --db other --listed-only --gazetteer export.tsv -
    hits --db other "entity:\"فيكتور كليمانوف\""' a1
suggested() { asked /suggest q 'فيكتو' format json | json '[e["label"] for e in d["entities"]]'; }
if command -v curl >/dev/null; then
    serve --db learned
    is 'a server suggests what was learned' suggested '["فيكتور كاليمانوف"]'
else
    skip 'a server that sees names change' 'curl is not installed'
fi
is 'a rejected name is none' '
    names reject "فيكتور كاليمانوف"; names list | grep -v "^#"; names list | grep -c rejected' $'0 names learned\n2'
[ -z "${server-}" ] || is 'a server that runs does not suggest it any more' suggested '[]'
is 'and may be restored' 'names restore "person:فيكتور_كاليمانوف" "person:فيكتور_كليمانوف"' '1 names learned'
is 'a name can be merged into a listed one' '
    names merge vladimir-putin "فيكتور كاليمانوف"
    hits --db learned "entity:vladimir-putin" | wc -w' $'0 names learned\n6'
has 'an unknown name is an error' 'names reject nobody 2>&1' 'nobody' '^hint: ' '^\[2\]$'
has 'an unknown action names those there are' 'names forget 2>&1' 'forget' 'merge|reject' '^\[2\]$'
has 'an action without its words shows how it is used' 'names merge one 2>&1' '^hint: --entities merge ID' '^\[2\]$'
has 'there is nothing to show without an index' 'fihris-index --db nowhere --entities list 2>&1' 'nowhere' '^\[2\]$'
finish
