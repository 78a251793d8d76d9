package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"parley/desk"
	"parley/store"
	"parley/store/storetest"
)

var told = []desk.Event{{Type: desk.CustomerUpdated, Subject: idOf(0xc0, 1), At: noon}}

// TestCustomerRows reads customers back by every way that leads to them, and by
// no other after a change.
func TestCustomerRows(t *testing.T) {
	st := storetest.Open(t)
	before := desk.Customer{ID: idOf(0xc0, 1), External: "x-1", Name: "Elif", Email: "elif@example.com", Attributes: map[string]string{"a": "b"}}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SaveCustomer(nil, &before, told) })
	next := before
	next.External, next.Email, next.Blocked = "x-2", "other@example.com", &desk.Block{At: noon, Reason: "spam"}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SaveCustomer(&before, &next, told) })
	same := next
	same.Name = "not told, not saved"
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SaveCustomer(&next, &same, nil) })
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if got, err := tx.Customer(next.ID); err != nil || !reflect.DeepEqual(got, next) || got.Rev != 2 {
			t.Errorf("%+v, %v; want %+v", got, err, next)
		}
		if got, err := tx.CustomerByExternal("x-2"); err != nil || got.ID != next.ID {
			t.Errorf("by x-2: %+v, %v", got, err)
		}
		if got, err := tx.CustomersByEmail("other@example.com", 5); err != nil || len(got) != 1 {
			t.Errorf("by e-mail: %+v, %v", got, err)
		}
		for name, err := range map[string]error{
			"the old external id": second(tx.CustomerByExternal("x-1")),
			"no external id":      second(tx.CustomerByExternal("")),
			"an unknown id":       second(tx.Customer(idOf(0xc0, 9))),
			"an unknown in brief": second(tx.CustomerBrief(idOf(0xc0, 9))),
		} {
			if desk.CodeOf(err) != desk.CodeNotFound {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got, _ := tx.CustomersByEmail("elif@example.com", 5); len(got) != 0 {
			t.Errorf("by the old e-mail: %+v", got)
		}
		brief, err := tx.CustomerBrief(next.ID)
		if err != nil || brief.ID != next.ID || brief.Rev != 2 || brief.Name != "Elif" || brief.Email != next.Email || brief.Blocked == nil {
			t.Errorf("in brief %+v, %v", brief, err)
		}
		return nil
	})
	other := desk.Customer{ID: idOf(0xc0, 2), External: "x-2"}
	if err := st.Update(func(tx *store.Tx) error { return tx.SaveCustomer(nil, &other, told) }); desk.CodeOf(err) != desk.CodeTaken {
		t.Errorf("a second customer under x-2: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

// TestCustomerPages reads customers, their conversations and their notes newest
// first, in pages, between the rows of others.
func TestCustomerPages(t *testing.T) {
	st, s := storetest.Open(t), newScene(90)
	s.fill(t, st, 60, 30)
	want := make(map[desk.ID][]desk.Number)
	for n := desk.Number(60); n > 0; n-- {
		want[s.rows[n].Customer] = append(want[s.rows[n].Customer], n)
	}
	storetest.MustView(t, st, func(tx *store.Tx) error {
		for _, limit := range []int{1, 3, 100} {
			var all []desk.ID
			for before := (desk.ID{}); ; {
				page, err := tx.Customers(before, limit)
				if err != nil {
					return err
				}
				for i := range page {
					all = append(all, page[i].ID)
				}
				if len(page) < limit {
					break
				}
				before = page[limit-1].ID
			}
			slices.Reverse(all)
			if !slices.Equal(all, s.customers) {
				t.Errorf("in pages of %d: %v", limit, all)
			}
			for id := range want {
				var numbers []desk.Number
				for before := desk.Number(0); ; {
					page, err := tx.CustomerConversations(id, before, limit)
					if err != nil {
						return err
					}
					numbers = append(numbers, page...)
					if len(page) < limit {
						break
					}
					before = page[limit-1]
				}
				if !slices.Equal(numbers, want[id]) {
					t.Errorf("in pages of %d: %v has %v, want %v", limit, id, numbers, want[id])
				}
			}
		}
		if numbers, err := tx.CustomerConversations(idOf(0xff, 9), 0, 5); err != nil || len(numbers) != 0 {
			t.Errorf("a stranger has %v, %v", numbers, err)
		}
		return nil
	})
}

func TestCustomerNoteRows(t *testing.T) {
	st, s := storetest.Open(t), newScene(91)
	s.fill(t, st, 0, 0)
	for i := range 7 {
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			before, err := tx.Customer(s.customers[i%2])
			if err != nil {
				return err
			}
			next, note, events, err := before.AddNote(desk.AgentActor(s.agents[0].ID), fmt.Sprint(i), noon)
			if err != nil {
				return err
			}
			return tx.SaveCustomerNote(&before, &next, &note, events)
		})
	}
	storetest.MustView(t, st, func(tx *store.Tx) error {
		var texts []string
		for before := uint64(0); ; {
			page, err := tx.CustomerNotes(s.customers[0], before, 2)
			if err != nil {
				return err
			}
			for _, note := range page {
				texts = append(texts, note.Text)
				before = note.Seq
			}
			if len(page) < 2 {
				break
			}
		}
		if !slices.Equal(texts, []string{"6", "4", "2", "0"}) {
			t.Errorf("notes %v", texts)
		}
		return nil
	})
}

func TestAgentRows(t *testing.T) {
	st, s := storetest.Open(t), newScene(92)
	s.fill(t, st, 0, 0)
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		before := s.agents[0]
		before.Rev = 1
		next := before
		next.Email = "new@example.com"
		if err := tx.SaveAgent(&before, &next, told); err != nil {
			return err
		}
		return tx.SetPassword(next.ID, "hash")
	})
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if got, err := tx.AgentByEmail("new@example.com"); err != nil || got.ID != s.agents[0].ID || got.Rev != 2 {
			t.Errorf("by the new e-mail: %+v, %v", got, err)
		}
		if _, err := tx.AgentByEmail("a0@example.com"); desk.CodeOf(err) != desk.CodeNotFound {
			t.Errorf("by the old e-mail: %v", err)
		}
		if tx.Password(s.agents[0].ID) != "hash" || tx.Password(s.agents[1].ID) != "" || !tx.HasAgents() {
			t.Error("the password is another's")
		}
		return nil
	})
	err := st.Update(func(tx *store.Tx) error {
		before, err := tx.Agent(s.agents[1].ID)
		if err != nil {
			return err
		}
		next := before
		next.Email = "new@example.com"
		return tx.SaveAgent(&before, &next, told)
	})
	if desk.CodeOf(err) != desk.CodeTaken {
		t.Errorf("two agents with one e-mail: %v", err)
	}
}

// TestReplyShortcuts holds a shortcut once for each owner and language.
func TestReplyShortcuts(t *testing.T) {
	st, mine := storetest.Open(t), idOf(0xa0, 1)
	save := func(n int, owner desk.ID, language, shortcut string) error {
		reply := desk.Reply{ID: idOf(0x70, n), Owner: owner, Language: language, Shortcut: shortcut, Title: "t", Text: "x"}
		return st.Update(func(tx *store.Tx) error {
			before, err := tx.Reply(reply.ID)
			if err != nil {
				return tx.SaveReply(nil, &reply, told)
			}
			return tx.SaveReply(&before, &reply, told)
		})
	}
	for i, row := range []struct {
		n        int
		owner    desk.ID
		language string
		shortcut string
		code     desk.Code
	}{
		{1, desk.ID{}, "tr", "hi", ""},
		{2, desk.ID{}, "en", "hi", ""},
		{3, mine, "tr", "hi", ""},
		{4, desk.ID{}, "tr", "hi", desk.CodeTaken},
		{1, desk.ID{}, "tr", "hi", ""},
		{1, desk.ID{}, "en", "hi", desk.CodeTaken},
		{1, mine, "tr", "hi", desk.CodeTaken},
		{5, desk.ID{}, "tr", "", ""},
		{6, desk.ID{}, "tr", "", ""},
	} {
		err := save(row.n, row.owner, row.language, row.shortcut)
		if row.code == "" && err != nil || row.code != "" && desk.CodeOf(err) != row.code {
			t.Errorf("step %d: %v, want %q", i, err, row.code)
		}
	}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		return tx.DeleteReply(&desk.Reply{ID: idOf(0x70, 2), Language: "en", Shortcut: "hi"}, told)
	})
	storetest.MustView(t, st, func(tx *store.Tx) error {
		everyone, err := tx.Replies(idOf(0xa0, 2))
		own, err2 := tx.Replies(mine)
		if err != nil || err2 != nil || len(everyone) != 3 || len(own) != 4 || own[0].Rev != 2 {
			t.Errorf("everyone sees %d, one %d: %v %v", len(everyone), len(own), err, err2)
		}
		return nil
	})
}

// TestDropAttachments forgets only what nobody attached, after its time.
func TestDropAttachments(t *testing.T) {
	st := storetest.Open(t)
	save := func(n int, at desk.Time, number desk.Number, sum byte) {
		storetest.MustUpdate(t, st, func(tx *store.Tx) error {
			return tx.SaveAttachment(&desk.Attachment{ID: idOf(0xf0, n), Owner: desk.AgentActor(idOf(0xa0, n)), Size: 10, CreatedAt: at, Number: number, Complete: sum > 0, SHA256: [32]byte{sum}})
		})
	}
	save(1, noon-1, 0, 0)
	save(2, noon-1, 0, 7)
	save(3, noon, 0, 7)
	bytes := func(want, wantOfOne uint64) {
		t.Helper()
		storetest.MustView(t, st, func(tx *store.Tx) error {
			if all, one := tx.FileBytes(), tx.FileBytesOf(desk.AgentActor(idOf(0xa0, 2))); all != want || one != wantOfOne {
				t.Errorf("%d bytes are counted, %d of one, want %d and %d", all, one, want, wantOfOne)
			}
			return nil
		})
	}
	save(3, noon, 0, 7) // once more is no more
	bytes(30, 10)
	var dropped []desk.ID
	storetest.MustUpdate(t, st, func(tx *store.Tx) (err error) {
		dropped, err = tx.DropAttachments(noon, 1)
		rest, err2 := tx.DropAttachments(noon, 5)
		dropped = append(dropped, rest...)
		return errors.Join(err, err2)
	})
	bytes(10, 0)
	if !slices.Equal(dropped, []desk.ID{idOf(0xf0, 1), idOf(0xf0, 2)}) {
		t.Errorf("dropped %v", dropped)
	}
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if !tx.FileReferenced([32]byte{7}) || tx.FileReferenced([32]byte{8}) {
			t.Error("the file that an attachment still needs is not counted, or one that none does")
		}
		var files int
		err := tx.Files(func(sum [32]byte, _ uint64) error { files++; return nil })
		if files != 1 {
			t.Errorf("%d files are needed", files)
		}
		return err
	})
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { _, err := tx.DropAttachments(noon+1, 5); return err })
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if tx.FileReferenced([32]byte{7}) {
			t.Error("a file that nobody needs is counted")
		}
		return nil
	})
}

func TestSessions(t *testing.T) {
	st := storetest.Open(t)
	ada, can := idOf(0xa0, 1), idOf(0xa0, 2)
	session := func(n byte, agent desk.ID) *store.Session {
		return &store.Session{Hash: [32]byte{n}, Agent: agent, CreatedAt: noon, SeenAt: noon, ExpiresAt: noon + 1000*desk.Time(n), IdleLimit: 1500, Browser: "Firefox on Linux", Address: "192.0.2.1"}
	}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error {
		for n, agent := range map[byte]desk.ID{1: ada, 2: ada, 3: ada, 4: can} {
			if err := tx.SaveSession(session(n, agent)); err != nil {
				return err
			}
		}
		if ended, err := tx.EndSessions(ada, [32]byte{2}); ended != 2 || err != nil {
			t.Errorf("%d were ended, %v", ended, err)
		}
		return nil
	})
	alive := func() (hashes []byte) {
		storetest.MustView(t, st, func(tx *store.Tx) error {
			for n := range byte(6) {
				got, err := tx.Session([32]byte{n})
				if err == nil {
					hashes = append(hashes, n)
				} else if desk.CodeOf(err) != desk.CodeUnauthorized {
					return err
				}
				if err == nil && got != *session(n, got.Agent) {
					t.Errorf("session %d is %+v", n, got)
				}
			}
			return nil
		})
		return hashes
	}
	if got := alive(); !slices.Equal(got, []byte{2, 4}) {
		t.Errorf("after ending one agent's but one: %v", got)
	}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { _, err := tx.ForgetSessions(noon+1499, nil, 10); return err })
	if got := alive(); !slices.Equal(got, []byte{2, 4}) {
		t.Errorf("a moment before the end: %v", got)
	}
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { _, err := tx.ForgetSessions(noon+1500, nil, 10); return err })
	if got := alive(); len(got) != 0 {
		t.Errorf("after being idle: %v", got)
	}
	if s := session(1, ada); s.Alive(noon+1000) || !s.Alive(noon+999) {
		t.Error("a session ends when it expires")
	}
}

func TestTeamAndSetup(t *testing.T) {
	st := storetest.Open(t)
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if team, err := tx.Team(); err != nil || team != desk.DefaultTeam() || tx.HasAgents() || tx.SetupCodeIs("") {
			t.Errorf("at first %+v, %v", team, err)
		}
		return nil
	})
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SetSetupCode("open sesame") })
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if !tx.SetupCodeIs("open sesame") || tx.SetupCodeIs("") || tx.SetupCodeIs("open") {
			t.Error("the code is another")
		}
		return nil
	})
	storetest.MustUpdate(t, st, func(tx *store.Tx) error { return tx.SetSetupCode("") })
	storetest.MustView(t, st, func(tx *store.Tx) error {
		if tx.SetupCodeIs("open sesame") || tx.SetupCodeIs("") {
			t.Error("the code outlives its end")
		}
		return nil
	})
}

// TestTags counts the conversations under each tag.
func TestTags(t *testing.T) {
	st, s := storetest.Open(t), newScene(93)
	s.fill(t, st, 40, 300)
	want := make(map[string]int)
	for _, c := range s.rows {
		for _, tag := range c.Tags {
			want[tag]++
		}
	}
	storetest.MustView(t, st, func(tx *store.Tx) error {
		tags := tx.Tags()
		if len(tags) != len(want) || !slices.IsSortedFunc(tags, func(a, b store.TagCount) int { return slices.Compare([]byte(a.Tag), []byte(b.Tag)) }) {
			t.Errorf("tags %+v, want %v", tags, want)
		}
		for _, tag := range tags {
			if want[tag.Tag] != tag.Count {
				t.Errorf("%s: counted %d, want %d", tag.Tag, tag.Count, want[tag.Tag])
			}
		}
		return nil
	})
}
