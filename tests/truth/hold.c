/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference's articles: what counts as a word of which field, and how much, as docs/fihris-db.5 and
 * docs/relevance.md say. */
#include "tests/truth/truth.h"

#include "base/memory.h"
#include <stdlib.h>

enum {
    TITLE_COUNTS = 3,
    LEAD_COUNTS = 2,
    LEAD_WORDS = 60,
    GAP = 100, /* of positions, between title, body and keywords */
};

truth_archive *truth_new(fh_stemmer stemmer, const fh_recogniser *recogniser) {
    truth_archive *archive = fh_alloc_zeroed(1, sizeof *archive);
    archive->analyser = fh_analyser_new(stemmer);
    archive->gazetteer = fh_gazetteer_builtin();
    archive->finder = fh_name_finder_new(recogniser);
    return archive;
}

static void free_article(truth_article *held) {
    fh_arena *arena = held->arena;
    free(held->words);
    fh_arena_free(arena); /* and the article with it */
}

void truth_bury(truth_archive *archive) {
    while (archive->dead_count > 0) free_article(archive->dead[--archive->dead_count]);
    archive->replaced_count = 0;
}

static void die(truth_archive *a, truth_article *held) {
    a->dead = fh_grow(a->dead, a->dead_count, &a->dead_capacity, sizeof(truth_article *));
    a->dead[a->dead_count++] = held;
}

void truth_free(truth_archive *archive) {
    if (!archive) return;
    truth_bury(archive);
    free(archive->dead);
    free(archive->replaced);
    for (size_t i = 0; i < archive->count; i++) free_article(archive->articles[i]);
    free(archive->articles);
    free(archive->told);
    fh_name_finder_free(archive->finder);
    fh_analyser_free(archive->analyser);
    free(archive);
}

/* ---- Words ---- */

static void hold(truth_article *held, fh_field field, fh_str word, uint32_t position, uint32_t weight) {
    if (!word.len) return;
    held->words = fh_grow(held->words, held->word_count, &held->word_capacity, sizeof *held->words);
    held->words[held->word_count++] =
        (truth_word){field, position, weight, fh_hash(FH_HASH_START, word), word};
    held->length += weight;
}

static uint32_t behind(fh_tokens tokens, uint32_t base) {
    return base + (tokens.count ? tokens.items[tokens.count - 1].position : 0) + GAP;
}

/* Searchable text: each word once as it is folded, its stem as often as its place counts. */
static uint32_t hold_text(truth_article *held, fh_tokens tokens, uint32_t base, uint32_t lead,
                          uint32_t rest) {
    for (size_t i = 0; i < tokens.count; i++) {
        const fh_token *t = &tokens.items[i];
        hold(held, FH_FIELD_WORD, t->folded, base + t->position, 1);
        if (!t->stop) hold(held, FH_FIELD_STEM, t->stem, 0, t->position <= LEAD_WORDS ? lead : rest);
    }
    return behind(tokens, base);
}

static void hold_title(truth_article *held, fh_tokens tokens) {
    for (size_t i = 0; i < tokens.count; i++) {
        hold(held, FH_FIELD_TITLE, tokens.items[i].folded, tokens.items[i].position, 1);
        if (!tokens.items[i].stop) hold(held, FH_FIELD_TITLE_STEM, tokens.items[i].stem, 0, 1);
    }
}

static uint32_t hold_filter(truth_archive *a, truth_article *held, fh_field field, fh_str text,
                            uint32_t base) {
    fh_tokens tokens = fh_analyse(a->analyser, text, held->arena);
    for (size_t i = 0; i < tokens.count; i++)
        hold(held, field, tokens.items[i].folded, base + tokens.items[i].position, 0);
    return behind(tokens, base);
}

static void hold_keywords(truth_archive *a, truth_article *held, uint32_t base) {
    for (size_t k = 0; k < held->article.keywords.count; k++) {
        fh_tokens tokens = fh_analyse(a->analyser, held->article.keywords.items[k], held->arena);
        fh_str whole = {0};
        for (size_t i = 0; i < tokens.count; i++) {
            if (tokens.items[i].whole) continue;
            whole = fh_arena_format(held->arena, "%.*s%s%.*s", FH_STR_ARG(whole), whole.len ? " " : "",
                                    FH_STR_ARG(tokens.items[i].folded));
        }
        hold(held, FH_FIELD_KEYWORD, whole, 0, 0);
        base = hold_text(held, tokens, base, 1, 1);
    }
}

/* ---- Names ---- */

typedef struct naming {
    fh_str id;
    uint32_t mentions, names; /* a nisba is a mention, but no name */
} naming;

static void count_naming(naming *all, size_t *count, const fh_mention *mention) {
    fh_str id = fh_str_from(mention->entity->id);
    size_t i = 0;
    while (i < *count && !fh_str_equal(all[i].id, id)) i++;
    if (i == *count) all[(*count)++] = (naming){.id = id};
    all[i].mentions++;
    all[i].names += mention->form == FH_FORM_NAME;
}

static int most_named_first(const void *left, const void *right) {
    const naming *a = left, *b = right;
    if (a->mentions != b->mentions) return a->mentions > b->mentions ? -1 : 1;
    return fh_str_compare(a->id, b->id);
}

static fh_mentions named_by_keywords(truth_archive *a, truth_article *held) {
    fh_buf lines = {0};
    for (size_t i = 0; i < held->article.keywords.count; i++) {
        fh_buf_add(&lines, held->article.keywords.items[i]);
        fh_buf_add_char(&lines, '\n');
    }
    fh_str text = fh_arena_copy(held->arena, fh_buf_str(&lines));
    fh_buf_free(&lines);
    return fh_entities_find(a->gazetteer, text, fh_analyse(a->analyser, text, held->arena), held->arena);
}

static void hold_names(truth_archive *a, truth_article *held, fh_tokens title, fh_tokens body) {
    fh_mentions found[3];
    fh_named_text parts[] = {{held->article.title, title}, {held->article.body, body}};
    fh_entities_find_parts(a->gazetteer, a->finder, parts, 2, held->arena, found);
    found[2] = named_by_keywords(a, held);
    size_t marks = found[0].count + found[1].count, count = 0;
    naming *all = FH_ARENA_ARRAY(held->arena, naming, marks + found[2].count + 1);
    fh_article *article = &held->article;
    article->entities = FH_ARENA_ARRAY(held->arena, fh_entity_mark, marks + 1);
    for (uint8_t part = 0; part < 3; part++) {
        for (size_t i = 0; i < found[part].count; i++) {
            const fh_mention *m = &found[part].items[i];
            count_naming(all, &count, m);
            if (part < 2)
                article->entities[article->entity_count++] =
                    (fh_entity_mark){fh_str_from(m->entity->id), part, m->start, m->end};
        }
    }
    qsort(all, count, sizeof *all, most_named_first);
    held->names = (fh_strs){FH_ARENA_ARRAY(held->arena, fh_str, count + 1), count};
    for (size_t i = 0; i < count; i++) {
        held->names.items[i] = all[i].id;
        hold(held, FH_FIELD_ENTITY, all[i].id, 0, all[i].names);
    }
}

/* ---- An article ---- */

static void hold_date(truth_article *held) {
    fh_str date = fh_str_from(held->date);
    if (!date.len) return;
    hold(held, FH_FIELD_MONTH, fh_str_slice(date, 0, 6), 0, 0);
}

static fh_tokens hold_all(truth_archive *a, truth_article *held) {
    const fh_article *article = &held->article;
    fh_tokens title = {0}, body = fh_analyse(a->analyser, article->body, held->arena);
    uint32_t base = 0;
    if (!article->title_from_lead) { /* then the title is no title: its words stand in the body */
        title = fh_analyse(a->analyser, article->title, held->arena);
        base = hold_text(held, title, base, TITLE_COUNTS, TITLE_COUNTS);
        hold_title(held, title);
    }
    hold_keywords(a, held, hold_text(held, body, base, LEAD_COUNTS, 1));
    hold_filter(a, held, FH_FIELD_AUTHOR, article->author, 0);
    hold_filter(a, held, FH_FIELD_SOURCE, article->wire,
                hold_filter(a, held, FH_FIELD_SOURCE, article->source, 0));
    hold(held, FH_FIELD_LANGUAGE, article->language, 0, 0);
    hold(held, FH_FIELD_ID, article->id, 0, 0);
    hold_date(held);
    hold_names(a, held, title, body);
    return body;
}

static fh_article copy_article(const fh_article *from, fh_arena *arena) {
    fh_article copy = *from;
    fh_str *const texts[] = {&copy.id,       &copy.url,      &copy.title, &copy.source,  &copy.wire,
                             &copy.author,   &copy.language, &copy.body,  &copy.section, &copy.edition,
                             &copy.dateline, &copy.embargo,  &copy.parent};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = fh_arena_copy(arena, *texts[i]);
    copy.keywords.items = FH_ARENA_ARRAY(arena, fh_str, from->keywords.count + 1);
    for (size_t i = 0; i < from->keywords.count; i++)
        copy.keywords.items[i] = fh_arena_copy(arena, from->keywords.items[i]);
    copy.entities = NULL;
    copy.entity_count = 0;
    return copy;
}

static size_t place_of(const truth_archive *archive, fh_str id) {
    size_t i = 0;
    while (i < archive->count && !fh_str_equal(archive->articles[i]->article.id, id)) i++;
    return i;
}

truth_article *truth_find(const truth_archive *archive, fh_str id) {
    size_t at = place_of(archive, id);
    return at < archive->count ? archive->articles[at] : NULL;
}

void truth_put(truth_archive *a, const fh_article *article, fh_str line) {
    size_t at = place_of(a, article->id);
    if (at < a->count && fh_str_equal(a->articles[at]->line, line)) return;
    fh_arena *arena = fh_arena_new();
    truth_article *held = fh_arena_take_zeroed(arena, sizeof *held);
    held->arena = arena;
    held->line = fh_arena_copy(arena, line);
    held->article = copy_article(article, arena);
    fh_date_key(&held->article.published, held->date);
    truth_tell(a, held, hold_all(a, held));
    if (at == a->count) {
        a->articles = fh_grow(a->articles, a->count, &a->capacity, sizeof(truth_article *));
        a->count++;
    } else {
        a->replaced = fh_grow(a->replaced, a->replaced_count, &a->replaced_capacity, sizeof(truth_article *));
        a->replaced[a->replaced_count++] = a->articles[at];
        die(a, a->articles[at]);
    }
    a->articles[at] = held;
}

bool truth_delete(truth_archive *a, fh_str id) {
    size_t at = place_of(a, id);
    if (at == a->count) return false;
    die(a, a->articles[at]);
    a->count--;
    memmove(a->articles + at, a->articles + at + 1, (a->count - at) * sizeof *a->articles);
    return true;
}

void truth_begin(truth_archive *archive) {
    archive->replaced_count = 0;
    archive->told_count = 0;
    truth_recall(archive);
}
