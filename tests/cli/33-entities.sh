#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One name however an outlet spells it: each spelling finds, and marks, every article that has the name in any.
. "$(dirname "$0")/lib.sh"
export FIHRIS_DB=db

# Each article has one name in one spelling; its id is the group of spellings, a dash, the outlet.
lines() {
    cat <<'END'
tokayev-a	وصل الرئيس قاسم جومارت توكايف إلى العاصمة لحضور القمة
tokayev-b	بحث توكاييف مع ضيفه خطط النقل
tokayev-c	واجتمع الوزراء بتوكاييف مساء
japarov-a	استقبل صدر جباروف وفدا من رجال الأعمال
japarov-b	ألقى سادير جاباروف كلمة أمام البرلمان
bishkek-a	تعتزم قيرغيزستان بناء سد جديد
bishkek-b	توقع قرغيزستان اتفاقا لبيع الكهرباء
bishkek-c	صدرت قرجيزستان محصول الفاكهة
bishkek-d	صرح الوزير القيرغيزي بأن العمل قد بدأ
bishkek-e	صرح السفير القيرجيزي بأن العمل قد انتهى
shanghai-a	أغلقت بورصة شنغهاي على ارتفاع
shanghai-b	غادرت السفينة ميناء شنجهاي فجرا
shanghai-c	افتتح معرض شانغهاي أبوابه
erdogan-a	قال أردوغان إن المصنع سيعمل قريبا
erdogan-b	أكد إردوغان أن الجسر آمن
erdogan-c	نفى اردوغان ما نقلته الصحيفة
zelensky-a	شكر فولوديمير زيلينسكي المانحين
zelensky-b	دعا فولودمير زيلنسكي إلى هدنة
kremlin-a	أعلن الكرملين موعد الزيارة
kremlin-b	ذكر الـ كريملِن أن الموعد تغير
kremlin-c	ورحب الجانبان والكرملين بالنتائج
trump-a	غرد ترامب عن الضرائب
trump-b	أشاد ترمب بالاقتصاد
facebook-a	نشرت الصفحة على فيس بوك صورا
facebook-b	حذف موقع فيسبوك المنشور
pyongyang-a	هبطت الطائرة في بيونغ يانغ ليلا
pyongyang-b	أقيم العرض في بيونغيانغ صباحا
pyongyang-c	وصل الوفد إلى بيونج يانج بالقطار
putin-a	تحدث فلاديمير بوتين عن الحصاد
putin-b	وبوتين يستقبل ضيفه غدا
putin-c	سلم المبعوث رسالة لبوتين بيده
putin-d	كتبت الصحيفة عن Putin مقالا طويلا
google-a	طورت شركة Google برنامجا
google-b	طورت غوغل أداة للترجمة
google-c	أغلقت جوجل خدمة قديمة
montenegro-a	زار رئيس وزراء مونتينيجرو المعرض
montenegro-b	وقعت مونتينيغرو الاتفاق
montenegro-c	يصدر الجبل الأسود الأخشاب
league-a	عقدت جامعة الدول العربية جلسة طارئة
league-b	دانت الجامعة العربية القصف
lavrov-a	التقى وزير الخارجية سيرغي لافروف نظيره
lavrov-b	قال سيرجي لافروف إن الباب مفتوح
university	تدرس الطالبة اللغة العربية في الكلية
book	اشترى القارئ كتابا وصورا من السوق
END
}
lines | awk -F '\t' '{ printf "{\"id\":\"%s\",\"title\":\"خبر اليوم\",\"body\":\"%s.\"}\n", $1, $2 }' |
    fihris-index --quiet --db db -

# ids QUERY: what is found, in order of the id.
ids() { fihris-query --format json --match all --limit 50 "$1" | json '" ".join(sorted(h["id"] for h in d["hits"]))'; }

# unmarked QUERY: the articles found in which no entity is marked.
unmarked() {
    fihris-query --format json --match all --limit 50 "$1" |
        json '" ".join(h["id"] for h in d["hits"] if not any(s.get("mark") == "entity" for s in h["title"] + h["snippet"]))'
}

# spellings GROUP SPELLING…
spellings() {
    local group=$1 wanted spelling
    shift
    wanted=$(lines | cut -f 1 | grep "^$group-" | sort | tr '\n' ' ')
    for spelling; do
        is "«$spelling» finds $group in every spelling" "ids '$spelling'" "${wanted% }"
        is "«$spelling» is marked in all that it finds" "unmarked '$spelling'" ""
        is "«entity:$spelling» too" "ids 'entity:\"$spelling\"'" "${wanted% }"
    done
}

spellings tokayev توكايف توكاييف 'قاسم جومارت توكاييف' بتوكاييف Tokayev
spellings japarov 'صدر جباروف' 'سادير جاباروف'
spellings bishkek قيرغيزستان قرغيزستان قرجيزستان القيرغيزي القيرجيزي
spellings shanghai شنغهاي شنجهاي شانغهاي
spellings erdogan أردوغان إردوغان اردوغان
spellings zelensky فولوديمير فولودمير زيلينسكي
spellings kremlin الكرملين 'الـ كريملِن' والكرملين
spellings trump ترامب ترمب
spellings facebook 'فيس بوك' فيسبوك
spellings pyongyang 'بيونغ يانغ' بيونغيانغ 'بيونج يانج'
spellings putin بوتين وبوتين لبوتين 'فلاديمير بوتين' Putin
spellings google غوغل جوجل Google
spellings montenegro مونتينيجرو مونتينيغرو 'الجبل الأسود'
spellings league 'جامعة الدول العربية' 'الجامعة العربية'
spellings lavrov 'سيرغي لافروف' 'سيرجي لافروف' لافروف

finish
