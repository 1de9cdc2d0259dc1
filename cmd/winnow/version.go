package main

import (
	"fmt"
	"runtime/debug"

	"github.com/alecthomas/kong"

	"github.com/seed-966a822a/winnow/filter"
)

type versionCmd struct{}

// Run says which winnow this is.
func (*versionCmd) Run(a *app) error {
	_, err := fmt.Fprintln(a.stdout, version())
	return err
}

type versionFlag bool

// BeforeReset says it before anything else is asked of the command line.
func (versionFlag) BeforeReset(a *app, c *kong.Context) error {
	err := (*versionCmd)(nil).Run(a)
	c.Exit(0)
	return err
}

// version is what the build knows of itself, and what results depend on
// beside the code.
func version() string {
	v := "winnow (unknown build)"
	if info, ok := debug.ReadBuildInfo(); ok {
		v = "winnow " + info.Main.Version
		commit, dirty := "", ""
		for _, s := range info.Settings {
			switch {
			case s.Key == "vcs.revision" && len(s.Value) >= 12:
				commit = " commit " + s.Value[:12]
			case s.Key == "vcs.modified" && s.Value == "true":
				dirty = "+changes"
			}
		}
		v += commit + dirty + " " + info.GoVersion
	}
	k := filter.Version()
	return fmt.Sprintf("%s, model %s, tables %s, packs %s", v, k.Model, k.Tables, k.Packs)
}
