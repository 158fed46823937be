/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of options as people and shells read it: help, man page, completions. */
#include "base/option.h"

#include <stdio.h>

#define HELP_COLUMN 26

static void help_option(const fh_option *option, fh_buf *out) {
    size_t from = out->len;
    if (option->letter)
        fh_buf_printf(out, "  -%c, --%s", option->letter, option->name);
    else
        fh_buf_printf(out, "      --%s", option->name);
    if (option->value) fh_buf_printf(out, " %s", option->value);
    size_t width = out->len - from;
    if (width >= HELP_COLUMN) fh_buf_add_char(out, '\n'), width = 0;
    fh_buf_printf(out, "%*s%s", (int)(HELP_COLUMN - width), "", option->help);
    if (option->choices && option->choices[0] != '(') fh_buf_printf(out, " (%s)", option->choices);
    fh_buf_add_char(out, '\n');
}

static void help_text(const fh_program *program, fh_buf *out) {
    fh_buf_printf(out, "Usage: %s %s\n%s.\n\n", program->name, program->synopsis, program->summary);
    for (const fh_option *o = program->options; o->name; o++)
        if (o->help) help_option(o, out);
    if (program->notes) fh_buf_printf(out, "\n%s", program->notes);
}

/* mdoc(7): a dash within an option is written \-. */
static void help_man(const fh_program *program, fh_buf *out) {
    fh_buf_printf(out, ".Bl -tag -width Ds\n");
    for (const fh_option *o = program->options; o->name; o++) {
        if (!o->help) continue;
        fh_buf_printf(out, ".It ");
        if (o->letter) fh_buf_printf(out, "Fl %c , ", o->letter);
        fh_buf_printf(out, "Fl \\-%s", o->name);
        if (o->value) fh_buf_printf(out, " Ar %s", o->value);
        fh_buf_printf(out, "\n%s", o->help);
        if (o->choices && o->choices[0] != '(') fh_buf_printf(out, " (%s)", o->choices);
        fh_buf_printf(out, ".\n");
    }
    fh_buf_printf(out, ".El\n");
}

static void add_choices(const fh_option *option, char between, fh_buf *out) {
    for (const char *c = option->choices; *c; c++) fh_buf_add_char(out, *c == '|' ? between : *c);
}

static bool is_list(const fh_option *option) {
    return option->choices && option->choices[0] != '(';
}

static void complete_bash_value(const fh_option *option, fh_buf *out) {
    fh_buf_printf(out, "    --%s", option->name);
    if (option->letter) fh_buf_printf(out, "|-%c", option->letter);
    if (is_list(option)) {
        fh_buf_printf(out, ") COMPREPLY=($(compgen -W '");
        add_choices(option, ' ', out);
        fh_buf_printf(out, "' -- \"$cur\")); return ;;\n");
    } else if (option->choices) {
        fh_buf_printf(out, ") COMPREPLY=($(compgen %s -- \"$cur\")); return ;;\n",
                      option->choices[1] == 'd' ? "-d" : "-f");
    } else {
        fh_buf_printf(out, ") return ;;\n");
    }
}

static void complete_bash(const fh_program *program, fh_buf *out) {
    fh_buf_printf(out,
                  "# bash completion for %s\n"
                  "_%s() {\n"
                  "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                  "    case $prev in\n",
                  program->name, program->name);
    for (const fh_option *o = program->options; o->name; o++)
        if (o->help && o->value) complete_bash_value(o, out);
    fh_buf_printf(out, "    esac\n    case $cur in\n    -*) COMPREPLY=($(compgen -W '");
    for (const fh_option *o = program->options; o->name; o++)
        if (o->help) fh_buf_printf(out, "--%s ", o->name);
    fh_buf_printf(out,
                  "' -- \"$cur\")) ;;\n"
                  "    *) %s ;;\n"
                  "    esac\n"
                  "}\n"
                  "complete -o filenames -F _%s %s\n",
                  program->operands ? "COMPREPLY=($(compgen -f -- \"$cur\"))" : ":", program->name,
                  program->name);
}

/* zsh's _arguments wants brackets and colons in help quoted. */
static void add_zsh_help(const char *help, fh_buf *out) {
    for (const char *c = help; *c; c++) {
        if (*c == '\'')
            fh_buf_printf(out, "'\\''");
        else if (*c == '[' || *c == ']' || *c == ':')
            fh_buf_printf(out, "\\%c", *c);
        else
            fh_buf_add_char(out, *c);
    }
}

static void complete_zsh(const fh_program *program, fh_buf *out) {
    fh_buf_printf(out, "#compdef %s\n_arguments \\\n", program->name);
    for (const fh_option *o = program->options; o->name; o++) {
        if (!o->help) continue;
        fh_buf_printf(out, "  '*--%s%s[", o->name, o->value ? "=" : "");
        add_zsh_help(o->help, out);
        fh_buf_add_char(out, ']');
        if (o->value) fh_buf_printf(out, ":%s:", o->value);
        if (o->value && is_list(o)) {
            fh_buf_add_char(out, '(');
            add_choices(o, ' ', out);
            fh_buf_add_char(out, ')');
        } else if (o->value && o->choices) {
            fh_buf_printf(out, "%s", o->choices[1] == 'd' ? "_directories" : "_files");
        }
        fh_buf_printf(out, "' \\\n");
    }
    fh_buf_printf(out, "  '*:%s:%s'\n", program->operands ? "source" : "word",
                  program->operands ? "_files" : " ");
}

static void complete_fish(const fh_program *program, fh_buf *out) {
    if (!program->operands) fh_buf_printf(out, "complete -c %s -f\n", program->name);
    for (const fh_option *o = program->options; o->name; o++) {
        if (!o->help) continue;
        fh_buf_printf(out, "complete -c %s -l %s", program->name, o->name);
        if (o->letter) fh_buf_printf(out, " -s %c", o->letter);
        if (o->value) fh_buf_printf(out, o->choices && !is_list(o) ? " -r -F" : " -x");
        if (is_list(o)) {
            fh_buf_printf(out, " -a '");
            add_choices(o, ' ', out);
            fh_buf_add_char(out, '\'');
        }
        fh_buf_printf(out, " -d '");
        for (const char *c = o->help; *c; c++) {
            if (*c == '\'') fh_buf_add_char(out, '\\');
            fh_buf_add_char(out, *c);
        }
        fh_buf_printf(out, "'\n");
    }
}

bool fh_program_answer(const fh_program *program, int id, const char *value, fh_buf *out) {
    static const struct {
        const char *name;
        void (*write)(const fh_program *program, fh_buf *out);
    } prints[] = {{"man", help_man}, {"bash", complete_bash}, {"zsh", complete_zsh}, {"fish", complete_fish}};

    if (id == FH_OPTION_HELP) {
        help_text(program, out);
    } else if (id == FH_OPTION_VERSION) {
        fh_buf_printf(out, "%s " FH_VERSION "\n", program->name);
    } else if (id == FH_OPTION_PRINT) {
        for (size_t i = 0; i < sizeof prints / sizeof *prints; i++)
            if (!strcmp(prints[i].name, value)) prints[i].write(program, out);
    } else {
        return false;
    }
    return true;
}
