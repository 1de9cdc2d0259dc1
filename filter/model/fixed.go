package model

import (
	"errors"
	"math"
	"slices"
)

// A fixedNet is a [Net] as it reads: in integers with a fixed point, so that all
// machines agree to the bit. Two values share a word, 32 bits each, and one
// multiplication does for both: [pair] and [unpair] know how. No value leaves
// its half, whatever the columns: newFixed refuses a net that could.
type fixedNet struct {
	bias    layer
	numbers [netNumbers]layer
	likely  [128]layer // of each level of the first pass
	classes [netValues]layer
	ways    [2]fixedWay
	out     [NetWidth]int64
	outBias int64
}

type fixedWay struct {
	in         [NetWidth]gates
	back       [NetHidden]gates
	bias, held gates // for what comes in, and for what comes back
	out        [NetHidden]int64
}

// Pairs of values of the first layer, and of the gates of a way.
type (
	layer [NetWidth / 2]int64
	gates [netGates / 2]int64
)

// Bits behind the point.
const (
	layerBits  = 16 // of sums in the first layer
	wideBits   = 8  // of the values that it gives to the ways
	heldBits   = 15 // of the values held, and of open gates
	backBits   = 11 // of the values held as gates see them
	weightBits = 11 // of the weights of gates
	outBits    = 16 // of the weights of the score

	mostWide = 1<<14 - 1 // 64, less a little
)

func pair(low, high int64) int64 { return low + high<<32 }

// unpair returns both values of a word: the upper one lent the lower its sign.
func unpair(x int64) (low, high int64) {
	low = int64(int32(x))
	return low, (x - low) >> 32
}

// add adds x times the weights w.
func (l *layer) add(x int64, w *layer) {
	l[0] += x * w[0]
	l[1] += x * w[1]
	l[2] += x * w[2]
	l[3] += x * w[3]
	l[4] += x * w[4]
	l[5] += x * w[5]
}

// add does the same, layer by layer: a way has a whole number of them.
func (g *gates) add(x int64, w *gates) {
	for k := 0; k < len(g); k += len(layer{}) {
		(*layer)(g[k:]).add(x, (*layer)(w[k:]))
	}
}

// fixed returns a number with some bits behind the point.
func fixed(x float32, bits int) int64 { return int64(math.Round(math.Ldexp(float64(x), bits))) }

// A press makes integers of weights that go into the same sums.
type press struct {
	bits  int               // behind the point of a weight times what it is multiplied by
	reach [netGates]float64 // how far each sum may get from 0
}

// put writes weights as pairs. What they are multiplied by is `most` at most,
// and has some bits behind the point.
func (p *press) put(dst []int64, weights []float32, most float64, bits int) {
	for k := range dst {
		dst[k] = pair(fixed(weights[2*k], p.bits-bits), fixed(weights[2*k+1], p.bits-bits))
	}
	for k, w := range weights {
		p.reach[k] += math.Abs(float64(w)) * most
	}
}

// fits reports whether no sum can leave 32 bits, however weights were rounded.
func (p *press) fits() bool { return math.Ldexp(slices.Max(p.reach[:]), p.bits) < 1<<30 }

// newFixed returns a net in integers, or an error if its sums may overflow.
func newFixed(t *Net) (*fixedNet, error) {
	f := &fixedNet{outBias: fixed(t.OutBias, heldBits+outBits)}
	sums := press{bits: layerBits}
	sums.put(f.bias[:], t.Bias[:], 1, 0)
	for k := range t.Numbers {
		sums.put(f.numbers[k][:], t.Numbers[k][:], 127, 0)
	}
	for l := range f.likely {
		likely := t.Likely
		for k := range likely {
			likely[k] *= NetLikely(uint8(l))
		}
		sums.put(f.likely[l][:], likely[:], 1, 0)
	}
	for k := range t.Classes {
		sums.put(f.classes[k][:], t.Classes[k][:], 1, 0)
	}
	fits := sums.fits()
	for k, w := range t.Out {
		f.out[k] = fixed(w, outBits)
	}
	for w := range t.Ways {
		from, way := &t.Ways[w], &f.ways[w]
		in, back := press{bits: wideBits + weightBits}, press{bits: backBits + weightBits}
		in.put(way.bias[:], from.Bias[:], 1, 0)
		for k := range from.In {
			in.put(way.in[k][:], from.In[k][:], float64(mostWide)/(1<<wideBits), wideBits)
		}
		var held [netGates]float32 // the candidates'; the other gates have one bias
		copy(held[2*NetHidden:], from.Held[:])
		back.put(way.held[:], held[:], 1, 0)
		for k := range from.Back {
			back.put(way.back[k][:], from.Back[k][:], 1, backBits)
			way.out[k] = fixed(from.Out[k], outBits)
		}
		fits = fits && in.fits() && back.fits()
	}
	if !fits {
		return nil, errors.New("model: a net whose sums may overflow")
	}
	return f, nil
}

// score writes the log-odds of every unit, in 1/1024, to dst, after both passes'
// columns have been filled.
func (f *fixedNet) score(s *Scorer, dst []int64) {
	s.wide = resize(s.wide, s.n)
	f.widen(s)
	for i := range dst {
		sum := int64(0)
		for k, v := range &s.wide[i] {
			sum += v * f.out[k]
		}
		dst[i] = f.outBias + sum<<(heldBits-wideBits)
	}
	for w := range f.ways {
		f.ways[w].read(s.wide, dst, w == 1)
	}
	for i := range dst {
		dst[i] >>= heldBits + outBits - 10
	}
}

// widen computes the first layer.
func (f *fixedNet) widen(s *Scorer) {
	s.layers = resize(s.layers, s.n)
	bias := f.bias
	first := netNumbers - netDocument
	for k, c := range NetColumns[first:] {
		bias.add(int64(s.col(int(c))[0]), &f.numbers[first+k])
	}
	for i := range s.layers {
		s.layers[i] = bias
	}
	for k, c := range NetColumns[:first] {
		weights := &f.numbers[k]
		for i, v := range s.col(int(c)) {
			if v > 0 { // half of them are not
				s.layers[i].add(int64(v), weights)
			}
		}
	}
	for i, l := range s.col(pSelf) {
		s.layers[i].add(1, &f.likely[l])
	}
	for _, c := range NetClasses {
		for i, v := range s.col(int(c.Column)) {
			s.layers[i].add(1, &f.classes[c.At(v)])
		}
	}
	rectified := func(v int64) int64 { return min(max(v>>(layerBits-wideBits), 0), mostWide) }
	for i := range s.layers {
		wide := &s.wide[i]
		for k, v := range &s.layers[i] {
			low, high := unpair(v)
			wide[2*k], wide[2*k+1] = rectified(low), rectified(high)
		}
	}
}

// read adds to dst what one direction says.
func (w *fixedWay) read(wide [][NetWidth]int64, dst []int64, up bool) {
	var held [NetHidden]int64
	n := len(wide)
	for at := range n {
		i := at
		if up {
			i = n - 1 - at
		}
		in, back := w.bias, w.held
		for k, v := range &wide[i] {
			if v > 0 {
				in.add(v, &w.in[k])
			}
		}
		for k, v := range &held {
			back.add(v>>(heldBits-backBits), &w.back[k])
		}
		sum := int64(0)
		for k := range held {
			reset := logistic(in.at(k) + back.at(k)>>(backBits-wideBits))
			update := logistic(in.at(NetHidden+k) + back.at(NetHidden+k)>>(backBits-wideBits))
			candidate := 2*logistic(2*(in.at(2*NetHidden+k)+reset*back.at(2*NetHidden+k)>>(heldBits+backBits-wideBits))) - 1<<heldBits
			held[k] = candidate + update*(held[k]-candidate)>>heldBits
			sum += held[k] * w.out[k]
		}
		dst[i] += sum
	}
}

// at returns value k.
func (g *gates) at(k int) int64 {
	low, high := unpair(g[k/2])
	if k&1 == 0 {
		return low
	}
	return high
}

// logistic tells how far a gate is open whose sum is x.
func logistic(x int64) int64 {
	const steps = wideBits + weightBits - 7 // of 1/128
	return int64(logistics[1024+min(max(x>>steps, -1023), 1023)])
}

var logistics = func() (t [2048]int32) {
	for k, v := range sigmoids {
		t[k] = int32(fixed(v, heldBits))
	}
	return t
}()
