/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every article of an index, and the way back. */
#include "indexer/export.h"

/* ---- Out ---- */

typedef struct exporter {
    fh_sink *sink;
    void *context;
    fh_buf line;
    bool refused;
} exporter;

static bool give(void *context, const fh_article *article) {
    exporter *out = context;
    fh_buf_clear(&out->line);
    fh_article_export(article, &out->line);
    fh_buf_add_char(&out->line, '\n');
    out->refused = !out->sink(out->context, fh_buf_str(&out->line));
    return !out->refused;
}

fh_status fh_export(fh_store *store, fh_sink *sink, void *context, fh_error *err) {
    exporter out = {.sink = sink, .context = context};
    fh_status status = fh_store_articles(store, give, &out, err);
    fh_buf_free(&out.line);
    return status == FH_OK && out.refused ? FH_END : status;
}

/* ---- Back ---- */

bool fh_is_exported(const json_t *object) {
    return json_is_integer(json_object_get(object, FH_EXPORT_MARK));
}

static fh_str text_of(const json_t *value) {
    return json_is_string(value) ? (fh_str){json_string_value(value), json_string_length(value)} : FH_STR("");
}

static fh_strs list_of(const json_t *value, fh_arena *arena) {
    size_t count = json_array_size(value);
    fh_strs list = {FH_ARENA_ARRAY(arena, fh_str, count), count};
    for (size_t i = 0; i < count; i++) list.items[i] = text_of(json_array_get(value, i));
    return list;
}

static const struct {
    const char *name;
    size_t offset; /* of the text in an article */
} texts[] = {
    {"id", offsetof(fh_article, id)},
    {"url", offsetof(fh_article, url)},
    {"title", offsetof(fh_article, title)},
    {"source", offsetof(fh_article, source)},
    {"wire", offsetof(fh_article, wire)},
    {"author", offsetof(fh_article, author)},
    {"section", offsetof(fh_article, section)},
    {"language", offsetof(fh_article, language)},
    {"parent", offsetof(fh_article, parent)},
    {"body", offsetof(fh_article, body)},
    {"dateline", offsetof(fh_article, dateline)},
    {"edition", offsetof(fh_article, edition)},
    {"embargo", offsetof(fh_article, embargo)},
    {"format", offsetof(fh_article, format)},
};

fh_article fh_exported_article(const json_t *object, fh_arena *arena) {
    fh_article article = {
        .keywords = list_of(json_object_get(object, "keywords"), arena),
        .related = list_of(json_object_get(object, "related"), arena),
        .title_from_lead = json_is_true(json_object_get(object, "title_from_lead")),
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *(fh_str *)((char *)&article + texts[i].offset) = text_of(json_object_get(object, texts[i].name));
    fh_date_parse(text_of(json_object_get(object, "published")), &article.published);
    article.published.guessed = json_is_true(json_object_get(object, "published_guessed"));
    return article;
}
