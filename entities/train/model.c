/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recognisers from and to text. */
#include "entities/train/model.h"

#include "base/memory.h"
#include "entities/facts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SLOT_BITS = 16, MAX_FACTS = (1 << SLOT_BITS) / 4 * 3, MAX_DEPTH = 32, KEY_DIGITS = 8 };
enum { BUCKETS = 1 << FH_SHIFT_BITS, SLOTS = 1 << FH_SLOT_BITS, MAX_ROWS = SLOTS / 8 * 7 };

static void point(fh_model *model) {
    model->tables = (fh_recogniser){
        .facts = {model->slots, model->classes, (1u << SLOT_BITS) - 1, (uint32_t)model->class_count},
        .shifts = model->shifts,
        .marks = model->marks,
        .weights = (const int8_t(*)[FH_LANES])model->weights,
        .steps = (const int16_t(*)[FH_LABELS])model->steps,
    };
}

fh_model *fh_model_new(void) {
    fh_model *model = fh_alloc_zeroed(1, sizeof *model);
    model->class_count = 1;
    model->slots = fh_alloc_zeroed((size_t)1 << SLOT_BITS, sizeof *model->slots);
    model->shifts = fh_alloc_zeroed(BUCKETS, sizeof *model->shifts);
    model->marks = fh_alloc_zeroed(SLOTS, sizeof *model->marks);
    model->weights = fh_alloc_zeroed(SLOTS, sizeof *model->weights);
    point(model);
    return model;
}

void fh_model_free(fh_model *model) {
    if (!model) return;
    free(model->slots);
    free(model->shifts);
    free(model->marks);
    free(model->weights);
    free(model);
}

/* ---- Lines ---- */

typedef struct lines {
    fh_str rest;
    const char *name;
    size_t number;
} lines;

/* The next line that says something. */
static bool next_line(lines *l, fh_str *out) {
    while (fh_str_line(&l->rest, out)) {
        l->number++;
        if (out->len > 0 && out->ptr[0] != '#') return true;
    }
    return false;
}

static fh_status wrong(const lines *l, fh_status status, const char *hint, const char *what, fh_error *err) {
    fh_fail(err, status, NULL, hint, "%s", what);
    snprintf(err->where, sizeof err->where, "%s:%zu", l->name, l->number);
    return status;
}

/* Cuts the text up to the next `sign` off `*rest`. */
static fh_str cut(fh_str *rest, const char *sign) {
    size_t at = fh_str_find(*rest, fh_str_from(sign), 0);
    size_t end = at == SIZE_MAX ? rest->len : at;
    fh_str part = fh_str_slice(*rest, 0, end);
    *rest = fh_str_slice(*rest, at == SIZE_MAX ? end : end + 1, rest->len);
    return part;
}

/* ---- Facts ---- */

/* The slot of a word, a free one if nothing is known of it; NULL: there is no room. */
static uint32_t *fact_slot(fh_model *model, fh_str folded) {
    fh_text_word word = {.count = 0};
    fh_text_word_spell(folded, &word);
    uint64_t hash = fh_word_hash(word.letters);
    uint32_t mark = fh_fact_mark(hash), mask = (1u << SLOT_BITS) - 1;
    for (uint32_t slot = (uint32_t)hash;; slot++) {
        uint32_t *fact = &model->slots[slot & mask];
        if (*fact && (*fact ^ mark) >> FH_FACT_BITS) continue;
        if (!*fact && model->fact_count++ >= MAX_FACTS) return NULL;
        *fact |= mark;
        return fact;
    }
}

static bool read_path(fh_str text, fh_word_class *out) {
    *out = (fh_word_class){.depth = (uint8_t)text.len};
    if (text.len == 0 || text.len > MAX_DEPTH) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '0' && text.ptr[i] != '1') return false;
        out->path = out->path << 1 | (text.ptr[i] == '1');
    }
    return true;
}

static const char *const too_many = "a recogniser has room for fewer words and classes";

fh_status fh_model_read_classes(fh_model *model, fh_str text, const char *name, fh_error *err) {
    lines l = {text, name, 0};
    for (fh_str line; next_line(&l, &line);) {
        if (model->class_count > FH_FACT_MAX_CLASS)
            return wrong(&l, FH_ERR_LIMIT, too_many, "there are too many classes", err);
        fh_word_class *class = &model->classes[model->class_count];
        if (!read_path(cut(&line, "\t"), class))
            return wrong(&l, FH_ERR_INPUT, "a line is the digits 0 and 1, a tab, and words",
                         "this is no path of a class", err);
        while (line.len > 0) {
            uint32_t *fact = fact_slot(model, cut(&line, " "));
            if (!fact) return wrong(&l, FH_ERR_LIMIT, too_many, "there are too many words", err);
            *fact |= (uint32_t)model->class_count;
        }
        class->number = (uint16_t)model->class_count++;
        model->tables.facts.class_count++;
    }
    return FH_OK;
}

fh_status fh_model_read_sport(fh_model *model, fh_str text, const char *name, fh_error *err) {
    lines l = {text, name, 0};
    fh_arena *arena = fh_arena_new();
    fh_status status = FH_OK;
    for (fh_str line; status == FH_OK && next_line(&l, &line);) {
        uint32_t *fact = fact_slot(model, fh_fold_word(FH_STEMMER_NONE, line, arena));
        if (fact)
            *fact |= FH_FACT_SPORT;
        else
            status = wrong(&l, FH_ERR_LIMIT, too_many, "there are too many words", err);
    }
    fh_arena_free(arena);
    return status;
}

/* ---- Weights ---- */

typedef struct feature_row {
    uint32_t key;
    int8_t weights[FH_LANES];
} feature_row;

typedef struct feature_rows {
    feature_row *items;
    size_t count, capacity;
} feature_rows;

/* A number at the beginning of `*text`, which it is cut off; false: there is none, or it is out of bounds. */
static bool read_number(fh_str *text, long low, long high, long *out) {
    size_t at = text->len > 0 && text->ptr[0] == '-', first = at;
    long value = 0;
    for (; at < text->len && text->ptr[at] >= '0' && text->ptr[at] <= '9' && value <= high; at++)
        value = 10 * value + text->ptr[at] - '0';
    if (at == first) return false;
    *out = first ? -value : value;
    *text = fh_str_slice(*text, at, text->len);
    return *out >= low && *out <= high;
}

static bool read_key(fh_str text, uint32_t *out) {
    static const char digits[] = "0123456789abcdef";
    *out = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *digit = memchr(digits, text.ptr[i], sizeof digits - 1);
        if (!digit) return false;
        *out = *out << 4 | (uint32_t)(digit - digits);
    }
    return text.len == KEY_DIGITS;
}

/* A key, a tab, then for each weight that is not 0 the letter of its label and its number. */
static bool read_feature(fh_str line, feature_row *out) {
    memset(out, 0, sizeof *out);
    if (!read_key(cut(&line, "\t"), &out->key)) return false;
    while (line.len > 0) {
        unsigned label = (unsigned)(line.ptr[0] - 'a');
        long value;
        line = fh_str_slice(line, 1, line.len);
        if (label >= FH_LABELS || !read_number(&line, INT8_MIN, INT8_MAX, &value)) return false;
        out->weights[label] = (int8_t)value;
    }
    return true;
}

/* The word "steps", then a number for each label, with tabs between. */
static bool read_steps(fh_str line, int16_t out[FH_LABELS]) {
    if (!fh_str_equal(cut(&line, "\t"), FH_STR("steps"))) return false;
    for (size_t l = 0; l < FH_LABELS; l++) {
        fh_str number = cut(&line, "\t");
        long value;
        if (!read_number(&number, INT16_MIN, INT16_MAX, &value) || number.len > 0) return false;
        out[l] = (int16_t)value;
    }
    return line.len == 0;
}

static fh_status read_rows(fh_model *model, lines *l, feature_rows *rows, fh_error *err) {
    size_t labels = 0;
    for (fh_str line; next_line(l, &line);) {
        feature_row row;
        if (labels < FH_LABELS) {
            if (!read_steps(line, model->steps[labels++]))
                return wrong(l, FH_ERR_INPUT, "train it anew", "a label's steps are not what they should be",
                             err);
            continue;
        }
        if (!read_feature(line, &row))
            return wrong(l, FH_ERR_INPUT, "train it anew", "a feature is not what it should be", err);
        rows->items = fh_grow(rows->items, rows->count, &rows->capacity, sizeof row);
        rows->items[rows->count++] = row;
    }
    if (labels < FH_LABELS)
        return wrong(l, FH_ERR_INPUT, "train it anew", "the labels' steps are missing", err);
    if (rows->count > MAX_ROWS)
        return wrong(l, FH_ERR_LIMIT, "train with a larger penalty", "there are too many features", err);
    return FH_OK;
}

/* The rows of a bucket. */
typedef struct bucket {
    uint32_t number, first, count;
} bucket;

static int by_bucket(const void *a, const void *b) {
    uint32_t x = ((const feature_row *)a)->key, y = ((const feature_row *)b)->key;
    return x < y ? -1 : x > y;
}

static int by_size(const void *a, const void *b) {
    const bucket *x = a, *y = b;
    if (x->count != y->count) return x->count < y->count ? 1 : -1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* Takes the slots of a bucket's rows with one shift; none, and false, if one is taken already. */
static bool place(fh_model *model, const feature_row *rows, size_t count, uint16_t shift, bool *taken) {
    for (size_t i = 0; i < count; i++) {
        uint32_t slot = fh_feature_slot(rows[i].key, shift);
        if (taken[slot]) {
            while (i-- > 0) taken[fh_feature_slot(rows[i].key, shift)] = false;
            return false;
        }
        taken[slot] = true;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t slot = fh_feature_slot(rows[i].key, shift);
        model->marks[slot] = (uint16_t)rows[i].key;
        memcpy(model->weights[slot], rows[i].weights, FH_LANES);
    }
    return true;
}

/* Buckets of many rows choose their shift first, while there are free slots everywhere; false: one found
 * none.
 */
static bool fill(fh_model *model, feature_rows *rows) {
    bucket *buckets = fh_alloc_zeroed(BUCKETS, sizeof *buckets);
    bool *taken = fh_alloc_zeroed(SLOTS, sizeof *taken), fits = true;
    memset(model->weights, 0, SLOTS * sizeof *model->weights);
    qsort(rows->items, rows->count, sizeof *rows->items, by_bucket);
    for (uint32_t b = 0, row = 0; b < BUCKETS; b++) {
        buckets[b] = (bucket){b, row, 0};
        while (row < rows->count && fh_feature_bucket(rows->items[row].key) == b) row++;
        buckets[b].count = row - buckets[b].first;
    }
    qsort(buckets, BUCKETS, sizeof *buckets, by_size);
    for (size_t b = 0; fits && b < BUCKETS; b++) {
        uint32_t shift = 0;
        while (shift <= UINT16_MAX &&
               !place(model, rows->items + buckets[b].first, buckets[b].count, (uint16_t)shift, taken))
            shift++;
        fits = shift <= UINT16_MAX;
        model->shifts[buckets[b].number] = (uint16_t)shift;
    }
    free(buckets);
    free(taken);
    model->row_count = rows->count;
    return fits;
}

fh_status fh_model_read_weights(fh_model *model, fh_str text, const char *name, fh_error *err) {
    lines l = {text, name, 0};
    feature_rows rows = {0};
    fh_status status = read_rows(model, &l, &rows, err);
    if (status == FH_OK && !fill(model, &rows))
        status = fh_fail(err, FH_ERR_LIMIT, name, "train with a larger penalty", "its features do not fit");
    free(rows.items);
    return status;
}

/* ---- Writing ---- */

void fh_model_write_steps(const float values[FH_LABELS], fh_buf *out) {
    fh_buf_add(out, FH_STR("steps"));
    for (size_t l = 0; l < FH_LABELS; l++) fh_buf_printf(out, "\t%ld", lroundf(values[l] * FH_MODEL_SCALE));
    fh_buf_add_char(out, '\n');
}

void fh_model_write_feature(uint32_t key, const float values[FH_LABELS], fh_buf *out) {
    bool any = false;
    for (size_t l = 0; l < FH_LABELS; l++) {
        long value = lroundf(values[l] * FH_MODEL_SCALE);
        value = value < INT8_MIN ? INT8_MIN : value > INT8_MAX ? INT8_MAX : value;
        if (value == 0) continue;
        if (!any) fh_buf_printf(out, "%08x\t", key);
        any = true;
        fh_buf_printf(out, "%c%ld", (int)('a' + l), value);
    }
    if (any) fh_buf_add_char(out, '\n');
}
