package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/batch"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/report"
	"github.com/seed-966a822a/winnow/filter"
)

// A cleaner takes files apart into chunks of records, cleans the chunks side
// by side, and writes them in order.
type cleaner struct {
	*app
	cmd     *cleanCmd
	filter  *filter.Filter
	slots   chan struct{} // one for each chunk that is being cleaned
	ahead   int           // chunks of one file that may wait
	headed  bool          // bodies on standard output have headings
	out     *batch.Output // nil: standard output
	stdout  io.Writer
	removed io.Writer // nil: not wanted

	state    *batch.State // nil without an output directory
	stderr   io.Writer
	stats    report.Stats // of the files that are done, in turn
	sample   report.Sample
	progress progress

	mu   sync.Mutex
	err  error // why to stop
	some bool  // a body is on standard output
}

// A chunk is some records of one file on their way.
type chunk struct {
	records []format.Record

	out      []byte
	removed  []byte
	messages []string
	notes    []string // messages of nothing that failed
	stats    report.Stats
	last     format.At
	docs     []int // numbers of the records that are documents

	responses int // records of HTML

	long    *format.Long  // the chunk's only record, if it is one
	drained chan struct{} // closed when it has been written
}

const chunkBytes = 256 << 10

// until stops the files when there is an error that concerns all.
func (c *cleaner) until(files iter.Seq[batch.File]) iter.Seq[batch.File] {
	return func(yield func(batch.File) bool) {
		for f := range files {
			if c.stopped() != nil || !yield(f) {
				return
			}
		}
	}
}

func (c *cleaner) stop(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.err = err
	}
}

func (c *cleaner) stopped() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// fatal is an error that concerns all files, such as a closed pipe.
type fatal struct{ error }

func (f fatal) Unwrap() error { return f.error }

// file cleans one file.
func (c *cleaner) file(f batch.File, turn *batch.Turn) {
	name := called(f.Path)
	start, counted := time.Now(), false
	messages := &notes{app: app{stderr: turn.Writer(c.stderr)}, all: c.cmd.Verbose}
	defer func() {
		if messages.failed.Load() {
			c.failed.Store(true)
		}
		err := turn.Wait()
		if !counted {
			c.stats.Add(report.Stats{Files: 1, Failed: 1, Errors: messages.lines})
			if c.state != nil {
				err = errors.Join(err, c.state.Skip())
			}
		}
		if err != nil {
			c.stop(err)
		}
	}()
	defer c.progress.done.Add(1)
	if f.Err != nil {
		messages.fail("%s: %v", name, f.Err)
		return
	}
	done := batch.Done{Rel: format.Name(f.Rel), Size: f.Size, ModTime: f.ModTime}
	if c.state != nil {
		if c.cmd.Verify {
			done.Hash, _ = batch.Hash(f.Path)
		}
		before, ok := c.state.Done(f, c.out.Path(c.cmd.emitted(f.Rel)), done.Hash)
		if ok && c.again(f, before, messages, turn) {
			counted = true
			return
		}
	}
	open := c.cmd.open
	open.Read = &c.progress.read
	in, err := format.Open(f.Path, open)
	if err != nil {
		messages.fail("%s: %v", name, reason(err))
		return
	}
	defer in.Close()
	switch guessed := c.cmd.Format == "" && in.Format == format.Text; {
	case c.cmd.Annotate && in.Format.Name != "jsonl":
		messages.fail("%s: --annotate is for jsonl, this is %s: skipped", name, in.Format.Name)
		return
	case c.cmd.Encoding != "" && in.Format != format.Text:
		messages.fail("%s: --encoding is for text, %s is always UTF-8: skipped", name, in.Format.Name)
		return
	case guessed && in.LooksLikeHTML():
		messages.note("%s: looks like HTML; winnow reads text, so its tags are taken for some", name)
	case guessed && in.LooksLikeJSONL():
		messages.note("%s: looks like JSONL, but is taken for text: if it is, say --format jsonl", name)
	}
	records, err := in.Records(c.cmd.options)
	if err != nil {
		messages.fail("%s: %v", name, reason(err))
		return
	}
	dst := &destination{c: c, in: in, file: f, turn: turn, records: records}
	defer dst.abandon()
	var removed io.Writer
	if c.removed != nil {
		removed = turn.Writer(c.removed)
	}
	var last format.At
	var stats report.Stats
	var docs []int
	responses := 0
	read := batch.Ordered(c.ahead, c.chunks(in, records, dst.compression()), func(ch *chunk) *chunk {
		return c.clean(ch, in.Format, f.Rel, dst.compression())
	}, func(ch *chunk) error {
		for _, m := range ch.messages {
			messages.fail("%s: %s", name, m)
		}
		responses += ch.responses
		for _, m := range ch.notes {
			messages.note("%s: %s", name, m)
		}
		last = ch.last
		stats.Add(ch.stats)
		if docs = append(docs, ch.docs...); len(docs) > 8*c.sample.Most {
			docs = report.Lowest(f.Rel, docs, c.sample.Most)
		}
		c.progress.text.Add(ch.stats.Bytes)
		c.progress.gone.Add(ch.stats.Removed)
		if len(ch.removed) > 0 {
			if _, err := removed.Write(ch.removed); err != nil {
				return fatal{err}
			}
		}
		return dst.write(ch)
	})
	if responses > 0 {
		messages.fail("%s: %d web responses passed through: winnow reads text, so make some of them first, as in WET files", name, responses)
	}
	var all fatal
	var writing *writeError
	switch {
	case errors.As(read, &all):
		c.stop(all.error)
		return
	case errors.As(read, &writing):
		messages.fail("%v", writing)
		return
	case read != nil:
		messages.unread(name, read, last, in.Format)
	}
	messages.end(name)
	if read != nil && last.N == 0 {
		return
	}
	// Outputs appear in order, and after the rows of what they lack.
	if turn.Wait() != nil {
		return
	}
	if err := dst.close(); err != nil {
		if errors.As(err, &all) {
			c.stop(all.error)
			return
		}
		messages.fail("%v", err)
		return
	}
	counted = true
	stats.Files = 1
	stats.Emptiest = []report.FileShare{{File: name, Share: stats.Share()}}
	if messages.failed.Load() {
		stats.Failed, stats.Errors = 1, messages.lines
	}
	if c.state != nil {
		if fi, err := os.Stat(c.out.Path(c.cmd.emitted(f.Rel))); err == nil {
			done.Output = fi.Size()
		}
		done.Messages, done.Stats = messages.lines, report.JSON(stats)
		done.Sample = report.Lowest(f.Rel, docs, c.sample.Most)
		if err := c.state.Add(done, read == nil); err != nil {
			c.stop(fmt.Errorf("%s: %w", c.cmd.Out, reason(err)))
		}
	}
	stats.Slowest = []report.FileTime{{File: name, Seconds: math.Round(time.Since(start).Seconds()*1000) / 1000}}
	c.stats.Add(stats)
}

// again stands for a file that a run before has done. It returns false if
// that run did not note what this one's report needs.
func (c *cleaner) again(f batch.File, before batch.Done, messages *notes, turn *batch.Turn) bool {
	var stats report.Stats
	if json.Unmarshal(before.Stats, &stats) != nil {
		return false
	}
	if c.cmd.Report != "" {
		if len(before.Sample) < min(stats.Documents, c.sample.Most) {
			return false
		}
		for _, n := range before.Sample {
			c.sample.Expect(f.Rel, n)
		}
	}
	for _, m := range before.Messages {
		messages.failed.Store(true)
		fmt.Fprintln(messages.stderr, m)
	}
	c.progress.read.Add(f.Size)
	if turn.Wait() == nil {
		c.stats.Add(stats)
	}
	return true
}

// complete scans, of files that a run before has done, the few documents that
// the report shows.
func (c *cleaner) complete(files []batch.File) {
	missing := c.sample.Missing()
	for _, f := range files {
		if len(missing[f.Rel]) == 0 {
			continue
		}
		if err := c.scanAgain(f, missing[f.Rel]); err != nil {
			c.fail("%s: for the report: %v", called(f.Path), reason(err))
		}
	}
}

// scanAgain reads a file up to the last of some records.
func (c *cleaner) scanAgain(f batch.File, wanted []int) error {
	in, err := format.Open(f.Path, c.cmd.open)
	if err != nil {
		return err
	}
	defer in.Close()
	records, err := in.Records(c.cmd.options)
	for last := slices.Max(wanted); err == nil; {
		var rec format.Record
		if rec, err = records.Read(); err != nil {
			break
		}
		if long, ok := rec.(*format.Long); ok {
			err = long.Stream(io.Discard)
		} else if n := rec.Where().N; slices.Contains(wanted, n) {
			doc, err := rec.Document()
			if err != nil {
				return err
			}
			c.sample.Fill(f.Rel, n, c.scan(doc))
			if n == last {
				return nil
			}
		}
	}
	return err
}

// scan judges a document.
func (c *cleaner) scan(doc filter.Document) filter.Result {
	doc.Lang = c.cmd.Lang.Tag
	return report.Tidy(c.filter.Scan(doc))
}

// notes remember a file's messages, for the next run's.
type notes struct {
	app
	lines []string
	more  int // messages that are only counted
	all   bool
}

const mostMessages = 20 // of one file

func (n *notes) fail(format string, args ...any) {
	n.failed.Store(true)
	line := fmt.Sprintf("winnow: "+format, args...)
	if len(n.lines) < mostMessages {
		n.lines = append(n.lines, line)
	} else if n.more++; !n.all {
		return
	}
	fmt.Fprintln(n.stderr, line)
}

// unread says why reading ended early, and what became of the file.
func (n *notes) unread(name string, err error, last format.At, kind *format.Format) {
	where, end := "", ""
	var at *format.Error // says where
	if last.N > 0 && kind != format.Text && !errors.As(err, &at) {
		where = fmt.Sprintf("after %v: ", last)
	}
	var cut format.Damaged
	switch damaged := errors.As(err, &cut); {
	case damaged && last.N > 0:
		end = "; what came before is done"
	case damaged:
		end = "; skipped"
	}
	n.fail("%s: %s%v%s", name, where, reason(err), end)
}

// end says how many messages were not written.
func (n *notes) end(name string) {
	if n.more > 0 {
		line := fmt.Sprintf("winnow: %s: and %d messages more, which -v prints", name, n.more)
		n.lines = append(n.lines, line)
		if !n.all {
			fmt.Fprintln(n.stderr, line)
		}
	}
}

// note is a message of nothing that failed.
func (n *notes) note(format string, args ...any) { n.say(format, args...) }

// chunks groups records. A chunk ends early when its input has nothing more
// at the moment, so that a slow stream flows, but not when that would show in
// the output, as chunks do when compressed.
func (c *cleaner) chunks(in *format.Input, records format.Reader, packed format.Compression) func() (*chunk, error) {
	var pending format.Record
	var failed error
	var drained chan struct{}
	return func() (*chunk, error) {
		if drained != nil {
			<-drained
			drained = nil
		}
		ch := &chunk{}
		for size := 0; size < chunkBytes && len(ch.records) < 1024; {
			if failed != nil {
				break
			}
			rec := pending
			if pending = nil; rec == nil {
				if rec, failed = records.Read(); failed != nil {
					break
				}
			}
			if long, ok := rec.(*format.Long); ok {
				if len(ch.records) > 0 {
					pending = rec
					return ch, nil
				}
				drained = make(chan struct{})
				ch.long, ch.drained, ch.last = long, drained, long.At
				if long.Err != nil {
					ch.messages = append(ch.messages, (&format.Error{At: long.At, Err: long.Err}).Error())
				}
				return ch, nil
			}
			ch.records = append(ch.records, rec)
			ch.last = rec.Where()
			size += rec.Size()
			if packed == format.None && in.Buffered() == 0 {
				break
			}
		}
		if len(ch.records) > 0 {
			return ch, nil
		}
		return nil, failed
	}
}

// clean works on one chunk, beside others.
func (c *cleaner) clean(ch *chunk, kind *format.Format, rel string, packed format.Compression) *chunk {
	if ch.long != nil {
		return ch
	}
	c.slots <- struct{}{}
	defer func() { <-c.slots }()
	size := 0
	for _, rec := range ch.records {
		size += rec.Size()
	}
	if kind.Rows == nil && !kind.Members && c.cmd.Emit == "" {
		ch.out = make([]byte, 0, size) // mostly it gets less
	}
	for _, rec := range ch.records {
		c.record(rec, kind, rel, ch)
		switch {
		case c.cmd.Emit != "":
		case kind.Rows != nil: // its writer takes the records
		case kind.Members:
			ch.out = append(ch.out, packed.Compress(rec.Append(nil))...)
		default:
			ch.out = rec.Append(ch.out)
		}
	}
	if kind.Rows == nil || c.cmd.Emit != "" {
		ch.records = nil
		if !kind.Members || c.cmd.Emit != "" {
			ch.out = packed.Compress(ch.out)
		}
	}
	return ch
}

// record cleans one record in place.
func (c *cleaner) record(rec format.Record, kind *format.Format, rel string, ch *chunk) {
	doc, err := rec.Document()
	if err != nil {
		if err == format.ErrHTML {
			ch.responses++
		} else if err != format.ErrPass {
			ch.messages = append(ch.messages, err.Error())
		}
		return
	}
	if kind == format.Text && c.cmd.Encoding == "" && format.Legacy(doc.Text) {
		ch.notes = append(ch.notes, "not UTF-8, cleaned as bytes; if you know its encoding, say --encoding NAME")
	}
	result := c.scan(doc)
	ch.stats.Document(result)
	if c.state != nil {
		ch.docs = append(ch.docs, rec.Where().N)
	}
	if c.cmd.Report != "" {
		c.sample.Offer(or(rel, "stdin"), rec.Where().N, result)
	}
	if c.cmd.WarnRemoved > 0 {
		c.warn(rec, result, ch)
	}
	if c.cmd.Emit != "" {
		ch.out = c.cmd.emit(ch.out, rec, result, rel)
	}
	var note []byte
	if c.cmd.Annotate {
		note = report.Note(result)
	}
	if c.removed == nil {
		if c.cmd.Emit == "" {
			rec.Cut(spans(result), note, nil)
		}
		return
	}
	row := report.Removal(result)
	row.File, row.Record = format.Name(rel), rec.Where().N
	rec.Cut(spans(result), note, row)
	if len(row.Spans) > 0 || len(row.Edits) > 0 || row.Encoding != "" {
		ch.removed = append(append(ch.removed, report.JSON(row)...), '\n')
	}
}

// spans says what goes.
func spans(r filter.Result) []filter.Span {
	n := 0
	for _, d := range r.Decisions {
		if !d.Keep {
			n++
		}
	}
	gone := make([]filter.Span, 0, n)
	for _, d := range r.Decisions {
		if !d.Keep {
			gone = append(gone, d.Span)
		}
	}
	return gone
}

// warn names a document that loses too much.
func (c *cleaner) warn(rec format.Record, r filter.Result, ch *chunk) {
	lost := 0
	for _, s := range spans(r) {
		lost += s.Len()
	}
	if share := float64(lost) / float64(max(len(r.Document.Text), 1)); share > c.cmd.WarnRemoved {
		ch.notes = append(ch.notes, fmt.Sprintf("%v: %.0f %% removed", rec.Where(), 100*share))
	}
}
