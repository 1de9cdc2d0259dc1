// Detect prints the language of each line of its input, and on stderr what
// memory it took. It shows what a program needs that only detects.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"github.com/seed-966a822a/winnow/lang"
)

func main() {
	d := lang.Default()
	out := bufio.NewWriter(os.Stdout)
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fmt.Fprintln(out, d.Detect(lines.Text()).Tag)
	}
	out.Flush()
	status, _ := os.ReadFile("/proc/self/status") // Linux only
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmHWM") || strings.HasPrefix(line, "RssAnon") {
			fmt.Fprint(os.Stderr, line)
		}
	}
}
