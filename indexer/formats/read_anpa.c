/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ANPA-1312 (1984 and later), the text format of American wires: marks of typesetting at the beginnings and
 * ends of lines, paragraphs that begin with a tab, and a tail with the day. */
#include "base/buf.h"
#include "indexer/formats/wire.h"
#include "indexer/names.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

enum { SYN = 0x16, UNIT_SEPARATOR = 0x1F };

/* SYN SYN SOH, service and number, a unit separator. */
static int probe(fh_str head, fh_str id) {
    (void)id;
    if (head.len < 8 || head.ptr[0] != SYN || head.ptr[1] != SYN || head.ptr[2] != FH_SOH) return FH_PROBE_NO;
    return memchr(head.ptr, UNIT_SEPARATOR, head.len < 32 ? head.len : 32) ? FH_PROBE_SURE : FH_PROBE_NO;
}

/* ---- Lines ---- */

typedef struct wire_line {
    fh_str text;
    bool set; /* a line of its own: its end is marked */
    bool paragraph;
} wire_line;

/* Control characters stand for fixed and thin spaces between the cells of a table. */
static fh_str without_controls(fh_str line, fh_arena *arena) {
    fh_str copy = fh_arena_copy(arena, line);
    char *at = (char *)copy.ptr;
    for (size_t i = 0; i < copy.len; i++)
        if ((unsigned char)at[i] < ' ' || at[i] == 0x7F) at[i] = ' ';
    return fh_str_trim(copy);
}

static bool next_line(fh_str *rest, wire_line *out, fh_arena *arena) {
    fh_str line;
    if (!fh_str_line(rest, &line)) return false;
    out->paragraph = line.len && line.ptr[0] == '\t';
    fh_str text = without_controls(line, arena);
    size_t code = fh_str_starts(text, FH_STR("^*")) ? fh_str_find(text, FH_STR("<"), 0) : SIZE_MAX;
    if (code < text.len) text = fh_str_trim(fh_str_slice(text, code + 1, text.len)); /* "^*9006<" */
    if (fh_str_starts(text, FH_STR("^"))) text = fh_str_trim(fh_str_slice(text, 1, text.len));
    out->set = text.len && strchr("<=", text.ptr[text.len - 1]);
    if (text.len && strchr("<={", text.ptr[text.len - 1])) text.len--;
    out->text = fh_str_trim(text);
    return true;
}

static bool begins(fh_str line, const char *words) {
    return line.len >= strlen(words) && !strncasecmp(line.ptr, words, strlen(words));
}

/* Notes to editors, pictures that come with it. */
static bool is_note(fh_str line) {
    return begins(line, "eds:") || begins(line, "eds.") || begins(line, "editor's note") ||
           begins(line, "ap photo") || begins(line, "ap video") || begins(line, "with ap ");
}

/* ``so'' is how teleprinters quote. */
static void add_quoted(fh_buf *out, fh_str text) {
    for (size_t i = 0; i < text.len; i++) {
        bool pair = i + 1 < text.len && strchr("`'", text.ptr[i]) && text.ptr[i + 1] == text.ptr[i];
        fh_buf_add_char(out, pair ? '"' : text.ptr[i]);
        i += pair;
    }
}

/* The first line is the keyword again, the second the headline; bylines and notes follow, then the text. */
static void read_text(fh_str text, fh_arena *arena, fh_article *out) {
    fh_buf body = {0};
    wire_line line;
    bool keyword = false, broken = true;
    while (next_line(&text, &line, arena)) {
        if (!line.text.len) {
            broken = true;
            continue;
        }
        if (!body.len && line.set && !line.paragraph) {
            if (is_note(line.text)) continue;
            if (!keyword) {
                keyword = true;
                continue;
            }
            if (!out->title.len) {
                out->title = line.text;
                continue;
            }
            if (out->author.len && !begins(line.text, "by ")) continue; /* whom the author writes for */
        }
        if (line.set && !out->author.len && begins(line.text, "by ")) {
            out->author = fh_byline(line.text);
            continue;
        }
        if (begins(line.text, "___")) continue;
        if (body.len) fh_buf_add_char(&body, line.paragraph || broken || line.set ? '\n' : ' ');
        add_quoted(&body, line.text);
        broken = line.set || !line.paragraph;
    }
    out->body = fh_arena_copy(arena, fh_buf_str(&body));
    fh_buf_free(&body);
}

/* ---- The tail ---- */

/* "AP-WF-11-13-13 0745GMT<": agency, wire, month, day, year, time. */
static void read_tail(fh_str tail, fh_arena *arena, fh_article *out) {
    fh_str words, clock, parts[8];
    size_t count = 0;
    tail = without_controls(tail, arena);
    if (!fh_wire_word(&tail, &words)) return;
    fh_wire_word(&tail, &clock);
    for (size_t from = 0, at = 0; at <= words.len && count < 8; at++) {
        if (at < words.len && words.ptr[at] != '-') continue;
        parts[count++] = fh_str_slice(words, from, at);
        from = at + 1;
    }
    if (count < 4) return;
    out->source = parts[0];
    if (clock.len > 4) clock.len = 4;
    out->published = fh_wire_time(fh_wire_number(parts[count - 1]), fh_wire_number(parts[count - 3]),
                                  fh_wire_number(parts[count - 2]), clock);
}

static fh_status convert(const fh_wire *wire, fh_arena *arena, fh_article *out, fh_error *err) {
    (void)err; /* an article without text is rejected by tidy.c */
    size_t end = 0;
    while (end < wire->head.len && wire->head.ptr[end] != UNIT_SEPARATOR) end++;
    fh_str name = fh_str_trim(fh_str_slice(wire->head, 0, end));
    read_text(wire->text, arena, out);
    read_tail(wire->tail, arena, out);
    char day[FH_DATE_TEXT];
    fh_date_key(&out->published, day);
    if (day[0])
        out->id = fh_arena_format(arena, "%.*s-%.*s-%s", FH_STR_ARG(out->source), FH_STR_ARG(name), day);
    return FH_OK;
}

static fh_status read_anpa(fh_str bytes, fh_str id, fh_arena *arena, fh_articles *out, fh_error *err) {
    return fh_wire_read(bytes, id, convert, arena, out, err);
}

const fh_format fh_format_anpa = {
    .name = "anpa",
    .about = "ANPA-1312, messages of an American wire",
    .probe = probe,
    .raw = true,
    .whole = read_anpa,
};
