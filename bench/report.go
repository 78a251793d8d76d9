package bench

import "time"

// Report is what a run found.
type Report struct {
	Version string        `json:"version"`
	Began   time.Time     `json:"began"`
	Took    time.Duration `json:"took"`
	Machine Machine       `json:"machine"`
	Sets    []SetFigures  `json:"sets"`
	Rows    []Row         `json:"rows"`
}

// Row is one line of the table. What does not apply is zero.
type Row struct {
	ID   string `json:"id"`  // such as post.16; goals are looked up by it and the set
	Set  string `json:"set"` // the data set's name, or ""
	What string `json:"what"`

	Times *Times  `json:"times,omitempty"`
	Rate  float64 `json:"rate,omitempty"` // a second
	Value float64 `json:"value,omitempty"`
	Unit  string  `json:"unit,omitempty"` // of Value

	CPU    time.Duration `json:"cpu,omitempty"`          // the server's, for one operation
	Client float64       `json:"client_share,omitempty"` // of the CPU used by both, the measuring side's
	Others float64       `json:"others_share,omitempty"` // of the machine's CPU, what others took meanwhile
	Rounds int           `json:"rounds,omitempty"`       // how often it was measured, for being disturbed

	Floor string  `json:"floor,omitempty"` // the ID of the floor that it is compared with
	Ratio float64 `json:"ratio,omitempty"` // its p50, rate or value in floors

	Limits  []Limit `json:"limits,omitempty"`
	Verdict Verdict `json:"verdict,omitempty"`
	Note    string  `json:"note,omitempty"`
}

// Verdict is how a row stands to its goal.
type Verdict string

// The verdicts, from the worst; a row without a goal has none.
const (
	Miss   Verdict = "MISS"
	Hold   Verdict = "hold"
	Aim    Verdict = "aim"
	NoGoal Verdict = ""
)

// figure reads what a limit speaks of: times in milliseconds.
func (r *Row) figure(of string) (v float64, known bool) {
	switch of {
	case ofRate:
		return r.Rate, r.Rate > 0
	case ofValue:
		return r.Value, r.Value > 0
	case ofRatio:
		return r.Ratio, r.Ratio > 0
	}
	if r.Times == nil {
		return 0, false
	}
	if of == ofP50 {
		return milliseconds(r.Times.P50), true
	}
	return milliseconds(r.Times.P99), true
}

// judge compares the row with its goal; the worst limit decides.
func (r *Row) judge() {
	r.Limits = goals[r.ID+" "+r.Set]
	for _, limit := range r.Limits {
		v, known := r.figure(limit.Of)
		if !known {
			continue
		}
		switch verdict := limit.verdict(v); {
		case r.Verdict == NoGoal, verdict == Miss, verdict == Hold && r.Verdict == Aim:
			r.Verdict = verdict
		}
	}
}

// Missed lists the rows that do not hold.
func (r *Report) Missed() (missed []Row) {
	for i := range r.Rows {
		if r.Rows[i].Verdict == Miss {
			missed = append(missed, r.Rows[i])
		}
	}
	return missed
}

// row finds a row that was measured.
func (r *Report) row(id, set string) *Row {
	for i := range r.Rows {
		if r.Rows[i].ID == id && r.Rows[i].Set == set {
			return &r.Rows[i]
		}
	}
	return nil
}
