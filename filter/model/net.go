package model

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// A Net reads a page from its first unit to its last and back again: it
// remembers that comments have begun, or that the story is over, which no
// window around a unit shows. Columns go through a layer of rectified values
// into a gated recurrent unit each way (Cho et al. 2014); the score, in
// log-odds, is linear in all of them.
//
// It is learnt and kept in float32. A page is judged in integers, see fixedNet.
type Net struct {
	Bias    [NetWidth]float32
	Numbers [netNumbers][NetWidth]float32 // of the columns in NetColumns
	Likely  [NetWidth]float32             // of the chance that the first pass gives
	Classes [netValues][NetWidth]float32  // of the values of NetClasses, one column after the other
	Ways    [2]Way                        // down the page, and up
	Out     [NetWidth]float32
	OutBias float32
}

// A Way is the recurrent unit of one direction. Its gates are reset, update and
// candidate, NetHidden values each.
type Way struct {
	In   [NetWidth][netGates]float32
	Bias [netGates]float32
	Back [NetHidden][netGates]float32 // from the values at the unit before
	Held [NetHidden]float32           // bias of what the candidate takes from them
	Out  [NetHidden]float32
}

// The size of a Net.
const (
	NetWidth  = 12 // of the first layer
	NetHidden = 8  // of what is remembered each way

	netGates   = 3 * NetHidden
	netNumbers = cForeign + 1 + cStretch - cPeriod + len(netOthers) + numFirst - dUnits
	netValues  = 2*(numClasses+1) + 2 // of all NetClasses
)

// NetColumns are the columns that a Net reads as numbers. Those of the
// document, the same for all units, come last.
var NetColumns = func() (list [netNumbers]uint8) {
	n := 0
	add := func(from, to int) {
		for c := from; c < to; c++ {
			list[n] = uint8(c)
			n++
		}
	}
	add(cWords, cForeign+1) // the unit, its words, its line, what phrases say
	add(cPeriod, cStretch)  // repeated shapes, the last phrases
	for _, c := range netOthers {
		add(c, c+1)
	}
	add(dUnits, numFirst)
	return list
}()

var netOthers = [...]int{cPlace, cProsePlace, cStretch, cStretchBest, cChain, cChainGap, cChainPast, cDateChain, pSelf}

// NetLevel is the place in NetColumns of the score of the first pass.
var NetLevel = slices.Index(NetColumns[:], uint8(pSelf))

// netDocument is how many of NetColumns are of the document.
const netDocument = numFirst - dUnits

// NetClasses are the columns of which each value has weights of its own, up to
// a highest, which stands for all beyond.
var NetClasses = [...]NetClass{{cLast, 0, numClasses}, {cFirst, numClasses + 1, numClasses}, {cLineBefore, 2 * (numClasses + 1), 1}}

// A NetClass has the weights of its column's values from First on.
type NetClass struct{ Column, First, Highest uint8 }

// At returns the place of a value's weights in [Net.Classes].
func (c NetClass) At(value uint8) uint8 { return c.First + min(value, c.Highest) }

// parse reads a net as encoding/binary writes it, little-endian.
func (t *Net) parse(data []byte) error {
	if len(data) != binary.Size(t) {
		return errors.New("model: a net of another size")
	}
	if _, err := binary.Decode(data, binary.LittleEndian, t); err != nil {
		return err
	}
	const most = 1000 // keeps all sums finite
	for ; len(data) > 0; data = data[4:] {
		if w := math.Float32frombits(binary.LittleEndian.Uint32(data)); !(w >= -most && w <= most) {
			return errors.New("model: a weight out of range")
		}
	}
	return nil
}

// Append appends the net to data as [Parse] expects it behind the forests.
func (t *Net) Append(data []byte) []byte {
	data, err := binary.Append(data, binary.LittleEndian, t)
	if err != nil {
		panic(err) // its size is fixed
	}
	return data
}

// NetLikely returns what a net reads of a value of the first pass: the chance,
// 0 to 1, that the unit is the article.
func NetLikely(level uint8) float32 { return float32(chance[level]) / 1024 }

// Sigmoid returns 1/(1+e^-x), from a table in steps of 1/128 up to ±8.
func Sigmoid(x float32) float32 {
	const most = 8 - 1.0/128
	return sigmoids[1024+int(min(max(x, -most), most)*128)]
}

var sigmoids = func() (t [2048]float32) {
	const step = 1.0078430972064479776 // e^(1/128): products alone, which all machines round alike
	odds := 1.0
	for k := range 1024 {
		t[1024+k], t[1024-k] = float32(odds/(1+odds)), float32(1/(1+odds))
		odds *= step
	}
	return t
}()
