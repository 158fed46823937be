/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads an index with Xapian, and with our own reader what Xapian does not look into. */
#include "tests/unit/dump.h"
#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>
#include <xapian.h>

extern "C" { /* plain C */
#include "store/glass/pack.h"
#include "store/glass/rare.h"
#include "store/glass/read.h"
#include "store/text/record.h"
}

namespace {

const char ID_PREFIX = 'Q';
const char DEAD[] = "fihris.dead", FRESH[] = "fihris.fresh";
const Xapian::valueno SLOTS = 16;

/* Bytes that would break a line are written as numbers. */
std::string plain(const std::string &bytes) {
    std::string out;
    char number[8];
    for (unsigned char byte : bytes) {
        snprintf(number, sizeof number, byte < ' ' || byte == '\\' ? "\\%02x" : "%c", byte);
        out += number;
    }
    return out;
}

/* A number of seven bits a byte, the lowest first. */
size_t take_number(const std::string &from, size_t &at) {
    size_t number = 0;
    for (unsigned shift = 0; at < from.size(); shift += 7) {
        const unsigned char byte = static_cast<unsigned char>(from[at++]);
        number |= static_cast<size_t>(byte & 0x7f) << shift;
        if (byte < 0x80) break;
    }
    return number;
}

/* What says how words are coded. */
bool is_of_codes(const std::string &key) {
    return key == "fihris.vocabulary" || key == "fihris.unsettled" || key.rfind("fihris.words.", 0) == 0;
}

/* The terms of articles that came a few at a time. */
bool is_fresh(const std::string &key) {
    return key.rfind(FRESH, 0) == 0;
}

/* What the dead leave in an index, and which codes its words have, depends on who wrote it: so all is counted
 * over the living, and records are written out. */
struct Dump {
    const Xapian::Database db;
    FILE *const out;
    std::map<Xapian::docid, std::string> ids; /* of the living */

    Dump(const char *dir, FILE *to) : db(dir), out(to) {}

    void name_documents() {
        const std::string prefix(1, ID_PREFIX), packed = db.get_metadata(DEAD);
        for (auto term = db.allterms_begin(prefix); term != db.allterms_end(prefix); ++term)
            for (auto at = db.postlist_begin(*term); at != db.postlist_end(*term); ++at)
                ids[*at] = plain(*term);
        Xapian::docid dead = 0;
        for (size_t at = 0; at < packed.size();)
            ids.erase(dead += static_cast<Xapian::docid>(take_number(packed, at)));
    }

    void facts() {
        unsigned long long length = 0;
        for (const auto &entry : ids) length += db.get_doclength(entry.first);
        fprintf(out, "documents %zu, length %llu\n", ids.size(), length);
        for (auto key = db.metadata_keys_begin(); key != db.metadata_keys_end(); ++key)
            if (*key != DEAD && !is_of_codes(*key) && !is_fresh(*key))
                fprintf(out, "metadata %s = %s\n", plain(*key).c_str(), plain(db.get_metadata(*key)).c_str());
        for (Xapian::valueno slot = 0; slot < SLOTS; slot++) slot_facts(slot);
    }

    /* Bounds may be wider than the values: what was deleted may have left them so. */
    void slot_facts(Xapian::valueno slot) {
        const std::string low = db.get_value_lower_bound(slot), high = db.get_value_upper_bound(slot);
        bool within = true;
        unsigned all = 0, living = 0;
        for (auto value = db.valuestream_begin(slot); value != db.valuestream_end(slot); ++value, ++all) {
            if (*value < low || *value > high) within = false;
            if (ids.count(value.get_docid()) > 0) living++;
        }
        fprintf(out, "slot %u: %u, %s, %s\n", slot, living, within ? "within bounds" : "out of bounds",
                all == db.get_value_freq(slot) ? "counted" : "miscounted");
    }

    struct Listed {
        std::vector<std::string> lines; /* of the living */
        bool counted = true;            /* they are as many as is said */
    };
    std::map<std::string, Listed> lists;

    void add(Listed &to, Xapian::docid number, Xapian::termcount wdf) {
        if (ids.count(number) > 0) to.lines.push_back(ids[number] + " " + std::to_string(wdf));
    }

    void gather_lists() {
        for (auto term = db.allterms_begin(); term != db.allterms_end(); ++term) {
            Listed &to = lists[*term];
            unsigned all = 0, occurrences = 0;
            for (auto at = db.postlist_begin(*term); at != db.postlist_end(*term); ++at, ++all) {
                occurrences += at.get_wdf();
                add(to, *at, (*term)[0] == ID_PREFIX ? 0 : at.get_wdf());
            }
            to.counted = all == term.get_termfreq() && occurrences == db.get_collection_freq(*term);
        }
    }

    /* The bytes of a term as they are in a key. */
    static std::string term_of(const std::string &key) {
        std::string term;
        for (size_t i = 0; i < key.size(); i += key[i] == '\0' ? 2 : 1) term += key[i];
        return term;
    }

    using Postings = std::vector<std::pair<Xapian::docid, Xapian::termcount>>;

    static Postings postings_of(const fh_rare_list &list) {
        Postings found;
        fh_str rest = list.postings;
        uint32_t number = list.first;
        while (rest.len > 0) {
            if (!found.empty()) number += static_cast<uint32_t>(fh_glass_take_uint(&rest)) + 1;
            found.emplace_back(number, static_cast<Xapian::termcount>(fh_glass_take_uint(&rest)));
        }
        return found;
    }

    /* By the places of its documents in another list. */
    Postings told(const std::string &key, const std::string &by) {
        Postings found;
        const std::string stem = term_of(by), &bytes = entries[FH_GLASS_SPELLING][key];
        auto at = db.postlist_begin(stem);
        for (fh_str rest = {bytes.data(), bytes.size()}; rest.len > 0 && at != db.postlist_end(stem);) {
            const uint64_t number = fh_glass_take_uint(&rest);
            for (uint64_t left = number / 2; left > 0 && at != db.postlist_end(stem); left--) ++at;
            const uint64_t wdf = number % 2 ? fh_glass_take_uint(&rest) : 1;
            if (at != db.postlist_end(stem)) found.emplace_back(*at, static_cast<Xapian::termcount>(wdf));
        }
        return found;
    }

    /* The documents of a page's list are all there before Xapian's. */
    void gather_rare(const fh_rare_page &page) {
        const std::string key(page.key, page.key_len), term = term_of(key);
        const std::string text(page.list.postings.ptr, page.list.postings.len);
        Listed &to = lists[term];
        const Postings found = fh_rare_is_told(&page.list) ? told(key, text) : postings_of(page.list);
        for (const auto &posting : found) add(to, posting.first, posting.second);
        const auto first = db.postlist_begin(term);
        const bool behind = first == db.postlist_end(term) || found.empty() || found.back().first < *first;
        to.counted = to.counted && behind && found.size() == page.list.documents;
    }

    std::map<fh_glass_table, std::map<std::string, std::string>> entries; /* that Xapian does not read */

    bool read_entries(const char *dir, fh_glass_table table) {
        fh_glass_reader *reader;
        fh_glass_entry entry;
        fh_error err;
        if (fh_glass_read(dir, table, &reader, &err) != FH_OK) return false;
        bool whole = true;
        while (whole && (whole = fh_glass_next(reader, &entry, &err) == FH_OK) && entry.there) {
            whole = fh_glass_plain(reader, &entry, &err) == FH_OK;
            entries[table][std::string(entry.key.ptr, entry.key.len)].assign(entry.tag.ptr, entry.tag.len);
        }
        fh_glass_reader_free(reader);
        return whole;
    }

    bool gather_pages(const char *dir) {
        bool whole = read_entries(dir, FH_GLASS_RARE) && read_entries(dir, FH_GLASS_SPELLING);
        for (const auto &entry : entries[FH_GLASS_RARE]) {
            fh_rare_page page = fh_rare_page_of({entry.first.data(), entry.first.size()},
                                                {entry.second.data(), entry.second.size()});
            while (fh_rare_next(&page)) gather_rare(page);
            whole = whole && !page.broken;
        }
        return whole;
    }

    /* The documents of a run are behind all others. */
    void gather_fresh(const fh_rare_page &page) {
        Listed &to = lists[term_of(std::string(page.key, page.key_len))];
        const Postings found = postings_of(page.list);
        for (const auto &posting : found) add(to, posting.first, posting.second);
        to.counted = to.counted && found.size() == page.list.documents;
    }

    bool gather_runs() {
        bool whole = true;
        for (auto key = db.metadata_keys_begin(FRESH); key != db.metadata_keys_end(FRESH); ++key) {
            if (*key == FRESH) continue;
            const std::string pages = db.get_metadata(*key), name = (*key).substr(sizeof FRESH + 1);
            fh_rare_page page = fh_rare_page_of({name.data(), name.size()}, {pages.data(), pages.size()});
            page.of_run = true;
            while (fh_rare_next(&page)) gather_fresh(page);
            whole = whole && !page.broken;
        }
        return whole;
    }

    void terms() {
        for (auto &named : lists) {
            Listed &list = named.second;
            if (list.lines.empty() && list.counted) continue;
            std::sort(list.lines.begin(), list.lines.end());
            fprintf(out, "term %s: %s\n", plain(named.first).c_str(),
                    list.counted ? "counted" : "miscounted");
            for (const std::string &line : list.lines) fprintf(out, "  %s\n", line.c_str());
        }
    }

    static fh_status read_page(void *context, uint32_t vocabulary, uint32_t page, fh_buf *to, fh_error *) {
        char key[40];
        snprintf(key, sizeof key, "fihris.words.%u.%04u", vocabulary, page);
        const std::string bytes = static_cast<Dump *>(context)->db.get_metadata(key);
        fh_buf_add(to, {bytes.data(), bytes.size()});
        return FH_OK;
    }

    /* The bytes of a record in which every piece of text stands as it is. */
    static std::string written_out(const std::string &data, fh_vocabulary *vocabulary) {
        fh_record record;
        fh_error err;
        fh_buf bytes = {};
        fh_recoding how = {};
        how.from = vocabulary;
        const bool whole = fh_record_read({data.data(), data.size()}, &record, &err) == FH_OK &&
                           fh_vocabulary_select(vocabulary, record.vocabulary, &err) == FH_OK &&
                           fh_record_recode(&record, &how, &bytes, &err) == FH_OK;
        std::string found(bytes.ptr ? bytes.ptr : "", bytes.len);
        fh_buf_free(&bytes);
        if (!whole) throw Xapian::DatabaseCorruptError("a record is damaged");
        return found;
    }

    void documents() {
        fh_vocabulary *vocabulary = fh_vocabulary_new(read_page, this);
        std::map<std::string, Xapian::docid> numbers;
        for (const auto &entry : ids) numbers[entry.second] = entry.first;
        for (const auto &entry : numbers) {
            const Xapian::Document document = db.get_document(entry.second);
            fprintf(out, "document %s: %u, record %zx\n", entry.first.c_str(), db.get_doclength(entry.second),
                    std::hash<std::string>()(written_out(document.get_data(), vocabulary)));
            for (Xapian::valueno slot = 0; slot < SLOTS; slot++) {
                const std::string value = document.get_value(slot);
                if (!value.empty()) fprintf(out, "  value %u = %s\n", slot, plain(value).c_str());
            }
        }
        fh_vocabulary_free(vocabulary);
    }
};

} // namespace

bool dump_index(const char *dir, FILE *out) {
    try {
        Dump dump(dir, out);
        dump.name_documents();
        dump.facts();
        dump.gather_lists();
        if (!dump.gather_pages(dir) || !dump.gather_runs()) return false;
        dump.terms();
        dump.documents();
        return true;
    } catch (const Xapian::Error &error) {
        fprintf(stderr, "%s: %s\n", dir, error.get_description().c_str());
        return false;
    }
}
