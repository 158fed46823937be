/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random questions: every construct of fihris-query-language(7), within each other and with any option. */
#include "tests/truth/press.h"

#include "base/utf8.h"

enum { DEEPEST = 4 };

typedef struct asker {
    press *press;
    const truth_archive *archive;
    fh_arena *arena;
    fh_buf out;
    size_t depth;
} asker;

static size_t roll(asker *a, size_t sides) {
    return dice_below(a->press->dice, sides);
}

static void say(asker *a, const char *text) {
    fh_buf_add(&a->out, fh_str_from(text));
}

static fh_str body_of_any(asker *a) {
    size_t count = a->archive->count;
    if (!count || roll(a, 4) == 0) return press_words(a->press, 8, a->arena);
    const fh_article *article = &a->archive->articles[roll(a, count)]->article;
    return roll(a, 3) == 0 && article->title.len ? article->title : article->body;
}

/* Some words of a text that stand side by side in it. */
static fh_str some_of(asker *a, fh_str text, size_t words) {
    size_t from = fh_str_find(text, FH_STR(" "), roll(a, text.len + 1));
    from = from == SIZE_MAX ? 0 : from + 1;
    size_t to = from;
    for (; words > 0 && to < text.len; words--) {
        to = fh_str_find(text, FH_STR(" "), to + 1);
        if (to == SIZE_MAX) to = text.len;
    }
    return fh_str_trim(fh_str_slice(text, from, to));
}

/* What a query would take for a sign of its own stays away, nearly always. */
static void say_plain(asker *a, fh_str text) {
    uint32_t c;
    bool raw = roll(a, 40) == 0;
    for (size_t at = 0; at < text.len;) {
        at += fh_utf8_next(text, at, &c);
        bool sign =
            (c < 0x80 && strchr("\"()*:+\n", (int)c)) || c == 0xAB || c == 0xBB || c == 0x201C || c == 0x201D;
        if (raw || !sign)
            fh_buf_add_code_point(&a->out, c);
        else
            fh_buf_add_char(&a->out, ' ');
    }
}

static void say_words(asker *a, size_t words) {
    size_t before = a->out.len;
    for (int tries = 0; tries < 4 && a->out.len == before; tries++)
        say_plain(a, some_of(a, body_of_any(a), words));
    if (a->out.len == before) say(a, "مصر");
}

static void say_word(asker *a) {
    static const char *const others[] = {"في",        "من",     "كلمةغيرموجودة", "زيلينسكيي",
                                         "zelenskiy", "الروسي", "أردوغان"};
    switch (roll(a, 8)) {
    case 0: say_plain(a, press_word(a->press, a->arena)); break;
    case 1: say(a, others[roll(a, sizeof others / sizeof *others)]); break;
    case 2: say_plain(a, press_name(a->press, a->arena)); break;
    default: say_words(a, 1);
    }
}

static void say_phrase(asker *a) {
    bool guillemets = roll(a, 4) == 0;
    say(a, guillemets ? "«" : "\"");
    say_words(a, 1 + roll(a, 4));
    say(a, guillemets ? "»" : "\"");
}

static void say_beginning(asker *a) {
    fh_str text = some_of(a, body_of_any(a), 1);
    fh_buf word = {0};
    uint32_t c;
    size_t letters = 0, wanted = 3 + roll(a, 3);
    for (size_t at = 0; at < text.len && letters < wanted;) {
        at += fh_utf8_next(text, at, &c);
        if (c < 0x621 || c > 0x64A) continue;
        fh_buf_add_code_point(&word, c);
        letters++;
    }
    if (letters < wanted) say(a, "انتخا");
    fh_buf_add(&a->out, fh_buf_str(&word));
    say(a, "*");
    fh_buf_free(&word);
}

/* ---- Fields ---- */

/* Each # is a digit. */
static void say_date(asker *a) {
    static const char *const shapes[] = {"date:2024",       "date:2024-0#",     "تاريخ:2023-11..2024-0#",
                                         "date:2024-0#-1#", "before:2024-0#",   "قبل:#/2/2024",
                                         "بعد:2023-12",     "after:2024-0#-0#", "date:..2024-0#",
                                         "date:2024-0#..",  "after:2024-01-1#"};
    const char *shape = shapes[roll(a, sizeof shapes / sizeof *shapes)];
    for (; *shape; shape++) fh_buf_add_char(&a->out, *shape == '#' ? (char)('1' + roll(a, 6)) : *shape);
}

static void say_entity(asker *a) {
    const fh_gazetteer *gazetteer = a->archive->gazetteer;
    const truth_article *held = a->archive->count ? a->archive->articles[roll(a, a->archive->count)] : NULL;
    say(a, roll(a, 3) ? "entity:" : "كيان:");
    if (held && held->names.count && roll(a, 2)) {
        say(a, "\"");
        fh_buf_add(&a->out, held->names.items[roll(a, held->names.count)]);
        say(a, "\"");
    } else if (roll(a, 2)) {
        say(a, fh_gazetteer_at(gazetteer, roll(a, fh_gazetteer_count(gazetteer)))->id);
    } else {
        say(a, "\"");
        say_plain(a, press_name(a->press, a->arena));
        say(a, "\"");
    }
}

static void say_name_of(asker *a, fh_str name) {
    say(a, "\"");
    fh_buf_add(&a->out, name.len ? name : FH_STR("المدار"));
    say(a, "\"");
}

static void say_expression(asker *a);

static void say_group(asker *a) {
    if (a->depth >= DEEPEST) {
        say_word(a);
        return;
    }
    say(a, "(");
    say_expression(a);
    say(a, ")");
}

static void say_field(asker *a) {
    switch (roll(a, 6)) {
    case 0:
        say(a, roll(a, 2) ? "title:" : "عنوان:");
        roll(a, 3) ? say_word(a) : roll(a, 2) ? say_group(a) : say_beginning(a);
        break;
    case 1:
        say(a, "title:");
        say_phrase(a);
        break;
    case 2:
        say(a, roll(a, 2) ? "author:" : "كاتب:");
        say_name_of(a, press_author(a->press));
        break;
    case 3:
        say(a, roll(a, 2) ? "source:" : "مصدر:");
        roll(a, 2) ? say_name_of(a, press_source(a->press)) : say(a, "المدار");
        break;
    case 4: say_entity(a); break;
    default: say_date(a);
    }
}

/* ---- Expressions ---- */

static void say_term(asker *a) {
    switch (roll(a, 16)) {
    case 0: say_phrase(a); break;
    case 1:
        say(a, "+");
        roll(a, 4) ? say_word(a) : say_group(a);
        break;
    case 2:
        say(a, roll(a, 2) ? "-" : "NOT ");
        roll(a, 3) ? say_word(a) : roll(a, 2) ? say_phrase(a) : say_group(a);
        break;
    case 3: say_beginning(a); break;
    case 4:
    case 5: say_field(a); break;
    case 6: say_group(a); break;
    case 7: say_words(a, 2 + roll(a, 2)); break;
    case 8: say_plain(a, press_name(a->press, a->arena)); break;
    default: say_word(a);
    }
}

static void say_expression(asker *a) {
    static const char *const between[] = {" ", " ", " ", " AND ", " OR ", " أو ", " و ", " وليس ", " OR "};
    size_t terms = 1 + roll(a, 3);
    a->depth++;
    for (size_t i = 0; i < terms; i++) {
        if (i) say(a, between[roll(a, sizeof between / sizeof *between)]);
        say_term(a);
    }
    a->depth--;
}

fh_str press_query(press *p, const truth_archive *archive, fh_arena *arena) {
    asker a = {.press = p, .archive = archive, .arena = arena};
    say_expression(&a);
    fh_str query = fh_arena_copy(arena, fh_buf_str(&a.out));
    fh_buf_free(&a.out);
    return query;
}

/* ---- How it is asked ---- */

static fh_filter some_filter(press *p, const truth_archive *archive, fh_arena *arena) {
    static const fh_slot slots[] = {FH_SLOT_SOURCE,   FH_SLOT_AUTHOR,   FH_SLOT_MONTH,
                                    FH_SLOT_LANGUAGE, FH_SLOT_ENTITIES, FH_SLOT_KEYWORDS};
    fh_filter filter = {.slot = slots[dice_below(p->dice, sizeof slots / sizeof *slots)],
                        .value = press_source(p)};
    if (!archive->count) return filter;
    const truth_article *held = archive->articles[dice_below(p->dice, archive->count)];
    fh_str value = truth_value(held, filter.slot, arena);
    const char end_mark[] = {FH_VALUE_END};
    size_t end = fh_str_find(value, (fh_str){end_mark, 1}, 0);
    filter.value = end == SIZE_MAX ? value : fh_str_slice(value, 0, end);
    if (!filter.value.len) filter = (fh_filter){FH_SLOT_SOURCE, press_source(p)};
    return filter;
}

static void some_facets(press *p, fh_search *search, fh_arena *arena) {
    size_t known = 0;
    while (fh_facet_names()[known].name) known++;
    search->facet_count = 1 + dice_below(p->dice, 3);
    fh_facet_wanted *facets = FH_ARENA_ARRAY(arena, fh_facet_wanted, search->facet_count);
    for (size_t i = 0; i < search->facet_count; i++)
        facets[i] =
            (fh_facet_wanted){&fh_facet_names()[dice_below(p->dice, known)], dice_between(p->dice, 1, 12)};
    search->facets = facets;
}

/* Other numbers than the usual, nothing among them. */
static const fh_ranking *some_ranking(press *p, fh_arena *arena) {
    fh_ranking *ranking = FH_ARENA_ARRAY(arena, fh_ranking, 1);
    double *const numbers[] = {&ranking->bm25.k1, &ranking->surface, &ranking->entity, &ranking->near,
                               &ranking->bm25.b};
    *ranking = *fh_ranking_default();
    size_t which = dice_below(p->dice, 5);
    *numbers[which] = (double)dice_below(p->dice, 5) / (which == 4 ? 4 : 2); /* b is 1 at most */
    return ranking;
}

fh_search press_search(press *p, const truth_archive *archive, fh_arena *arena) {
    static const char *const periods[] = {"2024", "2023-11..2024-02", "..2024-03", "2024-04.."};
    fh_search search = {.query = press_query(p, archive, arena), .limit = 10};
    if (dice_one_in(p->dice, 3)) search.match = (fh_match)dice_below(p->dice, 3);
    if (dice_one_in(p->dice, 3)) search.sort = (fh_sort)dice_below(p->dice, 3);
    if (dice_one_in(p->dice, 3)) search.all = true;
    if (dice_one_in(p->dice, 4)) search.offset = (uint32_t)dice_below(p->dice, 12);
    if (dice_one_in(p->dice, 3)) search.limit = (uint32_t)dice_below(p->dice, 200);
    if (dice_one_in(p->dice, 8)) search.period = fh_str_from(periods[dice_below(p->dice, 4)]);
    if (dice_one_in(p->dice, 5)) {
        search.filter_count = 1 + dice_below(p->dice, 3);
        fh_filter *filters = FH_ARENA_ARRAY(arena, fh_filter, search.filter_count);
        for (size_t i = 0; i < search.filter_count; i++) filters[i] = some_filter(p, archive, arena);
        search.filters = filters;
        if (dice_one_in(p->dice, 4)) search.query = FH_STR("");
    }
    if (dice_one_in(p->dice, 3)) some_facets(p, &search, arena);
    search.ids_only = dice_one_in(p->dice, 12);
    search.explain = !search.ids_only && dice_one_in(p->dice, 4);
    if (dice_one_in(p->dice, 6)) search.ranking = some_ranking(p, arena);
    return search;
}
