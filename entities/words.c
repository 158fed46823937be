/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens to words and the gaps between them. */
#include "entities/words.h"

#include "base/utf8.h"
#include "entities/key.h"

enum {
    FIRST_ARABIC = 0x0600,
    ARABIC_COMMA = 0x060C,
    ARABIC_SEMICOLON = 0x061B,
    ARABIC_QUESTION = 0x061F,
    FIRST_QUOTE = 0x2018,
    LAST_QUOTE = 0x201F,
    FIRST_DASH = 0x2010,
    LAST_DASH = 0x2015,
    ELLIPSIS = 0x2026,
    GUILLEMET_OPEN = 0x00AB,
    GUILLEMET_CLOSE = 0x00BB,
    NO_BREAK_SPACE = 0x00A0,
    ARABIC_FULL_STOP = 0x06D4,
    TATWEEL = 0x0640,
};

static unsigned gap_of(uint32_t sign) {
    switch (sign) {
    case ' ':
    case '\t':
    case '_':
    case '#':
    case NO_BREAK_SPACE: return 0;
    case '\n':
    case '\r':
    case '!':
    case '?':
    case ARABIC_QUESTION:
    case ARABIC_FULL_STOP:
    case ELLIPSIS: return FH_GAP_END;
    case ',':
    case ';':
    case ARABIC_COMMA:
    case ARABIC_SEMICOLON: return FH_GAP_COMMA;
    case ':': return FH_GAP_COLON;
    case '"':
    case '\'':
    case GUILLEMET_OPEN:
    case GUILLEMET_CLOSE: return FH_GAP_QUOTE;
    case '(':
    case '[':
    case '{': return FH_GAP_OPEN;
    case ')':
    case ']':
    case '}': return FH_GAP_CLOSE;
    case '-':
    case TATWEEL: return FH_GAP_DASH;
    default: break;
    }
    if (sign >= FIRST_QUOTE && sign <= LAST_QUOTE) return FH_GAP_QUOTE;
    if (sign >= FIRST_DASH && sign <= LAST_DASH) return FH_GAP_DASH;
    return fh_is_unseen(sign) ? 0 : FH_GAP_OTHER;
}

static uint8_t gap_between(fh_str between) {
    if (between.len == 1 && between.ptr[0] == ' ') return 0;
    unsigned gap = 0;
    for (size_t at = 0; at < between.len;) {
        uint32_t sign;
        at += fh_utf8_next(between, at, &sign);
        if (sign == '.')
            gap |= at == between.len ? FH_GAP_OTHER : FH_GAP_END;
        else
            gap |= gap_of(sign);
    }
    return (uint8_t)gap;
}

/* UTF-8 of two bytes: five bits, then six. */
enum { LEAD = 0xC0, LEAD_MASK = 0xE0, TRAIL_BITS = 6, TRAIL_MASK = 0x3F };

static uint8_t letter_of(uint32_t code_point) {
    code_point = fh_name_fold_kept(code_point);
    uint32_t arabic = code_point - FIRST_ARABIC;
    return arabic < FH_LETTER_ARABIC ? (uint8_t)(FH_LETTER_ARABIC | arabic) : FH_LETTER_OTHER;
}

void fh_text_word_spell(fh_str folded, fh_text_word *out) {
    size_t count = 0;
    for (size_t i = 0; i < folded.len && count < FH_WORD_LETTERS; i++) {
        unsigned char lead = (unsigned char)folded.ptr[i];
        if (lead < FH_LETTER_ARABIC) {
            out->letters[count++] = lead;
        } else if ((lead & LEAD_MASK) == LEAD && i + 1 < folded.len) {
            unsigned trail = (unsigned char)folded.ptr[++i] & TRAIL_MASK;
            out->letters[count++] = letter_of((uint32_t)(lead & ~LEAD_MASK) << TRAIL_BITS | trail);
        } else if (lead >= LEAD) {
            out->letters[count++] = FH_LETTER_OTHER;
        }
    }
    if (count == 0) out->letters[count++] = FH_LETTER_OTHER;
    out->count = (uint8_t)count;
}

static bool is_address(const fh_token *token) {
    return token->kind == FH_TOKEN_URL || token->kind == FH_TOKEN_EMAIL || token->kind == FH_TOKEN_HANDLE;
}

fh_text_words fh_text_words_of(fh_str text, fh_tokens tokens, fh_arena *arena) {
    fh_text_words words = {fh_arena_take_zeroed(arena, tokens.count * sizeof(fh_text_word)), 0};
    uint32_t end = 0, address_end = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        const fh_token *token = &tokens.items[i];
        if (is_address(token)) address_end = token->end;
        if (token->whole || token->start < address_end) continue;
        fh_text_word *word = &words.items[words.count];
        word->token = (uint32_t)i;
        fh_text_word_spell(token->folded, word);
        if (words.count == 0)
            word->gap = FH_GAP_END;
        else if (token->start > end)
            word->gap = gap_between(fh_str_slice(text, end, token->start));
        end = token->end;
        words.count++;
    }
    return words;
}
