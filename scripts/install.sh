# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by the other scripts: installs what is missing of a group of scripts/packages.

say() { printf '%s\n' "$*" >&2; }
die() {
    say "$0: $1"
    [ $# -lt 2 ] || say "hint: $2"
    exit 2
}

# The packages of the groups named.
packages_of() {
    local group package rest
    while read -r group package rest; do
        case " $* " in *" $group "*) printf '%s\n' "$package" ;; esac
    done <"$(dirname "${BASH_SOURCE[0]}")/packages"
}

# By its own name, or as a part of another package: Node.js from elsewhere brings npm, and conflicts with Debian's.
is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | head -n 1)" = installed ] ||
        dpkg-query -W -f '${db:Status-Status} ${Provides}\n' 2>/dev/null | grep -E "^installed .*\\b$1\\b" >/dev/null
}

# install_packages GROUP…
install_packages() {
    local package log missing=() as_root=()
    if ! command -v dpkg-query >/dev/null; then
        say "This is no Debian, so nothing is installed; what is needed: $(packages_of "$@" | tr '\n' ' ')"
        return
    fi
    for package in $(packages_of "$@"); do
        is_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "these packages are missing, and there is no sudo: ${missing[*]}" \
            "as root: apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    as_root+=(env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get -qq -o Dpkg::Use-Pty=0)
    say "Installing from Debian, which takes a minute or two: ${missing[*]}"
    log=$(mktemp)
    "${as_root[@]}" update >"$log" 2>&1 &&
        "${as_root[@]}" install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1 || {
        cat "$log" >&2
        die "apt-get could not install: ${missing[*]}" 'what it says is above; is this machine online?'
    }
    rm -f "$log"
}
