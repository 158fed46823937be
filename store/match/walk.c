/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking through the documents that a tree matches, or may match: phrases are looked at last. */
#include "store/match/tree.h"

static uint32_t to_merged(fh_branch *b, uint32_t doc) {
    while (b->at < b->count && b->docs[b->at] < doc) b->at++;
    return b->at < b->count ? b->docs[b->at] : FH_LIST_END;
}

static uint32_t to_dated(const fh_branch *b, uint32_t doc) {
    for (size_t at = doc; at < b->count; at++)
        if (b->dates[at] >= b->low && b->dates[at] <= b->high) return (uint32_t)at;
    return FH_LIST_END;
}

static uint32_t to_valued(const fh_branch *b, uint32_t doc) {
    for (size_t at = doc; at < b->count; at++) {
        fh_column_numbers numbers = fh_column_of(b->column, (uint32_t)at);
        if (numbers.at < numbers.end && b->wanted[fh_column_take(&numbers)]) return (uint32_t)at;
    }
    return FH_LIST_END;
}

static uint32_t to_all(fh_branch *b, uint32_t doc) {
    for (size_t i = 0; i < b->kid_count && doc != FH_LIST_END;) {
        uint32_t found = fh_branch_to(b->kids[i], doc);
        i = found == doc ? i + 1 : i > 0 ? 0 : 1;
        doc = found;
    }
    return doc;
}

static uint32_t to_unless(fh_branch *b, uint32_t doc) {
    for (doc = fh_branch_to(b->kids[0], doc); doc != FH_LIST_END;) {
        size_t i = 1;
        while (i < b->kid_count && (fh_branch_to(b->kids[i], doc) != doc || !fh_branch_stands(b->kids[i])))
            i++;
        if (i == b->kid_count) break;
        doc = fh_branch_to(b->kids[0], doc + 1);
    }
    return doc;
}

uint32_t fh_branch_step(fh_branch *b, uint32_t doc) {
    switch (b->kind) {
    case FH_BRANCH_NONE:
    case FH_BRANCH_LIST: break; /* by fh_branch_to */
    case FH_BRANCH_MERGED: return to_merged(b, doc);
    case FH_BRANCH_DATES: return to_dated(b, doc);
    case FH_BRANCH_VALUES: return to_valued(b, doc);
    case FH_BRANCH_AND: return to_all(b, doc);
    case FH_BRANCH_OR: return fh_branch_nearest(b, 0, doc);
    case FH_BRANCH_PHRASE:
    case FH_BRANCH_MAYBE: return fh_branch_to(b->kids[0], doc);
    case FH_BRANCH_NOT: return to_unless(b, doc);
    }
    return FH_LIST_END;
}

/* ---- Whether ---- */

/* Does any kid stand there?  Those that are sure are asked first. */
static bool any_stands(fh_branch *b) {
    for (size_t i = 0; i < b->kid_count; i++)
        if (!b->kids[i]->unsure && b->kids[i]->doc == b->doc) return true;
    for (size_t i = 0; i < b->kid_count; i++)
        if (b->kids[i]->doc == b->doc && fh_branch_stands(b->kids[i])) return true;
    return false;
}

static bool all_stand(fh_branch *b) {
    for (size_t i = 0; i < b->kid_count; i++)
        if (!fh_branch_stands(b->kids[i])) return false;
    return true;
}

bool fh_branch_stands(fh_branch *b) {
    if (!b->unsure) return true;
    switch (b->kind) {
    case FH_BRANCH_AND: return all_stand(b);
    case FH_BRANCH_OR: return any_stands(b);
    case FH_BRANCH_PHRASE: return fh_branch_stands(b->kids[0]) && fh_standing_is(b->standing, b->doc);
    default: return fh_branch_stands(b->kids[0]);
    }
}

/* ---- Worth ---- */

/* Most documents are told to be worth too little without a division. */
static double bm25(const fh_matching *g, const fh_branch *b, uint32_t wdf, double least) {
    uint32_t length = fh_matcher_length(g->matcher, b->doc);
    double times = wdf < length ? wdf : length, under = g->per_length * length + g->flat + times;
    return b->weight * times < least * FH_CLEARLY * under ? 0 : b->weight * (times / under);
}

/* What the kids are worth that stand there; what is worth nothing need not. */
static double worth_of_kids(const fh_matching *g, fh_branch *b, double least) {
    double sum = 0, rest = b->bound;
    for (size_t i = 0; i < b->kid_count && sum + rest > least; i++) {
        fh_branch *kid = b->kids[i];
        rest -= kid->bound;
        if (kid->bound == 0 || fh_branch_to(kid, b->doc) != b->doc) continue;
        double worth = fh_branch_worth(g, kid, least - sum - rest);
        if (worth > 0 && (!kid->unsure || fh_branch_stands(kid))) sum += worth;
    }
    return sum;
}

double fh_branch_worth(const fh_matching *g, fh_branch *b, double least) {
    switch (b->kind) {
    case FH_BRANCH_NONE:
    case FH_BRANCH_DATES:
    case FH_BRANCH_VALUES: return 0;
    case FH_BRANCH_LIST: return b->weight > 0 ? bm25(g, b, b->list.wdf, least) : 0;
    case FH_BRANCH_MERGED: return b->weight > 0 ? bm25(g, b, b->wdfs[b->at], least) : 0;
    case FH_BRANCH_PHRASE:
    case FH_BRANCH_NOT: return fh_branch_worth(g, b->kids[0], least);
    case FH_BRANCH_AND:
    case FH_BRANCH_OR:
    case FH_BRANCH_MAYBE: break;
    }
    return worth_of_kids(g, b, least);
}

bool fh_branch_is_broken(const fh_branch *b) {
    for (size_t i = 0; i < b->kid_count; i++)
        if (fh_branch_is_broken(b->kids[i])) return true;
    return b->kind == FH_BRANCH_LIST && b->list.broken;
}
