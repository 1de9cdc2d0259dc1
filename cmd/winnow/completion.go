package main

import (
	"fmt"
	"io"
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
		fmt.Fprintln(w, "autoload -U +X bashcompinit && bashcompinit")
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

func words(n *kong.Node) string {
	var names []string
	for _, f := range flagsOf(n) {
		names = append(names, "--"+f.Name)
	}
	return strings.Join(names, " ")
}

func bash(w io.Writer, m *kong.Application) {
	var commands []string
	fmt.Fprint(w, "_winnow() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} flags words\n\tcase ${COMP_WORDS[1]} in\n")
	for _, n := range m.Children {
		commands = append(commands, n.Name)
		flags := words(n)
		for _, sub := range n.Children {
			flags += " " + sub.Name + " " + words(sub)
		}
		fmt.Fprintf(w, "\t%s) flags=%q;;\n", n.Name, flags)
	}
	fmt.Fprintf(w, "\t*) flags=%q;;\n\tesac\n\tcase $prev in\n", words(m.Children[0]))
	for _, flag := range []string{"keep", "drop", "category", "mode", "format", "emit", "color"} {
		fmt.Fprintf(w, "\t--%s) COMPREPLY=($(compgen -W %q -- \"$cur\")); return;;\n", flag, strings.Join(values(flag), " "))
	}
	fmt.Fprintf(w, "\tesac\n\t[[ $COMP_CWORD == 1 ]] && words=%q\n\t[[ $cur == -* ]] && words=$flags\n", strings.Join(commands, " "))
	fmt.Fprint(w, "\tCOMPREPLY=($(compgen -W \"$words\" -- \"$cur\") $(compgen -f -- \"$cur\"))\n}\ncomplete -o filenames -F _winnow winnow\n")
}

func fish(w io.Writer, m *kong.Application) {
	quote := func(s string) string { return "'" + strings.ReplaceAll(s, "'", `\'`) + "'" }
	for _, n := range m.Children {
		fmt.Fprintf(w, "complete -c winnow -n __fish_use_subcommand -a %s -d %s\n", n.Name, quote(n.Help))
		for _, f := range flagsOf(n) {
			short := ""
			if f.Short != 0 {
				short = " -s " + string(f.Short)
			}
			list := ""
			if v := values(f.Name); v != nil {
				list = " -xa " + quote(strings.Join(v, " "))
			} else if !f.IsBool() {
				list = " -r"
			}
			fmt.Fprintf(w, "complete -c winnow -n '__fish_seen_subcommand_from %s' -l %s%s%s -d %s\n", n.Name, f.Name, short, list, quote(f.Help))
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
