/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON-LD in a page (schema.org's NewsArticle and its kin). */
#include "indexer/edition.h"
#include "indexer/formats/html.h"
#include "indexer/formats/json_article.h"
#include "indexer/names.h"

#include <jansson.h>

#define MAX_NESTING 7 /* of lists and graphs around the article */

static bool is_article_type(const json_t *type) {
    if (json_is_array(type)) {
        for (size_t i = 0; i < json_array_size(type); i++)
            if (is_article_type(json_array_get(type, i))) return true;
        return false;
    }
    fh_str name = fh_code_of(fh_str_from(json_string_value(type)));
    return fh_str_ends(name, FH_STR("Article")) || fh_str_ends(name, FH_STR("BlogPosting")) ||
           fh_str_equal(name, FH_STR("Report"));
}

static json_t *find_article(json_t *value, int nesting) {
    if (nesting > MAX_NESTING) return NULL;
    if (json_is_object(value) && is_article_type(json_object_get(value, "@type"))) return value;
    json_t *inner = json_is_object(value) ? json_object_get(value, "@graph") : value;
    if (json_is_object(value) && !inner) inner = json_object_get(value, "mainEntity");
    if (json_is_object(inner)) return find_article(inner, nesting + 1);
    for (size_t i = 0; i < json_array_size(inner); i++) {
        json_t *found = find_article(json_array_get(inner, i), nesting + 1);
        if (found) return found;
    }
    return NULL;
}

/* What "@id" points at, within the graph of the same script. */
static json_t *find_id(json_t *value, const char *id, int nesting) {
    if (nesting > MAX_NESTING) return NULL;
    if (json_is_object(value)) {
        const char *own = json_string_value(json_object_get(value, "@id"));
        if (own && !strcmp(own, id) && json_object_get(value, "name")) return value;
        value = json_object_get(value, "@graph");
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        json_t *found = find_id(json_array_get(value, i), id, nesting + 1);
        if (found) return found;
    }
    return NULL;
}

static void resolve(json_t *article, const char *key, json_t *script) {
    json_t *value = json_object_get(article, key);
    if (json_array_size(value) == 1) value = json_array_get(value, 0);
    const char *id = json_string_value(json_object_get(value, "@id"));
    json_t *named = id && !json_object_get(value, "name") ? find_id(script, id, 0) : NULL;
    if (named) json_object_set(article, key, json_object_get(named, "name"));
}

/* Pages often break lines within strings, which JSON forbids. */
static json_t *load(const char *text) {
    fh_buf clean = {0};
    for (; *text; text++) fh_buf_add_char(&clean, (unsigned char)*text < ' ' ? ' ' : *text);
    fh_str json = fh_str_trim(fh_buf_str(&clean));
    if (fh_str_starts(json, FH_STR("<!--"))) json = fh_str_slice(json, 4, json.len);
    if (fh_str_ends(json, FH_STR("-->"))) json = fh_str_slice(json, 0, json.len - 3);
    if (fh_str_ends(json, FH_STR(";"))) json = fh_str_slice(json, 0, json.len - 1);
    json_t *value = json_loadb(json.ptr, json.len, JSON_ALLOW_NUL, NULL);
    fh_buf_free(&clean);
    return value;
}

/* Some write the text with its markup, and that escaped once more. */
static fh_str without_markup(fh_str text, fh_arena *arena) {
    static const char *const tags[] = {"</p>", "<br", "</div>"};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (fh_str_find(text, fh_str_from(tags[i]), 0) != SIZE_MAX) return fh_html_fragment(text, arena);
    return text;
}

static fh_str copied(fh_str known, fh_str text, fh_arena *arena) {
    return fh_or(known, fh_arena_copy(arena, fh_str_trim(text)));
}

static fh_str address_of(const json_t *article) {
    const json_t *page = json_object_get(article, "mainEntityOfPage");
    const char *id =
        json_is_object(page) ? json_string_value(json_object_get(page, "@id")) : json_string_value(page);
    return id && strstr(id, "://") ? fh_str_from(id) : FH_STR("");
}

static void take(json_t *article, fh_arena *arena, fh_article *out) {
    fh_article found = fh_json_article(article, NULL, arena);
    const json_t *text = json_object_get(article, "articleBody");
    fh_names keywords = {0};
    for (size_t i = 0; i < found.keywords.count; i++)
        fh_names_add(&keywords, fh_arena_copy(arena, found.keywords.items[i]), arena);
    out->url = copied(out->url, fh_or(found.url, address_of(article)), arena);
    out->title = copied(out->title, found.title, arena);
    out->author = copied(out->author, found.author, arena);
    out->source = copied(out->source, found.source, arena);
    out->section = copied(out->section, found.section, arena);
    out->language = copied(out->language, found.language, arena);
    if (json_is_string(text)) out->body = copied(out->body, without_markup(found.body, arena), arena);
    if (!out->keywords.count) out->keywords = keywords.list;
    if (!out->published.year) out->published = found.published;
}

/* All of them in one list: an organisation may be told of in another than the article. */
static json_t *load_all(const GumboNode *page) {
    json_t *scripts = json_array();
    for (const GumboNode *at = page; at; at = fh_html_next(page, at, false)) {
        if (!fh_html_is(at, GUMBO_TAG_SCRIPT) || !at->v.element.children.length) continue;
        if (fh_str_find(fh_html_attribute(at, "type"), FH_STR("ld+json"), 0) == SIZE_MAX) continue;
        const GumboNode *text = at->v.element.children.data[0];
        json_t *script = load(text->v.text.text);
        if (script) json_array_append_new(scripts, script);
    }
    return scripts;
}

void fh_html_linked_data(const GumboNode *page, fh_date *modified, fh_arena *arena, fh_article *out) {
    json_t *scripts = load_all(page), *article = find_article(scripts, 0);
    if (article) {
        resolve(article, "author", scripts);
        resolve(article, "publisher", scripts);
        take(article, arena, out);
        *modified = fh_json_date(json_object_get(article, "dateModified"), arena);
    }
    json_decref(scripts);
}
