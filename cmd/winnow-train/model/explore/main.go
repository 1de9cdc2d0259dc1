// explore: temporary
package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"

	train "github.com/seed-966a822a/winnow/cmd/winnow-train/model"
)

func main() {
	docs, err := train.Load(os.Args[2])
	if err != nil {
		panic(err)
	}
	switch os.Args[1] {
	case "dump":
		train.Dump(docs, os.Args[3])
	case "eval":
		f, _ := os.Open(os.Args[3])
		r := bufio.NewReader(f)
		var ts []float64
		for _, a := range os.Args[4:] {
			t, _ := strconv.ParseFloat(a, 64)
			ts = append(ts, t)
		}
		train.Measure(docs, func(n int) []float32 {
			x := make([]float32, n)
			if err := binary.Read(r, binary.LittleEndian, x); err != nil {
				panic(err)
			}
			return x
		}, ts, os.Stdout)
	}
	_ = json.Marshal
	_ = math.Abs
	_ = fmt.Sprint
}
