package server

import (
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Part is a part of the process, beside the server, that has failed. It is contained and
// begins again.
type Part struct {
	Name   string
	Faults uint64    // since the start
	Last   time.Time // when it failed last
}

// degradedFor is how long after its last fault a part is told as degraded. One that keeps
// failing begins again more often than that.
const degradedFor = 10 * time.Minute

// degraded names the parts that have failed of late.
func (s *Server) degraded() string {
	var names []string
	for _, part := range s.parts() {
		if time.Since(part.Last) < degradedFor {
			names = append(names, part.Name)
		}
	}
	return strings.Join(names, ", ")
}

// faults counts for the operator how often each part has failed.
type faults struct {
	parts func() []Part
	about *prometheus.Desc
}

func newFaults(parts func() []Part) *faults {
	return &faults{parts, prometheus.NewDesc("parley_part_faults_total", "How often a part panicked or failed, and began again.", []string{"part"}, nil)}
}

// Describe implements prometheus.Collector.
func (f *faults) Describe(out chan<- *prometheus.Desc) { out <- f.about }

// Collect implements prometheus.Collector.
func (f *faults) Collect(out chan<- prometheus.Metric) {
	for _, part := range f.parts() {
		out <- prometheus.MustNewConstMetric(f.about, prometheus.CounterValue, float64(part.Faults), part.Name)
	}
}
