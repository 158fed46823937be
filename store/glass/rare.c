/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A term of a page: how much of its key is that of the term before, the rest of the key, how many documents,
 * the first of them, how long the postings are, and those.  What can be told is left out: the length of a
 * single posting, and the key of the first term, which is that of the page. */
#include "store/glass/rare.h"
#include "store/glass/inflated.h"
#include "store/glass/pack.h"

/* ---- Writing ---- */

static void set(fh_buf *to, fh_str bytes) {
    fh_buf_clear(to);
    fh_buf_add(to, bytes);
}

void fh_rare_end(fh_rare_writer *to) {
    if (to->page.len == 0) return;
    fh_glass_add_small(to->glass, FH_GLASS_RARE, fh_buf_str(&to->first), fh_buf_str(&to->page),
                       FH_GLASS_OF_LISTS);
    fh_buf_clear(&to->page);
}

void fh_rare_put(fh_buf *page, fh_str before, fh_str key, uint32_t documents, uint32_t first,
                 fh_str postings) {
    size_t shared = fh_str_shared(before, key);
    fh_buf_add_char(page, (char)shared);
    fh_buf_add_char(page, (char)(key.len - shared));
    fh_buf_add(page, fh_str_slice(key, shared, key.len));
    fh_glass_uint(page, documents);
    fh_glass_uint(page, first);
    if (documents > 1) fh_glass_uint(page, postings.len);
    fh_buf_add(page, postings);
}

void fh_rare_add(fh_rare_writer *to, fh_str key, uint32_t documents, uint32_t first, fh_str postings) {
    size_t most = 2 + key.len + 3 * FH_GLASS_UINT_MAX + postings.len;
    if (to->page.len + most > FH_INFLATED_MOST) fh_rare_end(to);
    if (to->page.len == 0) {
        set(&to->first, key);
        set(&to->last, key);
    }
    fh_rare_put(&to->page, fh_buf_str(&to->last), key, documents, first, postings);
    set(&to->last, key);
}

void fh_rare_writer_free(fh_rare_writer *writer) {
    fh_buf_free(&writer->first);
    fh_buf_free(&writer->last);
    fh_buf_free(&writer->page);
}

/* ---- A page ---- */

fh_rare_page fh_rare_page_of(fh_str key, fh_str tag) {
    fh_rare_page page = {.at = (const unsigned char *)tag.ptr, .key_len = key.len};
    page.end = page.at + tag.len;
    memcpy(page.key, key.ptr, key.len);
    return page;
}

static bool damaged(fh_rare_page *page) {
    page->broken = true;
    page->at = page->end = NULL;
    return false;
}

/* 0, which nothing in a page is, where it does not end. */
static uint32_t take_number(fh_rare_page *page) {
    uint32_t number = 0;
    for (unsigned shift = 0; page->at < page->end && shift < 32; shift += 7) {
        unsigned char byte = *page->at++;
        number |= (uint32_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return number;
    }
    return 0;
}

/* How long the only posting is, that is its one number. */
static uint32_t single_len(const fh_rare_page *page) {
    uint32_t len = 1;
    for (const unsigned char *at = page->at; at < page->end && *at >= 0x80; at++) len++;
    return len;
}

static bool take_list(fh_rare_page *page) {
    uint32_t documents = take_number(page), first = take_number(page);
    uint32_t len = documents > 1 ? take_number(page) : single_len(page);
    if (documents == 0 || (first > 0 && documents > len) || (len > FH_RARE_MOST && !page->of_run) ||
        len > (size_t)(page->end - page->at))
        return false;
    page->list = (fh_rare_list){documents, first, {(const char *)page->at, len}};
    page->at += len;
    return true;
}

/* How much of the key of the term before is that of the next one, and the rest of it. */
static bool take_key(fh_rare_page *page, size_t *shared, fh_str *rest) {
    size_t left = (size_t)(page->end - page->at), own = left > 1 ? page->at[1] : left;
    if (own + 2 > left) return false;
    *shared = page->at[0];
    *rest = (fh_str){(const char *)page->at + 2, own};
    page->at += 2 + own;
    return true;
}

bool fh_rare_next(fh_rare_page *page) {
    size_t shared;
    fh_str rest;
    if (page->at == page->end) return false;
    if (!take_key(page, &shared, &rest) || shared > page->key_len || shared + rest.len > sizeof page->key ||
        !take_list(page))
        return damaged(page);
    memcpy(page->key + shared, rest.ptr, rest.len);
    page->key_len = shared + rest.len;
    return true;
}

/* Without putting keys together.  Of what is before, which is not above the key, the first `same` bytes are
 * those of the key: a term that shares more of them is below the key too, and one that shares less is above.
 */
bool fh_rare_page_find(fh_rare_page *page, fh_str key) {
    size_t shared, same = fh_str_shared(fh_rare_key(page), key);
    fh_str rest;
    while (page->at < page->end) {
        if (!take_key(page, &shared, &rest) || !take_list(page)) return damaged(page);
        if (shared > same) continue;
        fh_str left = fh_str_slice(key, same, key.len);
        size_t more = fh_str_shared(rest, left);
        bool ends = more == rest.len, is_whole = more == left.len;
        if (shared == same && ends && is_whole) return true;
        if (shared < same || is_whole || (!ends && fh_str_compare(rest, left) > 0)) return false;
        same += more;
    }
    return false;
}
