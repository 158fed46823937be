/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The only C++ file: Xapian's classes behind plain functions, and its exceptions turned into statuses. */
#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <set>
#include <string>
#include <vector>
#include <xapian.h>

extern "C" { /* base's headers are plain C */
#include "base/limits.h"
#include "base/memory.h"
#include "store/glass/fresh.h"
#include "store/glass/pack.h"
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

std::string id_term(fh_str id) {
    fh_term term;
    fh_term_make(FH_FIELD_ID, id, &term);
    return std::string(term.bytes, term.len);
}

/* What the terms of all ids start with. */
std::string ids_start() {
    fh_term term;
    fh_term_start(FH_FIELD_ID, {"", 0}, &term);
    return std::string(term.bytes, term.len);
}

/* The number of the living document of this id; 0: there is none. */
Xapian::docid find_living(const fh_xapian *x, const std::string &id) {
    Xapian::docid found = 0;
    for (Xapian::PostingIterator at = x->db.postlist_begin(id); at != x->db.postlist_end(id); ++at)
        if (!is_dead(x, *at)) found = *at;
    return found;
}

/* How many living documents have this id. */
Xapian::doccount count_living(const fh_xapian *x, const std::string &id) {
    Xapian::doccount count = 0;
    for (Xapian::PostingIterator at = x->db.postlist_begin(id); at != x->db.postlist_end(id); ++at)
        if (!is_dead(x, *at)) count++;
    return count;
}

/* `entities` NULL: they are not asked for. */
void take_document(const Xapian::Document &document, fh_arena *arena, fh_str *data, fh_str *entities) {
    *data = copy(arena, document.get_data());
    if (!entities) return;
    const std::string kept = document.get_value(fh_slot_number(FH_SLOT_ENTITIES));
    *entities = copy(arena, value_of(FH_SLOT_ENTITIES, kept));
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

fh_status fh_xapian_set_meta(fh_xapian *x, fh_str key, fh_str value, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        x->writer.set_metadata(string_of(key), string_of(value));
        return FH_OK;
    });
}

/* As they come: a Document keeps its terms sorted by itself, and to sort them first gains nothing. */
static void add_terms(const fh_document *document, Xapian::Document &to) {
    fh_term term;
    std::string name;
    for (size_t i = 0; i < document->posting_count; i++) {
        const fh_posting &posting = document->postings[i];
        fh_term_make(posting.field, posting.word, &term);
        name.assign(term.bytes, term.len);
        to.add_term(name, posting.weight);
    }
}

fh_status fh_xapian_put(fh_xapian *x, const fh_document *document, fh_str data, const uint32_t *length,
                        fh_added *out, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        Xapian::Document made;
        made.set_data(string_of(data));
        if (!length) add_terms(document, made);
        for (size_t i = 0; i < document->value_count; i++) {
            made.add_value(fh_slot_number(document->values[i].slot), kept_of(document->values[i]));
        }
        const std::string id = id_term(document->article->id);
        made.add_term(id, length ? *length : 0);
        const Xapian::docid before = find_living(x, id);
        if (before > 0) kill(x, before);
        out->replaced = before > 0;
        out->number = x->writer.add_document(made);
        return FH_OK;
    });
}

fh_status fh_xapian_delete(fh_xapian *x, fh_str id, bool *found, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        const Xapian::docid number = find_living(x, id_term(id));
        if (number > 0) kill(x, number);
        *found = number > 0;
        return FH_OK;
    });
}

fh_status fh_xapian_keep_last(fh_xapian *x, fh_error *err) {
    return guard(x->dir.c_str(), err, [&] {
        const std::string ids = ids_start();
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

static fh_facts take_facts(const fh_xapian *x, const std::vector<std::string> &keys, fh_arena *arena) {
    fh_fact *items = FH_ARENA_ARRAY(arena, fh_fact, keys.size());
    for (size_t i = 0; i < keys.size(); i++)
        items[i] = {copy(arena, keys[i]), copy(arena, x->db.get_metadata(keys[i]))};
    return {items, keys.size()};
}

fh_status fh_xapian_facts(fh_xapian *x, fh_arena *arena, fh_facts *out, fh_error *err) {
    return reading(x, err, [&] {
        const std::string fresh = FH_META_FRESH;
        std::vector<std::string> keys(x->db.metadata_keys_begin(), x->db.metadata_keys_end());
        const auto is_not_moved = [&](const std::string &key) {
            return key == FH_META_DEAD || key.compare(0, fresh.size(), fresh) == 0;
        };
        keys.erase(std::remove_if(keys.begin(), keys.end(), is_not_moved), keys.end());
        *out = take_facts(x, keys, arena);
        return FH_OK;
    });
}

fh_status fh_xapian_facts_of(fh_xapian *x, fh_str prefix, fh_arena *arena, fh_facts *out, fh_error *err) {
    return reading(x, err, [&] {
        const std::string start = string_of(prefix);
        *out = take_facts(x, {x->db.metadata_keys_begin(start), x->db.metadata_keys_end(start)}, arena);
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
        *out = {x->db.get_doccount() - count_dead(x), x->db.get_average_length()};
        return FH_OK;
    });
}

fh_status fh_xapian_lookup(fh_xapian *x, fh_str id, uint32_t *number, fh_error *err) {
    return reading(x, err, [&] {
        *number = find_living(x, id_term(id));
        return FH_OK;
    });
}

fh_status fh_xapian_id_articles(fh_xapian *x, fh_str id, uint32_t *out, fh_error *err) {
    return reading(x, err, [&] {
        *out = count_living(x, id_term(id));
        return FH_OK;
    });
}

fh_status fh_xapian_count_ids(fh_xapian *x, uint64_t *out, fh_error *err) {
    return reading(x, err, [&] {
        const std::string ids = ids_start();
        uint64_t count = 0;
        for (Xapian::TermIterator id = x->db.allterms_begin(ids); id != x->db.allterms_end(ids); ++id)
            count += count_living(x, *id);
        *out = count;
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
