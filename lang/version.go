package lang

import "github.com/cespare/xxhash/v2"

// Hash returns a hash of the embedded tables, to tell builds apart.
func Hash() uint64 {
	h := xxhash.New()
	for _, t := range [...]string{latinTable, cyrillicTable, arabicTable, devanagariTable, hanTable} {
		_, _ = h.WriteString(t) // it never fails
	}
	return h.Sum64()
}
