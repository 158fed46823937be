# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by every test of the programs: TAP, and small words to write cases with.  Each test file runs in a
# fresh folder of its own that is gone afterwards.  FIHRIS_BUILD is a build of the house (default build-test).
#
#   is NAME COMMAND EXPECTED       the output is this, to the letter; a status above 0 is its last line: [2]
#   has NAME COMMAND PATTERN…      every pattern (grep -E) stands in the output
#   lacks NAME COMMAND PATTERN…    none does
#   skip NAME REASON
#
# Output is what COMMAND prints to standard output, and to standard error too where it says 2>&1.
set -u
shopt -s lastpipe # so that `… | not_passed` counts in this shell
house=$(cd "${FIHRIS_SOURCE:-$(dirname "${BASH_SOURCE[0]}")/../..}" && pwd)
build=$(cd "${FIHRIS_BUILD:-$house/build-test}" && pwd) && [ -x "$build/indexer/fihris-index" ] || {
    echo "Bail out! FIHRIS_BUILD names no build: ${FIHRIS_BUILD:-$house/build-test}"
    exit 2
}
export PATH="$build/indexer:$build/query:$build/site:$build/stemmer:$PATH" LC_ALL=C.UTF-8
unset FIHRIS_DB COLUMNS NO_COLOR CLICOLOR_FORCE
points=0 failed=0
place=$(mktemp -d)
trap 'chmod -R u+rwx "$place"; rm -rf "$place"' EXIT
cd "$place" || exit 2

# The output of a command, its status after it.  A program that a sanitizer or a signal ended says so.
output_of() {
    (
        set -o pipefail
        eval "$1"
    ) </dev/null 2>"$place/.stderr"
    local status=$?
    [ $status -eq 0 ] || echo "[$status]"
}

passed() { echo "ok $((++points)) - $1"; }

# not_passed NAME COMMAND: what is wrong is on standard input.
not_passed() {
    failed=1
    echo "not ok $((++points)) - $1"
    echo "# \$ $2" | sed '2,$s/^/# /'
    sed 's/^/# /'
    [ ! -s "$place/.stderr" ] || sed 's/^/# standard error: /' "$place/.stderr" | head -n 30
}

is() {
    local found
    found=$(output_of "$2")
    if [ "$found" = "$3" ]; then
        passed "$1"
    else
        diff -u --label expected --label found <(printf '%s\n' "$3") <(printf '%s\n' "$found") |
            not_passed "$1" "$2"
    fi
}

has() {
    local name=$1 command=$2 found pattern
    shift 2
    found=$(output_of "$command")
    for pattern in "$@"; do
        grep -qE -e "$pattern" <<<"$found" && continue
        printf 'no line matches: %s\nfound:\n%s\n' "$pattern" "$(head -c 4000 <<<"$found")" | not_passed "$name" "$command"
        return
    done
    passed "$name"
}

lacks() {
    local name=$1 command=$2 found pattern
    shift 2
    found=$(output_of "$command")
    for pattern in "$@"; do
        grep -qE -e "$pattern" <<<"$found" || continue
        printf 'a line matches: %s\nfound:\n%s\n' "$pattern" "$(head -c 4000 <<<"$found")" | not_passed "$name" "$command"
        return
    done
    passed "$name"
}

# ended: behind a command that may find what it likes, but is to end by itself: well, or with a complaint.
ended() {
    local status=$?
    [ $status -le 2 ] && echo ended || echo "ended with $status"
}

skip() { echo "ok $((++points)) - $1 # SKIP $1: $2"; }

finish() {
    echo "1..$points"
    exit $failed
}

# json EXPRESSION: of the JSON value on standard input, as `d`; of JSON lines, `d` is the list of them.
json() {
    python3 -c '
import json, sys
text = sys.stdin.read()
try: d = json.loads(text)
except ValueError: d = [json.loads(line) for line in text.splitlines()]
found = eval(sys.argv[1])
print(json.dumps(found, ensure_ascii=False) if isinstance(found, (dict, list, bool)) else found)' "$1"
}

# The ids of a query's hits in their order, on one line.
hits() { fihris-query --format trec "$@" | awk '{ printf "%s%s", between, $3; between = " " } END { print "" }'; }

# What every article has: not this.
every='NOT كلمةلاتوجدأبدا'

# How many articles an index has.
count() { fihris-query --db "$1" --format json --limit 1 "$every" | json 'd["total"]'; }
