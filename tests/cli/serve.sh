# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by tests that need a server:
#
#   serve OPTION…       starts fihris-serve at a free port; sets url, server (its process) and serve_log
#   stop_serving        ends it and waits; its status is left in serve_status
serve_log=$place/serve.log

serve() {
    # The shell's copy of the process must not hold the test's output open.
    fihris-serve --listen 127.0.0.1:0 --rate 0 "$@" >/dev/null 2>"$serve_log" &
    server=$!
    url=
    local turn
    for turn in $(seq 200); do
        url=$(sed -n 's/^fihris-serve: listening at //p' "$serve_log")
        [ -z "$url" ] || return 0
        kill -0 $server 2>/dev/null || break
        sleep 0.05
    done
    echo "# the server did not start:"
    sed 's/^/# /' "$serve_log"
    return 1
}

stop_serving() {
    kill -TERM "$server" 2>/dev/null
    wait "$server"
    serve_status=$?
    server=
}
trap '[ -z "${server-}" ] || kill $server 2>/dev/null; chmod -R u+rwx "$place"; rm -rf "$place"' EXIT

# get PATH OPTION…: the body.  asked PATH NAME VALUE…: with parameters that are encoded on the way.
get() { curl -sS --max-time 20 "${@:2}" "${url%/}$1"; }
head_of() { get "$1" -D - -o /dev/null "${@:2}" | tr -d '\r'; }
asked() {
    local path=$1 pairs=()
    shift
    while [ $# -gt 0 ]; do
        pairs+=(--data-urlencode "$1=$2")
        shift 2
    done
    get "$path" -G "${pairs[@]}"
}
status_of() { get "$1" -o /dev/null -w '%{http_code}\n' "${@:2}"; }
