/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever is typed, and whatever the article holds that it finds. */
#include "tests/fuzz/fuzz.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "query/ops.h"
#include "query/show.h"
#include "query/snippet.h"
#include <jansson.h>

/* ---- Queries ---- */

static size_t leaves_of(const fh_node *node, size_t depth) {
    must(depth <= 4 * FH_MAX_QUERY_DEPTH);
    size_t leaves = node->kid_count == 0;
    must_be_text(node->text);
    must(node->from.len == 0 || node->from.len == 8);
    must(node->to.len == 0 || node->to.len == 8);
    for (size_t i = 0; i < node->kid_count; i++) leaves += leaves_of(node->kids[i], depth + 1);
    return leaves;
}

static void must_be_query(const fh_query *query, size_t depth) {
    must(depth <= 16 * FH_MAX_QUERY_DEPTH);
    must_be_text(query->word);
    bool wants_kids = query->op >= FH_OP_AND;
    must(wants_kids == (query->kid_count > 0));
    for (size_t i = 0; i < query->kid_count; i++) {
        must(query->kids[i]);
        must_be_query(query->kids[i], depth + 1);
    }
}

static fh_lowered lower(const fh_node *tree, fh_analyser *analyser, bool any, fh_arena *arena) {
    fh_lowering how = {.analyser = analyser,
                       .gazetteer = fh_gazetteer_builtin(),
                       .ranking = fh_ranking_default(),
                       .any = any};
    return fh_query_lower(tree, &how, arena);
}

/* A byte that chooses the stemmer, then what is typed. */
void fuzz_query(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    unsigned char choice = fuzz_byte(&input);
    fh_analyser *analyser = fh_analyser_new(choice % (FH_STEMMER_NONE + 1));
    fh_node *tree;
    fh_error err = {0};
    fh_buf out = {0}, second = {0};
    fh_str typed = fuzz_text(input, arena);
    fh_status status = fh_query_parse(typed, arena, &tree, &err);
    if (status) {
        must_be_error(status, &err);
        must(status == FH_ERR_USAGE || status == FH_ERR_LIMIT);
        must_be_text(fh_str_from(err.what));
        must_be_text(fh_str_from(err.where));
    } else {
        must(leaves_of(tree, 0) <= FH_MAX_QUERY_TERMS + 1);
        fh_node_text(tree, &out);
        must_be_text(fh_buf_str(&out));
        for (int any = 0; any < 2; any++) {
            fh_lowered lowered = lower(tree, analyser, any, arena);
            must_be_query(lowered.query, 0);
            fh_query_text(lowered.query, &second);
            must_be_text(fh_buf_str(&second));
            for (size_t i = 0; i < lowered.leaf_count; i++) must(lowered.leaves[i].words.count);
        }
    }
    fh_buf_free(&out);
    fh_buf_free(&second);
    fh_analyser_free(analyser);
    fh_arena_free(arena);
}

/* ---- Answers ---- */

/* The pieces of a hit are its text, in order, whole; marks are words. */
static void must_be_pieces(fh_segments pieces, fh_str text) {
    const char *at = NULL;
    for (size_t i = 0; i < pieces.count; i++) {
        const fh_segment *piece = &pieces.items[i];
        must(piece->text.len);
        must_be_text(piece->text);
        must((piece->mark == FH_MARK_ENTITY) == (piece->entity.len > 0));
        bool inside = piece->text.ptr >= text.ptr && piece->text.ptr + piece->text.len <= text.ptr + text.len;
        must(inside || (piece->mark == FH_MARK_NONE && (i == 0 || i + 1 == pieces.count)));
        if (!inside) continue;
        must(!at || piece->text.ptr == at);
        at = piece->text.ptr + piece->text.len;
    }
}

/* Leaves out what fh_paint writes itself to switch colours. */
static fh_str without_colours(fh_str painted, fh_buf *out) {
    for (size_t at = 0; at < painted.len; at++) {
        size_t end = at;
        if (painted.ptr[at] == '\x1b' && at + 1 < painted.len && painted.ptr[at + 1] == '[')
            for (end = at + 2; end < painted.len && strchr("0123456789;", painted.ptr[end]);) end++;
        if (end > at && end < painted.len && painted.ptr[end] == 'm') {
            at = end;
        } else {
            fh_buf_add_char(out, painted.ptr[at]);
        }
    }
    return fh_buf_str(out);
}

static void write_all(const fh_answer *answer) {
    for (const fh_output *output = fh_outputs(); output->name; output++) {
        fh_buf plain = {0}, colour = {0}, bare = {0};
        output->write(answer, FH_STR("q1"), false, &plain);
        output->write(answer, FH_STR("q1"), true, &colour);
        must_be_inert(without_colours(fh_buf_str(&colour), &bare));
        if (strcmp(output->name, "json") == 0) {
            json_t *value = json_loadb(plain.ptr, plain.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
            json_t *hit = json_array_get(json_object_get(value, "hits"), 0);
            must(json_is_array(json_object_get(hit, "title")) &&
                 json_is_array(json_object_get(hit, "snippet")));
            json_decref(value);
        } else {
            must_be_inert(fh_buf_str(&plain));
        }
        fh_buf_free(&plain);
        fh_buf_free(&colour);
        fh_buf_free(&bare);
    }
}

/* Marks as the indexer leaves them, and one that an index of another making might. */
static void mark_names(fh_article *article, fh_analyser *analyser, uint32_t anywhere, fh_arena *arena) {
    fh_tokens tokens = fh_analyse(analyser, article->body, arena);
    fh_mentions names = fh_entities_find_nested(fh_gazetteer_builtin(), article->body, tokens, arena);
    article->entities = FH_ARENA_ARRAY(arena, fh_entity_mark, names.count + 1);
    for (size_t i = 0; i < names.count; i++) {
        const fh_mention *m = &names.items[i];
        article->entities[article->entity_count++] =
            (fh_entity_mark){fh_str_from(m->entity->id), FH_PART_BODY, m->start, m->end};
    }
    while (anywhere < article->body.len && !fh_utf8_is_edge(article->body, anywhere)) anywhere++;
    article->entities[article->entity_count++] =
        (fh_entity_mark){FH_STR("country-eg"), FH_PART_BODY, anywhere, UINT32_MAX - anywhere};
}

/* A byte for the stemmer and one for a mark, lines with a query, a title, a source and an address, then a
 * body. */
void fuzz_marks(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    unsigned char choice = fuzz_byte(&input), anywhere = fuzz_byte(&input);
    fh_analyser *analyser = fh_analyser_new(choice % (FH_STEMMER_NONE + 1));
    fh_str rest = fuzz_text(input, arena), typed = fuzz_line(&rest);
    fh_hit hit = {.document = 1, .score = 1.5};
    fh_str title = fuzz_line(&rest), source = fuzz_line(&rest);
    hit.article =
        (fh_article){.id = source, .title = title, .source = source, .url = fuzz_line(&rest), .body = rest};
    fh_node *tree;
    fh_error err = {0};
    if (fh_query_parse(typed, arena, &tree, &err) == FH_OK) {
        fh_lowered lowered = lower(tree, analyser, true, arena);
        for (size_t i = 0; i < lowered.leaf_count; i++) lowered.leaves[i].rarity = 1 + (double)i;
        mark_names(&hit.article, analyser, anywhere, arena);
        fh_answer_hit shown = {.hit = &hit};
        fh_showing showing = {analyser, fh_gazetteer_builtin(), &lowered, arena};
        fh_show_hit(&showing, &hit, &shown);
        must_be_pieces(shown.title, hit.article.title);
        must_be_pieces(shown.snippet, hit.article.body);
        fh_answer_value value = {source, title, 1};
        fh_answer_facet facet = {fh_facet_names(), &value, 1, 2};
        fh_answer_filter filter = {facet.by->name, source, title};
        fh_answer answer = {.query = typed,
                            .total = 1,
                            .suggestion = typed,
                            .hits = &shown,
                            .hit_count = 1,
                            .facets = &facet,
                            .facet_count = 1,
                            .filters = &filter,
                            .filter_count = 1,
                            .period = source};
        write_all(&answer);
    }
    fh_analyser_free(analyser);
    fh_arena_free(arena);
}
