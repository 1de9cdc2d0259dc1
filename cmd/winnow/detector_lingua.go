//go:build lingua

package main

import (
	"sync"

	"github.com/seed-966a822a/winnow/lang"
	"github.com/seed-966a822a/winnow/lang/lingua"
)

// detectorFlags choose what tells languages.
type detectorFlags struct {
	Detector string `enum:"tables,lingua" default:"tables" help:"What tells languages: ${enum}. lingua takes seconds to start, 1 to 2 GB, and a thousand times as long."`
}

// oracle is lingua, loaded when it is first asked for.
var oracle = sync.OnceValue(func() *lingua.Detector { return lingua.New() })

func (f detectorFlags) detector() lang.Detector {
	if f.Detector == "lingua" {
		return oracle()
	}
	return lang.Default()
}
