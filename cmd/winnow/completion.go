package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
)

type completionCmd struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish. For bash: source <(winnow completion bash)"`
}

// Run prints what the shell needs, from the definitions of the commands.
func (c *completionCmd) Run(a *app, k *kong.Kong) error {
	w := a.buffered()
	switch c.Shell {
	case "fish":
		fish(w, k.Model)
	case "zsh":
		fmt.Fprintln(w, "autoload -Uz compinit bashcompinit\n(( $+functions[compdef] )) || compinit\nbashcompinit")
		bash(w, k.Model)
	default:
		bash(w, k.Model)
	}
	return w.Flush()
}

// values lists what a flag can be, nil if that is open.
func values(flag string) []string {
	switch flag {
	case "keep", "drop", "category":
		return categoryNames()
	case "mode":
		return []string{"precision", "balanced", "recall"}
	case "format":
		return format.Names()
	case "emit":
		return []string{"text", "jsonl", "attributes"}
	case "color":
		return []string{"auto", "always", "never"}
	}
	return nil
}

// flagsOf lists the flags of a command.
func flagsOf(n *kong.Node) (flags []*kong.Flag) {
	for _, group := range n.AllFlags(true) {
		flags = append(flags, group...)
	}
	return flags
}

// A level is a command, as completion sees it: what can follow its name.
type level struct {
	path  string // "" for winnow itself, else as in "packs list"
	flags []*kong.Flag
	words []string
	files bool
}

// levels lists the commands, their subcommands after each.
func levels(m *kong.Application) (all []level) {
	clean := m.Children[0] // stands for winnow without a command
	root := level{"", flagsOf(clean), nil, true}
	for _, n := range m.Children {
		if !n.Hidden {
			root.words = append(root.words, n.Name)
		}
		l := level{n.Name, flagsOf(n), nil, len(n.Children) == 0}
		for _, sub := range n.Children {
			l.words = append(l.words, sub.Name)
		}
		for _, arg := range n.Positional {
			if arg.Enum != "" {
				l.words, l.files = arg.EnumSlice(), false
			}
		}
		l.files = l.files && len(n.Positional) > 0
		all = append(all, l)
		for _, sub := range n.Children {
			all = append(all, level{n.Name + " " + sub.Name, flagsOf(sub), nil, true})
		}
	}
	return append(all, root)
}

// bash prints a function that bash 3.2 and zsh run too. All words of a list
// are on lines of their own, as names of files may hold blanks.
func bash(w io.Writer, m *kong.Application) {
	fmt.Fprint(w, `_winnow() {
	local IFS=$'\n' cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} before= words= flags= values= files=-f
	case $cur in
	=) prev=$prev cur= ;;
	*) [[ $prev == = ]] && prev=${COMP_WORDS[COMP_CWORD-2]} ;;
	esac
	case $prev in
`)
	all, seen := levels(m), map[string]bool{}
	for _, l := range all {
		for _, f := range l.flags {
			if v := values(f.Name); v != nil && !seen[f.Name] {
				seen[f.Name] = true
				fmt.Fprintf(w, "\t--%s) values=%q ;;\n", f.Name, strings.Join(v, " "))
			}
		}
	}
	fmt.Fprint(w, `	esac
	if [[ -n $values ]]; then
		[[ $cur == *,* ]] && before=${cur%,*},
		COMPREPLY=($(compgen -P "$before" -W "${values// /$'\n'}" -- "${cur##*,}"))
		return
	fi
	local command=${COMP_WORDS[1]} sub=${COMP_WORDS[2]}
	[[ $COMP_CWORD -lt 2 ]] && command=
	[[ $COMP_CWORD -lt 3 ]] && sub=
	case "$command $sub" in
`)
	slices.SortStableFunc(all, func(a, b level) int { return strings.Count(b.path, " ") - strings.Count(a.path, " ") })
	for _, l := range all {
		pattern, files := `"`+l.path+`"*`, ""
		switch {
		case l.path == "":
			pattern = "*"
		case !strings.Contains(l.path, " "):
			pattern = `"` + l.path + ` "*`
		}
		if l.path == "" {
			files = "; [[ $COMP_CWORD -gt 1 ]] && words="
		} else if !l.files {
			files = " files="
		}
		var flags []string
		for _, f := range l.flags {
			flags = append(flags, "--"+f.Name)
		}
		fmt.Fprintf(w, "\t%s) flags=%q words=%q%s ;;\n", pattern, strings.Join(flags, " "), strings.Join(l.words, " "), files)
	}
	fmt.Fprint(w, `	esac
	[[ $cur == -* ]] && words=$flags files=
	COMPREPLY=($(compgen -W "${words// /$'\n'}" -- "$cur"; [[ -n $files ]] && compgen -f -- "$cur"))
}
complete -o filenames -F _winnow winnow
`)
}

func fish(w io.Writer, m *kong.Application) {
	quote := func(s string) string { return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'" }
	help := map[string]string{}
	var top []string
	for _, n := range m.Children {
		top = append(top, n.Name)
		help[n.Name] = n.Help
		for _, sub := range n.Children {
			help[n.Name+" "+sub.Name] = sub.Help
		}
	}
	for _, l := range levels(m) {
		name, sub, _ := strings.Cut(l.path, " ")
		when := "__fish_seen_subcommand_from " + name
		switch {
		case l.path == "":
			when = "not __fish_seen_subcommand_from " + strings.Join(top, " ")
		case sub != "":
			when += "; and __fish_seen_subcommand_from " + sub
		}
		first := when
		if len(l.words) > 0 && l.path != "" {
			first += "; and not __fish_seen_subcommand_from " + strings.Join(l.words, " ")
		}
		for _, word := range l.words {
			about := help[strings.TrimSpace(l.path+" "+word)]
			fmt.Fprintf(w, "complete -c winnow -n %s -a %s -d %s\n", quote(first), word, quote(about))
		}
		if !l.files {
			fmt.Fprintf(w, "complete -c winnow -n %s -f\n", quote(when))
		}
		for _, f := range l.flags {
			short, list := "", ""
			if f.Short != 0 {
				short = " -s " + string(f.Short)
			}
			if v := values(f.Name); v != nil {
				list = " -xa " + quote(strings.Join(v, " "))
			} else if !f.IsBool() {
				list = " -r"
			}
			fmt.Fprintf(w, "complete -c winnow -n %s -l %s%s%s -d %s\n", quote(when), f.Name, short, list, quote(f.Help))
		}
	}
}

type manCmd struct{}

// Run prints the manual page, from the definitions of the commands.
func (*manCmd) Run(a *app, k *kong.Kong) error {
	w := a.buffered()
	text := strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace
	fmt.Fprintf(w, ".TH WINNOW 1\n.SH NAME\nwinnow \\- the article in the text of a web page\n.SH SYNOPSIS\n.B winnow\n[command] [flags] [path ...]\n.SH DESCRIPTION\n%s\n",
		text("winnow takes the plain text of web pages and gives back the articles. Without a path it reads standard input and writes standard output."))
	fmt.Fprint(w, ".SH COMMANDS\n")
	for _, n := range k.Model.Leaves(true) {
		fmt.Fprintf(w, ".SS %s\n%s\n", text(strings.TrimPrefix(n.Path(), "winnow ")), text(n.Help))
		if n.Detail != "" {
			fmt.Fprintf(w, ".PP\n%s\n", strings.ReplaceAll(text(n.Detail), "\n\n", "\n.PP\n"))
		}
		for _, arg := range n.Positional {
			fmt.Fprintf(w, ".TP\n\\fI%s\\fR\n%s\n", text(arg.Name), text(arg.Help))
		}
		for _, f := range flagsOf(n) {
			if f.Name == "help" || f.Name == "version" {
				continue
			}
			name := `\fB\-\-` + text(f.Name) + `\fR`
			if f.Short != 0 {
				name = `\fB\-` + string(f.Short) + `\fR, ` + name
			}
			if !f.IsBool() {
				name += `=\fI` + text(strings.Trim(f.FormatPlaceHolder(), `"`)) + `\fR`
			}
			fmt.Fprintf(w, ".TP\n%s\n%s\n", name, text(f.Help))
		}
	}
	fmt.Fprint(w, ".SH EXIT STATUS\n.TP\n0\ndone, whatever was removed\n.TP\n1\nsome inputs failed, each is named; the rest was done\n.TP\n2\nwinnow was called wrongly\n.TP\n130\ninterrupted; the same command goes on\n")
	return w.Flush()
}
