/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One table of the words that pages of news outlets wrap around an article. */
#include "indexer/page_line.h"
#include "base/letters.h"
#include "base/utf8.h"

#include <stdint.h>
#include <unicode/uchar.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#define HEADLINE_MOST 160  /* code points; headlines of news agencies stay below */
#define FURNITURE_MOST 100 /* code points; a longer line that begins so is text */
#define PUBLISHER_MOST 90  /* code points */

enum letter {
    FULLWIDTH_COLON = 0xFF1A,
};

/* A colon in a marker stands for any colon with spaces before it; `alone` markers fill the line. */
typedef struct marker {
    const char *words;
    fh_line_kind kind;
    bool alone;
} marker;

static const marker markers[] = {
    {"تاريخ النشر:", FH_LINE_DATE, false},
    {"تاريخ النشر", FH_LINE_DATE, false},
    {"نشر في:", FH_LINE_DATE, false},
    {"نشر بتاريخ:", FH_LINE_DATE, false},
    {"المصدر:", FH_LINE_SOURCE, false},
    {"مصدر الخبر:", FH_LINE_SOURCE, false},
    {"بقلم:", FH_LINE_AUTHOR, false},
    {"كتب:", FH_LINE_AUTHOR, false},
    {"الكاتب:", FH_LINE_AUTHOR, false},
    {"كلمات دلالية:", FH_LINE_KEYWORDS, false},
    {"الكلمات الدلالية:", FH_LINE_KEYWORDS, false},
    {"كلمات مفتاحية:", FH_LINE_KEYWORDS, false},
    {"الكلمات المفتاحية:", FH_LINE_KEYWORDS, false},
    {"الوسوم:", FH_LINE_KEYWORDS, false},
    {"وسوم:", FH_LINE_KEYWORDS, false},
    {"اقرأ أيضا:", FH_LINE_ALSO, false},
    {"اقرأ أيضا", FH_LINE_ALSO, false},
    {"اقرأوا أيضا", FH_LINE_ALSO, false},
    {"اقرأ ايضا", FH_LINE_ALSO, false},
    {"اقرأ كذلك:", FH_LINE_ALSO, false},
    {"اقرأ كذلك|", FH_LINE_ALSO, false},
    {"شاهد أيضا:", FH_LINE_ALSO, false},
    {"شاهد أيضا..", FH_LINE_ALSO, false},
    {"شاهد أيضا|", FH_LINE_ALSO, false},
    {"طالع أيضا:", FH_LINE_ALSO, false},
    {"ذات صلة:", FH_LINE_ALSO, false},
    {"اقرأ المزيد", FH_LINE_MORE, false},
    {"قراءة المزيد", FH_LINE_MORE, false},
    {"مقالات مشابهة", FH_LINE_RELATED, true},
    {"مقالات ذات صلة", FH_LINE_RELATED, true},
    {"مواضيع ذات صلة", FH_LINE_RELATED, true},
    {"موضوعات ذات صلة", FH_LINE_RELATED, true},
    {"أخبار ذات صلة", FH_LINE_RELATED, true},
    {"أخبار متعلقة", FH_LINE_RELATED, true},
    {"موضوعات متعلقة", FH_LINE_RELATED, true},
    {"الصورة:", FH_LINE_CREDIT, false},
    {"صورة:", FH_LINE_CREDIT, false},
    {"تصوير:", FH_LINE_CREDIT, false},
    {"مصدر الصورة:", FH_LINE_CREDIT, false},
    {"تابع أحدث الأخبار", FH_LINE_FURNITURE, false},
    {"تابع آخر الأخبار", FH_LINE_FURNITURE, false},
    {"تابعوا أحدث الأخبار", FH_LINE_FURNITURE, false},
    {"تابعوا آخر الأخبار", FH_LINE_FURNITURE, false},
    {"تابعونا على", FH_LINE_FURNITURE, false},
    {"تابعونا عبر", FH_LINE_FURNITURE, false},
    {"تابعنا على", FH_LINE_FURNITURE, false},
    {"لمتابعة آخر الأخبار", FH_LINE_FURNITURE, false},
    {"حمل تطبيق", FH_LINE_FURNITURE, false},
    {"حملوا تطبيق", FH_LINE_FURNITURE, false},
    {"اشترك في النشرة", FH_LINE_FURNITURE, false},
    {"اشترك في قناة", FH_LINE_FURNITURE, false},
    {"انضم إلى قناة", FH_LINE_FURNITURE, false},
    {"شارك الخبر", FH_LINE_FURNITURE, true},
    {"شارك هذا الخبر", FH_LINE_FURNITURE, true},
    {"شارك المقال", FH_LINE_FURNITURE, true},
    {"مشاركة", FH_LINE_FURNITURE, true},
};

static const char *const publisher_heads[] = {"مجموعة ", "صحيفة ", "جريدة ", "بوابة ", "شبكة ",
                                              "موقع ",   "مجلة ",  "وكالة ", "قناة ",  "مركز "};

static uint32_t fold(uint32_t c) {
    switch (c) {
    case ALEF_MADDA:
    case ALEF_HAMZA_ABOVE:
    case ALEF_HAMZA_BELOW:
    case ALEF_WASLA: return ALEF;
    case TEH_MARBUTA: return HEH;
    case ALEF_MAKSURA:
    case FARSI_YEH: return YEH;
    case KEHEH: return KAF;
    case FULLWIDTH_COLON: return ':';
    default: return c;
    }
}

static size_t skip_unseen(fh_str text, size_t at) {
    uint32_t c;
    while (at < text.len) {
        size_t length = fh_utf8_next(text, at, &c);
        if (!fh_is_unseen(c)) break;
        at += length;
    }
    return at;
}

static size_t skip_spaces(fh_str text, size_t at) {
    uint32_t c;
    while (at < text.len) {
        size_t length = fh_utf8_next(text, at, &c);
        if (!u_isUWhiteSpace((UChar32)c) && !fh_is_unseen(c)) break;
        at += length;
    }
    return at;
}

/* Bytes of `text` that say `words`, 0 where it does not begin with them. */
static size_t match(fh_str text, const char *words) {
    fh_str pattern = fh_str_from(words);
    size_t at = 0, wanted_at = 0;
    uint32_t wanted, c;
    while (wanted_at < pattern.len) {
        wanted_at += fh_utf8_next(pattern, wanted_at, &wanted);
        at = wanted == ':' || wanted == ' ' ? skip_spaces(text, at) : skip_unseen(text, at);
        if (wanted == ' ') continue;
        if (at >= text.len) return 0;
        at += fh_utf8_next(text, at, &c);
        if (fold(c) != fold(wanted)) return 0;
    }
    return skip_unseen(text, at);
}

/* The first letter that can be seen, folded; 0: there is none. */
static uint32_t first_letter(fh_str text) {
    uint32_t c = 0;
    size_t at = skip_unseen(text, 0);
    if (at < text.len) fh_utf8_next(text, at, &c);
    return fold(c);
}

static size_t longest_mark(fh_str line, const marker **found) {
    size_t longest = 0;
    uint32_t first = first_letter(line);
    for (size_t i = 0; i < COUNT_OF(markers); i++) {
        uint32_t wanted;
        fh_utf8_next(fh_str_from(markers[i].words), 0, &wanted);
        if (fold(wanted) != first) continue;
        size_t length = match(line, markers[i].words);
        if (length > longest) longest = length, *found = &markers[i];
    }
    return longest;
}

static fh_str without_colon(fh_str text) {
    text = fh_str_trim(text);
    if (fh_str_starts(text, FH_STR(":"))) text = fh_str_trim(fh_str_slice(text, 1, text.len));
    return text;
}

fh_line_kind fh_page_line(fh_str line, fh_str *rest) {
    const marker *found = NULL;
    size_t length = longest_mark(line, &found);
    *rest = line;
    if (!found) return FH_LINE_TEXT;
    fh_str after = without_colon(fh_str_slice(line, length, line.len));
    if (found->alone && after.len) return FH_LINE_TEXT;
    if (found->kind == FH_LINE_FURNITURE && fh_utf8_count(line) > FURNITURE_MOST) return FH_LINE_TEXT;
    if (found->kind == FH_LINE_DATE && !after.len) return FH_LINE_TEXT;
    *rest = after;
    return found->kind;
}

static bool ends_sentence(uint32_t c) {
    return u_hasBinaryProperty((UChar32)c, UCHAR_S_TERM) || c == '"' || c == ')';
}

size_t fh_page_line_break(fh_str line) {
    uint32_t c, before = 0;
    for (size_t at = 0; at < line.len; at += fh_utf8_next(line, at, &c)) {
        const marker *found = NULL;
        if (at && ends_sentence(before) && longest_mark(fh_str_slice(line, at, line.len), &found) &&
            (found->kind == FH_LINE_ALSO || found->kind == FH_LINE_MORE))
            return at;
        fh_utf8_next(line, at, &c);
        if (!u_isUWhiteSpace((UChar32)c)) before = c;
    }
    return SIZE_MAX;
}

bool fh_is_headline(fh_str line) {
    if (!line.len || fh_utf8_count(line) > HEADLINE_MOST) return false;
    return !fh_str_ends(line, FH_STR(".")) && !fh_str_ends(line, FH_STR("،")) &&
           !fh_str_ends(line, FH_STR(".\"")) && !fh_str_ends(line, FH_STR("\".")) &&
           !fh_str_ends(line, FH_STR("؛"));
}

fh_str fh_without_bullet(fh_str line, bool *bullet) {
    static const char *const bullets[] = {"•", "▪", "●", "◀", "■", "‣", "*", "-", "–"};
    *bullet = false;
    for (size_t i = 0; i < COUNT_OF(bullets); i++) {
        fh_str mark = fh_str_from(bullets[i]);
        if (!fh_str_starts(line, mark)) continue;
        *bullet = true;
        return fh_str_trim(fh_str_slice(line, mark.len, line.len));
    }
    return line;
}

bool fh_is_publisher(fh_str line) {
    if (!fh_is_headline(line) || fh_utf8_count(line) > PUBLISHER_MOST) return false;
    for (size_t i = 0; i < COUNT_OF(publisher_heads); i++)
        if (match(line, publisher_heads[i])) return true;
    return false;
}
