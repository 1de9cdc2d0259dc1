package report

import (
	"bufio"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/filter"
)

// An Explainer shows every block of a document and what was made of it: in
// colour with a margin for the eye, or one line of tab-separated fields a
// block for grep, cut and awk.
type Explainer struct {
	W     *bufio.Writer
	Eye   bool // not for grep
	Color bool
	Width int // of the terminal, in columns
}

// The margin of the layout for the eye: category, language, score.
const (
	marginFormat = "%-11s %-7s %3s "
	marginWidth  = 11 + 1 + 7 + 1 + 3 + 1 + 2
)

// Escape sequences.
const (
	reset  = "\x1b[0m"
	bold   = "\x1b[1m"
	dim    = "\x1b[2m"
	struck = "\x1b[2;9m"
	red    = "\x1b[31m"
	green  = "\x1b[32m"
)

// Document shows one document. Its name may be empty.
func (e *Explainer) Document(name string, r filter.Result) {
	blocks := blocks(r)
	if e.Eye {
		e.summary(name, r)
	} else if name != "" {
		fmt.Fprintf(e.W, "==> %s <==\n", name)
	}
	for _, b := range blocks {
		if e.Eye {
			e.block(b, Lang(r))
		} else {
			e.line(b)
		}
	}
	if e.Eye {
		e.W.WriteByte('\n')
	}
}

// A block is a decision to show.
type block struct {
	filter.Decision
	text string
}

// blocks joins kept parts of a line, which were judged one by one, and leaves
// out white space.
func blocks(r filter.Result) []block {
	var all []block
	open := false // the last block's line goes on
	for _, d := range r.Decisions {
		text := r.Document.Text[d.Span.Start:d.Span.End]
		n := len(all)
		if open && d.Keep && all[n-1].Keep && all[n-1].Category == d.Category {
			all[n-1].text += text
		} else if strings.TrimSpace(text) != "" {
			all = append(all, block{d, text})
		} else {
			continue
		}
		open = !strings.HasSuffix(text, "\n")
	}
	return all
}

func (e *Explainer) summary(name string, r filter.Result) {
	kept, total := 0, 0
	for _, d := range r.Decisions {
		n := utf8.RuneCountInString(r.Document.Text[d.Span.Start:d.Span.End])
		if total += n; d.Keep {
			kept += n
		}
	}
	if name != "" {
		e.paint(bold, clean(name))
		e.W.WriteString("  ")
	}
	share := 100.0
	if total > 0 {
		share = 100 * float64(kept) / float64(total)
	}
	e.paint(dim, fmt.Sprintf("%s · %d of %d characters kept (%.0f %%)", Lang(r), kept, total, share))
	e.W.WriteByte('\n')
}

func (e *Explainer) block(b block, page language.Tag) {
	category, lang, style := "", "", ""
	if b.Category != filter.Body || !b.Keep {
		category = b.Category.String()
	}
	if b.Lang != page || !b.Keep {
		lang = b.Lang.String()
	}
	score := ""
	paint := green
	if !b.Keep {
		score, style, paint = percent(b.Score), struck, red
	}
	lang = strings.TrimSuffix(firstRunes(lang, 7), "-")
	lines := wrap(strings.TrimSpace(clean(b.text)), e.Width-marginWidth)
	for i, line := range lines {
		if i == 0 {
			e.paint(paint, fmt.Sprintf(marginFormat, category, lang, score))
		} else {
			fmt.Fprintf(e.W, marginFormat, "", "", "")
		}
		e.paint(dim, "│ ")
		e.paint(style, line)
		if rule := b.Rule(); i == len(lines)-1 && rule != "" && !b.Keep {
			if uniseg.StringWidth(line)+uniseg.StringWidth(rule)+2 > e.Width-marginWidth {
				e.W.WriteByte('\n')
				fmt.Fprintf(e.W, marginFormat, "", "", "")
				e.paint(dim, "│")
			}
			e.paint(dim, " ‹"+rule+"›")
		}
		e.W.WriteByte('\n')
	}
}

// line is the layout for grep: + or -, category, language, score, rule, text.
func (e *Explainer) line(b block) {
	mark, rule := "-", b.Rule()
	if b.Keep {
		mark = "+"
	}
	if rule == "" {
		rule = "."
	}
	fmt.Fprintf(e.W, "%s\t%s\t%s\t%.3f\t%s\t%s\n", mark, b.Category, b.Lang, b.Score, rule, strings.TrimSpace(clean(b.text)))
}

func (e *Explainer) paint(style, text string) {
	if e.Color && style != "" && text != "" {
		text = style + text + reset
	}
	e.W.WriteString(text)
}

// percent writes a score in three columns.
func percent(score float64) string {
	if score >= 0.995 {
		return "1.0"
	}
	return fmt.Sprintf("%.2f", score)[1:]
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

// clean makes text safe to show: no line ends, and no control characters,
// which could give orders to the terminal.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029':
			return '\uFFFD'
		}
		return r
	}, s)
}

// wrap breaks text into lines of at most width columns, where the Unicode
// rules for line breaking allow it, so that Chinese and Thai wrap too.
func wrap(text string, width int) []string {
	width = max(width, 20)
	var lines []string
	var line strings.Builder
	used, state := 0, -1
	for len(text) > 0 {
		var segment string
		segment, text, _, state = uniseg.FirstLineSegmentInString(text, state)
		w := uniseg.StringWidth(segment)
		if used > 0 && used+uniseg.StringWidth(strings.TrimRight(segment, " ")) > width {
			lines = append(lines, strings.TrimRight(line.String(), " "))
			line.Reset()
			used = 0
		}
		for w > width { // a word that no line can hold
			head := cut(segment, width)
			lines = append(lines, head)
			segment = segment[len(head):]
			w = uniseg.StringWidth(segment)
		}
		line.WriteString(segment)
		used += w
	}
	if line.Len() > 0 || len(lines) == 0 {
		lines = append(lines, strings.TrimRight(line.String(), " "))
	}
	return lines
}

// cut returns the head of s that fits into width columns, at least one
// character.
func cut(s string, width int) string {
	n, used, state := 0, 0, -1
	for rest := s; rest != ""; {
		cluster, more, w, next := uniseg.FirstGraphemeClusterInString(rest, state)
		if used += w; used > width && n > 0 {
			break
		}
		n += len(cluster)
		rest, state = more, next
	}
	return s[:n]
}
