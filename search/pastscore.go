package search

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"parley/desk"
	"parley/store"
)

// How a past question is judged.
const (
	minPastShare  = 0.34 // of the question's weight, a piece must hold
	minPastScore  = 0.42 // from which on questions are alike
	pastAside     = 2.5  // what a customer adds without asking anything else says so much at most
	pastCovered   = 0.7  // what covering the question counts for, against saying nothing else
	minPastAnswer = 3    // words that an answer has at least
	pastQuestions = 1000 // bytes of a question that are read
)

// read takes the pieces in order and gives the answers to questions that are like
// the one asked, the best first and each text once.
func (q *pastQuestion) read(ctx context.Context, tx *store.Tx, pieces []pastPiece, except desk.Number) ([]PastAnswer, error) {
	var answers []PastAnswer
	read := 0
	for i := range pieces {
		p := &pieces[i]
		if err := ctx.Err(); err != nil || read >= maxPastRead {
			return answers, err
		}
		c, err := tx.Conversation(p.number)
		if err != nil {
			if desk.OrGone(err) == nil {
				continue // the index is behind
			}
			return nil, err
		}
		if c.State != desk.Resolved || p.number == except {
			continue
		}
		said := messages(tx, &c, p.first, p.first+BlockSize-1+pastLookBehind)
		read += len(said)
		answers = q.answers(said, answers)
	}
	slices.SortStableFunc(answers, func(a, b PastAnswer) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.At, a.At))
	})
	return answers, nil
}

// answers adds what agents said to the questions among some messages.
func (q *pastQuestion) answers(messages []desk.Message, known []PastAnswer) []PastAnswer {
	for at := 0; at < min(len(messages), BlockSize); { // what begins later is another piece's
		if messages[at].Kind != desk.KindCustomer {
			at++
			continue
		}
		question, behind := run(messages, at, desk.KindCustomer)
		at = behind
		text := question.text()
		score := q.score(text)
		if score < minPastScore {
			continue
		}
		best := q.answer(messages, behind)
		if best == nil {
			continue
		}
		known = addPast(known, PastAnswer{
			Number: best.Number, Seq: best.Seq, Question: strings.Join(strings.Fields(text), " "), Answer: best.Text,
			Agent: best.Author.ID, At: best.At, Score: math.Round(score*100) / 100,
		})
	}
	return known
}

// answer finds what an agent said to the question before a place: the next that an
// agent says, passing over the bot, and over what the customer adds when asked for a
// number or a name; nil for nothing.
func (q *pastQuestion) answer(messages []desk.Message, from int) *desk.Message {
	for at := from; at < min(len(messages), from+pastLookBehind); {
		switch messages[at].Kind {
		case desk.KindAgent:
			said, _ := run(messages, at, desk.KindAgent)
			if best := said.best(); len(strings.Fields(best.Text)) >= minPastAnswer {
				return best
			}
			return nil
		case desk.KindCustomer:
			said, next := run(messages, at, desk.KindCustomer)
			if q.saysInAll(said.text()) > pastAside {
				return nil // another question
			}
			at = next
		default:
			at++
		}
	}
	return nil
}

// saysInAll is how much a text says, but for its numbers.
func (q *pastQuestion) saysInAll(text string) (sum float64) {
	for t := (tokenizer{text: withoutCodes(text)}); t.next(); {
		sum += q.saysOf(string(t.term))
	}
	return sum
}

// addPast adds an answer, unless the same was said to a question at least as much
// alike.
func addPast(known []PastAnswer, a PastAnswer) []PastAnswer {
	for i := range known {
		if k := &known[i]; Fold(k.Answer) == Fold(a.Answer) {
			if a.Score > k.Score || (a.Score == k.Score && a.At > k.At) {
				*k = a
			}
			return known
		}
	}
	return append(known, a)
}

// spoken are messages of one kind, one behind the other.
type spoken []*desk.Message

// run gathers the messages of a kind from a place on, passing over notes and event
// lines, and says where the next begins.
func run(messages []desk.Message, from int, kind desk.MessageKind) (said spoken, next int) {
	for next = from; next < len(messages); next++ {
		switch messages[next].Kind {
		case kind:
			said = append(said, &messages[next])
		case desk.KindNote, desk.KindEvent:
		default:
			return said, next
		}
	}
	return said, next
}

func (s spoken) text() string {
	var b strings.Builder
	for _, m := range s {
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(m.Text[:min(len(m.Text), pastQuestions)])
		if b.Len() >= pastQuestions {
			break
		}
	}
	return strings.ToValidUTF8(b.String(), "")
}

// best is the message that says most: the others greet and say goodbye.
func (s spoken) best() *desk.Message {
	best := s[0]
	for _, m := range s[1:] {
		if len(m.Text) > len(best.Text) {
			best = m
		}
	}
	return best
}

// score says how alike a past question is: how much of the question asked it
// covers, and how little else it says.
func (q *pastQuestion) score(text string) float64 {
	spans := q.match.find(text)
	covered, best := 0.0, make([]float64, len(q.words))
	for _, s := range spans {
		best[s.unit] = max(best[s.unit], likeness[s.class])
	}
	shares := 0
	for w, how := range best {
		if covered += how * q.weight[w]; how > 0 {
			shares++
		}
	}
	if shares < min(2, len(q.words)) {
		return 0 // one word in common is chance
	}
	met := make(map[int]bool, len(spans)) // words of the text, by where they begin
	for _, s := range spans {
		met[s.start] = true
	}
	own, shared := 0.0, 0.0
	for _, t := range q.match.tokens {
		says := q.saysOf(string(t.term))
		if own += says; met[t.start] {
			shared += says
		}
	}
	if own == 0 {
		return 0
	}
	return math.Pow(covered/q.total, pastCovered) * math.Pow(min(shared/own, 1), 1-pastCovered)
}

// saysOf is says, asked once for each word.
func (q *pastQuestion) saysOf(term string) float64 {
	known, found := q.says[term]
	if !found {
		known = says(term)
		q.says[term] = known
	}
	return known
}
