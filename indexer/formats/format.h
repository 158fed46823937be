/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The readers' table: one row a format.  A new format is one file that defines a row, and its name in
 * indexer/reader.c.
 *
 * A format reads either a whole entry at once (pages, plain text), or a stream, record by record (JSON), so
 * that an archive of any size takes no more memory than its largest article. */
#ifndef FH_INDEXER_FORMATS_FORMAT_H
#define FH_INDEXER_FORMATS_FORMAT_H

#include "indexer/formats/field_map.h"
#include "indexer/indexer.h"
#include "indexer/stream.h"

#define FH_PROBE_BYTES                                                                                       \
    65536 /* of an entry's beginning, by which its format is known: a long page has its marks below */

/* How sure a probe is.  The highest score reads the entry; of equals, the first row. */
enum { FH_PROBE_NO = 0, FH_PROBE_FALLBACK = 1, FH_PROBE_LIKELY = 50, FH_PROBE_SURE = 100 };

/* Articles of one entry, in their order on the page. */
typedef struct fh_articles {
    fh_article *items;
    size_t count;
} fh_articles;

/* What a format that reads a stream opens; all of it outlives the state that is made of it. */
typedef struct fh_entry {
    fh_stream *stream;
    fh_str id;               /* what the entry is called, see below */
    const fh_field_map *map; /* for formats whose fields have names */
} fh_entry;

typedef struct fh_format {
    const char *name;
    const char *about; /* one line for --help */

    bool keyword_rows; /* its keywords come as one line, which may have lost its separators */

    /* `head` is the beginning of the entry as valid UTF-8, `id` what the entry is called (see below). */
    int (*probe)(fh_str head, fh_str id);

    /* Reads an entry that is at most FH_MAX_ARTICLE long.  `text` is all of it, valid UTF-8 without a byte
     * order mark and without zero bytes; line ends and white space are as they were.  `id` is the entry's
     * path without its compression's suffix, "news/2024/a.txt": the id of its first article.  Articles may
     * borrow from `text`, `id` and `arena`, which outlive them; every string must be valid UTF-8.  What all
     * articles need (trimming, runs of spaces, line ends, double keywords, language, a title from the lead)
     * is done in tidy.c; an article without a body is rejected there.  FH_OK with no articles: nothing here
     * to index, and no complaint.  Errors: the entry is rejected; err->where is the offset in the entry, or
     * empty. */
    fh_status (*whole)(fh_str text, fh_str id, fh_arena *arena, fh_articles *out, fh_error *err);

    bool raw; /* `whole` gets the bytes as they are: the format says itself which encoding they are in */

    /* Or, with `whole` NULL, reads a stream.  `next` gives one article that borrows from the state until the
     * next call; `*at` is the offset of its record, for messages, set on failure too.  FH_END after the last.
     * FH_ERR_IO: the stream failed or is cut off, and the entry ends; after any other error the next call
     * goes on with the record that follows. */
    void *(*open)(const fh_entry *entry);
    fh_status (*next)(void *state, fh_article *out, uint64_t *at, fh_error *err);
    void (*close)(void *state); /* takes NULL */
} fh_format;

extern const fh_format fh_format_newsml_g2;
extern const fh_format fh_format_newsml_1;
extern const fh_format fh_format_nitf;
extern const fh_format fh_format_wxr;
extern const fh_format fh_format_feed;
extern const fh_format fh_format_sitemap;
extern const fh_format fh_format_warc;
extern const fh_format fh_format_iptc7901;
extern const fh_format fh_format_anpa;
extern const fh_format fh_format_html;
extern const fh_format fh_format_xml;
extern const fh_format fh_format_json;
extern const fh_format fh_format_csv;
extern const fh_format fh_format_trec;
extern const fh_format fh_format_tei;
extern const fh_format fh_format_front;
extern const fh_format fh_format_page;
extern const fh_format fh_format_text;

#endif
