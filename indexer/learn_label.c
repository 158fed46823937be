/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a learned name is called: as it was before, or as an article writes it. */
#include "indexer/learn.h"

#include "base/memory.h"
#include "base/utf8.h"
#include <pthread.h>
#include <stdlib.h>

enum {
    LABEL_HITS = 5,        /* articles looked at for how a name is written */
    NAMES_A_THREAD = 200,  /* that are worth starting one */
    BETWEEN_RELEASES = 16, /* names, whose articles lie all over an index that each thread maps */
};

/* ---- As an article writes it ---- */

static bool can_be_label(fh_str text) {
    uint32_t c;
    for (size_t at = 0; at < text.len;) {
        at += fh_utf8_next(text, at, &c);
        if (fh_is_obeyed(c) || (c < 0x80 && strchr("{},|_=?!", (int)c))) return false;
    }
    return true;
}

/* How the article writes the name, without what is written together with it; nothing where it does not. */
static fh_str label_in(const fh_article *article, const fh_learned *name, fh_arena *arena) {
    for (size_t i = 0; i < article->entity_count; i++) {
        const fh_entity_mark *mark = &article->entities[i];
        fh_str text = mark->part == FH_PART_TITLE ? article->title : article->body;
        if (!fh_str_equal(mark->entity, name->id) || mark->end > text.len) continue;
        fh_str surface = fh_str_slice(text, mark->start, mark->end);
        fh_str folded = fh_fold_word(FH_STEMMER_LIGHT, surface, arena);
        if (fh_str_equal(folded, name->spellings.items[0]) && can_be_label(surface)) return surface;
    }
    return FH_STR("");
}

/* As the best of the articles with the name write it.  They are taken one by one: to read an article is most
 * of the work, and nearly always the first one has it. */
static fh_status find_label(fh_store *store, fh_learned *name, fh_arena *arena, fh_error *err) {
    fh_query term = {.op = FH_OP_TERM, .field = FH_FIELD_ENTITY, .word = name->id};
    fh_find find = {.query = &term, .sort = FH_SORT_RELEVANCE, .bm25 = {1, 0.5}, .limit = 1};
    for (; name->label.len == 0 && find.offset < LABEL_HITS; find.offset++) {
        fh_results found;
        fh_status status = fh_store_find(store, &find, arena, &found, err);
        if (status != FH_OK) return status;
        if (found.hit_count == 0) break;
        name->label = label_in(&found.hits[0].article, name, arena);
    }
    if (name->label.len == 0) name->label = name->spellings.items[0];
    return FH_OK;
}

/* ---- As it was before ---- */

/* An id that meant a name before. */
typedef struct former {
    fh_str id;
    const fh_learned *name;
} former;

typedef struct formers {
    former *items;
    size_t count;
} formers;

static int by_id(const void *left, const void *right) {
    return fh_str_compare(((const former *)left)->id, ((const former *)right)->id);
}

static formers sort_formers(const fh_learned_list *before) {
    formers all = {0};
    size_t capacity = 0;
    for (size_t i = 0; i < before->count; i++) {
        const fh_learned *name = &before->items[i];
        for (size_t j = 0; j < name->ids.count; j++) {
            all.items = fh_grow(all.items, all.count, &capacity, sizeof *all.items);
            all.items[all.count++] = (former){name->ids.items[j], name};
        }
    }
    if (all.count) qsort(all.items, all.count, sizeof *all.items, by_id);
    return all;
}

/* A name keeps the id and the label that it had. */
static bool keep_former(const formers *before, fh_learned *name) {
    if (name->label.len || before->count == 0) return false;
    former wanted = {.id = name->id};
    const former *found = bsearch(&wanted, before->items, before->count, sizeof *before->items, by_id);
    if (!found) return false;
    name->label = found->name->label;
    for (size_t i = 0; i < name->ids.count; i++) {
        if (!fh_str_equal(name->ids.items[i], found->name->id)) continue;
        name->id = found->name->id;
        name->type = found->name->type;
    }
    return true;
}

/* ---- All ---- */

/* One thread's part of the names that want a label: every `step`th. */
typedef struct labelling {
    const fh_store *store;
    fh_learned *const *names;
    size_t count, step;
    fh_arena *arena; /* of the labels */
    fh_status status;
    fh_error error;
} labelling;

static void *find_labels(void *context) {
    labelling *part = context;
    fh_store *reader = NULL;
    fh_arena *scratch = fh_arena_new();
    part->status = fh_store_open_beside(part->store, &reader, &part->error);
    for (size_t i = 0; part->status == FH_OK && i < part->count; i += part->step) {
        fh_learned *name = part->names[i];
        fh_arena_reset(scratch);
        if (i / part->step % BETWEEN_RELEASES == 0) fh_store_release(reader);
        part->status = find_label(reader, name, scratch, &part->error);
        name->label = fh_arena_copy(part->arena, name->label);
    }
    fh_arena_free(scratch);
    fh_store_close(reader);
    return NULL;
}

static void find_together(labelling *parts, size_t count) {
    pthread_t *threads = fh_alloc_zeroed(count, sizeof *threads);
    bool *started = fh_alloc_zeroed(count, sizeof *started);
    for (size_t i = 1; i < count; i++)
        started[i] = pthread_create(&threads[i], NULL, find_labels, &parts[i]) == 0;
    find_labels(&parts[0]);
    for (size_t i = 1; i < count; i++) {
        if (started[i])
            pthread_join(threads[i], NULL);
        else
            find_labels(&parts[i]);
    }
    free(started);
    free(threads);
}

/* Reading articles is nearly all of the work of learning. */
static fh_status label_all(const fh_store *store, fh_learned **names, size_t count, int jobs, fh_arena *arena,
                           fh_error *err) {
    size_t most = count / NAMES_A_THREAD + 1, step = (size_t)jobs < most ? (size_t)jobs : most;
    labelling *parts = fh_alloc_zeroed(step, sizeof *parts);
    for (size_t i = 0; i < step; i++)
        parts[i] = (labelling){
            .store = store, .names = names + i, .count = count - i, .step = step, .arena = fh_arena_new()};
    find_together(parts, step);
    fh_status status = FH_OK;
    for (size_t i = 0; i < step; i++) {
        if (status == FH_OK && parts[i].status != FH_OK) *err = parts[i].error;
        if (status == FH_OK) status = parts[i].status;
    }
    for (size_t i = 0; i < count; i++) names[i]->label = fh_arena_copy(arena, names[i]->label);
    for (size_t i = 0; i < step; i++) fh_arena_free(parts[i].arena);
    free(parts);
    return status;
}

fh_status fh_learned_label(fh_store *store, const fh_learning *from, fh_learned_list *list, fh_arena *arena,
                           fh_error *err) {
    formers known = sort_formers(from->before);
    fh_learned **names = FH_ARENA_ARRAY(arena, fh_learned *, list->count);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        fh_learned *name = &list->items[i];
        if (!keep_former(&known, name) && name->label.len == 0) names[count++] = name;
    }
    fh_store_release(store);
    fh_status status = count ? label_all(store, names, count, from->jobs, arena, err) : FH_OK;
    free(known.items);
    return status;
}
