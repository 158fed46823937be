# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced: eight short articles of three outlets, as JSON lines.

archive() {
    cat <<'END'
{"id":"bridge","url":"https://example.org/1","title":"افتتاح جسر جديد فوق النيل","source":"النهر","author":"القسم المحلي","date":"2024-01-05","keywords":["جسور","النيل"],"body":"افتتحت الحكومة المصرية جسرا جديدا فوق نهر النيل في القاهرة.\nويربط الجسر ضفتي النهر بعد عامين من العمل."}
{"id":"bridges","url":"https://example.org/2","title":"صيانة الجسور القديمة","source":"النهر","author":"القسم المحلي","date":"2024-02-10","keywords":["جسور"],"body":"بدأت المحافظة صيانة الجسور القديمة في الإسكندرية، وبالجسر الكبير تبدأ الأعمال."}
{"id":"wheat","url":"https://example.org/3","title":"ارتفاع أسعار القمح عالميا","source":"السوق","author":"القسم الاقتصادي","date":"2024-03-15","keywords":["القمح","الأسعار"],"body":"ارتفعت أسعار القمح في سوق المال بعد موجة جفاف.\nوقالت روسيا إنها ستصدر القمح إلى مصر."}
{"id":"money","url":"https://example.org/4","title":"سوق المال تغلق على ارتفاع","source":"السوق","author":"القسم الاقتصادي","date":"2024-04-20","keywords":["البورصة"],"body":"أغلقت سوق المال على ارتفاع بقيادة المصارف، وزاد المال المتداول في السوق."}
{"id":"cup","url":"https://example.org/5","title":"المنتخب المغربي يبلغ النهائي","source":"الملعب","author":"القسم الرياضي","date":"2024-05-25T20:30:00Z","keywords":["كرة القدم"],"body":"بلغ المنتخب المغربي المباراة النهائية بعد فوزه على منتخب مصر بهدفين."}
{"id":"heat","url":"https://example.org/6","title":"موجة حر تضرب المغرب","source":"النهر","author":"","date":"2024-06-30","keywords":["الطقس"],"body":"تضرب موجة حر شديدة المغرب وتونس، وتتوقع الأرصاد درجات حرارة قياسية."}
{"id":"script","url":"https://example.org/7","title":"خبر فيه &lt;script&gt;alert(1)&lt;/script&gt; ورموز","source":"الملعب","author":"","date":"2024-07-01","body":"نص فيه <b>وسوم</b> و\"علامات\" & رموز لا ينبغي أن تعمل."}
{"id":"undated","url":"https://example.org/8","title":"خبر بلا تاريخ عن السدود","source":"السوق","author":"","body":"تقرير عن السدود في المنطقة دون تاريخ نشر."}
END
}

# The archive in ./db
make_archive() { archive | fihris-index --quiet --db db - || echo "# fihris-index could not make the archive"; }
