/* SPDX-License-Identifier: GPL-3.0-or-later */
/* IPTC 7901 ("The Text Transmission Format", 1979 and later): a head of service, number, priority, category
 * and words, a catchline, a text whose headline ends in "=", and a day-and-time group. */
#include "indexer/formats/wire.h"
#include "indexer/names.h"

#include <ctype.h>
#include <stdlib.h>
#include <strings.h>

#define HEADLINE_LINES 8 /* that a headline and what stands above it may take */

/* "eca062 4 i 211": service and number, priority, category, words. */
static bool is_head(fh_str line) {
    fh_str word;
    if (!fh_wire_word(&line, &word) || word.len < 4 || !isalpha((unsigned char)word.ptr[0]) ||
        !isdigit((unsigned char)word.ptr[word.len - 1]))
        return false;
    return fh_wire_word(&line, &word) && word.len == 1 && isdigit((unsigned char)word.ptr[0]);
}

static int probe(fh_str head, fh_str id) {
    (void)id;
    const char *soh = head.len ? memchr(head.ptr, FH_SOH, head.len < 64 ? head.len : 64) : NULL;
    if (!soh) return FH_PROBE_NO;
    fh_str rest = fh_str_slice(head, (size_t)(soh - head.ptr) + 1, head.len), line;
    return fh_str_line(&rest, &line) && is_head(line) ? FH_PROBE_SURE : FH_PROBE_NO;
}

/* ---- The head and the tail ---- */

/* The agency is named before the last number of the head; else the service is all there is. */
static fh_str agency(fh_str line) {
    fh_str word, service = FH_STR(""), named = FH_STR("");
    for (int i = 0; fh_wire_word(&line, &word); i++) {
        if (i == 0) service = word;
        if (i >= 4 && isalpha((unsigned char)word.ptr[0])) named = word;
    }
    while (service.len && isdigit((unsigned char)service.ptr[service.len - 1])) service.len--;
    return named.len ? named : service;
}

/* "131137 GMT Nov 13": day and time, zone, month, year. */
static fh_date date_of(fh_str tail) {
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    fh_str words[4];
    size_t count = 0;
    while (count < 4 && fh_wire_word(&tail, &words[count])) count++;
    if (count < 4 || words[0].len != 6 || words[2].len < 3) return (fh_date){0};
    int month = 0;
    for (int i = 0; i < 12; i++)
        if (!strncasecmp(months + 3 * i, words[2].ptr, 3)) month = i + 1;
    return fh_wire_time(fh_wire_number(words[3]), month, fh_wire_number(fh_str_slice(words[0], 0, 2)),
                        fh_str_slice(words[0], 2, 6));
}

/* ---- The text ---- */

/* "EXTRA", "1ST LEAD", "(Achtung)": what kind of message it is. */
static bool is_flag(fh_str line) {
    bool letters = false;
    if (fh_str_starts(line, FH_STR("(")) && fh_str_ends(line, FH_STR(")"))) return true;
    for (size_t i = 0; i < line.len; i++) {
        if (islower((unsigned char)line.ptr[i]) || (unsigned char)line.ptr[i] >= 0x80) return false;
        letters |= isalpha((unsigned char)line.ptr[i]) != 0;
    }
    return letters && line.len <= 24;
}

static bool is_byline(fh_str line) {
    return fh_byline(line).len < line.len;
}

/* The lines up to the one that ends in "="; where there is none, the first. */
static void read_headline(fh_str *text, fh_arena *arena, fh_article *out) {
    fh_str rest = *text, line, first = FH_STR("");
    fh_names lines = {0};
    bool ended = false;
    for (int i = 0; i < HEADLINE_LINES && !ended && fh_str_line(&rest, &line); i++) {
        line = fh_str_trim(line);
        ended = fh_str_ends(line, FH_STR("="));
        if (ended) line = fh_str_trim(fh_str_slice(line, 0, line.len - 1));
        if (!first.len) first = line;
        if (is_byline(line))
            out->author = fh_byline(line);
        else if (!is_flag(line))
            fh_names_add(&lines, line, arena);
    }
    if (!ended) {
        out->author = FH_STR("");
        while (fh_str_line(text, &line) && !fh_str_trim(line).len) {
        }
        out->title = first;
        return;
    }
    out->title = fh_or(fh_names_join(&lines, " ", arena), first);
    *text = rest;
}

/* What an agency tells its clients stands below a line of its own. */
static fh_str without_notes(fh_str text) {
    fh_str rest = text, line;
    while (fh_str_line(&rest, &line)) {
        bool note = line.len > 2 && line.ptr[0] == '#' && strcasestr(line.ptr, "notebook") &&
                    strcasestr(line.ptr, "notebook") < line.ptr + line.len;
        if (note) return fh_str_slice(text, 0, (size_t)(line.ptr - text.ptr));
    }
    return text;
}

static fh_status convert(const fh_wire *wire, fh_arena *arena, fh_article *out, fh_error *err) {
    fh_str head = wire->head, first, name, text = wire->text, catchline;
    if (!fh_str_line(&head, &first) || !is_head(first))
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "a message without a head of IPTC 7901");
    out->source = agency(first);
    fh_wire_word(&first, &name);
    catchline = fh_str_trim(head);
    if (fh_str_ends(catchline, FH_STR("/"))) catchline.len--;
    read_headline(&text, arena, out);
    fh_names keywords = {0};
    fh_names_add(&keywords, catchline, arena);
    out->keywords = keywords.list;
    out->body = fh_wire_paragraphs(without_notes(text), arena);
    out->published = date_of(wire->tail);
    char day[FH_DATE_TEXT];
    fh_date_key(&out->published, day);
    if (day[0]) out->id = fh_arena_format(arena, "%.*s-%s", FH_STR_ARG(name), day);
    return FH_OK;
}

static fh_status read_iptc(fh_str bytes, fh_str id, fh_arena *arena, fh_articles *out, fh_error *err) {
    return fh_wire_read(bytes, id, convert, arena, out, err);
}

const fh_format fh_format_iptc7901 = {
    .name = "iptc7901",
    .about = "IPTC 7901, messages of a wire",
    .probe = probe,
    .raw = true,
    .whole = read_iptc,
};
