package model

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSplit(t *testing.T) {
	for text, want := range map[string][]string{
		"":                                   nil,
		" \n\r\n":                            nil,
		"Home\n\n  News \r\nSport":           {"Home", "News", "Sport"},
		"One day. Two days! Is it? Yes":      {"One day.", "Two days!", "Is it?", "Yes"},
		"Mr. Smith came. He left.":           {"Mr. Smith came.", "He left."},
		"In the U.S. Navy it is so.":         {"In the U.S. Navy it is so."},
		"Version 1.5 of example.com is out.": {"Version 1.5 of example.com is out."},
		"“Go!” she said. “Now!” He went.":    {"“Go!” she said.", "“Now!”", "He went."},
		"今天天气很好。我们去吧！“好。”他说。":                    {"今天天气很好。", "我们去吧！", "“好。”", "他说。"},
		"यह एक वाक्य है। यह दूसरा है।":           {"यह एक वाक्य है।", "यह दूसरा है।"},
		"And then … nothing happened... at all.": {"And then … nothing happened... at all."},
	} {
		var got []string
		for _, u := range Split(nil, text) {
			got = append(got, text[u.Start:u.End])
		}
		assert.Equal(t, want, got)
	}
}
