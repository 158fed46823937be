/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /suggest: for browsers four lists, as OpenSearch Suggestions 1.1 has them; for the box in full. */
#include "site/suggest.h"

#include "site/html.h"
#include "site/json.h"
#include "site/route.h"

enum { DEFAULT_EACH = 6, HEADLINES_OF = 2 /* half as many headlines, which are long */ };

static const char *const reading_names[] = {
    [FH_READ_AS_TYPED] = "typed", [FH_READ_KEYBOARD] = "keyboard", [FH_READ_LATIN] = "latin"};

/* ---- In full ---- */

static json_t *completions(const fh_completions *list) {
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++) {
        json_t *object = json_object();
        fh_site_json_set(object, "text", list->items[i].text);
        json_object_set_new(object, "articles", json_integer(list->items[i].articles));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *entities(const fh_suggestions *found) {
    json_t *array = json_array();
    for (size_t i = 0; i < found->entity_count; i++) {
        json_t *object = fh_site_json_entity(found->entities[i].entity);
        json_object_set_new(object, "latin", json_string(found->entities[i].entity->latin));
        json_object_set_new(object, "articles", json_integer(found->entities[i].articles));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *headlines(const fh_suggestions *found) {
    json_t *array = json_array();
    for (size_t i = 0; i < found->headline_count; i++) {
        const fh_article *article = &found->headlines[i].article;
        char published[FH_DATE_TEXT];
        json_t *object = json_object();
        fh_date_iso(&article->published, published);
        fh_site_json_set(object, "id", article->id);
        fh_site_json_set(object, "title", article->title);
        fh_site_json_set(object, "url", article->url);
        fh_site_json_set(object, "source", article->source);
        json_object_set_new(object, "published", json_string(published));
        json_array_append_new(array, object);
    }
    return array;
}

static json_t *in_full(fh_str typed, const fh_suggestions *found) {
    json_t *object = json_object();
    json_object_set_new(object, "version", json_integer(1));
    fh_site_json_set(object, "query", typed);
    json_object_set_new(object, "reading", json_string(reading_names[found->completions.reading]));
    fh_site_json_set(object, "read_as", found->completions.read_as);
    json_object_set_new(object, "completions", completions(&found->completions));
    json_object_set_new(object, "entities", entities(found));
    json_object_set_new(object, "headlines", headlines(found));
    return object;
}

/* ---- For browsers ---- */

typedef struct lists {
    fh_call *call;
    json_t *texts, *descriptions, *urls;
} lists;

static void add(lists *l, fh_str text, fh_str description, fh_str url) {
    json_array_append_new(l->texts, fh_site_json_text(text));
    json_array_append_new(l->descriptions, fh_site_json_text(description));
    json_array_append_new(l->urls, fh_site_json_text(url));
}

/* The page that searches for this. */
static fh_str search_url(lists *l, const char *name, fh_str value) {
    fh_buf url = {0};
    fh_buf_add(&url, fh_site_address(l->call));
    fh_buf_printf(&url, "?%s=", name);
    fh_target_encode(value, &url);
    fh_str made = fh_arena_copy(l->call->worker->arena, fh_buf_str(&url));
    fh_buf_free(&url);
    return made;
}

static json_t *for_browsers(fh_call *call, fh_str typed, const fh_suggestions *found) {
    lists l = {call, json_array(), json_array(), json_array()};
    fh_arena *arena = call->worker->arena;
    for (size_t i = 0; i < found->completions.count; i++) {
        const fh_completion *c = &found->completions.items[i];
        add(&l, c->text, fh_arena_format(arena, "%u", c->articles), search_url(&l, "q", c->text));
    }
    for (size_t i = 0; i < found->entity_count; i++) {
        const fh_entity *entity = found->entities[i].entity;
        add(&l, fh_str_from(entity->label), fh_str_from(entity->latin),
            search_url(&l, "entity", fh_str_from(entity->id)));
    }
    for (size_t i = 0; i < found->headline_count; i++) {
        const fh_article *article = &found->headlines[i].article;
        add(&l, article->title, article->source,
            fh_is_web_address(article->url) ? article->url : search_url(&l, "q", article->title));
    }
    json_t *array = json_array();
    json_array_append_new(array, fh_site_json_text(typed));
    json_array_append_new(array, l.texts);
    json_array_append_new(array, l.descriptions);
    json_array_append_new(array, l.urls);
    return array;
}

fh_status fh_answer_suggest(fh_call *call, fh_reply *reply, fh_error *err) {
    fh_str typed = fh_param_text(call->target, "q");
    uint32_t most = fh_param_number(call->target, "limit", DEFAULT_EACH);
    bool full = fh_param_is(call->target, "format", "json");
    fh_suggestions found = {0};
    fh_status status = fh_suggestions_find(call->worker, typed, most, &found, err);
    if (status) return status;
    if (found.headline_count > (most + 1) / HEADLINES_OF) found.headline_count = (most + 1) / HEADLINES_OF;
    fh_site_json_write(full ? in_full(typed, &found) : for_browsers(call, typed, &found), &reply->body);
    reply->type = full ? "application/json" : "application/x-suggestions+json";
    return FH_OK;
}
