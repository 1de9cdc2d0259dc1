package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/batch"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/report"
)

// progress is the bar at the foot of a terminal, and what it shows.
type progress struct {
	read atomic.Int64 // bytes of the files
	text atomic.Int64 // bytes of their documents
	gone atomic.Int64 // of those
	done atomic.Int64 // files

	mu   sync.Mutex // of the terminal
	bar  *progressbar.ProgressBar
	quit chan struct{}
}

// show starts the bar.
func (p *progress) show(w io.Writer, files []batch.File) {
	total := int64(0)
	for _, f := range files {
		total += f.Size
	}
	if total == 0 {
		total = -1 // standard input: only what is done is known
	}
	p.bar = progressbar.NewOptions64(total, progressbar.OptionSetWriter(w), progressbar.OptionShowBytes(true),
		progressbar.OptionFullWidth(), progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(true))
	p.quit = make(chan struct{})
	go func() {
		for {
			select {
			case <-p.quit:
				return
			case <-time.After(200 * time.Millisecond):
			}
			p.mu.Lock()
			p.bar.Describe(fmt.Sprintf("%d/%d files, %.0f %% removed", p.done.Load(), len(files), 100*float64(p.gone.Load())/float64(max(p.text.Load(), 1))))
			p.bar.Set64(p.read.Load())
			p.mu.Unlock()
		}
	}()
}

// end takes the bar away.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		close(p.quit)
		p.bar.Clear()
		p.bar = nil
	}
}

// A barred writer writes messages above the bar.
type barred struct {
	p *progress
	w io.Writer
}

func (b barred) Write(m []byte) (int, error) {
	b.p.mu.Lock()
	defer b.p.mu.Unlock()
	if b.p.bar != nil {
		b.p.bar.Clear()
	}
	return b.w.Write(m)
}

// watch shows progress, and ends the run on an interrupt when there is
// something to finish, the files in hand, or to clear away, half of the
// removed text. It returns what stops watching.
func (c *cleaner) watch(files []batch.File, removed sideFile) func() {
	if !c.cmd.Quiet && isTerminal(c.app.stderr) && (c.out != nil || !isTerminal(c.app.stdout)) && len(c.cmd.Paths) > 0 {
		c.progress.show(c.app.stderr, files)
	}
	interrupts := make(chan os.Signal, 2)
	if c.out != nil || removed != nil {
		signal.Notify(interrupts, os.Interrupt, syscall.SIGTERM)
		go func() {
			if _, ok := <-interrupts; !ok {
				return
			}
			if c.out == nil {
				removed.Cleanup()
				os.Exit(130)
			}
			c.stop(errInterrupted)
			fmt.Fprintln(c.stderr, "winnow: finishing the files in hand; once more to leave at once")
			if _, ok := <-interrupts; ok {
				os.Exit(130)
			}
		}()
	}
	return func() {
		signal.Stop(interrupts)
		close(interrupts)
		c.progress.end()
	}
}

// report writes the counts.
func (c *cleaner) report() error {
	if !c.cmd.Quiet && (c.cmd.Verbose || isTerminal(c.app.stderr) && c.out != nil) {
		c.stats.Summary(c.app.stderr)
	}
	return errors.Join(
		writeSide(c.cmd.Stats, func(w io.Writer) error {
			_, err := w.Write(append(report.JSON(c.stats), '\n'))
			return err
		}),
		writeSide(c.cmd.Report, func(w io.Writer) error { return report.HTML(w, c.stats, &c.sample) }))
}
