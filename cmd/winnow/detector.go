//go:build !lingua

package main

import "github.com/seed-966a822a/winnow/lang"

// detectorFlags choose what tells languages. There is one detector, unless the
// command is built with -tags lingua.
type detectorFlags struct{}

func (detectorFlags) detector() lang.Detector { return lang.Default() }
