package store

import (
	"fmt"

	"parley/desk"
)

// Buckets: categories, rules: id(16) → row, the desk's small lists.

// Category reads a resolve category.
func (tx *Tx) Category(id desk.ID) (desk.Category, error) {
	v := tx.bucket(bucketCategories).Get(id[:])
	if v == nil {
		return desk.Category{}, desk.NotFound("category")
	}
	c, err := decodeCategory(v)
	if err != nil {
		return c, fmt.Errorf("store: category %s: %w", id, err)
	}
	return c, nil
}

// Categories reads all resolve categories in the order in which they were made.
func (tx *Tx) Categories() ([]desk.Category, error) {
	return readAll(tx, bucketCategories, "category", decodeCategory)
}

// SaveCategory saves a category with the events that made it so; before is nil for
// a new one.
func (tx *Tx) SaveCategory(before, c *desk.Category, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	c.Rev = 1
	if before != nil {
		c.Rev = before.Rev + 1
	}
	if err := tx.change(bucketCategories).Put(c.ID[:], encodeCategory(c)); err != nil {
		return fmt.Errorf("store: category %s: %w", c.ID, err)
	}
	return tx.tell(events, desk.Particulars{New: before == nil, Name: c.Name.In("tr")})
}

// DeleteCategory takes a category away. What was resolved with it keeps its id.
func (tx *Tx) DeleteCategory(id desk.ID, events []desk.Event) error {
	c, err := tx.Category(id)
	if err == nil {
		err = tx.change(bucketCategories).Delete(id[:])
	}
	if err != nil {
		return fmt.Errorf("store: category %s: %w", id, err)
	}
	return tx.tell(events, desk.Particulars{Name: c.Name.In("tr")})
}

func encodeCategory(c *desk.Category) []byte {
	w := newWriter(1)
	w.id(c.ID)
	w.uint(c.Rev)
	w.both(c.Name)
	w.both(c.Closing)
	w.flag(c.AskRating)
	w.flag(c.Enabled)
	return w.b
}

func decodeCategory(b []byte) (desk.Category, error) {
	r := newReader(b)
	c := desk.Category{ID: r.id(), Rev: r.uint(), Name: r.both(), Closing: r.both(), AskRating: r.flag(), Enabled: r.flag()}
	return c, r.done()
}

// Rule reads a rule of the bot.
func (tx *Tx) Rule(id desk.ID) (desk.Rule, error) {
	v := tx.bucket(bucketRules).Get(id[:])
	if v == nil {
		return desk.Rule{}, desk.NotFound("rule")
	}
	rule, err := decodeRule(v)
	if err != nil {
		return rule, fmt.Errorf("store: rule %s: %w", id, err)
	}
	return rule, nil
}

// Rules reads all rules in the order in which they were made.
func (tx *Tx) Rules() ([]desk.Rule, error) { return readAll(tx, bucketRules, "rule", decodeRule) }

// RulesRev rises with every change of a rule.
func (tx *Tx) RulesRev() uint64 { return tx.bucket(bucketRules).Sequence() }

// SaveRule saves a rule with the events that made it so; before is nil for a new
// one.
func (tx *Tx) SaveRule(before, rule *desk.Rule, events []desk.Event) error {
	if len(events) == 0 {
		return nil
	}
	rule.Rev = 1
	if before != nil {
		rule.Rev = before.Rev + 1
	}
	b := tx.change(bucketRules)
	if err := b.Put(rule.ID[:], encodeRule(rule)); err != nil {
		return fmt.Errorf("store: rule %s: %w", rule.ID, err)
	}
	if _, err := b.NextSequence(); err != nil {
		return err
	}
	return tx.tell(events, desk.Particulars{New: before == nil})
}

// DeleteRule takes a rule away.
func (tx *Tx) DeleteRule(id desk.ID, events []desk.Event) error {
	b := tx.change(bucketRules)
	if err := b.Delete(id[:]); err != nil {
		return fmt.Errorf("store: rule %s: %w", id, err)
	}
	if _, err := b.NextSequence(); err != nil {
		return err
	}
	return tx.append(events)
}

func encodeRule(rule *desk.Rule) []byte {
	w := newWriter(1)
	w.id(rule.ID)
	w.uint(rule.Rev)
	w.text(rule.Language)
	w.texts(rule.Phrases)
	w.text(string(rule.Match))
	w.text(rule.Answer)
	w.texts(rule.Choices)
	w.flag(rule.Handover)
	w.flag(rule.Enabled)
	w.uint(uint64(rule.Position))
	return w.b
}

func decodeRule(b []byte) (desk.Rule, error) {
	r := newReader(b)
	rule := desk.Rule{
		ID: r.id(), Rev: r.uint(), Language: r.text(), Phrases: r.texts(), Match: desk.RuleMatch(r.text()), Answer: r.text(),
		Choices: r.texts(), Handover: r.flag(), Enabled: r.flag(), Position: uint32(r.uint()),
	}
	return rule, r.done()
}

// readAll reads every row of a bucket in the order of its keys.
func readAll[R any](tx *Tx, bucket []byte, what string, decode func([]byte) (R, error)) ([]R, error) {
	var all []R
	err := tx.bucket(bucket).ForEach(func(k, v []byte) error {
		row, err := decode(v)
		if err != nil {
			return fmt.Errorf("store: %s %x: %w", what, k, err)
		}
		all = append(all, row)
		return nil
	})
	return all, err
}
