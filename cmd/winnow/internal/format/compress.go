package format

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// A Compression wraps any format.
type Compression string

// The compressions.
const (
	None Compression = ""
	Gzip Compression = ".gz"
	Zstd Compression = ".zst"
)

// CutCompression splits "a.jsonl.gz" into "a.jsonl" and Gzip.
func CutCompression(name string) (string, Compression) {
	for _, c := range []Compression{Gzip, Zstd} {
		if base, ok := strings.CutSuffix(name, string(c)); ok && base != "" {
			return base, c
		}
	}
	return name, None
}

// decompress looks at the first bytes, as names lie.
func decompress(r *bufio.Reader) (io.Reader, Compression, error) {
	head, _ := r.Peek(4)
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, Gzip, fmt.Errorf("begins like gzip, but is damaged: %w", err)
		}
		return z, Gzip, nil
	case bytes.Equal(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(256<<20))
		if err != nil {
			return nil, Zstd, fmt.Errorf("begins like zstd, but is damaged: %w", err)
		}
		return z.IOReadCloser(), Zstd, nil
	}
	return r, None, nil
}

var (
	gzips = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}
	zstds = sync.Pool{New: func() any { return newZstd(nil) }}
)

// newZstd returns an encoder that looks back over no more than a chunk or
// four, and needs a tenth of the memory for it.
func newZstd(w io.Writer) *zstd.Encoder {
	e, err := zstd.NewWriter(w, zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic(err) // of the options above, which are constant
	}
	return e
}

// Compress returns plain as one member, which may follow other members. So
// the workers compress side by side, and the result is the same for any
// number of them.
func (c Compression) Compress(plain []byte) []byte {
	switch c {
	case Gzip:
		var b bytes.Buffer
		z := gzips.Get().(*gzip.Writer)
		defer gzips.Put(z)
		z.Reset(&b)
		z.Write(plain) // to memory: cannot fail
		z.Close()
		return b.Bytes()
	case Zstd:
		z := zstds.Get().(*zstd.Encoder)
		defer zstds.Put(z)
		return z.EncodeAll(plain, nil)
	}
	return plain
}

// Writer returns a writer of one member to w.
func (c Compression) Writer(w io.Writer) io.WriteCloser {
	switch c {
	case Gzip:
		return gzip.NewWriter(w)
	case Zstd:
		return newZstd(w)
	}
	return nopCloser{w}
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
