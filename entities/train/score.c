/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Found names against those that the annotation has. */
#include "entities/train/score.h"

typedef struct span {
    size_t first, end; /* tokens */
    unsigned type;
} span;

/* The name that begins at token `first`, which is in one. */
static span gold_span(const fh_gold_text *gold, size_t first) {
    span out = {first, first + 1, gold->tokens[first].type};
    while (out.end < gold->count && gold->tokens[out.end].type == out.type && !gold->tokens[out.end].begins)
        out.end++;
    return out;
}

/* The tokens that have a byte of what was found; those before `from` have none. */
static span found_span(const fh_gold_text *gold, const fh_recognised *name, size_t from) {
    while (from < gold->count && gold->tokens[from].end <= name->start) from++;
    span out = {from, from, name->type};
    while (out.end < gold->count && gold->tokens[out.end].start < name->end) out.end++;
    return out;
}

void fh_score_add(fh_score *score, const fh_gold_text *gold, fh_recognised_list found, fh_arena *arena) {
    span *wanted = FH_ARENA_ARRAY(arena, span, gold->count + 1);
    size_t count = 0;
    for (size_t at = 0; at < gold->count;) {
        span name = gold_span(gold, at);
        at = name.end;
        if (name.type >= FH_NAME_TYPES) continue;
        wanted[count++] = name;
        score->wanted[name.type]++;
    }
    size_t token = 0, next = 0;
    for (size_t i = 0; i < found.count; i++) {
        span name = found_span(gold, &found.items[i], token);
        token = name.first;
        score->found[name.type]++;
        while (next < count && wanted[next].first < name.first) next++;
        if (next < count && wanted[next].first == name.first && wanted[next].end == name.end &&
            wanted[next].type == name.type)
            score->right[name.type]++;
    }
}

fh_recognised_list fh_score_listed(fh_mentions known, fh_arena *arena) {
    fh_recognised_list out = {FH_ARENA_ARRAY(arena, fh_recognised, known.count), 0};
    for (size_t i = 0; i < known.count; i++) {
        const fh_mention *mention = &known.items[i];
        if (mention->form == FH_FORM_NISBA || mention->entity->type >= FH_NAME_TYPES) continue;
        out.items[out.count++] = (fh_recognised){.type = mention->entity->type,
                                                 .first = mention->first,
                                                 .count = mention->count,
                                                 .start = mention->start,
                                                 .end = mention->end};
    }
    return out;
}

static void write_measures(size_t right, size_t found, size_t wanted, const char *name, fh_buf *out) {
    double precision = found ? 100.0 * (double)right / (double)found : 0;
    double recall = wanted ? 100.0 * (double)right / (double)wanted : 0;
    double f1 = right ? 2 * precision * recall / (precision + recall) : 0;
    fh_buf_printf(out, "\t%s %.1f %.1f %.2f", name, precision, recall, f1);
}

void fh_score_write(const fh_score *score, const char *name, fh_buf *out) {
    static const char *const types[FH_NAME_TYPES] = {"PERS", "LOC", "ORG"};
    size_t right = 0, found = 0, wanted = 0;
    for (size_t t = 0; t < FH_NAME_TYPES; t++) {
        right += score->right[t];
        found += score->found[t];
        wanted += score->wanted[t];
    }
    fh_buf_add(out, fh_str_from(name));
    write_measures(right, found, wanted, "all", out);
    for (size_t t = 0; t < FH_NAME_TYPES; t++)
        write_measures(score->right[t], score->found[t], score->wanted[t], types[t], out);
    fh_buf_add_char(out, '\n');
}
