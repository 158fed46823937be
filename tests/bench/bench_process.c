/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long programs take from their start to their end.
 *
 * bench_process PROGRAM [ARGUMENT…]
 *     runs the program once a line of standard input, with the line as its last argument; prints `process TAB
 *     microseconds TAB 0` */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { EXIT_FAILED = 2, EXIT_NO_HITS = 1 };

static double microseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int run(char **command, posix_spawn_file_actions_t *actions) {
    pid_t process;
    int status;
    double from = microseconds();
    int failed = posix_spawnp(&process, command[0], actions, NULL, command, environ);
    if (failed || waitpid(process, &status, 0) < 0 || !WIFEXITED(status) ||
        WEXITSTATUS(status) > EXIT_NO_HITS) {
        fprintf(stderr, "bench_process: %s: %s\n", command[0], failed ? strerror(failed) : "failed");
        return EXIT_FAILED;
    }
    printf("process\t%.1f\t0\n", microseconds() - from);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs("usage: bench_process PROGRAM [ARGUMENT…] <LINES\n", stderr);
        return EXIT_FAILED;
    }
    /* The arguments, the line in the place of our own name's, and the NULL. */
    char **command = calloc((size_t)argc + 1, sizeof *command);
    if (!command) return EXIT_FAILED;
    memcpy(command, argv + 1, ((size_t)argc - 1) * sizeof *command);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);

    char *line = NULL;
    size_t capacity = 0;
    int status = EXIT_SUCCESS;
    for (ssize_t length; status == EXIT_SUCCESS && (length = getline(&line, &capacity, stdin)) > 0;) {
        if (line[length - 1] == '\n') line[length - 1] = '\0';
        command[argc - 1] = line;
        status = run(command, &actions);
    }
    free(line);
    free(command);
    posix_spawn_file_actions_destroy(&actions);
    return status;
}
