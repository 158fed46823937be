/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The walk through folders, with fts(3): it notices loops of links by itself. */
#include "indexer/walk.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/memory.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART_MARK "/./"       /* between a source and the part of it that is walked */
#define INDEX_MARK "iamglass" /* every index of Xapian's glass format holds a file of this name */

struct fh_walk {
    const char *const *sources;
    size_t count, next;
    FTS *tree;       /* of the source before `next`; NULL between sources */
    size_t root_len; /* of its path, which the id's `root_name` stands for */
    fh_buf root_name, id;

    const fh_listing *listing;
    bool *given;    /* of the listed files, by number */
    bool *sitemaps; /* … and of the sitemaps, those in the current source */
    size_t extra;   /* the listed file to look at next, behind the end of the source */
};

static int by_name(const FTSENT **a, const FTSENT **b) {
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

fh_walk *fh_walk_new(const char *const *sources, size_t count, const fh_listing *listing) {
    fh_walk *walk = fh_alloc_zeroed(1, sizeof *walk);
    walk->sources = sources;
    walk->count = count;
    walk->listing = listing;
    walk->given = fh_alloc_zeroed(fh_listing_files(listing) + 1, sizeof *walk->given);
    walk->sitemaps = fh_alloc_zeroed(fh_listing_sitemaps(listing) + 1, sizeof *walk->sitemaps);
    walk->extra = fh_listing_files(listing);
    return walk;
}

void fh_walk_free(fh_walk *walk) {
    if (!walk) return;
    if (walk->tree) fts_close(walk->tree);
    fh_buf_free(&walk->root_name);
    fh_buf_free(&walk->id);
    free(walk->given);
    free(walk->sitemaps);
    free(walk);
}

/* "news/" is called news, and "." by the name it has in its parent. */
static void name_root(fh_walk *walk, const char *path) {
    const char *name = strrchr(path, '/');
    name = name ? name + 1 : path;
    char *real = strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ? realpath(path, NULL) : NULL;
    if (real) name = strrchr(real, '/') + 1;
    fh_buf_clear(&walk->root_name);
    fh_buf_add(&walk->root_name, fh_str_from(name));
    free(real);
}

static fh_status open_tree(fh_walk *walk, const char *source, fh_error *err) {
    size_t len = strlen(source);
    while (len > 1 && source[len - 1] == '/') len--;
    const char *part = strstr(source, PART_MARK);
    fh_buf path = {0};
    walk->root_len = part && part + strlen(PART_MARK) < source + len ? (size_t)(part - source) : len;
    fh_buf_add(&path, (fh_str){source, walk->root_len});
    name_root(walk, path.ptr);
    if (walk->root_len < len) {
        size_t from = walk->root_len + strlen(PART_MARK) - 1; /* one slash stays */
        fh_buf_add(&path, (fh_str){source + from, len - from});
    }
    char *roots[] = {path.ptr, NULL};
    walk->tree = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    int code = errno;
    fh_buf_free(&path);
    if (walk->tree) return FH_OK;
    return fh_fail(err, code == ENOENT ? FH_ERR_NOT_FOUND : FH_ERR_IO, source, "check the name of the source",
                   "%s", strerror(code));
}

static fh_status fail_entry(const FTSENT *entry, fh_error *err) {
    int code = entry->fts_errno;
    switch (entry->fts_info) {
    case FTS_DC: /* fts keeps one path for all entries: that of the folder above is its beginning */
        return fh_fail(err, FH_ERR_IO, entry->fts_path, "remove the link, or name the folders one by one",
                       "a folder loop: this leads back to %.*s", (int)entry->fts_cycle->fts_pathlen,
                       entry->fts_path);
    case FTS_SLNONE:
        return fh_fail(err, FH_ERR_NOT_FOUND, entry->fts_path, "remove the link or mend it",
                       "a link to something that is not there");
    case FTS_DNR:
        return fh_fail(err, FH_ERR_IO, entry->fts_path, "check who may read it",
                       "cannot read this folder: %s", strerror(code));
    default:
        if (code == ENOENT)
            return fh_fail(err, FH_ERR_NOT_FOUND, entry->fts_path, "check the name of the source",
                           "no such file or folder");
        return fh_fail(err, FH_ERR_IO, entry->fts_path, "check who may read it", "cannot be read: %s",
                       strerror(code));
    }
}

static void give(fh_walk *walk, const FTSENT *entry, fh_file *out) {
    fh_buf_clear(&walk->id);
    fh_buf_add(&walk->id, fh_buf_str(&walk->root_name));
    fh_buf_add(&walk->id, fh_str_from(entry->fts_path + walk->root_len));
    bool regular = entry->fts_info == FTS_F && S_ISREG(entry->fts_statp->st_mode);
    *out = (fh_file){.path = entry->fts_path,
                     .id = walk->id.ptr,
                     .bytes = regular ? (uint64_t)entry->fts_statp->st_size : 0,
                     .sized = regular,
                     .listed = fh_listing_find(walk->listing, entry->fts_statp),
                     .sitemap = fh_listing_sitemap(walk->listing, entry->fts_statp)};
    if (out->sitemap) walk->sitemaps[out->sitemap->number] = true;
    if (out->sitemap && entry->fts_level == FTS_ROOTLEVEL) out->part = out->sitemap->part;
}

/* False: it is listed, and was given already. */
static bool is_new(fh_walk *walk, const fh_file *file) {
    if (!file->listed) return true;
    bool before = walk->given[file->listed->number];
    walk->given[file->listed->number] = true;
    return !before;
}

bool fh_walk_is_index(const char *folder) {
    fh_buf path = {0};
    fh_buf_printf(&path, "%s/" INDEX_MARK, folder);
    bool found = access(path.ptr, F_OK) == 0;
    fh_buf_free(&path);
    return found;
}

bool fh_walk_sets_aside(const char *name) {
    return name[0] == '.' || name[0] == '_' || strncasecmp(name, "README", strlen("README")) == 0;
}

/* FH_END at the end of this tree. */
static fh_status next_in_tree(fh_walk *walk, fh_file *out, fh_error *err) {
    FTSENT *entry;
    while ((entry = fts_read(walk->tree))) {
        bool inside = entry->fts_level > FTS_ROOTLEVEL;
        bool set_aside = inside && fh_walk_sets_aside(entry->fts_name);
        switch (entry->fts_info) {
        case FTS_DP: break;
        case FTS_D:
            if (set_aside || fh_walk_is_index(entry->fts_path)) {
                fts_set(walk->tree, entry, FTS_SKIP);
            } else if (entry->fts_level > FH_MAX_DEPTH) {
                fts_set(walk->tree, entry, FTS_SKIP);
                return fh_fail(err, FH_ERR_IO, entry->fts_path, "name this folder as a source of its own",
                               "more than %d folders within each other", FH_MAX_DEPTH);
            }
            break;
        case FTS_F:
        case FTS_DEFAULT: /* a pipe may be a source, but within a folder waiting for it could take for ever */
            if (set_aside || (inside && entry->fts_info == FTS_DEFAULT)) break;
            give(walk, entry, out);
            if (is_new(walk, out)) return FH_OK;
            break;
        default:
            if (!set_aside) return fail_entry(entry, err);
        }
    }
    fts_close(walk->tree);
    walk->tree = NULL;
    return FH_END;
}

/* What the sitemaps of a source list beside what is in it. */
static const fh_listed *next_extra(fh_walk *walk) {
    while (walk->extra < fh_listing_files(walk->listing)) {
        const fh_listed *file = fh_listing_file(walk->listing, walk->extra++);
        if (walk->sitemaps[file->sitemap] && !walk->given[file->number]) return file;
    }
    return NULL;
}

/* A part of a source lists nothing: whoever asks for parts has looked at the whole. */
static void start_source(fh_walk *walk, const char *source) {
    bool part = strstr(source, PART_MARK) != NULL;
    memset(walk->sitemaps, 0, fh_listing_sitemaps(walk->listing) * sizeof *walk->sitemaps);
    walk->extra = part ? fh_listing_files(walk->listing) : 0;
}

fh_status fh_walk_next(fh_walk *walk, fh_file *out, fh_error *err) {
    const fh_listed *extra = NULL;
    for (;;) {
        if (walk->tree) {
            fh_status status = next_in_tree(walk, out, err);
            if (status == FH_OK && extra) out->part = extra->part;
            if (status != FH_END) return status;
        }
        extra = next_extra(walk);
        if (extra) {
            fh_status status = open_tree(walk, extra->part, err);
            if (status != FH_OK) return status;
            continue;
        }
        if (walk->next == walk->count) return FH_END;
        const char *source = walk->sources[walk->next++];
        start_source(walk, source);
        if (strcmp(source, "-") == 0) {
            *out = (fh_file){.id = "stdin"};
            return FH_OK;
        }
        fh_status status = open_tree(walk, source, err);
        if (status != FH_OK) return status;
    }
}

uint64_t fh_walk_measure(const char *const *sources, size_t count, const fh_listing *listing) {
    fh_walk *walk = fh_walk_new(sources, count, listing);
    uint64_t bytes = 0;
    bool known = true;
    fh_file file;
    fh_error ignored;
    fh_status status;
    while (known && (status = fh_walk_next(walk, &file, &ignored)) != FH_END) {
        if (status != FH_OK) continue;
        known = file.sized;
        bytes += file.bytes;
    }
    fh_walk_free(walk);
    return known ? bytes : 0;
}
