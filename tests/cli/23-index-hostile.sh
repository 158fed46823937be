#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Input made to harm ends soon, within limits, and with a message; what stands beside it is read.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/archive.sh"
archive | head -n 1 >good.jsonl

# read_it FILE…: what is said, within 20 seconds and 1 GB (a sanitizer needs more of both).
if [ -z "${FIHRIS_SANITIZED-}" ]; then
    read_it() { (ulimit -v 1000000; timeout -k 1 20 fihris-index --quiet --dry-run --jobs 1 "$@" 2>&1 | cut -c 1-3000); }
else
    read_it() { timeout -k 1 120 fihris-index --quiet --dry-run --jobs 1 "$@" 2>&1 | cut -c 1-3000; }
fi

cat >make.py <<'END'
import gzip, io, json, os, struct, tarfile, zipfile
def write(name, text): open(name, "wb").write(text if isinstance(text, bytes) else text.encode())
write("deep.xml", '<?xml version="1.0"?><nitf>' + "<block>" * 500000)
write("laughs.xml", '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 20}">' for i in range(12)) +
    ']><nitf><body><body.content><p>نص &m; بعده</p></body.content></body></nitf>')
write("attribute.xml", '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><nitf baselang="&b;"><body><body.content><p>نص</p></body.content></body></nitf>')
write("quadratic.xml", '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "' + "x" * 10000 + '">]><nitf><body><body.content><p>نص ' + "&a;" * 100000 + "</p></body.content></body></nitf>")
write("outside.xml", '<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY x SYSTEM "secret.txt"><!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><nitf><body><body.content><p>قبل &x; بعد</p></body.content></body></nitf>')
write("secret.txt", "سر لا يقرأ")
write("attributes.xml", "<rss " + " ".join(f'a{i}="{i}"' for i in range(300000)) + "><channel><item><title>x</title></item></channel></rss>")
write("beside.xml", '<?xml version="1.0"?><rss><channel>' + "<x>حشو طويل يملأ الذاكرة</x>" * 800000 + "<item><title>خبر</title><description>نص الخبر</description></item></channel></rss>")
write("long.xml", '<?xml version="1.0"?><rss><channel><item><title>خبر</title><description>' + ("<p>نص</p>" * 3000000) + "</description></item></channel></rss>")
write("deep.html", "<!DOCTYPE html><html><body>" + "<div>" * 1000000 + "نص")
write("fonts.html", "<!DOCTYPE html><html><body>" + "<font><b><i>" * 200000 + "نص")
write("tags.html", "<!DOCTYPE html><html><body>" + "<p>x" * 2000000)
write("script.html", "<!DOCTYPE html><html><body><p>" + "كلام الخبر طويل جدا. " * 20 + "</p><script>" + "x" * 3000000)
write("linked.html", '<!DOCTYPE html><html><head><script type="application/ld+json">' + "[" * 100000 + "</script></head><body><p>" + "كلام الخبر طويل جدا. " * 20 + "</p></body></html>")
story = "<p>" + "كلام الخبر طويل جدا. " * 10 + "</p>"
begin = "<!DOCTYPE html><html><head>%s</head><body><h1>عنوان</h1>"
write("articles.html", begin % "" + "<article>" * 900 + story * 2000)
write("wrappers.html", begin % "" + "<div class='widget menu sidebar'>" * 900 + story * 2000)
write("lists.html", begin % "" + "<ul><li>" * 450 + story * 2000)
write("title.html", begin % ("<title>" + "a - " * 500000 + "</title>") + story)
write("unclosed.html", begin % ("<title>" + "a - " * 500000) + story)
write("scripts.html", begin % ('<script type="application/ld+json">{"@type":"Thing","@id":"x"}</script>' * 50000) + story)
write("graph.html", begin % ('<script type="application/ld+json">{"@graph":[' + '{"@id":"a"},' * 100000 + '{"@type":"NewsArticle","author":{"@id":"z"}}]}</script>') + story)
write("dates.html", begin % "" + story + '<b class="date">x</b>' * 60000)
os.mkdir("maps")
write("maps/deep.xml", "<urlset>" + "<url>" * 500000)
write("maps/long.xml", "<urlset><url><loc>" + "a" * 20_000_000 + "</loc></url></urlset>")
write("maps/laughs.xml", '<!DOCTYPE urlset [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 20}">' for i in range(12)) + "]><urlset><url><loc>&m;.html</loc></url></urlset>")
write("maps/many.xml", "<urlset>" + "<url><loc>../x</loc></url>" * 100000 + "</urlset>")
write("maps/self.xml", "<sitemapindex><sitemap><loc>self.xml</loc></sitemap><sitemap><loc>other.xml</loc></sitemap></sitemapindex>")
write("maps/other.xml", "<sitemapindex><sitemap><loc>self.xml</loc></sitemap></sitemapindex>")
write("quote.csv", 'id,title,body\n1,"' + "x" * 40_000_000)
write("columns.csv", "title,body" + ",x" * 1500 + "\nخبر,نص" + ",y" * 100000 + "\n")
write("trec.sgml", "<DOC><DOCNO>2</DOCNO><TEXT>" + "x" * 40_000_000 + "<DOC><DOCNO>1</DOCNO>" * 20000)
write("huge.warc", b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 18446744073709551615\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")
write("heads.warc", b"WARC/1.0\r\n" + b"X: y\r\n" * 1000000)
write("wire.txt", b"\x01wah0017 4 i 58\r\n\x02" + b"\x01" * 1000000)
write("depth.json", '{"uri":"u","versioncreated":"x","a":' * 1 + "[" * 100000)
write("bomb.json.gz", gzip.compress(gzip.compress(b'{"body":"' + b"a" * 300_000_000)))
with zipfile.ZipFile("bomb.zip", "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr("a.html", b"<html><body>" + b"a" * 300_000_000)
    z.write("good.jsonl")
with zipfile.ZipFile("paths.zip", "w") as z:
    z.writestr("../../../../tmp/fihris-outside.jsonl", open("good.jsonl").read())
    z.writestr("/tmp/fihris-outside.jsonl", open("good.jsonl").read().replace("bridge", "two"))
with tarfile.open("links.tar", "w") as t:
    link = tarfile.TarInfo("a.txt"); link.type = tarfile.SYMTYPE; link.linkname = "/etc/passwd"; t.addfile(link)
    hard = tarfile.TarInfo("b.txt"); hard.type = tarfile.LNKTYPE; hard.linkname = "../secret.txt"; t.addfile(hard)
    device = tarfile.TarInfo("c"); device.type = tarfile.CHRTYPE; t.addfile(device)
    t.add("good.jsonl")
inner = open("good.jsonl", "rb").read()
for i in range(6):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as z: z.writestr(f"{i}.zip" if i else "good.jsonl", inner)
    inner = packed.getvalue()
write("nested.zip", inner)
END
python3 make.py

# ---- XML ----

has 'XML that is too deep' 'read_it deep.xml' 'deep\.xml:.*(depth|deep|cut off)'
has 'entities within entities are not replaced' 'read_it laughs.xml' '"body":"نص +بعده"'
lacks 'nor in attributes' 'read_it attribute.xml' haha
has 'one long entity, many times' 'read_it quadratic.xml | cut -c 1-200' '"body":"نص"'
lacks 'nothing outside the document is read' 'read_it outside.xml' 'سر لا يقرأ'
has 'and the document is' 'read_it outside.xml' 'قبل'
has 'attributes without end' 'read_it attributes.xml' 'attributes\.xml:.*more than 10000 attributes'
has 'what stands beside the articles takes no memory' 'read_it beside.xml' '"title":"خبر"'
has 'an article without end' 'read_it long.xml' 'long\.xml:.*longer than the 16 MiB'

# ---- HTML ----

for page in deep fonts tags; do
    has "HTML: $page" "read_it $page.html" "$page\.html: a page with more than 300000 tags, or 1000 open"
done
has 'HTML: a script that does not end' 'read_it script.html' '"body":"كلام الخبر'
has 'HTML: JSON-LD that is too deep is passed over' 'read_it linked.html' '"body":"كلام الخبر'

for page in articles lists title scripts graph dates; do
    has "HTML: $page without end" "read_it $page.html" '"body":"كلام الخبر'
done
has 'HTML: a title that is never closed' 'read_it unclosed.html' 'unclosed\.html: a page without the text of an article'
has 'HTML: wrappers within each other' 'read_it wrappers.html; ended' '^ended$'

# ---- Sitemaps ----

has 'a sitemap that is too deep' 'read_it maps/deep.xml' 'maps/deep\.xml: .*(depth|deep|cut off)'
has 'an address without end' 'read_it maps/long.xml' 'maps/long\.xml: '
has 'entities within entities of a sitemap are not replaced' 'read_it maps/laughs.xml' 'maps/laughs\.xml: 1 of 1 entries'
has 'a hundred thousand paths that lead out are one message' 'read_it maps/many.xml | grep -c many' '^1$'
has 'sitemaps that list each other end' 'read_it maps/self.xml; ended' '^ended$'

# ---- Data and archives ----

has 'CSV: a quote that is not closed' 'read_it quote.csv' 'quote\.csv:.*longer than the 16 MiB|a quote that is not closed'
has 'CSV: columns without end' 'read_it columns.csv' '"title":"خبر"'
has 'TREC: a document without end' 'read_it trec.sgml' 'trec\.sgml:.*longer than'
has 'WARC: a length that is none' 'read_it huge.warc; ended' '^ended$'
has 'WARC: a head without end' 'read_it heads.warc' 'head of a record is broken'
has 'a wire of nothing but marks' 'read_it wire.txt' 'wire\.txt: '
has 'JSON that is too deep' 'read_it depth.json' 'depth\.json'
has 'a bomb within a bomb' 'read_it bomb.json.gz' 'bomb\.json.*longer than|a row longer'
has 'a bomb in a zip, and what stands beside it' 'read_it bomb.zip' 'bomb\.zip:a\.html: longer than' '"id":"bridge"'
has 'archives nested too deep' 'read_it nested.zip' 'too many archives within each other'
is 'paths that lead out of an archive are only names' 'read_it paths.zip | json "sorted(a[\"id\"] for a in d)"; ls /tmp/fihris-outside.jsonl 2>/dev/null' $'["bridge", "two"]\n[2]'
is 'links and devices in an archive are passed over' 'read_it links.tar | json "d[\"id\"]"' bridge

# ---- Streams without end ----

has 'a stream without end' 'yes "<rss><channel><item>" | head -c 200000000 | read_it -' 'longer than|depth|broken|cut off'
has 'zeros without end' 'head -c 200000000 /dev/zero | { read_it -; ended; }' '^ended$'

finish
