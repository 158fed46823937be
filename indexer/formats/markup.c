/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A careful little stripper of HTML; whole pages have a reader of their own. */
#include "indexer/formats/markup.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <strings.h>
#include <unicode/utypes.h>

#define MAX_TAG 8192     /* bytes of a tag with its attributes; images may stand in them */
#define MAX_REFERENCE 12 /* bytes of "&thetasym;" and the like */

typedef enum effect { INLINE, BLOCK, DROP } effect; /* DROP: with all that is in it */

static const struct {
    const char *name;
    effect effect;
} tags[] = {
    {"a", INLINE},      {"abbr", INLINE},      {"b", INLINE},         {"bdi", INLINE},   {"bdo", INLINE},
    {"em", INLINE},     {"font", INLINE},      {"i", INLINE},         {"img", INLINE},   {"mark", INLINE},
    {"small", INLINE},  {"span", INLINE},      {"strong", INLINE},    {"sub", INLINE},   {"sup", INLINE},
    {"u", INLINE},      {"article", BLOCK},    {"blockquote", BLOCK}, {"br", BLOCK},     {"center", BLOCK},
    {"div", BLOCK},     {"figcaption", BLOCK}, {"figure", BLOCK},     {"footer", BLOCK}, {"h1", BLOCK},
    {"h2", BLOCK},      {"h3", BLOCK},         {"h4", BLOCK},         {"h5", BLOCK},     {"h6", BLOCK},
    {"header", BLOCK},  {"hr", BLOCK},         {"li", BLOCK},         {"ol", BLOCK},     {"p", BLOCK},
    {"pre", BLOCK},     {"section", BLOCK},    {"table", BLOCK},      {"tbody", BLOCK},  {"td", BLOCK},
    {"th", BLOCK},      {"thead", BLOCK},      {"tr", BLOCK},         {"ul", BLOCK},     {"iframe", DROP},
    {"noscript", DROP}, {"script", DROP},      {"style", DROP},
};

static const struct {
    const char *name;
    const char *text;
} references[] = {
    {"amp", "&"},         {"lt", "<"},          {"gt", ">"},          {"quot", "\""},
    {"apos", "'"},        {"nbsp", " "},        {"laquo", "\u00AB"},  {"raquo", "\u00BB"},
    {"ldquo", "\u201C"},  {"rdquo", "\u201D"},  {"lsquo", "\u2018"},  {"rsquo", "\u2019"},
    {"sbquo", "\u201A"},  {"bdquo", "\u201E"},  {"hellip", "\u2026"}, {"ndash", "\u2013"},
    {"mdash", "\u2014"},  {"bull", "\u2022"},   {"middot", "\u00B7"}, {"deg", "\u00B0"},
    {"copy", "\u00A9"},   {"reg", "\u00AE"},    {"euro", "\u20AC"},   {"pound", "\u00A3"},
    {"times", "\u00D7"},  {"eacute", "\u00E9"}, {"egrave", "\u00E8"}, {"agrave", "\u00E0"},
    {"ccedil", "\u00E7"}, {"zwnj", "\u200C"},   {"zwj", "\u200D"},    {"lrm", "\u200E"},
    {"rlm", "\u200F"},    {"shy", "\u00AD"},    {"ensp", " "},        {"emsp", " "},
    {"thinsp", " "},
};

/* ---- Tags ---- */

static size_t find_ignoring_case(fh_str text, const char *needle, size_t from) {
    size_t length = strlen(needle);
    for (size_t at = from; at + length <= text.len; at++)
        if (strncasecmp(text.ptr + at, needle, length) == 0) return at;
    return SIZE_MAX;
}

static bool find_tag(fh_str name, effect *out, const char **known) {
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (strlen(tags[i].name) != name.len || strncasecmp(tags[i].name, name.ptr, name.len) != 0) continue;
        *out = tags[i].effect;
        *known = tags[i].name;
        return true;
    }
    return false;
}

/* The end of what is dropped with its tag: behind the closing tag, or of the text. */
static size_t skip_content(fh_str text, const char *name, size_t from) {
    char closing[16] = "</";
    strncat(closing, name, sizeof closing - 3);
    size_t end = find_ignoring_case(text, closing, from);
    if (end == SIZE_MAX) return text.len;
    const char *close = memchr(text.ptr + end, '>', text.len - end);
    return close ? (size_t)(close - text.ptr) + 1 : text.len;
}

/* The length of the tag or comment at byte `at`, 0 where that is text. */
static size_t tag_length(fh_str text, size_t at, effect *out) {
    fh_str rest = fh_str_slice(text, at, text.len);
    if (fh_str_starts(rest, FH_STR("<!--"))) {
        size_t end = fh_str_find(text, FH_STR("-->"), at + 4);
        return end == SIZE_MAX ? rest.len : end + 3 - at;
    }
    size_t from = rest.len > 1 && rest.ptr[1] == '/' ? 2 : 1, to = from;
    while (to < rest.len && isalnum((unsigned char)rest.ptr[to])) to++;
    const char *name = NULL;
    if (to == rest.len || !find_tag(fh_str_slice(rest, from, to), out, &name)) return 0;
    if (!strchr("> /\t\r\n", rest.ptr[to])) return 0;
    const char *close = memchr(rest.ptr + to, '>', rest.len - to < MAX_TAG ? rest.len - to : MAX_TAG);
    if (!close) return 0;
    size_t length = (size_t)(close - rest.ptr) + 1;
    if (*out != DROP || rest.ptr[1] == '/' || close[-1] == '/') return length;
    return skip_content(text, name, at + length) - at;
}

/* ---- Character references ---- */

static bool is_character(unsigned long c) {
    return c > 0 && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

/* The length of the reference at byte `at`, whose text goes to `out`; 0 where it is none that is known. */
static size_t reference_length(fh_str text, size_t at, fh_buf *out) {
    fh_str rest = fh_str_slice(text, at, text.len - at > MAX_REFERENCE ? at + MAX_REFERENCE : text.len);
    const char *end = memchr(rest.ptr, ';', rest.len);
    if (!end || end - rest.ptr < 3) return 0;
    fh_str name = fh_str_slice(rest, 1, (size_t)(end - rest.ptr));
    if (name.ptr[0] == '#') {
        bool hex = name.ptr[1] == 'x' || name.ptr[1] == 'X';
        const char *digits = name.ptr + 1 + hex;
        char *stop;
        if (!isxdigit((unsigned char)*digits)) return 0;
        unsigned long c = strtoul(digits, &stop, hex ? 16 : 10);
        if (stop != end || !is_character(c)) return 0;
        fh_buf_add_code_point(out, (uint32_t)c);
        return name.len + 2;
    }
    for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
        if (!fh_str_equal(fh_str_from(references[i].name), name)) continue;
        fh_buf_add(out, fh_str_from(references[i].text));
        return name.len + 2;
    }
    return 0;
}

fh_str fh_markup_strip(fh_str text, fh_arena *arena) {
    if (text.len == 0 || (!memchr(text.ptr, '<', text.len) && !memchr(text.ptr, '&', text.len))) return text;
    fh_buf out = {0};
    for (size_t at = 0; at < text.len;) {
        effect what = INLINE;
        char byte = text.ptr[at];
        size_t length = byte == '<'   ? tag_length(text, at, &what)
                        : byte == '&' ? reference_length(text, at, &out)
                                      : 0;
        if (length == 0) fh_buf_add_char(&out, byte);
        if (what == BLOCK) fh_buf_add_char(&out, '\n');
        at += length ? length : 1;
    }
    fh_str kept = fh_arena_copy(arena, fh_buf_str(&out));
    fh_buf_free(&out);
    return kept;
}
