package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/google/renameio/v2"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/batch"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
)

// A destination is where one file's output goes.
type destination struct {
	c       *cleaner
	in      *format.Input
	file    batch.File
	turn    *batch.Turn
	records format.Reader

	w       io.Writer
	rows    format.RowWriter
	packer  io.WriteCloser // between rows and w
	pending *renameio.PendingFile
	any     bool // something was written
}

// A writeError is trouble with one file's output.
type writeError struct {
	path string
	err  error
}

func (e *writeError) Error() string { return fmt.Sprintf("%s: %v; not written", e.path, reason(e.err)) }

// compression of the output is that of the input, but plain for the eye.
func (d *destination) compression() format.Compression {
	if d.c.out == nil && (d.c.headed && d.in.Format == format.Text || isTerminal(d.c.app.stdout)) {
		return format.None
	}
	return d.in.Compression
}

func (d *destination) failed(err error) error {
	if d.c.out == nil {
		return fatal{err}
	}
	return &writeError{d.c.out.Path(d.c.cmd.emitted(d.file.Rel)), err}
}

// open starts the output.
func (d *destination) open() (err error) {
	if d.w != nil {
		return nil
	}
	if d.c.out == nil {
		d.w = d.turn.Writer(d.c.stdout)
		if d.c.headed && d.in.Format == format.Text {
			d.w = d.turn.Writer(&spaced{c: d.c})
			fmt.Fprintf(d.w, "==> %s <==\n", d.file.Path)
		}
	} else {
		if d.pending, err = d.c.out.Create(d.c.cmd.emitted(d.file.Rel)); err != nil {
			return d.failed(err)
		}
		d.w = d.pending
	}
	if d.in.Format.Rows != nil && d.c.cmd.Emit == "" {
		d.packer = d.compression().Writer(d.w)
		if d.rows, err = d.in.Format.Rows(d.packer, d.records); err != nil {
			return d.failed(err)
		}
	}
	return nil
}

func (d *destination) write(ch *chunk) error {
	if err := d.open(); err != nil {
		return err
	}
	d.any = true
	if ch.long != nil {
		defer close(ch.drained)
		if d.c.cmd.Emit != "" {
			return ch.long.Stream(io.Discard)
		}
		to := &remembering{Writer: d.w}
		z := d.compression().Writer(to)
		err := ch.long.Stream(z)
		if z.Close(); to.err != nil {
			return d.failed(to.err)
		}
		return err // of reading
	}
	if d.rows != nil {
		for _, rec := range ch.records {
			if err := d.rows.Write(rec); err != nil {
				return d.failed(err)
			}
		}
		return nil
	}
	if _, err := d.w.Write(ch.out); err != nil {
		return d.failed(err)
	}
	return nil
}

// close makes the output whole.
func (d *destination) close() error {
	if err := d.open(); err != nil {
		return err
	}
	if !d.any && d.rows == nil && d.compression() != format.None {
		if _, err := d.w.Write(d.compression().Compress(nil)); err != nil {
			return d.failed(err)
		}
	}
	if d.rows != nil {
		if err := errors.Join(d.rows.Close(), d.packer.Close()); err != nil {
			return d.failed(err)
		}
	}
	if d.pending != nil {
		pending := d.pending
		d.pending = nil
		if err := pending.CloseAtomicallyReplace(); err != nil {
			pending.Cleanup()
			return d.failed(err)
		}
	}
	return nil
}

// abandon leaves no trace of an output that close has not made whole.
func (d *destination) abandon() {
	if d.pending != nil {
		d.pending.Cleanup()
	}
}

// A spaced puts an empty line between bodies, as head(1) does. It is written
// to in turn, so it knows whether it is the first.
type spaced struct {
	c       *cleaner
	started bool
}

func (h *spaced) Write(p []byte) (int, error) {
	if !h.started && h.c.some {
		if _, err := io.WriteString(h.c.stdout, "\n"); err != nil {
			return 0, err
		}
	}
	h.started, h.c.some = true, true
	return h.c.stdout.Write(p)
}

// A remembering writer tells its own errors from those of what is copied to it.
type remembering struct {
	io.Writer
	err error
}

func (r *remembering) Write(p []byte) (int, error) {
	n, err := r.Writer.Write(p)
	if err != nil {
		r.err = err
	}
	return n, err
}

// A named writer's errors say what it writes to.
type named struct {
	w    io.Writer
	name string
}

func (n named) Write(p []byte) (int, error) {
	count, err := n.w.Write(p)
	if err != nil {
		err = fmt.Errorf("%s: %w", n.name, reason(err))
	}
	return count, err
}
