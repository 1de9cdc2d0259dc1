package format

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestName(t *testing.T) {
	for _, name := range []Name{"", "a/b.txt", "bad\xffutf8\x80.txt", "文章 \"x\"\\\n\t.txt", "\uFFFD", "\xed\xb3\xbf", "😀", "<&>"} {
		b, err := json.Marshal(name)
		require.NoError(t, err)
		var back Name
		require.NoError(t, json.Unmarshal(b, &back))
		require.Equal(t, name, back)
	}
	b, err := json.Marshal(Name("\xff"))
	require.NoError(t, err)
	require.Equal(t, `"\udcff"`, string(b))
	var n Name
	require.NoError(t, json.Unmarshal([]byte(`"\ud83d\udc80\u00e9\/"`), &n))
	require.Equal(t, Name("💀é/"), n)
	require.Error(t, json.Unmarshal([]byte(`7`), &n))
}
