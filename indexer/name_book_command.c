/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each action is a row: how many words it wants, and what it does.  A decision is kept as it was said, and
 * learning starts from it. */
#include "indexer/name_book_command.h"

const char fh_name_book_actions[] = "list|export|learn|merge|reject|restore";

typedef struct command {
    fh_store *store;
    fh_name_book *book;
    fh_strs words;
    fh_buf *out;
} command;

/* ---- Saying ---- */

static fh_status list_names(const command *c, fh_error *err) {
    (void)err;
    fh_buf_add(c->out, FH_STR("# id\ttype\tlabel\tarticles\tkeyword of\tspellings\tids\n"));
    fh_learned_write(&c->book->learned, c->out);
    for (size_t i = 0; i < c->book->decisions.count; i++) {
        const fh_decision *decision = &c->book->decisions.items[i];
        const char *what = decision->into.len ? "merged into" : "rejected";
        fh_buf_printf(c->out, "# %.*s\t%s\t%.*s\n", FH_STR_ARG(decision->id), what,
                      FH_STR_ARG(decision->into));
    }
    return FH_OK;
}

static fh_status export_names(const command *c, fh_error *err) {
    (void)err;
    fh_learned_rows(&c->book->learned, &c->book->decisions, c->out);
    return FH_OK;
}

static fh_status learn_names(const command *c, fh_error *err) {
    fh_status status = fh_name_book_learn(c->store, c->book, 1, err);
    if (status == FH_OK) fh_buf_printf(c->out, "%zu names learned\n", c->book->learned.count);
    return status;
}

/* ---- Deciding ---- */

static fh_status fail_unknown(fh_str word, fh_error *err) {
    return fh_fail(err, FH_ERR_NOT_FOUND, NULL, "fihris-index --entities list shows what it has learned",
                   "the index has not learned this name: %.*s", FH_STR_ARG(word));
}

/* The id of a listed or a learned name that a word is the id or the label of. */
static fh_status find_id(const fh_name_book *book, fh_str word, fh_str *out, fh_error *err) {
    const fh_learned *learned = fh_learned_find(&book->learned, word);
    const fh_entity *listed = fh_gazetteer_find(fh_name_book_all(book), word);
    if (!learned && !listed) return fail_unknown(word, err);
    *out = learned ? learned->id : fh_str_from(listed->id);
    return FH_OK;
}

static void decide(fh_name_book *book, fh_str id, fh_str into) {
    fh_decisions *decisions = &book->decisions;
    fh_decision *items = FH_ARENA_ARRAY(book->arena, fh_decision, decisions->count + 1);
    if (decisions->count) memcpy(items, decisions->items, decisions->count * sizeof *items);
    items[decisions->count] = (fh_decision){fh_arena_copy(book->arena, id), into};
    *decisions = (fh_decisions){items, decisions->count + 1};
}

/* All that means a name goes the same way. */
static fh_status decide_name(const command *c, fh_str word, fh_str into, fh_error *err) {
    const fh_learned *name = fh_learned_find(&c->book->learned, word);
    if (!name) return fail_unknown(word, err);
    for (size_t i = 0; i < name->ids.count; i++) decide(c->book, name->ids.items[i], into);
    return FH_OK;
}

static fh_status reject_names(const command *c, fh_error *err) {
    fh_status status = FH_OK;
    for (size_t i = 0; status == FH_OK && i < c->words.count; i++)
        status = decide_name(c, c->words.items[i], FH_STR(""), err);
    return status == FH_OK ? learn_names(c, err) : status;
}

static fh_status merge_names(const command *c, fh_error *err) {
    fh_str into;
    fh_status status = find_id(c->book, c->words.items[0], &into, err);
    for (size_t i = 1; status == FH_OK && i < c->words.count; i++) {
        const fh_learned *name = fh_learned_find(&c->book->learned, c->words.items[i]);
        if (name && fh_str_equal(name->id, into)) continue;
        status = decide_name(c, c->words.items[i], into, err);
    }
    return status == FH_OK ? learn_names(c, err) : status;
}

static bool is_about(const fh_decision *decision, fh_str word) {
    return fh_str_equal(decision->id, word) || fh_str_equal(decision->into, word);
}

static fh_status restore_names(const command *c, fh_error *err) {
    fh_decisions *decisions = &c->book->decisions;
    for (size_t i = 0; i < c->words.count; i++) {
        size_t kept = 0;
        for (size_t j = 0; j < decisions->count; j++)
            if (!is_about(&decisions->items[j], c->words.items[i]))
                decisions->items[kept++] = decisions->items[j];
        if (kept == decisions->count)
            return fh_fail(err, FH_ERR_NOT_FOUND, NULL,
                           "fihris-index --entities list ends with what was decided",
                           "nothing was decided about this name: %.*s", FH_STR_ARG(c->words.items[i]));
        decisions->count = kept;
    }
    return learn_names(c, err);
}

/* ---- The table ---- */

#define ANY_NUMBER SIZE_MAX

static const struct {
    const char *name;
    size_t least, most; /* words */
    const char *usage;
    fh_status (*run)(const command *, fh_error *);
} actions[] = {
    {"list", 0, 0, "--entities list", list_names},
    {"export", 0, 0, "--entities export >FILE", export_names},
    {"learn", 0, 0, "--entities learn", learn_names},
    {"merge", 2, ANY_NUMBER, "--entities merge ID OTHER-ID…", merge_names},
    {"reject", 1, ANY_NUMBER, "--entities reject ID…", reject_names},
    {"restore", 1, ANY_NUMBER, "--entities restore ID…", restore_names},
};

fh_status fh_name_book_command(fh_store *store, fh_name_book *book, const char *action,
                               const char *const *words, size_t count, fh_buf *out, fh_error *err) {
    command c = {store, book, {FH_ARENA_ARRAY(book->arena, fh_str, count + 1), count}, out};
    for (size_t i = 0; i < count; i++) c.words.items[i] = fh_str_from(words[i]);
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(actions[i].name, action) != 0) continue;
        if (count >= actions[i].least && count <= actions[i].most) return actions[i].run(&c, err);
        return fh_fail(err, FH_ERR_USAGE, NULL, actions[i].usage, "--entities %s takes other words than %zu",
                       action, count);
    }
    return fh_fail(err, FH_ERR_USAGE, NULL, fh_name_book_actions, "--entities cannot %s", action);
}
