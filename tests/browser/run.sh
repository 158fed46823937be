#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The box in a browser: installs what package-lock.json names into the build folder, makes an archive, starts the
# server, and runs box.mjs.  Screenshots go to BUILD/browser/.
. "$(dirname "$0")/../cli/lib.sh"
. "$house/tests/cli/serve.sh"
unset http_proxy https_proxy all_proxy

leave_out() {
    skip 'the box in a browser' "$1"
    finish
}
chromium=$(command -v chromium || command -v chromium-browser) || leave_out 'chromium is not installed'
command -v npm >/dev/null || leave_out 'npm is not installed'
[ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 18')" = true ] || leave_out 'node is older than 18'

browser=$build/browser
mkdir -p "$browser"
if ! cmp -s "$house/tests/browser/package-lock.json" "$browser/installed"; then
    cp "$house"/tests/browser/package*.json "$browser"
    npm ci --prefix "$browser" --ignore-scripts --no-audit --no-fund >"$browser/npm.log" 2>&1 ||
        leave_out "npm could not install playwright-core and axe-core: $(tail -n 1 "$browser/npm.log")"
    cp "$house/tests/browser/package-lock.json" "$browser/installed"
fi
cp "$house"/tests/browser/*.mjs "$browser"

cp "$house/tests/browser/hostile.jsonl" .
fihris-index --quiet --db news.db "$house/corpus" hostile.jsonl || echo '# the archive was not indexed'
# Pages of another site are served at this port's address; the server lets them read.
serve --db news.db --log access.log --allow-origin '*' || leave_out 'the server did not start'
cd "$browser" && node box.mjs "$url" "$chromium" "$browser"
failed=$?
stop_serving
exit $failed
