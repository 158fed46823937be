/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one gets from libxapian alone, to compare with: its TermGenerator and QueryParser, its snippets, the
 * text kept as it is.  No part of the product.
 *
 * baseline index INDEX FILE     FILE: `id TAB title TAB body` lines
 * baseline time INDEX FILE      FILE: `class TAB query` lines; prints `class TAB microseconds TAB hits` */
#include <chrono>
#include <fstream>
#include <iostream>
#include <string>
#include <xapian.h>

static const int SHOWN = 10, SNIPPET_BYTES = 400, TITLE_WEIGHT = 5;
static const char STEMMER[] = "arabic"; /* Snowball's */

static void index_file(const std::string &index, std::istream &lines) {
    Xapian::WritableDatabase db(index, Xapian::DB_CREATE_OR_OVERWRITE);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem(STEMMER));
    std::string line;
    while (std::getline(lines, line)) {
        size_t first = line.find('\t'), second = line.find('\t', first + 1);
        if (second == std::string::npos) continue;
        std::string id = "Q" + line.substr(0, first);
        if (id.size() > 200) id.resize(200);
        Xapian::Document document;
        generator.set_document(document);
        generator.set_termpos(0);
        generator.index_text(line.substr(first + 1, second - first - 1), TITLE_WEIGHT);
        generator.increase_termpos();
        generator.index_text(line.substr(second + 1));
        document.set_data(line.substr(first + 1));
        document.add_boolean_term(id);
        db.replace_document(id, document);
    }
    db.commit();
}

static void time_queries(const std::string &index, std::istream &lines) {
    Xapian::Database db(index);
    Xapian::QueryParser parser;
    parser.set_database(db);
    parser.set_stemmer(Xapian::Stem(STEMMER));
    parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
    parser.set_default_op(Xapian::Query::OP_AND);
    std::string line;
    while (std::getline(lines, line)) {
        size_t tab = line.find('\t');
        if (tab == std::string::npos) continue;
        auto from = std::chrono::steady_clock::now();
        Xapian::Enquire enquire(db);
        enquire.set_query(parser.parse_query(line.substr(tab + 1)));
        Xapian::MSet found = enquire.get_mset(0, SHOWN);
        std::string text;
        for (Xapian::MSetIterator hit = found.begin(); hit != found.end(); ++hit)
            text += found.snippet(hit.get_document().get_data(), SNIPPET_BYTES);
        std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - from;
        std::cout << line.substr(0, tab) << '\t' << took.count() << '\t' << found.get_matches_estimated()
                  << '\n';
    }
}

int main(int argc, char **argv) {
    std::string task = argc == 4 ? argv[1] : "";
    if (task != "index" && task != "time") {
        std::cerr << "usage: baseline index|time INDEX FILE\n";
        return 2;
    }
    try {
        std::ifstream lines(argv[3]);
        if (!lines) throw std::string("cannot be read");
        task == "index" ? index_file(argv[2], lines) : time_queries(argv[2], lines);
    } catch (const Xapian::Error &error) {
        std::cerr << "baseline: " << error.get_description() << '\n';
        return 2;
    } catch (const std::string &error) {
        std::cerr << "baseline: " << argv[3] << ": " << error << '\n';
        return 2;
    }
    return 0;
}
