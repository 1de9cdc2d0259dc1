package batch

import (
	"errors"
	"io"
	"iter"
)

// A Turn lets tasks that run side by side write to the same streams as if
// they ran one after another. What a task writes ahead of its turn waits in
// memory; when that is much, the task waits.
type Turn struct {
	mine    <-chan struct{} // closed when the task before has ended
	writers []*deferred
}

// InTurn works on each of the items, up to jobs at a time.
func InTurn[T any](jobs int, items iter.Seq[T], work func(T, *Turn)) {
	slots := make(chan struct{}, jobs)
	mine := make(chan struct{})
	close(mine)
	for item := range items {
		slots <- struct{}{}
		next, turn := make(chan struct{}), &Turn{mine: mine}
		go func() {
			work(item, turn)
			turn.Wait()
			close(next)
			<-slots
		}()
		mine = next
	}
	<-mine
}

// Wait returns when all tasks before this one have ended, and all that this
// one has written is on its way, or with the error of a writer.
func (t *Turn) Wait() error {
	<-t.mine
	var errs []error
	for _, w := range t.writers {
		w.flush()
		errs = append(errs, w.err)
	}
	return errors.Join(errs...)
}

// Writer returns a writer to w that keeps to the task's turn. It is used by
// one goroutine at a time.
func (t *Turn) Writer(w io.Writer) io.Writer {
	d := &deferred{turn: t, w: w}
	t.writers = append(t.writers, d)
	return d
}

const mayWait = 1 << 20 // bytes

type deferred struct {
	turn    *Turn
	w       io.Writer
	waiting []byte
	err     error
}

func (d *deferred) Write(p []byte) (int, error) {
	select {
	case <-d.turn.mine:
	default:
		if len(d.waiting)+len(p) <= mayWait {
			d.waiting = append(d.waiting, p...)
			return len(p), nil
		}
		<-d.turn.mine
	}
	if d.flush(); d.err != nil {
		return 0, d.err
	}
	n, err := d.w.Write(p)
	d.err = err
	return n, err
}

func (d *deferred) flush() {
	if d.err == nil && len(d.waiting) > 0 {
		_, d.err = d.w.Write(d.waiting)
	}
	d.waiting = nil
}
