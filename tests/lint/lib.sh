# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by every lint test: TAP for rules about sources.  FIHRIS_SOURCE is the house, FIHRIS_BUILD a build
# of it.
set -u
shopt -s lastpipe # so that `… | rule NAME` counts in this shell
cd "${FIHRIS_SOURCE:-$(dirname "$0")/../..}" || exit 2
points=0 failed=0

# rule NAME: the lines on standard input break it; there should be none.
rule() {
    local broken
    broken=$(cat)
    points=$((points + 1))
    if [ -z "$broken" ]; then
        echo "ok $points - $1"
    else
        failed=1
        echo "not ok $points - $1"
        sed 's/^/# /' <<<"$broken"
    fi
}

# skip NAME REASON
skip() {
    points=$((points + 1))
    echo "ok $points - $1 # SKIP $1: $2"
}

finish() {
    echo "1..$points"
    exit $failed
}

rooms='base stemmer entities store indexer query site'

# The product's C and C++ files.
sources() { find $rooms -name '*.[ch]' -o -name '*.cc' | sort; }

# Every text file of the house: sources, scripts, tests, documents; not the articles of corpus/, nor hostile input.
texts() {
    find . -path './.git' -prune -o -path './build*' -prune -o -path './corpus' -prune -o -path './tests/fuzz/corpus' \
        -prune -o -path '*/__pycache__' -prune -o -name '*.png' -o -type f -print | sed 's|^\./||' | sort
}

# strip FILE…: "file:line:code" without comments and the contents of strings.
strip() {
    awk '
        FNR == 1 { in_comment = 0 }
        {
            code = ""; text = $0; in_string = ""
            for (i = 1; i <= length(text); i++) {
                c = substr(text, i, 1); two = substr(text, i, 2)
                if (in_comment) { if (two == "*/") { in_comment = 0; i++ } }
                else if (in_string != "") {
                    if (c == "\\") i++
                    else if (c == in_string) { in_string = ""; code = code c }
                }
                else if (two == "/*") { in_comment = 1; i++ }
                else if (two == "//") break
                else { if (c == "\"" || c == "\x27") in_string = c; code = code c }
            }
            if (code ~ /[^ \t]/) print FILENAME ":" FNR ":" code
        }' "$@"
}
