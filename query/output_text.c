/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers for people at a terminal. */
#include "query/output.h"
#include "query/paint.h"

enum {
    WIDTH = 78,
    INDENT = 3,
    SHOWN_ENTITIES = 6, /* of a hit */
    ISO_DAY = 10,       /* letters of "2024-05-04" */
};

/* "12 نتيجة": the noun as Arabic counts it (CLDR's plural rules for ar; "many" and "other" look alike without
 * vowels). */
static void add_count(uint64_t n, fh_buf *out) {
    unsigned long long number = n;
    if (n == 0) {
        fh_buf_printf(out, "لا نتائج");
    } else if (n == 1) {
        fh_buf_printf(out, "نتيجة واحدة");
    } else if (n == 2) {
        fh_buf_printf(out, "نتيجتان");
    } else if (n % 100 >= 3 && n % 100 <= 10) {
        fh_buf_printf(out, "%llu نتائج", number);
    } else {
        fh_buf_printf(out, "%llu نتيجة", number);
    }
}

static void add_expanded(fh_strs stems, bool colour, fh_buf *out) {
    fh_buf line = {0};
    for (size_t i = 0; i < stems.count; i++) {
        if (i) fh_buf_add(&line, FH_STR("، "));
        fh_buf_add(&line, stems.items[i]);
    }
    if (line.len) {
        fh_buf_add(out, FH_STR("أُضيف إلى البحث: "));
        fh_paint(FH_STYLE_FAINT, fh_buf_str(&line), colour, out);
        fh_buf_add_char(out, '\n');
    }
    fh_buf_free(&line);
}

static void add_quoted(fh_str text, fh_buf *out) {
    fh_buf_add(out, FH_STR("«"));
    fh_paint_inert(text, out);
    fh_buf_add(out, FH_STR("»"));
}

/* Names that were understood otherwise than they are written; the rest explains itself. */
static void add_names(const fh_answer *answer, fh_buf *out) {
    for (size_t i = 0; i < answer->named_count; i++) {
        const fh_named *named = &answer->named[i];
        if (!named->spelling.len) continue;
        fh_buf_add(out, FH_STR("فُهم "));
        add_quoted(named->typed, out);
        fh_buf_printf(out, " على أنه %s\n", named->entity->label);
    }
}

static void add_unknown(const fh_unknown_name *unknown, fh_buf *out) {
    fh_buf_add(out, FH_STR("لا كيان اسمه "));
    add_quoted(unknown->typed, out);
    fh_buf_add(out, FH_STR("، فبُحث عنه نصا كما هو"));
    for (size_t i = 0; i < unknown->nearest_count; i++)
        fh_buf_printf(out, "%s%s (%s)", i ? "، " : ". أقرب الأسماء إليه: ", unknown->nearest[i]->label,
                      unknown->nearest[i]->id);
    fh_buf_add_char(out, '\n');
}

static void add_header(const fh_answer *answer, fh_str id, bool colour, fh_buf *out) {
    if (id.len) {
        fh_paint(FH_STYLE_STRONG, id, colour, out);
        fh_buf_add(out, FH_STR("  "));
        fh_paint(FH_STYLE_PLAIN, answer->query, colour, out);
        fh_buf_add_char(out, '\n');
    }
    if (!answer->total_exact && answer->total > 2) fh_buf_add(out, FH_STR("نحو "));
    add_count(answer->total, out);
    fh_buf_printf(out, " (%.1f ms)\n", answer->took_ms);
    if (answer->widened) fh_buf_add(out, FH_STR("لا مقال فيه الكلمات كلها، وهذه مقالات فيها بعضها\n"));
    add_names(answer, out);
    for (size_t i = 0; i < answer->unknown_count; i++) add_unknown(&answer->unknown[i], out);
    add_expanded(answer->expanded, colour, out);
    if (!answer->suggestion.len) return;
    fh_buf_add(out, FH_STR("هل تقصد: "));
    fh_paint(FH_STYLE_STRONG, answer->suggestion, colour, out);
    fh_buf_add(out, FH_STR("؟\n"));
}

static void add_line(const char *name, fh_str text, fh_buf *out) {
    if (!text.len) return;
    fh_buf_printf(out, "%-8s ", name);
    fh_paint_inert(text, out);
    fh_buf_add_char(out, '\n');
}

/* "near «قرغيزستان» 0.08": why a name is an entity's. */
static void add_naming(fh_naming how, fh_str spelling, double distance, fh_buf *out) {
    fh_buf_add(out, fh_str_from(fh_naming_name(how)));
    if (!spelling.len) return;
    fh_buf_add_char(out, ' ');
    add_quoted(spelling, out);
    fh_buf_printf(out, " %.3g", distance);
}

static void explain_names(const fh_answer *answer, fh_buf *out) {
    for (size_t i = 0; i < answer->named_count; i++) {
        const fh_named *named = &answer->named[i];
        fh_buf_printf(out, "%-8s ", "named");
        add_quoted(named->typed, out);
        fh_buf_printf(out, " %s ", named->entity->id);
        add_naming(named->how, named->spelling, named->distance, out);
        fh_buf_add_char(out, '\n');
    }
}

static void add_explanation(const fh_answer *answer, fh_buf *out) {
    if (!answer->tree.len) return;
    add_line("tree", answer->tree, out);
    explain_names(answer, out);
    add_line("lowered", answer->lowered, out);
}

/* ---- One hit ---- */

static void paint_segments(const fh_segments *segments, fh_style plain, bool colour, fh_buf *out) {
    for (size_t i = 0; i < segments->count; i++) {
        const fh_segment *s = &segments->items[i];
        fh_style style = s->mark == FH_MARK_TERM     ? FH_STYLE_TERM
                         : s->mark == FH_MARK_ENTITY ? FH_STYLE_ENTITY
                                                     : plain;
        fh_paint(style, s->text, colour, out);
    }
}

static void add_between(fh_str text, fh_buf *out) {
    if (!text.len) return;
    if (out->len) fh_buf_add(out, FH_STR(" · "));
    fh_paint_inert(text, out);
}

static void paint_origin(const fh_article *article, bool colour, fh_buf *out) {
    char published[FH_DATE_TEXT];
    fh_buf line = {0};
    fh_date_iso(&article->published, published);
    fh_str day = fh_str_from(published);
    if (day.len > ISO_DAY) day.len = ISO_DAY;
    add_between(article->source, &line);
    add_between(day, &line);
    add_between(article->author, &line);
    fh_paint(FH_STYLE_FAINT, fh_buf_str(&line), colour, out);
    fh_buf_free(&line);
}

/* "+4 similar": the noun as Arabic counts it. */
static void paint_duplicates(uint32_t n, bool colour, fh_buf *out) {
    fh_buf line = {0};
    if (n == 1)
        fh_buf_add(&line, FH_STR("+ خبر مشابه"));
    else if (n == 2)
        fh_buf_add(&line, FH_STR("+ خبران مشابهان"));
    else if (n > 2)
        fh_buf_printf(&line, "+%u %s", n, n % 100 >= 3 && n % 100 <= 10 ? "أخبار مشابهة" : "خبرا مشابها");
    fh_paint(FH_STYLE_FAINT, fh_buf_str(&line), colour, out);
    fh_buf_free(&line);
}

static void paint_entities(const fh_answer_hit *hit, bool colour, fh_buf *out) {
    fh_buf line = {0};
    for (size_t i = 0; i < hit->entity_count && i < SHOWN_ENTITIES; i++) {
        if (i) fh_buf_add(&line, FH_STR("، "));
        fh_buf_add(&line, fh_str_from(hit->entities[i]->label));
    }
    fh_paint(FH_STYLE_FAINT, fh_buf_str(&line), colour, out);
    fh_buf_free(&line);
}

/* " («توكاييف» listed 2, «الروسي» nisba 1)" */
static void paint_seen(const fh_score_part *part, fh_buf *out) {
    for (size_t i = 0; i < part->seen_count; i++) {
        const fh_spelling_seen *seen = &part->seen[i];
        fh_buf_add(out, i ? FH_STR(", ") : FH_STR(" ("));
        add_quoted(seen->text, out);
        fh_buf_add_char(out, ' ');
        add_naming(seen->how, seen->spelling, seen->distance, out);
        fh_buf_printf(out, " ×%u", seen->times);
    }
    if (part->seen_count) fh_buf_add_char(out, ')');
}

static void paint_parts(const fh_answer_hit *hit, fh_buf *out) {
    if (!hit->part_count) return;
    fh_buf_printf(out, "score %.3f =", hit->hit->score);
    for (size_t i = 0; i < hit->part_count; i++) {
        fh_buf_printf(out, "%s %.3f ", i ? " +" : "", hit->parts[i].score);
        fh_paint_inert(hit->parts[i].what, out);
        paint_seen(&hit->parts[i], out);
    }
}

/* Ends a paragraph of a hit: wraps what was painted, and begins the next one. */
static void flush(fh_buf *painted, fh_buf *out) {
    if (painted->len) fh_paint_wrapped(fh_buf_str(painted), INDENT, INDENT, WIDTH, out);
    fh_buf_clear(painted);
}

static void add_hit(const fh_answer_hit *hit, size_t rank, bool colour, fh_buf *out) {
    fh_buf painted = {0};
    fh_buf_add_char(out, '\n');
    fh_buf_printf(&painted, "%zu. ", rank);
    paint_segments(&hit->title, FH_STYLE_STRONG, colour, &painted);
    fh_paint_wrapped(fh_buf_str(&painted), 0, INDENT, WIDTH, out);
    fh_buf_clear(&painted);
    paint_origin(&hit->hit->article, colour, &painted);
    flush(&painted, out);
    paint_segments(&hit->snippet, FH_STYLE_PLAIN, colour, &painted);
    flush(&painted, out);
    paint_duplicates(hit->hit->duplicates, colour, &painted);
    flush(&painted, out);
    paint_entities(hit, colour, &painted);
    flush(&painted, out);
    fh_paint(FH_STYLE_FAINT, hit->hit->article.url, colour, &painted);
    flush(&painted, out);
    paint_parts(hit, &painted);
    flush(&painted, out);
    fh_buf_free(&painted);
}

/* ---- Facets ---- */

/* Behind the label, so that it can be copied into entity: */
static void paint_id(fh_str id, bool colour, fh_buf *out) {
    fh_buf_add(out, FH_STR("  "));
    fh_paint(FH_STYLE_FAINT, id, colour, out);
}

static void add_facet(const fh_answer_facet *facet, bool colour, fh_buf *out) {
    fh_buf_add_char(out, '\n');
    fh_paint(FH_STYLE_STRONG, fh_str_from(facet->by->label), colour, out);
    fh_buf_add_char(out, '\n');
    for (size_t i = 0; i < facet->value_count; i++) {
        fh_buf_printf(out, "%7u  ", facet->values[i].articles);
        fh_paint_inert(facet->values[i].label, out);
        if (facet->by->slot == FH_SLOT_ENTITIES) paint_id(facet->values[i].value, colour, out);
        fh_buf_add_char(out, '\n');
    }
}

void fh_output_text(const fh_answer *answer, fh_str id, bool colour, fh_buf *out) {
    add_header(answer, id, colour, out);
    add_explanation(answer, out);
    for (size_t i = 0; i < answer->hit_count; i++)
        add_hit(&answer->hits[i], answer->offset + i + 1, colour, out);
    for (size_t i = 0; i < answer->facet_count; i++) add_facet(&answer->facets[i], colour, out);
}
