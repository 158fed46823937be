/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Xapian's own matcher, over the lists that our writers wrote, and what it lacks: the dead left out, words
 * that stand as a phrase wants them, facets by what values mean. */
#include <algorithm>
#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>
#include <xapian.h>

extern "C" { /* headers that are plain C */
#include "base/limits.h"
#include "store/glass/pack.h"
#include "store/schema.h"
#include "store/text/phrase.h"
#include "store/text/vocabulary.h"
#include "store/value.h"
#include "tests/unit/oracle.h"
}

namespace {

const char DEAD[] = "fihris.dead";

/* One of the indexes. */
struct Part {
    Xapian::Database db;
    std::set<Xapian::docid> dead;
    fh_vocabulary *vocabulary = nullptr;
};

} // namespace

struct oracle {
    std::vector<Part> parts;
    Xapian::Database db; /* the parts together */
};

namespace {

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

/* ---- The dead ---- */

std::set<Xapian::docid> unpack_dead(const std::string &packed) {
    std::set<Xapian::docid> dead;
    Xapian::docid last = 0;
    for (fh_str rest = {packed.data(), packed.size()}; rest.len > 0;) {
        const uint64_t gap = fh_glass_take_uint(&rest);
        if (gap == 0 || gap > UINT32_MAX - last) throw Xapian::DatabaseCorruptError(DEAD);
        last += static_cast<Xapian::docid>(gap);
        dead.insert(dead.end(), last);
    }
    return dead;
}

size_t count_dead(const oracle *o) {
    size_t count = 0;
    for (const Part &part : o->parts) count += part.dead.size();
    return count;
}

bool is_dead(const oracle *o, Xapian::docid number) {
    const Xapian::docid count = static_cast<Xapian::docid>(o->parts.size());
    return o->parts[(number - 1) % count].dead.count((number - 1) / count + 1) > 0;
}

class Dead : public Xapian::PostingSource {
  public:
    Xapian::PostingSource *clone() const override { return new Dead; } /* one a shard */
    void init(const Xapian::Database &db) override {
        numbers = unpack_dead(db.get_metadata(DEAD));
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

Xapian::Query living(const oracle *o, const Xapian::Query &query) {
    if (count_dead(o) == 0) return query;
    Xapian::PostingSource *source = new Dead;
    return Xapian::Query(Xapian::Query::OP_AND_NOT, query, Xapian::Query(source->release()));
}

/* ---- Phrases ---- */

fh_status read_page(void *context, uint32_t vocabulary, uint32_t page, fh_buf *out, fh_error *) {
    char key[40];
    snprintf(key, sizeof key, "fihris.words.%u.%04u", vocabulary, page);
    const std::string bytes = static_cast<const Part *>(context)->db.get_metadata(key);
    fh_buf_add(out, {bytes.data(), bytes.size()});
    return FH_OK;
}

/* The documents where words stand as they should, of those that have them all.  It is meant to be asked last,
 * about documents that everything else has let through, so it claims to be as long as can be.  Each shard is
 * asked by one of its own. */
class Standing : public Xapian::PostingSource {
  public:
    Standing(const fh_query *query, const std::vector<Part> &parts) {
        for (size_t i = 0; i < query->kid_count; i++)
            words.push_back({fh_phrase_hash(query->kids[i]->word), 0, 0, 0, 0, 0});
        const size_t window =
            std::max<size_t>(query->window, words.size()); /* a narrower one holds nothing */
        phrase = {query->kids[0]->field, query->op == FH_OP_PHRASE, static_cast<uint32_t>(window),
                  words.size(), nullptr};
        for (const Part &part : parts) vocabularies.emplace_back(part.db.internal[0].get(), part.vocabulary);
    }
    Xapian::PostingSource *clone() const override { return new Standing(words, phrase, vocabularies); }

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

  private:
    /* A shard of a search has nothing that names it but what it is made of. */
    using Known = std::pair<const void *, fh_vocabulary *>;

    Standing(const std::vector<fh_phrase_word> &words_, const fh_phrase &phrase_,
             const std::vector<Known> &vocabularies_)
        : words(words_), phrase(phrase_), vocabularies(vocabularies_) {}

    void go_to(Xapian::docid number) {
        const Xapian::PostingIterator end = db.postlist_end(std::string());
        for (here.skip_to(number); !over && here != end; ++here) {
            current = *here;
            if (stand_in(current)) return;
        }
        over = true;
    }
    bool stand_in(Xapian::docid number) {
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

    std::vector<fh_phrase_word> words;
    fh_phrase phrase;
    std::vector<Known> vocabularies;
    fh_vocabulary *vocabulary = nullptr;
    Xapian::Database db;
    Xapian::PostingIterator here;
    Xapian::docid current = 0;
    bool over = false;
};

/* ---- The query ---- */

/* `bare`: whether it matches, not what that is worth. */
struct Asked {
    const std::vector<Part> &parts;
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
    return Xapian::Query(Xapian::Query::OP_WILDCARD, start_of(query->field, query->word), FH_MAX_EXPANSION,
                         Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT, Xapian::Query::OP_SYNONYM);
}

/* `filtered`: of all kids but the first it is asked only whether they match. */
Xapian::Query combine(Xapian::Query::op op, const fh_query *query, const Asked &asked,
                      bool filtered = false) {
    std::vector<Xapian::Query> kids;
    for (size_t i = 0; i < query->kid_count; i++)
        kids.push_back(build(query->kids[i], {asked.parts, asked.bare || (filtered && i > 0)}));
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
    Xapian::PostingSource *source = new Standing(query, asked.parts);
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

/* ---- What was found ---- */

void take_hits(const Xapian::MSet &matches, bool ids_only, fh_arena *arena, fh_matched *out) {
    out->hits = FH_ARENA_ARRAY(arena, fh_matched_hit, matches.size());
    out->hit_count = 0;
    for (Xapian::MSetIterator hit = matches.begin(); hit != matches.end(); ++hit) {
        const Xapian::Document document = hit.get_document();
        const std::string kept = document.get_value(fh_slot_number(FH_SLOT_ENTITIES));
        fh_matched_hit *to = &out->hits[out->hit_count++];
        *to = {*hit,
               hit.get_weight(),
               copy(arena, document.get_data()),
               {},
               copy(arena, hit.get_collapse_key())};
        if (!ids_only) to->entities = copy(arena, value_of(FH_SLOT_ENTITIES, kept));
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
                fh_matched *out) {
    const bool all = counter.seen < checked;
    out->total = all ? counter.seen : std::max(counter.seen, matches.get_uncollapsed_matches_estimated());
    out->total_exact =
        all || matches.get_uncollapsed_matches_lower_bound() == matches.get_uncollapsed_matches_upper_bound();
}

void find(const oracle *o, const fh_find *find, fh_arena *arena, fh_matched *out) {
    std::vector<std::unique_ptr<Census>> censuses;
    Xapian::MultiValueKeyMaker key;
    Xapian::Enquire enquire(o->db);
    enquire.set_query(living(o, build(find->query, {o->parts, false})));
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
    const Xapian::doccount all = o->db.get_doccount();
    const Xapian::doccount first = std::min(find->offset, all);
    const Xapian::doccount shown = std::min(find->limit, all - first), checked = all + 1;
    const Xapian::MSet matches = enquire.get_mset(first, shown, checked);
    take_hits(matches, find->ids_only, arena, out);
    if (find->collapse) take_total(matches, counter, checked, out);
    out->partial = false;
    out->facets = FH_ARENA_ARRAY(arena, fh_facet, find->facet_count);
    for (size_t i = 0; i < find->facet_count; i++) censuses[i]->best(arena, &out->facets[i]);
}

/* ---- Words ---- */

/* In how many documents a term stands; where many are dead, a common word may count some of them.  0 where
 * all of the living are hidden. */
uint32_t shown_frequency(const oracle *o, const std::string &term, Xapian::doccount all, fh_hidden hidden) {
    const size_t WORTH_COUNTING = 1000;
    uint32_t living_count = 0;
    bool shown = false;
    for (Xapian::PostingIterator at = o->db.postlist_begin(term); at != o->db.postlist_end(term); ++at) {
        if (is_dead(o, *at)) continue;
        living_count++;
        shown |= !std::binary_search(hidden.numbers, hidden.numbers + hidden.count, *at);
    }
    if (all > std::max(count_dead(o), WORTH_COUNTING)) living_count = all;
    return shown || living_count > hidden.count ? living_count : 0;
}

void visit_words(const oracle *o, fh_field field, fh_str prefix, fh_hidden hidden, fh_word_visitor *visit,
                 void *context) {
    const std::string start = start_of(field, prefix);
    for (Xapian::TermIterator term = o->db.allterms_begin(start); term != o->db.allterms_end(start); ++term) {
        const std::string name = *term;
        fh_term_text word;
        fh_term skip_to;
        if (!fh_term_word(field, {name.data(), name.size()}, &word, &skip_to)) continue;
        const uint32_t shown = shown_frequency(o, name, term.get_termfreq(), hidden);
        if (shown > 0 && !visit(context, {word.bytes, word.len}, shown)) return;
    }
}

template <typename Body> bool guard(Body body) {
    try {
        body();
        return true;
    } catch (const Xapian::Error &error) {
        fprintf(stderr, "%s\n", error.get_description().c_str());
        return false;
    }
}

} // namespace

oracle *oracle_open(const char *const *dirs, size_t count) {
    std::unique_ptr<oracle> o(new oracle);
    const bool opened = guard([&] {
        o->parts.resize(count); /* where they are, they stay: vocabularies know them */
        for (size_t i = 0; i < count; i++) {
            Part &part = o->parts[i];
            part.db = Xapian::Database(dirs[i]);
            part.dead = unpack_dead(part.db.get_metadata(DEAD));
            part.vocabulary = fh_vocabulary_new(read_page, &part);
            o->db.add_database(part.db);
        }
    });
    if (opened) return o.release();
    oracle_close(o.release());
    return nullptr;
}

void oracle_close(oracle *o) {
    if (!o) return;
    for (const Part &part : o->parts) fh_vocabulary_free(part.vocabulary);
    delete o;
}

bool oracle_find(const oracle *o, const fh_find *asked, fh_arena *arena, fh_matched *out) {
    return guard([&] { find(o, asked, arena, out); });
}

bool oracle_words(const oracle *o, fh_field field, fh_str prefix, fh_hidden hidden, fh_word_visitor *visit,
                  void *context) {
    return guard([&] { visit_words(o, field, prefix, hidden, visit, context); });
}
