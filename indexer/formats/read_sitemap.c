/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sitemaps as lists of files (indexer/listing.h): what one lists is found beside it, so one that has nothing
 * beside it is named. */
#include "indexer/formats/format.h"
#include "indexer/formats/xml.h"
#include "indexer/sitemap.h"

static int probe(fh_str head, fh_str id) {
    (void)id;
    return fh_xml_begins(head, fh_sitemap_roots) ? FH_PROBE_SURE : FH_PROBE_NO;
}

static fh_status read_sitemap(fh_str text, fh_str id, fh_arena *arena, fh_articles *out, fh_error *err) {
    (void)text, (void)id, (void)arena, (void)out;
    return fh_fail(
        err, FH_ERR_INPUT, NULL, "unpack the archive, and name the folder",
        "a sitemap whose files cannot be found: it is in an archive, or not in a file called .xml");
}

const fh_format fh_format_sitemap = {
    .name = "sitemap",
    .about = "sitemaps, those for news too: the local files that they list",
    .probe = probe,
    .whole = read_sitemap,
};
