// Package batch does work side by side and hands on the results in input
// order, with bounded memory.
package batch

import "io"

// Ordered works on the items that next returns, until [io.EOF], and emits the
// results in their order. Up to ahead items are worked on at a time. It
// returns the first error, of next or of emit, after emitting what came
// before it.
func Ordered[T, R any](ahead int, next func() (T, error), work func(T) R, emit func(R) error) error {
	queue := make(chan chan R, ahead)
	stop := make(chan struct{})
	defer close(stop)
	var failed error
	go func() {
		defer close(queue)
		for {
			item, err := next()
			if err != nil {
				if err != io.EOF {
					failed = err
				}
				return
			}
			result := make(chan R, 1)
			select {
			case queue <- result:
			case <-stop:
				return
			}
			go func() { result <- work(item) }()
		}
	}()
	for result := range queue {
		if err := emit(<-result); err != nil {
			return err
		}
	}
	return failed
}
