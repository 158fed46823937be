/* SPDX-License-Identifier: GPL-3.0-or-later */
/* dump_index DIR: prints what an index holds, for tests of the programs. */
#include <stdbool.h>

#include "tests/unit/dump.h"

int main(int argc, char **argv) {
    return argc == 2 && dump_index(argv[1], stdout) ? 0 : 1;
}
