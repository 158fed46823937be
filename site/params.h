/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a route may be asked: a table of parameters, and the values that came. */
#ifndef FH_SITE_PARAMS_H
#define FH_SITE_PARAMS_H

#include "site/target.h"
#include <stdint.h>

typedef enum fh_param_kind { FH_PARAM_TEXT, FH_PARAM_NUMBER, FH_PARAM_CHOICE } fh_param_kind;

typedef struct fh_param {
    const char *name; /* NULL ends a table */
    fh_param_kind kind;
    uint32_t times;      /* it may stand so often */
    uint32_t high;       /* the highest number, or the most bytes of a text */
    const char *choices; /* "json|html" */
} fh_param;

/* Does every parameter stand in the table, and has every one a value that it takes?  An empty text is as good
 * as none, since forms send those.  Errors: FH_ERR_USAGE and FH_ERR_LIMIT, `where` being the parameter. */
fh_status fh_params_check(const fh_param *table, const fh_target *target, fh_error *err);

/* The first value, or empty. */
fh_str fh_param_text(const fh_target *target, const char *name);

/* Of a parameter that was checked. */
uint32_t fh_param_number(const fh_target *target, const char *name, uint32_t otherwise);

/* Is it there with this value? */
bool fh_param_is(const fh_target *target, const char *name, const char *value);

#endif
