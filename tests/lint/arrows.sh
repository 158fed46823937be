#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Who may include whom: the arrows of the house, and one door a folder.
. "$(dirname "$0")/lib.sh"

# includes ROOM…: "file:line folder/header.h" for every include by quotes.
includes() {
    find "$@" -name '*.[ch]' -o -name '*.cc' | sort |
        xargs -r grep -nE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' /dev/null |
        sed -E 's/^([^:]+:[0-9]+):.*"([^"]*)".*/\1 \2/'
}

# allow ROOM OTHER…
allow() {
    local room=$1
    shift
    includes "$room" | awk -v allowed="$room $*" '
        BEGIN { split(allowed, names, " "); for (i in names) good[names[i]] = 1 }
        { folder = $2; sub("/.*", "", folder); if (!(folder in good)) print $1 ": includes " $2 }' |
        rule "$room may include ${*:-nothing but itself}"
}

allow base
allow stemmer base
allow entities base stemmer
allow store base
allow indexer base stemmer entities store
allow query base stemmer entities store
allow site base stemmer entities store query

includes $rooms | awk '
    { from = $1; sub("/.*", "", from); to = $2; sub("/.*", "", to); name = $2; sub(".*/", "", name) }
    to != from && to != "base" && name != to ".h" { print $1 ": includes " $2 ", which is private to " to "/" }' |
    rule 'a folder is entered by its one door, the header of its name'

# within ALCOVE OTHER…: of the store, a folder in it sees the door, libxapian's, what stands in the database, and OTHER.
within() {
    local alcove=$1 others=${*:2}
    includes "store/$alcove" | grep ' store/' |
        grep -vE " store/($(echo "$*" | tr ' ' '|'))/| store/(store|xapian|schema|value)\.h\$" |
        sed 's/ /: includes /' | rule "store/$alcove may include ${others:-no other folder} of the store"
}

within glass
within text glass
within bulk glass
within match glass text

includes $rooms | awk '$2 !~ "/" { print $1 ": includes " $2 }' | rule 'includes are written from the root'

sources | grep -v '^store/xapian\.cc$' | xargs grep -nE '#[[:space:]]*include[[:space:]]*<xapian' /dev/null |
    rule 'only store/xapian.cc includes Xapian'

finish
