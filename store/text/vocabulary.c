/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page as it is kept: the CRC-32 (crc.h) of what follows, then its forms one behind the other.  Pages are
 * counted through all tiers. */
#include "store/text/vocabulary.h"
#include "base/memory.h"
#include "store/glass/crc.h"
#include <stdlib.h>

typedef struct page {
    fh_buf forms;
    uint16_t *ends; /* of each form; NULL: the page was not read */
    uint32_t count;
    bool changed;
} page;

struct fh_vocabulary {
    fh_page_reader *read;
    void *context;
    uint32_t number;
    page *pages[FH_CODE_TIERS];
    uint32_t page_count[FH_CODE_TIERS]; /* up to the last that was asked for; there is room for all */
    uint32_t filling[FH_CODE_TIERS];    /* the page that is added to */
    bool counted;
    uint8_t *signs; /* NULL: nobody asked */
    size_t bytes;
};

_Static_assert(FH_PAGE_FORMS *FH_FORM_MOST <= UINT16_MAX, "ends are numbers of 16 bits");

fh_vocabulary *fh_vocabulary_new(fh_page_reader *read, void *context) {
    fh_vocabulary *of = fh_alloc_zeroed(1, sizeof *of);
    of->read = read;
    of->context = context;
    return of;
}

static void drop_page(fh_vocabulary *of, page *dropped) {
    if (dropped->ends) of->bytes -= FH_PAGE_FORMS * sizeof *dropped->ends + dropped->forms.capacity;
    fh_buf_free(&dropped->forms);
    free(dropped->ends);
    *dropped = (page){0};
}

void fh_vocabulary_reset(fh_vocabulary *of) {
    for (unsigned tier = 0; tier < FH_CODE_TIERS; tier++) {
        for (uint32_t i = 0; i < of->page_count[tier]; i++) drop_page(of, &of->pages[tier][i]);
        free(of->pages[tier]);
        of->pages[tier] = NULL;
        of->page_count[tier] = of->filling[tier] = 0;
    }
    of->counted = false;
    free(of->signs);
    of->signs = NULL;
    of->bytes = 0;
}

void fh_vocabulary_free(fh_vocabulary *of) {
    if (!of) return;
    fh_vocabulary_reset(of);
    free(of);
}

fh_status fh_vocabulary_select(fh_vocabulary *of, uint32_t number, fh_error *err) {
    if (of->number == number) return FH_OK;
    if (of->counted) {
        return fh_fail(err, FH_ERR_CORRUPT, NULL, "build the index anew from its source",
                       "the index's vocabulary is %u, not %u", of->number, number);
    }
    fh_vocabulary_reset(of);
    of->number = number;
    return FH_OK;
}

uint32_t fh_vocabulary_number(const fh_vocabulary *of) {
    return of->number;
}

size_t fh_vocabulary_bytes(const fh_vocabulary *of) {
    return of->bytes;
}

/* ---- Pages ---- */

static uint32_t pages_of(unsigned tier) {
    return (fh_code_tiers[tier].count + FH_PAGE_FORMS - 1) / FH_PAGE_FORMS;
}

/* Where a tier's pages begin among all. */
static uint32_t first_page(unsigned tier) {
    uint32_t first = 0;
    for (unsigned i = 0; i < tier; i++) first += pages_of(i);
    return first;
}

static page *page_at(fh_vocabulary *of, unsigned tier, uint32_t index) {
    if (!of->pages[tier]) {
        of->pages[tier] = fh_alloc_zeroed(pages_of(tier), sizeof(page));
        of->bytes += pages_of(tier) * sizeof(page);
    }
    if (index >= of->page_count[tier]) of->page_count[tier] = index + 1;
    return &of->pages[tier][index];
}

static fh_status damaged(uint32_t code, fh_error *err) {
    return fh_fail(err, FH_ERR_CORRUPT, NULL, "build the index anew from its source",
                   "the index's vocabulary is damaged (code %u)", code);
}

/* Forms of a full page: the first tier has no more codes than this. */
static uint32_t room_in(unsigned tier) {
    return tier == 0 ? fh_code_tiers[0].count - FH_CODE_SIGNS : FH_PAGE_FORMS;
}

/* Where each form ends; false: they are damaged. */
static bool find_ends(page *of, uint32_t most) {
    fh_str forms = fh_buf_str(&of->forms);
    of->count = 0;
    for (size_t at = 0; at < forms.len;) {
        size_t len = fh_form_len(fh_str_slice(forms, at, forms.len));
        if (len == 0 || len > FH_FORM_MOST || of->count == most) return false;
        at += len;
        of->ends[of->count++] = (uint16_t)at;
    }
    return true;
}

static void make_room(fh_vocabulary *of, page *in) {
    in->ends = fh_alloc_zeroed(FH_PAGE_FORMS, sizeof *in->ends);
    of->bytes += FH_PAGE_FORMS * sizeof *in->ends;
}

bool fh_page_is_whole(fh_str kept) {
    return kept.len >= FH_CRC_BYTES &&
           fh_crc_take(kept.ptr) == fh_crc(fh_str_slice(kept, FH_CRC_BYTES, kept.len));
}

/* Takes over what was kept.  False: it is damaged. */
static bool take_kept(fh_vocabulary *of, fh_str kept, uint32_t most, page *into) {
    make_room(of, into);
    if (kept.len == 0) return true;
    if (!fh_page_is_whole(kept)) return false;
    fh_buf_add(&into->forms, fh_str_slice(kept, FH_CRC_BYTES, kept.len));
    of->bytes += into->forms.capacity;
    return find_ends(into, most);
}

static fh_status load(fh_vocabulary *of, unsigned tier, uint32_t index, page *into, fh_error *err) {
    fh_buf kept = {0};
    fh_status status = of->read(of->context, of->number, first_page(tier) + index, &kept, err);
    if (status == FH_OK && !take_kept(of, fh_buf_str(&kept), room_in(tier), into))
        status = damaged(fh_code_tiers[tier].first + index * FH_PAGE_FORMS, err);
    fh_buf_free(&kept);
    return status;
}

static fh_status find_page(fh_vocabulary *of, unsigned tier, uint32_t index, page **out, fh_error *err) {
    page *found = page_at(of, tier, index);
    if (!found->ends) {
        fh_status status = load(of, tier, index, found, err);
        if (status != FH_OK) {
            drop_page(of, found);
            return status;
        }
    }
    *out = found;
    return FH_OK;
}

/* ---- Forms ---- */

/* Which form of its tier. */
static uint32_t index_of(uint32_t code, unsigned tier) {
    return code - fh_code_tiers[tier].first - (tier == 0 ? FH_CODE_SIGNS : 0);
}

/* The page may have grown in a later commit than the one it was read from. */
static fh_status find(fh_vocabulary *of, uint32_t code, page **out, uint32_t *place, fh_error *err) {
    if (code < FH_CODE_SIGNS || code >= FH_CODES) return damaged(code, err);
    unsigned tier = fh_code_tier_of(code);
    uint32_t index = index_of(code, tier);
    *place = index % FH_PAGE_FORMS;
    fh_status status = find_page(of, tier, index / FH_PAGE_FORMS, out, err);
    if (status != FH_OK || *place < (*out)->count) return status;
    if ((*out)->changed) return damaged(code, err);
    drop_page(of, *out);
    status = find_page(of, tier, index / FH_PAGE_FORMS, out, err);
    return status != FH_OK || *place < (*out)->count ? status : damaged(code, err);
}

static fh_str form_at(const page *in, uint32_t place) {
    return fh_str_slice(fh_buf_str(&in->forms), place ? in->ends[place - 1] : 0, in->ends[place]);
}

fh_status fh_vocabulary_form(fh_vocabulary *of, uint32_t code, fh_str *out, fh_error *err) {
    page *in = NULL;
    uint32_t place = 0;
    fh_status status = find(of, code, &in, &place, err);
    if (status == FH_OK) *out = form_at(in, place);
    return status;
}

void fh_vocabulary_expect(const fh_vocabulary *of, uint32_t code) {
    if (code < FH_CODE_SIGNS || code >= FH_CODES) return;
    unsigned tier = fh_code_tier_of(code);
    uint32_t index = index_of(code, tier), place = index % FH_PAGE_FORMS;
    const page *in = of->pages[tier] ? &of->pages[tier][index / FH_PAGE_FORMS] : NULL;
    if (in && place < in->count) __builtin_prefetch(form_at(in, place).ptr);
}

fh_status fh_vocabulary_hash(fh_vocabulary *of, uint32_t code, uint64_t *out, fh_error *err) {
    page *in = NULL;
    uint32_t place = 0;
    fh_form_parts form;
    fh_status status = find(of, code, &in, &place, err);
    if (status != FH_OK) return status;
    bool read = fh_form_read(form_at(in, place), &form);
    *out = !read || !form.word ? FH_FOUND_NONE : form.foretold ? fh_form_hash(&form) : FH_FOUND_LISTED;
    if (of->signs) of->signs[code] = fh_sign_of(*out);
    return FH_OK;
}

const uint8_t *fh_vocabulary_signs(fh_vocabulary *of) {
    if (!of->signs) {
        of->signs = fh_alloc_zeroed(FH_CODES, sizeof *of->signs);
        of->bytes += FH_CODES * sizeof *of->signs;
    }
    return of->signs;
}

/* ---- Growing ---- */

fh_status fh_vocabulary_count(fh_vocabulary *of, unsigned tier, uint32_t *out, fh_error *err) {
    page *in;
    *out = 0;
    of->counted = true;
    for (uint32_t index = 0; index < pages_of(tier); index++) {
        fh_status status = find_page(of, tier, index, &in, err);
        if (status != FH_OK) return status;
        *out += in->count;
        if (in->count < FH_PAGE_FORMS) break;
    }
    return FH_OK;
}

uint32_t fh_vocabulary_add(fh_vocabulary *of, unsigned tier, fh_str form) {
    const fh_code_tier *codes = &fh_code_tiers[tier];
    uint32_t signs = tier == 0 ? FH_CODE_SIGNS : 0, *index = &of->filling[tier];
    while (*index < pages_of(tier) && of->pages[tier][*index].count == FH_PAGE_FORMS) ++*index;
    if (*index == pages_of(tier)) return 0;
    page *in = page_at(of, tier, *index);
    uint32_t code = codes->first + signs + *index * FH_PAGE_FORMS + in->count;
    if (code >= codes->first + codes->count) return 0;
    if (!in->ends) make_room(of, in);
    of->bytes -= in->forms.capacity;
    fh_buf_add(&in->forms, form);
    of->bytes += in->forms.capacity;
    in->ends[in->count++] = (uint16_t)in->forms.len;
    in->changed = true;
    return code;
}

static fh_status keep_page(page *kept, uint32_t number, fh_page_visitor *visit, void *context,
                           fh_error *err) {
    fh_buf bytes = {0};
    fh_str forms = fh_buf_str(&kept->forms);
    char sum[FH_CRC_BYTES];
    fh_crc_put(fh_crc(forms), sum);
    fh_buf_add(&bytes, (fh_str){sum, sizeof sum});
    fh_buf_add(&bytes, forms);
    fh_status status = visit(context, number, fh_buf_str(&bytes), err);
    fh_buf_free(&bytes);
    if (status == FH_OK) kept->changed = false;
    return status;
}

fh_status fh_vocabulary_keep(fh_vocabulary *of, fh_page_visitor *visit, void *context, fh_error *err) {
    fh_status status = FH_OK;
    for (unsigned tier = 0; tier < FH_CODE_TIERS; tier++)
        for (uint32_t i = 0; status == FH_OK && i < of->page_count[tier]; i++)
            if (of->pages[tier][i].changed)
                status = keep_page(&of->pages[tier][i], first_page(tier) + i, visit, context, err);
    return status;
}
