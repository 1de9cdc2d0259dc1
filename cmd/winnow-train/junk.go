package main

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// junkKinds make text that is no language, of the kinds that pages are full of.
var junkKinds = []struct {
	name string
	make func(*rand.Rand) string
}{
	{"date", func(r *rand.Rand) string {
		layouts := []string{"2006-01-02", "02.01.2006", "1/2/06, 3:04 PM", time.RFC3339, time.RFC1123, "2 Jan 2006", "Jan 2, 2006",
			"January 2, 2006", "02 January 2006 15:04", "15:04 | 2.1.2006", "Mon Jan 2 2006", "2006/01/02 15:04:05", "20060102T150405Z"}
		return time.Unix(r.Int64N(1.9e9), 0).UTC().Format(layouts[r.IntN(len(layouts))])
	}},
	{"id", func(r *rand.Rand) string {
		h := randomHex(r, 16)
		return []string{h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:], "post-" + fmt.Sprint(r.IntN(1e6)),
			"#" + fmt.Sprint(r.IntN(1e5)), "ISBN 978-3-" + fmt.Sprint(r.IntN(1e6)), "v" + fmt.Sprint(r.IntN(20)) + "." + fmt.Sprint(r.IntN(9)) + "-rc" + fmt.Sprint(r.IntN(4))}[r.IntN(5)]
	}},
	{"hash", func(r *rand.Rand) string { return randomHex(r, []int{4, 8, 16, 20, 32}[r.IntN(5)]) }},
	{"base64", func(r *rand.Rand) string {
		b, _ := hex.DecodeString(randomHex(r, 9+r.IntN(60)))
		return base64.StdEncoding.EncodeToString(b)
	}},
	{"camelCase", func(r *rand.Rand) string {
		s := identifier(r)
		for i := range s[1:] {
			s[i+1] = strings.ToUpper(s[i+1][:1]) + s[i+1][1:]
		}
		if r.IntN(2) == 0 {
			s[0] = strings.ToUpper(s[0][:1]) + s[0][1:]
		}
		return strings.Join(s, "")
	}},
	{"snake_case", func(r *rand.Rand) string { return strings.Join(identifier(r), "_") }},
	{"address", func(r *rand.Rand) string {
		s := identifier(r)
		return []string{"https://www." + s[0] + ".com/" + s[1] + "/" + randomHex(r, 3), s[0] + "@" + s[1] + ".org", "www." + s[0] + s[1] + ".net",
			s[0] + "." + s[1] + ".html", s[0] + "-" + s[1] + ".jpg", "@" + s[0] + s[1]}[r.IntN(6)]
	}},
	{"numbers", func(r *rand.Rand) string {
		return []string{fmt.Sprintf("+%d (%d) %d-%d", 1+r.IntN(90), r.IntN(999), r.IntN(999), r.IntN(9999)), fmt.Sprintf("$%d.%02d", r.IntN(999), r.IntN(99)),
			fmt.Sprintf("%d × %d px", r.IntN(4000), r.IntN(4000)), fmt.Sprintf("%d%% (%d/%d)", r.IntN(100), r.IntN(50), r.IntN(50)),
			fmt.Sprintf("%d kB | %d:%02d", r.IntN(900), r.IntN(60), r.IntN(60))}[r.IntN(5)]
	}},
}

func randomHex(r *rand.Rand, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return hex.EncodeToString(b)
}

func identifier(r *rand.Rand) []string {
	words := strings.Fields(`spot img lang switch user name post content header footer item list page view count author comment
		width height button toggle menu search result index entry value data field input text widget sidebar layout image thumb
		title share network session token cookie click handler update create remove loader module section banner slot`)
	var id []string
	for range 2 + r.IntN(3) {
		id = append(id, words[r.IntN(len(words))])
	}
	return id
}
