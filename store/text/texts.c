/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text is cut at the words that the analyser found.  What stands between two of them is a piece while it is
 * short, as a comma or an end of line is; a longer stretch holds words that are not searched, and is cut at
 * its spaces. */
#include "store/text/texts.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "store/text/narrow.h"
#include <stdlib.h>

enum {
    SHORT = 12, /* bytes of a piece between words */
    NAME = 56,  /* bytes of a text that is one piece */
    LEAP = 4,   /* positions that are gone at once by a sign */
};

fh_text_writer fh_text_writer_new(fh_coiner *coiner, fh_buf *out) {
    return (fh_text_writer){.codes = {.out = out}, .coiner = coiner};
}

void fh_text_writer_free(fh_text_writer *writer) {
    fh_buf_free(&writer->forms);
    free(writer->found);
}

/* ---- Writing ---- */

static void put_form(fh_text_writer *to, uint32_t code, fh_str form) {
    if (code) {
        fh_codes_put(&to->codes, code);
        return;
    }
    fh_codes_put(&to->codes, FH_CODE_LITERAL);
    fh_codes_put_bytes(&to->codes, form);
}

/* Before anything else is written than a piece. */
static void put_waiting(fh_text_writer *to) {
    const size_t count = to->waiting;
    if (count == 0) return;
    fh_str forms[FH_MET_AT_ONCE];
    uint32_t codes[FH_MET_AT_ONCE] = {0};
    for (size_t i = 0, start = 0; i < count; start = to->ends[i++])
        forms[i] = fh_str_slice(fh_buf_str(&to->forms), start, to->ends[i]);
    if (to->coiner) fh_coiner_meet_all(to->coiner, forms, count, codes);
    for (size_t i = 0; i < count; i++) put_form(to, codes[i], forms[i]);
    to->waiting = 0;
    fh_buf_clear(&to->forms);
}

/* The form that was added last. */
static void let_wait(fh_text_writer *to) {
    to->ends[to->waiting++] = to->forms.len;
    if (to->waiting == FH_MET_AT_ONCE) put_waiting(to);
}

static void put_piece(fh_text_writer *to, const fh_piece *piece) {
    fh_form_make(piece, &to->forms);
    let_wait(to);
    to->after_word = piece->word;
}

static void end_text(fh_text_writer *to) {
    put_waiting(to);
    fh_codes_put(&to->codes, FH_CODE_END);
    to->after_word = false;
}

static void put_whole(fh_text_writer *to, fh_str text) {
    while (text.len > 0) {
        fh_str some = fh_utf8_cut(text, NAME);
        put_piece(to, &(fh_piece){.text = some});
        text = fh_str_slice(text, some.len, text.len);
    }
}

/* What stands before a word, or at the end. */
static void put_between(fh_text_writer *to, fh_str text, bool before_word) {
    bool two_words = to->after_word && before_word;
    if (two_words && fh_str_equal(text, FH_STR(" "))) return;
    if (two_words && text.len == 0) put_piece(to, &(fh_piece){.text = text});
    put_whole(to, text);
}

static bool is_space(char byte) {
    return byte == ' ' || byte == '\n';
}

static void put_words(fh_text_writer *to, fh_str text, bool before_word) {
    size_t done = 0;
    for (;;) {
        size_t start = done, end;
        while (start < text.len && is_space(text.ptr[start])) start++;
        for (end = start; end < text.len && !is_space(text.ptr[end]);) end++;
        if (start == end) break;
        put_between(to, fh_str_slice(text, done, start), true);
        put_piece(to, &(fh_piece){.text = fh_str_slice(text, start, end), .word = true});
        done = end;
    }
    put_between(to, fh_str_slice(text, done, text.len), before_word);
}

static void put_gap(fh_text_writer *to, fh_str text, bool before_word) {
    if (text.len <= SHORT)
        put_between(to, text, before_word);
    else
        put_words(to, text, before_word);
}

static void put_skip(fh_text_writer *to, uint32_t positions) {
    put_waiting(to);
    fh_codes_put(&to->codes, FH_CODE_SKIP);
    fh_codes_put_number(&to->codes, positions);
}

/* One piece, and the words that are found in it. */
static void put_found(fh_text_writer *to, fh_str text, const fh_anchor *words, size_t count,
                      uint32_t *position) {
    uint32_t before = *position;
    if (words[0].position > before + LEAP) {
        put_skip(to, words[0].position - before - 1);
        before = words[0].position - 1;
    }
    to->found_count = 0;
    for (size_t i = 0; i < count; i++) {
        to->found = fh_grow(to->found, to->found_count, &to->found_capacity, sizeof *to->found);
        to->found[to->found_count++] = (fh_found){words[i].position - before, words[i].word};
        before = words[i].position;
    }
    put_piece(to, &(fh_piece){text, true, to->found, count});
    *position = before;
}

void fh_texts_put_placed(fh_text_writer *to, fh_str text, const fh_anchors *words, uint32_t *position) {
    size_t done = 0;
    for (size_t i = 0, next; i < words->count; i = next) {
        uint32_t start = words->items[i].start, end = words->items[i].end;
        for (next = i + 1; next < words->count && words->items[next].start < end;) next++;
        put_gap(to, fh_str_slice(text, done, start), true);
        put_found(to, fh_str_slice(text, start, end), &words->items[i], next - i, position);
        done = end;
    }
    put_gap(to, fh_str_slice(text, done, text.len), false);
    end_text(to);
}

void fh_texts_put_plain(fh_text_writer *to, fh_str text) {
    put_words(to, text, false);
    end_text(to);
}

void fh_texts_put_name(fh_text_writer *to, fh_str text) {
    if (text.len > NAME)
        put_words(to, text, false);
    else
        put_whole(to, text);
    end_text(to);
}

void fh_texts_put_address(fh_text_writer *to, fh_str address) {
    const char *slash = address.len ? memrchr(address.ptr, '/', address.len) : NULL;
    size_t head = slash ? (size_t)(slash - address.ptr) + 1 : 0;
    put_whole(to, fh_str_slice(address, 0, head));
    put_whole(to, fh_str_slice(address, head, address.len));
    end_text(to);
}

void fh_texts_put_loose(fh_text_writer *to, const fh_loose *words, size_t count) {
    uint32_t position = 0;
    for (size_t i = 0; i < count; i++) {
        fh_anchor word = {.position = words[i].position, .word = words[i].word};
        put_found(to, word.word, &word, 1, &position);
    }
    end_text(to);
}

/* ---- Reading ---- */

static fh_status damaged(fh_error *err) {
    return fh_fail(err, FH_ERR_CORRUPT, NULL, NULL, "the codes of a text are damaged");
}

/* A few bytes of codes can name very many. */
static fh_status append(fh_str bytes, bool *after_word, fh_buf *out, fh_error *err) {
    fh_form_parts form;
    if (!fh_form_read(bytes, &form) || out->len > FH_MAX_RECORD) return damaged(err);
    if (form.word && *after_word) fh_buf_add_char(out, ' ');
    fh_buf_reserve(out, form.narrow.len * FH_WIDEN_MOST);
    out->len += fh_widen(form.narrow, out->ptr + out->len);
    out->ptr[out->len] = '\0';
    *after_word = form.word;
    return FH_OK;
}

fh_status fh_texts_take(fh_code_reader *from, fh_vocabulary *vocabulary, fh_buf *out, fh_error *err) {
    fh_buf literal = {0};
    bool after_word = false;
    fh_status status = FH_OK;
    while (status == FH_OK) {
        uint32_t code = fh_codes_take(from);
        fh_str form = {0};
        if (from->bad) {
            status = damaged(err);
        } else if (code == FH_CODE_END) {
            break;
        } else if (code == FH_CODE_SKIP) {
            fh_codes_take_number(from);
            continue;
        } else if (code == FH_CODE_LITERAL) {
            fh_buf_clear(&literal);
            fh_form_take(from, &literal);
            form = fh_buf_str(&literal);
        } else {
            status = fh_vocabulary_form(vocabulary, code, &form, err);
        }
        if (status == FH_OK) status = append(form, &after_word, out, err);
    }
    fh_buf_free(&literal);
    return status;
}

bool fh_texts_pass(fh_code_reader *from) {
    fh_buf literal = {0};
    for (uint32_t code; !from->bad && (code = fh_codes_take(from)) != FH_CODE_END;) {
        if (code == FH_CODE_SKIP) fh_codes_take_number(from);
        if (code == FH_CODE_LITERAL) fh_form_take(from, &literal);
        fh_buf_clear(&literal);
    }
    fh_buf_free(&literal);
    return !from->bad;
}

fh_status fh_texts_recode(fh_code_reader *from, fh_vocabulary *vocabulary, const uint32_t *translated,
                          fh_text_writer *to, fh_error *err) {
    fh_status status = FH_OK;
    while (status == FH_OK && !fh_codes_at_end(from)) {
        uint32_t code = fh_codes_take(from);
        fh_str form;
        if (from->bad) return damaged(err);
        if (code == FH_CODE_SKIP) {
            put_skip(to, (uint32_t)fh_codes_take_number(from));
        } else if (code == FH_CODE_END) {
            end_text(to);
        } else if (code == FH_CODE_LITERAL) {
            size_t start = to->forms.len;
            fh_form_take(from, &to->forms);
            if (fh_form_len(fh_str_slice(fh_buf_str(&to->forms), start, to->forms.len)) == 0)
                return damaged(err);
            let_wait(to);
        } else if (translated && translated[code]) {
            put_waiting(to);
            fh_codes_put(&to->codes, translated[code]);
        } else {
            status = fh_vocabulary_form(vocabulary, code, &form, err);
            if (status != FH_OK) break;
            fh_buf_add(&to->forms, form);
            let_wait(to);
        }
    }
    put_waiting(to);
    return status;
}
