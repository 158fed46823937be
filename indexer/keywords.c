/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keywords that lost their separators are found again: of all ways to cut the row of words, the one whose
 * pieces are best known. */
#include "indexer/keywords.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "stemmer/stemmer.h"

#include <stdint.h>

enum {
    /* What a piece is worth.  Chosen so that a name beats a phrase of the article, that beats what only
     * grammar joins, and that its words one by one. */
    NAME_WORD = 9,
    KEYWORD_WORD = 8, /* of a keyword of other articles */
    KNOWN_WORD = 7,
    KNOWN_PHRASE_COST = 6,
    GRAMMAR_WORD = 4,
    GRAMMAR_PHRASE_COST = 3,
    SINGLE_WORD = 2,
    SINGLE_KNOWN_WORD = 3,
    IMPOSSIBLE = -1,
};

/* The keywords' words, and what is known of each. */
typedef struct row {
    fh_tokens words;
    uint32_t *name;  /* how many words a name that begins here has, 0: none */
    uint32_t *known; /* the longest run from here that the article has */
    const fh_keyword_memory *memory;
} row;

static bool is_separator(char byte) {
    return byte == ',' || byte == ';' || byte == '|' || byte == '#' || byte == '\n' || byte == '/';
}

/* Bytes of the separator at `at`: 0 where there is none. */
static size_t separator(fh_str line, size_t at) {
    if (is_separator(line.ptr[at])) return 1;
    static const char *const marks[] = {"،", "؛", "•"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        fh_str mark = fh_str_from(marks[i]);
        if (fh_str_starts(fh_str_slice(line, at, line.len), mark)) return mark.len;
    }
    return 0;
}

static void add(fh_strs *list, fh_str keyword) {
    keyword = fh_str_trim(keyword);
    if (keyword.len) list->items[list->count++] = keyword;
}

static fh_strs split_at_separators(fh_str line, fh_arena *arena) {
    size_t most = 1, length, from = 0;
    for (size_t at = 0; at < line.len; at++) most += separator(line, at) > 0;
    fh_strs out = {FH_ARENA_ARRAY(arena, fh_str, most), 0};
    for (size_t at = 0; at < line.len;) {
        length = separator(line, at);
        if (length) {
            add(&out, fh_str_slice(line, from, at));
            from = at += length;
        } else {
            at++;
        }
    }
    add(&out, fh_str_slice(line, from, line.len));
    return out;
}

static uint32_t common_run(fh_tokens words, size_t at, fh_tokens text, size_t text_at) {
    uint32_t run = 0;
    while (run < FH_KEYWORD_WORDS && at + run < words.count && text_at + run < text.count &&
           fh_str_equal(words.items[at + run].folded, text.items[text_at + run].folded))
        run++;
    return run;
}

static row read_row(const fh_keyword_tools *tools, fh_str line, fh_tokens words, fh_tokens article,
                    fh_arena *arena) {
    row made = {.words = words, .memory = tools->memory};
    made.name = fh_arena_take_zeroed(arena, made.words.count * sizeof *made.name);
    made.known = fh_arena_take_zeroed(arena, made.words.count * sizeof *made.known);
    fh_mentions names = fh_entities_find(tools->gazetteer, line, made.words, arena);
    for (size_t i = 0; i < names.count; i++) made.name[names.items[i].first] = names.items[i].count;
    for (size_t at = 0; at < made.words.count; at++)
        for (size_t text_at = 0; text_at < article.count; text_at++) {
            uint32_t run = common_run(made.words, at, article, text_at);
            if (run > made.known[at]) made.known[at] = run;
        }
    return made;
}

static bool has_article(const fh_token *word) {
    return fh_str_starts(word->folded, FH_STR("ال"));
}

static bool is_phrase(const row *words, size_t from, size_t count) {
    for (size_t i = 1; i < count; i++)
        if (!has_article(&words->words.items[from + i])) return false;
    return true;
}

static int worth(const row *words, size_t from, size_t count) {
    int n = (int)count;
    if (words->name[from] == count) return NAME_WORD * n;
    if (fh_keyword_memory_is_keyword(words->memory, words->words, from, count)) return KEYWORD_WORD * n;
    if (count == 1) return words->known[from] ? SINGLE_KNOWN_WORD : SINGLE_WORD;
    bool together = fh_keyword_memory_is_phrase(words->memory, words->words, from, count);
    if (together || words->known[from] >= count) return KNOWN_WORD * n - KNOWN_PHRASE_COST;
    return is_phrase(words, from, count) ? GRAMMAR_WORD * n - GRAMMAR_PHRASE_COST : IMPOSSIBLE;
}

/* For each word, how many words the best piece has that ends before it, found from left to right. */
static uint32_t *best_pieces(const row *words, fh_arena *arena) {
    size_t count = words->words.count;
    uint32_t *piece = fh_arena_take_zeroed(arena, (count + 1) * sizeof *piece);
    int *best = FH_ARENA_ARRAY(arena, int, count + 1);
    best[0] = 0;
    for (size_t end = 1; end <= count; end++) {
        best[end] = IMPOSSIBLE;
        for (size_t n = 1; n <= FH_KEYWORD_WORDS && n <= end; n++) {
            int piece_worth = worth(words, end - n, n);
            if (piece_worth == IMPOSSIBLE || best[end - n] + piece_worth <= best[end]) continue;
            best[end] = best[end - n] + piece_worth;
            piece[end] = (uint32_t)n;
        }
    }
    return piece;
}

static fh_strs split_by_knowledge(const row *words, fh_str line, fh_arena *arena) {
    uint32_t *piece = best_pieces(words, arena);
    size_t count = 0;
    for (size_t end = words->words.count; end; end -= piece[end]) count++;
    fh_strs out = {FH_ARENA_ARRAY(arena, fh_str, count + 1), count};
    for (size_t end = words->words.count; end; end -= piece[end]) {
        const fh_token *first = &words->words.items[end - piece[end]], *last = &words->words.items[end - 1];
        out.items[--count] = fh_str_slice(line, first->start, last->end);
    }
    return out;
}

/* The words of title and body, where phrases of the row may stand. */
static fh_tokens article_words(fh_analyser *analyser, const fh_article *article, fh_arena *arena) {
    fh_str text = fh_arena_format(arena, "%.*s\n%.*s", FH_STR_ARG(article->title), FH_STR_ARG(article->body));
    return fh_analyse(analyser, text, arena);
}

static fh_strs split_row(const fh_keyword_tools *tools, fh_analyser *analyser, const fh_article *article,
                         fh_str line, fh_arena *arena) {
    fh_tokens tokens = fh_analyse(analyser, line, arena);
    row words = read_row(tools, line, tokens, article_words(analyser, article, arena), arena);
    fh_strs out = split_by_knowledge(&words, line, arena);
    fh_keyword_memory_add_row(tools->memory, tokens);
    return out;
}

void fh_keywords_settle(const fh_keyword_tools *tools, fh_article *article, fh_arena *arena) {
    fh_strs *keywords = &article->keywords;
    bool is_row = tools->rows && keywords->count == 1;
    if (keywords->count == 0) return;
    fh_analyser *analyser = fh_analyser_new(FH_STEMMER_NONE); /* words are compared as folded */
    if (is_row) *keywords = split_at_separators(keywords->items[0], arena);
    if (is_row && keywords->count == 1)
        *keywords = split_row(tools, analyser, article, keywords->items[0], arena);
    else
        for (size_t i = 0; i < keywords->count; i++)
            fh_keyword_memory_add(tools->memory, fh_analyse(analyser, keywords->items[i], arena));
    fh_analyser_free(analyser);
}
