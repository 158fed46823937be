#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Code points have names, and what cannot be seen is written as an escape.
. "$(dirname "$0")/lib.sh"

# A number of the Arabic blocks may stand where it gets its name (an enumerator, a #define), and in a row of a
# table (between braces or commas); not in an expression.
strip $(sources) | grep -E '0[xX]0*(06[0-9A-Fa-f]{2}|07[5-7][0-9A-Fa-f]|08[A-Fa-f][0-9A-Fa-f]|[Ff][BbCcDdEe][0-9A-Fa-f]{2}|200[0-9A-Fa-f]|20[26][0-9A-Fa-f])[uU]?\b' |
    grep -vE '^[^:]+:[0-9]+:[[:space:]]*[A-Z][A-Z0-9_]*[[:space:]]*=[[:space:]]*[0-9A-Fa-fxXuU +-]+(,.*)?$' |
    grep -vE '^[^:]+:[0-9]+:[[:space:]]*#[[:space:]]*define[[:space:]]' |
    grep -vE '^[^:]+:[0-9]+:[[:space:]]*[{]' |
    rule 'letters have names: no code point of Arabic stands bare in an expression'

# zero-width marks, bidi controls, the soft hyphen, a byte order mark, and the rest of Unicode's format
# characters; the no-break space is invisible too.
invisible='[\x{00AD}\x{061C}\x{180E}\x{200B}-\x{200F}\x{202A}-\x{202E}\x{2060}-\x{2064}\x{2066}-\x{206F}\x{FEFF}\x{FFF9}-\x{FFFB}\x{E0001}-\x{E007F}]'
texts | grep -vE '^LICENSE$' | xargs grep -nPH "$invisible" | cut -c 1-160 | cat -v |
    rule 'no invisible or bidi control character stands raw in a source, script, test or document'

texts | xargs grep -nPH '[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]' | cut -c 1-160 | cat -v |
    rule 'no control character but tab and line feed stands in a text'

texts | while read -r file; do
    iconv -f UTF-8 -t UTF-8 "$file" >/dev/null 2>&1 || echo "$file"
done | rule 'every text is UTF-8'

finish
