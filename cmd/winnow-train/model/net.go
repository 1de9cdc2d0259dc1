package model

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"unsafe"

	"golang.org/x/sync/errgroup"

	"github.com/seed-966a822a/winnow/filter/model"
)

// How a net learns: AdamW (Loshchilov & Hutter 2019) on the weighted log loss
// of all units, a batch of whole documents a step, with a rate that rises over
// the first steps and falls to nothing (Smith & Topin 2017).
const (
	epochs    = 16
	batch     = 8000 // units
	rate      = 8e-3 // the highest
	decay     = 1e-2
	dropout   = 26 // of 256 numbers, and of the values that ways hold
	clip      = 1  // norm of a step's gradient
	lossScale = 1.0 / 6000
)

// teach makes the nets, for the same folds as the forests, from what they saw.
func (t *Trainer) teach(out []int, first [][]int32, page []bool) error {
	var lessons []lesson
	var s model.Scorer
	mean, units := 0.0, 0
	for i, d := range t.Docs {
		if !page[i] {
			continue
		}
		s.First(d.Text, t.units[i])
		s.Second(t.units[i], first[i])
		y, w := make([]float32, len(t.units[i])), make([]float32, len(t.units[i]))
		for j := range y {
			y[j] = t.label(i, j)
			w[j] = float32(t.weight(i, j, model.PagePass))
			if w[j] > 0 {
				mean += float64(w[j])
				units++
			}
		}
		lessons = append(lessons, newLesson(&s, y, w, d.Fold(Folds)))
	}
	if len(lessons) == 0 {
		return errors.New("no pages to learn from")
	}
	for _, l := range lessons {
		for j := range l.w {
			l.w[j] *= float32(float64(units) / mean)
		}
	}
	if err := os.MkdirAll(filepath.Join(t.work, "net"), 0o755); err != nil {
		return err
	}
	var group errgroup.Group
	group.SetLimit(max(t.threads, 1)) // each has a seed of its own
	for _, f := range out {
		group.Go(func() error {
			net, loss := learn(lessons, f)
			fmt.Fprintf(t.log, "net %s: log loss %.4f\n", part(f), loss)
			return os.WriteFile(t.file("net", f), net.Append(nil), 0o644)
		})
	}
	return group.Wait()
}

// netColumns is how many numbers a net reads, with the first pass's chance.
const netColumns = len(model.NetColumns) + 1

// A lesson is a document as a net sees it, row by row.
type lesson struct {
	numbers []uint8 // len(NetColumns) a unit
	classes []uint8 // len(NetClasses) a unit
	y, w    []float32
	fold    int
}

// newLesson returns the document in hand of s, after its second pass.
func newLesson(s *model.Scorer, y, w []float32, fold int) lesson {
	n := len(y)
	l := lesson{make([]uint8, n*len(model.NetColumns)), make([]uint8, n*len(model.NetClasses)), y, w, fold}
	for k, c := range model.NetColumns {
		for i, v := range s.Column(model.Feature{Column: c}) {
			l.numbers[i*len(model.NetColumns)+k] = v
		}
	}
	for k, c := range model.NetClasses {
		for i, v := range s.Column(model.Feature{Column: c.Column}) {
			l.classes[i*len(model.NetClasses)+k] = c.At(v)
		}
	}
	return l
}

// number returns number k of a unit: a column's, or the chance.
func (l *lesson) number(unit, k int) float32 {
	row := l.numbers[unit*len(model.NetColumns):][:len(model.NetColumns)]
	if k < len(row) {
		return float32(row[k])
	}
	return model.NetLikely(row[model.NetLevel])
}

// classesOf returns where the weights of a unit's classes are.
func (l *lesson) classesOf(unit int) []uint8 {
	return l.classes[unit*len(model.NetClasses):][:len(model.NetClasses)]
}

// A pupil is a net that learns. Its numbers come standardised; see plain.
type pupil struct {
	net, gradient model.Net
	moments       [2]model.Net
	steps         int
	drop          uint64 // of 256
	mean, scale   [netColumns]float32
	random        *rand.Rand

	// The document in hand, unit by unit.
	x     [][netColumns]float32
	wide  [][model.NetWidth]float32
	dwide [][model.NetWidth]float32
	ways  [2][]step
	out   []float32
}

// A step is what a way did at a unit.
type step struct {
	before, held             [model.NetHidden]float32
	reset, update, candidate [model.NetHidden]float32
	offered                  [model.NetHidden]float32 // to the candidate, before the reset
	mask, dheld              [model.NetHidden]float32
}

// weights are all numbers of a net.
func weights(t *model.Net) []float32 {
	return unsafe.Slice((*float32)(unsafe.Pointer(t)), unsafe.Sizeof(*t)/4)
}

// learn makes a net from all lessons but those of a fold, of which it takes no
// more than the spread of its numbers. It returns the log loss in the last
// epoch, too.
func learn(lessons []lesson, out int) (*model.Net, float64) {
	p := &pupil{drop: dropout, random: rand.New(rand.NewPCG(7, uint64(out)))}
	p.standardise(lessons)
	p.begin()
	var seen []int
	units := 0
	for i, l := range lessons {
		if l.fold != out {
			seen = append(seen, i)
			units += len(l.y)
		}
	}
	total := epochs * (units/batch + 1)
	loss, weight := 0.0, 0.0
	for range epochs {
		loss, weight = 0, 0
		p.random.Shuffle(len(seen), func(i, j int) { seen[i], seen[j] = seen[j], seen[i] })
		size := 0
		for k, i := range seen {
			l := &lessons[i]
			loss += p.study(l)
			for _, w := range l.w {
				weight += float64(w)
			}
			if size += len(l.y); size >= batch || k == len(seen)-1 {
				p.step(total)
				size = 0
			}
		}
	}
	return p.plain(), loss / weight
}

// standardise finds the mean and the spread of all numbers.
func (p *pupil) standardise(lessons []lesson) {
	n := 0.0
	var sum, squares [netColumns]float64
	for _, l := range lessons {
		n += float64(len(l.y))
		for i := range l.y {
			for k := range netColumns {
				v := float64(l.number(i, k))
				sum[k] += v
				squares[k] += v * v
			}
		}
	}
	for k := range sum {
		mean := sum[k] / n
		spread := math.Sqrt(max(squares[k]/n-mean*mean, 0))
		least := .5 // of a column
		if k == len(model.NetColumns) {
			least = .005
		}
		p.mean[k], p.scale[k] = float32(mean), float32(1/(spread+least))
	}
}

// begin draws the first weights.
func (p *pupil) begin() {
	uniform := func(w []float32, fan int) {
		for i := range w {
			w[i] = (2*p.random.Float32() - 1) / float32(math.Sqrt(float64(fan)))
		}
	}
	t := &p.net
	fan := netColumns + len(t.Classes)
	for i := range t.Numbers {
		uniform(t.Numbers[i][:], fan)
	}
	uniform(t.Likely[:], fan)
	uniform(t.Bias[:], fan)
	for i := range t.Classes {
		uniform(t.Classes[i][:], fan)
	}
	for w := range t.Ways {
		way := &t.Ways[w]
		for i := range way.In {
			uniform(way.In[i][:], model.NetWidth)
		}
		uniform(way.Bias[:], model.NetWidth)
		for i := range way.Back {
			uniform(way.Back[i][:], model.NetHidden)
		}
	}
}

// weightsOf returns the weights of number k in a net.
func weightsOf(t *model.Net, k int) *[model.NetWidth]float32 {
	if k < len(t.Numbers) {
		return &t.Numbers[k]
	}
	return &t.Likely
}

// plain returns the net for numbers as they are.
func (p *pupil) plain() *model.Net {
	t := p.net
	for k := range netColumns {
		w := weightsOf(&t, k)
		for j := range w {
			w[j] *= p.scale[k]
			t.Bias[j] -= w[j] * p.mean[k]
		}
	}
	return &t
}

func resize[T any](s []T, n int) []T { return slices.Grow(s[:0], n)[:n] }

// study adds the gradient of a document, and returns its loss.
func (p *pupil) study(l *lesson) (loss float64) {
	n := len(l.y)
	p.x, p.wide, p.dwide, p.out = resize(p.x, n), resize(p.wide, n), resize(p.dwide, n), resize(p.out, n)
	p.forward(l)
	g := &p.gradient
	for i, s := range p.out {
		chance := 1 / (1 + math.Exp(-float64(s)))
		y, w := float64(l.y[i]), float64(l.w[i])
		loss -= w * (y*math.Log(max(chance, 1e-12)) + (1-y)*math.Log(max(1-chance, 1e-12)))
		d := float32(w * (chance - y) * lossScale)
		g.OutBias += d
		for k, v := range p.wide[i] {
			g.Out[k] += d * v
			p.dwide[i][k] = d * p.net.Out[k]
		}
		for w := range p.ways {
			m := &p.ways[w][i]
			for k, v := range m.held {
				g.Ways[w].Out[k] += d * v * m.mask[k]
				m.dheld[k] = d * p.net.Ways[w].Out[k] * m.mask[k]
			}
		}
	}
	for w := range p.ways {
		p.back(w)
	}
	for i := range p.dwide {
		d := &p.dwide[i]
		for k := range d {
			if p.wide[i][k] == 0 {
				d[k] = 0
			}
			g.Bias[k] += d[k]
		}
		for c, v := range p.x[i] {
			if v != 0 {
				to := weightsOf(g, c)
				for k, d := range d {
					to[k] += v * d
				}
			}
		}
		for _, c := range l.classesOf(i) {
			for k, d := range d {
				g.Classes[c][k] += d
			}
		}
	}
	return loss
}

// forward reads a document, with some of its numbers dropped.
func (p *pupil) forward(l *lesson) {
	keep := 256 / float32(256-p.drop)
	bits, left := uint64(0), 0
	dropped := func() bool {
		if left == 0 {
			bits, left = p.random.Uint64(), 8
		}
		b := bits & 0xff
		bits >>= 8
		left--
		return b < p.drop
	}
	t := &p.net
	for i := range p.x {
		x, wide := &p.x[i], &p.wide[i]
		*wide = t.Bias
		for k := range netColumns {
			if dropped() {
				x[k] = 0
				continue
			}
			v := (l.number(i, k) - p.mean[k]) * p.scale[k] * keep
			x[k] = v
			for j, w := range weightsOf(t, k) {
				wide[j] += v * w
			}
		}
		for _, c := range l.classesOf(i) {
			for j, w := range t.Classes[c] {
				wide[j] += w
			}
		}
		sum := t.OutBias
		for j := range wide {
			wide[j] = max(wide[j], 0)
			sum += wide[j] * t.Out[j]
		}
		p.out[i] = sum
	}
	for w := range p.ways {
		p.ways[w] = resize(p.ways[w], len(p.x))
		way := &t.Ways[w]
		var held [model.NetHidden]float32
		for at := range p.x {
			i := at
			if w == 1 {
				i = len(p.x) - 1 - at
			}
			m := &p.ways[w][i]
			m.before = held
			in := way.Bias
			for k, v := range p.wide[i] {
				for g, weight := range way.In[k] {
					in[g] += v * weight
				}
			}
			var back [3 * model.NetHidden]float32
			for k, v := range held {
				for g, weight := range way.Back[k] {
					back[g] += v * weight
				}
			}
			for k := range held {
				m.reset[k] = model.Sigmoid(in[k] + back[k])
				m.update[k] = model.Sigmoid(in[model.NetHidden+k] + back[model.NetHidden+k])
				m.offered[k] = back[2*model.NetHidden+k] + way.Held[k]
				m.candidate[k] = 2*model.Sigmoid(2*(in[2*model.NetHidden+k]+m.reset[k]*m.offered[k])) - 1
				held[k] = m.candidate[k] + m.update[k]*(held[k]-m.candidate[k])
				m.mask[k] = keep
				if dropped() {
					m.mask[k] = 0
				}
				p.out[i] += held[k] * m.mask[k] * way.Out[k]
			}
			m.held = held
		}
	}
}

// back adds the gradient of a way, from the last unit that it read to the first.
func (p *pupil) back(w int) {
	const hidden = model.NetHidden
	way, g := &p.net.Ways[w], &p.gradient.Ways[w]
	var after [hidden]float32 // gradient of the values held, from the unit read next
	n := len(p.ways[w])
	for at := n - 1; at >= 0; at-- {
		i := at
		if w == 1 {
			i = n - 1 - at
		}
		m := &p.ways[w][i]
		var in, back [3 * hidden]float32
		var before [hidden]float32
		for k := range after {
			e := after[k] + m.dheld[k]
			r, u, c := m.reset[k], m.update[k], m.candidate[k]
			dc := e * (1 - u) * (1 - c*c)
			du := e * (m.before[k] - c) * u * (1 - u)
			dr := dc * m.offered[k] * r * (1 - r)
			in[k], in[hidden+k], in[2*hidden+k] = dr, du, dc
			back[k], back[hidden+k], back[2*hidden+k] = dr, du, dc*r
			g.Held[k] += dc * r
			before[k] = e * u
		}
		for k := range way.Back {
			s := before[k]
			for j, weight := range way.Back[k] {
				s += weight * back[j]
				g.Back[k][j] += m.before[k] * back[j]
			}
			before[k] = s
		}
		for j, d := range in {
			g.Bias[j] += d
		}
		for k, v := range p.wide[i] {
			if v == 0 {
				continue // nothing comes through
			}
			s := float32(0)
			for j, weight := range way.In[k] {
				s += weight * in[j]
				g.In[k][j] += v * in[j]
			}
			p.dwide[i][k] += s
		}
		after = before
	}
}

// step moves all weights, and forgets the gradient.
func (p *pupil) step(total int) {
	const b1, b2, tiny = .9, .999, 1e-8
	p.steps++
	part := float64(p.steps) / float64(total)
	speed := rate * .5 * (1 + math.Cos(math.Pi*min(max((part-.15)/.85, 0), 1)))
	if part < .15 {
		speed = rate * (1.0/25 + (1-1.0/25)*.5*(1-math.Cos(math.Pi*part/.15)))
	}
	all, gradient := weights(&p.net), weights(&p.gradient)
	norm := 0.0
	for _, g := range gradient {
		norm += float64(g) * float64(g)
	}
	shrink := min(1, clip/(math.Sqrt(norm)+1e-9))
	first, second := weights(&p.moments[0]), weights(&p.moments[1])
	fix1, fix2 := 1-math.Pow(b1, float64(p.steps)), 1-math.Pow(b2, float64(p.steps))
	for i := range all {
		g := float64(gradient[i]) * shrink
		m := b1*float64(first[i]) + (1-b1)*g
		v := b2*float64(second[i]) + (1-b2)*g*g
		first[i], second[i] = float32(m), float32(v)
		w := float64(all[i]) * (1 - speed*decay)
		all[i] = float32(w - speed*(m/fix1)/(math.Sqrt(v/fix2)+tiny))
	}
	clear(gradient)
}
