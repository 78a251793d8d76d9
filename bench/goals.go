package bench

// Limit is one bound of a goal: Hold must be met, Aim is gone for. Times are in
// milliseconds. A zero bound is none.
type Limit struct {
	Of    string  `json:"of"`
	Hold  float64 `json:"hold"`
	Aim   float64 `json:"aim"`
	AtEnd bool    `json:"at_least,omitempty"` // the figure should reach it instead of staying below
}

// What a limit can speak of.
const (
	ofP50   = "p50"
	ofP99   = "p99"
	ofRate  = "rate"
	ofValue = "value"
	ofRatio = "ratio"
)

func p50(hold, aim float64) Limit   { return Limit{Of: ofP50, Hold: hold, Aim: aim} }
func p99(hold, aim float64) Limit   { return Limit{Of: ofP99, Hold: hold, Aim: aim} }
func value(hold, aim float64) Limit { return Limit{Of: ofValue, Hold: hold, Aim: aim} }
func ratio(hold, aim float64) Limit { return Limit{Of: ofRatio, Hold: hold, Aim: aim} }
func rate(hold, aim float64) Limit  { return Limit{Of: ofRate, Hold: hold, Aim: aim, AtEnd: true} }

// verdict says how a figure stands to the limit.
func (l Limit) verdict(v float64) Verdict {
	within := func(bound float64) bool { return bound == 0 || v <= bound }
	if l.AtEnd {
		within = func(bound float64) bool { return v >= bound }
	}
	switch {
	case within(l.Aim):
		return Aim
	case within(l.Hold):
		return Hold
	}
	return Miss
}

// goals are the limits of each row on the set that they were set for. A row on
// another set is shown without a verdict.
var goals = map[string][]Limit{
	"post.1 d1m":  {p50(1, 0.5), p99(5, 2), ratio(2, 1.2)},
	"post.16 d1m": {rate(5_000, 10_000)},
	"post.64 d1m": {rate(8_000, 20_000)},

	"fanout.10 d1m":   {p99(8, 3)},
	"fanout.100 d1m":  {p99(10, 4)},
	"fanout.1000 d1m": {p99(40, 15)},

	"visitors.idle d1m":  {value(20, 8)},
	"visitors.post d1m":  {ratio(2, 1.2)},
	"visitors.round d1m": {p99(25, 10)},

	"list.first 1m":    {p99(1, 0.3)},
	"list.views 1m":    {p99(1, 0.3)},
	"list.filters 1m":  {p99(1, 0.3)},
	"list.page10 1m":   {p99(1, 0.3)},
	"list.page100 1m":  {p99(1, 0.3)},
	"list.page1000 1m": {p99(1, 0.3)},
	"list.16 1m":       {{Of: ofRate, Aim: 30_000, AtEnd: true}},
	"open.1 d1m":       {p99(1, 0.3)},

	"search.common d1m": {p99(10, 1)},
	"search.middle d1m": {p99(10, 1)},
	"search.rare d1m":   {p99(10, 1)},
	"search.bygone d1m": {p99(10, 1)},
	"search.number d1m": {p99(10, 1)},
	"search.order d1m":  {p99(10, 1)},
	"search.none d1m":   {p99(10, 1)},
	"search.two d1m":    {p99(10, 1)},
	"search.phrase d1m": {p99(10, 10)},

	"search.prefix2 d1m":  {p99(20, 3), ratio(0, 1.0/20)},
	"search.prefix3 d1m":  {p99(20, 3)},
	"search.prefix4 d1m":  {p99(20, 3)},
	"search.typing16 d1m": {{Of: ofP99, Aim: 20}},

	"lag.idle d1m": {p99(100, 10)},
	"lag.500 d1m":  {p99(200, 25)},
	"lag.flat d1m": {p99(5_000, 1_000)},

	"start 1k":  {p50(100, 25)},
	"start d1m": {p50(200, 40)},
	"start 1m":  {p50(500, 60)},

	"memory.idle 1k":     {value(40, 20)},
	"memory.idle d1m":    {value(150, 60)},
	"memory.loaded d1m":  {value(150, 60)},
	"disk.fresh d1m":     {value(450, 220)},
	"disk.posts d1m":     {value(450, 330)},
	"import.stored d1m":  {rate(20_000, 50_000)},
	"import.indexed d1m": {rate(8_000, 15_000)},

	"growth.list ":  {value(2, 1.2)},
	"growth.open ":  {value(2, 1.3)},
	"growth.post ":  {value(2, 1.3)},
	"growth.start ": {{Of: ofValue, Hold: 3, Aim: 3}},

	"size.executable ": {value(45, 28)},
	"size.firstload ":  {value(120, 80)},
}
