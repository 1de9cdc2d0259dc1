package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/renameio/v2"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/batch"
)

// A sideFile is what a run writes beside its outputs: removed text, counts,
// the report. It appears when it is whole.
type sideFile interface {
	io.Writer
	CloseAtomicallyReplace() error
	Cleanup() error
}

// createSide starts a file. Where something that is no file stands, such as
// /dev/null or a pipe, it is written to, not replaced.
func createSide(path string) (sideFile, error) {
	f, err := sideAt(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", called(path), reason(err))
	}
	return f, nil
}

func sideAt(path string) (sideFile, error) {
	if special(path) {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
		return opened{f}, err
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return renameio.NewPendingFile(path, renameio.WithPermissions(0o666), renameio.WithTempDir(filepath.Dir(path)))
}

func special(path string) bool {
	fi, err := os.Stat(path)
	return err == nil && !fi.Mode().IsRegular() || strings.HasPrefix(path, "/dev/")
}

type opened struct{ *os.File }

func (o opened) CloseAtomicallyReplace() error { return o.Close() }
func (o opened) Cleanup() error                { return o.Close() }

// writeSide makes a file, unless path is empty.
func writeSide(path string, write func(io.Writer) error) error {
	if path == "" {
		return nil
	}
	f, err := createSide(path)
	if err != nil {
		return err
	}
	defer f.Cleanup()
	b := bufio.NewWriter(f)
	if err := errors.Join(write(b), b.Flush()); err != nil {
		return fmt.Errorf("%s: %w", called(path), reason(err))
	}
	return f.CloseAtomicallyReplace()
}

// checkSides refuses files that cannot be written, or would overwrite others,
// before hours of work.
func (c *cleanCmd) checkSides(files []batch.File) error {
	taken := map[string]string{} // what stands where
	for _, f := range files {
		if f.Err == nil && f.Path != "" {
			taken[real(f.Path)] = "the input " + called(f.Path)
			if c.Out != "" {
				taken[real(filepath.Join(c.Out, filepath.FromSlash(c.emitted(f.Rel))))] = "the output of " + called(f.Path)
			}
		}
	}
	for _, side := range []struct{ flag, path string }{{"--removed", c.Removed}, {"--stats", c.Stats}, {"--report", c.Report}} {
		if side.path == "" || special(side.path) && !isDir(side.path) {
			continue
		}
		at := real(side.path)
		if what := taken[at]; what != "" {
			return usage("%s %s would overwrite %s: choose another name", side.flag, called(side.path), what)
		}
		for _, p := range c.Paths {
			if isDir(p) && batch.Within(real(p), at) {
				return usage("%s %s lies inside of the input directory %s: choose a place outside", side.flag, called(side.path), called(p))
			}
		}
		taken[at] = side.flag
		if c.DryRun {
			continue
		}
		f, err := createSide(side.path)
		if err != nil {
			return err
		}
		f.Cleanup()
	}
	return nil
}

func isDir(path string) bool {
	fi, err := os.Stat(path)
	return err == nil && fi.IsDir()
}
