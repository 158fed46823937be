/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An article to postings and values. */
#include "indexer/document.h"
#include "base/buf.h"
#include "indexer/story.h"

#include <ctype.h>

/* Changes whenever the same article is to be indexed anew though its text is the same. */
#define CONTENT_VERSION 1

#define TITLE_WEIGHT 3 /* a word of the title counts as much as three of the body */
#define LEAD_WEIGHT 2  /* and one of the body's beginning as two: news tells the main thing first */
#define LEAD_WORDS 60
#define POSITION_GAP 100 /* between parts of an article, so that no phrase reaches from one into the next */
#define MAX_VALUES FH_SLOTS

typedef struct builder {
    const fh_index_tools *tools;
    fh_article *article;
    fh_arena *arena;
    fh_posting *postings;
    size_t posting_count, posting_capacity;
    fh_value *values;
    size_t value_count;
} builder;

static void add_posting(builder *b, fh_posting posting) {
    if (posting.word.len == 0) return;
    if (b->posting_count == b->posting_capacity) {
        fh_posting *more = FH_ARENA_ARRAY(b->arena, fh_posting, b->posting_capacity * 2);
        memcpy(more, b->postings, b->posting_count * sizeof *more);
        b->postings = more;
        b->posting_capacity *= 2;
    }
    b->postings[b->posting_count++] = posting;
}

static void add(builder *b, fh_field field, fh_str word, uint32_t position, uint32_t weight) {
    add_posting(b, (fh_posting){.field = field, .position = position, .weight = weight, .word = word});
}

static void add_value(builder *b, fh_slot slot, fh_str bytes) {
    if (bytes.len) b->values[b->value_count++] = (fh_value){slot, bytes};
}

/* ---- Words ---- */

static uint32_t last_position(fh_tokens tokens) {
    return tokens.count ? tokens.items[tokens.count - 1].position : 0;
}

/* Which part of the article a text is, and how much its words count: its first LEAD_WORDS, and the rest. */
typedef struct text_kind {
    int part; /* fh_part, or NO_PART */
    uint32_t lead, rest;
} text_kind;

enum { NO_PART = -1 };

static const text_kind title_kind = {FH_PART_TITLE, TITLE_WEIGHT, TITLE_WEIGHT};
static const text_kind body_kind = {FH_PART_BODY, LEAD_WEIGHT, 1};
static const text_kind keyword_kind = {NO_PART, 1, 1};

/* The words of one text as searchable text; returns the position that the next text starts behind. */
static uint32_t add_words(builder *b, fh_tokens tokens, uint32_t base, text_kind kind) {
    for (size_t i = 0; i < tokens.count; i++) {
        const fh_token *token = &tokens.items[i];
        fh_posting word = {
            .field = FH_FIELD_WORD, .position = base + token->position, .weight = 1, .word = token->folded};
        if (kind.part != NO_PART) {
            word.part = (uint8_t)kind.part;
            word.start = token->start;
            word.end = token->end;
        }
        add_posting(b, word);
        uint32_t weight = token->position <= LEAD_WORDS ? kind.lead : kind.rest;
        if (!token->stop) add(b, FH_FIELD_STEM, token->stem, 0, weight);
    }
    return base + last_position(tokens) + POSITION_GAP;
}

static void add_title_fields(builder *b, fh_tokens tokens) {
    for (size_t i = 0; i < tokens.count; i++) {
        const fh_token *token = &tokens.items[i];
        add(b, FH_FIELD_TITLE, token->folded, token->position, 1);
        if (!token->stop) add(b, FH_FIELD_TITLE_STEM, token->stem, 0, 1);
    }
}

/* Names that articles are filtered by: they do not make an article longer. */
static uint32_t add_names(builder *b, fh_field field, fh_str text, uint32_t base) {
    fh_tokens tokens = fh_analyse(b->tools->analyser, text, b->arena);
    for (size_t i = 0; i < tokens.count; i++)
        add(b, field, tokens.items[i].folded, base + tokens.items[i].position, 0);
    return base + last_position(tokens) + POSITION_GAP;
}

fh_str fh_keyword_word(fh_tokens tokens, fh_arena *arena) {
    fh_buf whole = {0};
    for (size_t i = 0; i < tokens.count; i++) {
        if (tokens.items[i].whole) continue;
        if (whole.len) fh_buf_add_char(&whole, ' ');
        fh_buf_add(&whole, tokens.items[i].folded);
    }
    fh_str id = fh_arena_copy(arena, fh_buf_str(&whole));
    fh_buf_free(&whole);
    return id;
}

static void add_keywords(builder *b, uint32_t base) {
    const fh_strs *keywords = &b->article->keywords;
    for (size_t i = 0; i < keywords->count; i++) {
        fh_tokens tokens = fh_analyse(b->tools->analyser, keywords->items[i], b->arena);
        add(b, FH_FIELD_KEYWORD, fh_keyword_word(tokens, b->arena), 0, 0);
        base = add_words(b, tokens, base, keyword_kind);
    }
}

static fh_str joined_value(const fh_strs *list, fh_arena *arena) {
    fh_buf all = {0};
    for (size_t i = 0; i < list->count; i++) {
        fh_buf_add(&all, list->items[i]);
        fh_buf_add_char(&all, FH_VALUE_END);
    }
    fh_str value = fh_arena_copy(arena, fh_buf_str(&all));
    fh_buf_free(&all);
    return value;
}

static bool is_place_or_person(const fh_named *named, fh_str id) {
    for (size_t i = 0; i < named->entity_count; i++) {
        const fh_entity *entity = named->entities[i];
        if (!fh_str_equal(fh_str_from(entity->id), id)) continue;
        return entity->type == FH_ENTITY_PERSON || entity->type == FH_ENTITY_PLACE;
    }
    return false;
}

static size_t line_start(fh_str text, size_t at) {
    while (at > 0 && text.ptr[at - 1] != '\n') at--;
    return at;
}

/* Only what is to be searched of the body.  Of the lines left out, those that say who wrote it or where are
 * searched all the same. */
static fh_tokens searched_tokens(const builder *b, const fh_named *named, fh_tokens body) {
    const fh_article *article = b->article;
    if (!article->searched.len) return body;
    size_t from = (size_t)(article->searched.ptr - article->body.ptr), to = from + article->searched.len;
    for (size_t i = 0; i < named->mark_count; i++) {
        const fh_entity_mark *mark = &named->marks[i];
        bool outside = mark->part == FH_PART_BODY && (mark->start < from || mark->end > to);
        if (!outside || !is_place_or_person(named, mark->entity)) continue;
        if (mark->start < from) from = line_start(article->body, mark->start);
        if (mark->end > to) to = mark->end;
    }
    fh_tokens kept = {FH_ARENA_ARRAY(b->arena, fh_token, body.count), 0};
    for (size_t i = 0; i < body.count; i++)
        if (body.items[i].start >= from && body.items[i].end <= to) kept.items[kept.count++] = body.items[i];
    return kept;
}

static void add_entities(builder *b, const fh_named *named) {
    b->article->entities = named->marks;
    b->article->entity_count = named->mark_count;
    fh_strs ids = {FH_ARENA_ARRAY(b->arena, fh_str, named->entity_count), named->entity_count};
    for (size_t i = 0; i < named->entity_count; i++) {
        ids.items[i] = fh_str_from(named->entities[i]->id);
        add(b, FH_FIELD_ENTITY, ids.items[i], 0, named->weights[i]);
    }
    add_value(b, FH_SLOT_ENTITIES, joined_value(&ids, b->arena));
}

static void add_story(builder *b, fh_tokens body) {
    unsigned char *print = fh_arena_take(b->arena, FH_PRINT_BYTES);
    char *word = fh_arena_take(b->arena, FH_STORY_WORD);
    fh_print_make(b->article->title, body, print);
    fh_str value = {(const char *)print, FH_PRINT_BYTES};
    fh_story_word(value, word);
    add_value(b, FH_SLOT_STORY, value);
    add(b, FH_FIELD_STORY, (fh_str){word, FH_STORY_WORD}, 0, 0);
}

/* A title that repeats the lead is no title: its words stand in the body. */
static void add_text(builder *b) {
    fh_article *article = b->article;
    fh_tokens title = {0}, body = fh_analyse(b->tools->analyser, article->body, b->arena);
    uint32_t base = 0;
    if (!article->title_from_lead) {
        title = fh_analyse(b->tools->analyser, article->title, b->arena);
        base = add_words(b, title, base, title_kind);
        add_title_fields(b, title);
    }
    fh_named named = fh_article_names(b->tools, article, title, body, b->arena);
    add_entities(b, &named);
    body = searched_tokens(b, &named, body);
    base = add_words(b, body, base, body_kind);
    add_keywords(b, base);
    add_names(b, FH_FIELD_AUTHOR, article->author, 0);
    add_names(b, FH_FIELD_SOURCE, article->wire, add_names(b, FH_FIELD_SOURCE, article->source, 0));
    add_story(b, body);
}

/* ---- Facts ---- */

/* "www.Example.com:8080" of an address is example.com. */
static fh_str host_of(fh_str url, fh_arena *arena) {
    size_t scheme = fh_str_find(url, FH_STR("://"), 0);
    if (scheme == SIZE_MAX) return FH_STR("");
    fh_str rest = fh_str_slice(url, scheme + 3, url.len);
    size_t end = 0;
    while (end < rest.len && !strchr("/?#", rest.ptr[end])) end++;
    fh_str host = fh_str_slice(rest, 0, end);
    const char *user = host.len ? memrchr(host.ptr, '@', host.len) : NULL;
    if (user) host = fh_str_slice(host, (size_t)(user - host.ptr) + 1, host.len);
    const char *port = host.len ? memchr(host.ptr, ':', host.len) : NULL;
    if (port) host.len = (size_t)(port - host.ptr);
    char *lower = fh_arena_take(arena, host.len);
    for (size_t i = 0; i < host.len; i++) lower[i] = (char)tolower((unsigned char)host.ptr[i]);
    host.ptr = lower;
    return fh_str_starts(host, FH_STR("www.")) ? fh_str_slice(host, 4, host.len) : host;
}

static void add_date(builder *b) {
    const fh_date *date = &b->article->published;
    if (date->year == 0) return;
    char key[FH_DATE_TEXT];
    fh_date_key(date, key);
    fh_str whole = fh_arena_copy(b->arena, fh_str_from(key));
    add_value(b, FH_SLOT_PUBLISHED, whole);
    add_value(b, FH_SLOT_MONTH, fh_arena_format(b->arena, "%.4s-%.2s", key, key + 4));
    add(b, FH_FIELD_DAY, fh_str_slice(whole, 0, 8), 0, 0);
    add(b, FH_FIELD_MONTH, fh_str_slice(whole, 0, 6), 0, 0);
    add(b, FH_FIELD_YEAR, fh_str_slice(whole, 0, 4), 0, 0);
}

static void add_facts(builder *b) {
    const fh_article *article = b->article;
    add_date(b);
    add(b, FH_FIELD_URL, article->url, 0, 0);
    add(b, FH_FIELD_HOST, host_of(article->url, b->arena), 0, 0);
    add(b, FH_FIELD_LANGUAGE, article->language, 0, 0);
    add(b, FH_FIELD_PARENT, article->parent, 0, 0);
    add_value(b, FH_SLOT_SOURCE, article->source);
    add_value(b, FH_SLOT_AUTHOR, article->author);
    add_value(b, FH_SLOT_LANGUAGE, article->language);
    add_value(b, FH_SLOT_KEYWORDS, joined_value(&article->keywords, b->arena));
    add_value(b, FH_SLOT_EMBARGO, article->embargo);
    add_value(b, FH_SLOT_FORMAT, article->format);
}

fh_index_tools fh_index_tools_new(fh_stemmer stemmer, const fh_lexicon *lexicon, fh_index_names names) {
    fh_index_tools tools = {
        .analyser = fh_analyser_new(stemmer), .names = names, .finder = fh_name_finder_new(names.recogniser)};
    fh_analyser_use(tools.analyser, lexicon);
    return tools;
}

void fh_index_tools_free(const fh_index_tools *tools) {
    fh_analyser_free(tools->analyser);
    fh_name_finder_free(tools->finder);
}

fh_document fh_document_make(const fh_index_tools *tools, fh_article *article, fh_str content,
                             fh_arena *arena) {
    size_t capacity = article->body.len / 4 + 256; /* two of every word, and some facts */
    builder b = {.tools = tools,
                 .article = article,
                 .arena = arena,
                 .postings = FH_ARENA_ARRAY(arena, fh_posting, capacity),
                 .posting_capacity = capacity,
                 .values = FH_ARENA_ARRAY(arena, fh_value, MAX_VALUES)};
    add_text(&b);
    add_facts(&b);
    add_value(&b, FH_SLOT_CONTENT, content);
    return (fh_document){.article = article,
                         .postings = b.postings,
                         .posting_count = b.posting_count,
                         .values = b.values,
                         .value_count = b.value_count};
}

fh_document fh_index_document(const fh_index_tools *tools, fh_article *article, fh_arena *arena) {
    return fh_document_make(tools, article, fh_article_content(article, &tools->names, arena), arena);
}

/* ---- The content's hash ---- */

static unsigned long long hash_number(unsigned long long hash, unsigned long long number) {
    return fh_hash(hash, (fh_str){(const char *)&number, sizeof number});
}

static unsigned long long hash_text(unsigned long long hash, fh_str text) {
    return fh_hash(hash_number(hash, text.len), text);
}

static unsigned long long hash_list(unsigned long long hash, fh_strs list) {
    hash = hash_number(hash, list.count);
    for (size_t i = 0; i < list.count; i++) hash = hash_text(hash, list.items[i]);
    return hash;
}

/* Where one keyword ends and the next begins may be found out better once more articles are known; that alone
 * is no change. */
static unsigned long long hash_joined(unsigned long long hash, fh_strs list) {
    for (size_t i = 0; i < list.count; i++)
        for (size_t at = 0; at < list.items[i].len; at++)
            if (list.items[i].ptr[at] != ' ') hash = fh_hash(hash, fh_str_slice(list.items[i], at, at + 1));
    return hash_number(hash, 0);
}

/* A list that has grown finds more names, so it counts too. */
fh_str fh_article_content(const fh_article *article, const fh_index_names *names, fh_arena *arena) {
    const fh_str texts[] = {article->id,     article->url,    article->title,    article->source,
                            article->wire,   article->author, article->section,  article->language,
                            article->parent, article->body,   article->dateline, article->edition,
                            article->embargo};
    char date[FH_DATE_TEXT];
    fh_date_iso(&article->published, date);
    unsigned long long hash = hash_number(FH_HASH_START, CONTENT_VERSION);
    hash = hash_number(hash, fh_gazetteer_hash(names->listed));
    hash = hash_number(hash, names->recogniser != NULL);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) hash = hash_text(hash, texts[i]);
    hash = hash_joined(hash, article->keywords);
    hash = hash_list(hash, article->related);
    hash = hash_text(hash, fh_str_from(date));
    hash = hash_number(hash, article->published.guessed);
    hash = hash_number(hash, article->title_from_lead);
    char bytes[FH_CONTENT_BYTES];
    for (size_t i = 0; i < FH_CONTENT_BYTES; i++) bytes[i] = (char)(hash >> (8 * i) & 0xFF);
    return fh_arena_copy(arena, (fh_str){bytes, sizeof bytes});
}
