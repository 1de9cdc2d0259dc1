package batch

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
)

// A State remembers which files are done, so that a run that was killed at any
// moment goes on where it stopped. It is a file of one row a done file in the
// output directory, written after the file's output is in its place:
//
//  1. the rows of removed text are appended to the store,
//  2. the output appears under its name,
//  3. the row is appended here.
//
// What a killed run did beyond its last row is undone at the next start, or
// done again to the same bytes.
type State struct {
	dir   string
	lock  *os.File
	rows  *os.File
	Store *os.File // of removed text; Done's rows say whose is what
	size  int64    // of the store, as far as there are rows

	mu   sync.Mutex
	done map[format.Name]Done
}

// A Done is what the state remembers of a file.
type Done struct {
	Rel      format.Name     `json:"file"`
	Size     int64           `json:"size"`
	ModTime  time.Time       `json:"mtime"`
	Hash     string          `json:"xxhash,omitempty"`
	Output   int64           `json:"output"`  // its size
	Removed  [2]int64        `json:"removed"` // from where to where in the store
	Messages []string        `json:"messages,omitempty"`
	Sample   []int           `json:"sample,omitempty"` // documents a report would show
	Stats    json.RawMessage `json:"stats,omitempty"`
}

const rowsName = "state.jsonl"

// stateHead is the first row: what the outputs depend on.
type stateHead struct {
	Key string `json:"made by"`
}

// OpenState opens the state in a directory, and locks it against other runs.
// Another key than that of the run before is an error, unless force is set,
// which forgets what was done.
func OpenState(dir, key string, force bool) (*State, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	s := &State{dir: dir, done: map[format.Name]Done{}}
	var err error
	if s.lock, err = os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o666); err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(s.lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		s.lock.Close()
		return nil, errors.New("another winnow is writing here; wait for it, or choose another directory")
	}
	if s.rows, err = os.OpenFile(filepath.Join(dir, rowsName), os.O_CREATE|os.O_RDWR, 0o666); err == nil {
		s.Store, err = os.OpenFile(filepath.Join(dir, "removed.jsonl"), os.O_CREATE|os.O_RDWR, 0o666)
	}
	if err == nil {
		err = s.load(key, force)
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// PeekState returns what is done, for [State.Done] only. It locks and changes
// nothing.
func PeekState(dir, key string, force bool) (*State, error) {
	s := &State{dir: dir, done: map[format.Name]Done{}}
	content, err := os.ReadFile(filepath.Join(dir, rowsName))
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err == nil {
		_, err = s.parse(content, key, force)
	}
	return s, err
}

func (s *State) load(key string, force bool) error {
	content, err := io.ReadAll(s.rows)
	if err != nil {
		return err
	}
	whole, err := s.parse(content, key, force)
	if err != nil {
		return err
	}
	if fi, err := s.Store.Stat(); err != nil || fi.Size() < s.size {
		return fmt.Errorf("%s is damaged; --force does all again", s.Store.Name())
	}
	err = errors.Join(s.rows.Truncate(int64(whole)), s.Store.Truncate(s.size))
	if err == nil && whole == 0 {
		err = s.append(stateHead{key})
	}
	s.rows.Seek(0, io.SeekEnd)
	s.Store.Seek(0, io.SeekEnd)
	return err
}

// parse reads the rows and returns how much of the content they are.
func (s *State) parse(content []byte, key string, force bool) (int, error) {
	// A last line without an end is one that was being written.
	whole := bytes.LastIndexByte(content, '\n') + 1
	lines := bufio.NewReader(bytes.NewReader(content[:whole]))
	var head stateHead
	first, _ := lines.ReadBytes('\n')
	if json.Unmarshal(first, &head) != nil || force {
		return 0, nil
	} else if head.Key != key {
		return 0, fmt.Errorf("holds the output of other options or another version; --force does all again\n was: %s\n now: %s", head.Key, key)
	}
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return whole, nil
		}
		var d Done
		if err := json.Unmarshal(line, &d); err != nil {
			return 0, fmt.Errorf("%s is damaged (%v); --force does all again", filepath.Join(s.dir, rowsName), err)
		}
		s.done[d.Rel] = d
		s.size = max(s.size, d.Removed[1])
	}
}

func (s *State) append(row any) error {
	line, err := json.Marshal(row)
	if err != nil {
		return err
	}
	if _, err := s.rows.Seek(0, io.SeekEnd); err != nil {
		return err
	}
	_, err = s.rows.Write(append(line, '\n'))
	return err
}

// Done returns what is known of a file that needs no work: it is the same as
// when it was done, and its output is there.
func (s *State) Done(f File, output, hash string) (Done, bool) {
	s.mu.Lock()
	d, ok := s.done[format.Name(f.Rel)]
	s.mu.Unlock()
	if !ok || d.Size != f.Size || hash == "" && !d.ModTime.Equal(f.ModTime) || hash != "" && d.Hash != hash {
		return d, false
	}
	fi, err := os.Stat(output)
	return d, err == nil && fi.Size() == d.Output
}

// Add remembers a file, whose removed text is what was written to the store
// since the last one. The next run will know of it if it is whole.
func (s *State) Add(d Done, whole bool) error {
	end, err := s.Store.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	d.Removed = [2]int64{s.size, end}
	s.size = end
	s.mu.Lock()
	s.done[d.Rel] = d
	s.mu.Unlock()
	if !whole {
		return nil
	}
	return s.append(d)
}

// Skip forgets what was written to the store since the last file.
func (s *State) Skip() error {
	end, err := s.Store.Seek(0, io.SeekEnd)
	s.size = end
	return err
}

// CopyRemoved writes the removed text of the files, in their order.
func (s *State) CopyRemoved(w io.Writer, files []File) error {
	for _, f := range files {
		if d, ok := s.done[format.Name(f.Rel)]; ok {
			if _, err := io.Copy(w, io.NewSectionReader(s.Store, d.Removed[0], d.Removed[1]-d.Removed[0])); err != nil {
				return err
			}
		}
	}
	return nil
}

// Close closes the state's files.
func (s *State) Close() {
	for _, f := range []*os.File{s.rows, s.Store, s.lock} {
		if f != nil {
			f.Close()
		}
	}
}

// Hash returns a hash of a file's content.
func Hash(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := xxhash.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return fmt.Sprintf("%016x", h.Sum64()), nil
}

// Shard says which file belongs to the i-th of n shards, from 1.
func Shard(f File, i, n int) bool {
	h := fnv.New32a()
	io.WriteString(h, f.Rel)
	return n == 0 || int(h.Sum32()%uint32(n)) == i-1
}
