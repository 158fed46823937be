/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XML that no other format knows: it is named, not read as plain text with tags in it. */
#include "indexer/formats/format.h"

#include <ctype.h>
#include <stdint.h>

static int probe(fh_str head, fh_str id) {
    (void)id;
    head = fh_str_trim(head);
    if (fh_str_starts(head, FH_STR("<?xml"))) return FH_PROBE_LIKELY;
    bool tag = head.len > 1 && head.ptr[0] == '<' && isalpha((unsigned char)head.ptr[1]);
    bool ends =
        fh_str_find(head, FH_STR("</"), 0) != SIZE_MAX || fh_str_find(head, FH_STR("/>"), 0) != SIZE_MAX;
    return tag && ends ? FH_PROBE_LIKELY : FH_PROBE_NO;
}

/* The name of the outermost element. */
static fh_str root_of(fh_str text) {
    for (size_t at = 0; at + 1 < text.len; at++) {
        if (text.ptr[at] != '<' || strchr("?!", text.ptr[at + 1])) continue;
        size_t end = at + 1;
        while (end < text.len && !strchr("> /\t\r\n", text.ptr[end])) end++;
        return fh_str_slice(text, at + 1, end);
    }
    return FH_STR("");
}

static fh_status read_xml(fh_str text, fh_str id, fh_arena *arena, fh_articles *out, fh_error *err) {
    (void)id, (void)arena, (void)out;
    fh_str root = root_of(text);
    return fh_fail(err, FH_ERR_INPUT, NULL, "fihris-index --help lists the formats",
                   "XML of a kind that is not known: its outermost element is <%.*s>", FH_STR_ARG(root));
}

const fh_format fh_format_xml = {
    .name = "xml",
    .about = "any other XML: named, and left out",
    .probe = probe,
    .whole = read_xml,
};
