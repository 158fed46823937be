/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text into HTML and XML. */
#ifndef FH_SITE_HTML_H
#define FH_SITE_HTML_H

#include "base/buf.h"

/* Appends text so that it is text, within elements and within quoted attributes.  Control characters that
 * neither HTML nor XML takes are left out, and what would turn the direction of letters. */
void fh_html_add(fh_buf *out, fh_str text);

/* The same of an address in an attribute, which is followed and not shown: control characters alone are left
 * out. */
void fh_html_add_address(fh_buf *out, fh_str url);

/* May a link go there?  To http and https addresses only: others may be script. */
bool fh_is_web_address(fh_str url);

#endif
