/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain text under a block of fields: between lines of "---" (as programs that make sites from text write
 * it; TOML has "+++" and "name = value"), or lines of "Name: value" up to an empty one (as in RFC 822). */
#include "base/buf.h"
#include "indexer/formats/format.h"
#include "indexer/formats/json_article.h"
#include "indexer/names.h"

#include <ctype.h>
#include <strings.h>

#define MAX_FIELDS 200
#define NAME_BYTES 64

typedef struct front {
    json_t *fields;
    fh_str body;
    bool mail;
    size_t known;
} front;

static fh_str unquoted(fh_str value) {
    value = fh_str_trim(value);
    bool quoted = value.len >= 2 && strchr("\"'", value.ptr[0]) && value.ptr[value.len - 1] == value.ptr[0];
    return quoted ? fh_str_trim(fh_str_slice(value, 1, value.len - 1)) : value;
}

/* "[a, b]", "a, b" */
static json_t *value_of(fh_str value) {
    value = unquoted(value);
    if (!fh_str_starts(value, FH_STR("[")) || !fh_str_ends(value, FH_STR("]")))
        return json_stringn(value.ptr, value.len);
    json_t *list = json_array();
    value = fh_str_slice(value, 1, value.len - 1);
    for (size_t from = 0, at = 0; at <= value.len; at++) {
        if (at < value.len && value.ptr[at] != ',') continue;
        fh_str item = unquoted(fh_str_slice(value, from, at));
        if (item.len) json_array_append_new(list, json_stringn(item.ptr, item.len));
        from = at + 1;
    }
    return list;
}

/* Names that mail has for an article's fields. */
static const char *field_name(const char *name) {
    if (!strcasecmp(name, "subject")) return "title";
    if (!strcasecmp(name, "from")) return "author";
    return name;
}

/* False: the line is no field. */
static bool split_line(fh_str line, char mark, char name[NAME_BYTES], fh_str *value) {
    const char *colon = line.len ? memchr(line.ptr, mark, line.len) : NULL;
    if (!colon || isspace((unsigned char)line.ptr[0])) return false;
    fh_str key = fh_str_trim(fh_str_slice(line, 0, (size_t)(colon - line.ptr)));
    if (key.len == 0 || key.len >= NAME_BYTES) return false;
    memcpy(name, key.ptr, key.len);
    name[key.len] = '\0';
    *value = fh_str_slice(line, (size_t)(colon - line.ptr) + 1, line.len);
    return true;
}

/* "- item" lines belong to the field above them, and so do lines that begin with a blank. */
static void add_to(json_t *fields, const char *name, fh_str line) {
    fh_str text = fh_str_trim(line);
    json_t *value = json_object_get(fields, name);
    if (!name[0] || !text.len) return;
    if (text.ptr[0] == '-') {
        fh_str item = unquoted(fh_str_slice(text, 1, text.len));
        if (!json_is_array(value)) json_object_set_new(fields, name, value = json_array());
        if (item.len) json_array_append_new(value, json_stringn(item.ptr, item.len));
        return;
    }
    fh_buf joined = {0};
    fh_buf_add(&joined, (fh_str){json_string_value(value), json_string_length(value)});
    fh_buf_add_char(&joined, ' ');
    fh_buf_add(&joined, text);
    if (json_is_string(value)) json_object_set_new(fields, name, json_stringn(joined.ptr, joined.len));
    fh_buf_free(&joined);
}

/* False: the text does not begin with fields. */
static bool read_front(fh_str text, front *out) {
    fh_str rest = text, line = FH_STR(""), value;
    char name[NAME_BYTES] = "";
    size_t count = 0;
    while (fh_str_line(&rest, &line) && !fh_str_trim(line).len) {
    }
    fh_str fence = fh_str_trim(line);
    bool toml = fh_str_equal(fence, FH_STR("+++")), fenced = toml || fh_str_equal(fence, FH_STR("---"));
    if (fenced && !fh_str_line(&rest, &line)) return false;
    *out = (front){.fields = json_object()};
    bool ended = false;
    do {
        fh_str trimmed = fh_str_trim(line);
        ended = fenced ? fh_str_equal(trimmed, fence) : trimmed.len == 0;
        if (ended) break;
        if (split_line(line, toml ? '=' : ':', name, &value)) {
            out->mail |= !strcasecmp(name, "received") || !strcasecmp(name, "mime-version");
            out->known += fh_json_is_article_name(field_name(name)) && fh_str_trim(value).len > 0;
            json_object_set_new(out->fields, field_name(name), value_of(value));
        } else if (name[0] && (fenced || isspace((unsigned char)line.ptr[0]))) {
            add_to(out->fields, field_name(name), line);
        } else if (!fenced) {
            break;
        }
    } while (++count < MAX_FIELDS && fh_str_line(&rest, &line));
    out->body = rest;
    if (ended && (fenced || out->known >= 2 || out->mail)) return true;
    json_decref(out->fields);
    return false;
}

static int probe(fh_str head, fh_str id) {
    (void)id;
    front found;
    if (head.len > 16384) head.len = 16384;
    if (!read_front(head, &found)) return FH_PROBE_NO;
    json_decref(found.fields);
    return found.known || found.mail ? FH_PROBE_SURE : FH_PROBE_NO;
}

static fh_status read_text(fh_str text, fh_str id, fh_arena *arena, fh_articles *out, fh_error *err) {
    front found;
    if (!read_front(text, &found))
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "it does not begin with fields");
    if (found.mail) {
        json_decref(found.fields);
        return fh_fail(err, FH_ERR_INPUT, NULL, "save its text in a file", "an e-mail message");
    }
    fh_article *article = fh_arena_take_zeroed(arena, sizeof *article);
    *article = fh_json_article(found.fields, NULL, arena);
    fh_names_keep(article, arena);
    json_decref(found.fields);
    article->body = found.body;
    if (!article->id.len && !article->url.len) article->id = id;
    *out = (fh_articles){article, 1};
    return FH_OK;
}

const fh_format fh_format_front = {
    .name = "front",
    .about = "plain text under fields: between lines of --- or +++, or up to an empty line",
    .probe = probe,
    .whole = read_text,
};
