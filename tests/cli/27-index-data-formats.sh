#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Articles in tables, in collections for research, in text with fields above it; and names of fields one's own.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/reading.sh"

# ---- CSV ----

cat >a.csv <<'END'
id,title,body,date,author,keywords
1,"عنوان، ""بين"" أقواس","فقرة أولى,
وفقرة ثانية",2024-05-04,محرر الأخبار,"بحر, سفن"

2,عنوان ثان,نص ثان,4/5/2024,,
3,بلا نص,,,,
END
fields 'CSV' a.csv id 1 title 'عنوان، "بين" أقواس' body $'فقرة أولى,\nوفقرة ثانية' published 2024-05-04 author 'محرر الأخبار' keywords '["بحر", "سفن"]'
is 'CSV: rows with empty lines between them' 'all "a[\"id\"]" a.csv' '["1", "2"]'
has 'CSV: a row without text is named' 'said a.csv' 'a.csv:[0-9]+: no text in row 3'
printf 'العنوان\tالنص\tالتاريخ\nخبر\tنص الخبر\t٤ أيار ٢٠٢٤\n' >a.tsv
fields 'TSV with Arabic names' a.tsv title خبر body 'نص الخبر' published 2024-05-04
is 'CSV: semicolons' 'printf "title;text\nخبر;نص، وفاصلة\n" >s.csv; first body s.csv' 'نص، وفاصلة'
is 'CSV: the name says nothing' 'cp a.csv table; all "a[\"id\"]" table' '["1", "2"]'
is 'CSV in Windows-1256' 'iconv -f UTF-8 -t WINDOWS-1256 a.csv >w.csv; first author w.csv' 'محرر الأخبار'
printf 'c1,c2,c3\nخبر,نص الخبر,أحد\n' >own.csv
has 'CSV: without known names, what to do is said' 'said own.csv' 'no text in row 1' 'map body=NAME'
is 'CSV: --map' 'first title --map title=c1 --map body=c2 own.csv' خبر
is 'a line with commas is no CSV' 'printf "قال، ثم قال, وقال\n\nنص الخبر, وفيه فواصل, كثيرة.\n" >text.txt; first title text.txt' 'قال، ثم قال, وقال'

# ---- --map ----

echo '{"meta":{"head":"عنوان","by":[{"n":"أحد"}]},"title":"غيره","paragraphs":["أولى","ثانية"],"x.y":"الواحة"}' >own.json
is '--map: a path into objects' 'first title --map title=meta.head --map body=paragraphs own.json' عنوان
is '--map: a list is paragraphs' 'first body --map title=meta.head --map body=paragraphs own.json' $'أولى\nثانية'
is '--map: a path through a list' 'first author --map author=meta.by.0.n --map body=paragraphs own.json' أحد
is '--map: a name with a full stop' 'first source --map source=x.y --map body=paragraphs own.json' الواحة
has '--map: an unknown field is refused' 'said --map colour=x own.json' '"colour=x" maps no field' 'title, body'

# ---- TREC, TEI, TimeML ----

cat >trec.sgml <<'END'
<DOC>
<DOCNO>waha-1</DOCNO>
<URL>https://waha.example/1?a=1&b=2</URL>
<SRC>الواحة</SRC><CAT>اقتصاد</CAT>
<TITLE>أسعار & أرقام < 5</TITLE>
<TIME>Sat, 04 May 2024 09:30:00 +0300</TIME>
<AUTHOR>قسم المال</AUTHOR>
<ABSTRACT>
ملخص
</ABSTRACT>
<TEXT>
فقرة أولى.
فقرة ثانية فيها <غير وسم>.
</TEXT>
</DOC
<DOC><DOCNO>waha-2</DOCNO><DATE>20240504</DATE><HEADLINE>الثاني</HEADLINE><TEXT><P>واحد</P><P>اثنان</P></TEXT></DOC>
<DOC><DOCNO>waha-3</DOCNO><ABSTRACT>ملخص وحده</ABSTRACT><TEXT></TEXT>
END
fields 'TREC' trec.sgml id waha-1 title 'أسعار & أرقام < 5' source الواحة section اقتصاد published 2024-05-04T09:30:00+03:00 \
    author 'قسم المال' body $'فقرة أولى.\nفقرة ثانية فيها <غير وسم>.'
is 'TREC: tags that do not end, documents that do not end' 'all "a[\"id\"]" trec.sgml' '["waha-1", "waha-2", "waha-3"]'
is 'TREC: paragraphs with tags' 'all "a[\"body\"]" trec.sgml | json "d[1]"' $'واحد\nاثنان'
cat >tei.xml <<'END'
<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc/></teiHeader>
<TEI xml:id="t1" xml:lang="ar"><teiHeader><fileDesc><titleStmt><title>مقال في تي إي آي</title><author>كاتب المقال</author></titleStmt>
<publicationStmt><publisher>الأرشيف</publisher></publicationStmt><sourceDesc><bibl><publisher>الواحة</publisher><date when="1925-03-07">7 مارس</date></bibl></sourceDesc></fileDesc>
<profileDesc><textClass><keywords><term>أدب</term><term>نقد</term></keywords></textClass></profileDesc></teiHeader>
<text><front><p>مقدمة</p></front><body><p>فقرة <hi>أولى</hi>.</p><p>فقرة ثانية.</p></body></text></TEI>
<TEI xml:id="t2"><teiHeader/><text><body><head>عنوان في النص</head><p>نص.</p></body></text></TEI></teiCorpus>
END
fields 'TEI' tei.xml id t1 title 'مقال في تي إي آي' author 'كاتب المقال' source الواحة published 1925-03-07 language ar keywords '["أدب", "نقد"]' body $'فقرة أولى.\nفقرة ثانية.'
is 'TEI: a corpus has many texts' 'all "a[\"title\"]" tei.xml | json "d[1]"' 'عنوان في النص'
is 'TimeML: the text with its marks taken off' '
    echo "<?xml version=\"1.0\"?><TimeML>باريس - افتتح <TIMEX3 tid=\"t1\" value=\"2015-12-23\">أمس</TIMEX3> المعرض.</TimeML>" >a.tml; first body a.tml' 'باريس - افتتح أمس المعرض.'

# ---- Fields above a text ----

cat >front.md <<'END'
---
title: "عنوان: فيه نقطتان"
date: 2024-05-04
author: محرر
tags: [بحر, "سفن"]
---

فقرة أولى.

فقرة ثانية: فيها نقطتان.
END
fields 'front matter' front.md title 'عنوان: فيه نقطتان' published 2024-05-04 author محرر keywords '["بحر", "سفن"]' body $'فقرة أولى.\nفقرة ثانية: فيها نقطتان.' id front.md
is 'front matter: a list below its name' 'printf -- "---\ntitle: خبر\ntags:\n  - بحر\n  - سفن\n---\nنص.\n" >list.md; first keywords list.md' '["بحر", "سفن"]'
printf 'العنوان: خبر من الميناء\nالتاريخ: ٤ مايو ٢٠٢٤\nالمصدر: الميناء\n\nنص الخبر.\n' >head.txt
fields 'lines of fields' head.txt title 'خبر من الميناء' published 2024-05-04 source الميناء body 'نص الخبر.'
is 'a text whose first line has a colon is no field' 'printf "الوزير: لا زيادة في الأسعار\n\nنص الخبر الطويل.\n" >colon.txt; first title colon.txt' 'الوزير: لا زيادة في الأسعار'
has 'a message of mail is named' 'printf "Received: by x\nMIME-Version: 1.0\nSubject: x\nFrom: y\n\ntext\n" >mail.txt; said mail.txt' 'e-mail'

# ---- As other programs write them ----

echo '{"took":3,"hits":{"total":1,"hits":[{"_index":"n","_id":"7","_source":{"title":"حصاد","content":"نص الخبر.","source":{"name":"السنابل"}}}]}}' >engine.json
fields 'an answer of a search engine' engine.json id 7 title حصاد source السنابل body 'نص الخبر.'
echo '{"response":{"numFound":2,"docs":[{"id":"a","title":"حصاد","body":"نص."},{"id":"b","title":"مطر","body":"نص."}]}}' >solr.json
is 'of another one' 'all "a[\"id\"]" solr.json' '["a", "b"]'
echo '[{"id":5,"title":{"rendered":"حصاد &#8211; مطر"},"content":{"rendered":"<p>نص.</p>"},"author":3,"categories":[4,7],"tags":[1]}]' >rest.json
fields 'numbers in tables that are elsewhere are no names' rest.json title 'حصاد – مطر' author None section None keywords '[]'
printf '+++\ntitle = "حصاد"\ndate = 2024-05-04T09:30:00+03:00\ntags = ["قمح", "مطر"]\n+++\nنص الخبر.\n' >toml.md
fields 'fields in TOML' toml.md title حصاد published 2024-05-04T09:30:00+03:00 keywords '["قمح", "مطر"]' body 'نص الخبر.'
for i in 1 2; do
    printf '<DOC id="AFP_ARB_20040504.000%s" type="story" >\n<HEADLINE>\nحصاد %s\n</HEADLINE>\n<DATELINE>\nالجزيرة (اف ب)\n</DATELINE>\n<TEXT>\n<P>\nنص أول.\n</P>\n<P>\nنص ثان.\n</P>\n</TEXT>\n</DOC>\n' $i $i
done >newswire.sgml
fields 'newswire whose documents have their id in the tag' newswire.sgml id AFP_ARB_20040504.0001 title 'حصاد 1' source AFP published 2004-05-04 body $'نص أول.\nنص ثان.' format trec
echo '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>حصاد</title></titleStmt><publicationStmt><publisher>دار</publisher></publicationStmt><sourceDesc><bibl><title level="j">جريدة الغلال</title><date when="2024-05-03"/></bibl></sourceDesc></fileDesc></teiHeader><text><body><div><head>حصاد</head><div><p>نص أول.</p></div><div><p>نص ثان.</p></div></div></body></text></TEI>' >journal.xml
fields 'TEI: what it was printed in is the outlet, and the headline is no text' journal.xml source 'جريدة الغلال' published 2024-05-03 body $'نص أول.\nنص ثان.'
printf '\ufeffid;title;body;date\r\n1;حصاد;"نص أول.\r\nنص قال ""نعم""; ثم";04/05/2024\r\n' >semi.csv
fields 'CSV with semicolons, a mark, and a text of several lines' semi.csv id 1 published 2024-05-04 body $'نص أول.\nنص قال "نعم"; ثم'
printf '\ufeffالعنوان\tالنص\tالتاريخ\r\nحصاد\tنص.\t٤ مايو ٢٠٢٤\r\n' | iconv -f UTF-8 -t UTF-16LE >unicode.txt
fields 'what a spreadsheet saves as Unicode text' unicode.txt title حصاد published 2024-05-04 format csv

finish
