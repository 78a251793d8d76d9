package search

import (
	"cmp"
	"maps"
	"slices"

	"parley/desk"
)

// maxSnippets is how many messages of a conversation are shown.
const maxSnippets = 3

// verdict looks into one conversation: what of the query it answers, and where.
type verdict struct {
	f        *finder
	hit      *Hit
	met      []bool // by unit
	filtered bool   // a message has passed the filters on messages
	partial  bool   // the thread was too long to look at all of it
	best     []snippetSource
}

// snippetSource is a message that may become a snippet.
type snippetSource struct {
	message desk.Message
	spans   []span
	rank    int
}

// answers reports whether the conversation answers the query.
func (v *verdict) answers() bool {
	if v.f.query.Filter.aboutMessages() && !v.filtered && !v.partial {
		return false
	}
	return v.partial && !v.f.rough || !slices.Contains(v.met, false)
}

// fields looks into the customer's fields, and where they were searched into tags
// and attributes.
func (v *verdict) fields() {
	c := &v.hit.Customer
	v.field("customer.name", c.Name, false)
	v.field("customer.email", c.Email, false)
	v.field("customer.phone", c.Phone, false)
	if !slices.Contains(v.f.g.weak, true) {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(c.Attributes)) {
		v.field("customer.attribute", c.Attributes[key], true)
	}
	for _, tag := range c.Tags {
		v.field("customer.tag", tag, true)
	}
	for _, tag := range v.hit.Conversation.Tags {
		v.field("conversation.tag", tag, true)
	}
}

func (v *verdict) field(name, text string, isWeak bool) {
	var spans []span
	for _, s := range v.f.match.find(text) {
		if isWeak && (!v.f.g.weak[s.unit] || s.class <= typo) {
			continue
		}
		v.met[s.unit] = true
		spans = append(spans, s)
	}
	if len(spans) > 0 {
		shown, ranges := excerpt(text, spans, SnippetRunes)
		v.hit.Fields = append(v.hit.Fields, FieldHit{Name: name, Text: shown, Ranges: ranges})
	}
}

// thread looks into the messages.
func (v *verdict) thread() {
	c := &v.hit.Conversation
	if blocks, isLong := v.f.blocks[uint32(c.Number)]; isLong {
		if len(blocks) > maxBlocks {
			blocks, v.partial = blocks[len(blocks)-maxBlocks:], true
		}
		for i := len(blocks) - 1; i >= 0; i-- {
			if v.f.isSpent(1) && i < len(blocks)-1 {
				v.partial = true
				break
			}
			v.messages(blocks[i], blocks[i]+BlockSize-1)
		}
	} else {
		from := max(c.Messages, maxBlocks*BlockSize) - maxBlocks*BlockSize + 1
		v.partial = from > 1
		v.messages(from, c.Messages)
	}
	v.snippets()
}

func (v *verdict) messages(from, to uint64) {
	read := messages(v.f.tx, &v.hit.Conversation, from, to)
	for i := range read {
		v.message(&read[i])
	}
}

func (v *verdict) message(m *desk.Message) {
	if spans, ok := v.find(m); ok {
		v.keep(m, spans)
	}
}

// find looks into a message. It reports whether it answers any part of the query,
// and where its text does.
func (v *verdict) find(m *desk.Message) (spans []span, ok bool) {
	v.f.read++
	v.f.bytes += len(m.Text)
	if m.Kind == desk.KindEvent || !v.f.query.Filter.takes(m) {
		return nil, false
	}
	v.filtered = true
	if len(v.met) == 0 {
		return nil, v.f.query.Filter.aboutMessages()
	}
	spans = slices.Clone(v.f.match.find(m.Text))
	for _, s := range spans {
		v.met[s.unit] = true
	}
	named := false
	for _, id := range m.Attachments {
		for _, s := range v.f.match.find(v.f.fileName(id)) {
			v.met[s.unit], named = true, true
		}
	}
	return spans, len(spans) > 0 || named
}

// takes reports whether a message passes the filters on messages.
func (f *Filter) takes(m *desk.Message) bool {
	return (len(f.From) == 0 || slices.Contains(f.From, m.Kind)) &&
		(!f.HasFile || len(m.Attachments) > 0) &&
		(f.After.IsZero() || m.At >= f.After) && (f.Before.IsZero() || m.At < f.Before)
}

// keep counts a message and, if it is among the best, holds on to it. Better is
// more of the query, then the newer one.
func (v *verdict) keep(m *desk.Message, spans []span) {
	v.hit.Hits++
	units := map[int]class{}
	for _, s := range spans {
		units[s.unit] = max(units[s.unit], s.class)
	}
	rank := 0
	for _, c := range units {
		rank += 16 + int(c)
	}
	v.best = append(v.best, snippetSource{*m, spans, rank})
	slices.SortStableFunc(v.best, func(a, b snippetSource) int {
		return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(b.message.Seq, a.message.Seq))
	})
	v.best = v.best[:min(len(v.best), maxSnippets)]
}

func (v *verdict) snippets() {
	for _, source := range v.best {
		m := &source.message
		text, ranges := excerpt(m.Text, source.spans, SnippetRunes)
		v.hit.Snippets = append(v.hit.Snippets, Snippet{
			Seq: m.Seq, Kind: m.Kind, Author: m.Author, At: m.At, Text: text, Ranges: ranges,
		})
	}
}

// fileName gives the name of a message's file; empty if its row is gone.
func (f *finder) fileName(id desk.ID) string {
	a, err := f.tx.Attachment(id)
	if err != nil {
		return ""
	}
	return a.Name
}
