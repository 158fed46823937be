/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written comes back, and what was damaged is told. */
#include "tests/fuzz/fuzz.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "store/glass/crc.h"
#include "store/schema.h"
#include "store/text/phrase.h"
#include "store/text/record.h"
#include "store/text/texts.h"
#include <stdlib.h>

static void add_sum(fh_str of, fh_buf *out) {
    char sum[FH_CRC_BYTES];
    fh_crc_put(fh_crc(of), sum);
    fh_buf_add(out, (fh_str){sum, sizeof sum});
}

/* ---- Vocabularies ---- */

/* One page of a vocabulary, whose sum is right. */
static fh_status read_page(void *context, uint32_t vocabulary, uint32_t page, fh_buf *out, fh_error *err) {
    const fh_str *forms = context;
    (void)vocabulary;
    (void)err;
    if (page > 0 || forms->len == 0) return FH_OK;
    add_sum(*forms, out);
    fh_buf_add(out, *forms);
    return FH_OK;
}

/* The same, as it is. */
static fh_status read_bytes(void *context, uint32_t vocabulary, uint32_t page, fh_buf *out, fh_error *err) {
    (void)vocabulary;
    (void)err;
    if (page == 0) fh_buf_add(out, *(const fh_str *)context);
    return FH_OK;
}

static fh_status keep_page(void *context, uint32_t page, fh_str bytes, fh_error *err) {
    fh_buf *out = context;
    (void)err;
    if (page == 0) fh_buf_add(out, bytes);
    return FH_OK;
}

/* Every form with a code is one, and says where it ends. */
static uint32_t read_forms(fh_vocabulary *of) {
    uint32_t count = 0;
    fh_error err = {0};
    fh_str form;
    for (;; count++) {
        uint64_t hash;
        fh_form_parts parts;
        fh_status status = fh_vocabulary_form(of, FH_CODE_SIGNS + count, &form, &err);
        if (status) {
            must_be_error(status, &err);
            break;
        }
        must(form.len <= FH_FORM_MOST && fh_form_len(form) == form.len && fh_form_read(form, &parts));
        must(fh_vocabulary_hash(of, FH_CODE_SIGNS + count, &hash, &err) == FH_OK);
        must((hash == FH_FOUND_NONE) == !parts.word);
    }
    return count;
}

/* A page as it is kept, and what stands in one; what is taken of it is kept as it was. */
void fuzz_vocabulary(fh_str input, const void *what) {
    (void)what;
    fh_error err = {0};
    fh_coiner *coiner = NULL;
    fh_vocabulary *as_is = fh_vocabulary_new(read_bytes, &input);
    read_forms(as_is);
    fh_vocabulary_free(as_is);

    fh_vocabulary *of = fh_vocabulary_new(read_page, &input);
    uint32_t count = read_forms(of);
    fh_status status = fh_coiner_new(of, &coiner, &err);
    if (status) {
        must_be_error(status, &err);
        must(count == 0);
    } else {
        fh_buf kept = {0};
        fh_str form = {0}, mine = FH_STR("\x08zz");
        for (uint32_t i = 0; i < count; i++) {
            must(fh_vocabulary_form(of, FH_CODE_SIGNS + i, &form, &err) == FH_OK);
            fh_buf copy = {0};
            fh_buf_add(&copy, form);
            must(fh_coiner_meet(coiner, fh_buf_str(&copy)) != 0);
            fh_buf_free(&copy);
        }
        for (unsigned i = 0; i < 1000; i++) fh_coiner_meet(coiner, mine);
        must(fh_coiner_meet(coiner, mine) != 0);
        must(fh_vocabulary_keep(of, keep_page, &kept, &err) == FH_OK);
        if (kept.len > 0) must(fh_str_ends(fh_buf_str(&kept), mine));
        fh_buf_free(&kept);
    }
    fh_coiner_free(coiner);
    fh_vocabulary_free(of);
}

/* ---- Texts ---- */

/* Takes some forms off: those of the first page of a vocabulary. */
static fh_str take_forms(fh_str *input) {
    size_t len = fuzz_byte(input);
    fh_str forms = fh_str_slice(*input, 0, len < input->len ? len : input->len);
    *input = fh_str_slice(*input, forms.len, input->len);
    size_t whole = 0;
    for (unsigned count = 0; count < 80 - FH_CODE_SIGNS; count++) {
        size_t next = fh_form_len(fh_str_slice(forms, whole, forms.len));
        if (next == 0 || next > FH_FORM_MOST) break;
        whole += next;
    }
    return fh_str_slice(forms, 0, whole);
}

static void read_codes(fh_str codes, fh_vocabulary *of) {
    fh_code_reader from = fh_codes_over(codes), past = from, all = from;
    fh_buf text = {0}, again = {0};
    fh_error err = {0};
    fh_status status = FH_OK;
    while (status == FH_OK && !fh_codes_at_end(&from)) {
        status = fh_texts_take(&from, of, &text, &err);
        bool passed = fh_texts_pass(&past);
        must(status != FH_OK || (passed && past.at == from.at));
    }
    if (status) must_be_error(status, &err);
    fh_text_writer to = fh_text_writer_new(NULL, &again);
    fh_status recoded = fh_texts_recode(&all, of, NULL, &to, &err);
    must(status != FH_OK || recoded == FH_OK);
    fh_code_reader second = fh_codes_over(fh_buf_str(&again));
    fh_buf same = {0};
    while (status == FH_OK && !fh_codes_at_end(&second))
        must(fh_texts_take(&second, of, &same, &err) == FH_OK);
    if (status == FH_OK) must(fh_str_equal(fh_buf_str(&text), fh_buf_str(&same)));
    fh_text_writer_free(&to);
    fh_buf_free(&text);
    fh_buf_free(&again);
    fh_buf_free(&same);
}

/* Words of a text at bytes that the input says, as an analyser would find them. */
static fh_document place(fh_article *article, fh_str *input, fh_posting *postings, size_t most) {
    size_t count = 0;
    uint32_t position = 0;
    for (uint8_t part = FH_PART_TITLE;; part = FH_PART_BODY) {
        fh_str text = part == FH_PART_TITLE ? article->title : article->body;
        for (size_t at = 0; at < text.len && input->len > 0 && count < most; count++) {
            unsigned how = fuzz_byte(input);
            size_t start = at + fh_utf8_cut(fh_str_slice(text, at, text.len), how % 4).len;
            fh_str word = fh_utf8_cut(fh_str_slice(text, start, text.len), 4 + how / 8);
            position += how % 16 == 15 ? 300 : how % 8 == 7 ? 0 : 1;
            if (position == 0) position = 1;
            fh_posting *to = &postings[count];
            *to = (fh_posting){.field = how % 32 == 31 ? FH_FIELD_AUTHOR : FH_FIELD_WORD,
                               .position = position,
                               .weight = 1,
                               .word = how % 64 == 63 ? FH_STR("\xd9\x84") : word,
                               .start = (uint32_t)start,
                               .end = (uint32_t)(start + word.len),
                               .part = part};
            at = how % 128 < 120 ? start + word.len : start;
            if (word.len == 0) at = text.len;
        }
        if (part == FH_PART_BODY) break;
    }
    return (fh_document){.article = article, .postings = postings, .posting_count = count};
}

enum { MOST_POSTINGS = 300 };

/* How many bytes of forms, the forms, then codes of texts; the same as a text, and where its words stand. */
void fuzz_texts(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    fh_posting postings[MOST_POSTINGS];
    fh_placing placing = {0};
    fh_buf codes = {0};
    fh_error err = {0};
    fh_coiner *coiner = NULL;
    fh_str forms = take_forms(&input), text = fuzz_text(input, arena);
    fh_vocabulary *of = fh_vocabulary_new(read_page, &forms);
    read_codes(input, of);
    must(fh_coiner_new(of, &coiner, &err) == FH_OK);
    fh_article article = {.title = FH_STR("\xd9\x84 a"), .body = text};
    fh_document document = place(&article, &input, postings, MOST_POSTINGS);
    fh_placing_take(&placing, &document);
    fh_text_writer to = fh_text_writer_new(coiner, &codes);
    for (unsigned i = 0; i < 3; i++) {
        uint32_t position = 0;
        fh_texts_put_placed(&to, text, &placing.body, &position);
        fh_texts_put_plain(&to, text);
        fh_texts_put_name(&to, text);
        fh_texts_put_address(&to, text);
    }
    fh_code_reader from = fh_codes_over(fh_buf_str(&codes));
    for (unsigned i = 0; i < 12; i++) {
        fh_buf back = {0};
        must(fh_texts_take(&from, of, &back, &err) == FH_OK);
        must(fh_str_equal(fh_buf_str(&back), text));
        fh_buf_free(&back);
    }
    must(fh_codes_at_end(&from));
    fh_text_writer_free(&to);
    fh_placing_free(&placing);
    fh_coiner_free(coiner);
    fh_vocabulary_free(of);
    fh_buf_free(&codes);
    fh_arena_free(arena);
}

/* ---- Records ---- */

static void must_be_stored_article(const fh_article *article) {
    const fh_str texts[] = {article->id,     article->url,      article->title,   article->source,
                            article->wire,   article->author,   article->section, article->language,
                            article->parent, article->dateline, article->edition, article->embargo,
                            article->body};
    for (size_t i = 1; i < sizeof texts / sizeof *texts; i++) must_be_text(texts[i]);
    for (size_t i = 0; i < article->keywords.count; i++) must_be_text(article->keywords.items[i]);
    for (size_t i = 0; i < article->related.count; i++) must_be_text(article->related.items[i]);
    for (size_t i = 0; i < article->entity_count; i++) {
        const fh_entity_mark *mark = &article->entities[i];
        fh_str text = mark->part == FH_PART_TITLE ? article->title : article->body;
        must_be_text(mark->entity);
        must(mark->start <= mark->end && mark->end <= text.len);
        must_be_text(fh_str_slice(text, mark->start, mark->end));
    }
}

/* A vocabulary that grows, and what writes in it. */
typedef struct writing {
    fh_str forms;
    fh_vocabulary *vocabulary;
    fh_coiner *coiner;
    fh_placing placing;
    fh_buf text;
} writing;

static void begin_writing(writing *w, fh_str forms) {
    fh_error err;
    *w = (writing){.forms = forms};
    w->vocabulary = fh_vocabulary_new(read_page, &w->forms);
    must(fh_coiner_new(w->vocabulary, &w->coiner, &err) == FH_OK);
}

static void end_writing(writing *w) {
    fh_placing_free(&w->placing);
    fh_buf_free(&w->text);
    fh_coiner_free(w->coiner);
    fh_vocabulary_free(w->vocabulary);
}

static bool read_back(writing *w, fh_str bytes, fh_arena *arena, fh_article *out) {
    fh_record record;
    fh_error err = {0};
    fh_status status = fh_record_read(bytes, &record, &err);
    record.entities = FH_STR("a\x1f"
                             "country-eg\x1f");
    if (!status) status = fh_record_article(&record, w->vocabulary, &w->text, arena, out, &err);
    if (status) must_be_error(status, &err);
    return status == FH_OK;
}

/* Packs it twice: literal for the most part, then coded. */
static void must_come_back(writing *w, const fh_document *document, fh_arena *arena) {
    const fh_article *article = document->article;
    fh_error err = {0};
    fh_article back;
    for (unsigned i = 0; i < 2; i++) {
        fh_buf packed = {0};
        must(fh_record_pack(document, w->coiner, 0, &w->placing, &packed, &err) == FH_OK);
        must(read_back(w, fh_buf_str(&packed), arena, &back));
        must_be_stored_article(&back);
        must(fh_str_equal(back.title, article->title) && fh_str_equal(back.body, article->body));
        must(fh_str_equal(back.url, article->url));
        must(back.keywords.count == article->keywords.count && back.entity_count == article->entity_count);
        for (size_t k = 0; k < back.keywords.count; k++)
            must(fh_str_equal(back.keywords.items[k], article->keywords.items[k]));
        fh_buf_free(&packed);
    }
}

/* What a record holds, under a head whose sum is right. */
static void seal(fh_str held, fh_buf *out) {
    fh_buf record = {0};
    fh_buf_add(&record, FH_STR("\x02id\x01"));
    fh_buf_add_char(&record, '\0');
    fh_buf_add(&record, held);
    add_sum(fh_buf_str(&record), out);
    fh_buf_add(out, fh_buf_str(&record));
    fh_buf_free(&record);
}

/* Forms, then a whole record, or what one holds; an article made of its lines. */
void fuzz_record(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    writing w;
    fh_buf sealed = {0};
    fh_article article;
    fh_posting postings[MOST_POSTINGS];
    begin_writing(&w, take_forms(&input));
    if (read_back(&w, input, arena, &article)) must_be_stored_article(&article);
    seal(input, &sealed);
    if (read_back(&w, fh_buf_str(&sealed), arena, &article)) {
        must_be_stored_article(&article);
        must_come_back(&w, &(fh_document){.article = &article}, arena);
    }
    fh_str rest = fuzz_text(input, arena), words[] = {fuzz_line(&rest), fuzz_line(&rest)};
    fh_article made = {.title = fuzz_line(&rest), .url = fuzz_line(&rest), .body = rest};
    made.keywords = (fh_strs){words, 2};
    fh_document document = place(&made, &input, postings, MOST_POSTINGS);
    must_come_back(&w, &document, arena);
    fh_buf_free(&sealed);
    end_writing(&w);
    fh_arena_free(arena);
}

/* ---- Phrases ---- */

static bool matches(writing *w, fh_str bytes, fh_phrase *phrase) {
    fh_record record;
    fh_error err = {0};
    bool found = false;
    fh_status status = fh_record_read(bytes, &record, &err);
    if (!status) status = fh_phrase_match(phrase, &record, w->vocabulary, &found, &err);
    if (status) must_be_error(status, &err);
    return found;
}

/* Forms, then what a record holds; the same as a text and where its words stand, of which a row that is there
 * must be found. */
void fuzz_phrase(fh_str input, const void *what) {
    (void)what;
    enum { ROW = 3 };
    fh_arena *arena = fh_arena_new();
    writing w;
    fh_buf bytes = {0};
    fh_error err = {0};
    fh_posting postings[MOST_POSTINGS];
    fh_phrase_word words[ROW] = {{.hash = fh_phrase_hash(FH_STR("a"))},
                                 {.hash = fh_phrase_hash(FH_STR("\xd9\x84"))},
                                 {.hash = fh_phrase_hash(FH_STR("a"))}};
    fh_phrase phrase = {FH_FIELD_WORD, true, 2 * ROW, ROW, words};
    begin_writing(&w, take_forms(&input));
    seal(input, &bytes);
    for (unsigned i = 0; i < 4; i++) {
        phrase.ordered = i % 2;
        phrase.field = i / 2 ? FH_FIELD_TITLE : FH_FIELD_WORD;
        matches(&w, fh_buf_str(&bytes), &phrase);
    }
    phrase.field = FH_FIELD_WORD;

    fh_article article = {.title = FH_STR("a b c"), .body = fuzz_text(input, arena)};
    fh_document document = place(&article, &input, postings, MOST_POSTINGS);
    fh_buf_clear(&bytes);
    must(fh_record_pack(&document, w.coiner, 0, &w.placing, &bytes, &err) == FH_OK);
    for (size_t i = 0; i + ROW <= document.posting_count; i++) {
        const fh_posting *row = &postings[i];
        bool together = true;
        for (size_t j = 0; j < ROW; j++) {
            words[j].hash = fh_phrase_hash(row[j].word);
            together = together && row[j].field == FH_FIELD_WORD;
            phrase.ordered = j == 0 || (phrase.ordered && row[j].position > row[j - 1].position);
        }
        phrase.window = row[ROW - 1].position - row[0].position + 1;
        if (together) must(matches(&w, fh_buf_str(&bytes), &phrase));
    }
    fh_buf_free(&bytes);
    end_writing(&w);
    fh_arena_free(arena);
}
