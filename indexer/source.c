/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of archives within archives, through libarchive.
 *
 * A file is opened as a layer; every member of an archive is opened as one more layer that reads from the one
 * below.  A layer that libarchive takes for "raw" is no archive but an entry's bytes, after decompression. */
#include "indexer/source.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "indexer/decode.h"
#include "indexer/inlet.h"
#include "indexer/walk.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <stdlib.h>

#define MAX_LAYERS 4 /* a file, and three archives within each other */

typedef struct layer {
    struct archive *archive;
    struct archive *below;    /* NULL: a file */
    size_t id_len, place_len; /* of what the source's buffers say of this layer's file or member */
    bool opened;              /* its first header was read */
    bool came;                /* is there a byte in what is below? */
    bool cut_off;             /* it could not be read to its end */
} layer;

struct fh_source {
    fh_walk *walk;
    fh_file file;    /* the lowest layer's */
    fh_inlet inlet;  /* its bytes */
    locale_t locale; /* libarchive converts names to the locale's encoding: UTF-8 keeps them all */
    layer layers[MAX_LAYERS];
    size_t depth;
    bool in_entry;
    fh_buf id, place;
    uint64_t bytes_before, text_bytes;
};

static const char *const compression_suffixes[] = {".gz",   ".xz", ".zst", ".bz2", ".lz4",
                                                   ".lzma", ".lz", ".lzo", ".Z"};

fh_source *fh_source_new(const char *const *sources, size_t count, const fh_listing *listing,
                         const volatile bool *stop) {
    fh_source *source = fh_alloc_zeroed(1, sizeof *source);
    source->inlet.stop = stop;
    source->walk = fh_walk_new(sources, count, listing);
    source->locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    return source;
}

static void cut(fh_buf *buf, size_t len) {
    buf->len = len;
    if (buf->ptr) buf->ptr[len] = '\0';
}

static layer *top(fh_source *source) {
    return &source->layers[source->depth - 1];
}

/* Of a file that could not be opened, libarchive says -1. */
static uint64_t bytes_of(const layer *file) {
    la_int64_t bytes = archive_filter_bytes(file->archive, -1);
    return bytes > 0 ? (uint64_t)bytes : 0;
}

static void pop(fh_source *source) {
    layer *closed = top(source);
    if (!closed->below) source->bytes_before += bytes_of(closed);
    archive_read_free(closed->archive);
    *closed = (layer){0};
    source->depth--;
    if (source->depth == 0) return;
    cut(&source->id, top(source)->id_len);
    cut(&source->place, top(source)->place_len);
}

void fh_source_free(fh_source *source) {
    if (!source) return;
    while (source->depth) pop(source);
    fh_walk_free(source->walk);
    if (source->locale) freelocale(source->locale);
    fh_buf_free(&source->id);
    fh_buf_free(&source->place);
    free(source);
}

/* ---- Layers ---- */

typedef int support(struct archive *archive);

/* Not uuencode: to know it, libarchive reads so far ahead that of a file that is cut off nothing is left to
 * give. */
static support *const filters[] = {
    archive_read_support_filter_gzip,  archive_read_support_filter_xz,   archive_read_support_filter_zstd,
    archive_read_support_filter_bzip2, archive_read_support_filter_lz4,  archive_read_support_filter_lzma,
    archive_read_support_filter_lzip,  archive_read_support_filter_lzop, archive_read_support_filter_compress,
};

/* Not mtree, which takes plain text for its own; nor WARC, of which libarchive gives only parts. */
static support *const containers[] = {
    archive_read_support_format_tar,  archive_read_support_format_zip,     archive_read_support_format_7zip,
    archive_read_support_format_cpio, archive_read_support_format_rar,     archive_read_support_format_rar5,
    archive_read_support_format_cab,  archive_read_support_format_lha,     archive_read_support_format_xar,
    archive_read_support_format_ar,   archive_read_support_format_iso9660, archive_read_support_format_raw,
};

static struct archive *new_archive(void) {
    struct archive *archive = archive_read_new();
    if (!archive) fh_out_of_memory();
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) filters[i](archive);
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++) containers[i](archive);
    return archive;
}

static la_ssize_t read_below(struct archive *archive, void *context, const void **bytes) {
    layer *above = context;
    size_t len = 0;
    la_int64_t offset;
    int code;
    do code = archive_read_data_block(above->below, bytes, &len, &offset);
    while (code == ARCHIVE_OK && len == 0);
    if (code == ARCHIVE_EOF) return 0;
    if (code != ARCHIVE_OK) {
        above->cut_off = true;
        archive_set_error(archive, EIO, "%s", archive_error_string(above->below));
        return ARCHIVE_FATAL;
    }
    above->came = true;
    return (la_ssize_t)len;
}

/* Why the bytes of a layer could not be had; NULL: they could. */
static const char *why_unread(const fh_source *source, const layer *failed) {
    if (failed->below) return failed->cut_off ? archive_error_string(failed->below) : NULL;
    return source->inlet.failed ? strerror(source->inlet.failed) : NULL;
}

/* libarchive's EILSEQ before the first header means that not even "raw" wanted the bytes: there are none, or
 * what is compressed is nothing.  Of others, that there was no memory to look at them. */
static bool is_empty(const fh_source *source, const layer *failed) {
    bool came = failed->below ? failed->came : source->inlet.came;
    bool compressed = archive_filter_count(failed->archive) > 1;
    return !failed->opened && archive_errno(failed->archive) == EILSEQ && (!came || compressed);
}

static fh_status fail_archive(const fh_source *source, const layer *failed, fh_error *err) {
    int code = archive_errno(failed->archive);
    const char *why = why_unread(source, failed);
    if (!why && is_empty(source, failed)) return fh_fail(err, FH_ERR_INPUT, NULL, NULL, "an empty file");
    if (!why) why = archive_error_string(failed->archive);
    if (code == EACCES || code == EPERM)
        return fh_fail(err, FH_ERR_IO, NULL, "check who may read it", "cannot be opened: %s", strerror(code));
    return fh_fail(err, FH_ERR_IO, NULL, "the file may be damaged or cut off: fetch it again",
                   "cannot be read: %s", why ? why : "for an unknown reason");
}

/* A layer that could not be opened is taken off again. */
static fh_status settle(fh_source *source, int opened, fh_error *err) {
    if (opened == ARCHIVE_OK) return FH_OK;
    fail_archive(source, top(source), err);
    fh_error_within(err, source->place.ptr);
    pop(source);
    return err->status;
}

static fh_status push_file(fh_source *source, fh_error *err) {
    fh_file file;
    fh_status status = fh_walk_next(source->walk, &file, err);
    if (status != FH_OK) return status;
    source->file = file;
    const char *name = file.path ? file.path : "-";
    if (file.sized && file.bytes == 0) return fh_fail(err, FH_ERR_INPUT, name, NULL, "an empty file");
    fh_buf_clear(&source->id);
    fh_buf_clear(&source->place);
    fh_buf_add(&source->id, fh_str_from(file.id));
    fh_buf_add(&source->place, fh_str_from(name));
    struct archive *archive = new_archive();
    source->layers[source->depth++] =
        (layer){.archive = archive, .id_len = source->id.len, .place_len = source->place.len};
    return settle(source, fh_inlet_open(&source->inlet, file.path, archive), err);
}

/* A name as UTF-8: old archivers wrote Windows' code pages. */
static void add_name(fh_source *source, struct archive_entry *entry) {
    const char *utf8 = archive_entry_pathname_utf8(entry), *raw = archive_entry_pathname(entry);
    fh_str name = fh_str_from(utf8 ? utf8 : raw ? raw : "unnamed");
    fh_buf space = {0};
    fh_error ignored;
    if (fh_decode(name, &space, &name, &ignored) != FH_OK) name = fh_str_from("unnamed");
    while (fh_str_starts(name, FH_STR("./"))) name = fh_str_slice(name, 2, name.len);
    fh_buf_add_char(&source->id, '/');
    fh_buf_add(&source->id, name);
    fh_buf_add_char(&source->place, ':');
    fh_buf_add(&source->place, name);
    fh_buf_free(&space);
}

static fh_status push_member(fh_source *source, struct archive_entry *entry, fh_error *err) {
    add_name(source, entry);
    layer *above = &source->layers[source->depth];
    *above = (layer){.archive = new_archive(),
                     .below = top(source)->archive,
                     .id_len = source->id.len,
                     .place_len = source->place.len};
    source->depth++;
    return settle(source, archive_read_open(above->archive, above, NULL, read_below, NULL), err);
}

/* ---- Entries ---- */

static bool is_hidden(const char *path) {
    for (const char *part = path; part; part = strchr(part, '/')) {
        part += *part == '/';
        bool dots = strncmp(part, "./", 2) == 0 || strncmp(part, "../", 3) == 0;
        if (*part == '.' && !dots) return true;
        if (strncmp(part, "__MACOSX/", 9) == 0) return true;
    }
    return false;
}

static void drop_compression_suffix(fh_source *source) {
    layer *leaf = top(source);
    if (archive_filter_count(leaf->archive) < 2) return;
    for (size_t i = 0; i < sizeof compression_suffixes / sizeof *compression_suffixes; i++) {
        fh_str suffix = fh_str_from(compression_suffixes[i]);
        if (!fh_str_ends(fh_buf_str(&source->id), suffix)) continue;
        cut(&source->id, source->id.len - suffix.len);
        leaf->id_len = source->id.len;
        return;
    }
}

/* The next header of the topmost layer: FH_END at its end. */
static fh_status next_header(fh_source *source, struct archive_entry **out, fh_error *err) {
    layer *current = top(source);
    int code;
    do code = archive_read_next_header(current->archive, out);
    while (code == ARCHIVE_RETRY);
    if (code == ARCHIVE_EOF) return FH_END;
    if (code == ARCHIVE_OK || code == ARCHIVE_WARN) {
        if (!current->opened) drop_compression_suffix(source);
        current->opened = true;
        return FH_OK;
    }
    fh_status status = fail_archive(source, current, err);
    fh_error_within(err, fh_source_place(source).ptr);
    return status;
}

static fh_status fail_member(fh_source *source, struct archive_entry *entry, const char *what,
                             const char *hint, fh_error *err) {
    size_t id_len = source->id.len, place_len = source->place.len;
    add_name(source, entry);
    fh_fail(err, FH_ERR_IO, source->place.ptr, hint, "%s", what);
    cut(&source->id, id_len);
    cut(&source->place, place_len);
    return err->status;
}

/* Opens a member for the next step, or passes it over. */
static fh_status enter_member(fh_source *source, struct archive_entry *entry, fh_error *err) {
    const char *path = archive_entry_pathname(entry);
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry)) return FH_OK;
    if (path && is_hidden(path)) return FH_OK;
    if (archive_entry_is_encrypted(entry) > 0)
        return fail_member(source, entry, "locked with a password", "unpack it first, and name the folder",
                           err);
    if (source->depth == MAX_LAYERS)
        return fail_member(source, entry, "too many archives within each other",
                           "unpack the outer ones first", err);
    return push_member(source, entry, err);
}

/* One step: down into a file or member, or up at the end of a layer.  `in_entry` says that bytes were
 * reached. */
static fh_status step(fh_source *source, fh_error *err) {
    if (source->depth == 0) return push_file(source, err);
    struct archive_entry *entry;
    fh_status status = next_header(source, &entry, err);
    if (status != FH_OK) {
        pop(source);
        return status == FH_END ? FH_OK : status;
    }
    if (archive_format(top(source)->archive) == ARCHIVE_FORMAT_RAW) {
        source->in_entry = true;
        return FH_OK;
    }
    return enter_member(source, entry, err);
}

fh_status fh_source_next(fh_source *source, fh_error *err) {
    locale_t before = uselocale(source->locale);
    if (source->in_entry) pop(source);
    source->in_entry = false;
    fh_status status = FH_OK;
    while (status == FH_OK && !source->in_entry) status = step(source, err);
    uselocale(before);
    return status;
}

fh_status fh_source_read(void *context, fh_str *block, fh_error *err) {
    fh_source *source = context;
    struct archive *archive = top(source)->archive;
    const void *bytes;
    size_t len = 0;
    la_int64_t offset;
    locale_t before = uselocale(source->locale);
    int code;
    do code = archive_read_data_block(archive, &bytes, &len, &offset);
    while (code == ARCHIVE_OK && len == 0);
    uselocale(before);
    if (code == ARCHIVE_EOF) return FH_END;
    if (code != ARCHIVE_OK) return fail_archive(source, top(source), err);
    source->text_bytes += len;
    *block = (fh_str){bytes, len};
    return FH_OK;
}

const fh_file *fh_source_file(const fh_source *source) {
    return source->depth == 1 ? &source->file : NULL;
}

fh_str fh_source_id(const fh_source *source) {
    return fh_buf_str(&source->id);
}

fh_str fh_source_place(const fh_source *source) {
    return fh_buf_str(&source->place);
}

uint64_t fh_source_bytes(const fh_source *source) {
    uint64_t bytes = source->bytes_before;
    if (source->depth) bytes += bytes_of(&source->layers[0]);
    return bytes;
}

uint64_t fh_source_text_bytes(const fh_source *source) {
    return source->text_bytes;
}
