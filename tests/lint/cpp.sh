#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# C++ is for speaking to Xapian, in one file.  The baseline of the bench, and a dump and an oracle for tests, are no part of
# the product.
. "$(dirname "$0")/lib.sh"

texts | grep -E '\.(cc|cpp|cxx|hh|hpp)$' | grep -vxE 'store/xapian\.cc|tests/bench/baseline\.cc|tests/unit/(dump|oracle)\.cc' |
    rule 'store/xapian.cc is the one C++ file'

finish
