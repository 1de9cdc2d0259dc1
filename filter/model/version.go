package model

import "github.com/cespare/xxhash/v2"

// Hash returns a hash of the embedded model, to tell builds apart.
func Hash() uint64 { return xxhash.Sum64(embedded) }
