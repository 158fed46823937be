#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# fill.sh TEMPLATE VERSION [PROGRAM]: a man page, its OPTIONS written by the program itself.
set -eu
template=$1 version=$2 program=${3-}
options=
[ -z "$program" ] || options=$("$program" --print man)
OPTIONS=$options VERSION=$version awk '
    /^@OPTIONS@$/ { print ENVIRON["OPTIONS"]; next }
    { gsub(/@VERSION@/, ENVIRON["VERSION"]); print }' "$template"
