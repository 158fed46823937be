/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spellings are looked up where they stand: the index keeps folded words only. */
#include "site/spelling.h"

#include "base/utf8.h"

enum { SEEN_BYTES = 8u << 10 }; /* of a body */

/* The word's own bytes in a text, without what stands around a folded word: vowel marks and tatweel. */
static bool find_in(fh_worker *worker, fh_str text, fh_str folded, fh_str *out) {
    fh_tokens tokens = fh_analyse(worker->analyser, text, worker->arena);
    for (size_t i = 0; i < tokens.count; i++) {
        const fh_token *token = &tokens.items[i];
        if (token->whole || !fh_str_equal(token->folded, folded)) continue;
        char *bytes = fh_arena_take(worker->arena, token->end - token->start + 1);
        size_t length = 0;
        for (size_t at = token->start; at < token->end;) {
            uint32_t c;
            size_t size = fh_utf8_next(text, at, &c);
            if (!fh_is_unseen(c)) {
                memcpy(bytes + length, text.ptr + at, size);
                length += size;
            }
            at += size;
        }
        bytes[length] = '\0';
        *out = (fh_str){bytes, length};
        return true;
    }
    return false;
}

static fh_status first_article(fh_worker *worker, fh_field field, fh_str folded, fh_results *out,
                               fh_error *err) {
    fh_query query = {.op = FH_OP_TERM, .field = field, .word = folded};
    fh_find find = {.query = &query, .limit = 1, .bm25 = fh_ranking_default()->bm25};
    return fh_store_find(worker->store, &find, worker->arena, out, err);
}

static fh_status look_up(fh_worker *worker, fh_str folded, fh_str *out, fh_error *err) {
    fh_results found;
    *out = folded;
    fh_status status = first_article(worker, FH_FIELD_TITLE, folded, &found, err);
    if (status == FH_OK && found.hit_count && find_in(worker, found.hits[0].article.title, folded, out))
        return FH_OK;
    if (status == FH_OK) status = first_article(worker, FH_FIELD_WORD, folded, &found, err);
    if (status == FH_OK && found.hit_count)
        find_in(worker, fh_utf8_cut(found.hits[0].article.body, SEEN_BYTES), folded, out);
    return status;
}

fh_status fh_spell(fh_worker *worker, fh_str folded, fh_str *out, fh_error *err) {
    fh_str key = fh_arena_format(worker->arena, "spelled %.*s", FH_STR_ARG(folded));
    fh_str known = fh_memo_find(worker->memo, key);
    if (known.ptr) {
        *out = fh_arena_copy(worker->arena, known);
        return FH_OK;
    }
    fh_status status = look_up(worker, folded, out, err);
    if (status == FH_OK) fh_memo_put(worker->memo, key, *out);
    return status;
}
