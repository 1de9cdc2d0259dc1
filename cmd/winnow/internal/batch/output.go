package batch

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// An Output is a directory for results. A file shows in it when it is whole,
// and nothing is ever written outside of it.
type Output struct{ dir, tmp string }

// OpenOutput makes the directory if need be. Half-written files wait in notes,
// a directory below it, for which the caller has the lock.
func OpenOutput(dir, notes string) (*Output, error) {
	o := &Output{dir, filepath.Join(dir, notes, "tmp")}
	// A killed run may have left something.
	if err := errors.Join(os.RemoveAll(o.tmp), os.MkdirAll(o.tmp, 0o777)); err != nil {
		return nil, err
	}
	real, err := filepath.EvalSymlinks(dir)
	o.dir = real
	return o, err
}

// Close leaves nothing but results, and what others noted.
func (o *Output) Close() error {
	err := os.RemoveAll(o.tmp)
	os.Remove(filepath.Dir(o.tmp)) // if there is nothing else
	return err
}

// Path returns where the file of that name stands.
func (o *Output) Path(rel string) string { return filepath.Join(o.dir, filepath.FromSlash(rel)) }

// Create starts a file. Nothing is there before its CloseAtomicallyReplace.
func (o *Output) Create(rel string) (*renameio.PendingFile, error) {
	if !filepath.IsLocal(filepath.FromSlash(rel)) {
		return nil, fmt.Errorf("%s: not a path below the output directory", rel)
	}
	path := o.Path(rel)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, err
	}
	// A link that stands in the output directory may lead elsewhere.
	if real, err := filepath.EvalSymlinks(filepath.Dir(path)); err != nil || !Within(o.dir, real) {
		return nil, errors.Join(err, errors.New("a symbolic link leads out of the output directory"))
	}
	return renameio.NewPendingFile(path, renameio.WithTempDir(o.tmp), renameio.WithPermissions(0o666))
}
