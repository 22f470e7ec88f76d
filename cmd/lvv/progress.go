package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"lvv/internal/guard"
	"lvv/internal/say"
)

// progress tells a person what a run is doing: a bar on a terminal, a line a step otherwise. It
// names steps and files, never what is in them. Its methods may be called from several goroutines.
type progress struct {
	mu      sync.Mutex
	w       io.Writer
	tty     bool
	quiet   bool
	lang    say.Lang
	now     func() time.Time
	step    string
	began   time.Time // of the step
	drawn   time.Time // of the last bar
	hasDraw bool
}

func newProgress(a *app, quiet bool) *progress {
	f, isFile := a.stderr.(*os.File)
	return &progress{w: a.stderr, lang: a.lang, tty: isFile && term.IsTerminal(int(f.Fd())), quiet: quiet, now: time.Now}
}

// begin ends the step before and starts one.
func (p *progress) begin(step string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish()
	p.step, p.began = say.Text(p.lang, step), p.now()
	p.draw(0, 0, byteRate)
}

// at says how far the step is: done of total bytes.
func (p *progress) at(done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.draw(done, total, byteRate)
}

// parts says how far the step is: done of total parts.
func (p *progress) parts(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.draw(int64(done), int64(total), partRate)
}

// byteRate and partRate write what is done in a second.
func byteRate(n float64) string { return fmt.Sprintf("%.0f MB/s", n/1e6) }
func partRate(n float64) string { return fmt.Sprintf("%.1f/s", n) }

// say prints a message that is no progress, and comes through where progress is not wanted.
func (p *progress) say(message error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
	fmt.Fprintln(p.w, "lvv: "+say.In(p.lang, message))
}

// end ends the last step.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.finish()
}

func (p *progress) finish() {
	if p.step == "" || p.quiet {
		return
	}
	p.clear()
	fmt.Fprintf(p.w, "%-42s %6.2f s\n", p.step, p.now().Sub(p.began).Seconds())
	p.step = ""
}

func (p *progress) clear() {
	if p.hasDraw {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.hasDraw = false
	}
}

// draw shows the bar on a terminal, at most ten times a second, with rate and remaining time once
// the step has taken two seconds.
func (p *progress) draw(done, total int64, rate func(float64) string) {
	now := p.now()
	if !p.tty || p.quiet || p.step == "" || (p.hasDraw && now.Sub(p.drawn) < 100*time.Millisecond) {
		return
	}
	p.drawn = now
	p.clear()
	p.hasDraw = true
	fmt.Fprint(p.w, p.line(done, total, now.Sub(p.began), rate))
}

func (p *progress) line(done, total int64, took time.Duration, rate func(float64) string) string {
	if total <= 0 {
		return p.step + " ..."
	}
	const width = 24
	filled := int(min(done, total) * width / total)
	bar := fmt.Sprintf("%s [%s%s] %3d %%", p.step, strings.Repeat("#", filled), strings.Repeat(".", width-filled), min(done, total)*100/total)
	if took < 2*time.Second || done == 0 {
		return bar
	}
	speed := float64(done) / took.Seconds()
	left := time.Duration(float64(total-min(done, total))/speed) * time.Second
	return say.Text(p.lang, "%s  %s  %v left", bar, rate(speed), left.Round(time.Second))
}

// recovered turns a panic into an error. The value of a panic may hold case data; it is not shown.
func (p *progress) recovered(err *error) {
	if v := recover(); v != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		*err = say.Errorf("%s: %w", cmp.Or(p.step, "starting"), guard.ErrPanic)
	}
}
