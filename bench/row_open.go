package bench

import (
	"bytes"
	"fmt"
	"math/rand/v2"

	"parley/app"
)

// opened is how many different conversations the row goes through.
const opened = 500

// openRows measures opening a conversation with its newest messages.
func (s *stage) openRows() error {
	random := rand.New(rand.NewPCG(1, 2))
	paths, want := make([]string, opened), make([]entry, opened)
	for i := range paths {
		want[i] = pick(random, s.book.entries)
		paths[i] = fmt.Sprintf("/api/v1/conversations/%d", want[i].number)
	}
	for _, clients := range []int{1, 16} {
		row := s.row(fmt.Sprintf("open.%d", clients), "open a conversation"+withClients(clients))
		result, err := s.reads(clients, paths, func(path, n int, body []byte) error {
			if clients > 1 && n%16 != 0 {
				return nil
			}
			return checkThread(body, &want[path])
		})
		if err != nil {
			return err
		}
		result.fill(&row)
		row.Floor = floorFor(clients)
		s.add(row)
	}
	return nil
}

// checkThread compares a thread with what the scan found.
func checkThread(body []byte, want *entry) error {
	numbers := numbersIn(body) // of the conversation, then of each message
	whole := 1 + int(min(want.messages, app.ThreadPage))
	for _, n := range numbers {
		if n != want.number {
			return fmt.Errorf("bench: conversation %d holds something of %d", want.number, n)
		}
	}
	last := fmt.Appendf(nil, `"seq":%d,`, want.messages)
	if len(numbers) != whole || !bytes.Contains(body, last) {
		return fmt.Errorf("bench: conversation %d opens with %d messages and should with %d", want.number, len(numbers)-1, whole-1)
	}
	return nil
}

// withClients says how many clients there were when there were several.
func withClients(n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf(", %d clients", n)
}
