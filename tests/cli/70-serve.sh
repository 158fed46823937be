#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The server as sites use it: every route, what is refused, and an index that changes under it.
. "$(dirname "$0")/lib.sh"
. "$house/tests/cli/serve.sh"
unset http_proxy https_proxy all_proxy
if ! command -v curl >/dev/null; then
    skip 'the server' 'curl is not installed'
    finish
fi

cat >hostile.jsonl <<'END'
{"id":"bad","title":"&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; قنديل","source":"\"&gt;&lt;img src=x onerror=alert(1)&gt;","url":"javascript:alert(1)","date":"2024-05-04","text":"قنديل &lt;b onclick=alert(1)&gt;قنديل&lt;/b&gt; ' \" &amp; --> ]]> {{results}}"}
{"id":"a/../b","title":"قنديل البحر","source":"المدار","url":"https://a.example/?a=1&b=2","date":"2024-05-05","text":"قنديل البحر في الخليج."}
END
cat >held.jsonl <<'END'
{"uri":"held","version":"1","versioncreated":"2024-05-04T09:30:00Z","embargoed":"2099-01-01T00:00:00Z","headline":"زبرجدان يلمع","provider":"وكالة الحجر","body_text":"زبرجدان يلمع في الظلام.","keywords":["زبرجد"]}
END
fihris-index --quiet --db news.db "$house/corpus" hostile.jsonl held.jsonl || echo '# the archive was not indexed'
serve --db news.db --allow-origin https://news.example || { finish; }

# ---- Routes ----

is 'a search gives what fihris-query gives' "asked /search q 'بوتين' limit 3 | json '[h[\"id\"] for h in d[\"hits\"]]'" \
    "$(fihris-query --db news.db --format json --limit 3 'بوتين' | json '[h["id"] for h in d["hits"]]')"
is 'what is under embargo is in no answer, suggestion, facet, page' "
    asked /search q 'زبرجدان' | json 'd[\"total\"]'; asked /suggest q 'زبرجد' | json 'd[1]'; asked /search q 'زبرجدين' | json 'd[\"suggestion\"]'
    asked /facets q 'NOT قنديل' facet source values 100 | grep -c 'وكالة الحجر'; get /article/held -o /dev/null -w '%{http_code} '; get /similar/held -o /dev/null -w '%{http_code}'" \
    $'0\n[]\n\n0\n404 404'
is 'facets alone' "asked /facets q 'مصر' facet source values 1 | json 'len(d[\"hits\"]), list(d[\"facets\"]), len(d[\"facets\"][\"source\"])'" \
    "(0, ['source'], 1)"
is 'filters narrow' "asked /search q 'قنديل' source 'المدار' | json '[h[\"id\"] for h in d[\"hits\"]]'" '["a/../b"]'
is 'an id may hold anything' "get /article/a%2F..%2Fb | json 'd[\"id\"]'" 'a/../b'
has 'similar articles' "get /similar/sidra-2024-0587" '"hits":[[].*بوتين'
is 'the other keyboard' "asked /suggest q 'f,jdk' | json 'd[1][0]'" 'بوتين'
is 'Latin letters' "asked /suggest q 'masr' format json | json 'd[\"reading\"], d[\"completions\"][0][\"text\"]'" "('latin', 'مصر')"
has 'the description for browsers' 'get /opensearch.xml' "template=\"${url}suggest\?q=\{searchTerms\}\""
has 'the page' 'get /' '<script src="box.js" defer></script>' 'lang="ar" dir="rtl"'
has 'a page of results, without script' "asked /search q 'بوتين' format html" '<ol start="1">' '<mark class="entity">بوتين</mark>'
is 'the links of that page lead to pages' "asked /search q 'مصر' format html limit 5 match all | grep -o 'href=\"./?[^\"]*' | sed 's/.*=\"\.//; s/&amp;/\&/g' | sort -u | while read -r link; do status_of \"\$link\"; done | sort -u" 200
has 'health' 'get /healthz' '"status":"ok"'
has 'metrics' 'get /metrics' 'fihris_requests_total[{]route="/search",status="200"[}] [0-9]' 'fihris_index_articles [0-9]'
is 'metrics are good Prometheus text' "get /metrics | grep -vE '^(# (HELP|TYPE) |[a-z_]+([{][a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*[}])? [0-9.e+-]+\$)'" '[1]'
for file in box.js box.css page.css icon.svg; do
    is "/$file is the file" "get /$file | cmp - '$house/site/box/$file'" ''
done

# ---- HTTP ----

has 'answers are data, and safe' 'head_of "/search?q=a"' '^Content-Type: application/json$' '^X-Content-Type-Options: nosniff$' \
    "^Content-Security-Policy: default-src 'none'" '^Cache-Control: no-cache$' '^ETag: W/"'
has 'the page has a policy of its own' 'head_of /' "^Content-Security-Policy: .*script-src 'self'; style-src 'self'"
tag=$(head_of '/search?q=a' | sed -n 's/^ETag: //p')
is 'what is known is not sent again' "status_of '/search?q=a' -H 'If-None-Match: $tag'" 304
is 'HEAD has the headers of GET and no body' \
    "diff <(head_of '/search?q=a' | grep -E '^(ETag|Content-Type)') <(get '/search?q=a' -I | tr -d '\r' | grep -E '^(ETag|Content-Type)') && get '/search?q=a' -X HEAD -m 5 --head -o /dev/null -w '%{size_download}'" 0
has 'gzip where it is wanted' "head_of '/box.js' -H 'Accept-Encoding: gzip'" '^Content-Encoding: gzip$' '^Vary: Accept-Encoding'
is 'and it unpacks' "get /box.js --compressed | cmp - '$house/site/box/box.js'" ''
has 'a listed origin may read' "head_of /healthz -H 'Origin: https://news.example'" '^Access-Control-Allow-Origin: https://news.example$'
lacks 'another may not' "head_of /healthz -H 'Origin: https://other.example'" '^Access-Control'
has 'preflight' "head_of /search -X OPTIONS -H 'Origin: https://news.example' -H 'Access-Control-Request-Method: GET'" \
    '^HTTP/1.1 204' '^Access-Control-Allow-Methods: GET, HEAD$'
is 'a connection is kept' "get /healthz -o /dev/null -w '%{num_connects}' -: -sS -o /dev/null -w '%{num_connects}' ${url}healthz" 10

# ---- What is refused ----

is 'an unknown parameter is named' "get '/search?q=a&x=1' | json 'd[\"status\"], d[\"parameter\"]'" "(400, 'x')"
has 'problems say what they are' "head_of '/search?q=a&x=1'" '^HTTP/1.1 400' '^Content-Type: application/problem[+]json$'
is 'a query that cannot be read' "asked /search q '(' | json 'd[\"status\"], d[\"parameter\"]'" "(400, 'q')"
for path in '/search?q=' '/search?limit=x&q=a' '/search?q=%ff' '/search?q=%0' '/search?q=a&q=b' '/?sort=up'; do
    is "bad: $path" "status_of '$path'" 400
done
for path in /nothing /article/ /article/nobody /../etc/passwd /box.js/../main.c /page.html /..%2f..%2fetc/passwd //; do
    is "not there: $path" "status_of '$path' --path-as-is" 404
done
is 'POST' 'status_of /search -d q=a' 405
is 'an address too long' "status_of '/search?q=$(head -c 14000 /dev/zero | tr '\0' a)'" 414
is 'a query too long' "status_of '/search?q=$(head -c 3000 /dev/zero | tr '\0' a)'" 400
lacks 'errors name no file of the machine' "get '/article/nobody' && get '/nothing'" "$place" 'news.db'

# ---- A hostile article ----

lacks 'its text is no markup in the page' "asked / q 'قنديل'" '<script>alert' '<img' 'onclick=alert\(1\)>' 'javascript:'
has 'but text' "asked / q 'قنديل'" '&lt;/script&gt;&lt;script&gt;alert\(1\)' '[{][{]results[}][}]'
is 'in JSON it comes in pieces' "asked /search q 'قنديل' source '\"><img src=x onerror=alert(1)>' | json 'd[\"total\"], d[\"hits\"][0][\"title\"][0]'" \
    "(1, {'text': '</script><script>alert(1)</script> '})"

# ---- An index that changes ----

# Asks all the time, and says what was no answer.
ask_without_end() {
    while [ ! -e stop ]; do
        curl -sS -o answer -w '%{http_code}\n' "${url}search?q=%D8%A8%D9%88%D8%AA%D9%8A%D9%86&limit=50" 2>&1 | grep -vx 200
    done
}
ask_without_end >failures &
asker=$!
before=$(get /healthz | json 'd["articles"]')
for turn in 1 2 3; do
    printf '{"id":"new-%s","title":"خبر جديد","text":"بوتين والقمر %s."}\n' $turn $turn | fihris-index --quiet --db news.db -
    seen[$turn]=$(get /healthz | json 'd["articles"]')
done
fihris-index --quiet --db other.db hostile.jsonl
mv news.db old.db && mv other.db news.db && rm -r old.db
for turn in $(seq 20); do # between the two moves there was none: that is looked at again within a second
    replaced=$(get /healthz | json 'd["articles"]')
    [ "$replaced" != 2 ] || break
    sleep 0.05
done
touch stop
wait $asker
is 'a commit is seen by the next request' "echo ${seen[*]}" "$((before + 1)) $((before + 2)) $((before + 3))"
is 'so is another index in its place' "echo $replaced" 2
is 'no request fails meanwhile' 'cat failures' ''

# ---- Strangers ----

count=10000
[ -z "${FIHRIS_SANITIZED-}" ] || count=1000 # which is slow
if python3 "$house/tests/cli/strangers.py" "$url" $count >strangers.out 2>&1; then
    passed 'thousands of broken and slow requests hurt no other'
else
    not_passed 'thousands of broken and slow requests hurt no other' strangers.py <strangers.out
fi
has 'the server is well' 'get /healthz' '"status":"ok"'

# ---- Its log, its end ----

is 'every line of the log is JSON with what was asked' \
    "grep -v '^fihris-serve: ' '$serve_log' | json 'all(set(l) >= {\"time\", \"address\", \"target\", \"status\", \"bytes\", \"ms\"} for l in d) and len(d) > 100'" true
curl -sS -o slow --limit-rate 20000 "${url}box.js" &
download=$!
sleep 0.3
stop_serving
wait $download
is 'a running download ends before the server does' "cmp slow '$house/site/box/box.js'; echo $serve_status" 0
is 'nobody listens then' "status_of / 2>/dev/null" '000
[7]'

# ---- Several indexes ----

. "$house/tests/cli/archive.sh"
make_archive
serve --db news.db --db db || finish
is 'several indexes are one' "get /healthz | json 'd[\"articles\"]'; asked /search q 'القمح OR قنديل' facet source | json 'd[\"total\"], len(d[\"facets\"][\"source\"])'
    asked /suggest q 'القم' | json 'd[1][0]'" $'10\n(3, 3)\nالقمح'
printf '{"id":"late","title":"القمح يصل","text":"وصل القمح اليوم."}\n' | fihris-index --quiet --db db -
is 'a commit of any of them is seen' "get /healthz | json 'd[\"articles\"]'; asked /search q 'القمح' | json 'd[\"total\"]'" $'11\n2'
stop_serving

serve --db news.db --quiet --log access.log 2>/dev/null || true
is 'quiet says nothing' "cat '$serve_log'" ''
kill $server && wait $server

fihris-serve --listen "unix:$place/http.sock" --db news.db --quiet --rate 2 --behind-proxy --log access.log &
server=$!
for turn in $(seq 100); do [ ! -S http.sock ] || break; sleep 0.05; done
url=http://socket/
over_socket="--unix-socket $place/http.sock"
has 'a socket of the file system' "get /healthz $over_socket" '"status":"ok"'
is 'each address behind the proxy has its rate' \
    "for i in 1 2 3 4 5; do status_of '/search?q=a' $over_socket -H 'X-Forwarded-For: 1.1.1.1, 192.0.2.7'; done; status_of '/search?q=a' $over_socket -H 'X-Forwarded-For: 192.0.2.7, 192.0.2.8'" \
    $'200\n200\n200\n200\n429\n200'
mv access.log old.log
kill -HUP $server
sleep 1.3
get /healthz $over_socket >/dev/null
has 'HUP opens the log anew' 'cat access.log' '"route":"/healthz"'
stop_serving

# ---- Command lines ----

has 'a missing index' 'fihris-serve --db nowhere.db --listen 127.0.0.1:0 2>&1' 'no index at nowhere.db' '[[]2[]]'
has 'an address that is none' 'fihris-serve --db news.db --listen here 2>&1' 'no address' '[[]2[]]'
has 'a socket that systemd did not pass' 'fihris-serve --db news.db --listen fd 2>&1' 'passed no socket' '[[]2[]]'
has 'a socket that it did' "python3 '$house/tests/cli/passed_socket.py' fihris-serve --db news.db --listen fd --quiet" '"status":"ok"'

finish
