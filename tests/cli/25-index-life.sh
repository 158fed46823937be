#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The life of an index: what it holds, whether it is whole, and its articles out of it and back.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/archive.sh"
archive >news.jsonl
make_archive

# ---- export ----

# What only an exported article says: every field, markup that is none, a guessed date, a title from the lead.
cat >full.jsonl <<'END'
{"fihris":1,"id":"كل_شيء","url":"https://example.org/a?b=1&c=<2>","title":"عنوان فيه <b>وسم</b> &amp; رمز","source":"النهر، الجديد","wire":"وكالة","author":"كاتب؛ وكاتبة","published":"2024-05-04T09:30:00+03:00","section":"محلي","language":"ar","parent":"pages/1.txt","dateline":"القاهرة - النهر","edition":"000000000000000002 20240504063000","embargo":"2024-05-04T06:30:00Z","format":"nitf","keywords":["واحد، واثنان","ثلاثة|أربعة"],"body":"سطر أول &lt;i&gt;\nسطر \"ثان\" \\ وشرطة","related":["عنوان آخر","عنوان ثالث"]}
{"fihris":1,"id":"lead","url":null,"title":"سطر بلا عنوان","title_from_lead":true,"source":null,"author":null,"published":"2024-05-04","published_guessed":true,"language":"ar","format":"nitf","keywords":[],"body":"سطر بلا عنوان\nوسطر آخر","related":[]}
{"fihris":1,"id":"zoneless","url":null,"title":"وقت بلا منطقة","source":null,"author":null,"published":"2024-05-04T09:30:00","language":"ar","format":"nitf","keywords":[],"body":"نص","related":[]}
END
is 'an export has every article' 'fihris-index --db db --export | json "[a[\"id\"] for a in d]"' \
    '["bridge", "bridges", "wheat", "money", "cup", "heat", "script", "undated"]'
is 'an export comes back to the letter' '
    fihris-index --db db --export >first.jsonl; fihris-index --quiet --db back first.jsonl
    fihris-index --db back --export | cmp - first.jsonl && wc -l <first.jsonl' 8
is 'no field is lost on the way, and no markup is seen where there is none' '
    fihris-index --quiet --db full full.jsonl; fihris-index --db full --export | cmp - full.jsonl && echo same' same
is 'what was exported is found as before' '
    for q in "جسر" "سوق المال" "مصر"; do hits --db db "$q"; done >before; for q in "جسر" "سوق المال" "مصر"; do hits --db back "$q"; done | cmp - before && echo same' same
is 'an export is unchanged news to the index it came from' '
    fihris-index --quiet --db back --report report.json first.jsonl; json "[d[\"added\"], d[\"replaced\"], d[\"unchanged\"]]" <report.json' '[0, 0, 8]'
is 'whoever reads an export may leave' 'fihris-index --db db --export | head -n 1 | json "d[\"id\"]"' bridge
has 'an export onto a full disk is an error' 'fihris-index --db db --export 2>&1 >/dev/full' 'No space left' '^\[2\]$'
has 'an export of no index is an error' 'fihris-index --db nowhere --export 2>&1' 'there is no index at nowhere' '^\[2\]$'
has 'an export takes no source' 'fihris-index --db db --export news.jsonl 2>&1' 'change nothing' '^\[2\]$'

# ---- what it holds ----

has 'statistics count by outlet, month, language and format' 'fihris-index --db db --stats' '^db: 8 articles, [0-9.]+ MB on disk$' \
    '^ +3  النهر$' '^ +2  الملعب$' '^ +1  2024-05$' '^ +8  ar$' '^ +8  json$' '^ +1  not known$' 'stemmer light'
is 'statistics are JSON too' 'fihris-index --db db --stats --json | json "[d[\"articles\"], [v[\"value\"] for v in d[\"months\"]][:2], d[\"bytes\"] > 0, d[\"stemmer\"]]"' \
    '[8, ["2024-01", "2024-02"], true, "light"]'
is 'an index without articles has statistics' 'fihris-index --quiet --db none --delete x 2>/dev/null; fihris-index --quiet --db one news.jsonl
    for id in bridge bridges wheat money cup heat script undated; do fihris-index --quiet --db one --delete $id; done
    fihris-index --db one --stats --json | json "[d[\"articles\"], d[\"words\"], d[\"outlets\"]]"' '[0, 0, []]'
has 'only --stats and --check know --json' 'fihris-index --db db --json news.jsonl 2>&1' '--json goes with' '^\[2\]$'
has 'one thing at a time' 'fihris-index --db db --stats --check 2>&1' 'one at a time' '^\[2\]$'

# ---- whether it is whole ----

# spoil FILE: turns the bits of some bytes of its last block that hold something.
spoil() {
    python3 - "$1" "${2:-300}" <<'END'
import sys
bytes = bytearray(open(sys.argv[1], "rb").read())
used = [i for i in range(len(bytes)) if bytes[i]]
start = len(used) - int(sys.argv[2])
for i in used[start:start + 100]: bytes[i] ^= 0x55
open(sys.argv[1], "wb").write(bytes)
END
}
is 'a whole index is whole' 'fihris-index --db db --check' 'db: 8 articles read, the index is whole'
is 'that is JSON too' 'fihris-index --db db --check --json | json "[d[\"whole\"], d[\"articles\"], d[\"damages\"]]"' '[true, 8, []]'
has 'damaged text is named, with what to do' 'cp -r db texts; spoil texts/docdata.glass; fihris-index --db texts --check 2>&1' \
    'the stored text of the article|damaged' '^hint: .*(again|anew)' '^texts: .* wrong$' '^\[1\]$'
has 'damaged tables are named' 'cp -r db tables; spoil tables/postlist.glass 12000; fihris-index --db tables --check 2>&1' '^hint: ' '^\[1\]$'
has 'an index that lost a table is damaged' 'cp -r db lost; rm lost/docdata.glass; fihris-index --db lost --check 2>&1' 'docdata.glass: .*this file is gone' '^\[1\]$'
is 'damage is JSON too' 'fihris-index --db texts --check --json | json "[d[\"whole\"], len(d[\"damages\"]) > 0, sorted(d[\"damages\"][0])]"' $'[false, true, ["hint", "what", "where"]]\n[1]'
has 'of what is no index it cannot be told' 'mkdir other; echo >other/file; fihris-index --db other --check 2>&1' 'not an index' '^\[2\]$'

# ---- the same story twice ----

body='أعلنت وزارة النقل اليوم افتتاح الجسر الجديد فوق النهر بعد عامين من العمل المتواصل. وقال الوزير إن الجسر يربط ضفتي المدينة ويخفف الازدحام عن الجسر القديم الذي بني قبل سبعين سنة.'
# story ID OUTLET DATE TITLE BODY
story() { printf '{"id":"%s","source":"%s","date":"%s","title":"%s","body":"%s"}\n' "$@"; }
stories() {
    story wire وكالة 2024-05-04 'الجسر الجديد والجسر والوزير' "$body"
    story copy النهر 2024-05-05 'افتتاح جسر' "${body/اليوم/أمس}"
    story other السوق 2024-05-04 'حصاد القمح' 'بدأ موسم حصاد القمح في المحافظات الشمالية بعد أمطار غزيرة، وتوقع الخبراء محصولا أكبر من العام الماضي لكن المزارعين يشكون من غلاء الوقود ونقص العمال، والجسر مغلق.'
    story correction وكالة 2024-05-06 'تصحيح' "${body/عامين/ثلاثة أعوام}"
    story anew السوق 2025-05-06 'ذكرى' "${body/عامين/ثلاثة أعوام كاملة}"
}
stories >stories.jsonl
fihris-index --quiet --db stories stories.jsonl
# shown DB OPTION…: the ids shown for a query, each with the number of similar ones.
shown() { fihris-query --format json --db "$@" الجسر | json '{h["id"]: h["duplicates"] for h in d["hits"]}'; }
is 'of one story one article is shown, and how many more there are' 'shown stories --sort oldest' '{"wire": 2, "other": 0, "anew": 0}'
is 'the newest of its outlet stands for it' 'shown stories | json "sorted(d.items())"' '[["anew", 0], ["correction", 2], ["other", 0]]'
is 'the newest stands for it where the newest are asked for' 'shown stories --sort newest' '{"anew": 0, "correction": 2, "other": 0}'
is 'all are shown on demand' 'shown stories --all | json "sorted(d)"' '["anew", "copy", "correction", "other", "wire"]'
is 'only what is found counts' 'fihris-query --format json --db stories "الجسر source:النهر" | json "[[h[\"id\"], h[\"duplicates\"]] for h in d[\"hits\"]]"' '[["copy", 0]]'
is 'the total and the facets count every article' 'fihris-query --format json --facet source --db stories الجسر | json "[d[\"total\"], sorted((v[\"value\"], v[\"count\"]) for v in d[\"facets\"][\"source\"])]"' \
    '[5, [["السوق", 2], ["النهر", 1], ["وكالة", 2]]]'
has 'people are told in Arabic' 'fihris-query --db stories الجسر' '^ *\+ خبران مشابهان$'
is 'runs for judges leave nothing out' 'hits --db stories الجسر | wc -w' 5
is 'an article that comes later joins its story' '
    head -n 1 stories.jsonl | fihris-index --quiet --db later -; tail -n 4 stories.jsonl | fihris-index --quiet --db later -
    shown later --sort oldest' '{"wire": 2, "other": 0, "anew": 0}'
is 'any number of jobs makes the same stories' 'fihris-index --quiet --jobs 3 --db jobs stories.jsonl; shown jobs --sort oldest' '{"wire": 2, "other": 0, "anew": 0}'

# ---- the same files again ----

# What the second program would complain of is that a file was read: nobody may read these.
mkdir shelf
sed -n 1,3p news.jsonl | gzip >shelf/first.jsonl.gz
{ sed -n 4,6p news.jsonl; echo '{"id": "empty", "body": ""}'; } >shelf/second.jsonl
sed -n 7,8p news.jsonl >shelf/fresh.jsonl
sleep 3 # what is younger may change again within a tick of its clock
touch -d '1 hour' shelf/fresh.jsonl # younger for as long as this takes
again() { fihris-index --quiet --db shelved --report report.json "$@" 2>/dev/null; json '[d["added"], d["replaced"], d["unchanged"], d["rejected"], d["bytes_unpacked"] > 0]' <report.json; }
size() { wc -c <"$1"; }
is 'the first time everything is read' 'again shelf' '[8, 0, 0, 1, true]'
is 'a file that is as it was is not read again, and counted all the same' 'again shelf; json "d[\"bytes_unpacked\"] == $(size shelf/fresh.jsonl)" <report.json' $'[0, 0, 8, 1, true]\ntrue'
is 'nor under another way to it' 'again ./shelf/ --jobs 3; json "d[\"bytes_unpacked\"] == $(size shelf/fresh.jsonl)" <report.json' $'[0, 0, 8, 1, true]\ntrue'
is 'thorough reads it' 'again --thorough shelf; json "d[\"bytes_unpacked\"] > 1000" <report.json' $'[0, 0, 8, 1, true]\ntrue'
at_once() { touch shelf/fresh.jsonl; again shelf >first; [ "$(date +%s)" -le $(($(stat -c %Y shelf/fresh.jsonl) + 2)) ]; }
name='a file that changed within the last seconds is read again'
if at_once || at_once || at_once; then
    is "$name" 'again shelf; json "d[\"bytes_unpacked\"] == $(size shelf/fresh.jsonl)" <report.json' $'[0, 0, 8, 1, true]\ntrue'
else
    skip "$name" 'a run takes seconds here'
fi
is 'a file of the same size and time with other content is read' '
    cp -p shelf/second.jsonl old; sed -i "s/المال/الذهب/" shelf/second.jsonl; touch -r old shelf/second.jsonl
    [ $(stat -c "%Y" old) = $(stat -c "%Y" shelf/second.jsonl) ] && again shelf' '[0, 1, 7, 1, true]'
is 'another list of names reads everything anew' 'printf "x-y\tperson\t\tX Y\tسين صاد\n" >names.tsv; again --gazetteer names.tsv shelf' '[0, 8, 0, 1, true]'
is 'what was deleted from the index comes back from a file that still has it' '
    sleep 3; again shelf >first; again shelf; json "d[\"bytes_unpacked\"]" <report.json; fihris-index --quiet --db shelved --delete wheat; again shelf' $'[0, 0, 8, 1, false]\n0\n[1, 0, 7, 1, true]'
is 'pruning reads everything' 'rm shelf/fresh.jsonl; again --prune shelf; count shelved' $'[0, 0, 6, 1, true]\n6'

# ---- leaving ----

is 'an article goes by its address' 'cp -r db gone; fihris-index --quiet --db gone --delete https://example.org/2; count gone; hits --db gone صيانة' $'7\n\n[1]'
is 'articles go by their outlet and date' '
    fihris-index --quiet --db gone --delete "source:السوق AND date:2024-04..2024-05"; count gone
    fihris-index --db gone --export | json "[a[\"id\"] for a in d if a[\"source\"] == \"السوق\"]"' $'6\n["wheat", "undated"]'
is 'of two addresses with one hash, one goes' '
    printf "{\"id\":\"%s\",\"url\":\"%s\",\"title\":\"عنوان\",\"body\":\"متن\"}\n" a 8yn0iYCKYHlIj4-BwPqk b GReLUrM4wMqfg9yzV3KQ >same.jsonl
    fihris-index --quiet --db same same.jsonl; fihris-index --quiet --db same --delete GReLUrM4wMqfg9yzV3KQ
    fihris-index --db same --dry-run --delete "url:GReLUrM4wMqfg9yzV3KQ" >/dev/null 2>&1; echo $?
    fihris-index --db same --export | json "d[\"id\"]"' $'1\na'
is 'a whole outlet goes, to the letter' 'fihris-index --quiet --db gone --delete "source:\"الملعب\"" && count gone' 4
is 'articles go by a keyword or an entity' 'fihris-index --quiet --db gone --delete keyword:الطقس --delete entity:city-cairo; fihris-index --db gone --export | json "[a[\"id\"] for a in d]"' '["wheat", "undated"]'
cat >held.jsonl <<'END'
{"fihris":1,"id":"held","title":"بيان محجوز","source":"النهر","embargo":"2199-01-01T00:00:00Z","keywords":["كوفيد-19"],"body":"ينشر البيان لاحقا.","published":"2024-06-01"}
{"fihris":1,"id":"signs","title":"حملة تطعيم","source":"الملعب","keywords":["كوفيد-19، الموجة الثانية"],"body":"بدأت الحملة في المدن.","published":"2024-06-02"}
END
is 'what is under embargo is counted' 'fihris-index --quiet --db held held.jsonl; fihris-index --db held --stats --json | json "[d[\"articles\"], d[\"outlets\"]]"' \
    '[2, [{"value": "الملعب", "articles": 1}, {"value": "النهر", "articles": 1}]]'
is 'what is under embargo goes like all else' 'fihris-index --quiet --db held --delete held; fihris-index --db held --export | json "d[\"id\"]"' signs
is 'a keyword is compared as it was indexed, with its signs or without' 'cp -r held bare; fihris-index --quiet --db bare --delete "keyword:\"كوفيد 19 الموجة الثانية\""; fihris-index --db bare --export | wc -l
    fihris-index --quiet --db held --delete "keyword:\"كوفيد-19، الموجة الثانية\""; fihris-index --db held --export | wc -l' $'0\n0'
is 'what is open at one end takes no undated ones' 'cp -r db open; fihris-index --quiet --db open --delete "date:..2024-06"; fihris-index --quiet --db open --delete date:2024-07-01..; fihris-index --db open --export | json "d[\"id\"]"' undated
is 'first one may look' 'fihris-index --db db --dry-run --delete "date:2024-05" --delete wheat; count db' $'cup\t2024-05-25T20:30:00Z\tالملعب\tالمنتخب المغربي يبلغ النهائي
wheat\t2024-03-15\tالسوق\tارتفاع أسعار القمح عالميا\n8'
has 'what names nothing is named' 'fihris-index --db db --delete "source:لا" 2>&1; fihris-index --db db --dry-run --delete nosuch; echo "<$?>"' 'source:لا: the index has no such article' '^<1>$'
has 'what an earlier word has deleted is not there any more' 'cp -r db twice; fihris-index --db twice --delete wheat --delete wheat 2>&1; count twice' 'wheat: the index has no such article' '^\[?7\]?$'
has 'what is no selection is refused, and nothing is deleted' 'fihris-index --db db --delete wheat --delete "date:2024 OR source:السوق" 2>&1; count db' 'selects no articles: OR source' '^hint: .*keyword' '^\[?2\]?$|^8$'
is 'only what is published since is indexed' 'fihris-index --quiet --db since --since 2024-05 --report report.json news.jsonl; json "[d[\"added\"], d[\"older\"]]" <report.json; fihris-index --db since --export | json "[a[\"id\"] for a in d]"' \
    $'[3, 5]\n["cup", "heat", "script"]'
has 'since takes a date' 'fihris-index --db since --since yesterday news.jsonl 2>&1' '--since takes a date' '2024-05-04' '^\[2\]$'

is 'a takedown leaves nothing behind: no text, no word, no count, no suggestion, and after --compact no byte' '
    cp -r db down; grep -al Qcup down/*.glass | wc -l >before; fihris-index --quiet --db down --delete cup --compact
    grep -al -e المنتخب -e كره\ القدم -e example.org/5 -e Qcup down/*; hits --db down المنتخب; fihris-index --db down --export | grep -c cup
    fihris-query --db down --format json --facet keyword --facet month "$every" | grep -c -e "كرة القدم" -e 2024-05
    fihris-query --db down --format json المنتخت | json "d[\"suggestion\"]"; [ "$(cat before)" -gt 0 ] && count down' $'\n0\n0\n\n7'

# coded WORD DIR: how many files of the index, or pages of its vocabulary, or values, hold it in UTF-8, in UTF-16, or in
# the one byte a letter of terms and of texts.
coded() {
    python3 - "$1" "$2" <<'END'
import pathlib, subprocess, sys
word, folder = sys.argv[1:]
codings = [word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), bytes(0x80 + ord(c) - 0x620 for c in word)]
run = lambda *what: subprocess.run(["xapian-metadata", *what], capture_output=True).stdout
texts = [path.read_bytes() for path in pathlib.Path(folder).iterdir()]
texts += [run("get", folder, key) for key in run("list", folder, "fihris.words.").decode().split()]
texts += [subprocess.run(["xapian-delve", "-V" + str(slot), folder], capture_output=True).stdout for slot in range(11)]
print(sum(any(coding in text for coding in codings) for text in texts))
END
}
if command -v xapian-metadata >/dev/null; then
    python3 - >secrets.jsonl <<'END'
import json
for i in range(1300):
    text = "قال الشاهد المستور في الجلسة إن القضية طويت" if i % 5 == 0 else "أعلنت الوزارة في بيان أن الأعمال تسير كما خطط لها"
    print(json.dumps({"id": f"s{i}", "title": f"خبر {i}", "keywords": ["أ", "سحب"] if i % 5 == 0 else ["أ"], "body": f"{text} رقم {i * 7919} في عام {1900 + i}"}, ensure_ascii=False))
END
    sed 's/قال الشاهد المستور في الجلسة/قال متحدث/' secrets.jsonl >corrected.jsonl
    fihris-index --quiet --db secret secrets.jsonl
    is 'no word of what was taken down is left, in no coding, nor in the vocabulary' '
        cp -r secret s1; fihris-index --quiet --db s1 --compact; xapian-metadata list s1 fihris.words. | head -n 1; [ "$(coded المستور s1)" -gt 0 ] && echo was there
        [ "$(coded سحب s1)" -gt 0 ] && echo and its keyword
        fihris-index --quiet --db s1 --delete keyword:سحب --compact; coded المستور s1; coded سحب s1; count s1; xapian-metadata get s1 fihris.vocabulary' $'fihris.words.1.0000\nwas there\nand its keyword\n0\n0\n1040\n2'
    is 'nor of what a newer version replaced' '
        fihris-index --quiet --db secret corrected.jsonl; fihris-index --quiet --db secret --compact; coded المستور secret; count secret' $'0\n1300'
    is 'and the index is whole' 'fihris-index --db secret --check' 'secret: 1300 articles read, the index is whole'
else
    skip 'no word of what was taken down is left' 'xapian-metadata is not here'
fi

# ---- following ----

# wait_for COUNT DB: until the index has so many articles, at most ten seconds.
wait_for() {
    for _ in $(seq 100); do
        [ "$(fihris-index --db "$2" --stats --json 2>/dev/null | json 'd["articles"]' 2>/dev/null)" = "$1" ] && return
        sleep 0.1
    done
    echo "there are not $1 articles in $2"
    fihris-index --db "$2" --stats 2>&1 | head -n 1
}
mkdir -p desk/today
sed -n 1p news.jsonl >desk/one.jsonl
{
    bash -c 'echo $$ >follower; exec fihris-index --db followed --follow --prune desk' 2>follow.log
    echo $? >code
} &
is 'what is there already is indexed first' 'wait_for 1 followed' ''
is 'what appears is found within seconds' 'sed -n 2p news.jsonl >desk/two.jsonl; wait_for 2 followed; hits --db followed صيانة' bridges
is 'and what appears in a new folder' 'mkdir -p desk/today/late; sed -n 3p news.jsonl >desk/today/late/three.jsonl; wait_for 3 followed; hits --db followed القمح' wheat
is 'and what is moved in' 'sed -n 4p news.jsonl >moved; mv moved desk/today/four.jsonl; wait_for 4 followed' ''
is 'what changes is indexed anew' 'sed "s/صيانة/ترميم/g" desk/two.jsonl >new; mv new desk/two.jsonl; for _ in $(seq 100); do hits --db followed ترميم >found && break; sleep 0.1; done; cat found' bridges
is 'others may write meanwhile' 'fihris-index --quiet --db followed --delete wheat; wait_for 3 followed' ''
is 'what is deleted goes, with --prune' 'rm desk/one.jsonl desk/today/late/three.jsonl; wait_for 2 followed' ''
is 'an interruption ends it well' 'kill -INT "$(cat follower)"; for _ in $(seq 100); do [ -s code ] && break; sleep 0.1; done; cat code; fihris-index --db followed --check' $'0\nfollowed: 2 articles read, the index is whole'
is 'what was followed is what a run would find' 'fihris-index --quiet --db followed --prune --report report.json desk; json "[d[\"added\"], d[\"replaced\"], d[\"unchanged\"], d[\"removed\"]]" <report.json' '[0, 0, 2, 0]'
has 'a folder that is not there cannot be followed' 'fihris-index --db followed --follow nowhere 2>&1' 'cannot be followed' '^\[2\]$'
is 'a part of a folder is called as it is in the whole' '
    mkdir pages pages/in; echo "خبر عن الجسور والطرق في المدينة" >pages/in/a.txt; fihris-index --quiet --db part pages/./in; fihris-index --quiet --db part --report report.json pages
    json "d[\"unchanged\"]" <report.json; fihris-index --db part --export | json "d[\"id\"]"' $'1\npages/in/a.txt'

# ---- reading meanwhile ----

# Reads as fast as it can; a line for each answer that is an error, or that has something else than it should.
read_on() {
    while [ ! -e "$1.stop" ]; do
        fihris-query --db "$1" --format json --all --limit 100 الجسر >"$1.answer" 2>"$1.complaint" || cat "$1.complaint"
        json '"" if [h["id"] for h in d["hits"]].count("bridge") == 1 else d' <"$1.answer" 2>&1 | grep .
    done
}
numbered() { for i in $(seq "$1" "$2"); do story "n$i" عدد 2024-06-01 "خبر $i" "كلام عن الجسر رقم $i وعن غيره $((i * 7))"; done; }
is 'whoever searches notices nothing of additions, deletions and compactions' '
    cp -r db busy; read_on busy >trouble &
    for round in 1 2 3; do
        numbered 1 $((round * 20)) | fihris-index --quiet --db busy -
        fihris-index --quiet --db busy --compact
        fihris-index --quiet --db busy --delete source:عدد
    done
    touch busy.stop; wait $!; cat trouble; count busy' 8

finish
