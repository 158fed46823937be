/* SPDX-License-Identifier: GPL-3.0-or-later */
/* XML as a stream of records: one element after another with all that is in it, so that a feed of any length
 * takes no more memory than its longest article.
 *
 * What is broken is mended where libxml2 can.  Nothing is fetched, no entity that a document declares is ever
 * replaced; the named characters of HTML are known without a declaration. */
#ifndef FH_INDEXER_FORMATS_XML_H
#define FH_INDEXER_FORMATS_XML_H

#include "base/arena.h"
#include "indexer/stream.h"

#include <libxml/tree.h>

typedef struct fh_xml fh_xml;

/* `records` names the elements that are records, without their prefixes; it ends in a NULL.  A record within
 * a record is a part of it. */
fh_xml *fh_xml_new(fh_stream *stream, const char *const *records);
void fh_xml_free(fh_xml *xml); /* takes NULL */

/* The next record, good until the next call; what stands beside it in the document, above it, can be reached
 * by its parents.  `*at` is its offset in the entry.  FH_END after the last.  Errors: FH_ERR_INPUT (broken
 * beyond mending, or cut off within a record), FH_ERR_LIMIT (a record longer than an article may be, or too
 * deep), FH_ERR_IO: nothing follows any of them. */
fh_status fh_xml_next(fh_xml *xml, const xmlNode **out, uint64_t *at, fh_error *err);

/* Is `head` the beginning of XML whose outermost element is called one of `names` (without prefix, in any
 * case)? The list ends in a NULL. */
bool fh_xml_begins(fh_str head, const char *const *names);

/* ---- What is in an element ---- */

/* Elements and attributes are known by their names without prefixes. */
bool fh_xml_is(const xmlNode *node, const char *name);

/* The first element at a path of children, "contentMeta/headline"; NULL where there is none. */
const xmlNode *fh_xml_find(const xmlNode *node, const char *path);

/* The first element of this name anywhere below, in document order; and the one after another.  Take NULL. */
const xmlNode *fh_xml_search(const xmlNode *top, const char *name);
const xmlNode *fh_xml_search_on(const xmlNode *top, const xmlNode *after, const char *name);

/* The next sibling that is called so, `node` itself not. */
const xmlNode *fh_xml_again(const xmlNode *node, const char *name);

/* An attribute's value; empty where there is none.  Takes NULL. */
fh_str fh_xml_attribute(const xmlNode *node, const char *name, fh_arena *arena);

/* All text below a node in one run.  Takes NULL. */
fh_str fh_xml_text(const xmlNode *node, fh_arena *arena);

/* All text below a node, a line a paragraph: what is no text (pictures, scripts, styles) is left out.  Takes
 * NULL. */
fh_str fh_xml_blocks(const xmlNode *node, fh_arena *arena);

#endif
