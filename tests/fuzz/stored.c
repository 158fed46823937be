/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written comes back, and what was damaged is told. */
#include "tests/fuzz/fuzz.h"

#include "base/memory.h"
#include "base/utf8.h"
#include "store/positions.h"
#include "store/record.h"
#include "store/schema.h"
#include <stdlib.h>

/* ---- Terms ---- */

void fuzz_narrow(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    fh_str text = fuzz_text(input, arena);
    char *narrow = fh_alloc(text.len + 1), *wide = fh_alloc(FH_WIDEN_MOST * (text.len + input.len) + 1);
    size_t length = fh_narrow(text, narrow);
    must(length <= text.len);
    must(fh_str_equal((fh_str){wide, fh_widen((fh_str){narrow, length}, wide)}, text));
    for (size_t room = 0; room <= length && room < 40; room++) {
        size_t fits = fh_narrow_fitting((fh_str){narrow, length}, room);
        must(fits <= room && fits <= length);
        must_be_text((fh_str){wide, fh_widen((fh_str){narrow, fits}, wide)});
    }
    must(fh_widen(input, wide) <= FH_WIDEN_MOST * input.len); /* as a damaged term has it */
    free(narrow);
    free(wide);

    fh_term term, start, skip;
    fh_term_text word;
    for (fh_field field = 0; field < FH_FIELDS; field++) {
        fh_term_make(field, text, &term);
        fh_term_start(field, FH_STR(""), &start);
        must(term.len <= FH_TERM_MAX && fh_str_starts(fh_term_str(&term), fh_term_str(&start)));
        if (fh_term_word(field, fh_term_str(&term), &word, &skip)) {
            fh_term again;
            must_be_text((fh_str){word.bytes, word.len});
            fh_term_make(field, (fh_str){word.bytes, word.len}, &again);
            must(fh_str_equal(fh_term_str(&again), fh_term_str(&term)));
        }
        fh_term_start(field, text, &start);
        must(start.len <= FH_TERM_MAX);
        fh_buf damaged = {0};
        fh_term_start(field, FH_STR(""), &start);
        fh_buf_add(&damaged, fh_term_str(&start));
        fh_buf_add(&damaged, fh_str_slice(input, 0, input.len < 100 ? input.len : 100));
        fh_term_word(field, fh_buf_str(&damaged), &word, &skip);
        fh_buf_free(&damaged);
    }
    fh_arena_free(arena);
}

/* ---- Packing ---- */

static fh_codec *new_codec(void) {
    fh_codec *codec;
    fh_error err;
    must(fh_codec_new(&codec, &err) == FH_OK);
    return codec;
}

static void round_trips(fh_codec *codec, fh_str text, fh_str dictionary) {
    fh_buf scsu = {0}, packed = {0};
    fh_error err = {0};
    must(fh_codec_to_scsu(codec, text, &scsu, &err) == FH_OK);
    char *back = fh_alloc(text.len + scsu.len + 1);
    must(fh_codec_from_scsu(codec, fh_buf_str(&scsu), back, text.len, &err) == FH_OK);
    must(fh_str_equal((fh_str){back, text.len}, text));
    fh_codec_prime(codec, dictionary);
    fh_codec_deflate(codec, fh_buf_str(&scsu), &packed);
    must(fh_codec_inflate(codec, dictionary, fh_buf_str(&packed), back, scsu.len, &err) == FH_OK);
    must(fh_str_equal((fh_str){back, scsu.len}, fh_buf_str(&scsu)));
    free(back);
    fh_buf_free(&scsu);
    fh_buf_free(&packed);
}

/* How long it should be (two bytes), then text, or what was packed, or a dictionary. */
void fuzz_codec(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    fh_codec *codec = new_codec();
    fh_error err = {0};
    size_t len = fuzz_byte(&input);
    len = len << 8 | fuzz_byte(&input);
    fh_str dictionary = fh_str_slice(input, 0, input.len / 2);
    round_trips(codec, fuzz_text(input, arena), dictionary);
    char *out = fh_alloc(len + 1);
    fh_status status = fh_codec_from_scsu(codec, input, out, len, &err);
    if (status) {
        must_be_error(status, &err);
    } else {
        must_be_text((fh_str){out, len});
    }
    status = fh_codec_inflate(codec, FH_STR(""), input, out, len, &err);
    if (status) must_be_error(status, &err);
    status = fh_codec_inflate(codec, dictionary, input, out, len, &err);
    if (status) must_be_error(status, &err);
    fh_buf scsu = {0};
    status = fh_codec_to_scsu(codec, input, &scsu, &err);
    must((status == FH_OK) == (fh_utf8_invalid(input) == SIZE_MAX));
    fh_buf_free(&scsu);
    free(out);
    fh_codec_free(codec);
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

static bool read_back(fh_codec *codec, fh_str bytes, fh_str plain, fh_arena *arena, fh_article *out) {
    fh_record record;
    fh_error err = {0};
    fh_buf inflated = {0};
    must(fh_record_read(bytes, &record, &err) == FH_OK);
    must(fh_record_inflate(codec, &record, FH_STR(""), &inflated, &err) == FH_OK);
    must(fh_str_equal(fh_buf_str(&inflated), plain));
    record.entities = FH_STR("a\x1f"
                             "country-eg\x1f");
    fh_status status = fh_record_article(codec, &record, plain, arena, out, &err);
    if (status) must_be_error(status, &err);
    fh_buf_free(&inflated);
    return status == FH_OK;
}

static void read_hostile(fh_codec *codec, fh_str bytes, fh_arena *arena) {
    fh_record record;
    fh_article article;
    fh_error err = {0};
    fh_buf plain = {0};
    fh_status status = fh_record_read(bytes, &record, &err);
    if (!status) status = fh_record_inflate(codec, &record, FH_STR("dictionary"), &plain, &err);
    if (!status) status = fh_record_article(codec, &record, fh_buf_str(&plain), arena, &article, &err);
    if (status) must_be_error(status, &err);
    fh_buf_free(&plain);
}

/* The plain bytes of a record, or a whole one; an article made of its lines. */
void fuzz_record(fh_str input, const void *what) {
    (void)what;
    fh_arena *arena = fh_arena_new();
    fh_codec *codec = new_codec();
    fh_buf packed = {0}, plain = {0}, second = {0};
    fh_article article, back;
    fh_error err = {0};
    read_hostile(codec, input, arena);
    fh_codec_prime(codec, FH_STR(""));
    fh_record_pack(codec, &(fh_record_head){FH_STR("id"), FH_STR("")}, 0, input, &packed);
    if (read_back(codec, fh_buf_str(&packed), input, arena, &article)) {
        must_be_stored_article(&article);
        must(fh_record_flatten(codec, &article, FH_STR(""), &plain, &err) == FH_OK);
        must(fh_record_article(codec, &(fh_record){.id = FH_STR("id")}, fh_buf_str(&plain), arena, &back,
                               &err) == FH_OK);
        must_be_stored_article(&back);
        must(fh_record_flatten(codec, &back, FH_STR(""), &second, &err) == FH_OK);
        must(fh_str_equal(fh_buf_str(&plain), fh_buf_str(&second)));
    }
    fh_str rest = fuzz_text(input, arena), words[] = {fuzz_line(&rest), fuzz_line(&rest)};
    fh_article made = {.title = fuzz_line(&rest), .url = fuzz_line(&rest), .body = rest};
    made.keywords = (fh_strs){words, 2};
    fh_buf_clear(&plain);
    fh_buf_clear(&packed);
    must(fh_record_flatten(codec, &made, FH_STR(""), &plain, &err) == FH_OK);
    fh_record_pack(codec, &(fh_record_head){FH_STR("id"), FH_STR("")}, 0, fh_buf_str(&plain), &packed);
    must(read_back(codec, fh_buf_str(&packed), fh_buf_str(&plain), arena, &back));
    must(fh_str_equal(back.body, made.body) && fh_str_equal(back.title, made.title));
    must(back.keywords.count == 2 && fh_str_equal(back.keywords.items[1], words[1]));
    fh_buf_free(&packed);
    fh_buf_free(&plain);
    fh_buf_free(&second);
    fh_codec_free(codec);
    fh_arena_free(arena);
}

/* Packed positions as they are; and postings, two bytes each, of which a row that is there must be found. */
void fuzz_positions(fh_str input, const void *what) {
    (void)what;
    enum { ROW = 3, WORDS = 64 };
    static const fh_str names[] = {FH_STR("أ"), FH_STR("ب"), FH_STR("ج"),
                                   FH_STR("د"), FH_STR("ه"), FH_STR("و")};
    fh_phrase_word words[ROW];
    fh_phrase phrase = {FH_FIELD_WORD, true, ROW, ROW, words};
    for (size_t i = 0; i < ROW; i++) words[i].hash = fh_position_word(names[i]);
    fh_positions_are_whole(input);
    fh_positions_match(input, &phrase);

    fh_posting postings[WORDS];
    size_t count = 0;
    for (uint32_t position = 0; input.len > 1 && count < WORDS; count++) {
        position += 1 + fuzz_byte(&input) / 16;
        postings[count] = (fh_posting){FH_FIELD_WORD, position, 1, names[fuzz_byte(&input) % 6]};
    }
    fh_buf packed = {0};
    fh_position_packer *packer = fh_position_packer_new();
    fh_positions_pack(packer, postings, count, &packed);
    must(fh_positions_are_whole(fh_buf_str(&packed)));
    for (size_t i = 0; i + ROW <= count; i++) {
        for (size_t j = 0; j < ROW; j++) words[j].hash = fh_position_word(postings[i + j].word);
        phrase.window = postings[i + ROW - 1].position - postings[i].position + 1;
        must(fh_positions_match(fh_buf_str(&packed), &phrase));
    }
    fh_position_packer_free(packer);
    fh_buf_free(&packed);
}
