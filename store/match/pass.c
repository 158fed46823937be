/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All lists are walked side by side.  Which of them has the next document is as good as chance, so nothing
 * branches on that: what stands elsewhere counts nothing there, and goes on by nothing. */
#include "store/match/pass.h"

/* ---- What can be passed ---- */

static bool add_list(fh_passing *p, fh_branch *b, bool leads) {
    if (p->count == FH_PASSED_LISTS) return false;
    p->lists[p->count++] = (struct fh_passed_list){.branch = b, .leads = leads};
    return true;
}

static bool leave_out(fh_passing *p, const fh_branch *unless) {
    for (size_t i = 1; i < unless->kid_count; i++) {
        fh_branch *b = unless->kids[i];
        if (b->kind != FH_BRANCH_MERGED || p->without_count == FH_PASSED_LISTS) return false;
        p->without[p->without_count++] = b;
    }
    return true;
}

static bool add_tree(fh_passing *p, fh_branch *b) {
    if (b->unsure) return false;
    switch (b->kind) {
    case FH_BRANCH_LIST: return add_list(p, b, true);
    case FH_BRANCH_OR:
        for (size_t i = 0; i < b->kid_count; i++)
            if (!add_tree(p, b->kids[i])) return false;
        return true;
    case FH_BRANCH_MAYBE:
        if (!add_tree(p, b->kids[0])) return false;
        for (size_t i = 1; i < b->kid_count; i++)
            if (b->kids[i]->kind != FH_BRANCH_LIST || !add_list(p, b->kids[i], false))
                p->rest += b->kids[i]->bound;
        return true;
    default: return false;
    }
}

static void find_leading(const fh_matching *g, fh_passing *p) {
    size_t leads = 0;
    for (struct fh_passed_list *list = p->lists; list < p->lists + p->count; list++) {
        list->bounds = fh_bounds_of(g, list->branch);
        leads += list->leads;
        if (list->leads && !p->leading && list->bounds.count > 0) p->leading = list;
    }
    p->alone = leads == 1;
}

bool fh_passing_of(const fh_matching *g, fh_branch *root, fh_passing *out) {
    const uint64_t WORTH_IT = 2; /* times as many as match */
    uint64_t matching = 0, beside = 0;
    *out = (fh_passing){0};
    for (; root->kind == FH_BRANCH_NOT; root = root->kids[0])
        if (!leave_out(out, root)) return false;
    if (root->kind == FH_BRANCH_MERGED) {
        out->merged = root;
        return root->weight > 0;
    }
    if (!add_tree(out, root)) return false;
    for (size_t i = 0; i < out->count; i++)
        *(out->lists[i].leads ? &matching : &beside) += out->lists[i].branch->most;
    if (beside > WORTH_IT * matching) return false;
    find_leading(g, out);
    return true;
}

/* ---- Passing ---- */

static void enter(fh_passing *p, uint32_t doc) {
    for (size_t i = 0; i < p->count; i++) fh_branch_to(p->lists[i].branch, doc);
}

static void leave(fh_passing *p) {
    for (size_t i = 0; i < p->count; i++) p->lists[i].branch->doc = p->lists[i].branch->list.doc;
}

/* The lowest document that any list has, and of those that match. */
static inline uint32_t lowest(const fh_passing *p, size_t count, uint32_t *match) {
    uint32_t low = FH_LIST_END;
    *match = FH_LIST_END;
    for (size_t i = 0; i < count; i++) {
        uint32_t doc = p->lists[i].branch->list.doc, matching = p->lists[i].leads ? doc : FH_LIST_END;
        low = doc < low ? doc : low;
        *match = matching < *match ? matching : *match;
    }
    return low;
}

static inline bool is_left_out(const fh_passing *p, uint32_t doc) {
    for (size_t i = 0; i < p->without_count; i++)
        if (fh_branch_to(p->without[i], doc) == doc) return true;
    return false;
}

/* A sum of fractions, each weight * times / (under + times), is compared by what stands above the line of all
 * of them together: a division for each would be most of the work. */
static inline bool may_be_worth(const fh_matching *g, const fh_passing *p, size_t count, uint32_t doc,
                                double enough) {
    double under = g->per_length * fh_matcher_length(g->matcher, doc) + g->flat;
    double above = p->rest - enough, line = 1;
    for (size_t i = 0; i < count; i++) {
        const fh_branch *b = p->lists[i].branch;
        double times = b->list.wdf * (uint32_t)(b->list.doc == doc);
        above = above * (under + times) + b->weight * times * line;
        line *= under + times;
    }
    return above >= 0;
}

/* ---- By blocks ---- */

static double most_of(fh_passing *p, uint32_t doc, uint32_t end) {
    double most = p->rest;
    for (size_t i = 0; i < p->count; i++)
        most += fh_bounds_worth(&p->lists[i].bounds, p->lists[i].branch, doc, end);
    return most;
}

static bool any_left_out(const fh_passing *p, uint32_t doc, uint32_t end) {
    for (size_t i = 0; i < p->without_count; i++)
        if (fh_branch_to(p->without[i], doc) <= end) return true;
    return false;
}

static uint32_t next_match(const fh_passing *p) {
    uint32_t match = p->leading->branch->list.doc;
    if (!p->alone) lowest(p, p->count, &match);
    return match;
}

/* Counts what matches up to a document, whatever it is worth. */
static uint32_t skim(const fh_passing *p, uint32_t end, uint32_t *passed) {
    uint32_t count = 0;
    for (uint32_t match; (match = next_match(p)) <= end;) {
        if (passed) passed[count] = match;
        count += !is_left_out(p, match);
        for (size_t i = 0; i < p->count; i++)
            if (p->lists[i].leads) fh_list_pass(&p->lists[i].branch->list, match);
    }
    return count;
}

/* Passes the blocks of a list that leads, as long as nothing in them is worth enough.  `*asked` is up to
 * which document that is known; in the beginning, 0, the list may stand within a block. */
static uint32_t pass_blocks(fh_passing *p, double enough, uint32_t most, uint32_t *passed, uint32_t *asked) {
    struct fh_passed_list *leading = p->leading;
    uint32_t count = 0, match;
    while ((match = next_match(p)) != FH_LIST_END && match > *asked && count < most) {
        uint32_t end = fh_bounds_block(&leading->bounds, match);
        bool whole = p->alone && *asked > 0 && !passed && !any_left_out(p, match, end);
        *asked = end > 0 ? end : FH_LIST_END;
        if (end == 0 || most_of(p, match, end) >= enough) break;
        count += whole ? fh_bounds_pass(&leading->bounds, &leading->branch->list)
                       : skim(p, end, passed ? passed + count : NULL);
    }
    for (size_t i = 0; i < p->count; i++) fh_bounds_to(&p->lists[i].bounds, &p->lists[i].branch->list, match);
    return count;
}

/* ---- One by one ---- */

static inline uint32_t pass(const fh_matching *g, fh_passing *p, size_t lists, double enough, uint32_t most,
                            uint32_t *doc, uint32_t *passed) {
    uint32_t count = 0, asked = 0, low;
    for (;;) {
        low = lowest(p, lists, doc);
        if (*doc == FH_LIST_END || count >= most) break;
        if (p->leading && *doc > asked) {
            count += pass_blocks(p, enough, most - count, passed ? passed + count : NULL, &asked);
            continue;
        }
        bool matches = low == *doc && !is_left_out(p, low);
        if (matches && may_be_worth(g, p, lists, low, enough)) break;
        if (passed) passed[count] = low;
        count += matches;
        for (size_t i = 0; i < lists; i++) fh_list_pass(&p->lists[i].branch->list, low);
    }
    return count;
}

/* The same where there is nothing to walk but one row of documents. */
static uint32_t pass_merged(const fh_matching *g, fh_passing *p, double enough, uint32_t most, uint32_t *doc,
                            uint32_t *passed) {
    fh_branch *b = p->merged;
    uint32_t count = 0;
    fh_branch_to(b, *doc);
    for (; b->at < b->count && count < most; b->at++) {
        uint32_t at = b->docs[b->at], length = fh_matcher_length(g->matcher, at);
        double times = b->wdfs[b->at] < length ? b->wdfs[b->at] : length;
        bool matches = !is_left_out(p, at);
        if (matches && b->weight * times >= enough * (g->per_length * length + g->flat + times)) break;
        if (passed) passed[count] = at;
        count += matches;
    }
    *doc = b->doc = b->at < b->count ? b->docs[b->at] : FH_LIST_END;
    return count;
}

uint32_t fh_pass(const fh_matching *g, fh_passing *p, double least, uint32_t most, uint32_t *doc,
                 uint32_t *passed) {
    const double enough = least * FH_CLEARLY;
    uint32_t count;
    if (p->merged) return pass_merged(g, p, enough, most, doc, passed);
    enter(p, *doc);
    switch (p->count) { /* a word, and its spelling beside it, are told apart: most queries are these */
    case 1: count = pass(g, p, 1, enough, most, doc, passed); break;
    case 2: count = pass(g, p, 2, enough, most, doc, passed); break;
    default: count = pass(g, p, p->count, enough, most, doc, passed);
    }
    leave(p);
    return count;
}
