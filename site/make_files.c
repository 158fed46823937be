/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes files as a C table, so that the server carries them: make_files FILE… >files.c */
#include <stdio.h>
#include <string.h>

enum { A_LINE = 24 };

static int write_bytes(const char *path, int number) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        return 1;
    }
    printf("static const char bytes_%d[] = {", number);
    long count = 0;
    for (int byte; (byte = getc(file)) != EOF; count++)
        printf("%s%d,", count % A_LINE ? "" : "\n", (signed char)byte);
    printf("\n0};\n"); /* a zero byte after them, as borrowed strings of files have it */
    fclose(file);
    return 0;
}

int main(int argc, char **argv) {
    printf("#include \"site/files.h\"\n");
    for (int i = 1; i < argc; i++)
        if (write_bytes(argv[i], i)) return 1;
    printf("const fh_site_file fh_site_files[] = {\n");
    for (int i = 1; i < argc; i++) {
        const char *slash = strrchr(argv[i], '/');
        printf("{\"/%s\", {bytes_%d, sizeof bytes_%d - 1}},\n", slash ? slash + 1 : argv[i], i, i);
    }
    printf("{NULL, {NULL, 0}}};\n");
    return 0;
}
