package lang_test

import (
	"strings"
	"testing"

	"github.com/seed-966a822a/winnow/lang"
)

// Texts of our own, by kind and script.
var samples = []struct{ name, text string }{
	{"Latin/pair", "weather forecast"},
	{"Latin/sentence", "The council decided on Tuesday to repair the old bridge before the winter, the mayor said after the meeting."},
	{"Latin/sentence-de", "Die Brücke über den Fluss wird im nächsten Frühjahr für mehrere Wochen gesperrt, teilte die Gemeinde mit."},
	{"Cyrillic/sentence", "Мост через реку закроют на ремонт весной, сообщили вчера в администрации города после долгого заседания."},
	{"Arabic/sentence", "أعلنت البلدية أمس أن الجسر القديم سيغلق عدة أسابيع في الربيع القادم بسبب أعمال الصيانة."},
	{"Han/sentence", "市政府昨天宣布，旧桥将在明年春天关闭几个星期进行维修，市民需要绕行。"},
	{"Kana/sentence", "市は昨日、古い橋を来年の春に数週間閉鎖して修理すると発表しました。"},
	{"Thai/sentence", "เทศบาลประกาศเมื่อวานนี้ว่าจะปิดสะพานเก่าเพื่อซ่อมแซมในฤดูใบไม้ผลิหน้า"},
	{"Latin/paragraph", strings.Repeat("Two lanes stay open at night, and a ferry takes over until the autumn, as it did in the year of the flood. ", 4)},
	{"Latin/long", strings.Repeat("Two lanes stay open at night, and a ferry takes over until the autumn, as it did in the year of the flood. ", 50)},
	{"Latin/junk", "spot_img 2024-05-17T10:22:31Z a3f9c2e1b7"},
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		lang.New()
	}
}

func BenchmarkDetect(b *testing.B) {
	d := lang.Default()
	for _, s := range samples {
		b.Run(s.name, func(b *testing.B) {
			b.SetBytes(int64(len(s.text)))
			b.ReportAllocs()
			for b.Loop() {
				d.Detect(s.text)
			}
		})
	}
}
