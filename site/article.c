/* SPDX-License-Identifier: GPL-3.0-or-later */
/* /article/ID: one article as it was read, its text in pieces. */
#include "site/json.h"
#include "site/route.h"

/* The marks of one part that lie within its bytes [from, to), counted from `from`. */
static json_t *segments_of(fh_arena *arena, const fh_article *article, uint8_t part, size_t from, size_t to) {
    fh_str whole = part == FH_PART_TITLE ? article->title : article->body;
    fh_entity_mark *marks = FH_ARENA_ARRAY(arena, fh_entity_mark, article->entity_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < article->entity_count; i++) {
        fh_entity_mark mark = article->entities[i];
        if (mark.part != part || mark.start < from || mark.end > to) continue;
        mark.start -= (uint32_t)from;
        mark.end -= (uint32_t)from;
        marks[count++] = mark;
    }
    return fh_site_json_segments(fh_str_slice(whole, from, to), marks, count);
}

static json_t *paragraphs(fh_arena *arena, const fh_article *article) {
    json_t *array = json_array();
    fh_str rest = article->body, line;
    while (fh_str_line(&rest, &line)) {
        size_t from = (size_t)(line.ptr - article->body.ptr);
        if (line.len)
            json_array_append_new(array, segments_of(arena, article, FH_PART_BODY, from, from + line.len));
    }
    return array;
}

static bool came_before(const fh_article *article, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (fh_str_equal(article->entities[i].entity, article->entities[index].entity)) return true;
    return false;
}

static json_t *entities(const fh_worker *worker, const fh_article *article) {
    json_t *array = json_array();
    for (size_t i = 0; i < article->entity_count; i++) {
        if (came_before(article, i)) continue;
        const fh_entity *entity = fh_searcher_entity(worker->searcher, article, i, worker->arena);
        if (entity) json_array_append_new(array, fh_site_json_entity(entity));
    }
    return array;
}

fh_status fh_answer_article(fh_call *call, fh_reply *reply, fh_error *err) {
    fh_arena *arena = call->worker->arena;
    char published[FH_DATE_TEXT];
    fh_article article;
    fh_status status = fh_store_shown_article(call->worker->store, call->id, arena, &article, err);
    if (status) return status;
    if (fh_article_is_held(&article))
        return fh_fail(err, FH_ERR_NOT_FOUND, NULL, NULL, "there is no article \"%.*s\"",
                       FH_STR_ARG(call->id));
    fh_date_iso(&article.published, published);
    json_t *object = json_object();
    fh_site_json_set(object, "id", article.id);
    fh_site_json_set(object, "url", article.url);
    json_object_set_new(object, "title", segments_of(arena, &article, FH_PART_TITLE, 0, article.title.len));
    json_object_set_new(object, "body", paragraphs(arena, &article));
    fh_site_json_set(object, "source", article.source);
    fh_site_json_set(object, "wire", article.wire);
    fh_site_json_set(object, "author", article.author);
    fh_site_json_set(object, "section", article.section);
    fh_site_json_set(object, "language", article.language);
    json_object_set_new(object, "published", json_string(published));
    json_object_set_new(object, "keywords", fh_site_json_texts(article.keywords));
    json_object_set_new(object, "related", fh_site_json_texts(article.related));
    json_object_set_new(object, "entities", entities(call->worker, &article));
    fh_site_json_write(object, &reply->body);
    reply->type = "application/json";
    return FH_OK;
}
