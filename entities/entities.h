/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tokens to named entities: people, places, organisations and the rest, by a gazetteer that knows their
 * spellings, and by a recogniser for names that no list has.  Only reading a user's names can fail. */
#ifndef FH_ENTITIES_ENTITIES_H
#define FH_ENTITIES_ENTITIES_H

#include "base/arena.h"
#include "base/buf.h"
#include "stemmer/stemmer.h"

typedef enum fh_entity_type {
    FH_ENTITY_PERSON,
    FH_ENTITY_PLACE,
    FH_ENTITY_ORGANISATION,
    FH_ENTITY_EVENT,
    FH_ENTITY_PRODUCT,
} fh_entity_type;

/* "person", "place", "organisation", "event", "product". */
const char *fh_entity_type_name(fh_entity_type type);

/* One entity; strings are UTF-8 and live as long as the gazetteer. */
typedef struct fh_entity {
    const char *id; /* stable: "vladimir-putin", "country-ru", "city-riyadh"; "person:خالد_الدوسري" */
    uint8_t type;        /* fh_entity_type */
    const char *label;   /* the usual Arabic name */
    const char *latin;   /* the usual name in Latin letters */
    const char *country; /* of a place: ISO 3166 alpha-2, else "" */
} fh_entity;

typedef struct fh_gazetteer fh_gazetteer;

/* The names that come with the program.  Never freed, safe to share between threads. */
const fh_gazetteer *fh_gazetteer_builtin(void);

size_t fh_gazetteer_count(const fh_gazetteer *gazetteer);
const fh_entity *fh_gazetteer_at(const fh_gazetteer *gazetteer, size_t index);

/* By its id or another of its ids; NULL where there is none. */
const fh_entity *fh_gazetteer_find(const fh_gazetteer *gazetteer, fh_str id);

/* Every id that means the entity, its own first. */
fh_strs fh_entity_ids(const fh_gazetteer *gazetteer, const fh_entity *entity, fh_arena *arena);

/* The names that the entity has, folded, each once; without its nisbas. */
fh_strs fh_entity_spellings(const fh_gazetteer *gazetteer, const fh_entity *entity, fh_arena *arena);

/* Two gazetteers with one hash find the same names. */
uint64_t fh_gazetteer_hash(const fh_gazetteer *gazetteer);

/* ---- Names that an archive or a user adds ---- */

/* Reads UTF-8 text, as entities/gazetteer_text.h describes it: the lines of entities/data/, or a JSON array
 * of objects with the same fields.  What it gives is added to `base`, which must outlive it and stays as it
 * is: an entity of `base` gets more spellings, a spelling of `base` may be taken from it.  The two are then
 * searched as one; of two names of one length the added one counts.  `name` stands in messages.  Errors:
 * FH_ERR_INPUT and FH_ERR_LIMIT at name:line. */
fh_status fh_gazetteer_parse(fh_str text, const char *name, const fh_gazetteer *base, fh_gazetteer **out,
                             fh_error *err);

/* The same from a file of at most FH_MAX_GAZETTEER bytes.  Errors: FH_ERR_NOT_FOUND and FH_ERR_IO too. */
fh_status fh_gazetteer_load(const char *path, const fh_gazetteer *base, fh_gazetteer **out, fh_error *err);
void fh_gazetteer_free(fh_gazetteer *gazetteer); /* takes NULL; `base` stays */

/* What was added to the base, as bytes that open at once: nothing is parsed again.  Of the built-in one,
 * nothing. */
void fh_gazetteer_pack(const fh_gazetteer *gazetteer, fh_buf *out);

/* `packed` is borrowed as long as the gazetteer lives, and begins where any number may (as memory and arenas
 * give it).  `base` need not be the one that the names were added to: those that it has by now are
 * its own.  FH_ERR_CORRUPT: it is something else; FH_ERR_VERSION: of another making. */
fh_status fh_gazetteer_unpack(fh_str packed, const char *name, const fh_gazetteer *base, fh_gazetteer **out,
                              fh_error *err);

/* ---- Spellings of names ---- */

/* How far apart two spellings of a name are, 0 for the same: each letter that foreign names write now so, now
 * otherwise (غ ج ق ك; ت ط; long vowels) costs little, every other one much, in proportion to what a name as
 * long may vary.  Words that may be Arabic names vary in nothing: كرم is not كريم.  Names of one word or
 * more, folded or not; one word may be two (بيونغ يانغ), and of two names with as many words each word
 * counts, in its place.  INFINITY for what has no letters or too many.  Only for names: common words that are
 * spelled alike mean different things. */
double fh_spelling_distance(fh_str a, fh_str b);

/* At most this far apart, two spellings are taken to be one name. */
extern const double fh_spelling_near;

/* Appends what all near spellings of a name nearly always share, for looking them up: consonants by the
 * sounds that stand for each other, without what comes and goes.  Nothing for a name that has no others. */
void fh_spelling_skeleton(fh_str name, fh_buf *out);

/* Whose name a spelling is that no list has: that of the nearest listed name, where it is near enough, for
 * its length, that chance is unlikely, and no other name is about as near.  Of what is listed only names that
 * are sure count, as wholes; names of fewer than four letters are near nothing. */
typedef struct fh_near_name {
    const fh_entity *entity;
    fh_str spelling; /* the listed one, folded */
    double distance;
} fh_near_name;
bool fh_gazetteer_near(const fh_gazetteer *gazetteer, fh_str name, fh_arena *arena, fh_near_name *out);

/* ---- Names in texts ---- */

/* How a text names an entity. */
typedef enum fh_form {
    FH_FORM_NAME,
    FH_FORM_NISBA, /* by the adjective or the people's name that belongs to a place: الروسي, الروس */
} fh_form;

/* An entity named in a text. */
typedef struct fh_mention {
    const fh_entity *entity;
    uint32_t first, count; /* tokens it covers */
    uint32_t start, end;   /* bytes in the text: whole words, clitics too */
    uint8_t form;          /* fh_form */
} fh_mention;

typedef struct fh_mentions {
    fh_mention *items;
    size_t count;
} fh_mentions;

/* The mentions in one text's tokens, in order, never overlapping; where two could stand, the longer one does.
 * The tokens may come from any stemmer. */
fh_mentions fh_entities_find(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens, fh_arena *arena);

/* The same, and behind each mention the places named within it: شنغهاي in منظمة شنغهاي للتعاون.  In order of
 * where the outer names begin. */
fh_mentions fh_entities_find_nested(const fh_gazetteer *gazetteer, fh_str text, fh_tokens tokens,
                                    fh_arena *arena);

/* ---- Names that nobody has listed ---- */

/* Finds names by what stands around and within them: a model learned from annotated news. */
typedef struct fh_recogniser fh_recogniser;

/* The model that comes with the program; NULL where it was built without.  Safe to share between threads. */
const fh_recogniser *fh_recogniser_builtin(void);

/* A name that was recognised. */
typedef struct fh_recognised {
    uint8_t type;          /* FH_ENTITY_PERSON, FH_ENTITY_PLACE or FH_ENTITY_ORGANISATION */
    uint32_t first, count; /* tokens it covers */
    uint32_t start, end;   /* bytes in the text: whole words, clitics too */
} fh_recognised;

typedef struct fh_recognised_list {
    fh_recognised *items;
    size_t count;
} fh_recognised_list;

/* One thread's use of a recogniser, which must outlive it.  It remembers words, in some memory that it takes
 * once; what it finds does not depend on that.  NULL for a recogniser that is NULL. */
typedef struct fh_name_finder fh_name_finder;
fh_name_finder *fh_name_finder_new(const fh_recogniser *recogniser);
void fh_name_finder_free(fh_name_finder *finder); /* takes NULL */

/* The names in one text, in order, never overlapping.  `known` are its mentions of listed names, which tell
 * much about their neighbours. */
fh_recognised_list fh_recognise(fh_name_finder *finder, fh_str text, fh_tokens tokens, fh_mentions known,
                                fh_arena *arena);

/* ---- All names of an article ---- */

/* The parts of one article: what one part names is evidence for the weak names of the others. */
typedef struct fh_named_text {
    fh_str text;
    fh_tokens tokens;
} fh_named_text;

/* The mentions of each part: of listed names, and the places within them behind each, as
 * fh_entities_find_nested gives them; with a `finder` (or NULL) also the names that it finds beside
 * those. A recognised name that is spelled nearly as a listed one is that entity; any other gets an entity of
 * its own in the arena, whose id is its type and its folded words: "person:خالد_الدوسري".  A word of a
 * person's name alone, later on, is the same person. */
void fh_entities_find_parts(const fh_gazetteer *gazetteer, fh_name_finder *finder, const fh_named_text *parts,
                            size_t count, fh_arena *arena, fh_mentions *out);

#endif
