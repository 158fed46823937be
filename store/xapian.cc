/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only C++ file: Xapian's classes behind plain functions, and its exceptions turned into statuses. */
#include <algorithm>
#include <cstring>
#include <ctime>
#include <memory>
#include <new>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>
#include <xapian.h>

extern "C" { /* base's headers are plain C */
#include "base/limits.h"
#include "base/memory.h"
#include "store/glass/pack.h"
#include "store/text/phrase.h"
#include "store/value.h"
#include "store/xapian.h"
}

struct fh_xapian {
    std::string dir;
    Xapian::Database db;             /* reads; of a database open for writing, what was not committed too */
    Xapian::WritableDatabase writer; /* has no database where `db` is for reading only */
    std::set<Xapian::docid> dead;
    bool dead_changed = false;      /* since they were put into the metadata */
    std::vector<fh_xapian *> parts; /* of a joined one, which has no dead of its own */
    bool writable = false;
    fh_vocabulary *vocabulary = nullptr; /* of one that is not joined; not its own */
};

namespace {

/* ---- The guard ---- */

struct family {
    const char *type;
    fh_status status;
    const char *what, *hint;
};

const char ANEW[] = "build it anew from its source, or put back a copy of it";
const char OURS[] = "this is a mistake of fihris: please report it";

/* By Xapian's name of the exception's class. */
const family FAMILIES[] = {
    {"DatabaseLockError", FH_ERR_LOCKED, "the index cannot be locked for writing",
     "another program is writing it: wait until it has ended, and try again"},
    {"DatabaseNotFoundError", FH_ERR_NOT_FOUND, "there is no index here", "check the path"},
    {"DatabaseOpeningError", FH_ERR_CORRUPT, "the index cannot be opened", ANEW},
    {"DatabaseVersionError", FH_ERR_VERSION,
     "the index has a format that this version of Xapian does not read", ANEW},
    {"DatabaseCorruptError", FH_ERR_CORRUPT, "the index is damaged", ANEW},
    {"DatabaseError", FH_ERR_CORRUPT, "the index is damaged", ANEW},
    {"SerialisationError", FH_ERR_CORRUPT, "the index is damaged", ANEW},
    {"RangeError", FH_ERR_CORRUPT, "the index is damaged", ANEW},
    {"DatabaseModifiedError", FH_ERR_IO, "the index changes faster than it can be read", "try again"},
    {"DatabaseClosedError", FH_ERR_INTERNAL, "the index was closed", OURS},
    {"DatabaseCreateError", FH_ERR_IO, "the index cannot be made", "check the path"},
    {"DocNotFoundError", FH_ERR_NOT_FOUND, "there is no such document",
     "if a search brought this about, the index is damaged: fihris-index --check"},
    {"FeatureUnavailableError", FH_ERR_VERSION, "the index needs what this Xapian was built without", ANEW},
    {"NetworkError", FH_ERR_IO, "a part of the index on another machine cannot be reached", "try again"},
    {"NetworkTimeoutError", FH_ERR_IO, "a part of the index on another machine does not answer", "try again"},
    {"WildcardError", FH_ERR_LIMIT, "too many words begin so", "write more letters before the star"},
};

fh_status explain_xapian(const Xapian::Error &error, const char *where, fh_error *err) {
    const family *found =
        std::find_if(std::begin(FAMILIES), std::end(FAMILIES), [&](const family &candidate) {
            return std::strcmp(candidate.type, error.get_type()) == 0;
        });
    family known = found != std::end(FAMILIES) ? *found : family{"", FH_ERR_INTERNAL, "Xapian refuses", OURS};
    const char *system = error.get_error_string();
    if (system) { /* whatever class it came in, it is the system that said no */
        known.status = FH_ERR_IO;
        known.what = "the index cannot be read or written";
        known.hint = "check the permissions there and the space on the disk";
    }
    return fh_fail(err, known.status, where, known.hint, "%s (%s%s%s)", known.what, error.get_msg().c_str(),
                   system ? ": " : "", system ? system : "");
}

/* The exception that is being handled, as a status. */
fh_status explain(const char *where, fh_error *err) noexcept {
    try {
        throw;
    } catch (const Xapian::Error &error) {
        return explain_xapian(error, where, err);
    } catch (const std::bad_alloc &) {
        return fh_fail(err, FH_ERR_IO, where, "end other programs, and try again",
                       "there is not enough memory");
    } catch (const std::exception &error) {
        return fh_fail(err, FH_ERR_INTERNAL, where, OURS, "unexpected: %s", error.what());
    } catch (...) {
        return fh_fail(err, FH_ERR_INTERNAL, where, OURS, "unexpected exception");
    }
}

template <typename Body> fh_status guard(const char *where, fh_error *err, Body body) {
    try {
        return body();
    } catch (...) {
        return explain(where, err);
    }
}

/* ---- The dead ---- */

std::string pack_dead(const std::set<Xapian::docid> &dead) {
    fh_buf out = {};
    Xapian::docid last = 0;
    for (const Xapian::docid number : dead) {
        fh_glass_uint(&out, number - last);
        last = number;
    }
    std::string packed(fh_buf_str(&out).ptr, out.len);
    fh_buf_free(&out);
    return packed;
}

std::set<Xapian::docid> unpack_dead(const std::string &packed) {
    std::set<Xapian::docid> dead;
    Xapian::docid last = 0;
    for (fh_str rest = {packed.data(), packed.size()}; rest.len > 0;) {
        const uint64_t gap = fh_glass_take_uint(&rest);
        if (gap == 0 || gap > UINT32_MAX - last) throw Xapian::DatabaseCorruptError(FH_META_DEAD);
        last += static_cast<Xapian::docid>(gap);
        dead.insert(dead.end(), last);
    }
    return dead;
}

void load_dead(fh_xapian *x) {
    x->dead = unpack_dead(x->db.get_metadata(FH_META_DEAD));
    x->dead_changed = false;
}

void keep_dead(fh_xapian *x) {
    if (x->dead_changed) x->writer.set_metadata(FH_META_DEAD, pack_dead(x->dead));
    x->dead_changed = false;
}

void kill(fh_xapian *x, Xapian::docid number) {
    x->dead.insert(number);
    x->dead_changed = true;
}

size_t count_dead(const fh_xapian *x) {
    size_t count = x->dead.size();
    for (const fh_xapian *part : x->parts) count += count_dead(part);
    return count;
}

bool is_dead(const fh_xapian *x, Xapian::docid number) {
    const Xapian::docid count = static_cast<Xapian::docid>(x->parts.size());
    if (count == 0) return x->dead.count(number) > 0;
    return is_dead(x->parts[(number - 1) % count], (number - 1) / count + 1);
}

/* Opens the newest commit.  Xapian's own reopen goes by the number of the commit, which may be the same in
 * another index that stands in the place of this one. */
void renew(fh_xapian *x) {
    if (x->writable) return;
    Xapian::Database db;
    for (fh_xapian *part : x->parts) {
        renew(part);
        db.add_database(part->db);
    }
    x->db = x->parts.empty() ? Xapian::Database(x->dir, Xapian::DB_BACKEND_GLASS) : db;
    if (x->parts.empty()) load_dead(x);
}

/* What reads starts again when a writer has overwritten the blocks of the commit that is open.  Xapian sees
 * that by their revisions, but of a table's root it has nothing to compare with, and then takes what it finds
 * there for damage: so that is believed only when it is still there later. */
template <typename Body> fh_status again(Body body) {
    const int RETRIES = 8;
    for (int tried = 0;; tried++) {
        try {
            return body(tried);
        } catch (const Xapian::DatabaseModifiedError &) {
            if (tried == RETRIES) throw;
        } catch (const Xapian::DatabaseCorruptError &) {
            if (tried == RETRIES) throw;
        }
    }
}

template <typename Body> fh_status reading(fh_xapian *x, fh_error *err, Body body) {
    return guard(x->dir.c_str(), err, [&] {
        return again([&](int tried) {
            if (tried > 0) renew(x);
            return body();
        });
    });
}

/* ---- Strings ---- */

std::string string_of(fh_str text) {
    return text.len ? std::string(text.ptr, text.len) : std::string();
}

fh_str copy(fh_arena *arena, const std::string &text) {
    return fh_arena_copy(arena, {text.data(), text.size()});
}

/* A value by what stands in its slot. */
std::string value_of(fh_slot slot, const std::string &kept) {
    fh_buf room = {};
    std::string value = string_of(fh_value_unpack(slot, {kept.data(), kept.size()}, &room));
    fh_buf_free(&room);
    return value;
}

std::string kept_of(const fh_value &value) {
    fh_buf room = {};
    std::string kept = string_of(fh_value_pack(value.slot, value.bytes, &room));
    fh_buf_free(&room);
    return kept;
}

std::string term_of(fh_field field, fh_str word) {
    fh_term term;
    fh_term_make(field, word, &term);
    return std::string(term.bytes, term.len);
}

std::string start_of(fh_field field, fh_str prefix) {
    fh_term term;
    fh_term_start(field, prefix, &term);
    return std::string(term.bytes, term.len);
}

/* Letters of terms in a description of Xapian, which writes bytes that are no UTF-8 as \\x and two digits. */
std::string readable(const std::string &description) {
    std::string out;
    for (size_t at = 0; at < description.size();) {
        char letter[FH_WIDEN_MOST];
        const bool escaped = description.compare(at, 2, "\\x") == 0 && at + 4 <= description.size();
        const int byte = escaped ? std::stoi(description.substr(at + 2, 2), NULL, 16) : 0;
        const char narrow = static_cast<char>(byte);
        const size_t len = byte ? fh_widen({&narrow, 1}, letter) : 1;
        if (len > 1) {
            out.append(letter, len);
            at += 4;
        } else {
            out += description[at++];
        }
    }
    return out;
}

/* ---- The deadline ---- */

class Clock {
  public:
    /* Seconds; 0: never. */
    explicit Clock(double deadline_) : deadline(deadline_) {}
    bool late() {
        const unsigned BETWEEN_LOOKS = 64;
        if (over || deadline <= 0 || calls++ % BETWEEN_LOOKS != 0) return over;
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        over = static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 >= deadline;
        return over;
    }
    bool is_over() const { return over; }

  private:
    const double deadline;
    bool over = false;
    unsigned calls = 0;
};

/* Every document until the deadline, and none after it: as a filter it ends a search wherever that stands.
 * (Xapian's own time limit ends the counting only.) */
class UntilLate : public Xapian::PostingSource {
  public:
    explicit UntilLate(Clock *clock_) : clock(clock_) {}
    Xapian::PostingSource *clone() const override { return new UntilLate(clock); } /* one a shard */

    void init(const Xapian::Database &db) override {
        documents = db.get_doccount();
        here = db.postlist_begin(std::string());
        end = db.postlist_end(std::string());
        begun = false;
    }
    Xapian::doccount get_termfreq_min() const override { return documents; }
    Xapian::doccount get_termfreq_est() const override { return documents; }
    Xapian::doccount get_termfreq_max() const override { return documents; }

    void next(double) override {
        late = clock->late();
        if (begun && here != end) ++here;
        begun = true;
    }
    void skip_to(Xapian::docid number, double) override {
        late = clock->late();
        begun = true;
        if (here != end) here.skip_to(number);
    }
    bool at_end() const override { return late || here == end; }
    Xapian::docid get_docid() const override { return *here; }

  private:
    Clock *const clock;
    Xapian::doccount documents = 0;
    Xapian::PostingIterator here, end;
    bool begun = false, late = false;
};

/* ---- Phrases ---- */

/* The documents where words stand as they should, of those that have them all.  It is meant to be asked last,
 * about documents that everything else has let through, so it claims to be as long as can be.  Each shard is
 * asked by one of its own. */
class Standing : public Xapian::PostingSource {
  public:
    Standing(const fh_query *query, const fh_xapian *x, Clock *clock_) : clock(clock_) {
        for (size_t i = 0; i < query->kid_count; i++)
            words.push_back({fh_phrase_hash(query->kids[i]->word), 0, 0, 0, 0, 0});
        const size_t window =
            std::max<size_t>(query->window, words.size()); /* a narrower one holds nothing */
        phrase = {query->kids[0]->field, query->op == FH_OP_PHRASE, static_cast<uint32_t>(window),
                  words.size(), nullptr};
        if (x->parts.empty()) vocabularies.push_back(vocabulary_of(x));
        for (const fh_xapian *part : x->parts) vocabularies.push_back(vocabulary_of(part));
    }
    Xapian::PostingSource *clone() const override { return new Standing(clock, words, phrase, vocabularies); }

    void init(const Xapian::Database &of) override {
        db = of;
        here = db.postlist_begin(std::string());
        current = 0;
        over = false;
        vocabulary = nullptr;
        for (const auto &known : vocabularies)
            if (known.first == of.internal[0].get()) vocabulary = known.second;
    }
    Xapian::doccount get_termfreq_min() const override { return 0; }
    Xapian::doccount get_termfreq_est() const override { return db.get_doccount(); }
    Xapian::doccount get_termfreq_max() const override { return db.get_doccount(); }

    void next(double) override { go_to(current + 1); }
    void skip_to(Xapian::docid number, double) override { go_to(number); }
    bool check(Xapian::docid number, double) override {
        current = number;
        return stand_in(number);
    }
    bool at_end() const override { return over; }
    Xapian::docid get_docid() const override { return current; }
    std::string get_description() const override { return phrase.ordered ? "in this order" : "near"; }

  private:
    /* A shard of a search has nothing that names it but what it is made of. */
    using Known = std::pair<const void *, fh_vocabulary *>;

    Standing(Clock *clock_, const std::vector<fh_phrase_word> &words_, const fh_phrase &phrase_,
             const std::vector<Known> &vocabularies_)
        : clock(clock_), words(words_), phrase(phrase_), vocabularies(vocabularies_) {}

    static Known vocabulary_of(const fh_xapian *x) { return {x->db.internal[0].get(), x->vocabulary}; }

    void go_to(Xapian::docid number) {
        const Xapian::PostingIterator end = db.postlist_end(std::string());
        for (here.skip_to(number); !over && here != end; ++here) {
            current = *here;
            if (stand_in(current)) return;
        }
        over = true;
    }
    bool stand_in(Xapian::docid number) {
        if (clock && clock->late()) over = true;
        const std::string data = db.get_document(number, Xapian::DOC_ASSUME_VALID).get_data();
        fh_record record;
        fh_error err;
        bool stands = false;
        phrase.words = words.data();
        fh_status status = fh_record_read({data.data(), data.size()}, &record, &err);
        if (status == FH_OK) status = fh_vocabulary_select(vocabulary, record.vocabulary, &err);
        if (status == FH_OK) status = fh_phrase_match(&phrase, &record, vocabulary, &stands, &err);
        if (status != FH_OK) throw Xapian::DatabaseCorruptError("where words stand");
        return stands;
    }

    Clock *const clock;
    std::vector<fh_phrase_word> words;
    fh_phrase phrase;
    std::vector<Known> vocabularies;
    fh_vocabulary *vocabulary = nullptr;
    Xapian::Database db;
    Xapian::PostingIterator here;
    Xapian::docid current = 0;
    bool over = false;
};

/* ---- The dead, to be left out ---- */

class Dead : public Xapian::PostingSource {
  public:
    Xapian::PostingSource *clone() const override { return new Dead; } /* one a shard */
    void init(const Xapian::Database &db) override {
        numbers = unpack_dead(db.get_metadata(FH_META_DEAD));
        here = numbers.begin();
        begun = false;
    }
    Xapian::doccount get_termfreq_min() const override { return count(); }
    Xapian::doccount get_termfreq_est() const override { return count(); }
    Xapian::doccount get_termfreq_max() const override { return count(); }
    void next(double) override {
        if (begun) ++here;
        begun = true;
    }
    void skip_to(Xapian::docid number, double) override {
        begun = true;
        here = numbers.lower_bound(number);
    }
    bool at_end() const override { return here == numbers.end(); }
    Xapian::docid get_docid() const override { return *here; }

  private:
    Xapian::doccount count() const { return static_cast<Xapian::doccount>(numbers.size()); }
    std::set<Xapian::docid> numbers;
    std::set<Xapian::docid>::const_iterator here;
    bool begun = false;
};

/* The number of the living document of this id; 0: there is none. */
Xapian::docid find_living(const fh_xapian *x, const std::string &id) {
    Xapian::docid found = 0;
    for (Xapian::PostingIterator at = x->db.postlist_begin(id); at != x->db.postlist_end(id); ++at)
        if (!is_dead(x, *at)) found = *at;
    return found;
}

Xapian::Query living(fh_xapian *x, const Xapian::Query &query) {
    if (count_dead(x) == 0) return query;
    keep_dead(x);
    Xapian::PostingSource *dead = new Dead;
    return Xapian::Query(Xapian::Query::OP_AND_NOT, query, Xapian::Query(dead->release()));
}

/* In how many living documents a term stands; where many are dead, a common word may count some of them. */
Xapian::doccount live_frequency(const fh_xapian *x, const std::string &term, Xapian::doccount all) {
    const size_t WORTH_COUNTING = 1000;
    if (count_dead(x) == 0 || all > std::max(count_dead(x), WORTH_COUNTING)) return all;
    Xapian::doccount live = 0;
    for (Xapian::PostingIterator at = x->db.postlist_begin(term); at != x->db.postlist_end(term); ++at)
        if (!is_dead(x, *at)) live++;
    return live;
}

/* ---- The query ---- */

/* Where a tree is asked, and until when; no clock: for ever.  `bare`: whether it matches, not what that is
 * worth.
 */
struct Asked {
    const fh_xapian *of;
    Clock *clock;
    bool bare;
};

Xapian::Query build(const fh_query *query, const Asked &asked);

/* Xapian takes the term of no letters for every document. */
Xapian::Query single(const fh_query *query) {
    return query->word.len == 0 ? Xapian::Query() : Xapian::Query(term_of(query->field, query->word));
}

Xapian::Query range(const fh_query *query) {
    const Xapian::valueno slot = fh_slot_number(query->slot);
    if (query->high.len == 0) return Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, string_of(query->low));
    if (query->low.len == 0) return Xapian::Query(Xapian::Query::OP_VALUE_LE, slot, string_of(query->high));
    return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, string_of(query->low), string_of(query->high));
}

Xapian::Query expansion(const fh_query *query) {
    if (query->word.len == 0) {
        throw Xapian::WildcardError(std::string("a star without letters, in the field ") +
                                    fh_field_name(query->field));
    }
    return Xapian::Query(Xapian::Query::OP_WILDCARD, start_of(query->field, query->word), FH_MAX_EXPANSION,
                         Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT, Xapian::Query::OP_SYNONYM);
}

/* `filtered`: of all kids but the first it is asked only whether they match. */
Xapian::Query combine(Xapian::Query::op op, const fh_query *query, const Asked &asked,
                      bool filtered = false) {
    std::vector<Xapian::Query> kids;
    for (size_t i = 0; i < query->kid_count; i++)
        kids.push_back(build(query->kids[i], {asked.of, asked.clock, asked.bare || (filtered && i > 0)}));
    return Xapian::Query(op, kids.begin(), kids.end());
}

/* In what is left out, Xapian 1.4.22 reads bounds of worth that nobody has set, and may take the others for
 * needed. */
Xapian::Query maybe(const fh_query *query, const Asked &asked) {
    if (asked.bare && query->kid_count > 0) return build(query->kids[0], asked);
    return combine(Xapian::Query::OP_AND_MAYBE, query, asked);
}

Xapian::Query standing(const fh_query *query, const Asked &asked) {
    Xapian::Query all = combine(Xapian::Query::OP_AND, query, asked);
    if (query->kid_count < 2 || all.empty()) return all;
    Xapian::PostingSource *source = new Standing(query, asked.of, asked.clock);
    return Xapian::Query(Xapian::Query::OP_FILTER, all, Xapian::Query(source->release()));
}

Xapian::Query scale(const fh_query *query, const Asked &asked) {
    if (query->kid_count == 0) return Xapian::Query();
    return Xapian::Query(query->factor, build(query->kids[0], asked));
}

Xapian::Query build(const fh_query *query, const Asked &asked) {
    switch (query->op) {
    case FH_OP_ALL: return Xapian::Query(std::string()); /* MatchAll is not for threads */
    case FH_OP_NONE: return Xapian::Query();
    case FH_OP_TERM: return single(query);
    case FH_OP_PREFIX: return expansion(query);
    case FH_OP_RANGE: return range(query);
    case FH_OP_AND: return combine(Xapian::Query::OP_AND, query, asked);
    case FH_OP_OR: return combine(Xapian::Query::OP_OR, query, asked);
    case FH_OP_NOT: return combine(Xapian::Query::OP_AND_NOT, query, asked, true);
    case FH_OP_FILTER: return combine(Xapian::Query::OP_FILTER, query, asked, true);
    case FH_OP_MAYBE: return maybe(query, asked);
    case FH_OP_SYNONYM: return combine(Xapian::Query::OP_SYNONYM, query, asked);
    case FH_OP_PHRASE:
    case FH_OP_NEAR: return standing(query, asked);
    case FH_OP_SCALE: return scale(query, asked);
    }
    throw Xapian::InvalidArgumentError("an operator that there is none of");
}

Xapian::BM25Weight weighting(fh_bm25 bm25) {
    /* k2 and k3 as Xapian's defaults have them; the floor under the length of short articles, which is not in
     * the paper and is 0.5 by default, is none that counts.  What Xapian keeps to itself: of a word in more
     * than every third article or so, the weight is bent upwards to stay above 0. */
    const double k2 = 0, k3 = 1, least = FH_BM25_LEAST;
    return Xapian::BM25Weight(std::max(bm25.k1, least), k2, k3, bm25.b, least);
}

/* ---- Facets ---- */

/* Counts in how many of the matching documents each value of a slot stands, or what it is counted as. */
class Census : public Xapian::MatchSpy {
  public:
    explicit Census(const fh_facet_request &asked) : request(asked), number(fh_slot_number(asked.slot)) {}

    void operator()(const Xapian::Document &document, double) override {
        seen++;
        const std::string packed = document.get_value(number);
        for (size_t at = 0; at < packed.size();) {
            const size_t end = std::min(packed.find(FH_VALUE_END, at), packed.size());
            Tally *tally = tally_of(packed.substr(at, end - at));
            if (tally && tally->last != seen) tally->documents++;
            if (tally) tally->last = seen;
            at = end + 1;
        }
    }

    /* The values that most documents have, then in byte order. */
    void best(fh_arena *arena, fh_facet *out) const {
        std::vector<std::pair<const std::string *, uint32_t>> all;
        for (const auto &entry : tallies) all.emplace_back(&entry.first, entry.second.documents);
        const size_t count = std::min(request.limit, all.size());
        std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(count), all.end(),
                          [](const auto &a, const auto &b) {
                              return a.second != b.second ? a.second > b.second : *a.first < *b.first;
                          });
        out->slot = request.slot;
        out->values = FH_ARENA_ARRAY(arena, fh_facet_value, count);
        for (size_t i = 0; i < count; i++) out->values[i] = {copy(arena, *all[i].first), all[i].second};
        out->value_count = count;
        out->values_in_all = all.size();
    }

  private:
    struct Tally {
        uint32_t documents = 0;
        uint32_t last = 0; /* what stands twice in a document counts once */
    };

    /* NULL: the value is not counted. */
    Tally *tally_of(const std::string &kept) {
        const auto found = mapped.find(kept);
        if (found != mapped.end()) return found->second;
        const std::string value = value_of(request.slot, kept);
        if (!request.map) return mapped[kept] = &tallies[value];
        int kind = 0;
        const fh_str meant = request.map(request.context, {value.data(), value.size()}, &kind);
        const bool counts = meant.len > 0 && (request.kind == 0 || request.kind == kind);
        return mapped[kept] = counts ? &tallies[string_of(meant)] : nullptr;
    }

    const fh_facet_request request;
    const Xapian::valueno number;
    uint32_t seen = 0;                              /* documents so far */
    std::unordered_map<std::string, Tally> tallies; /* its elements stay where they are */
    std::unordered_map<std::string, Tally *> mapped;
};

void sort_by(Xapian::Enquire &enquire, Xapian::MultiValueKeyMaker &key, fh_sort sort) {
    if (sort == FH_SORT_RELEVANCE) return;
    const bool newest = sort == FH_SORT_NEWEST;
    /* A date that is not known comes behind the dates on either way through them: they are digits. */
    key.add_value(fh_slot_number(FH_SLOT_PUBLISHED), false, newest ? "" : "\xff");
    enquire.set_sort_by_key_then_relevance(&key, newest);
}

/* `entities` NULL: they are not asked for. */
void take_document(const Xapian::Document &document, fh_arena *arena, fh_str *data, fh_str *entities) {
    *data = copy(arena, document.get_data());
    if (!entities) return;
    const std::string kept = document.get_value(fh_slot_number(FH_SLOT_ENTITIES));
    *entities = copy(arena, value_of(FH_SLOT_ENTITIES, kept));
}

void take_hits(const Xapian::MSet &matches, bool ids_only, fh_arena *arena, fh_xapian_found *out) {
    out->hits = FH_ARENA_ARRAY(arena, fh_xapian_hit, matches.size());
    out->hit_count = 0;
    for (Xapian::MSetIterator hit = matches.begin(); hit != matches.end(); ++hit) {
        fh_xapian_hit *to = &out->hits[out->hit_count++];
        *to = {*hit, hit.get_weight(), {}, {}, copy(arena, hit.get_collapse_key())};
        take_document(hit.get_document(), arena, &to->data, ids_only ? nullptr : &to->entities);
    }
    out->total = matches.get_matches_estimated();
    out->total_exact = matches.get_matches_lower_bound() == matches.get_matches_upper_bound();
}

/* Counts the matching documents, those of one story too. */
class Counter : public Xapian::MatchSpy {
  public:
    Xapian::doccount seen = 0;
    void operator()(const Xapian::Document &, double) override { seen++; }
};

/* How many stories there are nobody knows without keeping them all, so the total is of articles.  When fewer
 * were seen than were to be looked at, those were all; what Xapian says of the uncollapsed is what it knew
 * before it looked. */
void take_total(const Xapian::MSet &matches, const Counter &counter, Xapian::doccount checked,
                fh_xapian_found *out) {
    const bool all = counter.seen < checked;
    out->total = all ? counter.seen : std::max(counter.seen, matches.get_uncollapsed_matches_estimated());
    out->total_exact =
        all || matches.get_uncollapsed_matches_lower_bound() == matches.get_uncollapsed_matches_upper_bound();
}

} // namespace

/* ---- Opening ---- */

fh_status fh_xapian_open(const char *dir, fh_xapian **out, fh_error *err) {
    return guard(dir, err, [&] {
        std::unique_ptr<fh_xapian> x(new fh_xapian);
        x->dir = dir;
        return again([&](int) {
            x->db = Xapian::Database(dir, Xapian::DB_BACKEND_GLASS);
            load_dead(x.get());
            *out = x.release();
            return FH_OK;
        });
    });
}

static fh_status open_writer(const char *dir, int how, fh_xapian **out, fh_error *err) {
    std::set_new_handler(fh_out_of_memory);
    return guard(dir, err, [&] {
        std::unique_ptr<fh_xapian> x(new fh_xapian);
        x->dir = dir;
        x->writer = Xapian::WritableDatabase(dir, how | Xapian::DB_BACKEND_GLASS | Xapian::DB_NO_TERMLIST);
        x->db = x->writer;
        x->writable = true;
        load_dead(x.get());
        *out = x.release();
        return FH_OK;
    });
}

fh_status fh_xapian_open_writable(const char *dir, fh_xapian **out, fh_error *err) {
    return open_writer(dir, Xapian::DB_OPEN, out, err);
}

fh_status fh_xapian_make(const char *dir, fh_xapian **out, fh_error *err) {
    return open_writer(dir, Xapian::DB_CREATE_OR_OPEN, out, err);
}

fh_status fh_xapian_has_data(fh_xapian *x, bool *out, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        const Xapian::PostingIterator first = x->db.postlist_begin(std::string());
        *out = first != x->db.postlist_end(std::string()) && !x->db.get_document(*first).get_data().empty();
        return FH_OK;
    });
}

fh_status fh_xapian_join(fh_xapian *const *parts, size_t count, fh_xapian **out, fh_error *err) {
    return guard(NULL, err, [&] {
        std::unique_ptr<fh_xapian> x(new fh_xapian);
        for (size_t i = 0; i < count; i++) {
            x->dir += (i ? " " : "") + parts[i]->dir;
            x->db.add_database(parts[i]->db);
            x->parts.push_back(parts[i]);
        }
        *out = x.release();
        return FH_OK;
    });
}

void fh_xapian_close(fh_xapian *x) {
    delete x; /* the last handle of a database cancels its transaction */
}

/* ---- Writing ---- */

fh_status fh_xapian_begin(fh_xapian *x, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        x->writer.begin_transaction();
        return FH_OK;
    });
}

fh_status fh_xapian_commit(fh_xapian *x, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        keep_dead(x);
        x->writer.commit_transaction();
        return FH_OK;
    });
}

fh_status fh_xapian_cancel(fh_xapian *x, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        x->writer.cancel_transaction();
        load_dead(x);
        return FH_OK;
    });
}

fh_status fh_xapian_set_meta(fh_xapian *x, const char *key, fh_str value, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        x->writer.set_metadata(key, string_of(value));
        return FH_OK;
    });
}

fh_status fh_xapian_put(fh_xapian *x, const fh_document *document, fh_str data, bool *replaced,
                        fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        Xapian::Document made;
        made.set_data(string_of(data));
        fh_term term;
        std::string name;
        /* As they come: a Document keeps its terms sorted by itself, and to sort them first gains nothing. */
        for (size_t i = 0; i < document->posting_count; i++) {
            const fh_posting &posting = document->postings[i];
            fh_term_make(posting.field, posting.word, &term);
            name.assign(term.bytes, term.len);
            made.add_term(name, posting.weight);
        }
        for (size_t i = 0; i < document->value_count; i++) {
            made.add_value(fh_slot_number(document->values[i].slot), kept_of(document->values[i]));
        }
        const std::string id = term_of(FH_FIELD_ID, document->article->id);
        made.add_boolean_term(id);
        const Xapian::docid before = find_living(x, id);
        if (before > 0) kill(x, before);
        *replaced = before > 0;
        x->writer.add_document(made);
        return FH_OK;
    });
}

fh_status fh_xapian_delete(fh_xapian *x, fh_str id, bool *found, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        const Xapian::docid number = find_living(x, term_of(FH_FIELD_ID, id));
        if (number > 0) kill(x, number);
        *found = number > 0;
        return FH_OK;
    });
}

fh_status fh_xapian_keep_last(fh_xapian *x, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        const std::string ids = start_of(FH_FIELD_ID, {"", 0});
        for (Xapian::TermIterator id = x->db.allterms_begin(ids); id != x->db.allterms_end(ids); ++id) {
            if (id.get_termfreq() < 2) continue;
            const Xapian::docid last = find_living(x, *id);
            for (Xapian::PostingIterator at = x->db.postlist_begin(*id); *at != last; ++at) kill(x, *at);
        }
        keep_dead(x);
        x->writer.commit();
        return FH_OK;
    });
}

fh_status fh_xapian_dead(fh_xapian *x, fh_arena *arena, fh_numbers *out, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        *out = {FH_ARENA_ARRAY(arena, uint32_t, x->dead.size()), x->dead.size()};
        std::copy(x->dead.begin(), x->dead.end(), out->items);
        return FH_OK;
    });
}

/* ---- Reading ---- */

fh_status fh_xapian_get_meta(fh_xapian *x, const char *key, fh_arena *arena, fh_str *out, fh_error *err) {
    return reading(x, err, [&] {
        *out = copy(arena, x->db.get_metadata(key));
        return FH_OK;
    });
}

fh_status fh_xapian_facts(fh_xapian *x, fh_arena *arena, fh_facts *out, fh_error *err) {
    return reading(x, err, [&] {
        std::vector<std::string> keys(x->db.metadata_keys_begin(), x->db.metadata_keys_end());
        keys.erase(std::remove(keys.begin(), keys.end(), FH_META_DEAD), keys.end());
        fh_fact *items = FH_ARENA_ARRAY(arena, fh_fact, keys.size());
        for (size_t i = 0; i < keys.size(); i++)
            items[i] = {copy(arena, keys[i]), copy(arena, x->db.get_metadata(keys[i]))};
        *out = {items, keys.size()};
        return FH_OK;
    });
}

void fh_xapian_attach_vocabulary(fh_xapian *x, fh_vocabulary *vocabulary) {
    x->vocabulary = vocabulary;
}

fh_status fh_xapian_name_commit(fh_xapian *x, uint64_t *hash, fh_error *err) {
    return reading(x, err, [&] {
        const std::string name = x->db.get_uuid() + ' ' + std::to_string(x->db.get_revision());
        *hash = fh_hash(*hash, {name.data(), name.size()});
        return FH_OK;
    });
}

fh_status fh_xapian_statistics(fh_xapian *x, fh_store_stats *out, fh_error *err) {
    return reading(x, err, [&] {
        *out = {x->db.get_doccount() - count_dead(x), x->db.get_average_length()};
        return FH_OK;
    });
}

/* A term's frequency among the living, or 0 where all its documents are hidden. */
static uint32_t shown_frequency(const fh_xapian *x, const std::string &term, uint32_t all, fh_hidden hidden) {
    const uint32_t live = live_frequency(x, term, all);
    if (live == 0 || live > hidden.count) return live;
    const Xapian::PostingIterator end = x->db.postlist_end(term);
    for (Xapian::PostingIterator at = x->db.postlist_begin(term); at != end; ++at)
        if (!is_dead(x, *at) && !std::binary_search(hidden.numbers, hidden.numbers + hidden.count, *at))
            return live;
    return 0;
}

fh_status fh_xapian_frequency(fh_xapian *x, fh_field field, fh_str word, fh_hidden hidden, uint32_t *out,
                              fh_error *err) {
    return reading(x, err, [&] {
        const std::string term = term_of(field, word);
        *out = word.len == 0 ? 0 : shown_frequency(x, term, x->db.get_termfreq(term), hidden);
        return FH_OK;
    });
}

fh_status fh_xapian_words(fh_xapian *x, fh_field field, fh_str prefix, fh_hidden hidden, fh_str after,
                          fh_word_visitor *visit, void *context, fh_error *err) {
    std::string last = string_of(after); /* visited; where a retry goes on */
    return reading(x, err, [&] {
        Xapian::TermIterator term = x->db.allterms_begin(start_of(field, prefix));
        const Xapian::TermIterator end = x->db.allterms_end();
        bool skipped = false; // what is no word of the field, which in order comes once
        if (!last.empty()) term.skip_to(last);
        while (term != end) {
            const std::string name = *term;
            fh_term_text word;
            fh_term skip_to;
            if (name == last) {
                ++term;
            } else if (!fh_term_word(field, {name.data(), name.size()}, &word, &skip_to)) {
                if (skipped) throw Xapian::DatabaseCorruptError("terms are not in order");
                term.skip_to(std::string(skip_to.bytes, skip_to.len));
                skipped = true;
            } else {
                last = name;
                const uint32_t shown = shown_frequency(x, name, term.get_termfreq(), hidden);
                if (shown > 0 && !visit(context, {word.bytes, word.len}, shown)) return FH_OK;
                ++term;
            }
        }
        return FH_OK;
    });
}

fh_status fh_xapian_lookup(fh_xapian *x, fh_str id, uint32_t *number, fh_error *err) {
    return reading(x, err, [&] {
        *number = find_living(x, term_of(FH_FIELD_ID, id));
        return FH_OK;
    });
}

fh_status fh_xapian_data(fh_xapian *x, uint32_t number, fh_arena *arena, fh_str *data, fh_str *entities,
                         fh_error *err) {
    return reading(x, err, [&] {
        take_document(x->db.get_document(number), arena, data, entities);
        return FH_OK;
    });
}

fh_status fh_xapian_value(fh_xapian *x, uint32_t number, fh_slot slot, fh_arena *arena, fh_str *out,
                          fh_error *err) {
    return reading(x, err, [&] {
        const Xapian::Document document = x->db.get_document(number, Xapian::DOC_ASSUME_VALID);
        *out = copy(arena, value_of(slot, document.get_value(fh_slot_number(slot))));
        return FH_OK;
    });
}

fh_status fh_xapian_next(fh_xapian *x, uint32_t after, fh_arena *arena, uint32_t *number, fh_str *data,
                         fh_str *entities, fh_error *err) {
    return reading(x, err, [&] {
        Xapian::PostingIterator next = x->db.postlist_begin(std::string());
        next.skip_to(after + 1);
        while (next != x->db.postlist_end(std::string()) && is_dead(x, *next)) ++next;
        if (next == x->db.postlist_end(std::string())) return FH_END;
        *number = *next;
        take_document(x->db.get_document(*next), arena, data, entities);
        return FH_OK;
    });
}

fh_status fh_xapian_values(fh_xapian *x, fh_slot slot, fh_value_visitor *visit, void *context,
                           fh_error *err) {
    Xapian::docid last = 0; /* visited; where a retry goes on */
    return reading(x, err, [&] {
        Xapian::ValueIterator value = x->db.valuestream_begin(fh_slot_number(slot));
        const Xapian::ValueIterator end = x->db.valuestream_end(fh_slot_number(slot));
        if (last > 0) value.skip_to(last + 1);
        for (; value != end; ++value) {
            const std::string bytes = value_of(slot, *value);
            last = value.get_docid();
            if (!is_dead(x, last) && !visit(context, last, {bytes.data(), bytes.size()})) break;
        }
        return FH_OK;
    });
}

/* ---- Checking ---- */

fh_status fh_xapian_check(const char *dir, uint64_t *errors, fh_error *err) {
    return guard(dir, err, [&] {
        *errors = Xapian::Database::check(std::string(dir));
        return FH_OK;
    });
}

/* ---- Searching ---- */

fh_status fh_xapian_find(fh_xapian *x, const fh_find *find, fh_arena *arena, fh_xapian_found *out,
                         fh_error *err) {
    return reading(x, err, [&] {
        std::vector<std::unique_ptr<Census>> censuses;
        Xapian::MultiValueKeyMaker key;
        Xapian::Enquire enquire(x->db);
        Clock clock(find->deadline);
        UntilLate until_late(&clock);
        const Xapian::Query query = living(x, build(find->query, {x, &clock, false}));
        enquire.set_query(find->deadline > 0
                              ? Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(&until_late))
                              : query);
        enquire.set_weighting_scheme(weighting(find->bm25));
        sort_by(enquire, key, find->sort);
        Counter counter;
        if (find->collapse) {
            enquire.set_collapse_key(fh_slot_number(FH_SLOT_STORY));
            enquire.add_matchspy(&counter);
        }
        for (size_t i = 0; i < find->facet_count; i++) {
            censuses.emplace_back(new Census(find->facets[i]));
            enquire.add_matchspy(censuses.back().get());
        }
        const Xapian::doccount all = x->db.get_doccount();
        const Xapian::doccount first = std::min(find->offset, all);
        const Xapian::doccount shown = std::min(find->limit, all - first);
        Xapian::doccount checked = find->facet_count ? all : std::min(find->count_to, all);
        if (find->collapse) checked = std::max(checked, first + shown) + 1;
        const Xapian::MSet matches = enquire.get_mset(first, shown, checked);
        take_hits(matches, find->ids_only, arena, out);
        if (find->collapse) take_total(matches, counter, checked, out);
        out->partial = clock.is_over();
        if (out->partial) out->total_exact = false;
        out->facets = FH_ARENA_ARRAY(arena, fh_facet, find->facet_count);
        for (size_t i = 0; i < find->facet_count; i++) censuses[i]->best(arena, &out->facets[i]);
        return FH_OK;
    });
}

fh_status fh_xapian_score(fh_xapian *x, const fh_query *query, fh_bm25 bm25, fh_str id, uint32_t number,
                          double *out, fh_error *err) {
    return reading(x, err, [&] {
        const Xapian::Query only(term_of(FH_FIELD_ID, id));
        Xapian::Enquire enquire(x->db);
        enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, build(query, {x, nullptr, false}), only));
        enquire.set_weighting_scheme(weighting(bm25));
        double score = 0;
        /* Joined databases may each have an article of this id. */
        const Xapian::MSet matches = enquire.get_mset(0, x->db.get_termfreq(term_of(FH_FIELD_ID, id)));
        for (Xapian::MSetIterator hit = matches.begin(); hit != matches.end(); ++hit) {
            if (*hit == number) score = hit.get_weight();
        }
        *out = score;
        return FH_OK;
    });
}

fh_status fh_xapian_describe(fh_xapian *x, const fh_query *query, fh_arena *arena, fh_str *out,
                             fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        *out = copy(arena, readable(build(query, {x, nullptr, false}).get_description()));
        return FH_OK;
    });
}
