/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packed positions:
 *
 *   2 bytes of the CRC-32 of what follows, the lowest first
 *   byte    how many bits a code has
 *   byte    the seed that makes codes of words
 *   of each field that has words, in any order:
 *     byte    the field
 *     number  how many bytes follow
 *     bits    a code for each word, one position behind the one before; a code of 0 is none: six bits say how
 *             many bits follow, and those how far the next word is instead, 0 for the same position; where
 *             nothing follows it fills the last byte
 *
 * A code is the top of a product of the word's hash, and seeds are tried until no two words of the document
 * have the same one: of n words, 2 log2 n bits are about enough (the birthday problem), and a few less do
 * with luck, which is cheap to try. */
#include "store/positions.h"
#include "base/memory.h"
#include "store/glass_pack.h"
#include "store/glass_read.h"
#include <endian.h>
#include <stdlib.h>
#include <zlib.h>

enum {
    LUCK = 3,        /* bits that are saved at first */
    SEEDS = 24,      /* tried before a bit more is taken */
    FEWEST_BITS = 3, /* so that a code of 0 and a width do not fit into what is left of a byte */
    SUM = 2,         /* bytes */
    WIDTH_BITS = 6,  /* of how many bits a distance has */
    FIRST_PLACES = 1024,
};

typedef struct place {
    uint64_t word; /* its hash */
    uint32_t field, position;
    uint32_t known; /* which of the document's words it is */
    uint32_t order; /* that it came in */
} place;

typedef struct mark {
    uint64_t code;
    uint32_t stamp;
} mark;

struct fh_position_packer {
    place *places;
    size_t count, capacity;
    uint64_t *words; /* each once */
    uint32_t *slots; /* of a hash table: a word's number and one */
    uint64_t *codes; /* of words */
    mark *marks;     /* a hash table of codes that are taken, in the try of this stamp */
    uint32_t stamp;
    size_t word_count;
    size_t room;       /* for words; the tables have twice as much */
    size_t slot_count; /* of the tables, that the document at hand needs */
    fh_buf section;
};

fh_position_packer *fh_position_packer_new(void) {
    return fh_alloc_zeroed(1, sizeof(fh_position_packer));
}

void fh_position_packer_free(fh_position_packer *packer) {
    if (!packer) return;
    free(packer->places);
    free(packer->words);
    free(packer->slots);
    free(packer->codes);
    free(packer->marks);
    fh_buf_free(&packer->section);
    free(packer);
}

/* ---- Codes ---- */

uint64_t fh_position_word(fh_str word) {
    return fh_hash(FH_HASH_START, word);
}

/* Odd numbers that have little to do with each other make other codes of the same words. */
static uint64_t code_of(uint64_t word, unsigned seed, unsigned bits) {
    uint64_t factor = 0x9e3779b97f4a7c15ULL * (2 * seed + 1); /* Knuth's multiplicative hash */
    uint64_t product = (word ^ word >> 29) * (factor | 1);
    return (product ^ product << 21) >> (64 - bits);
}

/* Gives each word a code of its own; false: two of them have the same. */
static bool try_seed(fh_position_packer *p, unsigned seed, unsigned bits) {
    size_t mask = p->slot_count - 1;
    p->stamp++;
    for (size_t i = 0; i < p->word_count; i++) {
        uint64_t code = code_of(p->words[i], seed, bits);
        if (code == 0) return false;
        size_t at = (size_t)(code & mask);
        for (; p->marks[at].stamp == p->stamp; at = (at + 1) & mask)
            if (p->marks[at].code == code) return false;
        p->marks[at] = (mark){code, p->stamp};
        p->codes[i] = code;
    }
    return true;
}

static unsigned bit_length(uint64_t number) {
    return number ? 64u - (unsigned)__builtin_clzll(number) : 0;
}

static unsigned choose_codes(fh_position_packer *p, unsigned *bits) {
    unsigned enough = bit_length((uint64_t)p->word_count * p->word_count);
    *bits = enough > LUCK + FEWEST_BITS ? enough - LUCK : FEWEST_BITS;
    for (;; ++*bits)
        for (unsigned seed = 0; seed < SEEDS; seed++)
            if (try_seed(p, seed, *bits)) return seed;
}

/* ---- The words of a document ---- */

static void make_room(fh_position_packer *p, size_t words) {
    if (words <= p->room) return;
    size_t room = p->room ? p->room : FIRST_PLACES;
    while (room < words) room *= 2;
    p->words = fh_realloc(p->words, room * sizeof *p->words);
    p->codes = fh_realloc(p->codes, room * sizeof *p->codes);
    p->slots = fh_realloc(p->slots, 2 * room * sizeof *p->slots);
    free(p->marks);
    p->marks = fh_alloc_zeroed(2 * room, sizeof *p->marks);
    p->stamp = 0;
    p->room = room;
}

static void know_words(fh_position_packer *p) {
    make_room(p, p->count);
    p->slot_count = FIRST_PLACES;
    while (p->slot_count < 2 * p->count) p->slot_count *= 2;
    size_t mask = p->slot_count - 1;
    memset(p->slots, 0, p->slot_count * sizeof *p->slots);
    p->word_count = 0;
    for (size_t i = 0; i < p->count; i++) {
        uint64_t word = p->places[i].word;
        size_t at = (word ^ word >> 32) & mask;
        while (p->slots[at] && p->words[p->slots[at] - 1] != word) at = (at + 1) & mask;
        if (p->slots[at] == 0) {
            p->words[p->word_count] = word;
            p->slots[at] = (uint32_t)++p->word_count;
        }
        p->places[i].known = p->slots[at] - 1;
    }
}

static int by_place(const void *a, const void *b) {
    const place *x = a, *y = b;
    if (x->field != y->field) return x->field < y->field ? -1 : 1;
    if (x->position != y->position) return x->position < y->position ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void take_places(fh_position_packer *p, const fh_posting *postings, size_t count) {
    bool rising = true;
    p->count = 0;
    for (size_t i = 0; i < count; i++) {
        const fh_posting *from = &postings[i];
        if (from->position == 0 || from->word.len == 0) continue;
        p->places = fh_grow(p->places, p->count, &p->capacity, sizeof *p->places);
        place *to = &p->places[p->count];
        *to = (place){fh_position_word(from->word), from->field, from->position, 0, (uint32_t)p->count};
        if (p->count++ && by_place(to - 1, to) > 0) rising = false;
    }
    if (!rising) qsort(p->places, p->count, sizeof *p->places, by_place);
}

/* ---- Writing ---- */

/* Bits on their way into bytes, the lowest first. */
typedef struct writer {
    fh_buf *out;
    uint64_t held;
    unsigned count;
} writer;

static void put_bits(writer *to, uint64_t value, unsigned count) {
    to->held |= value << to->count;
    to->count += count;
    for (; to->count >= 8; to->count -= 8, to->held >>= 8) fh_buf_add_char(to->out, (char)to->held);
}

/* The places [from, to), of one field. */
static void put_section(fh_position_packer *p, size_t from, size_t to, unsigned bits, fh_buf *out) {
    writer w = {.out = &p->section};
    fh_buf_clear(&p->section);
    for (size_t i = from; i < to; i++) {
        uint32_t last = i > from ? p->places[i - 1].position : 0;
        uint32_t distance = p->places[i].position - last;
        if (distance != 1) {
            unsigned width = bit_length(distance);
            put_bits(&w, 0, bits);
            put_bits(&w, width, WIDTH_BITS);
            put_bits(&w, distance, width);
        }
        put_bits(&w, p->codes[p->places[i].known], bits);
    }
    if (w.count) put_bits(&w, 0, 8 - w.count);
    fh_buf_add_char(out, (char)p->places[from].field);
    fh_glass_uint(out, p->section.len);
    fh_buf_add(out, fh_buf_str(&p->section));
}

static uint16_t sum_of(fh_str bytes) {
    return (uint16_t)crc32(0, (const Bytef *)bytes.ptr, (uInt)bytes.len);
}

void fh_positions_pack(fh_position_packer *packer, const fh_posting *postings, size_t count, fh_buf *out) {
    take_places(packer, postings, count);
    if (packer->count == 0) return;
    know_words(packer);
    unsigned bits, seed = choose_codes(packer, &bits);
    size_t start = out->len;
    fh_buf_add(out, (fh_str){"\0", SUM});
    fh_buf_add_char(out, (char)bits);
    fh_buf_add_char(out, (char)seed);
    for (size_t from = 0, to; from < packer->count; from = to) {
        for (to = from + 1; to < packer->count && packer->places[to].field == packer->places[from].field;)
            to++;
        put_section(packer, from, to, bits, out);
    }
    uint16_t sum = sum_of(fh_str_slice(fh_buf_str(out), start + SUM, out->len));
    out->ptr[start] = (char)sum;
    out->ptr[start + 1] = (char)(sum >> 8);
}

/* ---- Reading ---- */

bool fh_positions_are_whole(fh_str packed) {
    if (packed.len <= SUM) return packed.len == 0;
    uint16_t sum = sum_of(fh_str_slice(packed, SUM, packed.len));
    return (unsigned char)packed.ptr[0] == (sum & 0xff) && (unsigned char)packed.ptr[1] == sum >> 8;
}

typedef struct reader {
    const unsigned char *at, *end;
    uint64_t held;
    unsigned count;
} reader;

static void refill(reader *from) {
    uint64_t next;
    if ((size_t)(from->end - from->at) >= sizeof next) {
        memcpy(&next, from->at, sizeof next);
        from->held |= le64toh(next) << from->count;
        from->at += (63 - from->count) / 8;
        from->count |= 56;
        return;
    }
    for (; from->count <= 56 && from->at < from->end; from->count += 8)
        from->held |= (uint64_t)*from->at++ << from->count;
}

/* At most 56 bits.  False: there are not so many. */
static inline bool take_bits(reader *from, unsigned count, uint64_t *out) {
    if (from->count < count) refill(from);
    if (from->count < count) return false;
    *out = from->held & ((UINT64_C(1) << count) - 1);
    from->held >>= count;
    from->count -= count;
    return true;
}

/* The next word's code and position; false behind the last. */
static inline bool next_place(reader *from, unsigned bits, uint64_t *code, uint32_t *position) {
    uint64_t distance = 1, width;
    if (!take_bits(from, bits, code)) return false;
    if (*code == 0) {
        if (!take_bits(from, WIDTH_BITS, &width) || width > 32) return false;
        if (!take_bits(from, (unsigned)width, &distance) || !take_bits(from, bits, code)) return false;
    }
    *position += (uint32_t)distance;
    return true;
}

/* The words of a field; false: it has none. */
static bool find_section(fh_str sections, fh_field field, reader *out) {
    while (sections.len > 0) {
        bool found = (unsigned char)sections.ptr[0] == field;
        sections = fh_str_slice(sections, 1, sections.len);
        uint64_t len = fh_glass_take_uint(&sections);
        fh_str section = fh_str_slice(sections, 0, len < sections.len ? (size_t)len : sections.len);
        if (found) {
            const unsigned char *start = (const unsigned char *)section.ptr;
            *out = (reader){.at = start, .end = start + section.len};
            return true;
        }
        sections = fh_str_slice(sections, section.len, sections.len);
    }
    return false;
}

/* ---- Matching ---- */

/* `reach` of a word is where the first word stands of the latest row of words that ends with it.  What came
 * to be so at this same position does not count for the next word: they cannot stand in one place. */
static bool extend_rows(fh_phrase *phrase, uint64_t code, uint32_t position) {
    for (size_t i = phrase->count; i-- > 0;) {
        fh_phrase_word *word = &phrase->words[i];
        if (word->code != code) continue;
        uint32_t start = position;
        if (i > 0) start = word[-1].fresh == position ? word[-1].before : word[-1].reach;
        if (start == 0) continue;
        if (word->fresh != position) word->before = word->reach;
        word->fresh = position;
        word->reach = start;
        if (i + 1 == phrase->count && position - start < phrase->window) return true;
    }
    return false;
}

/* `reach` of a word is where it stood last; of one that is looked for twice, the other has the time before.
 */
static bool extend_reach(fh_phrase *phrase, uint64_t code, uint32_t position) {
    uint32_t passed_on = position, least = position;
    for (size_t i = 0; i < phrase->count; i++) {
        fh_phrase_word *word = &phrase->words[i];
        if (word->code == code) {
            uint32_t last = word->reach;
            word->reach = passed_on;
            passed_on = last;
        }
        if (word->reach < least) least = word->reach;
    }
    return least > 0 && position - least < phrase->window;
}

bool fh_positions_match(fh_str packed, fh_phrase *phrase) {
    if (packed.len < SUM + 2) return false;
    unsigned bits = (unsigned char)packed.ptr[SUM], seed = (unsigned char)packed.ptr[SUM + 1];
    if (bits < FEWEST_BITS || bits > 56) return false;
    uint64_t wanted = 0, code; /* the codes that end in these six bits */
    for (size_t i = 0; i < phrase->count; i++) {
        fh_phrase_word *word = &phrase->words[i];
        *word = (fh_phrase_word){.hash = word->hash, .code = code_of(word->hash, seed, bits)};
        wanted |= UINT64_C(1) << (word->code & 63);
    }
    reader from;
    uint32_t position = 0;
    if (!find_section(fh_str_slice(packed, SUM + 2, packed.len), phrase->field, &from)) return false;
    while (next_place(&from, bits, &code, &position)) {
        if (!(wanted >> (code & 63) & 1)) continue;
        if (phrase->ordered ? extend_rows(phrase, code, position) : extend_reach(phrase, code, position))
            return true;
    }
    return false;
}
