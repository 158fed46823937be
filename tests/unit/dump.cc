/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads an index with Xapian alone. */
#include "tests/unit/dump.h"
#include <algorithm>
#include <map>
#include <string>
#include <vector>
#include <xapian.h>

namespace {

const char ID_PREFIX = 'Q';
const char LEARNED[] = "fihris.dictionary.";
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

struct Dump {
    const Xapian::Database db;
    FILE *const out;
    std::map<Xapian::docid, std::string> ids;

    Dump(const char *dir, FILE *to) : db(dir), out(to) {}

    void name_documents() {
        const std::string prefix(1, ID_PREFIX);
        for (auto term = db.allterms_begin(prefix); term != db.allterms_end(prefix); ++term)
            for (auto at = db.postlist_begin(*term); at != db.postlist_end(*term); ++at)
                ids[*at] = plain(*term);
    }

    void facts() {
        fprintf(out, "documents %u, length %llu\n", db.get_doccount(),
                static_cast<unsigned long long>(db.get_total_length()));
        for (auto key = db.metadata_keys_begin(); key != db.metadata_keys_end(); ++key)
            if ((*key).compare(0, sizeof LEARNED - 1, LEARNED) != 0)
                fprintf(out, "metadata %s = %s\n", plain(*key).c_str(), plain(db.get_metadata(*key)).c_str());
        for (Xapian::valueno slot = 0; slot < SLOTS; slot++)
            fprintf(out, "slot %u: %u, %s\n", slot, db.get_value_freq(slot),
                    bounds_hold(slot) ? "within bounds" : "out of bounds");
    }

    /* Bounds may be wider than the values: what was deleted may have left them so. */
    bool bounds_hold(Xapian::valueno slot) {
        const std::string low = db.get_value_lower_bound(slot), high = db.get_value_upper_bound(slot);
        for (auto value = db.valuestream_begin(slot); value != db.valuestream_end(slot); ++value)
            if (*value < low || *value > high) return false;
        return true;
    }

    std::string positions(Xapian::docid document, const std::string &term) {
        std::string all;
        for (auto at = db.positionlist_begin(document, term); at != db.positionlist_end(document, term); ++at)
            all += " " + std::to_string(*at);
        return all;
    }

    void terms() {
        for (auto term = db.allterms_begin(); term != db.allterms_end(); ++term) {
            fprintf(out, "term %s: %u, %u\n", plain(*term).c_str(), term.get_termfreq(),
                    db.get_collection_freq(*term));
            std::vector<std::string> lines;
            for (auto at = db.postlist_begin(*term); at != db.postlist_end(*term); ++at)
                lines.push_back(ids[*at] + " " + std::to_string(at.get_wdf()) + ":" + positions(*at, *term));
            std::sort(lines.begin(), lines.end());
            for (const std::string &line : lines) fprintf(out, "  %s\n", line.c_str());
        }
    }

    void documents() {
        std::map<std::string, Xapian::docid> numbers;
        for (const auto &entry : ids) numbers[entry.second] = entry.first;
        for (const auto &entry : numbers) {
            const Xapian::Document document = db.get_document(entry.second);
            fprintf(out, "document %s: %u\n", entry.first.c_str(), db.get_doclength(entry.second));
            for (auto term = db.termlist_begin(entry.second); term != db.termlist_end(entry.second); ++term)
                fprintf(out, "  %s %u\n", plain(*term).c_str(), term.get_wdf());
            for (auto value = document.values_begin(); value != document.values_end(); ++value)
                fprintf(out, "  value %u = %s\n", value.get_valueno(), plain(*value).c_str());
            if (document.get_data().empty()) fprintf(out, "  no data\n");
        }
    }
};

} // namespace

bool dump_index(const char *dir, FILE *out) {
    try {
        Dump dump(dir, out);
        dump.name_documents();
        dump.facts();
        dump.terms();
        dump.documents();
        return true;
    } catch (const Xapian::Error &error) {
        fprintf(stderr, "%s: %s\n", dir, error.get_description().c_str());
        return false;
    }
}
