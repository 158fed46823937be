# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced: what fihris-index reads, without an index.

# articles SOURCE…: JSON lines; that some were rejected is no failure.
articles() { fihris-index --quiet --dry-run "$@" 2>/dev/null || [ $? -eq 1 ]; }
# said SOURCE…: the complaints.
said() { fihris-index --quiet --dry-run "$@" 2>&1 >/dev/null; }
# first FIELD SOURCE…: a field of the first article.
first() { local field=$1; shift; articles "$@" | head -n 1 | json "d.get('$field')"; }
# all EXPRESSION SOURCE…: a list of what it is of every article `a`.
all() { local expression=$1; shift; articles "$@" | python3 -c '
import json, sys
print(json.dumps([eval(sys.argv[1], {"a": json.loads(line)}) for line in sys.stdin], ensure_ascii=False))' "$expression"; }
# fields NAME FILE FIELD VALUE…: cases, one a field of the first article.
fields() {
    local name=$1 file=$2
    shift 2
    while [ $# -gt 0 ]; do
        is "$name: $1" "first $1 $file" "$2"
        shift 2
    done
}
