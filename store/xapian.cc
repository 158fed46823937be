/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only C++ file: Xapian's classes behind plain functions, and its exceptions turned into statuses. */
#include <algorithm>
#include <cstring>
#include <ctime>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>
#include <xapian.h>

extern "C" { /* base's headers are plain C */
#include "base/limits.h"
#include "store/xapian.h"
}

struct fh_xapian {
    std::string dir;
    Xapian::Database db;             /* reads; of a database open for writing, what was not committed too */
    Xapian::WritableDatabase writer; /* has no database where `db` is for reading only */
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
    {"DocNotFoundError", FH_ERR_NOT_FOUND, "there is no such document", NULL},
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

/* What reads starts again when a writer has overwritten the blocks of the commit that is open. */
template <typename Body> fh_status reading(fh_xapian *x, fh_error *err, Body body) {
    const int RETRIES = 8;
    return guard(x->dir.c_str(), err, [&] {
        for (int left = RETRIES;; left--) {
            try {
                return body();
            } catch (const Xapian::DatabaseModifiedError &) {
                if (left == 0) throw;
                x->db.reopen();
            }
        }
    });
}

/* ---- Strings ---- */

std::string string_of(fh_str text) {
    return text.len ? std::string(text.ptr, text.len) : std::string();
}

fh_str copy(fh_arena *arena, const std::string &text) {
    return fh_arena_copy(arena, {text.data(), text.size()});
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

/* ---- The query ---- */

Xapian::Query build(const fh_query *query);

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

Xapian::Query combine(Xapian::Query::op op, const fh_query *query) {
    std::vector<Xapian::Query> kids;
    for (size_t i = 0; i < query->kid_count; i++) kids.push_back(build(query->kids[i]));
    const bool positional = op == Xapian::Query::OP_PHRASE || op == Xapian::Query::OP_NEAR;
    const size_t window =
        std::max<size_t>(query->window, query->kid_count); /* a narrower one holds nothing */
    return Xapian::Query(op, kids.begin(), kids.end(),
                         positional ? static_cast<Xapian::termcount>(window) : 0);
}

Xapian::Query scale(const fh_query *query) {
    return query->kid_count == 0 ? Xapian::Query() : Xapian::Query(query->factor, build(query->kids[0]));
}

Xapian::Query build(const fh_query *query) {
    switch (query->op) {
    case FH_OP_ALL: return Xapian::Query(std::string()); /* MatchAll is not for threads */
    case FH_OP_NONE: return Xapian::Query();
    case FH_OP_TERM: return single(query);
    case FH_OP_PREFIX: return expansion(query);
    case FH_OP_RANGE: return range(query);
    case FH_OP_AND: return combine(Xapian::Query::OP_AND, query);
    case FH_OP_OR: return combine(Xapian::Query::OP_OR, query);
    case FH_OP_NOT: return combine(Xapian::Query::OP_AND_NOT, query);
    case FH_OP_FILTER: return combine(Xapian::Query::OP_FILTER, query);
    case FH_OP_MAYBE: return combine(Xapian::Query::OP_AND_MAYBE, query);
    case FH_OP_SYNONYM: return combine(Xapian::Query::OP_SYNONYM, query);
    case FH_OP_PHRASE: return combine(Xapian::Query::OP_PHRASE, query);
    case FH_OP_NEAR: return combine(Xapian::Query::OP_NEAR, query);
    case FH_OP_SCALE: return scale(query);
    }
    throw Xapian::InvalidArgumentError("an operator that there is none of");
}

Xapian::BM25Weight weighting(fh_bm25 bm25) {
    /* k2 and k3 as Xapian's defaults have them; a floor under the length of short articles, which is not in
     * the paper and is 0.5 by default, is left out.  What Xapian keeps to itself: of a word in more than
     * every third article or so, the weight is bent upwards to stay above 0. */
    const double k2 = 0, k3 = 1, min_normlen = 0;
    return Xapian::BM25Weight(bm25.k1, k2, k3, bm25.b, min_normlen);
}

/* ---- The deadline ---- */

/* Every document until the deadline, and none after it: as a filter it ends a search wherever that stands,
 * also in the middle of a phrase that matches nowhere.  (Xapian's own time limit ends the counting only.) */
class Deadline : public Xapian::PostingSource {
  public:
    Deadline(double at_, bool *late_) : at(at_), late(late_) {}
    Xapian::PostingSource *clone() const override { return new Deadline(at, late); } /* one a shard */

    void init(const Xapian::Database &db) override {
        documents = db.get_doccount();
        here = db.postlist_begin(std::string());
        end = db.postlist_end(std::string());
        begun = false;
        calls = 0;
    }
    Xapian::doccount get_termfreq_min() const override { return documents; }
    Xapian::doccount get_termfreq_est() const override { return documents; }
    Xapian::doccount get_termfreq_max() const override { return documents; }

    void next(double) override {
        look_at_clock();
        if (begun && here != end) ++here;
        begun = true;
    }
    void skip_to(Xapian::docid number, double) override {
        look_at_clock();
        begun = true;
        if (here != end) here.skip_to(number);
    }
    bool at_end() const override { return *late || here == end; }
    Xapian::docid get_docid() const override { return *here; }

  private:
    void look_at_clock() {
        const unsigned BETWEEN_LOOKS = 64;
        if (*late || calls++ % BETWEEN_LOOKS != 0) return;
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        *late = static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 >= at;
    }
    const double at; /* seconds */
    bool *const late;
    Xapian::doccount documents = 0;
    Xapian::PostingIterator here, end;
    bool begun = false;
    unsigned calls = 0;
};

Xapian::Query until(Deadline *deadline, const Xapian::Query &query) {
    return Xapian::Query(Xapian::Query::OP_FILTER, query, Xapian::Query(deadline));
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
    Tally *tally_of(const std::string &value) {
        if (!request.map) return &tallies[value];
        const auto found = mapped.find(value);
        if (found != mapped.end()) return found->second;
        const fh_str name = request.map(request.context, {value.data(), value.size()});
        return mapped[value] = name.len ? &tallies[string_of(name)] : nullptr;
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

void take_hits(const Xapian::MSet &matches, fh_arena *arena, fh_xapian_found *out) {
    out->hits = FH_ARENA_ARRAY(arena, fh_xapian_hit, matches.size());
    out->hit_count = 0;
    for (Xapian::MSetIterator hit = matches.begin(); hit != matches.end(); ++hit) {
        out->hits[out->hit_count++] = {*hit, hit.get_weight(), copy(arena, hit.get_document().get_data()),
                                       copy(arena, hit.get_collapse_key())};
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
        x->db = Xapian::Database(dir, Xapian::DB_BACKEND_GLASS);
        *out = x.release();
        return FH_OK;
    });
}

fh_status fh_xapian_open_writable(const char *dir, fh_xapian **out, fh_error *err) {
    return guard(dir, err, [&] {
        std::unique_ptr<fh_xapian> x(new fh_xapian);
        x->dir = dir;
        x->writer = Xapian::WritableDatabase(dir, Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS);
        x->db = x->writer;
        *out = x.release();
        return FH_OK;
    });
}

fh_status fh_xapian_has(fh_xapian *x, bool *positions, bool *terms, bool *data, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        const Xapian::PostingIterator first = x->db.postlist_begin(std::string());
        *positions = x->db.has_positions();
        *terms = *data = false;
        if (first == x->db.postlist_end(std::string())) return FH_OK;
        try {
            *data = !x->db.get_document(*first).get_data().empty();
            *terms = x->db.termlist_begin(*first) != x->db.termlist_end(*first);
        } catch (const Xapian::FeatureUnavailableError &) { /* there is no table of terms */
        } catch (const Xapian::DocNotFoundError &) {        /* it does not have this document's */
        }
        return FH_OK;
    });
}

fh_status fh_xapian_join(fh_xapian *const *parts, size_t count, fh_xapian **out, fh_error *err) {
    return guard(NULL, err, [&] {
        std::unique_ptr<fh_xapian> x(new fh_xapian);
        for (size_t i = 0; i < count; i++) {
            x->dir += (i ? " " : "") + parts[i]->dir;
            x->db.add_database(parts[i]->db);
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
        x->writer.commit_transaction();
        return FH_OK;
    });
}

fh_status fh_xapian_cancel(fh_xapian *x, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        x->writer.cancel_transaction();
        return FH_OK;
    });
}

fh_status fh_xapian_set_meta(fh_xapian *x, const char *key, fh_str value, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        x->writer.set_metadata(key, string_of(value));
        return FH_OK;
    });
}

fh_status fh_xapian_put(fh_xapian *x, const fh_document *document, fh_str data, uint32_t *number,
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
            if (posting.position > 0) {
                made.add_posting(name, posting.position, posting.weight);
            } else {
                made.add_term(name, posting.weight);
            }
        }
        for (size_t i = 0; i < document->value_count; i++) {
            made.add_value(fh_slot_number(document->values[i].slot), string_of(document->values[i].bytes));
        }
        const std::string id = term_of(FH_FIELD_ID, document->article->id);
        made.add_boolean_term(id);
        *number = x->writer.replace_document(id, made);
        return FH_OK;
    });
}

fh_status fh_xapian_set_data(fh_xapian *x, uint32_t number, fh_str data, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        /* The document as it came from this number: Xapian sees that its terms and values are what they were.
         */
        Xapian::Document document = x->writer.get_document(number);
        document.set_data(string_of(data));
        x->writer.replace_document(number, document);
        return FH_OK;
    });
}

fh_status fh_xapian_delete(fh_xapian *x, fh_str id, bool *found, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        const std::string term = term_of(FH_FIELD_ID, id);
        const bool there = x->writer.term_exists(term);
        if (there) x->writer.delete_document(term);
        *found = there;
        return FH_OK;
    });
}

fh_status fh_xapian_compact(fh_xapian *x, const char *to, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        /* Not FULLER: what was compacted so should not be written to again. */
        x->db.compact(to, Xapian::Compactor::FULL | Xapian::DBCOMPACT_NO_RENUMBER);
        return FH_OK;
    });
}

fh_status fh_xapian_merge(fh_xapian *const *parts, size_t count, const char *to, fh_error *err) {
    return guard(to, err, [&] {
        Xapian::Database all;
        for (size_t i = 0; i < count; i++) all.add_database(parts[i]->db);
        all.compact(to, Xapian::Compactor::FULL);
        return FH_OK;
    });
}

fh_status fh_xapian_keep_last(fh_xapian *x, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        std::vector<Xapian::docid> earlier;
        const std::string ids = start_of(FH_FIELD_ID, {"", 0});
        for (Xapian::TermIterator id = x->db.allterms_begin(ids); id != x->db.allterms_end(ids); ++id) {
            if (id.get_termfreq() < 2) continue;
            const std::vector<Xapian::docid> all(x->db.postlist_begin(*id), x->db.postlist_end(*id));
            earlier.insert(earlier.end(), all.begin(), all.end() - 1);
        }
        for (Xapian::docid number : earlier) x->writer.delete_document(number);
        x->writer.commit();
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
        const std::vector<std::string> keys(x->db.metadata_keys_begin(), x->db.metadata_keys_end());
        fh_fact *items = FH_ARENA_ARRAY(arena, fh_fact, keys.size());
        for (size_t i = 0; i < keys.size(); i++)
            items[i] = {copy(arena, keys[i]), copy(arena, x->db.get_metadata(keys[i]))};
        *out = {items, keys.size()};
        return FH_OK;
    });
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
        *out = {x->db.get_doccount(), x->db.get_total_length(), x->db.get_average_length()};
        return FH_OK;
    });
}

fh_status fh_xapian_frequency(fh_xapian *x, fh_field field, fh_str word, uint32_t *out, fh_error *err) {
    return reading(x, err, [&] {
        *out = word.len == 0 ? 0 : x->db.get_termfreq(term_of(field, word));
        return FH_OK;
    });
}

fh_status fh_xapian_words(fh_xapian *x, fh_field field, fh_str prefix, fh_word_visitor *visit, void *context,
                          fh_error *err) {
    std::string last; /* visited; where a retry goes on */
    return reading(x, err, [&] {
        Xapian::TermIterator term = x->db.allterms_begin(start_of(field, prefix));
        const Xapian::TermIterator end = x->db.allterms_end();
        if (!last.empty()) term.skip_to(last);
        while (term != end) {
            const std::string name = *term;
            fh_term_text word;
            fh_term skip_to;
            if (name == last) {
                ++term;
            } else if (!fh_term_word(field, {name.data(), name.size()}, &word, &skip_to)) {
                term.skip_to(std::string(skip_to.bytes, skip_to.len));
            } else {
                last = name;
                if (!visit(context, {word.bytes, word.len}, term.get_termfreq())) return FH_OK;
                ++term;
            }
        }
        return FH_OK;
    });
}

fh_status fh_xapian_lookup(fh_xapian *x, fh_str id, uint32_t *number, fh_error *err) {
    return reading(x, err, [&] {
        const std::string term = term_of(FH_FIELD_ID, id);
        const Xapian::PostingIterator found = x->db.postlist_begin(term);
        *number = found != x->db.postlist_end(term) ? *found : 0;
        return FH_OK;
    });
}

fh_status fh_xapian_data(fh_xapian *x, uint32_t number, fh_arena *arena, fh_str *out, fh_error *err) {
    return reading(x, err, [&] {
        *out = copy(arena, x->db.get_document(number).get_data());
        return FH_OK;
    });
}

fh_status fh_xapian_value(fh_xapian *x, uint32_t number, fh_slot slot, fh_arena *arena, fh_str *out,
                          fh_error *err) {
    return reading(x, err, [&] {
        *out = copy(arena, x->db.get_document(number).get_value(fh_slot_number(slot)));
        return FH_OK;
    });
}

fh_status fh_xapian_next(fh_xapian *x, uint32_t after, fh_arena *arena, uint32_t *number, fh_str *data,
                         fh_error *err) {
    return reading(x, err, [&] {
        Xapian::PostingIterator next = x->db.postlist_begin(std::string());
        next.skip_to(after + 1);
        if (next == x->db.postlist_end(std::string())) return FH_END;
        *number = *next;
        *data = copy(arena, x->db.get_document(*next).get_data());
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
            const std::string bytes = *value;
            last = value.get_docid();
            if (!visit(context, last, {bytes.data(), bytes.size()})) break;
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

fh_status fh_xapian_lists_id(fh_xapian *x, uint32_t number, fh_str id, bool *out, fh_error *err) {
    return reading(x, err, [&] {
        const std::string wanted = term_of(FH_FIELD_ID, id);
        try {
            Xapian::TermIterator term = x->db.termlist_begin(number);
            term.skip_to(wanted);
            *out = term != x->db.termlist_end(number) && *term == wanted;
        } catch (const Xapian::FeatureUnavailableError &) { /* there is no table of such lists */
            *out = false;
        } catch (const Xapian::DocNotFoundError &) { /* it has none of this document */
            *out = false;
        }
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
        bool late = false;
        Deadline deadline(find->deadline, &late);
        const Xapian::Query query = build(find->query);
        enquire.set_query(find->deadline > 0 ? until(&deadline, query) : query);
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
        take_hits(matches, arena, out);
        if (find->collapse) take_total(matches, counter, checked, out);
        out->partial = late;
        if (late) out->total_exact = false;
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
        enquire.set_query(Xapian::Query(Xapian::Query::OP_FILTER, build(query), only));
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
        *out = copy(arena, readable(build(query).get_description()));
        return FH_OK;
    });
}
