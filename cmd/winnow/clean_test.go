package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/seed-966a822a/winnow/filter"
)

// page is text as pages have it, of a few kilobytes.
func page() string {
	var b bytes.Buffer
	for i := range 12 {
		fmt.Fprintf(&b, "Home\nNews\nShare this post\nThe bridge will stay closed until spring, the city council said on Tuesday evening, %d days after the first cracks were found in two of its five pillars.\n", i)
		fmt.Fprintf(&b, "“Engineers work day and night”, said the mayor, who has promised that the ferry runs every %d minutes until then and costs nothing for those who live here.\n", 10+i)
	}
	return b.String()
}

// BenchmarkClean is the command over JSONL; BenchmarkScan is the same without
// the command. The difference is what formats and order cost.
func BenchmarkClean(b *testing.B) {
	text := page()
	var file bytes.Buffer
	for i := range 2000 {
		json.NewEncoder(&file).Encode(map[string]any{"id": i, "text": text, "url": "https://example.org/"})
	}
	path := filepath.Join(b.TempDir(), "in.jsonl")
	if err := os.WriteFile(path, file.Bytes(), 0o666); err != nil {
		b.Fatal(err)
	}
	for _, jobs := range []string{"1", "2"} {
		b.Run("j"+jobs, func(b *testing.B) {
			b.SetBytes(int64(2000 * len(text)))
			for b.Loop() {
				if code := run([]string{"-j", jobs, path}, os.Stdin, io.Discard, os.Stderr); code != 0 {
					b.Fatal(code)
				}
			}
		})
	}
}

func BenchmarkScan(b *testing.B) {
	f, err := filter.New(filter.Options{})
	if err != nil {
		b.Fatal(err)
	}
	text := page()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		_ = f.Scan(filter.Document{Text: text}).Text()
	}
}
