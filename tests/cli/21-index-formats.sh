#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What fihris-index reads: formats, containers, compressions and encodings, told by content and not by name.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/archive.sh"
archive >news.jsonl
python3 -c 'import json; print(json.dumps([json.loads(l) for l in open("news.jsonl")], ensure_ascii=False, indent=1))' >news.json

# indexed NAME: how many articles fihris-index finds in what is named.
indexed() { rm -rf db; fihris-index --quiet --db db "$@" && count db; }
# first FIELD SOURCE…: a field of the first article.
first() { local field=$1; shift; fihris-index --quiet --dry-run "$@" | head -n 1 | json "d['$field']"; }

# ---- JSON ----

is 'JSON lines' 'indexed news.jsonl' 8
is 'a JSON array' 'indexed news.json' 8
is 'the name says nothing' 'cp news.json news.txt; indexed news.txt' 8
is 'one JSON object' 'head -n 1 news.jsonl >one.json; indexed one.json' 1
is 'a byte order mark before JSON' 'printf "\xef\xbb\xbf" | cat - news.jsonl >bom.jsonl; indexed bom.jsonl' 8
is 'empty lines between JSON lines' 'sed "s/$/\n/" news.jsonl >spaced.jsonl; indexed spaced.jsonl' 8
is 'CR LF after JSON lines' 'sed "s/$/\r/" news.jsonl >crlf.jsonl; indexed crlf.jsonl' 8
while IFS=$'\t' read -r from to; do
    is "$to may be called $from" "sed 's/\"$to\"/\"$from\"/' one.json >named.json; first $to named.json" "$(first "$to" one.json)"
done <<'END'
headline	title
content	body
text	body
byline	author
link	url
END
for name in published datePublished date_extracted; do
    is "the date may be called $name" "sed 's/\"date\"/\"$name\"/' one.json >named.json; first published named.json" 2024-01-05
done
is 'keywords may be called tags' 'sed "s/\"keywords\"/\"tags\"/" one.json >named.json; first keywords named.json' '["جسور", "النيل"]'
is 'an id may be a number' 'sed "s/\"bridge\"/4021/" one.json >named.json; fihris-index --quiet --dry-run named.json | grep -c 4021' 1

# ---- text ----

cat >page.txt <<'END'
افتتاح جسر جديد فوق النيل
تاريخ النشر: 5th, January 2024 GMT
افتتحت الحكومة جسرا جديدا فوق نهر النيل.
المصدر: النهر
كلمات دلالية: جسور النيل
END
is 'a saved page: its title' 'first title page.txt' 'افتتاح جسر جديد فوق النيل'
is 'a saved page: its date' 'first published page.txt' 2024-01-05
is 'a saved page: its source' 'first source page.txt' 'النهر'
is 'plain text is an article' 'printf "عنوان الخبر\n\nنص الخبر عن السدود.\n" >plain.txt; indexed plain.txt && hits --db db السدود | wc -w' $'1\n1'

# ---- containers ----

is 'gz' 'gzip -k news.jsonl; indexed news.jsonl.gz' 8
is 'gz through a pipe' 'gzip <news.jsonl | fihris-index --quiet --db gz - && count gz' 8
for tool in xz zstd bzip2; do
    if command -v $tool >/dev/null; then
        is "$tool" "$tool -q <news.jsonl >packed; indexed packed" 8
    else
        skip "$tool" "$tool is not installed"
    fi
done
mkdir -p folder/inner && cp news.jsonl folder/inner/ && cp page.txt folder/
is 'a folder, with folders in it' 'indexed folder' 9
is 'tar' 'tar -cf news.tar folder; indexed news.tar' 9
is 'tar.gz' 'tar -czf news.tar.gz folder; indexed news.tar.gz' 9
is 'a packed file in a tar' 'cp news.jsonl.gz folder/inner; rm folder/inner/news.jsonl; tar -cf packed.tar folder; indexed packed.tar' 9
if command -v zip >/dev/null; then
    is 'zip' 'zip -qr news.zip folder; indexed news.zip' 9
else
    skip zip 'zip is not installed'
fi
is 'what a folder keeps beside its articles is passed over' 'mkdir -p aside/_notes; cp news.jsonl aside/; for name in README.md .hidden _notes/a.txt; do echo "ملاحظة" >aside/$name; done; indexed aside' 8
is 'an empty folder gives nothing and says so' 'mkdir empty; fihris-index --db empty.db empty 2>&1 | grep -c empty' 1
is 'a page of an archive is known by its place' '
    tar -cf one.tar page.txt; fihris-index --quiet --dry-run one.tar | json "\"page.txt\" in d[\"id\"]"' true

# ---- encodings ----

is 'Windows-1256' 'iconv -f UTF-8 -t WINDOWS-1256 page.txt >w.txt; first title w.txt' 'افتتاح جسر جديد فوق النيل'
is 'ISO 8859-6' 'iconv -f UTF-8 -t ISO-8859-6 page.txt >i.txt; first title i.txt' 'افتتاح جسر جديد فوق النيل'
is 'MacArabic' 'python3 -c "import sys; sys.stdout.buffer.write(open(\"page.txt\").read().replace(\"2024\", \"٢٠٢٤\").encode(\"mac_arabic\"))" >m.txt; first title m.txt; first published m.txt' $'افتتاح جسر جديد فوق النيل\n2024-01-05'
is 'UTF-16 without a byte order mark' 'iconv -f UTF-8 -t UTF-16LE page.txt >u.txt; first title u.txt' 'افتتاح جسر جديد فوق النيل'
python3 -c 'import sys; text = open("page.txt", "rb").read(); sys.stdout.write("".join(bytes([b]).decode("cp1252", "replace").replace("\ufffd", chr(b)) for b in text))' >moji.txt
is 'UTF-8 read as Windows-1252 and saved again is repaired' 'first title moji.txt' 'افتتاح جسر جديد فوق النيل'
has 'and said' 'fihris-index --db moji moji.txt 2>&1' '1 repaired'
for encoding in UTF-16LE UTF-16BE; do
    is "$encoding with a byte order mark" "printf '\ufeff' | cat - page.txt | iconv -f UTF-8 -t $encoding >u.txt; first title u.txt" 'افتتاح جسر جديد فوق النيل'
done
is 'JSON in UTF-16' 'printf "\ufeff" | cat - news.jsonl | iconv -f UTF-8 -t UTF-16LE >u.jsonl; indexed u.jsonl' 8
is 'JSON escapes are letters' 'python3 -c "import json; [print(json.dumps(json.loads(l))) for l in open(\"news.jsonl\")]" >escaped.jsonl; first title escaped.jsonl' 'افتتاح جسر جديد فوق النيل'

finish
