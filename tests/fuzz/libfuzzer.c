/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The targets for libFuzzer (LLVM's documents: "libFuzzer"): the variable FUZZ_TARGET names the one. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>

static const fuzz_target *target;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc, (void)argv;
    const char *name = getenv("FUZZ_TARGET");
    target = name ? fuzz_find(name) : NULL;
    if (target) return 0;
    fprintf(stderr, "FUZZ_TARGET names one of these:\n");
    for (target = fuzz_targets; target->name; target++) fprintf(stderr, "    %s\n", target->name);
    exit(2);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    target->run((fh_str){(const char *)bytes, length}, target->what);
    return 0;
}
