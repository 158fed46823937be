#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Sitemaps as lists of files.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/reading.sh"

one='بدأت البلدية أمس أعمال توسعة الطريق الساحلي بعد دراسة استمرت عامين كاملين، وقال المهندس المشرف إن العمل ينتهي قبل الصيف.'
page() { echo "<html><body><div><p>$1 $one</p></div></body></html>"; }
entry() { # LOC [TITLE [DATE]]
    echo "<url><loc>$1</loc>${2:+<news:news><news:publication><news:name>صحيفة المرفأ</news:name><news:language>ar</news:language></news:publication>
<news:publication_date>${3:-2024-05-04T09:30:00+03:00}</news:publication_date><news:title>$2</news:title><news:keywords>موانئ, طرق</news:keywords></news:news>}</url>"
}
urlset() {
    echo '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">'
    cat
    echo '</urlset>'
}

mkdir -p site/2024 site/marfa.example/news outside
page أول >site/2024/1.html
page ثان >site/2024/2.html
page ثالث >site/marfa.example/news/3.html
page رابع >'site/2024/أربعة.html'
page خامس >site/2024/5.html
page سر >outside/secret.html
{
    entry 2024/1.html 'عنوان الأول'
    entry https://marfa.example/2024/2 'عنوان الثاني' 2024-05-05
    entry https://marfa.example/news/3.html?utm_source=x 'عنوان الثالث'
    entry "file:2024/%D8%A3%D8%B1%D8%A8%D8%B9%D8%A9.html" 'عنوان الرابع'
    entry "file://$place/site/2024/5.html" 'عنوان الخامس'
} | urlset >site/news.xml

fields 'a page knows what its sitemap says' site title 'عنوان الأول' source 'صحيفة المرفأ' language ar \
    published 2024-05-04T09:30:00+03:00 keywords '["موانئ", "طرق"]' id site/2024/1.html
is 'relative paths, addresses, folders of hosts, file: addresses' 'all "a[\"title\"]" site | json "sorted(d)"' \
    '["عنوان الأول", "عنوان الثالث", "عنوان الثاني", "عنوان الخامس", "عنوان الرابع"]'
is 'the sitemap alone as the source gives the same articles' 'fihris-index --quiet --dry-run site | sort >a; fihris-index --quiet --dry-run site/news.xml | sort >b; cmp a b && wc -l <b' 5
is 'the address of a saved page is its own' 'all "a[\"url\"]" site | json "sorted(u for u in d if u)"' '["https://marfa.example/2024/2", "https://marfa.example/news/3.html"]'
is 'what the page says itself goes before' '
    mkdir own && echo "<html><head><meta property=og:title content=\"من الصفحة\"></head><body><p>$one</p></body></html>" >own/p.html
    entry p.html "من الخريطة" | urlset >own/sitemap.xml; first title own; first source own' $'من الصفحة\nصحيفة المرفأ'
is 'a listed file of another format' '
    mkdir json && echo "{\"body\":\"$one\"}" >json/a.json && echo "$one" >json/b.txt
    { entry a.json أ; entry b.txt ب; } | urlset >json/sitemap.xml; all "a[\"source\"]" json' '["صحيفة المرفأ", "صحيفة المرفأ"]'
is 'packed with gzip, and in UTF-16' '
    mkdir packed; cp -r site/2024 packed; { entry 2024/1.html مضغوط; } | urlset | gzip >packed/z.xml.gz
    { entry 2024/2.html واسع; } | urlset | sed s/UTF-8/UTF-16/ | iconv -t UTF-16 >packed/y.xml
    all "a[\"title\"]" packed | json "d[:2]"' '["مضغوط", "واسع"]'
is 'an index of sitemaps' '
    mkdir index && cp -r site/2024 index && mkdir index/maps && { entry https://marfa.example/2024/1.html "من الداخل"; } | urlset >index/maps/1.xml
    echo "<sitemapindex><sitemap><loc>https://marfa.example/maps/1.xml</loc></sitemap></sitemapindex>" >index/index.xml
    first title index/index.xml; fihris-index --quiet --dry-run index/index.xml | wc -l' $'من الداخل\n1'

# ---- What is not there, and what is not to be touched ----

mkdir bad && page سيئ >bad/a.html && ln -s ../outside/secret.html bad/link.html && ln -s ../outside bad/out && page خفي >bad/.hidden.html
for name in ../outside/secret.html link.html out/secret.html /etc/hostname "file:///etc/hostname" .hidden.html 'a/../../outside/secret.html' \
    '..%2Foutside%2Fsecret.html' 'https://x.example/../outside/secret.html' 'https://x.example/%2e%2e/outside/secret.html' '..\outside\secret.html' 'javascript:alert(1)'; do
    entry "$name" | urlset >bad/map.xml
    is "refused: $name" 'said bad/map.xml | grep -c "1 of 1 entries lead out of its folder"; fihris-index --quiet --dry-run bad/map.xml 2>&- | wc -l' $'1\n0\n[2]'
done
is 'many pages that are only on the web are one message' '
    mkdir web; { for i in $(seq 300); do entry "https://marfa.example/$i"; done; } | urlset >web/map.xml
    said web | grep -v hint' $'fihris-index: web/map.xml: 300 of 300 entries are on the web, and no file here is called so\n[2]'
is 'a file that is not there is named' 'entry no.html | urlset >web/map.xml; said web | grep -c "name files that are not there, the first: no.html"' $'1\n[2]'
is 'a sitemap within an archive is named' '(cd site && zip -qr ../site.zip news.xml); said site.zip | grep -c "a sitemap whose files cannot be found"' $'1\n[2]'
is 'a broken sitemap is named, and what it listed is read' '
    mkdir cut; page قطع >cut/a.html; entry a.html عنوان | urlset | grep -v "/urlset" >cut/m.xml; echo "<url><loc>b" >>cut/m.xml; first title cut; said cut | grep -c "cut/m.xml: the XML is cut off"' $'عنوان\n1\n[1]'
is 'entities of a sitemap are not replaced' '
    mkdir bomb; { echo "<!DOCTYPE urlset [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/hostname\">]>"; entry "&b;&c;"; } | urlset >bomb/m.xml
    said bomb | grep -c "bomb/m.xml"' $'1\n[2]'
is 'a sitemap that unpacks to no end ends' '{ echo "<urlset>"; head -c 90000000 /dev/zero | tr "\0" " "; } | gzip >bomb/m.xml.gz; rm bomb/m.xml; timeout 60 fihris-index --quiet --dry-run bomb 2>&1 | grep -c "more than 64 MiB"' $'1\n[2]'

# ---- Runs ----

is 'a listed file is indexed once' 'fihris-index --db i --quiet site; count i; fihris-index --db i --quiet site/news.xml site; count i' $'5\n5'
sleep 3
fihris-index --db i --quiet site
is 'nothing is read again' 'fihris-index --db i site 2>&1 | grep -o "[0-9]* unchanged"; fihris-index --db i --report r.json --quiet site; json "d[\"bytes_unpacked\"]" <r.json' $'5 unchanged\n0'
is 'what the sitemap says anew is learned, of that page alone' '
    sed -i "s/عنوان الأول/عنوان جديد/" site/news.xml; fihris-index --db i site 2>&1 | grep -oE "[0-9]+ (changed|unchanged)" | paste -sd" "
    hits --db i "title:جديد"' $'1 changed 4 unchanged\nsite/2024/1.html'
is 'a page that changes keeps what the sitemap says' '
    page أخير >site/2024/1.html; fihris-index --db i --quiet site; hits --db i "أخير title:جديد"' site/2024/1.html
is 'what is listed is not pruned, with the sitemap alone' 'fihris-index --db i --quiet --prune site/news.xml; count i' 5
is 'and is when it is gone' 'rm site/2024/5.html; fihris-index --db i --quiet --prune site/news.xml; count i' 4

finish
