#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Lines that recur in an outlet's articles are learned, and not searched.
. "$(dirname "$0")/lib.sh"

# news NAME COUNT FIRST LAST OUTLET [STORY]: as many articles; with a story, all tell the same.
news() {
    python3 - "$@" <<'END'
import json, sys
name, count, first, last, outlet = sys.argv[1:6]
for i in range(int(count)):
    n = sys.argv[6] if len(sys.argv) > 6 else i
    body = f"بلغ محصول القمح في الحقل رقم {n} هذا العام ضعف ما كان عليه في العام الذي قبله بعد مطر وفير.\nوزاد سعر الكيس {n} مرة."
    print(json.dumps({"id": f"{name}{i}", "title": f"حصاد {i}", "source": outlet, "date": "2024-05-04",
                      "body": "\n".join(part for part in (first, body, last) if part)}, ensure_ascii=False))
END
}
found() { fihris-query --db "$1" --format json --limit 1 "$2" | json 'd["total"]'; }

news a 50 '' 'للتواصل رسالة قصيرة بالرقم' الحقل >a.jsonl
for jobs in 1 2 5; do fihris-index --db "i$jobs" --jobs $jobs --quiet a.jsonl; done
is 'a line of ten different stories is searched no more' 'found i1 "للتواصل رسالة"' 9
is 'by any number of threads' 'found i2 "للتواصل رسالة"; found i5 "للتواصل رسالة"; diff <(fihris-index --db i1 --export) <(fihris-index --db i5 --export) && echo same' $'9\n9\nsame'
is 'what stands before it is' 'found i1 "سعر الكيس"' 50
is 'the text keeps it' 'fihris-index --db i1 --export | grep -c "للتواصل رسالة قصيرة بالرقم"' 50
is 'a second run changes nothing' 'touch a.jsonl; fihris-index --db i1 a.jsonl 2>&1 | grep -o ".* unchanged"' 'i1: 0 new, 0 changed, 50 unchanged'
is 'the index knows it, and the next run leaves it out at once' '
    news b 3 "" "للتواصل رسالة قصيرة بالرقم" الحقل >b.jsonl; fihris-index --db i1 --quiet b.jsonl; found i1 "للتواصل رسالة"' 9
is 'of that outlet alone' '
    news c 3 "" "للتواصل رسالة قصيرة بالرقم" غيره >c.jsonl; fihris-index --db i1 --quiet c.jsonl; found i1 "للتواصل رسالة"' 12
is 'it comes back with an export' 'fihris-index --db i1 --export >e.jsonl; fihris-index --db back --quiet e.jsonl; diff <(fihris-index --db i1 --export | sort) <(fihris-index --db back --export | sort) && echo same' same
is 'at the beginning too' 'news d 50 "التالي السابق" "" الحقل >d.jsonl; fihris-index --db d --quiet d.jsonl; found d "التالي السابق"' 9
is 'one story printed again and again has none' 'news e 50 "" "للتواصل رسالة قصيرة بالرقم" الحقل 1 >e.jsonl; fihris-index --db e --quiet e.jsonl; found e "للتواصل رسالة"' 50
is 'a long sentence is none' '
    long="وكانت الوزارة أعلنت في مطلع الموسم أنها ستشتري من المزارعين كل ما ينتجونه من القمح بسعر ثابت لا يتغير مع تغير الأسعار في الأسواق العالمية مهما حدث"
    news f 50 "" "$long" الحقل >f.jsonl; fihris-index --db f --quiet f.jsonl; found f "ستشتري المزارعين"' 50
is 'where a story was written is searched, though the line recurs' 'news g 50 "الحقل – القاهرة" "" الحقل >g.jsonl; fihris-index --db g --quiet g.jsonl; found g القاهرة' 50
is 'one line in two hundred articles is none' '
    { news h 2000 "" "" الحقل; news k 12 "" "للتواصل رسالة قصيرة بالرقم" الحقل; } >h.jsonl; fihris-index --db h --quiet h.jsonl; found h "للتواصل رسالة"' 12
if command -v xapian-metadata >/dev/null; then
    is 'their words are not kept: only a hash' 'xapian-metadata get i1 fihris.refrains | grep -cxE "[0-9a-f]{16}"; xapian-metadata get i1 fihris.refrains | grep . | grep -cvxE "[0-9a-f]{16}"' $'1\n0\n[1]'
else
    skip 'their words are not kept: only a hash' 'xapian-metadata is not here'
fi

finish
