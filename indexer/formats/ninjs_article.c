/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ninjs (IPTC's "News in JSON"), whose names changed their case and their shape between versions: 1.x has
 * "headline", "body_html" and "versioncreated", 2.x lists of them, 3.x "versionCreated". */
#include "indexer/edition.h"
#include "indexer/formats/html.h"
#include "indexer/formats/json_article.h"
#include "indexer/names.h"

#include <strings.h>

#define HOLDER_MOST 60 /* bytes of a name; more is a sentence */

/* A value by its name in any case. */
static const json_t *get(const json_t *object, const char *name) {
    const char *key;
    json_t *value;
    const json_t *exact = json_object_get(object, name);
    if (exact) return exact;
    json_object_foreach((json_t *)object, key, value) if (!strcasecmp(key, name)) return value;
    return NULL;
}

static fh_str text_at(const json_t *object, const char *name, fh_arena *arena) {
    return fh_str_trim(fh_json_text(get(object, name), "\u060C ", arena));
}

static fh_date date_at(const json_t *object, const char *name, fh_arena *arena) {
    return fh_json_date(get(object, name), arena);
}

bool fh_is_ninjs(const json_t *object) {
    static const char *const marks[] = {"versioncreated", "pubstatus", "bodies", "headlines", "body_xhtml"};
    if (!json_is_string(get(object, "uri")) && !json_is_string(get(object, "guid"))) return false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (get(object, marks[i])) return true;
    return false;
}

/* ---- Headlines and bodies ---- */

/* Of a list of {"role", "contentType", "value"}, the main one, else the first. */
static const json_t *main_of(const json_t *list, fh_arena *arena) {
    for (size_t i = 0; i < json_array_size(list); i++)
        if (fh_str_equal(text_at(json_array_get(list, i), "role", arena), FH_STR("main")))
            return json_array_get(list, i);
    return json_array_get(list, 0);
}

static fh_str headline(const json_t *item, fh_arena *arena) {
    fh_str listed = text_at(main_of(get(item, "headlines"), arena), "value", arena);
    fh_str one = fh_or(text_at(item, "headline", arena), text_at(item, "headline_main", arena));
    fh_str title = fh_or(text_at(item, "title", arena), text_at(item, "slugline", arena));
    return fh_html_fragment(fh_or(fh_or(listed, one), title), arena);
}

static bool is_markup(fh_str type, fh_str text) {
    return fh_str_find(type, FH_STR("html"), 0) != SIZE_MAX || fh_str_find(text, FH_STR("</"), 0) != SIZE_MAX;
}

/* Of the same text in two forms, the one with markup: it has the paragraphs. */
static void offer(fh_str type, fh_str text, fh_str *markup, fh_str *plain) {
    fh_str *form = is_markup(type, text) ? markup : plain;
    *form = fh_or(*form, text);
}

static fh_str body(const json_t *item, fh_arena *arena) {
    fh_str markup = FH_STR(""), plain = FH_STR("");
    const json_t *list = get(item, "bodies");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        offer(text_at(one, "contenttype", arena), text_at(one, "value", arena), &markup, &plain);
    }
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)item, key,
                        value) if (!strncasecmp(key, "body_", 5) && json_is_string(value))
        offer(fh_str_from(key), fh_json_text(value, "", arena), &markup, &plain);
    return fh_str_trim(fh_or(fh_html_fragment(markup, arena), plain));
}

/* ---- Facts ---- */

static void add_names(const json_t *list, fh_names *names, fh_arena *arena) {
    if (json_is_string(list)) fh_names_add_split(names, fh_json_text(list, "", arena), arena);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        fh_str name = json_is_object(one) ? text_at(one, "name", arena) : fh_json_text(one, "", arena);
        if (name.len > 1) fh_names_add(names, name, arena); /* a letter is a code of a desk */
    }
}

static fh_str named(const json_t *item, const char *name, fh_arena *arena) {
    fh_names names = {0};
    const json_t *value = get(item, name);
    if (json_is_object(value)) return fh_or(text_at(value, "name", arena), text_at(value, "literal", arena));
    add_names(value, &names, arena);
    return json_is_string(value) ? text_at(item, name, arena) : fh_names_join(&names, "\u060C ", arena);
}

static fh_date published(const json_t *item, fh_arena *arena) {
    static const char *const places[] = {"firstcreated", "contentcreated", "firstpublished",
                                         "versioncreated"};
    fh_date date = {0};
    for (size_t i = 0; i < sizeof places / sizeof *places && !date.year; i++)
        date = date_at(item, places[i], arena);
    return date;
}

/* "Copyright 2024 The News Agency, www.example.org - all rights reserved" is The News Agency. */
static fh_str holder_in(fh_str notice) {
    static const char *const before[] = {"copyright", "(c)", "\u00A9", "by "};
    for (bool more = true; more;) {
        more = false;
        notice = fh_str_trim(notice);
        for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
            size_t length = strlen(before[i]);
            if (notice.len < length || strncasecmp(notice.ptr, before[i], length) != 0) continue;
            notice = fh_str_slice(notice, length, notice.len);
            more = true;
        }
        while (notice.len && strchr("0123456789,-", notice.ptr[0])) {
            notice = fh_str_slice(notice, 1, notice.len);
            more = true;
        }
    }
    size_t end = 0;
    while (end < notice.len && !strchr(",.(;", notice.ptr[end]) &&
           !fh_str_starts(fh_str_slice(notice, end, notice.len), FH_STR(" - ")))
        end++;
    notice = fh_str_trim(fh_str_slice(notice, 0, end));
    return notice.len <= HOLDER_MOST ? notice : FH_STR("");
}

static void read_facts(const json_t *item, fh_arena *arena, fh_article *out) {
    fh_names keywords = {0};
    fh_date made = date_at(item, "versioncreated", arena), embargo = date_at(item, "embargoed", arena);
    fh_str uri = fh_or(text_at(item, "uri", arena), text_at(item, "guid", arena));
    fh_str by = fh_or(text_at(item, "byline", arena), text_at(item, "by", arena));
    fh_str city = text_at(get(item, "datelinelocation"), "city", arena);
    add_names(get(item, "keywords"), &keywords, arena);
    add_names(get(item, "subject"), &keywords, arena);
    add_names(get(item, "subjects"), &keywords, arena);
    out->id = uri;
    if (fh_str_starts(uri, FH_STR("http"))) out->url = uri;
    out->title = headline(item, arena);
    out->source = fh_or(fh_or(named(item, "provider", arena), named(item, "source", arena)),
                        text_at(item, "copyrightholder", arena));
    out->wire = fh_or(named(item, "infosource", arena), named(item, "infosources", arena));
    out->author = fh_byline(fh_or(by, named(item, "authors", arena)));
    out->dateline = fh_or(text_at(item, "dateline", arena), fh_or(named(item, "located", arena), city));
    out->language = text_at(item, "language", arena);
    out->keywords = keywords.list;
    out->published = published(item, arena);
    out->edition = fh_edition_key(text_at(item, "version", arena), &made, arena);
    out->embargo = fh_embargo_text(&embargo, arena);
    out->withdrawn = fh_status_withdraws(text_at(item, "pubstatus", arena));
    out->source = fh_or(out->source, fh_or(out->wire, holder_in(text_at(item, "copyrightnotice", arena))));
    if (fh_str_equal(out->wire, out->source)) out->wire = FH_STR("");
}

fh_status fh_ninjs_article(const json_t *item, fh_arena *arena, fh_article *out, fh_error *err) {
    fh_str type = text_at(item, "type", arena);
    *out = (fh_article){0};
    read_facts(item, arena, out);
    if (out->withdrawn) return FH_OK;
    out->body = body(item, arena);
    if (out->body.len) return FH_OK;
    if (type.len && !fh_str_equal(type, FH_STR("text")))
        return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "an item of type \"%.*s\", without a text of its own",
                       FH_STR_ARG(type));
    const json_t *listed = main_of(get(item, "descriptions"), arena);
    out->body = fh_html_fragment(
        fh_or(text_at(listed, "value", arena), text_at(item, "description_text", arena)), arena);
    return FH_OK;
}
