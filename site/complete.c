/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completions come from the index's own words: what is offered is found. */
#include "site/complete.h"

#include "base/utf8.h"
#include "site/clock.h"
#include "site/keyboard.h"
#include "site/latin.h"
#include "site/spelling.h"
#include "stemmer/stemmer.h"
#include <stdlib.h>

enum {
    BEST = 32,          /* words that are kept on a walk; of several with one stem, one is shown */
    MIN_LETTERS = 2,    /* of a completion */
    LATIN_READINGS = 4, /* of one word that are looked up */
    BETWEEN_LOOKS = 256,
    LONG_WALK = 1000, /* words that are not walked through twice */
};

/* A walk through all that begins with one or two letters may take too long for as-you-type, and says nothing
 * when it is cut short: then who asks again goes on where it was. */
static const double WALK_SECONDS = 0.01;

/* ---- The most frequent words that begin so ---- */

typedef struct walk {
    fh_arena *arena;
    fh_completion best[BEST];
    size_t count;
    double end;
    unsigned seen;
    fh_str last; /* the word it was cut short behind; empty: it went to its end */
} walk;

/* Numbers, addresses and hashtags are found, but nobody wants them offered. */
static bool is_offered(fh_str word) {
    for (size_t i = 0; i < word.len; i++)
        if (strchr("0123456789_./@:-", word.ptr[i])) return false;
    return fh_utf8_count(word) >= MIN_LETTERS && !fh_is_stop_word(word);
}

static void keep_best(walk *w, fh_str word, uint32_t articles) {
    size_t at = w->count;
    while (at > 0 && w->best[at - 1].articles < articles) at--;
    if (at == BEST || !is_offered(word)) return;
    if (w->count < BEST) w->count++;
    memmove(&w->best[at + 1], &w->best[at], (w->count - at - 1) * sizeof *w->best);
    w->best[at] = (fh_completion){.articles = articles, .folded = fh_arena_copy(w->arena, word)};
}

static bool visit(void *context, fh_str word, uint32_t articles) {
    walk *w = context;
    keep_best(w, word, articles);
    if (++w->seen % BETWEEN_LOOKS != 0 || fh_clock() <= w->end) return true;
    w->last = fh_arena_copy(w->arena, word);
    return false;
}

/* How many letters, and these: of the word it was cut short behind, and, each behind how many articles have
 * it, of those that were found. */
static fh_str pack_walk(const walk *w) {
    fh_buf bytes = {0};
    fh_buf_printf(&bytes, "%zu %.*s", w->last.len, FH_STR_ARG(w->last));
    for (size_t i = 0; i < w->count; i++)
        fh_buf_printf(&bytes, "%u %zu %.*s", w->best[i].articles, w->best[i].folded.len,
                      FH_STR_ARG(w->best[i].folded));
    fh_str packed = fh_arena_copy(w->arena, fh_buf_str(&bytes));
    fh_buf_free(&bytes);
    return packed;
}

static fh_str take_word(const char **at) {
    char *end;
    size_t len = strtoul(*at, &end, 10);
    fh_str word = {end + 1, len};
    *at = word.ptr + len;
    return word;
}

static void unpack_walk(fh_str packed, walk *out) {
    const char *at = fh_arena_copy(out->arena, packed).ptr;
    out->last = take_word(&at);
    while (*at) {
        char *end;
        uint32_t articles = (uint32_t)strtoul(at, &end, 10);
        at = end;
        out->best[out->count++] = (fh_completion){.articles = articles, .folded = take_word(&at)};
    }
}

static fh_status walk_words(fh_worker *worker, fh_str folded, walk *out, fh_error *err) {
    *out = (walk){.arena = worker->arena, .end = fh_clock() + WALK_SECONDS};
    fh_str key = fh_arena_format(worker->arena, "begins %.*s", FH_STR_ARG(folded));
    fh_str known = fh_memo_find(worker->memo, key), after = FH_STR("");
    if (known.ptr) {
        unpack_walk(known, out);
        if (out->last.len == 0) return FH_OK;
        after = out->last;
        out->last = FH_STR("");
    }
    fh_status status = fh_store_words(worker->store, FH_FIELD_WORD, folded, after, visit, out, err);
    if (status == FH_OK && (known.ptr || out->seen >= LONG_WALK || out->last.len))
        fh_memo_put(worker->memo, key, pack_walk(out));
    if (out->last.len) out->count = 0;
    return status;
}

static bool has_stem_before(const fh_strs *stems, size_t count, fh_str stem) {
    for (size_t i = 0; i < count; i++)
        if (fh_str_equal(stems->items[i], stem)) return true;
    return false;
}

/* The walk's words as whole queries. */
static fh_status take_words(fh_worker *worker, const walk *w, fh_str head, size_t most, fh_completions *out,
                            fh_error *err) {
    fh_arena *arena = worker->arena;
    fh_strs stems = {FH_ARENA_ARRAY(arena, fh_str, BEST), 0};
    out->items = FH_ARENA_ARRAY(arena, fh_completion, BEST);
    for (size_t i = 0; i < w->count && out->count < most; i++) {
        fh_completion word = w->best[i];
        fh_str spelled, stem = fh_analyser_stem(worker->analyser, word.folded, arena);
        if (has_stem_before(&stems, stems.count, stem)) continue;
        stems.items[stems.count++] = stem;
        fh_status status = fh_spell(worker, word.folded, &spelled, err);
        if (status) return status;
        word.text = fh_arena_format(arena, "%.*s%.*s", FH_STR_ARG(head), FH_STR_ARG(spelled));
        out->items[out->count++] = word;
    }
    return FH_OK;
}

/* ---- Ways to read the keys ---- */

size_t fh_last_word(fh_str text) {
    size_t at = text.len;
    while (at > 0) {
        uint32_t c;
        size_t before = fh_utf8_previous(text, at);
        fh_utf8_next(text, before, &c);
        if (c <= ' ' || c == '"' || c == '(' || c == ':') break;
        at = before;
    }
    return at;
}

static fh_status complete_as(fh_worker *worker, fh_str text, size_t most, fh_completions *out,
                             fh_error *err) {
    walk w;
    size_t last = fh_last_word(text);
    fh_str head = fh_str_slice(text, 0, last), word = fh_str_slice(text, last, text.len);
    fh_str folded = fh_fold_word(FH_STEMMER_LIGHT, word, worker->arena);
    out->read_as = text;
    out->count = 0;
    if (!folded.len) return FH_OK;
    fh_status status = walk_words(worker, folded, &w, err);
    out->too_many = w.last.len > 0;
    return status == FH_OK ? take_words(worker, &w, head, most, out, err) : status;
}

typedef struct look {
    fh_worker *worker;
    fh_status status;
    fh_error *err;
} look;

static bool stop_at_first(void *context, fh_str word, uint32_t articles) {
    (void)word, (void)articles;
    *(bool *)context = true;
    return false;
}

static bool is_beginning(void *context, fh_str folded) {
    look *l = context;
    bool found = false;
    if (l->status) return false;
    l->status =
        fh_store_words(l->worker->store, FH_FIELD_WORD, folded, FH_STR(""), stop_at_first, &found, l->err);
    return found;
}

/* Of all readings of the last word the one with the most frequent completion; the words before it stay. */
static fh_status complete_latin(fh_worker *worker, fh_str text, size_t most, fh_completions *out,
                                fh_error *err) {
    look l = {worker, FH_OK, err};
    size_t last = fh_last_word(text);
    fh_strs readings = fh_latin_readings(fh_str_slice(text, last, text.len), LATIN_READINGS, is_beginning, &l,
                                         worker->arena);
    for (size_t i = 0; i < readings.count && l.status == FH_OK; i++) {
        fh_completions found = {.reading = FH_READ_LATIN};
        fh_str whole =
            fh_arena_format(worker->arena, "%.*s%.*s", (int)last, text.ptr, FH_STR_ARG(readings.items[i]));
        l.status = complete_as(worker, whole, most, &found, err);
        bool better = found.count && (!out->count || found.items[0].articles > out->items[0].articles);
        if (l.status == FH_OK && better) *out = found;
    }
    return l.status;
}

static bool is_ascii(fh_str text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] > '\x7f') return false;
    return true;
}

/* Is another reading what was meant?  It has to be far more frequent than the plain one. */
static bool is_better(const fh_completions *other, const fh_completions *plain) {
    enum { FAR_MORE = 8 };
    if (!other->count) return false;
    return !plain->count || other->items[0].articles / FAR_MORE > plain->items[0].articles;
}

fh_status fh_complete(fh_worker *worker, fh_str typed, size_t most, fh_completions *out, fh_error *err) {
    fh_completions plain = {.reading = FH_READ_AS_TYPED}, keyboard = {.reading = FH_READ_KEYBOARD},
                   latin = {.reading = FH_READ_LATIN};
    fh_status status = complete_as(worker, typed, most, &plain, err);
    if (status || plain.too_many || (plain.count && !is_ascii(typed))) {
        if (status == FH_OK) *out = plain;
        return status;
    }
    fh_str swapped = fh_keyboard_swap(typed, worker->arena);
    if (!plain.count && swapped.len) status = complete_as(worker, swapped, most, &keyboard, err);
    if (status == FH_OK && !keyboard.count && is_ascii(typed))
        status = complete_latin(worker, typed, most, &latin, err);
    if (status == FH_OK)
        *out = is_better(&keyboard, &plain) ? keyboard : is_better(&latin, &plain) ? latin : plain;
    return status;
}
