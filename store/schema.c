/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema: every prefix and every slot, once.
 *
 * History, of FH_SCHEMA_VERSION:
 *
 * 1  The first.  Prefixes as Xapian Omega has them where it does (omega/docs/termprefixes.rst); ZS, XE, XP
 *    and XSRC are ours, and XD.  Words are narrow in terms (narrow.h); an address is its hash.  Slots 0 to
 *    10, ids of entities packed (value.h).  Short lists in pages, words told by their stems, and those of few
 *    new articles in runs (docs/glass.md).  Records of format 1 (record_layout.h), in codes of words; no
 *    positions and no term lists of Xapian's. */
#include "store/schema.h"
#include "base/utf8.h"
#include <assert.h>
#include <stdio.h>

static const struct {
    const char *name;
    const char *prefix;
} FIELDS[] = {
    [FH_FIELD_WORD] = {"word", ""},          [FH_FIELD_STEM] = {"stem", "Z"},
    [FH_FIELD_TITLE] = {"title", "S"},       [FH_FIELD_TITLE_STEM] = {"title stem", "ZS"},
    [FH_FIELD_AUTHOR] = {"author", "A"},     [FH_FIELD_SOURCE] = {"source", "XSRC"},
    [FH_FIELD_KEYWORD] = {"keyword", "K"},   [FH_FIELD_ENTITY] = {"entity", "XE"},
    [FH_FIELD_URL] = {"address", "U"},       [FH_FIELD_HOST] = {"host", "H"},
    [FH_FIELD_LANGUAGE] = {"language", "L"}, [FH_FIELD_PARENT] = {"parent", "XP"},
    [FH_FIELD_DAY] = {"day", "D"},           [FH_FIELD_MONTH] = {"month", "M"},
    [FH_FIELD_YEAR] = {"year", "Y"},         [FH_FIELD_ID] = {"id", "Q"},
    [FH_FIELD_STORY] = {"story", "XD"},
};
static_assert(sizeof FIELDS / sizeof *FIELDS == FH_FIELDS, "a field without a prefix");

static const uint32_t SLOTS[] = {
    [FH_SLOT_PUBLISHED] = 0, [FH_SLOT_MONTH] = 1,    [FH_SLOT_SOURCE] = 2,   [FH_SLOT_AUTHOR] = 3,
    [FH_SLOT_LANGUAGE] = 4,  [FH_SLOT_ENTITIES] = 5, [FH_SLOT_KEYWORDS] = 6, [FH_SLOT_CONTENT] = 7,
    [FH_SLOT_EMBARGO] = 8,   [FH_SLOT_STORY] = 9,    [FH_SLOT_FORMAT] = 10,
};
static_assert(sizeof SLOTS / sizeof *SLOTS == FH_SLOTS, "a slot without a number");

/* What searches fold by and compare with is plain; so is what deflate makes no smaller. */
static const fh_slot DEFLATED[] = {FH_SLOT_PUBLISHED, FH_SLOT_MONTH,    FH_SLOT_SOURCE,   FH_SLOT_AUTHOR,
                                   FH_SLOT_LANGUAGE,  FH_SLOT_ENTITIES, FH_SLOT_KEYWORDS, FH_SLOT_FORMAT};

/* A prefix that another one could go on from: Omega's rule is that a colon ends it before a capital or a
 * colon, so that "Z" and "Sfoo" are not taken for "ZS" and "foo".  Here it also stands before the few bytes
 * between the two, which keeps terms in the order of their words. */
enum { COLON_FROM = ':', COLON_TO = 'Z', AFTER_COLON = COLON_TO + 1 };

enum { HASH_DIGITS = 16 };

static bool prefix_is_open(fh_str prefix) {
    return prefix.len != 1 || prefix.ptr[0] == 'Z';
}

static bool wants_colon(char first) {
    return first >= COLON_FROM && first <= COLON_TO;
}

static void append(fh_term *term, fh_str bytes) {
    memcpy(term->bytes + term->len, bytes.ptr, bytes.len);
    term->len += bytes.len;
}

const char *fh_field_name(fh_field field) {
    return FIELDS[field].name;
}

uint32_t fh_slot_number(fh_slot slot) {
    return SLOTS[slot];
}

bool fh_slot_is_deflated(uint32_t number) {
    bool found = false;
    for (size_t i = 0; i < sizeof DEFLATED / sizeof *DEFLATED; i++) found |= SLOTS[DEFLATED[i]] == number;
    return found;
}

static void start_term(fh_field field, fh_str word, fh_term *out) {
    fh_str prefix = fh_str_from(FIELDS[field].prefix);
    out->len = 0;
    append(out, prefix);
    if (word.len > 0 && prefix_is_open(prefix) && wants_colon(word.ptr[0])) append(out, FH_STR(":"));
}

/* What of a word can stand in a term; it is all of it where `*whole`. */
static fh_str narrow_word(fh_str word, char room[FH_WIDEN_MOST * FH_TERM_MAX], bool *whole) {
    fh_str head = fh_utf8_cut(word, FH_WIDEN_MOST * FH_TERM_MAX);
    *whole = head.len == word.len;
    return (fh_str){room, fh_narrow(head, room)};
}

static void append_fitting(fh_term *term, fh_str narrow, size_t kept_free) {
    append(term, fh_str_slice(narrow, 0, fh_narrow_fitting(narrow, FH_TERM_MAX - kept_free - term->len)));
}

/* An address is long, and is looked for as a whole. */
static void make_address(fh_str url, fh_term *out) {
    unsigned long long hash = fh_hash(FH_HASH_START, url);
    for (unsigned i = 0; i < sizeof hash; i++) out->bytes[out->len++] = (char)(hash >> (8 * i));
}

void fh_term_make(fh_field field, fh_str word, fh_term *out) {
    start_term(field, word, out);
    if (field == FH_FIELD_URL) {
        make_address(word, out);
        return;
    }
    if (out->len + 2 * word.len <= FH_TERM_MAX) { /* whatever it is made of */
        out->len += fh_narrow(word, out->bytes + out->len);
        return;
    }
    char room[FH_WIDEN_MOST * FH_TERM_MAX];
    bool whole;
    fh_str narrow = narrow_word(word, room, &whole);
    if (whole && fh_narrow_fitting(narrow, FH_TERM_MAX - out->len) == narrow.len) {
        append(out, narrow);
        return;
    }
    append_fitting(out, narrow, HASH_DIGITS);
    char hash[HASH_DIGITS + 1];
    snprintf(hash, sizeof hash, "%016llx", fh_hash(FH_HASH_START, word));
    append(out, (fh_str){hash, HASH_DIGITS});
}

void fh_term_start(fh_field field, fh_str prefix, fh_term *out) {
    char room[FH_WIDEN_MOST * FH_TERM_MAX];
    bool whole;
    start_term(field, prefix, out);
    append_fitting(out, narrow_word(prefix, room, &whole), HASH_DIGITS);
}

bool fh_term_word(fh_field field, fh_str term, fh_term_text *word, fh_term *skip_to) {
    fh_str prefix = fh_str_from(FIELDS[field].prefix);
    fh_str rest = fh_str_slice(term, prefix.len, term.len);
    bool open = prefix_is_open(prefix) && rest.len > 0;
    if (open && rest.ptr[0] != ':' && wants_colon(rest.ptr[0])) {
        const char after = AFTER_COLON;
        skip_to->len = 0;
        append(skip_to, prefix);
        append(skip_to, (fh_str){&after, 1});
        return false;
    }
    if (open && rest.ptr[0] == ':') rest = fh_str_slice(rest, 1, rest.len);
    word->len = fh_widen(rest, word->bytes);
    return true;
}
