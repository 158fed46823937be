/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What all formats of XML share: each says which elements are its records, and makes an article of one. */
#ifndef FH_INDEXER_FORMATS_XML_READER_H
#define FH_INDEXER_FORMATS_XML_READER_H

#include "indexer/formats/format.h"
#include "indexer/formats/xml.h"

/* An article borrows from the arena.  An error rejects the record. */
typedef fh_status fh_xml_convert(const xmlNode *record, fh_arena *arena, fh_article *out, fh_error *err);

/* For fh_format: a state, and its `next` and `close`.  An article without an id and an address gets those of
 * its place in the entry. */
void *fh_xml_reader_open(const fh_entry *entry, const char *const *records, fh_xml_convert *convert);
fh_status fh_xml_reader_next(void *state, fh_article *out, uint64_t *at, fh_error *err);
void fh_xml_reader_close(void *state);

/* The paragraphs of an element that holds a text in one of the ways that news does: NITF, XHTML, any other
 * XML, or markup written as text. */
fh_str fh_xml_content(const xmlNode *node, fh_arena *arena);

/* What a NITF document says, into what `out` does not know yet. */
void fh_nitf_read(const xmlNode *nitf, fh_arena *arena, fh_article *out);

#endif
