/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The schema: every prefix and every slot, once.
 *
 * History, of FH_SCHEMA_VERSION:
 *
 * 1  The first.  Prefixes as Xapian Omega has them where it does (omega/docs/termprefixes.rst); ZS, XE, XP
 *    and XSRC are ours.  Slots 0 to 7.  Records of format 1 (record.c).
 *
 * 2  XD and slot 8: the story that an article tells, which others tell too. */
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
    [FH_SLOT_PUBLISHED] = 0, [FH_SLOT_MONTH] = 1,    [FH_SLOT_SOURCE] = 2,
    [FH_SLOT_AUTHOR] = 3,    [FH_SLOT_LANGUAGE] = 4, [FH_SLOT_ENTITIES] = 5,
    [FH_SLOT_KEYWORDS] = 6,  [FH_SLOT_CONTENT] = 7,  [FH_SLOT_STORY] = 8,
};
static_assert(sizeof SLOTS / sizeof *SLOTS == FH_SLOTS, "a slot without a number");

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

static void start_term(fh_field field, fh_str word, fh_term *out) {
    fh_str prefix = fh_str_from(FIELDS[field].prefix);
    out->len = 0;
    append(out, prefix);
    if (word.len > 0 && prefix_is_open(prefix) && wants_colon(word.ptr[0])) append(out, FH_STR(":"));
}

/* The longest beginning of the word that takes at most `room` bytes in a term. */
static fh_str fitting(fh_str word, size_t room) {
    size_t at = 0;
    for (size_t used = 0; at < word.len; at++) {
        used += word.ptr[at] == '\0' ? 2 : 1;
        if (used > room) break;
    }
    return fh_utf8_cut(word, at);
}

void fh_term_make(fh_field field, fh_str word, fh_term *out) {
    start_term(field, word, out);
    fh_str part = fitting(word, FH_TERM_MAX - out->len);
    if (part.len == word.len) {
        append(out, part);
        return;
    }
    append(out, fitting(word, FH_TERM_MAX - HASH_DIGITS - out->len));
    char hash[HASH_DIGITS + 1];
    snprintf(hash, sizeof hash, "%016llx", fh_hash(FH_HASH_START, word));
    append(out, (fh_str){hash, HASH_DIGITS});
}

void fh_term_start(fh_field field, fh_str prefix, fh_term *out) {
    start_term(field, prefix, out);
    append(out, fitting(prefix, FH_TERM_MAX - HASH_DIGITS - out->len));
}

bool fh_term_word(fh_field field, fh_str term, fh_str *word, fh_term *skip_to) {
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
    *word = open && rest.ptr[0] == ':' ? fh_str_slice(rest, 1, rest.len) : rest;
    return true;
}
