package batch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestOrdered(t *testing.T) {
	i := 0
	var got []int
	err := Ordered(4,
		func() (int, error) {
			if i++; i > 500 {
				return 0, errors.New("end")
			}
			return i, nil
		},
		func(i int) int { time.Sleep(rand.N(50 * time.Microsecond)); return i * i },
		func(sq int) error { got = append(got, sq); return nil })
	assert.EqualError(t, err, "end")
	assert.Len(t, got, 500)
	assert.True(t, slices.IsSorted(got))

	err = Ordered(4, func() (int, error) { return 1, nil }, func(i int) int { return i },
		func(int) error { return io.ErrClosedPipe })
	assert.Equal(t, io.ErrClosedPipe, err)
}

func TestInTurn(t *testing.T) {
	var out, want bytes.Buffer
	for i := range 200 {
		fmt.Fprintln(&want, i, strings.Repeat("x", i*100), "end")
	}
	ints := func(yield func(int) bool) {
		for i := 0; i < 200 && yield(i); i++ {
		}
	}
	InTurn(8, ints, func(i int, turn *Turn) {
		w := turn.Writer(&out)
		fmt.Fprint(w, i, " ")
		time.Sleep(rand.N(100 * time.Microsecond))
		fmt.Fprintln(w, strings.Repeat("x", i*100), "end")
	})
	assert.Equal(t, want.String(), out.String())
}

func TestSelect(t *testing.T) {
	for _, c := range []struct {
		pattern, rel string
		want         bool
	}{
		{"*.txt", "a.txt", true},
		{"*.txt", "a/b/c.txt", true},
		{"*.txt", "a.txt.gz", false},
		{"/*.txt", "a.txt", true},
		{"/*.txt", "a/b.txt", false},
		{"a", "a/b/c.txt", true},
		{"b", "a/b/c.txt", true},
		{"b/", "a/b/c.txt", true},
		{"c.txt/", "a/b/c.txt", false},
		{"b/*.txt", "a/b/c.txt", false},
		{"a/*", "a/b/c.txt", true},
		{"a/*.txt", "a/b/c.txt", false},
		{"**/c.txt", "a/b/c.txt", true},
		{"**/c.txt", "c.txt", true},
		{"a/**/*.txt", "a/c.txt", true},
		{"a/**/*.txt", "a/b/b/c.txt", true},
		{"a/**", "a/b/c.txt", true},
		{"a/**", "b/c.txt", false},
		{"[ab]/?.txt", "b/c.txt", true},
	} {
		assert.Equal(t, c.want, Select{Include: []string{c.pattern}}.takes(c.rel), "%s %s", c.pattern, c.rel)
		assert.Equal(t, !c.want, Select{Exclude: []string{c.pattern}}.takes(c.rel), "%s %s", c.pattern, c.rel)
	}
}
