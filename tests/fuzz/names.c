/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names in any text, and lists of names that anybody may have written or damaged. */
#include "tests/fuzz/fuzz.h"

#include "base/limits.h"
#include "base/memory.h"
#include "entities/entities.h"
#include "entities/gazetteer.h"
#include "indexer/learned.h"
#include <math.h>
#include <stdlib.h>

/* ---- Names in texts ---- */

/* Texts of damaged lists may be no UTF-8. */
static void must_be_entity(const fh_entity *entity) {
    must_be_text(fh_str_from(entity->id));
    must_be_text(fh_str_from(entity->label));
    must_be_text(fh_str_from(entity->latin));
}

static void must_be_mentions(fh_mentions mentions, fh_tokens tokens, bool apart) {
    uint32_t end = 0;
    for (size_t i = 0; i < mentions.count; i++) {
        const fh_mention *m = &mentions.items[i];
        must(m->entity && m->count && m->first + m->count <= tokens.count);
        must(m->start == tokens.items[m->first].start && m->start < m->end);
        must(!apart || m->start >= end);
        must(m->entity->type <= FH_ENTITY_PRODUCT);
        if (apart) end = m->end;
    }
}

static void find_names(const fh_gazetteer *gazetteer, fh_stemmer stemmer, fh_str text, fh_arena *arena) {
    fh_analyser *analyser = fh_analyser_new(stemmer);
    fh_str body = text, title = fuzz_line(&body);
    fh_tokens tokens = fh_analyse(analyser, body, arena);
    must_be_mentions(fh_entities_find(gazetteer, body, tokens, arena), tokens, true);
    fh_mentions nested = fh_entities_find_nested(gazetteer, body, tokens, arena);
    must_be_mentions(nested, tokens, false);

    const fh_recogniser *recogniser = fh_recogniser_builtin();
    fh_name_finder *finder = recogniser ? fh_name_finder_new(recogniser) : NULL;
    fh_recognised_list recognised = {0};
    if (finder) recognised = fh_recognise(finder, body, tokens, nested, arena);
    uint32_t next = 0;
    for (size_t i = 0; i < recognised.count; i++) {
        const fh_recognised *r = &recognised.items[i];
        must(r->first >= next && r->count && r->first + r->count <= tokens.count);
        must(r->start < r->end && r->end <= body.len && r->type <= FH_ENTITY_ORGANISATION);
        next = r->first + r->count;
    }
    const fh_named_text parts[] = {{title, fh_analyse(analyser, title, arena)}, {body, tokens}};
    fh_mentions out[2];
    fh_entities_find_parts(gazetteer, finder, parts, 2, arena, out);
    for (size_t i = 0; i < 2; i++) {
        must_be_mentions(out[i], parts[i].tokens, false);
        for (size_t j = 0; j < out[i].count; j++) must_be_entity(out[i].items[j].entity);
    }
    fh_name_finder_free(finder);
    fh_analyser_free(analyser);
}

/* A byte that chooses the stemmer, a title line, a body. */
void fuzz_names(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    fh_stemmer stemmer = fuzz_byte(&input) % (FH_STEMMER_NONE + 1);
    find_names(fh_gazetteer_builtin(), stemmer, fuzz_text(input, arena), arena);
    fh_arena_free(arena);
}

/* Two lines, two names. */
void fuzz_spelling(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    fh_str a = fuzz_text(fuzz_line(&input), arena), b = fuzz_text(fuzz_line(&input), arena);
    double there = fh_spelling_distance(a, b), back = fh_spelling_distance(b, a);
    must(there >= 0 && there == back);
    double self = fh_spelling_distance(a, a);
    must(self == 0 || isinf(self));
    fh_buf skeleton = {0};
    fh_spelling_skeleton(a, &skeleton);
    must_be_text(fh_buf_str(&skeleton));
    fh_near_name near;
    if (fh_gazetteer_near(fh_gazetteer_builtin(), a, arena, &near)) {
        must(near.entity && near.spelling.len && near.distance >= 0);
        must(near.distance <= fh_spelling_near);
    }
    fh_buf_free(&skeleton);
    fh_arena_free(arena);
}

/* ---- Lists ---- */

static void use(const fh_gazetteer *gazetteer, fh_str text, fh_arena *arena) {
    for (size_t i = 0; i < fh_gazetteer_count(gazetteer) && i < 20; i++) {
        const fh_entity *entity = fh_gazetteer_at(gazetteer, fh_gazetteer_count(gazetteer) - 1 - i);
        must(fh_gazetteer_find(gazetteer, fh_str_from(entity->id)));
        must(fh_entity_ids(gazetteer, entity, arena).count);
        fh_entity_spellings(gazetteer, entity, arena);
    }
    fh_near_name near;
    fh_gazetteer_near(gazetteer, text, arena, &near);
    find_names(gazetteer, FH_STEMMER_LIGHT, text, arena);
}

void fuzz_gazetteer(fh_str input, const void *what) {
    (void)what;
    fh_gazetteer *parsed, *unpacked;
    fh_error err = {0};
    fh_status status = fh_gazetteer_parse(input, "names", fh_gazetteer_builtin(), &parsed, &err);
    if (status) {
        must_be_error(status, &err);
        must(fh_str_starts(fh_str_from(err.where), FH_STR("names")));
        return;
    }
    fh_arena *arena = fh_arena_new();
    fh_str text = fuzz_text(input, arena);
    fh_buf packed = {0};
    use(parsed, text, arena);
    fh_gazetteer_pack(parsed, &packed);
    must(fh_gazetteer_unpack(fh_buf_str(&packed), "names", fh_gazetteer_builtin(), &unpacked, &err) == FH_OK);
    must(fh_gazetteer_hash(parsed) == fh_gazetteer_hash(unpacked));
    must(fh_gazetteer_count(parsed) == fh_gazetteer_count(unpacked));
    fh_gazetteer_free(unpacked);
    fh_gazetteer_free(parsed);
    fh_buf_free(&packed);
    fh_arena_free(arena);
}

/* ---- Packed names ---- */

/* One of each thing that a list can hold. */
static const char list[] = "person:x_y\tperson\t\tKhalid Aldosari\tخالد الدوسري\tخالد الدوصري|?الدوسري\n"
                           "town-a\tplace\tEG\tAlwadi\tالوادي الأخضر\t~الوداوي|=الوادى\n"
                           "vladimir-putin\t\t\t\t\tفلادمير بوطين|!بوتين\n"
                           "old\t=\ttown-a\ncity-cairo\t=\ttown-a\n-\t\t\t\t\tمسقط رأسي|^أبو\n";

static const char sample[] = "قال خالد الدوسري في الوادي الأخضر إن فلادمير بوطين زار القاهرة مسقط رأسي. "
                             "ثم قال الدوسري للوداوي أبو بكر المصري إن بوتين في الوادى";

/* Edits of sound bytes, three bytes each: where (but in the filter, which is large and any bytes are good
 * there), and what. */
void fuzz_gazetteer_packed(fh_str input, const void *what) {
    (void)what;
    fh_gazetteer *gazetteer;
    fh_error err = {0};
    static fh_buf packed;
    static size_t filter;
    if (!packed.len) {
        must(!fh_gazetteer_parse(fh_str_from(list), "names", fh_gazetteer_builtin(), &gazetteer, &err));
        fh_gazetteer_pack(gazetteer, &packed);
        filter = (size_t)((const char *)gazetteer->filter - gazetteer->packed.ptr);
        fh_gazetteer_free(gazetteer);
    }
    size_t filter_bytes = FH_FILTER_WORDS * sizeof(uint32_t), seen = packed.len - filter_bytes;
    char *bytes = fh_alloc(packed.len);
    memcpy(bytes, packed.ptr, packed.len);
    memset(bytes + filter, 0xFF, filter_bytes);
    while (input.len >= 3) {
        size_t at = fuzz_byte(&input);
        at = (at << 8 | fuzz_byte(&input)) % seen;
        bytes[at < filter ? at : at + filter_bytes] = (char)fuzz_byte(&input);
    }
    size_t length = packed.len - (input.len ? fuzz_byte(&input) : 0);
    fh_status status =
        fh_gazetteer_unpack((fh_str){bytes, length}, "names", fh_gazetteer_builtin(), &gazetteer, &err);
    if (status) {
        must_be_error(status, &err);
        free(bytes);
        return;
    }
    fh_arena *arena = fh_arena_new();
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_LIGHT);
    fh_tokens tokens = fh_analyse(analyser, fh_str_from(sample), arena);
    fh_near_name near;
    for (size_t i = 0; i < fh_gazetteer_count(gazetteer) && i < 5; i++)
        fh_entity_spellings(gazetteer, fh_gazetteer_at(gazetteer, fh_gazetteer_count(gazetteer) - 1 - i),
                            arena);
    fh_gazetteer_find(gazetteer, FH_STR("old"));
    fh_gazetteer_near(gazetteer, FH_STR("خالد الدوصري"), arena, &near);
    must_be_mentions(fh_entities_find_nested(gazetteer, fh_str_from(sample), tokens, arena), tokens, false);
    fh_analyser_free(analyser);
    fh_gazetteer_free(gazetteer);
    fh_arena_free(arena);
    free(bytes);
}

/* ---- Learned names ---- */

/* Learned names, a form feed, decisions. */
void fuzz_learned(fh_str input, const void *what) {
    (void)what;
    size_t feed = fh_str_find(input, FH_STR("\f"), 0), end = feed == SIZE_MAX ? input.len : feed;
    fh_learned_list learned = {0}, again;
    fh_decisions decisions = {0};
    fh_error err = {0};
    fh_arena *arena = fh_arena_new();
    fh_buf out = {0}, second = {0}, rows = {0};
    fh_status status = fh_learned_read(fh_str_slice(input, 0, end), arena, &learned, &err);
    if (status) must_be_error(status, &err);
    if (feed != SIZE_MAX) {
        status = fh_decisions_read(fh_str_slice(input, end + 1, input.len), arena, &decisions, &err);
        if (status) must_be_error(status, &err);
    }
    fh_learned_write(&learned, &out);
    must(!fh_learned_read(fh_buf_str(&out), arena, &again, &err) && again.count == learned.count);
    fh_learned_write(&again, &second);
    must(fh_str_equal(fh_buf_str(&out), fh_buf_str(&second)));
    for (size_t i = 0; i < learned.count; i++) must(fh_learned_find(&learned, learned.items[i].label));
    fh_learned_rows(&learned, &decisions, &rows);
    fh_gazetteer *gazetteer;
    status = fh_gazetteer_parse(fh_buf_str(&rows), "rows", fh_gazetteer_builtin(), &gazetteer, &err);
    if (status) {
        must_be_error(status, &err);
    } else {
        fh_gazetteer_free(gazetteer);
    }
    fh_buf_free(&out);
    fh_buf_free(&second);
    fh_buf_free(&rows);
    fh_arena_free(arena);
}
