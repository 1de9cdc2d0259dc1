package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/seed-966a822a/winnow/cmd/winnow/internal/format"
	"github.com/seed-966a822a/winnow/cmd/winnow/internal/report"
	"github.com/seed-966a822a/winnow/filter"
)

// emit appends a document in the way of --emit.
func (c *cleanCmd) emit(dst []byte, rec format.Record, r filter.Result, rel string) []byte {
	id := or(r.Document.ID, fmt.Sprintf("%s:%d", or(rel, "stdin"), rec.Where().N))
	switch c.Emit {
	case "text":
		text := strings.TrimSpace(r.Text())
		return append(append(dst, text...), "\n\n"...)
	case "attributes":
		source := rel
		if o, ok := rec.(format.Object); ok {
			if raw := o.Get("source"); raw != nil {
				json.Unmarshal(raw, &source)
			}
		}
		return append(dst, report.Attributes(id, source, r)...)
	}
	return append(dst, report.Row(id, r)...)
}

// emitted is the name of the output for an input's name: the same, or, when
// another format is written, with that at its end.
func (c *cleanCmd) emitted(rel string) string {
	kind := "jsonl"
	switch c.Emit {
	case "":
		return rel
	case "text":
		kind = "text"
	}
	if named := format.ByPath(rel); named != nil && named.Name == kind {
		return rel
	}
	base, packed := format.CutCompression(rel)
	return base + format.ByName(kind).Exts[0] + string(packed)
}
