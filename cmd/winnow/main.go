// Command winnow takes the plain text of web pages and gives back the articles.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands are the subcommands; clean is meant when none is named.
type commands struct {
	Clean   cleanCmd   `cmd:"" default:"withargs" help:"Print the article and drop the rest (the default command)."`
	Explain explainCmd `cmd:"" help:"Show every block: kept or not, category, language, score, reason."`
	Lang    langCmd    `cmd:"" help:"Say the language of every line, or add it to JSONL records."`
	Eval    evalCmd    `cmd:"" help:"Measure against gold: precision, recall, F1, damaged clean documents."`
	Restore restoreCmd `cmd:"" help:"Put cleaned and removed text back together."`
	Packs   packsCmd   `cmd:"" help:"List and check phrases."`
	Stats   statsCmd   `cmd:"" help:"Add up counts."`

	Completion completionCmd `cmd:"" help:"Print completions for a shell."`
	Man        manCmd        `cmd:"" hidden:"" help:"Print the manual page."`
	Version    versionCmd    `cmd:"" help:"Say which winnow this is."`

	ShowVersion versionFlag `name:"version" help:"Say which winnow this is."`
}

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// An app is what commands share.
type app struct {
	stdin          *os.File
	stdout, stderr io.Writer
	failed         atomic.Bool // an input did; its message is out
}

// say writes a message, for people.
func (a *app) say(format string, args ...any) { fmt.Fprintf(a.stderr, "winnow: "+format+"\n", args...) }

// fail writes a message about an input that could not be done.
func (a *app) fail(format string, args ...any) {
	a.failed.Store(true)
	a.say(format, args...)
}

// A usageError is one in how winnow was called.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// run is winnow as a function. It returns the exit status: 0 done, 1 some
// inputs failed, 2 usage, 130 interrupted.
func run(args []string, stdin *os.File, stdout, stderr io.Writer) int {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(160 << 20) // the collector works harder only near it
	}
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error like others, but quiet
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr}
	var c commands
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("winnow"),
		kong.Description("winnow takes the plain text of web pages and gives back the articles.\n\nwinnow < page.txt > body.txt"),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { exited = code }),
		kong.Vars{"formats": formatNames(), "jobs": jobs()},
		kong.Bind(a),
	)
	if err != nil {
		a.say("%v", err)
		return 2
	}
	ctx, err := parser.Parse(args)
	if exited >= 0 {
		return exited
	}
	if err == nil {
		err = ctx.Run(a)
	} else {
		err = usageError{nearestFlag(err, parser.Model)}
	}
	var u usageError
	switch {
	case errors.Is(err, syscall.EPIPE):
		return 1
	case errors.As(err, &u):
		a.say("%s", strings.ReplaceAll(err.Error(), "\n", " "))
		return 2
	case errors.Is(err, errInterrupted):
		return 130
	case err != nil:
		a.say("%v", err)
		return 1
	case a.failed.Load():
		return 1
	}
	return 0
}

// nearestFlag names one flag where kong may name many.
func nearestFlag(err error, m *kong.Application) error {
	what, _, found := strings.Cut(err.Error(), ", did you mean")
	unknown, ok := strings.CutPrefix(what, "unknown flag ")
	if !ok || !found {
		return err
	}
	var names []string
	kong.Visit(m, func(node kong.Visitable, next kong.Next) error {
		if f, ok := node.(*kong.Flag); ok && !f.Hidden {
			names = append(names, "--"+f.Name)
		}
		return next(nil)
	})
	return fmt.Errorf("unknown flag %s%s", unknown, nearest(unknown, names))
}

var errInterrupted = errors.New("interrupted")

// buffered returns standard output with a buffer, and its flush.
func (a *app) buffered() *bufio.Writer { return bufio.NewWriterSize(a.stdout, 64<<10) }
