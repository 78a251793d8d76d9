package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

// run is one measuring.
type run struct {
	ctx    context.Context
	opts   Options
	much   amount
	build  *builder
	report *Report
	faults []error
}

// Run measures and gives the report. The error joins what went wrong: parts that
// could not be measured, and above all answers that were not what they should be.
// The report then holds the rest.
func Run(ctx context.Context, opts Options) (*Report, error) {
	much, err := opts.settle()
	if err != nil {
		return nil, err
	}
	if opts.Work, err = os.MkdirTemp(opts.Work, "parley-bench-"); err != nil {
		return nil, err
	}
	defer os.RemoveAll(opts.Work)
	r := &run{
		ctx: ctx, opts: opts, much: much,
		build:  &builder{executable: opts.Executable, version: opts.Version, cache: opts.Cache, say: opts.Say},
		report: &Report{Version: opts.Version, Began: time.Now(), Machine: describeMachine(opts.Cache)},
	}
	if !opts.Quick {
		r.build.settled = settled
	}
	r.part("size", r.sizeRows)
	r.part("floor", r.floorRows)
	for _, name := range opts.Sets {
		r.must(name, func() error { return r.measureSet(sets[name]) })
	}
	r.part("growth", r.growthRows)
	r.report.Took = time.Since(r.report.Began)
	r.report.Machine.LoadAfter = loadAverage()
	return r.report, errors.Join(r.faults...)
}

// wants tells whether a part was asked for.
func (r *run) wants(part string) bool {
	return r.opts.Only == nil || r.opts.Only.MatchString(part)
}

// part measures a part that was asked for. A fault of one part does not keep the
// others from being measured.
func (r *run) part(name string, measure func() error) {
	if r.wants(name) {
		r.must(name, measure)
	}
}

func (r *run) must(name string, measure func() error) {
	if r.ctx.Err() != nil {
		return
	}
	r.opts.Say("%s", name)
	if err := measure(); err != nil {
		r.faults = append(r.faults, fmt.Errorf("%s: %w", name, err))
		r.opts.Say("%s: %v", name, err)
	}
}

// add judges a row and puts it into the report.
func (r *run) add(row Row) {
	r.compare(&row)
	row.judge()
	r.report.Rows = append(r.report.Rows, row)
	r.opts.Say("    %s", strings.TrimSpace(row.line()))
}

// compare sets a row's ratio to its floor: p50 to p50, or rate to rate where it
// has several clients.
func (r *run) compare(row *Row) {
	floor := r.report.row(row.Floor, row.Set)
	if floor == nil {
		floor = r.report.row(row.Floor, "")
	}
	switch {
	case row.Floor == "" || row.Ratio > 0:
	case floor == nil:
		row.Floor = "" // it was not asked for
	case floor.Times == nil || row.Times == nil || floor.Times.P50 == 0:
	default:
		row.Ratio = float64(row.Times.P50) / float64(floor.Times.P50)
	}
}
