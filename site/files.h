/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of site/box/, as they are compiled in. */
#ifndef FH_SITE_FILES_H
#define FH_SITE_FILES_H

#include "base/str.h"

typedef struct fh_site_file {
    const char *path; /* "/box.js" */
    fh_str bytes;
} fh_site_file;

/* Ends with a NULL path. */
extern const fh_site_file fh_site_files[];

/* Empty where there is none. */
fh_str fh_site_file_at(fh_str path);

#endif
