/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The likeliest names of a text, sentence by sentence. */
#include "entities/finder.h"

#include <limits.h>

enum {
    DEAD = INT_MIN / 2,
    /* A label that is so much worse than the best one does not come back.  In units of weights. */
    BEAM = 256,
};

/* The labels that may follow one, and how many. */
typedef struct followers {
    uint8_t labels[FH_LABELS], count;
} followers;

typedef struct decoder {
    fh_name_finder *finder;
    const int16_t (*steps)[FH_LABELS];
    fh_weighed_text text;
    uint8_t (*from)[FH_LABELS]; /* of each word's labels, the best one before it */
    uint8_t *labels;            /* of the words, in the end */
    followers followers[FH_LABELS];
} decoder;

/* ---- Sequences ---- */

/* What the best sequence that ends in each label is worth; the last lane is no label's. */
typedef struct frontier {
    int32_t scores[FH_LANES];
    int32_t best;
} frontier;

static void settle(frontier *front) {
    front->best = DEAD;
    for (size_t l = 0; l < FH_LANES; l++)
        front->best = front->scores[l] > front->best ? front->scores[l] : front->best;
}

/* At a sentence's first word. */
static void enter(const fh_sums sums, frontier *out) {
    for (unsigned l = 0; l < FH_LANES; l++)
        out->scores[l] = l < FH_LABELS && fh_label_opens(l) ? sums[l] : DEAD;
    settle(out);
}

static inline void try_step(const decoder *d, size_t at, int32_t score, unsigned from, unsigned to,
                            frontier *next) {
    score += d->steps[from][to];
    if (score <= next->scores[to]) return;
    next->scores[to] = score;
    d->from[at][to] = (uint8_t)from;
}

static void advance(const decoder *d, size_t at, const fh_sums sums, frontier *front) {
    frontier next;
    for (size_t l = 0; l < FH_LANES; l++) next.scores[l] = DEAD;
    for (unsigned from = 0; from < FH_LABELS; from++) {
        int32_t score = front->scores[from];
        if (score < front->best - BEAM) continue;
        const followers *after = &d->followers[from];
        for (size_t i = 0; i < after->count; i++) try_step(d, at, score, from, after->labels[i], &next);
    }
    for (size_t l = 0; l < FH_LANES; l++) next.scores[l] += next.scores[l] == DEAD ? 0 : sums[l];
    settle(&next);
    *front = next;
}

/* The best label to end with; a name that the beam left open ends here too. */
static unsigned last_label(const frontier *front) {
    unsigned best = FH_OUTSIDE;
    for (unsigned l = 1; l < FH_LABELS; l++)
        if (fh_label_closes(l) && front->scores[l] > front->scores[best]) best = l;
    for (unsigned l = 1; front->scores[best] == DEAD && l < FH_LABELS; l++)
        if (front->scores[l] == front->best) best = l;
    return best;
}

/* Labels the sentence that begins at word `first`; returns the word behind it. */
static size_t label_sentence(const decoder *d, size_t first) {
    fh_sums sums;
    frontier front;
    fh_word_weigh(d->finder, &d->text, first, sums);
    enter(sums, &front);
    size_t end = first + 1;
    for (; end < d->text.view.count && !(d->text.view.words[end].gap & FH_GAP_END); end++) {
        fh_word_weigh(d->finder, &d->text, end, sums);
        advance(d, end, sums, &front);
    }
    unsigned label = last_label(&front);
    for (size_t at = end; at-- > first;) {
        d->labels[at] = (uint8_t)label;
        if (at > first) label = d->from[at][label];
    }
    return end;
}

/* ---- Names ---- */

/* The word behind the name that begins at word `first`. */
static size_t name_end(const decoder *d, size_t first) {
    size_t end = first + 1;
    while (end < d->text.view.count && !(d->text.view.words[end].gap & FH_GAP_END) &&
           !fh_label_opens(d->labels[end]) && fh_labels_follow(d->labels[end - 1], d->labels[end]))
        end++;
    return end;
}

static void list_followers(decoder *d) {
    for (unsigned from = 0; from < FH_LABELS; from++) {
        followers *out = &d->followers[from];
        for (unsigned to = 0; to < FH_LABELS; to++)
            if (fh_labels_follow(from, to)) out->labels[out->count++] = (uint8_t)to;
    }
}

/* The words of one sign share its bytes: where a name ends in such a word, the next cannot begin there. */
static void add_name(fh_recognised_list *out, unsigned type, fh_tokens tokens, uint32_t first,
                     uint32_t last) {
    fh_recognised name = {
        .type = (uint8_t)type,
        .first = first,
        .count = last - first + 1,
        .start = tokens.items[first].start,
        .end = tokens.items[last].end,
    };
    if (out->count == 0 || name.start >= out->items[out->count - 1].end) out->items[out->count++] = name;
}

fh_recognised_list fh_recognise(fh_name_finder *finder, fh_str text, fh_tokens tokens, fh_mentions known,
                                fh_arena *arena) {
    fh_text_words words = fh_text_words_of(text, tokens, arena);
    fh_recognised_list out = {FH_ARENA_ARRAY(arena, fh_recognised, words.count), 0};
    decoder d = {
        .finder = finder,
        .steps = fh_name_finder_model(finder)->steps,
        .text = fh_text_weigh_words(finder, tokens, words, known, arena),
        .from = fh_arena_take(arena, words.count * sizeof *d.from),
        .labels = fh_arena_take(arena, words.count),
    };
    list_followers(&d);
    for (size_t at = 0; at < words.count;) at = label_sentence(&d, at);
    for (size_t at = 0; at < words.count;) {
        size_t end = name_end(&d, at);
        if (d.labels[at] != FH_OUTSIDE && d.labels[at] < FH_OTHER_BEGIN)
            add_name(&out, fh_label_type(d.labels[at]), tokens, words.items[at].token,
                     words.items[end - 1].token);
        at = end;
    }
    return out;
}
