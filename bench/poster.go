package bench

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"

	"parley/app"
	"parley/desk"
)

// poster posts replies of several agents into open conversations.
type poster struct {
	stage   *stage
	numbers []desk.Number // where it posts: open, led by an agent or waiting for one
	authors []*author
}

// author is one posting client.
type author struct {
	*client
	random *rand.Rand
	texts  []string
	body   []byte
	path   []byte
}

// prepared is how many texts an author has ready, so that making them takes no
// time from the server while it is measured.
const prepared = 1_000

func (s *stage) poster(clients int) (*poster, error) {
	p := &poster{stage: s, numbers: s.book.where(func(e *entry) bool {
		return e.place == desk.PlaceAssigned || e.place == desk.PlaceUnassigned
	})}
	conns, err := s.dialAll(clients)
	if err != nil {
		return nil, err
	}
	for i, c := range conns {
		random := rand.New(rand.NewPCG(uint64(i), uint64(s.ledger.len())))
		a := &author{client: c, random: random}
		writer := newWriter(random)
		for n := range prepared {
			a.texts = append(a.texts, writer.text([]string{"tr", "en"}[n%2]))
		}
		p.authors = append(p.authors, a)
	}
	return p, nil
}

func (p *poster) close() {
	for _, a := range p.authors {
		a.close()
	}
}

// post sends one reply and returns what checks its answer and notes it in the
// ledger.
func (p *poster) post(i int) (check func() error, err error) {
	a := p.authors[i]
	return p.send(i, pick(a.random, p.numbers), app.NewID(), pick(a.random, a.texts))
}

// send sends a reply of the caller's.
func (p *poster) send(i int, number desk.Number, id desk.ID, text string) (check func() error, err error) {
	a := p.authors[i]
	a.path = strconv.AppendUint(append(a.path[:0], "/api/v1/conversations/"...), uint64(number), 10)
	a.path = append(a.path, "/messages"...)
	a.body = append(append(append(a.body[:0], `{"client_id":"`...), id.String()...), `","text":"`...)
	a.body = append(append(a.body, text...), `"}`...)
	status, answer, err := a.post(string(a.path), a.body)
	if err == nil && status != 200 {
		err = fmt.Errorf("bench: POST %s: %d %s", a.path, status, answer)
	}
	return func() error {
		seq, err := posted(answer, number, id, text)
		if err == nil {
			p.stage.ledger.add(number, seq, id, text)
		}
		return err
	}, err
}

var messageMark = []byte(`"message":{"number":`)

// posted reads the seq of the message in an answer to a post, and makes sure that
// it is the one that was sent.
func posted(answer []byte, number desk.Number, id desk.ID, text string) (seq uint64, err error) {
	_, message, found := bytes.Cut(answer, messageMark)
	if !found {
		return 0, fmt.Errorf("bench: no message in %s", answer)
	}
	if _, err := fmt.Sscanf(string(message[:min(len(message), 60)]), "%d,\"seq\":%d", new(uint64), &seq); err != nil {
		return 0, fmt.Errorf("bench: %w in %s", err, message)
	}
	if !bytes.HasPrefix(message, strconv.AppendUint(nil, uint64(number), 10)) ||
		!bytes.Contains(message, []byte(id.String())) || !bytes.Contains(message, []byte(`"`+text+`"`)) {
		return 0, errors.New("bench: another message was stored than was sent: " + string(message))
	}
	return seq, nil
}
