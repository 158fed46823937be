# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the scripts that measure, which name themselves `here`: makes a build as it is released, and names it
# `build`.
. "$here/install.sh"
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

build=$here/../build-bench
build_release() {
    install_packages build test
    [ -f "$build/build.ninja" ] || meson setup "$build" "$here/.." --buildtype=release -Db_lto=true >&2
    ninja -C "$build" --quiet measured >&2
}
