#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What `ninja install` puts where.
. "$(dirname "$0")/lib.sh"

DESTDIR=$place/root meson install -C "$build" --no-rebuild >log 2>&1 || { echo '# meson install failed:'; sed 's/^/# /' log; }
prefix=$(dirname "$(dirname "$(find root -name fihris-query -path '*/bin/*')")")

for program in fihris-index fihris-query fihris-serve fihris-stem; do
    has "$program runs where it is installed" "$prefix/bin/$program --version" "^$program "
done
is 'nothing else is installed to be run' "ls '$prefix/bin'" $'fihris-index\nfihris-query\nfihris-serve\nfihris-stem'
is 'man pages' "cd '$prefix/share/man' && find . -type f | sort" './man1/fihris-index.1
./man1/fihris-query.1
./man1/fihris-serve.1
./man1/fihris-stem.1
./man5/fihris-db.5
./man7/fihris-query-language.7'
is 'completions' "cd '$prefix/share' && find bash-completion zsh fish -type f | sort" 'bash-completion/completions/fihris-index
bash-completion/completions/fihris-query
bash-completion/completions/fihris-serve
bash-completion/completions/fihris-stem
fish/vendor_completions.d/fihris-index.fish
fish/vendor_completions.d/fihris-query.fish
fish/vendor_completions.d/fihris-serve.fish
fish/vendor_completions.d/fihris-stem.fish
zsh/site-functions/_fihris-index
zsh/site-functions/_fihris-query
zsh/site-functions/_fihris-serve
zsh/site-functions/_fihris-stem'

is 'units of systemd' "ls '$prefix/lib/systemd/system'" $'fihris-serve.service\nfihris-serve.socket'
has 'the service runs the program that is installed' "grep ExecStart '$prefix/lib/systemd/system/fihris-serve.service'" \
    "ExecStart=.*/bin/fihris-serve "

finish
