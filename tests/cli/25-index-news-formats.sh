#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The formats of the news industry: each field from where its standard has it.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/reading.sh"

# ---- NewsML-G2 ----

item() { # GUID VERSION STATUS EMBARGO TITLE PARAGRAPH
    cat <<END
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="$1" version="$2" standard="NewsML-G2" xml:lang="ar">
 <itemMeta>
  <itemClass qcode="ninat:text"/>
  <provider qcode="nprov:WAHA"><name>وكالة الواحة</name></provider>
  <versionCreated>2024-05-05T10:00:00+03:00</versionCreated>
  <firstCreated>2024-05-04T09:30:00+03:00</firstCreated>
  ${4:+<embargoed>$4</embargoed>}
  <pubStatus qcode="stat:$3"/>
 </itemMeta>
 <contentMeta>
  <located><name>الدوحة</name></located>
  <by>بقلم: القسم الاقتصادي</by>
  <infoSource literal="مراسلون"/>
  <language tag="ar"/>
  <keyword>موانئ</keyword>
  <subject qcode="medtop:04000000"><name>اقتصاد</name></subject>
  <headline>$5</headline>
 </contentMeta>
 <contentSet>
  <inlineXML contenttype="application/xhtml+xml">
   <html xmlns="http://www.w3.org/1999/xhtml"><head><title>آخر</title></head>
   <body><p>$6</p><p>وهذه فقرة
   ثانية &amp; أخيرة.</p><figure><figcaption>تعليق صورة</figcaption></figure></body></html>
  </inlineXML>
 </contentSet>
</newsItem>
END
}
{ echo '<?xml version="1.0" encoding="UTF-8"?>'; item urn:a 3 usable '' 'ميناء جديد في الخليج' 'افتتح الميناء الجديد صباح اليوم.'; } >g2.xml
fields 'NewsML-G2' g2.xml id urn:a title 'ميناء جديد في الخليج' source 'وكالة الواحة' wire مراسلون \
    author 'القسم الاقتصادي' published 2024-05-04T09:30:00+03:00 language ar dateline الدوحة \
    keywords '["موانئ", "اقتصاد"]' body $'افتتح الميناء الجديد صباح اليوم.\nوهذه فقرة ثانية & أخيرة.'
{
    echo '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2024-01-01T00:00:00Z</sent></header><itemSet>'
    item urn:a 1 usable '' 'الأول' 'نص الأول.'
    echo '<packageItem guid="urn:p" version="1"><itemMeta/></packageItem><knowledgeItem guid="urn:k"/><conceptItem guid="urn:c"/>'
    item urn:b 1 usable '' 'الثاني' 'نص الثاني.'
    echo '<newsItem guid="urn:pic"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta><contentMeta><headline>صورة</headline></contentMeta><contentSet><remoteContent href="a.jpg"/></contentSet></newsItem>'
    echo '</itemSet></newsMessage>'
} >message.xml
is 'NewsML-G2: a message holds many items' 'fihris-index -q -n message.xml 2>/dev/null | json "[a[\"id\"] for a in d]"' $'["urn:a", "urn:b"]\n[1]'
has 'NewsML-G2: packages, knowledge and concepts are named and left out' 'said message.xml' packageItem knowledgeItem conceptItem
has 'NewsML-G2: a picture is named and left out' 'said message.xml' 'class "picture"'
is 'NewsML-G2: text in NITF' '
    sed "s|<html.*|<nitf xmlns=\"http://iptc.org/std/NITF/2006-10-18/\"><body><body.content>|; s|<body><p>|<p>|; s|</body></html>|</body.content></body></nitf>|" g2.xml >g2nitf.xml
    first body g2nitf.xml' $'افتتح الميناء الجديد صباح اليوم.\nوهذه فقرة ثانية & أخيرة.'
is 'NewsML-G2: plain text' '
    python3 -c "import re,sys; print(re.sub(r\"(?s)<inlineXML.*</inlineXML>\", \"<inlineData contenttype=\\\"text/plain\\\">نص بسيط.</inlineData>\", open(\"g2.xml\").read()))" >g2data.xml
    first body g2data.xml' 'نص بسيط.'
is 'NewsML-G2 in UTF-16' 'printf "\ufeff" | cat - g2.xml | sed "s/UTF-8/UTF-16/" | iconv -f UTF-8 -t UTF-16LE >g16.xml; first title g16.xml' 'ميناء جديد في الخليج'
is 'NewsML-G2 in Windows-1256, declared' 'sed "s/UTF-8/windows-1256/" g2.xml | iconv -f UTF-8 -t WINDOWS-1256 >gw.xml; first title gw.xml' 'ميناء جديد في الخليج'
is 'NewsML-G2 in Windows-1256 that says UTF-8' 'iconv -f UTF-8 -t WINDOWS-1256 g2.xml >gl.xml; first title gl.xml' 'ميناء جديد في الخليج'
is 'NewsML-G2 in UTF-8 that says Windows-1256' 'sed "s/UTF-8/windows-1256/" g2.xml >gu.xml; first title gu.xml' 'ميناء جديد في الخليج'

# ---- NewsML 1 ----

newsml1() { # REVISION STATUS
    cat <<END
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd">
<NewsML Version="1.2">
 <NewsEnvelope><DateAndTime>20240504T120000+0300</DateAndTime></NewsEnvelope>
 <NewsItem xml:lang="ar">
  <Identification><NewsIdentifier><ProviderId>waha.example</ProviderId><DateId>20240504</DateId>
   <NewsItemId>N17</NewsItemId><RevisionId PreviousRevision="0" Update="N">$1</RevisionId>
   <PublicIdentifier>urn:newsml:waha.example:20240504:N17:$1</PublicIdentifier></NewsIdentifier></Identification>
  <NewsManagement><FirstCreated>20240504T093000+0300</FirstCreated>
   <ThisRevisionCreated>20240504T113000+0300</ThisRevisionCreated>
   <Status FormalName="$2"/><StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>20990101T000000Z</DateAndTime></StatusWillChange>
  </NewsManagement>
  <NewsComponent>
   <NewsLines><HeadLine> </HeadLine><HeadLine>حصاد القمح يبدأ</HeadLine><ByLine>By قسم الريف</ByLine>
    <DateLine>الدوحة (الواحة) -</DateLine></NewsLines>
   <AdministrativeMetadata><Provider><Party FormalName="الواحة"/></Provider></AdministrativeMetadata>
   <DescriptiveMetadata><Language FormalName="AR"/><Property FormalName="Keyword" Value="قمح"/></DescriptiveMetadata>
   <NewsComponent><ContentItem><DataContent><media-caption>تعليق</media-caption></DataContent></ContentItem></NewsComponent>
   <NewsComponent><ContentItem><MediaType FormalName="Text"/><DataContent>$3</DataContent></ContentItem></NewsComponent>
  </NewsComponent>
 </NewsItem>
</NewsML>
END
}
newsml1 1 Usable '<nitf><body><body.content><p>بدأ حصاد القمح.</p><p>والمحصول وفير.</p></body.content></body></nitf>' >n1.xml
newsml1 1 Usable '<![CDATA[<P>بدأ حصاد القمح.</P><P>والمحصول وفير.</P>]]>' >n1html.xml
fields 'NewsML 1' n1.xml id urn:newsml:waha.example:20240504:N17 title 'حصاد القمح يبدأ' source الواحة author 'قسم الريف' \
    published 2024-05-04T09:30:00+03:00 language ar dateline 'الدوحة (الواحة)' keywords '["قمح"]' \
    body $'بدأ حصاد القمح.\nوالمحصول وفير.'
is 'NewsML 1: HTML written as text' 'first body n1html.xml' $'بدأ حصاد القمح.\nوالمحصول وفير.'
newsml1 1 Embargoed 'نص' >n1embargo.xml
is 'NewsML 1: an embargo ends with the next status' 'first embargo n1embargo.xml' 2099-01-01T00:00:00Z

# ---- NITF ----

nitf() { # ATTRIBUTES STATUS RELEASE
    cat <<END
<?xml version="1.0"?>
<!DOCTYPE nitf SYSTEM "nitf-3-2.dtd">
<nitf baselang="ar" $1>
 <head><title>عنوان الرأس</title>
  <tobject><tobject.subject tobject.subject.type="رياضة"/></tobject>
  <docdata management-status="$2"><doc-id id-string="waha.9" regsrc="W"/><date.issue norm="20240504T093000+0300"/>
   <date.release norm="$3"/><du-key key="match" version="2"/>
   <key-list><keyword key="دوري"/><keyword>كأس</keyword></key-list><doc.copyright holder="دار الواحة" year="2024"/></docdata>
  <pubdata position.section="ملاعب"/></head>
 <body><body.head><hedline><hl1>فوز في الدقيقة الأخيرة</hl1><hl2>فرعي</hl2></hedline>
  <byline>By <person>محرر الملاعب</person></byline><distributor>الواحة</distributor>
  <dateline><location>مسقط</location> <story.date norm="20240504">4 مايو</story.date></dateline>
  <abstract><p>ملخص</p></abstract></body.head>
  <body.content><block><p>فاز الفريق&nbsp;أمس.</p><media><media-caption>صورة</media-caption></media>
   <hl2>تفاصيل</hl2><p>وجاء الهدف متأخرا.</p></block></body.content>
  <body.end><tagline>ذيل</tagline></body.end></body>
</nitf>
END
}
nitf '' usable 20240504T093000+0300 >nitf.xml
nitf 'xmlns="http://iptc.org/std/NITF/2006-10-18/"' usable 20240504T093000+0300 >nitfns.xml
for file in nitf.xml nitfns.xml; do
    fields "NITF ($file)" $file id waha.9 title 'فوز في الدقيقة الأخيرة' source الواحة author 'محرر الملاعب' section ملاعب \
        published 2024-05-04T09:30:00+03:00 language ar dateline مسقط keywords '["دوري", "كأس", "رياضة"]' \
        body $'فاز الفريق أمس.\nتفاصيل\nوجاء الهدف متأخرا.' embargo None
done
is 'NITF: released later than issued is an embargo' 'nitf "" usable 20240601T000000Z >later.xml; first embargo later.xml' 2024-06-01T00:00:00Z
is 'NITF: canceled takes the article back' 'nitf "" canceled 20240504T093000+0300 >gone.xml; first withdrawn gone.xml' true

# ---- ninjs ----

cat >ninjs1.json <<'END'
{"uri":"urn:waha:1","type":"text","version":"3","versioncreated":"2024-05-05T10:00:00+03:00","firstcreated":"2024-05-04T09:30:00+03:00",
 "pubstatus":"usable","headline":"عنوان نينجز","byline":"By محرر الأخبار","located":"تونس","provider":"الواحة","language":"ar",
 "subject":[{"code":"1","name":"بيئة"}],"body_text":"نص بلا فقرات. وفقرة.","body_html":"<p>نص بلا فقرات.</p><p>وفقرة.</p>","embargoed":"2099-01-01T00:00:00Z"}
END
cat >ninjs2.json <<'END'
{"uri":"urn:waha:2","type":"text","version":"3","versioncreated":"2024-05-04T09:30:00+03:00","headlines":[{"role":"short","value":"قصير"},
 {"role":"main","value":"عنوان نينجز"}],"bodies":[{"contenttype":"text/plain","value":"نص بلا فقرات. وفقرة."},{"contenttype":"text/html","value":"<p>نص بلا فقرات.</p><p>وفقرة.</p>"}],
 "by":"محرر الأخبار","located":"تونس","provider":"الواحة","language":"ar","subject":[{"name":"بيئة"}]}
END
sed 's/versioncreated/versionCreated/; s/contenttype/contentType/g; s/"subject"/"subjects"/; s/urn:waha:2/urn:waha:3/' ninjs2.json >ninjs3.json
for number in 1 2 3; do
    fields "ninjs $number" ninjs$number.json id urn:waha:$number title 'عنوان نينجز' source الواحة author 'محرر الأخبار' dateline تونس \
        published 2024-05-04T09:30:00+03:00 language ar keywords '["بيئة"]' body $'نص بلا فقرات.\nوفقرة.'
done
is 'ninjs: an embargo' 'first embargo ninjs1.json' 2099-01-01T00:00:00Z
is 'ninjs: canceled takes the article back' 'sed "s/usable/canceled/" ninjs1.json >nc.json; first withdrawn nc.json' true
has 'ninjs: a picture is named and left out' 'echo "{\"uri\":\"u\",\"type\":\"picture\",\"versioncreated\":\"2024-05-04\",\"headline\":\"x\"}" >pic.json; said pic.json' 'type "picture"'
is 'ninjs: items in the answer of a service' '
    { echo "{\"data\":{\"meta\":{},\"items\":[{\"item\":"; cat ninjs1.json; echo "},{\"item\":"; cat ninjs2.json; echo "}]}}"; } >answer.json
    fihris-index -q -n answer.json | json "[a[\"id\"] for a in d]"' '["urn:waha:1", "urn:waha:2"]'

# ---- IPTC 7901 and ANPA ----

{ printf '\001wah0017 4 i 58   waha 012\r\n\r\nقمح/حصاد/\r\n\002URGENT\r\nحصاد القمح يبدأ في الوادي\r\nقبل موعده\r\nBy قسم الريف =\r\n\r\n   الدوحة (الواحة) - بدأ حصاد القمح في الوادي الخصيب\r\nقبل موعده بأسبوعين.\r\n\r\n   والمحصول وفير.\r\n\r\n# waha NOTEBOOK\r\nللمحررين فقط\r\n\003040930 GMT May 24\r\n\177\004\r\n'
  printf '\001wah0018 4 i 9   waha 013\r\n\r\nثان/\r\n\002خبر ثان =\r\n\r\nنص الخبر الثاني.\r\n\003040931 GMT May 24\r\n\004'; } >wire.txt
fields 'IPTC 7901' wire.txt id wah0017-20240504093000 title 'حصاد القمح يبدأ في الوادي قبل موعده' source waha author 'قسم الريف' \
    published 2024-05-04T09:30:00Z keywords '["قمح/حصاد"]'
is 'IPTC 7901: lines are joined to paragraphs, notes to editors left out' 'first body wire.txt | tail -n 1' 'والمحصول وفير.'
is 'IPTC 7901: one file, many messages' 'fihris-index -q -n wire.txt | json "[a[\"title\"] for a in d][1]"' 'خبر ثان'
is 'IPTC 7901 in Windows-1256' 'iconv -f UTF-8 -t WINDOWS-1256 wire.txt >wire1256.txt; first title wire1256.txt' 'حصاد القمح يبدأ في الوادي قبل موعده'
printf '\026\026\001W2607\037asian\nr a\023\021 BC-Wheat-Harvest 1stLd   05-04 0058\r\n\002^BC-Wheat-Harvest, 1st Ld,58<\r\n^Wheat harvest begins early<\r\n^Eds: adds a detail<\r\n^By FIELD DESK=\r\n^Waha News=\r\n\t   VALLEY (WAHA) _ The harvest began\r\ntwo weeks ``early%s this year.\r\n\t   The crop is good.\r\n\t   \003WAHA-WF-05-04-24 0930GMT<\r\n\014\004' "''" >anpa.txt
fields 'ANPA' anpa.txt id WAHA-W2607-20240504093000 title 'Wheat harvest begins early' source WAHA author 'FIELD DESK' published 2024-05-04T09:30:00Z
is 'ANPA: paragraphs, and quotes as they are meant' 'first body anpa.txt | grep -c "two weeks \"early\" this year\.$"' 1

is 'ninjs: who has the copyright stands in for a provider' '
    echo "{\"uri\":\"u\",\"versioncreated\":\"2024-05-04T09:30:00Z\",\"headline\":\"ع\",\"body_text\":\"نص.\",\"copyrightnotice\":\"Copyright 2024 وكالة السهل, www.sahl.example - all rights reserved.\"}" >notice.json
    first source notice.json' 'وكالة السهل'
is 'NITF: the persons of a byline, without what they are' '
    echo "<nitf><body><body.head><byline>By <person>كاتبة أولى</person><person>كاتب ثان</person><byttl>من المراسلين</byttl></byline></body.head><body.content><p>نص.</p></body.content></body></nitf>" >persons.xml
    first author persons.xml' 'كاتبة أولى، كاتب ثان'

# ---- Versions, withdrawals, embargoes ----

version() { item urn:life "$1" "$2" "${3-}" "عنوان النسخة $1" "نص النسخة $1 عن السدود."; }
put() { version "$@" >life.xml; fihris-index --quiet --db life life.xml; }
title() { fihris-query --db life --format json السدود | json '["".join(s["text"] for s in h["title"]) for h in d["hits"]]'; }
is 'a version is indexed' 'put 2 usable; title' '["عنوان النسخة 2"]'
is 'a newer version replaces it' 'put 10 usable; title' '["عنوان النسخة 10"]'
is 'an older version does not' 'put 9 usable; title' '["عنوان النسخة 10"]'
is 'withheld takes the article out' 'put 11 withheld; title' $'[]\n[1]'
is 'an older version does not bring it back' 'put 10 usable; title' $'[]\n[1]'
is 'a newer one does' 'put 12 usable; title' '["عنوان النسخة 12"]'
is 'canceled takes it out, and what was read before it in the same run' '
    { echo "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>"; version 13 usable; version 14 canceled; echo "</itemSet></newsMessage>"; } >life.xml
    fihris-index --quiet --db life life.xml; count life; fihris-index --quiet --db life life.xml; count life' $'0\n0\n[1]'
is 'what is under embargo is not found' 'put 15 usable 2099-01-01T00:00:00Z; title' $'[]\n[1]'
is 'what was under embargo is' 'put 16 usable 2020-01-01T00:00:00+03:00; title' '["عنوان النسخة 16"]'
is 'nor counted among the values of a facet' 'put 17 usable 2099-01-01T00:00:00Z; fihris-query --db life --format json --facet source "$every" | json "d[\"facets\"][\"source\"][\"values\"] if isinstance(d[\"facets\"][\"source\"], dict) else d[\"facets\"][\"source\"]"' $'[]\n[1]'

# ---- Other XML ----

has 'XML of an unknown kind is named, not read as text' 'echo "<?xml version=\"1.0\"?><catalogue><book>كتاب</book></catalogue>" >other.xml; said other.xml' '<catalogue>'
has 'without a declaration too' 'echo "<catalogue><book>كتاب</book></catalogue>" >other.xml; said other.xml' '<catalogue>'
is 'a text that begins with a sign is a text' 'printf "<عاجل> خبر\n\nنص الخبر.\n" >sign.txt; first body sign.txt' 'نص الخبر.'

finish
