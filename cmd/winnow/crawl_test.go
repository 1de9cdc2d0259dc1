package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/report"
	"github.com/seed-966a822a/winnow/filter"
)

var (
	crawlSize    = flag.String("crawl", "", "make crawls of this size, such as 1GB, and measure the command over them")
	crawlPages   = flag.String("pages", "", "JSONL whose texts the crawls repeat; default: pages of our own")
	crawlFormats = flag.String("formats", "jsonl,jsonl.gz,jsonl.zst,wet.gz,parquet,line", "kinds of crawls")
	crawlJobs    = flag.String("jobs", "1,2", "values of -j")
)

// TestCrawl makes a crawl of each kind, of as many bytes before compression,
// and prints what the command takes for it, beside the library alone:
//
//	go test ./cmd/winnow -run TestCrawl -v -timeout 0 -crawl 1GB
//
// The kind "line" is JSONL with one record as long as all the crawl. CPU time
// depends less than the time on what else the machine does.
func TestCrawl(t *testing.T) {
	if *crawlSize == "" {
		t.Skip("takes minutes: say -crawl SIZE")
	}
	n, err := parseSize(*crawlSize)
	require.NoError(t, err)
	texts := crawlTexts(t)
	dir := t.TempDir()
	winnow := command(t, dir)
	scan(t, texts, min(n, 64<<20))
	for _, kind := range strings.Split(*crawlFormats, ",") {
		path := filepath.Join(dir, "crawl."+kind)
		text := makeCrawl(t, path, n, texts)
		for _, jobs := range strings.Split(*crawlJobs, ",") {
			cmd := exec.Command(winnow, "-j", jobs, path)
			cmd.Stderr = os.Stderr
			out, err := os.Create(path + ".out")
			require.NoError(t, err)
			cmd.Stdout = out
			start := time.Now()
			require.NoError(t, cmd.Start())
			memory := peak(cmd.Process.Pid)
			if err := cmd.Wait(); kind != "line" { // too long a line is a message, and exit status 1
				require.NoError(t, err)
			}
			took := time.Since(start)
			out.Close()
			os.Remove(out.Name())
			row(t, kind+" -j "+jobs, text, took, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime(), report.Size(memory()))
		}
		os.Remove(path)
	}
}

// TestLongLine pipes in a line of 2 GB, between two that are as usual.
func TestLongLine(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	const size = int64(2 << 30)
	cmd := exec.Command(command(t, t.TempDir()), "--format", "jsonl")
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	var messages strings.Builder
	cmd.Stderr = &messages
	require.NoError(t, cmd.Start())
	memory := peak(cmd.Process.Pid)
	go func() {
		defer in.Close()
		io.WriteString(in, "{\"text\":\"spot_img\"}\n{\"text\":\"")
		text := []byte(strings.Repeat("spot_img ", 10_000))
		for n := int64(0); n < size; n += int64(len(text)) {
			in.Write(text)
		}
		io.WriteString(in, "\"}\n{\"text\":\"spot_img\"}\n")
	}()
	head, err := bufio.NewReader(io.LimitReader(out, 12)).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "{\"text\":\"\"}\n", head)
	n, err := io.Copy(io.Discard, out)
	require.NoError(t, err)
	most := memory()
	require.Error(t, cmd.Wait())
	require.Equal(t, "winnow: standard input: record 2, byte 20: a line of more than 33554432 bytes is passed through; raise --max-record\n", messages.String())
	require.Greater(t, n, size)
	t.Logf("%s through, %s resident", report.Size(n), report.Size(most))
	require.Less(t, most, int64(200e6))
}

// row prints a measurement.
func row(t *testing.T, what string, text int64, took, cpu time.Duration, memory string) {
	rate := func(d time.Duration) float64 { return float64(text) / 1e6 / d.Seconds() }
	t.Logf("%-16s %9s of text, %6.1f s, %6.1f MB/s; CPU %6.1f s, %6.1f MB/s; %s resident", what, report.Size(text), took.Seconds(), rate(took), cpu.Seconds(), rate(cpu), memory)
}

// scan measures the library alone.
func scan(t *testing.T, texts []string, n int64) {
	f, err := filter.New(filter.Options{})
	require.NoError(t, err)
	for _, text := range texts[:min(len(texts), 100)] {
		f.Clean(text) // packs are read as their languages come by
	}
	before, start := cpuTime(), time.Now()
	done := int64(0)
	for i := 0; done < n; i++ {
		text := texts[i%len(texts)]
		f.Clean(text)
		done += int64(len(text))
	}
	row(t, "library alone", done, time.Since(start), cpuTime()-before, "-")
}

// peak watches a process until it ends, and returns what returns the most
// memory it had resident. (What the system says after its end counts this
// process too, from which it came.)
func peak(pid int) func() int64 {
	most := make(chan int64, 1)
	go func() {
		kb := int64(0)
		for {
			status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
			_, after, ok := strings.Cut(string(status), "VmHWM:")
			if err != nil || !ok {
				most <- kb << 10
				return
			}
			fmt.Sscan(after, &kb)
			time.Sleep(20 * time.Millisecond)
		}
	}()
	return func() int64 { return <-most }
}

func cpuTime() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		panic(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

func crawlTexts(t *testing.T) (texts []string) {
	if *crawlPages == "" {
		return []string{page()}
	}
	require.NoError(t, eachRow(*crawlPages, func(r goldRow) {
		if r.Text != "" {
			texts = append(texts, r.Text)
		}
	}))
	return texts
}

// makeCrawl writes a file of n bytes before compression, and returns how many
// bytes of text are in it.
func makeCrawl(t *testing.T, path string, n int64, texts []string) (text int64) {
	f, err := os.Create(path)
	require.NoError(t, err)
	defer f.Close()
	kind, packed := format.CutCompression(strings.TrimPrefix(filepath.Base(path), "crawl."))
	z := packed.Writer(f)
	w := bufio.NewWriterSize(z, 1<<20)
	if kind == "parquet" {
		type row struct {
			ID   int64  `parquet:"id"`
			URL  string `parquet:"url"`
			Text string `parquet:"text,zstd"`
		}
		rows := parquet.NewGenericWriter[row](w, parquet.MaxRowsPerRowGroup(100_000))
		for i := int64(0); text < n; i++ {
			r := row{i, "https://example.org/", texts[i%int64(len(texts))]}
			_, err := rows.Write([]row{r})
			require.NoError(t, err)
			text += int64(len(r.Text))
		}
		require.NoError(t, rows.Close())
	}
	if kind == "line" {
		io.WriteString(w, `{"text":"`)
	}
	written := int64(0)
	for i := 0; kind != "parquet" && written < n; i++ {
		var record []byte
		page := texts[i%len(texts)]
		switch kind {
		case "line":
			record, _ = json.Marshal(page)
			record = record[1 : len(record)-1]
		case "jsonl":
			record = append(report.JSON(map[string]any{"id": i, "url": "https://example.org/", "text": page}), '\n')
		default:
			record = fmt.Appendf(nil, "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://example.org/%d\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", i, len(page), page)
			if packed != format.None {
				_, err = f.Write(packed.Compress(record))
				record, written = nil, written+int64(len(record))
			}
		}
		m, werr := w.Write(record)
		require.NoError(t, err)
		require.NoError(t, werr)
		written += int64(m)
		text += int64(len(page))
	}
	if kind == "line" {
		io.WriteString(w, "\"}\n")
	}
	require.NoError(t, w.Flush())
	require.NoError(t, z.Close())
	return text
}

// command puts the command's test binary under the command's name, by which
// TestMain runs it.
func command(t *testing.T, dir string) string {
	self, err := os.Executable()
	require.NoError(t, err)
	path := filepath.Join(dir, "winnow")
	require.NoError(t, os.Symlink(self, path))
	return path
}
