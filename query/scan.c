/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The scanner of the query language.  What is an operator and what is a character of a pasted headline is
 * decided here, by what stands around it. */
#include "query/scan.h"

#include "base/utf8.h"
#include "query/chars.h"
#include "query/complain.h"
#include <unicode/uchar.h>

/* A Latin name is a field even before a space, which is then an error; an Arabic one is a word there, since
 * «مصدر: …» begins many a headline. */
static const fh_query_field fields[] = {
    {"title", false, FH_SCOPE_TITLE, FH_WITHIN},   {"author", false, FH_SCOPE_AUTHOR, FH_WITHIN},
    {"source", false, FH_SCOPE_SOURCE, FH_WITHIN}, {"entity", false, FH_SCOPE_ENTITY, FH_WITHIN},
    {"date", true, FH_SCOPE_TEXT, FH_WITHIN},      {"before", true, FH_SCOPE_TEXT, FH_BEFORE},
    {"after", true, FH_SCOPE_TEXT, FH_AFTER},      {"عنوان", false, FH_SCOPE_TITLE, FH_WITHIN},
    {"كاتب", false, FH_SCOPE_AUTHOR, FH_WITHIN},   {"مصدر", false, FH_SCOPE_SOURCE, FH_WITHIN},
    {"كيان", false, FH_SCOPE_ENTITY, FH_WITHIN},   {"تاريخ", true, FH_SCOPE_TEXT, FH_WITHIN},
    {"قبل", true, FH_SCOPE_TEXT, FH_BEFORE},       {"بعد", true, FH_SCOPE_TEXT, FH_AFTER},
};

typedef enum script { LATIN, SIGNS, ARABIC } script;

/* Without operands a Latin operator is a mistake, signs are punctuation, and an Arabic one is a word like any
 * other. */
static const struct operator_name {
    const char *text;
    fh_item_kind kind;
    script script;
} operators[] = {
    {"AND", FH_ITEM_AND, LATIN},   {"OR", FH_ITEM_OR, LATIN},  {"NOT", FH_ITEM_NOT, LATIN},
    {"&&", FH_ITEM_AND, SIGNS},    {"||", FH_ITEM_OR, SIGNS},  {"و", FH_ITEM_AND, ARABIC},
    {"أو", FH_ITEM_OR, ARABIC},    {"او", FH_ITEM_OR, ARABIC}, {"ليس", FH_ITEM_NOT, ARABIC},
    {"وليس", FH_ITEM_NOT, ARABIC},
};

#define COUNT_OF(table) (sizeof(table) / sizeof((table)[0]))

typedef struct scanner {
    fh_str text;
    size_t at;
    bool fresh;        /* nothing of a word stands right before `at` */
    size_t last_aside; /* where the last dash stands that ends a word, as in «-عقب محادثاته-» */
    fh_item *items;
    size_t count;
    fh_error *err;
} scanner;

bool fh_item_begins(fh_item_kind kind) {
    return kind == FH_ITEM_WORD || kind == FH_ITEM_PREFIX || kind == FH_ITEM_PHRASE || kind == FH_ITEM_OPEN ||
           kind == FH_ITEM_FIELD || kind == FH_ITEM_MINUS || kind == FH_ITEM_PLUS || kind == FH_ITEM_NOT;
}

static bool item_ends(const fh_item *item) {
    return item->kind == FH_ITEM_WORD || item->kind == FH_ITEM_PREFIX || item->kind == FH_ITEM_PHRASE ||
           item->kind == FH_ITEM_CLOSE || (item->kind == FH_ITEM_FIELD && item->field->dates);
}

static uint32_t peek(const scanner *s, size_t at) {
    uint32_t c = 0;
    if (at < s->text.len) fh_utf8_next(s->text, at, &c);
    return c;
}

static size_t after(const scanner *s, size_t at) {
    uint32_t c;
    return at + fh_utf8_next(s->text, at, &c);
}

static fh_item *push(scanner *s, fh_item_kind kind, size_t start, size_t end, fh_str text) {
    fh_item *item = &s->items[s->count++];
    *item = (fh_item){.kind = kind, .start = start, .end = end, .text = text};
    return item;
}

/* ---- Quotation marks ---- */

/* The byte of the mark that closes the one at `open`, or SIZE_MAX. */
static size_t closing_quote(const scanner *s, size_t open) {
    int family = fh_quote_family(peek(s, open));
    for (size_t at = after(s, open); at < s->text.len; at = after(s, at)) {
        if (fh_quote_family(peek(s, at)) == family) return at;
    }
    return SIZE_MAX;
}

/* Gives what stands between the mark at s->at and its partner, and goes on behind it. */
static fh_status take_quoted(scanner *s, fh_str *out) {
    size_t open = s->at, close = closing_quote(s, open);
    if (close == SIZE_MAX)
        return fh_query_expected(s->text, open, "another quotation mark to close the one",
                                 "close it, or leave it out", s->err);
    *out = fh_str_slice(s->text, after(s, open), close);
    s->at = after(s, close);
    return FH_OK;
}

static fh_status scan_phrase(scanner *s) {
    size_t start = s->at;
    fh_str text;
    fh_status status = take_quoted(s, &text);
    if (status) return status;
    text = fh_trim_punctuation(text);
    if (text.len) push(s, FH_ITEM_PHRASE, start, s->at, text);
    s->fresh = true;
    return FH_OK;
}

/* ---- Words ---- */

static bool ends_word(uint32_t c) {
    return fh_is_blank(c) || c == '(' || c == ')' || fh_quote_family(c) != NO_QUOTE;
}

static size_t word_end(const scanner *s, size_t at) {
    while (at < s->text.len && !ends_word(peek(s, at))) at = after(s, at);
    return at;
}

/* An article written apart with a tatweel, «الـ كريملِن», goes on with the word behind the space. */
static size_t past_detached_article(const scanner *s, size_t start, size_t end) {
    if (end == start || peek(s, fh_utf8_previous(s->text, end)) != TATWEEL) return end;
    size_t at = end;
    while (at < s->text.len && fh_is_blank(peek(s, at))) at = after(s, at);
    return at > end && at < s->text.len && u_isalpha((UChar32)peek(s, at)) ? word_end(s, at) : end;
}

static const struct operator_name *find_operator(fh_str word) {
    for (size_t i = 0; i < COUNT_OF(operators); i++) {
        if (fh_str_equal(word, fh_str_from(operators[i].text))) return &operators[i];
    }
    return NULL;
}

static void push_word(scanner *s, size_t start, size_t end) {
    fh_str text = fh_trim_punctuation(fh_str_slice(s->text, start, end));
    if (!text.len) return;
    size_t text_end = (size_t)(text.ptr - s->text.ptr) + text.len;
    bool star = text_end < end && s->text.ptr[text_end] == '*';
    push(s, star ? FH_ITEM_PREFIX : FH_ITEM_WORD, start, end, text);
}

/* ---- Fields ---- */

static bool same_name(fh_str typed, const char *name) {
    size_t length = strlen(name);
    if (typed.len != length) return false;
    for (size_t i = 0; i < length; i++) {
        char c = typed.ptr[i];
        if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != name[i]) return false;
    }
    return true;
}

/* The field whose name and colon begin the word, or NULL. */
static const fh_query_field *find_field(fh_str word, size_t *colon) {
    *colon = fh_str_find(word, FH_STR(":"), 0);
    if (*colon == SIZE_MAX) return NULL;
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (same_name(fh_str_slice(word, 0, *colon), fields[i].name)) return &fields[i];
    }
    return NULL;
}

static fh_status scan_period(scanner *s, fh_item *item) {
    if (fh_quote_family(peek(s, s->at)) != NO_QUOTE) {
        fh_status status = take_quoted(s, &item->text);
        if (status) return status;
    } else {
        size_t end = word_end(s, s->at);
        item->text = fh_str_slice(s->text, s->at, end);
        s->at = end;
    }
    item->text = fh_str_trim(item->text);
    item->end = s->at;
    return FH_OK;
}

/* A field name with its colon at s->at, if there is one: `*found`. */
static fh_status scan_field(scanner *s, size_t end, bool *found) {
    size_t colon;
    fh_str word = fh_str_slice(s->text, s->at, end);
    const fh_query_field *field = find_field(word, &colon);
    *found = false;
    if (!field) return FH_OK;
    size_t value = s->at + colon + 1;
    uint32_t c = peek(s, value);
    if (value >= s->text.len || fh_is_blank(c) || c == ')') {
        if ((unsigned char)field->name[0] >= 0x80) return FH_OK;
        return fh_query_expected(
            s->text, value, field->dates ? "a date" : "a word, a phrase or a group",
            "a field's value follows its colon without a space: title:word, date:2023-11..2024-05", s->err);
    }
    fh_item *item = push(s, FH_ITEM_FIELD, s->at, value, (fh_str){0});
    item->field = field;
    s->at = value;
    s->fresh = true;
    *found = true;
    return field->dates ? scan_period(s, item) : FH_OK;
}

static fh_status scan_word(scanner *s) {
    size_t start = s->at, end = word_end(s, start);
    const struct operator_name *found = find_operator(fh_str_slice(s->text, start, end));
    if (found) {
        push(s, found->kind, start, end, fh_str_slice(s->text, start, end));
        s->at = end;
        return FH_OK;
    }
    bool is_field;
    fh_status status = scan_field(s, end, &is_field);
    if (status || is_field) return status;
    end = past_detached_article(s, start, end);
    push_word(s, start, end);
    s->at = end;
    s->fresh = false;
    return FH_OK;
}

/* ---- Signs ---- */

/* Can what stands at `at` be negated or insisted on? */
static bool operand_at(const scanner *s, size_t at) {
    uint32_t c = peek(s, at);
    return at < s->text.len &&
           (fh_is_word_char(c) || c == '(' || c == '#' || c == '@' || fh_quote_family(c) != NO_QUOTE);
}

/* A sign right before a word and behind a space.  A dash that a later dash at a word's end closes is an
 * aside's. */
static bool is_sign(const scanner *s, uint32_t c) {
    if (!s->fresh) return false;
    size_t next = after(s, s->at);
    uint32_t following = peek(s, next);
    if (following == '+' || following == '!' || fh_is_dash(following)) {
        if (following == c || !operand_at(s, after(s, next))) return false;
    } else if (!operand_at(s, next)) {
        return false;
    }
    if (fh_is_dash(c)) return s->last_aside == SIZE_MAX || s->at >= s->last_aside;
    return c == '+' || c == '!';
}

static size_t find_last_aside(const scanner *s) {
    size_t last = SIZE_MAX;
    uint32_t before = ' ', c;
    for (size_t at = 0, next; at < s->text.len; at = next, before = c) {
        c = peek(s, at);
        next = after(s, at);
        if (!fh_is_dash(c) || !fh_is_word_char(before)) continue;
        if (!operand_at(s, next)) last = at;
    }
    return last;
}

static void scan_sign(scanner *s, uint32_t c) {
    size_t end = after(s, s->at);
    push(s, c == '+' ? FH_ITEM_PLUS : FH_ITEM_MINUS, s->at, end, fh_str_slice(s->text, s->at, end));
    s->at = end;
}

/* ---- All together ---- */

static fh_status scan_one(scanner *s) {
    uint32_t c = peek(s, s->at);
    size_t end = after(s, s->at);
    if (fh_is_blank(c)) {
        s->fresh = true;
        s->at = end;
        return FH_OK;
    }
    if (fh_quote_family(c) != NO_QUOTE) return scan_phrase(s);
    if (c == '(' || c == ')') {
        push(s, c == '(' ? FH_ITEM_OPEN : FH_ITEM_CLOSE, s->at, end, fh_str_slice(s->text, s->at, end));
        s->fresh = true;
        s->at = end;
        return FH_OK;
    }
    if (is_sign(s, c)) {
        scan_sign(s, c);
        return FH_OK;
    }
    return scan_word(s);
}

static bool is_operator(const fh_item *item) {
    return item->kind == FH_ITEM_AND || item->kind == FH_ITEM_OR || item->kind == FH_ITEM_NOT;
}

static bool has_operands(const fh_item *before, const fh_item *item, const fh_item *next, script written) {
    if (!fh_item_begins(next->kind)) return false;
    bool first = !before || before->kind == FH_ITEM_OPEN;
    if (item->kind != FH_ITEM_NOT) return !first && item_ends(before);
    return written != ARABIC || (!first && (item_ends(before) || is_operator(before)));
}

/* Keeps operators that stand between operands; of the others Latin ones are mistakes unless they are all
 * there is. */
static fh_status settle_operators(scanner *s) {
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        fh_item item = s->items[i];
        if (is_operator(&item)) {
            const fh_item *before = kept ? &s->items[kept - 1] : NULL, *next = &s->items[i + 1];
            script written = find_operator(item.text)->script;
            if (!has_operands(before, &item, next, written)) {
                if (written == SIGNS) continue;
                if (written == LATIN && s->count > 1) {
                    bool wants_next = !fh_item_begins(next->kind);
                    return fh_query_expected(
                        s->text, wants_next ? item.end : item.start, "a word, a phrase or a group",
                        "AND, OR and NOT join what stands beside them; in quotation marks "
                        "they are words",
                        s->err);
                }
                item.kind = FH_ITEM_WORD;
            }
        }
        s->items[kept++] = item;
    }
    s->items[kept] = s->items[s->count];
    s->count = kept;
    return FH_OK;
}

fh_status fh_query_scan(fh_str text, fh_arena *arena, fh_items *out, fh_error *err) {
    scanner s = {.text = text, .fresh = true, .err = err};
    s.items = FH_ARENA_ARRAY(arena, fh_item, text.len + 1);
    s.last_aside = find_last_aside(&s);
    while (s.at < text.len) {
        fh_status status = scan_one(&s);
        if (status) return status;
    }
    s.items[s.count] = (fh_item){.kind = FH_ITEM_END, .start = text.len, .end = text.len};
    fh_status status = settle_operators(&s);
    if (status) return status;
    *out = (fh_items){s.items, s.count};
    return FH_OK;
}
