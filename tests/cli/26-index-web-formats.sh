#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Pages of the web, the archives that crawlers keep of them, and feeds.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/reading.sh"

one='بدأت البلدية أمس أعمال توسعة الطريق الساحلي بعد دراسة استمرت عامين كاملين، وقال المهندس المشرف إن العمل ينتهي قبل الصيف.'
two='وأضاف أن التوسعة تشمل أربعة جسور للمشاة وممرا للدراجات على طول الكورنيش، وأن حركة السير لن تتوقف أثناء الأعمال.'

# ---- HTML ----

page() { # HEAD AROUND-BEGIN AROUND-END
    cat <<END
<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>توسعة الطريق | الميناء</title>
$1
</head><body>
<header><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/eco">اقتصاد وأعمال ومال وأسواق وشركات</a></li></ul></nav></header>
<h1>توسعة الطريق الساحلي</h1>
$2
<p>$one</p><script>var x = "نص في برنامج لا يقرأ";</script>
<figure><img src="a.jpg"><figcaption>تعليق تحت الصورة لا يدخل في النص</figcaption></figure>
<p>$two</p>
<div class="related-posts"><h3>اقرأ أيضا</h3><ul><li><a href="/1">خبر آخر لا علاقة له بهذا المقال وعنوانه طويل جدا</a></li></ul></div>
<div class="share-buttons">شارك على المنصات كلها مع أصدقائك</div>
$3
<aside>عمود جانبي فيه كلام طويل عن أشياء أخرى لا تخص المقال الذي نقرؤه الآن أبدا.</aside>
<footer>جميع الحقوق محفوظة للميناء، ولا يجوز النقل إلا بإذن مكتوب من إدارة الموقع.</footer>
</body></html>
END
}
body="$one"$'\n'"$two"
page '<link rel="canonical" href="https://mina.example/news/7"><script type="application/ld+json">
{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},{"@type":["NewsArticle"],"headline":"توسعة الطريق الساحلي تبدأ",
"datePublished":"2024-05-04T09:30:00+03:00","author":{"@id":"#p"},"publisher":{"@type":"Organization","name":"صحيفة الميناء"},
"keywords":["طرق","بلدية"],"articleSection":"محليات","inLanguage":"ar"},{"@type":"Person","@id":"#p","name":"قسم المحليات"}]}
</script>' '<div class="content">' '</div>' >ld.html
fields 'JSON-LD' ld.html url https://mina.example/news/7 title 'توسعة الطريق الساحلي تبدأ' published 2024-05-04T09:30:00+03:00 \
    source 'صحيفة الميناء' author 'قسم المحليات' keywords '["طرق", "بلدية"]' section محليات language ar body "$body"
page '<meta property="og:title" content="توسعة الطريق | الميناء"><meta property="og:site_name" content="الميناء">
<meta property="article:published_time" content="2024-05-04T06:30:00Z"><meta property="article:tag" content="طرق"><meta property="article:tag" content="جسور">
<meta name="author" content="قسم المحليات"><meta property="og:url" content="https://mina.example/8">' '<article>' '</article>' >og.html
fields 'OpenGraph' og.html url https://mina.example/8 title 'توسعة الطريق' published 2024-05-04T06:30:00Z source الميناء \
    author 'قسم المحليات' keywords '["طرق", "جسور"]' body "$body"
page '' '<div itemscope itemtype="https://schema.org/NewsArticle"><h2 itemprop="headline">عنوان في البيانات</h2>
<span itemprop="author">محررة الشؤون</span><time itemprop="datePublished" datetime="2024-05-04">أمس</time><div itemprop="articleBody">' '</div></div>' >micro.html
fields 'microdata' micro.html title 'عنوان في البيانات' published 2024-05-04 author 'محررة الشؤون' body "$body" id micro.html
page '' '<div id="c">' '</div>' >dense.html
fields 'the densest text' dense.html title 'توسعة الطريق الساحلي' body "$body" published None
is 'a page of links is no article' '
    { echo "<html><body>"; for i in 1 2 3 4 5 6 7 8 9; do echo "<p><a href=/$i>عنوان خبر طويل يقود إلى صفحة أخرى من صفحات الموقع $i</a></p>"; done; echo "</body></html>"; } >list.html
    said list.html | grep -c "without the text of an article"' $'1\n[2]'
is 'lines between breaks are paragraphs' 'printf "<html><body><div>%s<br><br>%s</div></body></html>" "$one" "$two" >br.html; first body br.html' "$body"
for encoding in WINDOWS-1256 ISO-8859-6; do
    is "a page in $encoding says so" "sed 's/utf-8/$encoding/' og.html | sed 's/[،]/,/g' | iconv -f UTF-8 -t $encoding >e.html; first source e.html" الميناء
done
is 'a page in Windows-1256 that does not say so' 'sed "s/<meta charset=.utf-8.>//" og.html | iconv -f UTF-8 -t WINDOWS-1256 >e.html; first source e.html' الميناء
is 'a page in UTF-8 that says Windows-1256' 'sed "s/utf-8/windows-1256/" og.html >e.html; first source e.html' الميناء
is 'a page in UTF-16' 'printf "\ufeff" | cat - og.html | iconv -f UTF-8 -t UTF-16LE >e.html; first source e.html' الميناء

# ---- Feeds ----

cat >rss.xml <<END
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><atom:link href="https://mina.example/feed" rel="self"/><title>الميناء</title><link>https://mina.example/</link><language>ar</language>
<item><media:title>عنوان صورة</media:title><title>الأول &amp;amp; الأهم</title><link>https://mina.example/1?utm_source=rss</link><guid isPermaLink="false">mina-1</guid>
 <pubDate>Sat, 04 May 2024 09:30:00 +0300</pubDate><dc:creator><![CDATA[قسم البحر]]></dc:creator><category>بحر</category><category>سفن</category>
 <description>ملخص الأول</description><content:encoded><![CDATA[<p>$one</p><p>$two</p>]]></content:encoded></item>
<item><title>الثاني</title><link>https://mina.example/2</link><description>&lt;p&gt;وصف الثاني &amp;quot;فقط&amp;quot;&lt;/p&gt;</description><author>a@mina.example (محرر الثاني)</author></item>
<item><title>غير مغلق<link>https://mina.example/3</link></item>
<item><title>الرابع</title><link>https://mina.example/4</link><description>بعد الخطأ &amp; بقي الحرف&nbsp;والفراغ</description></item>
</channel></rss>
END
fields 'RSS' rss.xml id mina-1 title 'الأول & الأهم' source الميناء author 'قسم البحر' published 2024-05-04T09:30:00+03:00 \
    keywords '["بحر", "سفن"]' language ar body "$body"
is 'RSS: the description stands in for the text' 'all "a[\"body\"]" rss.xml | json "d[1]"' 'وصف الثاني "فقط"'
is 'RSS: an author by name, not by address' 'all "a[\"author\"]" rss.xml | json "d[1]"' 'محرر الثاني'
is 'RSS: what is broken is mended, and what follows is whole' 'all "a[\"body\"]" rss.xml | json "d[-1]"' 'بعد الخطأ & بقي الحرف والفراغ'
cat >atom.xml <<END
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar"><title>الميناء</title><link href="https://mina.example/"/>
<entry><id>tag:mina.example,2024:1</id><title>عنوان أتوم</title><link rel="self" href="https://mina.example/x.atom"/><link href="https://mina.example/1"/>
 <published>2024-05-04T09:30:00+03:00</published><updated>2024-05-05T09:30:00+03:00</updated><author><name>الأولى</name></author><author><name>الثانية</name></author>
 <category term="بحر"/><summary>ملخص</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>$one</p><p>$two</p></div></content></entry></feed>
END
fields 'Atom' atom.xml id tag:mina.example,2024:1 url https://mina.example/1 title 'عنوان أتوم' source الميناء author 'الأولى، الثانية' \
    published 2024-05-04T09:30:00+03:00 keywords '["بحر"]' language ar body "$body"

is 'a feed whose names have a prefix of their own' '
    sed -E "s|<(/?)(feed\|title\|link\|entry\|id\|published\|updated\|author\|name\|category\|summary\|content)|<\1a:\2|g; s|xmlns=\"http://www.w3.org/2005|xmlns:a=\"http://www.w3.org/2005|" atom.xml >prefix.xml
    first title prefix.xml; first source prefix.xml; first body prefix.xml' "عنوان أتوم"$'\n'"الميناء"$'\n'"$body"

# ---- WordPress ----

post() { # ID TYPE STATUS CONTENT
    echo "<item><title>مقال $1</title><link>https://mina.example/$1</link><guid isPermaLink=\"false\">https://mina.example/?p=$1</guid>
<dc:creator>sami</dc:creator><content:encoded><![CDATA[$4]]></content:encoded><excerpt:encoded><![CDATA[مقتطف]]></excerpt:encoded>
<wp:post_date>2024-05-04 12:30:00</wp:post_date><wp:post_date_gmt>2024-05-04 09:30:00</wp:post_date_gmt><wp:status>$3</wp:status>
<wp:post_type>$2</wp:post_type><category domain=\"category\" nicename=\"x\">موانئ</category><category domain=\"post_tag\" nicename=\"y\">سفن</category></item>"
}
{
    echo '<?xml version="1.0"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>مدونة الميناء</title><language>ar</language>
<wp:author><wp:author_login>sami</wp:author_login><wp:author_display_name>قسم التحرير</wp:author_display_name></wp:author>'
    post 1 post publish "$one

[caption id=\"1\"]<img src=a>تعليق[/caption]
$two"
    post 2 attachment inherit ''
    post 3 post draft "$one"
    post 4 page publish ''
    echo '</channel></rss>'
} >wxr.xml
fields 'WordPress' wxr.xml id 'https://mina.example/?p=1' url https://mina.example/1 title 'مقال 1' source 'مدونة الميناء' author 'قسم التحرير' \
    published 2024-05-04T09:30:00Z section موانئ keywords '["سفن"]' body "$body"
is 'WordPress: an excerpt stands in for the text' 'all "a[\"body\"]" wxr.xml | json "d[1]"' مقتطف
has 'WordPress: what is no article, or not published, is named' 'said wxr.xml' attachment draft

# ---- Web archives ----

cat >make.py <<'END'
import gzip, shutil, subprocess, sys, zlib
pages = [open(name, "rb").read() for name in ("og.html", "ld.html")]
def record(kind, uri, block, type="application/http; msgtype=response"):
    head = f"WARC/1.1\r\nWARC-Date: 2024-05-04T09:30:00Z\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Type: {type}\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"
def answer(body, *fields, status="200 OK", type="text/html; charset=utf-8"):
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {type}", *fields, "", ""]).encode() + body
def chunked(body):
    parts = [body[i:i + 700] for i in range(0, len(body), 700)]
    return b"".join(b"%x;ext=1\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"
records = [
    record("warcinfo", "", b"software: test\r\n", "application/warc-fields"),
    record("request", "https://mina.example/a", b"GET / HTTP/1.1\r\n\r\n"),
    record("response", "https://mina.example/a", answer(pages[0], "Content-Encoding: gzip", "Transfer-Encoding: chunked").replace(pages[0], chunked(gzip.compress(pages[0])))),
    record("response", "https://mina.example/b.jpg", answer(b"\xff\xd8\xff", type="image/jpeg")),
    record("response", "https://mina.example/c", answer(pages[1], status="404 Not Found")),
    record("response", "https://mina.example/d/", answer(zlib.compress(pages[1]), "Content-Encoding: deflate")),
    record("resource", "https://mina.example/e", pages[0].replace(b"mina.example/8", b"mina.example/9"), "text/html"),
    record("response", "https://mina.example/f", answer(pages[1], "Transfer-Encoding: chunked").replace(b"news/7", b"news/10")),
]
open("a.warc", "wb").write(b"".join(records))
open("a.warc.gz", "wb").write(b"".join(gzip.compress(r) for r in records))
open("broken.warc", "wb").write(records[2] + b"WARC/1.1\r\nContent-Length: none\r\n\r\nxx\r\n" + records[5])
open("cut.warc", "wb").write(records[2] + records[5][:-500])
bomb = gzip.compress(b"<p>" + b"a" * 200_000_000)
open("bomb.warc", "wb").write(record("response", "https://mina.example/bomb", answer(bomb, "Content-Encoding: gzip")) + records[5])
ago = open("dense.html", "rb").read().replace(b"</h1>", "</h1><time>منذ ساعتين</time>".encode())
open("ago.warc", "wb").write(record("response", "https://mina.example/ago", answer(ago)))
packed = {name: subprocess.run(command, input=pages[1], capture_output=True).stdout
          for name, command in (("br", ["brotli", "-c"]), ("zstd", ["zstd", "-c"])) if shutil.which(command[0])}
for name, body in packed.items():
    open(name + ".warc", "wb").write(record("response", "https://mina.example/" + name, answer(body, "Content-Encoding: " + name)))
    open(name + "cut.warc", "wb").write(record("response", "https://mina.example/" + name, answer(body[:-40], "Content-Encoding: " + name)))
    open(name + "not.warc", "wb").write(record("response", "https://mina.example/" + name, answer(pages[1], "Content-Encoding: " + name)))
    both = answer(gzip.compress(body), "Content-Encoding: " + name + ", gzip")
    open(name + "both.warc", "wb").write(record("response", "https://mina.example/" + name, both))
    bomb = subprocess.run([{"br": "brotli", "zstd": "zstd"}[name], "-c"], input=b"<p>" + b"a" * 200_000_000, capture_output=True).stdout
    open(name + "bomb.warc", "wb").write(record("response", "https://mina.example/bomb", answer(bomb, "Content-Encoding: " + name)) + records[5])
undated = record("response", "https://mina.example/ago", answer(ago, "Date: Sat, 04 May 2024 09:30:00 GMT")).replace(b"WARC-Date: 2024-05-04T09:30:00Z\r\n", b"")
open("date.warc", "wb").write(undated)
open("modified.warc", "wb").write(undated.replace(b"\r\nDate: ", b"\r\nLast-Modified: ").replace(b"Length: %d" % len(answer(ago, "Date: Sat, 04 May 2024 09:30:00 GMT")), b"Length: %d" % len(answer(ago, "Last-Modified: Sat, 04 May 2024 09:30:00 GMT"))))
old = answer(ago)
open("ago.arc", "wb").write(b"filedesc://a.arc 0.0.0.0 20240504093000 text/plain 14\n1 0 Test\nURL X\n\nhttps://mina.example/a 192.0.2.1 20240504093000 text/html %d\n" % len(old) + old + b"\n")
arc = answer(pages[1])
open("a.arc", "wb").write(b"filedesc://a.arc 0.0.0.0 20240504093000 text/plain 14\n1 0 Test\nURL X\n\nhttps://mina.example/a b 192.0.2.1 20240504093000 text/html %d\n" % len(arc) + arc + b"\n")
END
python3 make.py
for file in a.warc a.warc.gz; do
    is "$file: the pages of answers and resources" "all 'a[\"url\"]' $file" \
        '["https://mina.example/8", "https://mina.example/news/7", "https://mina.example/9", "https://mina.example/news/10"]'
    is "$file: their text" "all 'len(a[\"body\"])' $file | json 'len(set(d))'" 1
done
is 'a.arc' 'first url a.arc' https://mina.example/news/7
is 'how long ago a page says, by when it was fetched' 'first published ago.warc; first published_guessed ago.warc' $'2024-05-04T07:30:00Z\ntrue'
is 'by when an ARC, or the answer itself, says so' 'for file in ago.arc date.warc modified.warc; do first published $file; done' $'2024-05-04T07:30:00Z\n2024-05-04T07:30:00Z\n2024-05-04T07:30:00Z'
is 'or by when the page says it was changed' '
    sed "s|</h1>|</h1><time>منذ ساعتين</time>|; s|<head>|<head><meta property=\"article:modified_time\" content=\"2024-05-04T09:30:00Z\">|" dense.html >ago.html; first published ago.html' 2024-05-04T07:30:00Z
is 'a page that only says when it was changed is dated by that, as a guess' '
    sed "s|<head>|<head><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"dateModified\":\"2024-05-04T09:30:00Z\"}</script>|" dense.html >changed.html
    first published changed.html; first published_guessed changed.html' $'2024-05-04T09:30:00Z\ntrue'
for coding in br zstd; do
    if [ ! -e $coding.warc ]; then
        skip "bodies packed with $coding" 'the program that packs so is not here'
        continue
    fi
    is "a body packed with $coding, and with gzip over it" "first url $coding.warc; first url ${coding}both.warc" $'https://mina.example/news/7\nhttps://mina.example/news/7'
    is "a body that only says it is packed with $coding" "first url ${coding}not.warc" https://mina.example/news/7
    is "a body of $coding that is cut off as far as it goes" "said ${coding}cut.warc >cut.txt; grep -cv 'without the text' cut.txt; first url ${coding}cut.warc >/dev/null; echo ended" $'0\nended'
    has "a body of $coding that unpacks to no end is refused, and the next is read" "said ${coding}bomb.warc; first url ${coding}bomb.warc" 'when it is unpacked' 'news/7'
done
has 'a compression that nobody knows is named' 'sed "s/Encoding: gzip/Encoding: qzip/" bomb.warc >q.warc; said q.warc' 'its compression, "qzip", is not known'
is 'how long ago a page says, by an unknown time, is unknown' 'sed "s|</h1>|</h1><time>منذ ساعتين</time>|" dense.html >ago.html; first published ago.html' None
has 'a broken record is named, and the next is read' 'said broken.warc; all "a[\"url\"]" broken.warc' 'broken.warc:[0-9]+: the head' '8", "https://mina.example/news/7'
has 'an archive that is cut off is named' 'said cut.warc; all "a[\"url\"]" cut.warc' 'cut off' '\["https://mina.example/8"\]'
has 'a body that unpacks to no end is refused, and the next is read' 'said bomb.warc; first url bomb.warc' 'when it is unpacked' 'news/7'

finish
