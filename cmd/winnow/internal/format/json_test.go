package format

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-966a822a/winnow/filter"
)

var options = Options{TextField: "text", IDField: "id"}

func record(line string) *jsonRecord {
	return &jsonRecord{flat: flat{At: At{N: 1}, raw: []byte(line)}, o: &options}
}

func TestJSONCut(t *testing.T) {
	for _, c := range []struct{ line, cut, want string }{
		{`{"id":1,"text":"one two"}`, "one ", `{"id":1,"text":"two"}`},
		{`{ "text" : "a\nb" , "n":1.50e3}`, "b", `{ "text" : "a\n" , "n":1.50e3}`},
		{`{"text":"x","text":"y z"}`, "y ", `{"text":"x","text":"z"}`},
		{`{"te\u0078t":"\u00e9\u00e8"}`, "é", `{"te\u0078t":"\u00e8"}`},
		{`{"text":"\ud83d\ude00 ok \ud800!"}`, " ok ", `{"text":"\ud83d\ude00\ud800!"}`},
		{`{"text":"a\/b \"c\" \\"}`, `"c" `, `{"text":"a\/b \\"}`},
		{"{\"text\":\"\xff\xfe gone\"}\r\n", "gone", "{\"text\":\"\xff\xfe \"}\r\n"},
		{`{"a":{"text":"no"},"text":"all","b":[1,{"c":"}"}]}`, "all", `{"a":{"text":"no"},"text":"","b":[1,{"c":"}"}]}`},
		{`{"text":"k","n":12}`, "k", `{"text":"","n":12}`},
	} {
		j := record(c.line)
		doc, err := j.Document()
		require.NoError(t, err, c.line)
		at := strings.Index(doc.Text, c.cut)
		require.GreaterOrEqual(t, at, 0, c.line)
		r := &Removal{Spans: []Removed{{Text: c.cut}}}
		j.Cut([]filter.Span{{Start: at, End: at + len(c.cut)}}, []byte(`{"x":1}`), r)
		back, err := record(string(j.raw)).Restore(*r)
		require.NoError(t, err, c.line)
		assert.Equal(t, c.line, string(back))

		j = record(c.line)
		j.Document()
		j.Cut([]filter.Span{{Start: at, End: at + len(c.cut)}}, nil, nil)
		assert.Equal(t, c.want, string(j.raw))
	}
}

func TestJSONErrors(t *testing.T) {
	for line, want := range map[string]string{
		`{"id":1}`:           `record 1, byte 0: no field "text" (its fields: id): choose one with --text-field`,
		`{"text":12}`:        `record 1, byte 0: "text" is a number, not a string: passed through`,
		`{"text":null}`:      `record 1, byte 0: "text" is null, not a string: passed through`,
		`[1]`:                `record 1, byte 0: a list, not an object: passed through`,
		`{"text":"a" "b"}`:   `record 1, byte 12: bad JSON: invalid character '"' after object key:value pair: passed through`,
		`{"text":"a"} extra`: `record 1, byte 13: bad JSON: invalid character 'e' after top-level value: passed through`,
	} {
		_, err := record(line).Document()
		assert.EqualError(t, err, want)
	}
	_, err := record(" \n").Document()
	assert.ErrorIs(t, err, ErrPass)
}

// FuzzWalk finds what is valid as encoding/json does.
func FuzzWalk(f *testing.F) {
	for _, s := range []string{`{"a":[1,-0.5e+7,{"b":null}],"c":"\u00e9\\"}`, `{"a":01}`, `{"a":1.}`, `{"a":-}`, "{\"a\":\"\n\"}", `{"a":tru}`, `{"a":[1,]}`,
		`{,}`, ` {} `, `{}x`, `{"a":"\x"}`, `{"a":"\u12"}`, `{"a" 1}`, `[{}]`, `{"a":1`, "{\"\xff\":\"\x7f\"}",
		`{"a":` + strings.Repeat("[", 9999) + strings.Repeat("]", 9999) + "}", `{"a":` + strings.Repeat("[", 10000) + strings.Repeat("]", 10000) + "}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		plain := strings.TrimPrefix(line, "\uFEFF")
		object := strings.HasPrefix(strings.TrimLeft(plain, " \t\r\n"), "{")
		require.Equal(t, object && json.Valid([]byte(plain)), walk([]byte(line), nil))
	})
}

// FuzzJSONL cuts a stretch out of any object's text: the other fields are
// untouched, the line is still JSON, and the cut can be undone.
func FuzzJSONL(f *testing.F) {
	for _, s := range []string{`{"text":"one two"}`, `{"text":"\ud800\u00e9\n","a":[1.0,{"b":"\""}]}`, `{"a":1}`,
		"\uFEFF{\"text\":\"\xff\"} \r\n", `{"text":"a","text":"b","winnow":{"x":[]}}`, `{}`, `"`, `{"text":"\\`} {
		f.Add(s, 1, 3)
	}
	f.Fuzz(func(t *testing.T, line string, start, end int) {
		j := record(line)
		doc, err := j.Document()
		if err != nil {
			require.Equal(t, line, string(j.Append(nil)))
			return
		}
		start = max(0, min(start, len(doc.Text)))
		end = max(start, min(end, len(doc.Text)))
		r := &Removal{Spans: []Removed{{Text: doc.Text[start:end]}}}
		j.Cut([]filter.Span{{Start: start, End: end}}, []byte(`{"removed":[]}`), r)

		var before, after map[string]json.RawMessage
		require.NoError(t, json.Unmarshal(bytes.TrimPrefix([]byte(line), []byte("\uFEFF")), &before))
		require.NoError(t, json.Unmarshal(bytes.TrimPrefix(j.raw, []byte("\uFEFF")), &after))
		for key, value := range before {
			if key != "text" && key != "winnow" {
				require.Equal(t, string(value), string(after[key]))
			}
		}
		require.JSONEq(t, `{"removed":[]}`, string(after["winnow"]))
		back, err := record(string(j.raw)).Restore(*r)
		require.NoError(t, err)
		require.Equal(t, line, string(back))
	})
}

func open(t *testing.T, name, content string) *Input {
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(content), 0o666))
	in, err := Open(path, OpenOptions{})
	require.NoError(t, err)
	t.Cleanup(func() { in.Close() })
	return in
}

func TestUTF16(t *testing.T) {
	in := open(t, "a.txt", "\xff\xfea\x00\n\x00b\x00")
	records, err := in.Records(options)
	require.NoError(t, err)
	rec, err := records.Read()
	require.NoError(t, err)
	doc, err := rec.Document()
	require.NoError(t, err)
	assert.Equal(t, "\uFEFFa\nb", doc.Text)
	r := &Removal{Spans: []Removed{{Text: "b"}}}
	rec.Cut([]filter.Span{{Start: 5, End: 6}}, nil, r)
	cleaned := rec.Append(nil)
	assert.Equal(t, "\uFEFFa\n", string(cleaned))
	back, err := (&textRecord{flat: flat{raw: cleaned, body: filter.Span{End: len(cleaned)}}}).Restore(*r)
	require.NoError(t, err)
	assert.Equal(t, "\xff\xfea\x00\n\x00b\x00", string(back))
}
