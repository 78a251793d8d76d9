package store

import (
	"fmt"
	"math"

	"parley/desk"
)

// Bucket: settings, under hours, bot, resolver, backup, second_factor and seeded; wait.go adds waits. What was
// never set is the desk's default.

// Names in settings.
var (
	settingHours    = []byte("hours")
	settingBot      = []byte("bot")
	settingResolver = []byte("resolver")
	settingBackup   = []byte("backup")
	settingFactor   = []byte("second_factor") // whether everyone must have one; secondfactor.go
	settingSeeded   = []byte("seeded")        // 1 once the samples were made, so that deleted ones stay away
)

// setting reads one value; a nil reader stands for the default.
func (tx *Tx) setting(name []byte) *reader {
	if v := tx.bucket(bucketSettings).Get(name); v != nil {
		return newReader(v)
	}
	return nil
}

func (tx *Tx) saveSetting(name []byte, w *writer, events []desk.Event) error {
	if err := tx.change(bucketSettings).Put(name, w.b); err != nil {
		return fmt.Errorf("store: settings: %s: %w", name, err)
	}
	return tx.append(events)
}

// Hours reads the working hours.
func (tx *Tx) Hours() (desk.Hours, error) {
	r := tx.setting(settingHours)
	if r == nil {
		return desk.DefaultHours(), nil
	}
	h := desk.Hours{Rev: r.uint(), Zone: r.text(), Always: r.flag()}
	for day := range h.Week {
		h.Week[day] = r.spans()
	}
	for range r.count() {
		h.Holidays = append(h.Holidays, desk.Holiday{Date: desk.Date(r.text()), Name: r.text(), Spans: r.spans()})
	}
	if err := r.done(); err != nil {
		return h, fmt.Errorf("store: working hours: %w", err)
	}
	return h, nil
}

// SaveHours saves the working hours with the events that made them so.
func (tx *Tx) SaveHours(before, h *desk.Hours, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	h.Rev = before.Rev + 1
	w := newWriter(1)
	w.uint(h.Rev)
	w.text(h.Zone)
	w.flag(h.Always)
	for day := range h.Week {
		w.spans(h.Week[day])
	}
	w.uint(uint64(len(h.Holidays)))
	for i := range h.Holidays {
		w.text(string(h.Holidays[i].Date))
		w.text(h.Holidays[i].Name)
		w.spans(h.Holidays[i].Spans)
	}
	return tx.saveSetting(settingHours, w, events)
}

// Resolver reads what the resolver does.
func (tx *Tx) Resolver() (desk.Resolver, error) {
	r := tx.setting(settingResolver)
	if r == nil {
		return desk.DefaultResolver(), nil
	}
	v := desk.Resolver{
		Rev: r.uint(), BotMinutes: uint32(r.uint()), AgentMinutes: uint32(r.uint()), WarnMinutes: uint32(r.uint()),
		Category: r.id(), Warning: r.both(), ArchiveDays: uint32(r.uint()),
	}
	if r.version >= 2 {
		v.AnewDays = uint32(r.uint())
	}
	if err := r.done(); err != nil {
		return v, fmt.Errorf("store: resolver: %w", err)
	}
	return v, nil
}

// SaveResolver saves what the resolver does with the events that made it so.
func (tx *Tx) SaveResolver(before, v *desk.Resolver, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	v.Rev = before.Rev + 1
	w := newWriter(2)
	w.uint(v.Rev)
	w.uint(uint64(v.BotMinutes))
	w.uint(uint64(v.AgentMinutes))
	w.uint(uint64(v.WarnMinutes))
	w.id(v.Category)
	w.both(v.Warning)
	w.uint(uint64(v.ArchiveDays))
	w.uint(uint64(v.AnewDays))
	return tx.saveSetting(settingResolver, w, events)
}

// Seeded reports whether the samples were made.
func (tx *Tx) Seeded() bool { return tx.bucket(bucketSettings).Get(settingSeeded) != nil }

// SetSeeded says that the samples were made.
func (tx *Tx) SetSeeded() error { return tx.change(bucketSettings).Put(settingSeeded, []byte{1}) }

func (w *writer) spans(spans []desk.Span) {
	w.uint(uint64(len(spans)))
	for _, s := range spans {
		w.uint(uint64(s.From))
		w.uint(uint64(s.To))
	}
}

func (r *reader) spans() []desk.Span {
	n := r.count()
	if n == 0 {
		return nil
	}
	spans := make([]desk.Span, n)
	for i := range spans {
		spans[i] = desk.Span{From: desk.Minute(r.uint()), To: desk.Minute(r.uint())}
	}
	return spans
}

func (w *writer) both(b desk.Both) {
	w.text(b.TR)
	w.text(b.EN)
}

func (r *reader) both() desk.Both { return desk.Both{TR: r.text(), EN: r.text()} }

func (w *writer) lists(l desk.Lists) {
	w.texts(l.TR)
	w.texts(l.EN)
}

func (r *reader) lists() desk.Lists { return desk.Lists{TR: r.texts(), EN: r.texts()} }

func (w *writer) float(v float64) { w.uint(math.Float64bits(v)) }

func (r *reader) float() float64 { return math.Float64frombits(r.uint()) }
