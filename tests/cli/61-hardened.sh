#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The programs are built so that a mistake of ours is hard to make use of (meson.build: hardening).
. "$(dirname "$0")/lib.sh"

if [ -n "${FIHRIS_SANITIZED-}" ]; then
    skip 'hardening' 'a sanitizer looks closer, and is built without'
    finish
fi
for program in "$build"/{indexer/fihris-index,query/fihris-query,site/fihris-serve,stemmer/fihris-stem}; do
    name=${program##*/}
    has "$name may lie anywhere in memory" "readelf -hW $program" 'Type: +DYN \(Position-Independent'
    has "$name binds at its start, and cannot be bound anew" "readelf -dlW $program" GNU_RELRO 'BIND_NOW|Flags: NOW'
    has "$name has no code on its stack" "readelf -lW $program" 'GNU_STACK .* RW +0x'
    lacks "$name takes libraries from where the system has them" "readelf -dW $program" 'RPATH|RUNPATH'
    has "$name looks after its stack and its buffers" "readelf --dyn-syms -W $program" __stack_chk_fail '__(v?f?printf|v?snprintf|mem(cpy|move|set)|f?read|pread(64)?)_chk'
done

finish
