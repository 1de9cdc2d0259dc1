// Package model trains and measures the block model of filter/model.
package model

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A Kind says how a text came about.
type Kind uint8

const (
	Page     Kind = iota // page text as it is
	Silver               // page text; the gold is what two extractors agree on
	Segments             // page text with segments to keep and to drop instead of a gold; all else is unknown
	Leftover             // what an extractor left
	Broken               // the same with its line breaks lost
	Clean                // a gold as input
	CleanBroken
	Cut     // a stretch of a page
	Near    // the body of a page and some lines around it, as of an extractor that went too far
	Mute    // page text of which no phrase is known, as in a language without a pack
	Spliced // the body of a page in the place of another's
	Verse   // a gold in short lines, as of a poem or a list: nothing goes
	numKinds
)

var kindNames = [...]string{"page", "silver", "segments", "leftover", "broken", "clean", "clean-broken", "cut", "near", "mute", "spliced", "verse"}

func (k Kind) String() string { return kindNames[k] }

// A Doc is a text to train on or to measure.
type Doc struct {
	ID, Source, Lang, Type, Extractor string
	Title, Text, Gold                 string
	With, Without                     []string
	Kind                              Kind
	Site                              string // documents of one site never part
	URL, Host                         string
}

func read(path string, visit func(*Doc)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return err
		}
	}
	d := json.NewDecoder(bufio.NewReaderSize(r, 1<<20))
	for {
		var doc Doc
		if err := d.Decode(&doc); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		visit(&doc)
	}
}

// site names the site of a document by the longest label of its host, so that
// www.dw.com and amp.dw.de are one.
func site(d *Doc) string {
	host := d.Host
	if host == "" {
		raw := strings.TrimPrefix(d.URL, "hard::")
		if !strings.Contains(raw, "://") {
			raw = "http://" + raw
		}
		if u, err := url.Parse(raw); err == nil {
			host = u.Hostname()
		}
	}
	if d.Source == "fundus" { // fundus-us-CNBC-V1
		if parts := strings.Split(d.ID, "-"); len(parts) > 2 {
			return strings.ToLower(parts[2])
		}
	}
	if host == "" {
		_, name, _ := strings.Cut(d.ID, "-")
		name, _, _ = strings.Cut(name, "-") // readability-wikipedia-4
		return strings.TrimPrefix(strings.ToLower(name), "test_")
	}
	labels := strings.Split(strings.ToLower(strings.TrimPrefix(host, "www.")), ".")
	if len(labels) > 1 {
		labels = labels[:len(labels)-1]
	}
	return slices.MaxFunc(labels, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
}

// Load reads the data files of a directory: pages-*, leftovers-*, segments-*.
func Load(dir string) ([]*Doc, error) {
	var docs []*Doc
	gold, where := map[string]*Doc{}, map[string]string{}
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl*"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var left []*Doc
	for _, file := range files {
		name := filepath.Base(file)
		var visit func(*Doc)
		switch {
		case strings.HasPrefix(name, "pages-silver"):
			visit = func(d *Doc) { d.Kind, d.Type = Silver, "article"; docs = append(docs, d) }
		case strings.HasPrefix(name, "pages-"):
			visit = func(d *Doc) { docs = append(docs, d); gold[d.ID] = d }
		case strings.HasPrefix(name, "segments-"):
			visit = func(d *Doc) { d.Kind = Segments; docs = append(docs, d); where[d.ID] = site(d) }
		case strings.HasPrefix(name, "leftovers-"):
			visit = func(d *Doc) { d.Kind = Leftover; left = append(left, d) }
		default:
			continue
		}
		if err := read(file, visit); err != nil {
			return nil, err
		}
	}
	sites := map[string]bool{}
	for _, d := range docs {
		if d.Site = where[d.ID]; d.Site == "" {
			d.Site = site(d)
		}
		if d.Source != "fundus" {
			sites[d.Site] = true
		}
	}
	for _, d := range docs { // fundus names publishers: diezeit is zeit.de
		if d.Source == "fundus" {
			long := "" // the longest, and the first of those, whatever the order of the map
			for s := range sites {
				if len(s) >= 4 && len(s) > len(d.Site)/2 && strings.Contains(d.Site, s) && (len(s) > len(long) || len(s) == len(long) && s < long) {
					long = s
				}
			}
			if long != "" {
				d.Site = long
			}
		}
	}
	pages := docs
	for _, d := range left {
		g := gold[d.ID]
		d.Source, d.Lang, d.Type, d.Title, d.Gold, d.Site = g.Source, g.Lang, g.Type, g.Title, g.Gold, g.Site
		docs = append(docs, d)
	}
	for _, d := range left {
		b := *d
		b.Kind, b.Text = Broken, flat(d.Text)
		docs = append(docs, &b)
	}
	for _, d := range pages {
		if d.Kind == Page && d.Type == "article" {
			c, b := *d, *d
			c.Kind, c.Text = Clean, d.Gold
			b.Kind, b.Text = CleanBroken, flat(d.Gold)
			docs = append(docs, &c, &b)
			if text := verse(d.Gold, hash64(d.ID+"verse")); text != "" {
				v := *d
				v.Kind, v.Text, v.Gold = Verse, text, text
				docs = append(docs, &v)
			}
		}
	}
	for i, d := range pages {
		if d.Kind == Page && i%2 == 0 {
			c := *d
			c.Kind = Cut
			lines := strings.Split(d.Text, "\n")
			// A stretch that begins and ends anywhere, by a fixed rule.
			from := int(hash64(d.ID)%997) * len(lines) / 2 / 997
			to := len(lines) - int(hash64(d.ID+"/")%997)*len(lines)/2/997
			c.Text = strings.Join(lines[from:max(to, from+1)], "\n")
			docs = append(docs, &c)
		}
	}
	for i, d := range pages {
		if d.Kind == Page && i%2 == 1 {
			c := *d
			c.Kind = Mute
			docs = append(docs, &c)
		}
	}
	return docs, nil
}

func flat(text string) string { return strings.Join(strings.Fields(text), " ") }

func hash64(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h ^ h>>29
}

// Fold returns the fold of a document, 0 to n-1, by its site.
func (d *Doc) Fold(n int) int { return int(hash64(d.Site) >> 7 % uint64(n)) }
