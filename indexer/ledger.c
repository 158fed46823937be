/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line in the index's metadata for each file. */
#include "indexer/ledger.h"
#include "base/memory.h"
#include "indexer/walk.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

enum {
    KEY_TEXT = 40,
    SETTLED =
        2, /* seconds: a file that was changed later may be changed again within one tick of its clock */
};

static const char GENERATION_KEY[] = "fihris.generation"; /* how often articles were deleted */

typedef struct identity {
    uint64_t bytes, inode;
    int64_t changed, renamed; /* nanoseconds since 1970, of its content and of its entry */
} identity;

typedef struct file {
    fh_str path; /* as a reader's places begin */
    fh_str id;
    const char *part; /* the source that is this file alone, where that is not to be told from its path */
    uint64_t said;    /* a hash of what sitemaps say of it, 0: nothing */
    identity was;
    uint64_t articles, rejected;
    bool same, broken;
    uint32_t next; /* in the table */
} file;

#define NONE UINT32_MAX

struct fh_ledger {
    fh_arena *arena;
    uint64_t settings;
    bool thorough;
    const fh_listing *listing;
    file *files;
    size_t count, capacity;
    const char **sources;
    size_t source_count, source_capacity;
    uint32_t *heads; /* of the files by path */
    size_t slots;
};

/* ---- A file and its line ---- */

static bool look(const char *path, identity *out) {
    struct stat facts;
    if (stat(path, &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
    *out = (identity){.bytes = (uint64_t)facts.st_size,
                      .inode = (uint64_t)facts.st_ino,
                      .changed = facts.st_mtim.tv_sec * 1000000000LL + facts.st_mtim.tv_nsec,
                      .renamed = facts.st_ctim.tv_sec * 1000000000LL + facts.st_ctim.tv_nsec};
    return true;
}

static bool is_same(const identity *a, const identity *b) {
    return a->bytes == b->bytes && a->inode == b->inode && a->changed == b->changed &&
           a->renamed == b->renamed;
}

static void make_key(fh_str id, char out[KEY_TEXT]) {
    snprintf(out, KEY_TEXT, "fihris.file.%016llx", fh_hash(FH_HASH_START, id));
}

static uint64_t settings_for(const fh_ledger *ledger, const file *f) {
    fh_str said = {(const char *)&f->said, sizeof f->said};
    return f->said ? fh_hash(ledger->settings, said) : ledger->settings;
}

static fh_str write_line(const fh_ledger *ledger, const file *f, fh_arena *arena) {
    return fh_arena_format(arena,
                           "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64 " %" PRIu64 " %" PRIu64,
                           settings_for(ledger, f), f->was.bytes, f->was.inode, f->was.changed,
                           f->was.renamed, f->articles, f->rejected);
}

/* False: it was never read, or otherwise, or is another file now. */
static bool read_line(const fh_ledger *ledger, fh_str line, file *f) {
    uint64_t settings;
    file then = {0};
    int found =
        sscanf(line.ptr, "%" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNd64 " %" SCNd64 " %" SCNu64 " %" SCNu64,
               &settings, &then.was.bytes, &then.was.inode, &then.was.changed, &then.was.renamed,
               &then.articles, &then.rejected);
    if (found != 7 || settings != settings_for(ledger, f) || !is_same(&then.was, &f->was)) return false;
    f->articles = then.articles;
    f->rejected = then.rejected;
    return true;
}

/* ---- Looking at the sources ---- */

static fh_status add_file(fh_ledger *ledger, fh_store *store, const fh_file *found, fh_error *err) {
    char key[KEY_TEXT];
    fh_str line;
    file f = {.path = fh_arena_copy(ledger->arena, fh_str_from(found->path)),
              .id = fh_arena_copy(ledger->arena, fh_str_from(found->id)),
              .part = found->part,
              .said = found->listed ? found->listed->hash : 0};
    if (!look(found->path, &f.was)) return FH_OK;
    make_key(f.id, key);
    fh_status status = fh_store_get_meta(store, key, ledger->arena, &line, err);
    if (status != FH_OK) return status;
    f.same = !ledger->thorough && line.len > 0 && read_line(ledger, line, &f);
    ledger->files = fh_grow(ledger->files, ledger->count, &ledger->capacity, sizeof *ledger->files);
    ledger->files[ledger->count++] = f;
    return FH_OK;
}

static void add_source(fh_ledger *ledger, const char *source) {
    ledger->sources =
        fh_grow(ledger->sources, ledger->source_count, &ledger->source_capacity, sizeof *ledger->sources);
    ledger->sources[ledger->source_count++] = source;
}

/* A part of a folder is read as what it is called in the whole. */
static const char *part_of(fh_ledger *ledger, const char *source, const file *f) {
    fh_str path = f->path;
    if (f->part) return f->part;
    fh_str folder = fh_str_from(source);
    while (folder.len > 1 && folder.ptr[folder.len - 1] == '/') folder.len--;
    if (path.len <= folder.len) return source;
    return fh_arena_format(ledger->arena, "%.*s/.%s", FH_STR_ARG(folder), path.ptr + folder.len).ptr;
}

/* What cannot be looked at is the reader's to complain of, and a part of a source is read as it is. */
static void settle_source(fh_ledger *ledger, const char *source, size_t first, bool whole) {
    size_t same = 0;
    for (size_t i = first; i < ledger->count; i++) same += ledger->files[i].same;
    if (!whole || same == 0 || strstr(source, "/./")) {
        for (size_t i = first; i < ledger->count; i++) ledger->files[i].same = false;
        add_source(ledger, source);
        return;
    }
    for (size_t i = first; i < ledger->count; i++)
        if (!ledger->files[i].same) add_source(ledger, part_of(ledger, source, &ledger->files[i]));
}

static fh_status add_files(fh_ledger *ledger, fh_store *store, const char *source, fh_error *err) {
    fh_walk *walk = fh_walk_new(&source, 1, ledger->listing);
    size_t first = ledger->count;
    bool whole = true;
    fh_file found;
    fh_error ignored;
    fh_status status = FH_OK, walked;
    while (status == FH_OK && (walked = fh_walk_next(walk, &found, &ignored)) != FH_END) {
        if (walked == FH_OK && found.path && found.sized)
            status = add_file(ledger, store, &found, err);
        else
            whole = false;
    }
    settle_source(ledger, source, first, whole);
    fh_walk_free(walk);
    return status;
}

static size_t slot_of(const fh_ledger *ledger, fh_str path) {
    return fh_hash(FH_HASH_START, path) % ledger->slots;
}

static void fill_table(fh_ledger *ledger) {
    ledger->slots = ledger->count * 2 + 1;
    ledger->heads = fh_alloc(ledger->slots * sizeof *ledger->heads);
    memset(ledger->heads, 0xff, ledger->slots * sizeof *ledger->heads);
    for (size_t i = 0; i < ledger->count; i++) {
        uint32_t *head = &ledger->heads[slot_of(ledger, ledger->files[i].path)];
        ledger->files[i].next = *head;
        ledger->files[i].articles = ledger->files[i].same ? ledger->files[i].articles : 0;
        ledger->files[i].rejected = ledger->files[i].same ? ledger->files[i].rejected : 0;
        *head = (uint32_t)i;
    }
}

fh_status fh_ledger_new(fh_store *store, const fh_ledger_options *options, fh_ledger **out, fh_error *err) {
    fh_ledger *ledger = fh_alloc_zeroed(1, sizeof *ledger);
    fh_str generation;
    ledger->arena = fh_arena_new();
    ledger->thorough = options->thorough;
    ledger->listing = options->listing;
    fh_status status = fh_store_get_meta(store, GENERATION_KEY, ledger->arena, &generation, err);
    if (status == FH_OK) ledger->settings = fh_hash(options->settings, generation);
    for (size_t i = 0; status == FH_OK && i < options->source_count; i++)
        status = add_files(ledger, store, options->sources[i], err);
    fill_table(ledger);
    if (status == FH_OK)
        *out = ledger;
    else
        fh_ledger_free(ledger);
    return status;
}

void fh_ledger_free(fh_ledger *ledger) {
    if (!ledger) return;
    fh_arena_free(ledger->arena);
    free(ledger->files);
    free(ledger->sources);
    free(ledger->heads);
    free(ledger);
}

const char *const *fh_ledger_sources(const fh_ledger *ledger, size_t *count) {
    *count = ledger->source_count;
    return ledger->sources;
}

/* ---- Reading ---- */

static file *find_file(fh_ledger *ledger, fh_str path) {
    uint32_t i = ledger->heads[slot_of(ledger, path)];
    while (i != NONE && !fh_str_equal(ledger->files[i].path, path)) i = ledger->files[i].next;
    return i == NONE ? NULL : &ledger->files[i];
}

/* A place is a file's path, and after a colon where in it. */
static file *file_of(fh_ledger *ledger, fh_str place) {
    for (size_t len = place.len; len > 0; len--) {
        bool end = len == place.len || place.ptr[len] == ':';
        file *found = end ? find_file(ledger, fh_str_slice(place, 0, len)) : NULL;
        if (found) return found;
    }
    return NULL;
}

void fh_ledger_note(fh_ledger *ledger, fh_str place, fh_status status) {
    file *f = status == FH_END ? NULL : file_of(ledger, place);
    if (!f) return;
    if (status == FH_OK)
        f->articles++;
    else if (status == FH_ERR_IO || status == FH_ERR_NOT_FOUND)
        f->broken = true;
    else
        f->rejected++;
}

void fh_ledger_count(const fh_ledger *ledger, fh_index_totals *totals) {
    for (size_t i = 0; i < ledger->count; i++) {
        const file *f = &ledger->files[i];
        if (!f->same) continue;
        totals->articles += f->articles;
        totals->unchanged += f->articles;
        totals->rejected += f->rejected;
    }
}

/* ---- Keeping ---- */

/* Was it read to its end, and is it still what was read? */
static bool is_settled(const file *f) {
    identity now;
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    int64_t last = f->was.changed > f->was.renamed ? f->was.changed : f->was.renamed;
    bool old = last / 1000000000 + SETTLED < time.tv_sec;
    return old && !f->broken && !f->same && look(f->path.ptr, &now) && is_same(&now, &f->was);
}

fh_status fh_ledger_keep(fh_ledger *ledger, fh_store *store, fh_error *err) {
    char key[KEY_TEXT];
    size_t kept = 0;
    fh_status status = FH_OK;
    for (size_t i = 0; status == FH_OK && i < ledger->count; i++) {
        const file *f = &ledger->files[i];
        if (!is_settled(f)) continue;
        if (kept++ == 0) status = fh_store_begin(store, err);
        make_key(f->id, key);
        if (status == FH_OK)
            status = fh_store_set_meta(store, key, write_line(ledger, f, ledger->arena), err);
    }
    return status == FH_OK && kept ? fh_store_commit(store, err) : status;
}

fh_status fh_ledger_forget(fh_store *store, fh_error *err) {
    fh_arena *arena = fh_arena_new();
    fh_str generation;
    fh_status status = fh_store_get_meta(store, GENERATION_KEY, arena, &generation, err);
    if (status == FH_OK) {
        fh_str next = fh_arena_format(arena, "%lu", strtoul(generation.ptr, NULL, 10) + 1);
        status = fh_store_set_meta(store, GENERATION_KEY, next, err);
    }
    fh_arena_free(arena);
    return status;
}
