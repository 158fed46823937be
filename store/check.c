/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is an index whole?  Xapian looks at its tables, every list is gone through, and every article is read and
 * held against what stands beside it: its id's term and the slots that are made from it. */
#include "store/glass/stamp.h"
#include "store/glass/sums.h"
#include "store/handle.h"

static const char MEND[] = "index the article again, or build the index anew from its source";

typedef struct checkup {
    fh_store *store;
    fh_damage_visitor *visit;
    void *context;
    uint64_t damages;
    fh_arena *arena; /* of one article */
} checkup;

static void report(checkup *c, const fh_error *damage) {
    c->damages++;
    c->visit(c->context, damage);
}

/* What is wrong with an index ends here; what keeps one from looking goes on. */
static fh_status sort_out(checkup *c, fh_status status, fh_error *err) {
    if (status != FH_ERR_CORRUPT) return status;
    report(c, err);
    return FH_OK;
}

static void report_article(checkup *c, fh_str id, const char *what, const char *of) {
    fh_error damage;
    fh_fail(&damage, FH_ERR_CORRUPT, fh_arena_copy(c->arena, id).ptr, MEND, "%s%s", what, of);
    report(c, &damage);
}

/* ---- An article's term ---- */

static fh_status check_id(checkup *c, fh_str id, uint32_t number, fh_error *err) {
    uint32_t known, articles;
    fh_status status = fh_xapian_lookup(c->store->all, id, &known, err);
    if (status == FH_OK) status = fh_xapian_id_articles(c->store->all, id, &articles, err);
    if (status != FH_OK) return sort_out(c, status, err);
    if (articles == 0)
        report_article(c, id, "the article cannot be found by its id", "");
    else if (articles > 1)
        report_article(c, id, "several articles have this id", "");
    else if (known != number)
        report_article(c, id, "the id belongs to another article", "");
    return FH_OK;
}

/* ---- Its slots ---- */

static fh_str date_value(const fh_article *article, fh_arena *arena) {
    char key[FH_DATE_TEXT];
    fh_date_key(&article->published, key);
    return fh_arena_copy(arena, fh_str_from(key));
}

static fh_str month_value(const fh_article *article, fh_arena *arena) {
    fh_str key = date_value(article, arena);
    return key.len ? fh_arena_format(arena, "%.4s-%.2s", key.ptr, key.ptr + 4) : key;
}

static fh_str source_value(const fh_article *article, fh_arena *arena) {
    (void)arena;
    return article->source;
}

static fh_str author_value(const fh_article *article, fh_arena *arena) {
    (void)arena;
    return article->author;
}

static fh_str language_value(const fh_article *article, fh_arena *arena) {
    (void)arena;
    return article->language;
}

static fh_str format_value(const fh_article *article, fh_arena *arena) {
    (void)arena;
    return article->format;
}

static fh_str keywords_value(const fh_article *article, fh_arena *arena) {
    size_t len = 0;
    for (size_t i = 0; i < article->keywords.count; i++) len += article->keywords.items[i].len + 1;
    fh_str value = {fh_arena_take(arena, len + 1), 0};
    char *to = (char *)value.ptr;
    for (size_t i = 0; i < article->keywords.count; i++) {
        fh_str keyword = article->keywords.items[i];
        if (keyword.len) memcpy(to + value.len, keyword.ptr, keyword.len);
        to[value.len + keyword.len] = FH_VALUE_END;
        value.len += keyword.len + 1;
    }
    return value;
}

static const struct {
    fh_slot slot;
    const char *name;
    fh_str (*make)(const fh_article *article, fh_arena *arena);
} made_slots[] = {
    {FH_SLOT_PUBLISHED, "date", date_value},        {FH_SLOT_MONTH, "month", month_value},
    {FH_SLOT_SOURCE, "outlet", source_value},       {FH_SLOT_AUTHOR, "author", author_value},
    {FH_SLOT_LANGUAGE, "language", language_value}, {FH_SLOT_KEYWORDS, "keywords", keywords_value},
    {FH_SLOT_FORMAT, "format", format_value},
};

static fh_status check_slots(checkup *c, const fh_article *article, uint32_t number, fh_error *err) {
    for (size_t i = 0; i < sizeof made_slots / sizeof *made_slots; i++) {
        fh_str kept;
        fh_status status = fh_xapian_value(c->store->all, number, made_slots[i].slot, c->arena, &kept, err);
        if (status != FH_OK) return sort_out(c, status, err);
        if (!fh_str_equal(kept, made_slots[i].make(article, c->arena)))
            report_article(c, article->id,
                           "the slot does not say what the article says: ", made_slots[i].name);
    }
    return FH_OK;
}

static bool lists(fh_str values, fh_str wanted) {
    for (size_t at = 0; at < values.len;) {
        size_t end = fh_str_find(values, (fh_str){(const char[]){FH_VALUE_END}, 1}, at);
        if (end == SIZE_MAX) end = values.len;
        if (fh_str_equal(fh_str_slice(values, at, end), wanted)) return true;
        at = end + 1;
    }
    return false;
}

/* That the marks lie within the text was seen to when the record was read. */
static void check_entities(checkup *c, const fh_article *article, fh_str kept) {
    for (size_t i = 0; i < article->entity_count; i++) {
        if (lists(kept, article->entities[i].entity)) continue;
        report_article(c, article->id, "an entity is marked in the text that the slot does not list: ",
                       fh_arena_copy(c->arena, article->entities[i].entity).ptr);
        return;
    }
}

/* ---- All of them ---- */

static fh_status check_article(checkup *c, uint32_t number, fh_str data, fh_str entities, fh_error *err) {
    fh_record record;
    fh_article article;
    fh_status status = fh_record_read(data, &record, err);
    record.entities = entities;
    if (status == FH_OK)
        status = fh_shard_article(c->store, &c->store->shards[0], &record, c->arena, &article, err);
    if (status != FH_OK) return sort_out(c, status, err);
    status = check_id(c, article.id, number, err);
    check_entities(c, &article, entities);
    return status == FH_OK ? check_slots(c, &article, number, err) : status;
}

static fh_status check_articles(checkup *c, uint64_t *articles, fh_error *err) {
    uint32_t number = 0;
    for (;;) {
        fh_str data, entities;
        fh_arena_reset(c->arena);
        fh_status status = fh_xapian_next(c->store->all, number, c->arena, &number, &data, &entities, err);
        if (status == FH_END) return FH_OK;
        if (status != FH_OK) return sort_out(c, status, err);
        status = check_article(c, number, data, entities, err);
        if (status != FH_OK) return status;
        ++*articles;
    }
}

/* An id's term without its article would give an answer that cannot be shown. */
static fh_status check_counts(checkup *c, uint64_t articles, fh_error *err) {
    fh_error damage;
    uint64_t ids = 0;
    fh_status status = fh_xapian_count_ids(c->store->all, &ids, err);
    if (status != FH_OK) return sort_out(c, status, err);
    if (ids == articles) return FH_OK;
    fh_fail(&damage, FH_ERR_CORRUPT, c->store->shards[0].dir, "build it anew from its source",
            "the index has %llu articles and %llu ids", (unsigned long long)articles,
            (unsigned long long)ids);
    report(c, &damage);
    return FH_OK;
}

static fh_status check_tables(checkup *c, const char *dir, fh_error *err) {
    uint64_t errors = 0;
    fh_error damage;
    fh_status status = fh_xapian_check(dir, &errors, err);
    if (status != FH_OK) return sort_out(c, status, err);
    if (errors == 0) return FH_OK;
    fh_fail(&damage, FH_ERR_CORRUPT, dir, "build it anew from its source, or put back a copy of it",
            "Xapian finds %llu errors in the index's tables", (unsigned long long)errors);
    report(c, &damage);
    return FH_OK;
}

static fh_status check_lists(checkup *c, fh_error *err) {
    fh_error damage;
    fh_matchers *all;
    fh_status status = fh_store_matchers(c->store, &all, err);
    if (status != FH_OK) return sort_out(c, status, err);
    uint64_t damaged = fh_matchers_damaged_lists(all);
    if (damaged == 0) return FH_OK;
    fh_fail(&damage, FH_ERR_CORRUPT, c->store->shards[0].dir, "build it anew from its source",
            "the lists of %llu words are damaged", (unsigned long long)damaged);
    report(c, &damage);
    return FH_OK;
}

static void report_sum(void *context, const fh_error *damage) {
    report(context, damage);
}

/* Where blocks are damaged, to read on may end anywhere. */
static fh_status look_through(checkup *c, const char *dir, uint32_t analyser_version, uint64_t *articles,
                              fh_error *err) {
    fh_status status = fh_sums_verify(dir, report_sum, c, err);
    if (status != FH_OK || c->damages > 0) return status;
    status = fh_store_open(&dir, 1, analyser_version, &c->store, err);
    if (status == FH_OK) status = check_tables(c, dir, err);
    if (status == FH_OK) status = check_lists(c, err);
    if (status == FH_OK) status = check_articles(c, articles, err);
    return status == FH_OK ? check_counts(c, *articles, err) : status;
}

fh_status fh_store_check(const char *dir, uint32_t analyser_version, fh_damage_visitor *visit, void *context,
                         fh_checked *out, fh_error *err) {
    checkup c = {.visit = visit, .context = context, .arena = fh_arena_new()};
    uint64_t articles = 0;
    fh_stamp stamp = fh_stamp_take(dir);
    fh_status status = look_through(&c, dir, analyser_version, &articles, err);
    bool wrong = status == FH_ERR_CORRUPT || (status == FH_OK && c.damages > 0);
    if (wrong && !fh_stamp_holds(&stamp, dir)) {
        status = fh_fail(err, FH_ERR_LOCKED, dir, "check it again when no other program writes it",
                         "the index was written while it was checked, so what is named above may be whole");
    }
    status = sort_out(&c, status, err);
    fh_store_close(c.store);
    fh_arena_free(c.arena);
    if (status == FH_OK) *out = (fh_checked){articles, c.damages};
    return status;
}

fh_status fh_store_demand_whole(const char *dir, fh_error *err) {
    return fh_sums_demand(dir, err);
}
