package lang

import (
	_ "embed"
	"encoding/binary"
	"strconv"
	"strings"
	"unsafe"

	"golang.org/x/text/language"

	"github.com/seed-966a822a/winnow/internal/gram"
)

// The tables that winnow-train writes. They are used where they lie.
var (
	//go:embed tables/latin.tbl
	latinTable string
	//go:embed tables/cyrillic.tbl
	cyrillicTable string
	//go:embed tables/arabic.tbl
	arabicTable string
	//go:embed tables/devanagari.tbl
	devanagariTable string
	//go:embed tables/han.tbl
	hanTable string
)

// broad is the bytes of a row of the Latin table, 49 languages. Rows of the
// others have 8 at most.
const broad = 25

// A table holds a weight of 4 bits for every language in every row. A text has
// a row for each of its n-grams, and the score of a language is the sum of its
// weights there. A step between weights is worth `step` nats.
type table struct {
	script script
	tags   []language.Tag
	rows   uint32
	stride int     // bytes of a row, two weights a byte
	step   float64 // nats
	ahead  float64 // nats that the first language starts with
	data   []byte  // the rows, and eight bytes more for a whole word at the last
}

// parseTable reads the head of a table: lines of a key and a value up to an
// empty line. The rows are left in place.
func parseTable(s string) *table {
	t := new(table)
	for {
		line, rest, _ := strings.Cut(s, "\n")
		s = rest
		if line == "" {
			break
		}
		key, value, _ := strings.Cut(line, " ")
		switch key {
		case "script":
			for i := range scripts {
				if scripts[i].code == value {
					t.script = script(i)
				}
			}
		case "langs":
			for _, l := range strings.Fields(value) {
				t.tags = append(t.tags, tag(l))
			}
		case "rows":
			n, _ := strconv.ParseUint(value, 10, 32)
			t.rows = uint32(n)
		case "step":
			t.step, _ = strconv.ParseFloat(value, 64)
		case "ahead":
			t.ahead, _ = strconv.ParseFloat(value, 64)
		}
	}
	t.stride = (len(t.tags) + 1) / 2
	t.data = unsafe.Slice(unsafe.StringData(s), len(s))
	return t
}

// sums are the scores of up to 64 languages, in steps, four to a word:
// language i has 16 bits of word i/16*4 + i%4, at 16*(i%16/4). They hold more
// rows than Detect ever reads.
type sums [16]uint64

const (
	nibbles = 0x0F0F_0F0F_0F0F_0F0F
	bytes   = 0x00FF_00FF_00FF_00FF
)

// add adds the weights of some rows to the sums of all languages at once:
// 16 languages lie in a word of 64 bits, as 4 bits each. A word is split into
// its even and odd nibbles, two words of eight bytes. 17 of these can be added
// before a byte overflows, so after 16 rows at most the bytes are split again
// and added to the sums.
func (t *table) add(s *sums, rows []uint32) {
	for len(rows) > 0 {
		n := min(16, len(rows))
		if t.stride == broad {
			t.addBroad(s, rows[:n])
		} else {
			t.addNarrow(s, rows[:n])
		}
		rows = rows[n:]
	}
}

// addNarrow adds 16 rows of up to 8 bytes.
func (t *table) addNarrow(s *sums, rows []uint32) {
	data, stride := t.data, t.stride
	mask := uint64(nibbles) >> (64 - 8*stride)
	var even, odd uint64
	for _, r := range rows {
		x := binary.LittleEndian.Uint64(data[int(r)*stride:])
		even += x & mask
		odd += x >> 4 & mask
	}
	s.spread(0, even, odd)
}

// addBroad adds 16 rows of 25 bytes.
func (t *table) addBroad(s *sums, rows []uint32) {
	data := t.data
	var e0, e1, e2, e3, o0, o1, o2, o3 uint64
	for _, r := range rows {
		b := (*[broad]byte)(data[int(r)*broad:])
		x := binary.LittleEndian.Uint64(b[:])
		e0 += x & nibbles
		o0 += x >> 4 & nibbles
		x = binary.LittleEndian.Uint64(b[8:])
		e1 += x & nibbles
		o1 += x >> 4 & nibbles
		x = binary.LittleEndian.Uint64(b[16:])
		e2 += x & nibbles
		o2 += x >> 4 & nibbles
		x = uint64(b[24])
		e3 += x & 0xF
		o3 += x >> 4
	}
	s.spread(0, e0, o0)
	s.spread(4, e1, o1)
	s.spread(8, e2, o2)
	s[12] += e3
	s[13] += o3
}

// spread adds bytes to 16-bit sums.
func (s *sums) spread(at int, even, odd uint64) {
	w := s[at : at+4 : at+4]
	w[0] += even & bytes
	w[1] += odd & bytes
	w[2] += even >> 8 & bytes
	w[3] += odd >> 8 & bytes
}

// A ranking has the four highest sums, best first: the sum above bit 8, the
// language below, inverted so that the first in the table wins a tie.
type ranking [4]uint32

func (r *ranking) sum(i int) int  { return int(r[i] >> 8) }
func (r *ranking) lang(i int) int { return int(^r[i] & 0xFF) }

// rank sorts out the highest sums. The comparisons are conditional moves:
// which language is ahead cannot be predicted.
func (t *table) rank(s *sums) ranking {
	var a, b, c, d uint32
	for i, w := range s[:len(t.tags)/16*4+min(len(t.tags)%16, 4)] {
		lang := uint32(i>>2<<4 | i&3)
		for lane := uint32(0); lane < 16; lane += 4 {
			x := uint32(w&0xFFFF)<<8 | (^(lang | lane) & 0xFF)
			w >>= 16
			a, x = max(a, x), min(a, x)
			b, x = max(b, x), min(b, x)
			c, x = max(c, x), min(c, x)
			d = max(d, x)
		}
	}
	return ranking{a, b, c, d}
}

// features appends the rows of letters to dst.
func (t *table) features(dst []uint32, letters []letter) []uint32 {
	if t.script == han {
		return gram.Han(dst, letters, t.rows)
	}
	return gram.Words(dst, letters, t.rows)
}

// tag reads the name of a language as it stands: x/text would turn tl into fil.
func tag(name string) language.Tag { return language.Raw.Make(name) }
