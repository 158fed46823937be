/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain text: a title where the first line looks like one, and a body. */
#include "indexer/formats/format.h"
#include "indexer/lead_date.h"

#define TITLE_BYTES 200 /* a longer first line is a paragraph */

/* Any text can be read as plain text, when nothing knows better. */
static int probe(fh_str head, fh_str id) {
    (void)head;
    (void)id;
    return FH_PROBE_FALLBACK;
}

static fh_str first_line(fh_str *rest) {
    fh_str line = {"", 0};
    while (line.len == 0 && fh_str_line(rest, &line)) line = fh_str_trim(line);
    return line;
}

/* A title is short, does not end as a sentence does, and has something longer below it, or an empty line. */
static bool is_title(fh_str line, fh_str rest) {
    fh_str body = fh_str_trim(rest), below;
    if (line.len == 0 || line.len > TITLE_BYTES || body.len == 0 || fh_str_ends(line, FH_STR(".")))
        return false;
    bool gap = fh_str_line(&rest, &below) && fh_str_trim(below).len == 0;
    return gap || body.len > line.len;
}

static fh_status read_text(fh_str text, fh_str id, fh_arena *arena, fh_articles *out, fh_error *err) {
    (void)err;
    fh_article *article = fh_arena_take_zeroed(arena, sizeof *article);
    fh_str rest = text, line = first_line(&rest);
    bool titled = is_title(line, rest);
    article->id = id;
    article->title = titled ? line : FH_STR("");
    article->body = titled ? rest : text;
    fh_lead_date(article->body, &article->published);
    *out = (fh_articles){article, 1};
    return FH_OK;
}

const fh_format fh_format_text = {.name = "text",
                                  .about = "plain text, a title line first where there is one",
                                  .probe = probe,
                                  .whole = read_text};
