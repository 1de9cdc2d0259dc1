package filter

import (
	"fmt"
	"io/fs"
	"sync"

	"github.com/cespare/xxhash/v2"

	"github.com/seed-966a822a/winnow/filter/model"
	"github.com/seed-966a822a/winnow/lang"
)

// A Knowledge names what results depend on beside the code, each by the first
// hexadecimal digits of its hash.
type Knowledge struct{ Packs, Model, Tables string }

// Version returns what the built-in packs with their word lists, block model and
// language tables are.
var Version = sync.OnceValue(func() Knowledge {
	h := xxhash.New()
	for _, files := range [...]fs.FS{embedded, words} {
		names, _ := fs.Glob(files, "*/*.txt")
		for _, name := range names {
			text, _ := fs.ReadFile(files, name)
			fmt.Fprintln(h, name, len(text))
			h.Write(text)
		}
	}
	short := func(sum uint64) string { return fmt.Sprintf("%08x", uint32(sum>>32)) }
	return Knowledge{short(h.Sum64()), short(model.Hash()), short(lang.Hash())}
})
