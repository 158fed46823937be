/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of words are followed while the codes are read, once and in order; nothing is kept but how far back
 * each row reaches.  Nothing is read behind the last row that there can be: where one of the words has come
 * as often as the document has it, and the window is over. */
#include "store/text/phrase.h"
#include "base/memory.h"
#include "store/text/narrow.h"
#include "store/text/texts.h"
#include <stdlib.h>

uint64_t fh_phrase_hash(fh_str word) {
    char *narrow = fh_alloc(word.len + 1);
    uint64_t hash = fh_found_hash((fh_str){narrow, fh_narrow(word, narrow)});
    free(narrow);
    return hash;
}

/* ---- Matching ---- */

/* `reach` of a word is where the first word stands of the latest row of words that ends with it.  What came
 * to be so at this same position does not count for the next word: they cannot stand in one place. */
static bool extend_rows(fh_phrase *phrase, uint64_t hash, uint32_t position) {
    for (size_t i = phrase->count; i-- > 0;) {
        fh_phrase_word *word = &phrase->words[i];
        if (word->hash != hash) continue;
        uint32_t start = position;
        if (i > 0) start = word[-1].fresh == position ? word[-1].before : word[-1].reach;
        if (start == 0) continue;
        if (word->fresh != position) word->before = word->reach;
        word->fresh = position;
        word->reach = start;
        if (i + 1 == phrase->count && position - start < phrase->window) return true;
    }
    return false;
}

/* `reach` of a word is where it stood last; of one that is looked for twice, the other has the time before.
 */
static bool extend_reach(fh_phrase *phrase, uint64_t hash, uint32_t position) {
    uint32_t passed_on = position, least = position;
    for (size_t i = 0; i < phrase->count; i++) {
        fh_phrase_word *word = &phrase->words[i];
        if (word->hash == hash) {
            uint32_t last = word->reach;
            word->reach = passed_on;
            passed_on = last;
        }
        if (word->reach < least) least = word->reach;
    }
    return least > 0 && position - least < phrase->window;
}

/* ---- Reading ---- */

typedef struct search {
    fh_phrase *phrase;
    uint8_t steps[FH_SIGNS]; /* by the sign of a code: how many words it is, if it is none of those */
    fh_vocabulary *vocabulary;
    const uint8_t *signs;
    fh_code_reader from;
    uint32_t position, last; /* where a row can end */
    bool counting;           /* words stand where they are read, and nowhere else */
    fh_buf literal;
    bool found;
} search;

/* No row begins behind the last time that one of its words comes. */
static void count_down(search *s, uint64_t hash) {
    uint32_t further = s->phrase->window - 1, end = s->position + further;
    if (end < further) end = UINT32_MAX;
    for (size_t i = 0; i < s->phrase->count; i++) {
        fh_phrase_word *word = &s->phrase->words[i];
        if (word->hash == hash && ++word->met == word->times && end < s->last) s->last = end;
    }
}

static void visit(search *s, uint64_t hash) {
    if (s->steps[fh_sign_of(hash)] != FH_STEP_STOP) return;
    if (s->counting) count_down(s, hash);
    s->found = s->phrase->ordered ? extend_rows(s->phrase, hash, s->position)
                                  : extend_reach(s->phrase, hash, s->position);
}

static void visit_list(search *s, fh_str list) {
    fh_found found;
    while (!s->found && fh_form_next(&list, &found)) {
        s->position += found.step;
        visit(s, fh_found_hash(found.word));
    }
}

static void visit_form(search *s, fh_str bytes) {
    fh_form_parts form;
    if (!fh_form_read(bytes, &form)) {
        s->from.bad = true;
    } else if (form.foretold) {
        s->position++;
        visit(s, fh_form_hash(&form));
    } else {
        visit_list(s, form.list);
    }
}

static fh_status visit_code(search *s, uint32_t code, fh_error *err) {
    uint8_t step = s->steps[s->signs[code]];
    if (step != FH_STEP_STOP) {
        s->position += step;
        return FH_OK;
    }
    uint64_t hash;
    fh_str form;
    fh_status status = fh_vocabulary_hash(s->vocabulary, code, &hash, err);
    if (status != FH_OK || hash == FH_FOUND_NONE) return status;
    if (hash == FH_FOUND_LISTED) {
        status = fh_vocabulary_form(s->vocabulary, code, &form, err);
        if (status == FH_OK) visit_form(s, form);
        return status;
    }
    s->position++;
    visit(s, hash);
    return FH_OK;
}

static bool is_over(const search *s) {
    return s->found || s->from.bad || s->position > s->last;
}

/* Reads one text, or as far as the words are found or cannot be.  What is known not to be looked for is
 * passed without a look at the vocabulary. */
static fh_status search_text(search *s, fh_error *err) {
    fh_status status = FH_OK;
    while (status == FH_OK && !is_over(s)) {
        s->position += fh_codes_pass(&s->from, s->signs, s->steps, s->last - s->position);
        uint32_t code = fh_codes_take(&s->from);
        if (code == FH_CODE_END) break;
        if (code == FH_CODE_SKIP) {
            s->position += (uint32_t)fh_codes_take_number(&s->from);
        } else if (code == FH_CODE_LITERAL) {
            fh_buf_clear(&s->literal);
            fh_form_take(&s->from, &s->literal);
            visit_form(s, fh_buf_str(&s->literal));
        } else {
            status = visit_code(s, code, err);
        }
    }
    return status;
}

static void choose_steps(search *s) {
    memset(s->steps, 1, sizeof s->steps);
    s->steps[FH_SIGN_NONE] = 0;
    s->steps[FH_SIGN_UNKNOWN] = s->steps[FH_SIGN_LISTED] = FH_STEP_STOP;
    for (size_t i = 0; i < s->phrase->count; i++) {
        fh_phrase_word *word = &s->phrase->words[i];
        *word = (fh_phrase_word){.hash = word->hash, .times = word->times};
        s->steps[fh_sign_of(word->hash)] = FH_STEP_STOP;
    }
}

static bool holds(const fh_record *record, size_t text, fh_field field) {
    fh_field its = record->fields[text];
    return its == field ||
           (text == 0 && its == FH_FIELD_WORD && field == FH_FIELD_TITLE && record->title_field);
}

/* Are there words of the field beside the texts?  Their positions are among those of the texts. */
static bool stands_beside(const fh_record *record, fh_field field) {
    for (size_t i = FH_TEXTS_PLACED; i < record->placed; i++)
        if (holds(record, i, field)) return true;
    return false;
}

fh_status fh_phrase_match(fh_phrase *phrase, const fh_record *record, fh_vocabulary *vocabulary, bool *out,
                          fh_error *err) {
    search s = {.phrase = phrase,
                .vocabulary = vocabulary,
                .signs = fh_vocabulary_signs(vocabulary),
                .last = UINT32_MAX,
                .counting = !stands_beside(record, phrase->field),
                .from = fh_codes_over(record->codes)};
    choose_steps(&s);
    fh_status status = FH_OK;
    for (size_t i = 0; status == FH_OK && i < record->placed && !is_over(&s); i++) {
        if (i >= FH_TEXTS_PLACED) s.position = 0; /* what stands beside the texts counts from the beginning */
        if (holds(record, i, phrase->field))
            status = search_text(&s, err);
        else
            fh_texts_pass(&s.from);
    }
    fh_buf_free(&s.literal);
    if (status == FH_OK && s.from.bad) return fh_record_damaged(record, err);
    if (status == FH_OK) *out = s.found;
    return status;
}
