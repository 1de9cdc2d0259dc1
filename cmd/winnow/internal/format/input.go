package format

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"
)

// An Input is a file open for reading, decompressed.
type Input struct {
	Path        string // "" for standard input
	Format      *Format
	Compression Compression
	Size        int64 // of the file, compressed; 0 when unknown

	file  *os.File
	tmp   *os.File // what seekable made
	plain io.Reader
	buf   *bufio.Reader
	limit int64
}

// OpenOptions say what to make of a file.
type OpenOptions struct {
	Format          *Format       // nil: by name, else by its first bytes
	MaxDecompressed int64         // 0: no limit
	Read            *atomic.Int64 // counts what is read, unless nil
}

// Open opens a file, or standard input for "".
func Open(path string, o OpenOptions) (*Input, error) {
	in := &Input{Path: path, Format: o.Format, limit: o.MaxDecompressed, file: os.Stdin}
	if path != "" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		in.file = f
	}
	if fi, err := in.file.Stat(); err == nil && fi.Mode().IsRegular() {
		in.Size = fi.Size()
	} else if err == nil && fi.IsDir() {
		in.file.Close()
		return nil, fmt.Errorf("is a directory")
	}
	packed := bufio.NewReaderSize(&counter{in.file, o.Read}, 64<<10)
	plain, c, err := decompress(packed)
	if err != nil {
		in.file.Close()
		return nil, err
	}
	in.plain, in.Compression = plain, c
	in.buf = packed
	if c != None {
		in.buf = bufio.NewReaderSize(&capped{plain, in.limit, in.limit}, 256<<10)
	}
	if in.Format == nil && path != "" {
		in.Format = ByPath(path)
	}
	if in.Format == nil {
		head, _ := in.buf.Peek(16)
		in.Format = byMagic(head)
	}
	return in, nil
}

// Records starts reading.
func (in *Input) Records(o Options) (Reader, error) {
	if o.MaxRecord <= 0 {
		o.MaxRecord = 1 << 62
	}
	return in.Format.read(in, o)
}

// Buffered returns how many bytes can be read without waiting.
func (in *Input) Buffered() int { return in.buf.Buffered() }

// Close closes the file.
func (in *Input) Close() error {
	if z, ok := in.plain.(io.Closer); ok && in.Compression != None {
		z.Close()
	}
	if in.tmp != nil {
		in.tmp.Close()
	}
	return in.file.Close()
}

// explain makes what decompressors say fit for people.
func (in *Input) explain(err error) error {
	var bomb *bombError
	var reading *fs.PathError
	switch {
	case err == nil || err == io.EOF || in.Compression == None || errors.As(err, &bomb) || errors.As(err, &reading):
		return err
	case err == io.ErrUnexpectedEOF:
		return damaged("the compressed data end too early")
	}
	return damaged("the compressed data are damaged (%w)", err)
}

// counter counts for the progress bar.
type counter struct {
	r io.Reader
	n *atomic.Int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.n != nil {
		c.n.Add(int64(n))
	}
	return n, err
}

// capped ends decompression that goes on and on.
type capped struct {
	r           io.Reader
	left, limit int64
}

func (c *capped) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	if c.limit <= 0 {
		return n, err
	}
	if c.left -= int64(n); c.left < 0 {
		return 0, &bombError{c.limit}
	}
	return n, err
}

type bombError struct{ limit int64 }

func (b *bombError) Error() string {
	return fmt.Sprintf("more than %d bytes decompressed: looks like a bomb; if it is not, raise --max-decompressed", b.limit)
}

// head returns the first bytes, at most n, and whether there are or may be
// more. It does not wait for a slow stream.
func (in *Input) head(n int) (head []byte, more bool) {
	if in.Size == 0 {
		in.buf.Peek(1)
		n = min(n, in.buf.Buffered())
	}
	head, err := in.buf.Peek(n)
	return head, err == nil
}

// LooksLikeHTML reports whether a web page is what comes.
func (in *Input) LooksLikeHTML() bool {
	head, _ := in.head(1 << 10)
	head = bytes.ToLower(bytes.TrimSpace(head))
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// LooksLikeJSONL reports whether the first line is a JSON object, as far as
// the first bytes tell.
func (in *Input) LooksLikeJSONL() bool {
	head, more := in.head(64 << 10)
	line, _, whole := bytes.Cut(unmarked(head), []byte("\n"))
	if !whole && more {
		return bytes.HasPrefix(line, []byte(`{"`)) // a long line
	}
	return walk(line, nil)
}

func (in *Input) empty() bool {
	_, err := in.buf.Peek(1)
	return err == io.EOF
}

// Skip goes to a byte of what Bytes returns, before that is read.
func (in *Input) Skip(n int64) error {
	if in.Compression == None && in.Size > 0 {
		_, err := in.file.Seek(n, io.SeekStart)
		in.buf.Reset(in.file)
		return err
	}
	_, err := io.CopyN(io.Discard, in.buf, n)
	return err
}

// Bytes returns the decompressed bytes, for who wants no records.
func (in *Input) Bytes() *bufio.Reader { return in.buf }
