package filter

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// prose is running text in several scripts, of our own writing.
var prose = map[string]string{
	"en": "The council approved the budget on Tuesday, 12 votes to 3, after a debate of four hours. Nobody had expected the mayor to speak. “We will mend the bridge first,” she said, and the hall was quiet. ",
	"de": "Der Stadtrat hat den Haushalt am Dienstag nach vierstündiger Debatte mit zwölf zu drei Stimmen beschlossen. Niemand hatte erwartet, dass die Bürgermeisterin spricht. „Zuerst die Brücke“, sagte sie. ",
	"ru": "Городской совет во вторник одобрил бюджет двенадцатью голосами против трёх после четырёхчасовых споров. Никто не ожидал, что выступит мэр. «Сначала починим мост», — сказала она. ",
	"ar": "وافق مجلس المدينة يوم الثلاثاء على الميزانية باثني عشر صوتا مقابل ثلاثة بعد نقاش دام أربع ساعات. ولم يتوقع أحد أن تتحدث رئيسة البلدية. ",
	"zh": "市议会周二经过四个小时的辩论，以十二票对三票通过了预算。没有人料到市长会发言。“我们先修桥，”她说，大厅里一片寂静。",
	"th": "สภาเทศบาลอนุมัติงบประมาณเมื่อวันอังคารด้วยคะแนนเสียงสิบสองต่อสาม หลังจากอภิปรายนานสี่ชั่วโมง ไม่มีใครคาดว่านายกเทศมนตรีจะพูด ",
}

func BenchmarkPhrases(b *testing.B) {
	x := builtin()
	for name, text := range prose {
		b.Run(name, func(b *testing.B) {
			text := strings.Repeat(text, 8)
			r, tag := newReader(x), language.Make(name)
			var signals []Signal
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				signals = r.read(signals[:0], text, Span{0, len(text)}, tag, tag)
			}
		})
	}
}

func BenchmarkScan(b *testing.B) {
	f := newFilter(b, Options{})
	for name, text := range prose {
		b.Run(name, func(b *testing.B) {
			menu := strings.Repeat("Home\nNews\nSport 24\nSubscribe to our newsletter\n", 6)
			page := menu + strings.Repeat(strings.Repeat(text, 3)+"\n", 12) + menu
			b.SetBytes(int64(len(page)))
			b.ReportAllocs()
			for b.Loop() {
				f.Scan(Document{Text: page})
			}
		})
	}
}

// A start, and the first block of English.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		newLexicon(Packs()).shelf(language.English)
	}
}

// The packs of all languages: how long it takes to read them, and the memory
// that they keep.
func BenchmarkPacks(b *testing.B) {
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		x := newLexicon(Packs())
		for _, f := range x.files {
			x.shelf(f.lang)
		}
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(x)
	}
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
}

// Real pages, if they are there: the whole pipeline on page text.
func BenchmarkPages(b *testing.B) {
	file, err := os.Open("../../shared/data/pages-dev.jsonl.gz")
	if err != nil {
		b.Skip("the pages are not part of the repository: ", err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		b.Fatal(err)
	}
	f := newFilter(b, Options{})
	var pages []string
	size := 0
	for d := json.NewDecoder(z); ; {
		var page struct{ Text string }
		if d.Decode(&page) != nil {
			break
		}
		pages = append(pages, page.Text)
		size += len(page.Text)
		f.Clean(page.Text) // reads the packs
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			f.Scan(Document{Text: p})
		}
	}
}
