package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/batch"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/report"
)

// The scripts run the command as a process of its own, as users do.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"winnow": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "../../testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"gzip":   packer(func(b []byte) ([]byte, error) { return format.Gzip.Compress(b), nil }),
			"gunzip": packer(func(b []byte) ([]byte, error) { z, err := gzip.NewReader(bytes.NewReader(b)); return all(z, err) }),
			"zstd":   packer(func(b []byte) ([]byte, error) { return format.Zstd.Compress(b), nil }),
			"unzstd": packer(func(b []byte) ([]byte, error) { z, err := zstd.NewReader(bytes.NewReader(b)); return all(z, err) }),
			"bytes":  writeBytes,
			"crlf":   crlf,
			"head":   head,

			"parquet": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(toParquet(ts.MkAbs(args[0]), ts.MkAbs(args[1])))
			},
			"unparquet": func(ts *testscript.TestScript, _ bool, args []string) {
				ts.Check(fromParquet(ts.MkAbs(args[0]), ts.MkAbs(args[1])))
			},
			"lock": lock,
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "root":
				return os.Getuid() == 0, nil
			case "full":
				_, err := os.Stat("/dev/full")
				return err == nil, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
	})
}

// packer makes a command FROM TO of a function.
func packer(f func([]byte) ([]byte, error)) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, _ bool, args []string) {
		out, err := f([]byte(ts.ReadFile(args[0])))
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(args[1]), out, 0o666))
	}
}

func all(r io.Reader, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// writeBytes writes a Go-quoted string to a file: bytes FILE "\xff\x00".
func writeBytes(ts *testscript.TestScript, _ bool, args []string) {
	var s string
	_, err := fmt.Sscanf(`"`+args[1]+`"`, "%q", &s)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(s), 0o666))
}

// crlf gives a file the line ends of Windows, mail and WARC.
func crlf(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\r\n")), 0o666))
}

// A parquetRow is of columns of several kinds.
type parquetRow struct {
	ID   int64    `parquet:"id" json:"id"`
	Text *string  `parquet:"text,optional,snappy" json:"text"`
	Tags []string `parquet:"tags,list" json:"tags"`
	URL  string   `parquet:"url,dict,zstd" json:"url"`
}

// toParquet makes Parquet of JSONL, with a row group of two rows.
func toParquet(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	var rows []parquetRow
	for d := json.NewDecoder(in); ; {
		var r parquetRow
		if err := d.Decode(&r); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		rows = append(rows, r)
	}
	return parquet.WriteFile(to, rows, parquet.MaxRowsPerRowGroup(2), parquet.KeyValueMetadata("made by", "hand"))
}

// fromParquet makes JSONL of Parquet.
func fromParquet(from, to string) error {
	rows, err := parquet.ReadFile[parquetRow](from)
	if err != nil {
		return err
	}
	var out []byte
	for _, r := range rows {
		out = append(append(out, report.JSON(r)...), '\n')
	}
	return os.WriteFile(to, out, 0o666)
}

// lock holds the lock of an output directory until the script ends.
func lock(ts *testscript.TestScript, _ bool, args []string) {
	s, err := batch.OpenState(filepath.Join(ts.MkAbs(args[0]), batch.StateDir), "a test", false)
	ts.Check(err)
	ts.Defer(s.Close)
}

// head cuts a file short: head FROM TO SIZE.
func head(ts *testscript.TestScript, _ bool, args []string) {
	var n int
	_, err := fmt.Sscan(args[2], &n)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(ts.ReadFile(args[0]))[:n], 0o666))
}
