#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Text and queries made to harm: encodings that are none, words and marks without end, what turns lines around.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/archive.sh"
archive | head -n 1 >good.jsonl

# What takes time with the square of its length would take hours where these have a minute (sanitized, five).
limit=60
[ -z "${FIHRIS_SANITIZED-}" ] || limit=300
read_it() { timeout -k 1 $limit fihris-index --quiet --dry-run --jobs 1 "$@" 2>&1; }
index_it() { timeout -k 1 $limit fihris-index --quiet --jobs 1 --db "$@" 2>&1; }
ask() { timeout -k 1 $limit fihris-query "$@" 2>&1; }

cat >make.py <<'END'
import json
def write(name, text): open(name, "wb").write(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
def article(name, body, **more): write(name, json.dumps({"id": name, "title": "عنوان", "body": body, **more}, ensure_ascii=False) + "\n")
write("overlong.jsonl", b'{"id":"a","body":"before \xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf after"}\n{"id":"good","body":"good"}\n')
write("cesu.jsonl", b'{"id":"a","body":"\xed\xa0\xbd\xed\xb8\x80"}\n{"id":"good","body":"good"}\n')
write("beyond.jsonl", b'{"id":"a","body":"\xf4\x90\x80\x80 \xf8\x88\x80\x80\x80 \xff"}\n{"id":"good","body":"good"}\n')
write("lone.jsonl", '{"id":"a","body":"\\ud800"}\n{"id":"b","body":"\\udc00\\ud800"}\n{"id":"pair","body":"\\ud83d\\ude00"}\n')
write("lone16.txt", "\ufeffعنوان\n\nقبل \ud800 بعد النص.".encode("utf-16-le", "surrogatepass"))
write("nul.jsonl", b'{"id":"a","body":"one\\u0000two"}\n{"id":"b","body":"one\0two"}\n{"id":"good","body":"good"}\n')
write("nul.txt", b"title\n\none\0two" + b" and more of the text" * 20)
article("word.jsonl", "ك" * 5_000_000)
article("latin.jsonl", "a" * 10_000_000)
article("marks.jsonl", "قبل ب" + "\u064b" * 1_000_000 + " بعد")
article("accents.jsonl", "before a" + "\u0301" * 1_000_000 + " after")
article("tatweel.jsonl", "قبل م" + "\u0640" * 1_000_000 + "صر بعد")
article("joiners.jsonl", "قبل " + "\u200d" * 1_000_000 + " بعد")
article("digits.jsonl", "1," * 2_000_000)
article("hashes.jsonl", "#" * 1_000_000 + "ا_" * 500_000)
article("urls.jsonl", "http://a.b/" * 300_000)
article("names.jsonl", "قال خالد الدوسري إن محمد بن سلمان " * 20_000)
article("known.jsonl", "بوتين " * 200_000)
article("keywords.jsonl", "نص", keywords=[f"كلمة{i}" for i in range(200_000)])
write("keywords.html", "<html><head><meta name='keywords' content='" + ",".join(f"k{i}" for i in range(200_000)) +
      "'></head><body><p>" + "كلام الخبر طويل جدا. " * 20)
write("keywords.xml", "<?xml version='1.0'?><nitf><head><docdata><key-list>" + "".join(f"<keyword key='k{i}'/>" for i in range(200_000)) +
      "</key-list></docdata></head><body><body.content><p>نص</p></body.content></body></nitf>")
write("texts.sgml", "<DOC><DOCNO>1</DOCNO>" + "<TEXT>x" * 500_000 + "</DOC>")
write("bidi.jsonl", json.dumps({"id": "bidi", "title": "عنوان \u202eمقلوب\u2066 \u061c", "source": "مصدر\u202e",
      "url": "https://a.example/\u202efdp.exe", "keywords": ["\u202eكلمة"], "body": "نص مقلوب \u202ecba\u2067 هنا \u200f."}, ensure_ascii=False))
write("turned.jsonl", json.dumps({"id": "tur\u202e\u2066ned", "source": "مص\u202eدر", "body": "نص معكوس"}, ensure_ascii=False))
write("\x1b[31m\u202eملف.jsonl", '{"id":"a","body":""}\n')
write(b"\xe3\xd1.jsonl", '{"id":"b","body":""}\n')
write("broken.xml", "<?xml version='1.0'?><rss><channel>" + "<item<x>\n<item\"<" * 2000 + "</channel></rss>")
END
python3 make.py

# ---- Encodings ----

for file in overlong cesu beyond; do
    has "$file: what is no UTF-8 is named, and what follows is read" "read_it $file.jsonl" "$file\.jsonl:0: .*UTF-8" '"id":"good"'
done
has 'JSON: half a surrogate pair becomes U+FFFD' 'read_it lone.jsonl' '"id":"a".*"body":"�"' '"id":"b".*"body":"��"' '"id":"pair".*"body":"😀"'
has 'UTF-16: half a pair becomes U+FFFD' 'read_it lone16.txt' '"body":"قبل � بعد النص\."'
has 'a zero byte is no end of a text' 'read_it nul.jsonl' '"id":"good"' '"body":"one two"'
has 'nor in plain text' 'read_it nul.txt' '"body":"one two and more of the text'

# ---- Without end ----

for file in word latin marks accents tatweel joiners digits hashes urls names known keywords; do
    has "$file without end" "read_it $file.jsonl | tail -c 200" '"related":\[\],"entities":\[|"field":"body"'
done
has 'keywords of a page without end' 'read_it keywords.html | cut -c 1-100' '"id":"keywords.html"'
has 'keywords of NITF without end' 'read_it keywords.xml | cut -c 1-100' '"id":"keywords.xml'
has 'texts of TREC that do not end' 'read_it texts.sgml | cut -c 1-40' '"id":"1"'
has 'records within records that are none' 'read_it broken.xml; ended' '^ended$'
is 'all of them are indexed' 'index_it long word.jsonl latin.jsonl marks.jsonl accents.jsonl tatweel.jsonl names.jsonl known.jsonl; count long' 7
is 'a word with a million marks is that word' 'ask --db long --format trec ب | cut -d " " -f 3' 'marks.jsonl'
is 'a word with a million tatweels is that word' 'ask --db long --format trec "+مصر" | cut -d " " -f 3' 'tatweel.jsonl'
has 'a hit of one endless word is shown' 'ask --db long كككك* | cut -c 1-100 | head -n 3' 'عنوان'
has 'a hit of a million marks is shown' 'ask --db long ب | head -c 2000' 'عنوان'

# ---- What turns lines around ----

index_it bidi bidi.jsonl
shown='LC_ALL=C grep -cE "$(printf "\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c")"'
is 'text: no bidi control reaches the terminal' "ask --db bidi \"مقلوب\" | $shown; ask --db bidi --color always \"مقلوب \$(printf '\u202e')\" | $shown" $'0\n0\n[1]'
has 'text: and what it says does' 'ask --db bidi مقلوب' 'مقلوب.* cba.* هنا'
index_it turned turned.jsonl
is 'TREC: an id has signs in their place' "ask --db turned --format trec معكوس | cut -d ' ' -f 3" tur__ned
is 'statistics: an outlet shows what it is called' 'index_it turned --stats | grep -c "  مص.u202eدر$"' 1
is 'statistics: no control reaches the terminal' "index_it turned --stats | $shown" $'0\n[1]'
has 'a complaint shows what a file is called' 'read_it ./*ملف.jsonl' '^fihris-index: \./\\u001b\[31m\\u202eملف\.jsonl:0: no text$'
is 'a report has the complaints of every file, whatever it is called' 'index_it no --report report.json ./*ملف.jsonl $(printf "\xe3\xd1.jsonl") >/dev/null; json "ascii([p[\"where\"] for p in d[\"problems\"]])" <report.json' "['./\\x1b[31m\\u202e\\u0645\\u0644\\u0641.jsonl:0', '\\ufffd\\ufffd.jsonl:0']"
is 'JSON: none stands in it but as an escape' "ask --db bidi --format json \"مقلوب\" | $shown; read_it bidi.jsonl | $shown" $'0\n0\n[1]'
is 'JSON: and it means the same' 'ask --db bidi --format json مقلوب | json "\"\".join(s[\"text\"] for s in d[\"hits\"][0][\"snippet\"]).count(chr(0x202e))"' 1

# ---- Queries ----

longer='longer|more than|too (many|deep|long)|at most'
python3 -c 'print("كلمة " * 200000)' >words
python3 -c 'print("(" * 100000)' >open
python3 -c 'print("(" * 5000 + "a" + ")" * 5000)' >deep
python3 -c 'print("*" * 5000)' >stars
python3 -c 'print("ا* " * 5000)' >prefixes
python3 -c 'print("\"" * 5001)' >quotes
python3 -c 'print("-" * 10000 + "a")' >minus
python3 -c 'print("NOT " * 4000 + "a")' >nots
python3 -c 'print("ا" + "\u064b" * 7000)' >vowels
# asks FILE: what a batch of the one query says.
asks() { { printf '1\t' && cat "$1"; } | ask --db bidi --batch - | cut -c 1-300; }
for query in words open deep prefixes; do
    has "a query of $query without end is refused" "asks $query" "$longer|parenthes|closed"
done
for query in stars quotes minus nots vowels; do
    has "a query of $query is answered or refused" "asks $query; ended" '^ended$'
done
has 'a query that is no UTF-8' 'ask --db bidi "$(printf "\xc0\xaf\xff \xed\xa0\x80")"; ended' '^ended$'
lacks 'nothing of these is a mistake of ours' 'for query in words open deep stars prefixes quotes minus nots vowels; do asks $query; done' 'mistake|bug|Sanitizer'

finish
