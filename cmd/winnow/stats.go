package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/report"
)

type statsCmd struct {
	Merge statsMerge `cmd:"" help:"Add up the counts of several runs or shards, written by --stats."`
}

type statsMerge struct {
	Table bool     `help:"Print a table for people, not JSON."`
	Paths []string `arg:"" name:"stats" help:"What winnow --stats wrote."`
}

// Run adds up.
func (m *statsMerge) Run(a *app) error {
	var sum report.Stats
	for _, p := range m.Paths {
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		var s report.Stats
		if err := json.Unmarshal(b, &s); err != nil {
			return fmt.Errorf("%s: not written by winnow --stats: %w", p, err)
		}
		sum.Add(s)
	}
	if m.Table {
		sum.Summary(a.stdout)
		return nil
	}
	_, err := fmt.Fprintf(a.stdout, "%s\n", report.JSON(sum))
	return err
}
