/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sitemaps of the sources, and their files. */
#include "indexer/listing.h"
#include "base/buf.h"
#include "base/memory.h"
#include "indexer/local_file.h"
#include "indexer/names.h"
#include "indexer/sitemap.h"
#include "indexer/walk.h"

#include <stdlib.h>
#include <string.h>

#define MAX_LISTED 2000000 /* files */
#define MAX_NESTING 3      /* of sitemaps; the standard has an index and what it lists */
#define PART_MARK "/./"

struct fh_listing {
    fh_arena *arena;
    fh_listed *files;
    size_t count, capacity;
    uint32_t *table; /* of the files by inode: number + 1, 0 is free; twice as many as files at least */
    size_t slots;
    fh_sitemap_seen *sitemaps;
    size_t sitemap_count, sitemap_capacity;
};

/* ---- The table ---- */

static size_t slot_of(const fh_listing *listing, uint64_t device, uint64_t inode) {
    const uint64_t key[] = {device, inode};
    size_t at = fh_hash(FH_HASH_START, (fh_str){(const char *)key, sizeof key}) % listing->slots;
    while (listing->table[at]) {
        const fh_listed *there = &listing->files[listing->table[at] - 1];
        if (there->device == device && there->inode == inode) break;
        at = (at + 1) % listing->slots;
    }
    return at;
}

static void make_room(fh_listing *listing) {
    if (2 * (listing->count + 1) < listing->slots) return;
    free(listing->table);
    listing->slots = listing->slots ? listing->slots * 2 : 1024;
    listing->table = fh_alloc_zeroed(listing->slots, sizeof *listing->table);
    for (size_t i = 0; i < listing->count; i++)
        listing->table[slot_of(listing, listing->files[i].device, listing->files[i].inode)] = (uint32_t)i + 1;
}

const fh_listed *fh_listing_find(const fh_listing *listing, const struct stat *file) {
    if (!listing || !listing->count) return NULL;
    uint32_t found = listing->table[slot_of(listing, file->st_dev, file->st_ino)];
    return found ? &listing->files[found - 1] : NULL;
}

const fh_sitemap_seen *fh_listing_sitemap(const fh_listing *listing, const struct stat *file) {
    for (size_t i = 0; listing && i < listing->sitemap_count; i++) {
        const fh_sitemap_seen *seen = &listing->sitemaps[i];
        if (seen->device == file->st_dev && seen->inode == file->st_ino) return seen;
    }
    return NULL;
}

size_t fh_listing_files(const fh_listing *listing) {
    return listing ? listing->count : 0;
}

size_t fh_listing_sitemaps(const fh_listing *listing) {
    return listing ? listing->sitemap_count : 0;
}

const fh_listed *fh_listing_file(const fh_listing *listing, size_t number) {
    return &listing->files[number];
}

/* ---- Facts ---- */

static fh_str kept(fh_str known, fh_str text, fh_arena *arena) {
    return known.len ? known : fh_arena_copy(arena, text);
}

static bool is_better_date(const fh_date *known, const fh_date *other) {
    return other->year && (!known->year || (known->guessed && !other->guessed));
}

/* Two sitemaps may list one file: a plain one, and one for news. */
static void add_facts(fh_listed *file, const fh_sitemap_entry *entry, fh_arena *arena) {
    file->title = kept(file->title, entry->title, arena);
    file->source = kept(file->source, entry->source, arena);
    file->language = kept(file->language, entry->language, arena);
    if (is_better_date(&file->published, &entry->published)) file->published = entry->published;
    if (file->keywords.count || !entry->keywords.count) return;
    file->keywords.items = FH_ARENA_ARRAY(arena, fh_str, entry->keywords.count);
    file->keywords.count = entry->keywords.count;
    for (size_t i = 0; i < entry->keywords.count; i++)
        file->keywords.items[i] = fh_arena_copy(arena, entry->keywords.items[i]);
}

static uint64_t hash_of(const fh_listed *file) {
    const fh_str texts[] = {file->address, file->title, file->source, file->language};
    char date[FH_DATE_TEXT];
    fh_date_iso(&file->published, date);
    uint64_t hash = fh_hash(FH_HASH_START, fh_str_from(date));
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hash = fh_hash(fh_hash(hash, texts[i]), FH_STR("\n"));
    for (size_t i = 0; i < file->keywords.count; i++)
        hash = fh_hash(fh_hash(hash, file->keywords.items[i]), FH_STR("\n"));
    return hash;
}

void fh_listed_fill(const fh_listed *listed, bool alone, fh_article *article) {
    if (!article->source.len) article->source = listed->source;
    if (!article->language.len) article->language = listed->language;
    if (!alone) return;
    if (!article->title.len || article->title_from_lead) {
        article->title_from_lead = article->title_from_lead && !listed->title.len;
        article->title = fh_or(listed->title, article->title);
    }
    if (!article->url.len) article->url = listed->address;
    if (!article->keywords.count) article->keywords = listed->keywords;
    if (is_better_date(&article->published, &listed->published)) article->published = listed->published;
}

/* ---- One sitemap ---- */

/* As "FOLDER/./FILE", below the folder that is the source, or that the source is in. */
static const char *part_of(const char *root, const char *path, fh_arena *arena) {
    fh_str folder = fh_str_from(root);
    bool below = fh_str_starts(fh_str_from(path), folder) && path[folder.len] == '/';
    const char *rest = below ? path + folder.len + 1 : path;
    return fh_arena_format(arena, "%s/./%s", root, rest).ptr;
}

typedef struct reading {
    fh_listing *listing;
    uint32_t sitemap;
    const char *folders[2]; /* its own, and that of the source it was found in */
    size_t total, refused, missing, on_web;
    fh_str first_refused, first_missing;
} reading;

static fh_listed *file_of(const reading *r, const fh_local_file *found) {
    fh_listing *listing = r->listing;
    make_room(listing);
    uint32_t *slot = &listing->table[slot_of(listing, found->facts.st_dev, found->facts.st_ino)];
    if (*slot) return &listing->files[*slot - 1];
    listing->files = fh_grow(listing->files, listing->count, &listing->capacity, sizeof *listing->files);
    fh_listed *file = &listing->files[listing->count];
    *file = (fh_listed){.path = found->path,
                        .part = part_of(r->folders[1], found->path, listing->arena),
                        .number = (uint32_t)listing->count,
                        .sitemap = r->sitemap,
                        .device = found->facts.st_dev,
                        .inode = found->facts.st_ino};
    *slot = (uint32_t)++listing->count;
    return file;
}

static bool take_entry(void *context, const fh_sitemap_entry *entry) {
    reading *r = context;
    fh_arena *arena = r->listing->arena;
    size_t folders = strcmp(r->folders[0], r->folders[1]) ? 2 : 1;
    fh_local_file found;
    fh_local where = fh_local_find(entry->address, r->folders, folders, arena, &found);
    r->total++;
    r->refused += where == FH_LOCAL_REFUSED;
    r->missing += where == FH_LOCAL_MISSING;
    r->on_web += where == FH_LOCAL_ON_WEB;
    if (where == FH_LOCAL_REFUSED && r->refused == 1) r->first_refused = fh_arena_copy(arena, entry->address);
    if (where == FH_LOCAL_MISSING && r->missing == 1) r->first_missing = fh_arena_copy(arena, entry->address);
    if (where != FH_LOCAL_FOUND) return true;
    fh_listed *file = file_of(r, &found);
    add_facts(file, entry, arena);
    if (fh_str_find(entry->address, FH_STR("://"), 0) != SIZE_MAX &&
        !fh_str_starts(entry->address, FH_STR("file:")))
        file->address = kept(file->address, entry->address, arena);
    return r->listing->count < MAX_LISTED;
}

#define SHOWN_MOST 200 /* bytes of a name in a message */

static void describe(const reading *r, fh_sitemap_seen *seen) {
    fh_buf text = {0};
    if (r->refused)
        fh_buf_printf(&text,
                      "%zu of %zu entries lead out of its folder, or to no name of a file, and are refused, "
                      "the first: %.*s",
                      r->refused, r->total,
                      (int)(r->first_refused.len < SHOWN_MOST ? r->first_refused.len : SHOWN_MOST),
                      r->first_refused.ptr);
    if (r->missing)
        fh_buf_printf(&text, "%s%zu of %zu entries name files that are not there, the first: %.*s",
                      text.len ? "; " : "", r->missing, r->total,
                      (int)(r->first_missing.len < SHOWN_MOST ? r->first_missing.len : SHOWN_MOST),
                      r->first_missing.ptr);
    if (r->on_web)
        fh_buf_printf(&text, "%s%zu of %zu entries are on the web, and no file here is called so",
                      text.len ? "; " : "", r->on_web, r->total);
    if (text.len) {
        seen->problem = fh_arena_copy(r->listing->arena, fh_buf_str(&text)).ptr;
        seen->hint =
            "nothing is fetched: save the pages below the sitemap's folder, called as their addresses are";
    }
    fh_buf_free(&text);
}

static void read_sitemap(fh_listing *listing, const char *path, const struct stat *facts, const char *root,
                         int nesting);

/* What an index of sitemaps lists may be sitemaps, wherever the walk comes. */
static void read_inner(fh_listing *listing, size_t from, const char *root, int nesting) {
    size_t to = listing->count;
    for (size_t i = from; i < to && nesting < MAX_NESTING; i++) {
        const fh_listed *file = &listing->files[i];
        struct stat facts;
        if (stat(file->path, &facts) == 0 && fh_sitemap_is(file->path))
            read_sitemap(listing, file->path, &facts, root, nesting + 1);
    }
}

static const char *folder_of(const char *path, fh_arena *arena) {
    const char *slash = strrchr(path, '/');
    if (!slash) return ".";
    return fh_arena_copy(arena, (fh_str){path, slash == path ? 1 : (size_t)(slash - path)}).ptr;
}

static void read_sitemap(fh_listing *listing, const char *path, const struct stat *facts, const char *root,
                         int nesting) {
    if (fh_listing_sitemap(listing, facts)) return;
    listing->sitemaps = fh_grow(listing->sitemaps, listing->sitemap_count, &listing->sitemap_capacity,
                                sizeof *listing->sitemaps);
    uint32_t number = (uint32_t)listing->sitemap_count++;
    const char *part = part_of(root, path, listing->arena);
    fh_sitemap_seen seen = {.part = part, .number = number, .device = facts->st_dev, .inode = facts->st_ino};
    listing->sitemaps[number] = seen;
    reading r = {.listing = listing, .sitemap = number};
    r.folders[0] = folder_of(path, listing->arena);
    r.folders[1] = root;
    size_t before = listing->count;
    fh_error err;
    fh_status status = fh_sitemap_read(path, take_entry, &r, &err);
    describe(&r, &seen);
    if (status != FH_OK) {
        seen.problem = fh_arena_copy(listing->arena, fh_str_from(err.what)).ptr;
        seen.hint = fh_arena_copy(listing->arena, fh_str_from(err.hint)).ptr;
    }
    listing->sitemaps[number] = seen;
    read_inner(listing, before, root, nesting);
}

/* ---- The sources ---- */

static bool may_be_sitemap(const fh_file *file, bool source) {
    fh_str id = fh_str_from(file->id);
    return file->path && file->sized &&
           (source || fh_str_ends(id, FH_STR(".xml")) || fh_str_ends(id, FH_STR(".xml.gz")));
}

static void look_through(fh_listing *listing, const char *source) {
    struct stat facts;
    if (stat(source, &facts) != 0) return;
    bool folder = S_ISDIR(facts.st_mode);
    fh_str path = fh_str_from(source);
    while (path.len > 1 && path.ptr[path.len - 1] == '/') path.len--;
    const char *clean = fh_arena_copy(listing->arena, path).ptr;
    const char *root = folder ? clean : folder_of(clean, listing->arena);
    fh_walk *walk = fh_walk_new(&clean, 1, NULL);
    fh_file file;
    fh_error ignored;
    fh_status status;
    while ((status = fh_walk_next(walk, &file, &ignored)) != FH_END) {
        if (status != FH_OK || !may_be_sitemap(&file, !folder) || !fh_sitemap_is(file.path)) continue;
        if (stat(file.path, &facts) == 0)
            read_sitemap(listing, fh_arena_copy(listing->arena, fh_str_from(file.path)).ptr, &facts, root, 0);
    }
    fh_walk_free(walk);
}

fh_listing *fh_listing_new(const char *const *sources, size_t count) {
    fh_listing *listing = fh_alloc_zeroed(1, sizeof *listing);
    fh_str before = FH_STR("");
    listing->arena = fh_arena_new();
    for (size_t i = 0; i < count; i++) {
        const char *mark = strstr(sources[i], PART_MARK);
        fh_str source = fh_str_from(sources[i]);
        if (mark) source.len = (size_t)(mark - sources[i]); /* sitemaps beside a part may list it */
        if (fh_str_equal(source, FH_STR("-")) || fh_str_equal(source, before)) continue;
        before = source;
        look_through(listing, fh_arena_copy(listing->arena, source).ptr);
    }
    for (size_t i = 0; i < listing->count; i++) listing->files[i].hash = hash_of(&listing->files[i]);
    return listing;
}

void fh_listing_free(fh_listing *listing) {
    if (!listing) return;
    fh_arena_free(listing->arena);
    free(listing->files);
    free(listing->table);
    free(listing->sitemaps);
    free(listing);
}
