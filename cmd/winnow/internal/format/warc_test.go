package format

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-966a822a/winnow/filter"
)

const wet = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 3\r\n\r\na=b\r\n\r\n" +
	"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://example.org/\r\nWARC-Record-ID: <urn:uuid:1>\r\n" +
	"WARC-Block-Digest: sha1:OLD\r\nContent-Type: text/plain\r\nContent-Length: 13\r\n\r\nkeep\nspot_img\r\n\r\n"

func TestWARC(t *testing.T) {
	in := open(t, "a.warc.wet", wet)
	assert.Equal(t, "wet", in.Format.Name)
	records, err := in.Records(options)
	require.NoError(t, err)
	info, err := records.Read()
	require.NoError(t, err)
	_, err = info.Document()
	assert.ErrorIs(t, err, ErrPass)
	rec, err := records.Read()
	require.NoError(t, err)
	assert.EqualValues(t, 59, rec.Where().Byte)
	doc, err := rec.Document()
	require.NoError(t, err)
	assert.Equal(t, filter.Document{ID: "urn:uuid:1", URL: "https://example.org/", Text: "keep\nspot_img"}, doc)
	r := &Removal{Spans: []Removed{{Text: "spot_img"}}}
	rec.Cut([]filter.Span{{Start: 5, End: 13}}, nil, r)
	cleaned := string(rec.Append(nil))
	assert.Contains(t, cleaned, "WARC-Block-Digest: sha1:BQSR54X4USC72EL4CZOIUIDJFQHRY4RA\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nkeep\n\r\n\r\n")

	in = open(t, "b.wet", cleaned)
	records, err = in.Records(options)
	require.NoError(t, err)
	rec, err = records.Read()
	require.NoError(t, err)
	back, err := rec.Restore(*r)
	require.NoError(t, err)
	assert.Equal(t, wet, string(info.Append(nil))+string(back))
}

func TestParquet(t *testing.T) {
	type row struct {
		ID   int64    `parquet:"id,zstd"`
		Text *string  `parquet:"text,optional,snappy"`
		Tags []string `parquet:"tags,list"`
		Rate float64  `parquet:"rate"`
	}
	s := func(s string) *string { return &s }
	want := []row{{1, s("keep\n"), []string{"a", "b"}, .5}, {2, nil, []string{}, 0}, {3, s(""), []string{"c"}, 1}}
	var file bytes.Buffer
	w := parquet.NewGenericWriter[row](&file, parquet.KeyValueMetadata("note", "kept"))
	_, err := w.Write([]row{{1, s("keep\nspot_img"), []string{"a", "b"}, .5}, {2, nil, nil, 0}})
	require.NoError(t, err)
	require.NoError(t, w.Flush())
	_, err = w.Write([]row{{3, s("spot_img"), []string{"c"}, 1}})
	require.NoError(t, err)
	require.NoError(t, w.Close())

	in := open(t, "a.parquet", file.String())
	records, err := in.Records(options)
	require.NoError(t, err)
	var out bytes.Buffer
	rows, err := in.Format.Rows(&out, records)
	require.NoError(t, err)
	for i := range 3 {
		rec, err := records.Read()
		require.NoError(t, err)
		doc, err := rec.Document()
		if i == 1 {
			assert.EqualError(t, err, "record 2: the text is null, not a string: passed through")
		} else if at := bytes.Index([]byte(doc.Text), []byte("spot_img")); assert.GreaterOrEqual(t, at, 0) {
			rec.Cut([]filter.Span{{Start: at, End: at + 8}}, nil, nil)
		}
		require.NoError(t, rows.Write(rec))
	}
	require.NoError(t, rows.Close())

	path := filepath.Join(t.TempDir(), "out.parquet")
	require.NoError(t, os.WriteFile(path, out.Bytes(), 0o666))
	got, err := parquet.ReadFile[row](path)
	require.NoError(t, err)
	assert.Equal(t, want, got)
	before, err := parquet.OpenFile(bytes.NewReader(file.Bytes()), int64(file.Len()))
	require.NoError(t, err)
	after, err := parquet.OpenFile(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	assert.Equal(t, before.Schema().String(), after.Schema().String())
	assert.Len(t, after.RowGroups(), 2)
	note, _ := after.Lookup("note")
	assert.Equal(t, "kept", note)
	assert.Equal(t, before.Metadata().RowGroups[0].Columns[1].MetaData.Codec, after.Metadata().RowGroups[0].Columns[1].MetaData.Codec)
}
