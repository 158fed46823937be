/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one gets from libxapian alone, to compare with: its TermGenerator and QueryParser, its snippets, the
 * text kept as it is.  No part of the product.
 *
 * baseline index INDEX FILE
 *     FILE: `id TAB date TAB title TAB body` lines
 * baseline time INDEX FILE ids|shown SECONDS
 *     as bench_query does
 * baseline ask INDEX WORDS
 *     prints the ids of the best hits */
#include <chrono>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>
#include <xapian.h>

static const int SHOWN = 10, PASSES = 5, SNIPPET_BYTES = 400, TITLE_WEIGHT = 5;
static const Xapian::valueno DATE = 0, ID = 1;
static const size_t LONGEST_TERM = 200;
static const char STEMMER[] = "arabic"; /* Snowball's */

static void index_file(const std::string &index, std::istream &lines) {
    Xapian::WritableDatabase db(index, Xapian::DB_CREATE_OR_OVERWRITE);
    Xapian::TermGenerator generator;
    generator.set_stemmer(Xapian::Stem(STEMMER));
    std::string line;
    while (std::getline(lines, line)) {
        size_t first = line.find('\t'), second = line.find('\t', first + 1),
               third = line.find('\t', second + 1);
        if (third == std::string::npos) continue;
        std::string id = "Q" + line.substr(0, first);
        if (id.size() > LONGEST_TERM) id.resize(LONGEST_TERM);
        Xapian::Document document;
        generator.set_document(document);
        generator.set_termpos(0);
        generator.index_text(line.substr(second + 1, third - second - 1), TITLE_WEIGHT);
        generator.increase_termpos();
        generator.index_text(line.substr(third + 1));
        document.set_data(line.substr(second + 1));
        document.add_value(DATE, line.substr(first + 1, second - first - 1));
        document.add_value(ID, line.substr(0, first));
        document.add_boolean_term(id);
        db.replace_document(id, document);
    }
    db.commit();
}

struct Query {
    std::string name, text;
};

/* Those of a class that libxapian has no part in are left out. */
static std::vector<Query> read_queries(std::istream &lines) {
    std::vector<Query> queries;
    for (std::string line; std::getline(lines, line);) {
        size_t tab = line.find('\t');
        if (tab == std::string::npos || line.compare(0, tab, "entity") == 0) continue;
        queries.push_back({line.substr(0, tab), line.substr(tab + 1)});
    }
    return queries;
}

class Engine {
    Xapian::Database db;
    Xapian::QueryParser parser;

  public:
    explicit Engine(const std::string &index) : db(index) {
        parser.set_database(db);
        parser.set_stemmer(Xapian::Stem(STEMMER));
        parser.set_stemming_strategy(Xapian::QueryParser::STEM_SOME);
        parser.set_default_op(Xapian::Query::OP_AND);
    }

    Xapian::MSet find(const Query &query) {
        std::string text = query.name == "phrase" ? '"' + query.text + '"' : query.text;
        unsigned flags = Xapian::QueryParser::FLAG_DEFAULT;
        if (query.name == "prefix") {
            text += '*';
            flags |= Xapian::QueryParser::FLAG_WILDCARD;
        }
        Xapian::Enquire enquire(db);
        if (query.name == "newest") enquire.set_sort_by_value(DATE, true);
        enquire.set_query(parser.parse_query(text, flags));
        return enquire.get_mset(0, SHOWN);
    }
};

static std::string shown(const Xapian::MSet &found) {
    std::string text;
    for (Xapian::MSetIterator hit = found.begin(); hit != found.end(); ++hit)
        text += found.snippet(hit.get_document().get_data(), SNIPPET_BYTES);
    return text;
}

typedef std::chrono::steady_clock Clock;
typedef std::chrono::duration<double> Seconds;

static void answer_all(Engine &engine, const std::vector<Query> &queries, bool shows, bool prints) {
    for (const Query &query : queries) {
        Clock::time_point from = Clock::now();
        Xapian::MSet found = engine.find(query);
        if (shows) shown(found);
        Seconds took = Clock::now() - from;
        if (prints)
            std::cout << query.name << '\t' << took.count() * 1e6 << '\t' << found.get_matches_estimated()
                      << '\n';
    }
}

static void time_queries(const std::string &index, std::istream &lines, bool shows, double warm_seconds) {
    Engine engine(index);
    std::vector<Query> queries = read_queries(lines);
    for (Clock::time_point from = Clock::now(); Seconds(Clock::now() - from).count() < warm_seconds;)
        answer_all(engine, queries, shows, false);
    for (int pass = 0; pass < PASSES; pass++) answer_all(engine, queries, shows, true);
}

static void ask(const std::string &index, const std::string &words) {
    Xapian::MSet found = Engine(index).find({"", words});
    for (Xapian::MSetIterator hit = found.begin(); hit != found.end(); ++hit)
        std::cout << hit.get_document().get_value(ID) << '\n';
    shown(found);
}

static int run(const std::string &task, int argc, char **argv) {
    if (task == "ask" && argc == 4) {
        ask(argv[2], argv[3]);
        return 0;
    }
    if (!(task == "index" && argc == 4) && !(task == "time" && argc == 6)) {
        std::cerr
            << "usage: baseline index INDEX FILE | time INDEX FILE ids|shown SECONDS | ask INDEX WORDS\n";
        return 2;
    }
    std::ifstream lines(argv[3]);
    if (!lines) throw std::string(argv[3]) + ": cannot be read";
    if (task == "index")
        index_file(argv[2], lines);
    else
        time_queries(argv[2], lines, argv[4] == std::string("shown"), std::stod(argv[5]));
    return 0;
}

int main(int argc, char **argv) {
    try {
        return run(argc > 1 ? argv[1] : "", argc, argv);
    } catch (const Xapian::Error &error) {
        std::cerr << "baseline: " << error.get_description() << '\n';
    } catch (const std::string &error) {
        std::cerr << "baseline: " << error << '\n';
    }
    return 2;
}
