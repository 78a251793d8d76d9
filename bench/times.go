package bench

import (
	"slices"
	"time"
)

// Times is how long many tries of one thing took.
type Times struct {
	Count int           `json:"count"`
	P50   time.Duration `json:"p50"`
	P99   time.Duration `json:"p99"`
	P999  time.Duration `json:"p999"`
	Max   time.Duration `json:"max"`
}

// timesOf sorts samples, exactly, without buckets.
func timesOf(samples []time.Duration) Times {
	if len(samples) == 0 {
		return Times{}
	}
	slices.Sort(samples)
	return Times{
		Count: len(samples), P50: quantile(samples, 0.5), P99: quantile(samples, 0.99),
		P999: quantile(samples, 0.999), Max: samples[len(samples)-1],
	}
}

// quantile is the least sample that at least the part q of all samples do not
// exceed.
func quantile(sorted []time.Duration, q float64) time.Duration {
	at := int(q * float64(len(sorted)))
	if float64(at) == q*float64(len(sorted)) && at > 0 {
		at--
	}
	return sorted[min(at, len(sorted)-1)]
}

// milliseconds are what the table and the goals speak.
func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
