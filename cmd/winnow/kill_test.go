package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var kills = flag.Int("kills", 20, "how often to kill the command")

// TestKilled kills runs at random moments and starts them again, and once more
// from nothing when one ends by itself: in the end, the output is that of a
// run that nobody disturbed.
//
//	go test ./cmd/winnow -run TestKilled -v -kills 200
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	dir := t.TempDir()
	winnow := command(t, dir)
	in := filepath.Join(dir, "in")
	require.NoError(t, os.Mkdir(in, 0o777))
	for i := range 40 {
		lines := strings.Repeat(fmt.Sprintf("{\"id\":%d,\"text\":%q}\n", i, page()), 20)
		require.NoError(t, os.WriteFile(filepath.Join(in, fmt.Sprintf("%02d.jsonl", i)), []byte(lines), 0o666))
	}
	start := func(out string) *exec.Cmd {
		cmd := exec.Command(winnow, in, "-o", out, "--removed", out+".removed", "-q")
		cmd.Stderr = os.Stderr
		require.NoError(t, cmd.Start())
		return cmd
	}
	calm, began := filepath.Join(dir, "calm"), time.Now()
	require.NoError(t, start(calm).Wait())
	took := time.Since(began)

	want := content(t, calm)
	removed, err := os.ReadFile(calm + ".removed")
	require.NoError(t, err)

	hard, killed, runs := filepath.Join(dir, "hard"), 0, 0
	for killed < *kills {
		cmd := start(hard)
		timer := time.AfterFunc(rand.N(took), func() { cmd.Process.Kill() })
		err := cmd.Wait()
		timer.Stop()
		if err != nil {
			killed++
			continue
		}
		runs++
		same(t, want, content(t, hard))
		got, err := os.ReadFile(hard + ".removed")
		require.NoError(t, err)
		require.True(t, bytes.Equal(removed, got), "removed text differs")
		require.NoError(t, errors.Join(os.RemoveAll(hard), os.Remove(hard+".removed")))
	}
	if runs == 0 {
		require.NoError(t, start(hard).Wait())
		same(t, want, content(t, hard))
	}
	t.Logf("killed %d times; %d runs came to their end, with the same bytes", killed, max(runs, 1))
}

// same says which files differ, without printing them.
func same(t *testing.T, want, got map[string]string) {
	require.ElementsMatch(t, slices.Collect(maps.Keys(want)), slices.Collect(maps.Keys(got)))
	for name := range want {
		require.True(t, want[name] == got[name], "%s differs", name)
	}
}

// content reads a tree.
func content(t *testing.T, dir string) map[string]string {
	all := map[string]string{}
	require.NoError(t, fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			b, rerr := os.ReadFile(filepath.Join(dir, path))
			all[path], err = string(b), rerr
		}
		return err
	}))
	return all
}
