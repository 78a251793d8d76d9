package app_test

import (
	"fmt"

	"parley/app"
	"parley/desk"
	"parley/store"
	"parley/wire"
)

// web are the commands of sites and of their visitors.
func (h *history) web(agent desk.ID, word string) []func(tx *store.Tx) error {
	site, on, handles := desk.ID{0x51, 15: byte(h.rand.IntN(3))}, h.rand.IntN(4) > 0, wire.NewHandles([store.HandleKeySize]byte{})
	key := fmt.Sprintf("key-%d", site[15])
	made := app.Visitor{
		Hash: [32]byte{byte(h.ids), byte(h.ids >> 8)}, Customer: h.id(), CreatedAt: h.now, SeenAt: h.now,
		Seed: app.VisitorSeed{Language: "tr", Page: desk.Page{URL: "https://a.example", At: h.now}},
	}
	who := made
	if len(h.visitors) > 0 {
		who = h.visitors[h.rand.IntN(len(h.visitors))]
	}
	who.Site = site
	h.visitors = append(h.visitors, made)
	next := [32]byte{0xee, byte(h.ids), byte(h.ids >> 8)}
	verbs := []app.VisitorVerb{app.VisitorSeen, app.VisitorDelivered, app.VisitorHandover, app.VisitorRating}
	block, until := "spam", h.now+50
	return []func(tx *store.Tx) error{
		applied(&app.SaveSite{By: agent, New: true, ID: site, Key: key, At: h.now, Change: desk.SiteChange{Name: &word}}),
		applied(&app.SaveSite{By: agent, ID: site, At: h.now, Change: desk.SiteChange{Enabled: &on}}),
		applied(&app.SealSite{By: agent, ID: site, Secret: []byte{byte(h.ids)}, At: h.now}),
		applied(&app.SiteContacted{ID: site, At: h.now}),
		applied(&app.NewVisitor{SiteKey: key, Visitor: made, At: h.now}),
		applied(&app.Introduce{Visitor: who, At: h.now, Change: desk.CustomerChange{Name: &word, Attributes: h.attributes()}}),
		applied(&app.VisitorMessage{Visitor: who, Number: h.number() % 2 * h.number(), Draft: h.draft(), Handles: handles, At: h.now}),
		applied(&app.VisitorMessage{Visitor: who, Draft: h.draft(), Handles: handles, At: h.now}),
		applied(&app.ChangeAsVisitor{Verb: verbs[h.rand.IntN(len(verbs))], Visitor: who, Number: h.number(), Seq: uint64(h.rand.IntN(5)), Score: 4, Handles: handles, At: h.now}),
		applied(&app.Identify{
			SiteKey: key, Visitor: app.Visitor{Hash: next, Customer: h.id(), SeenAt: h.now}, Old: &who.Hash, At: h.now,
			Identity: app.Identity{Vouched: desk.Vouched{External: fmt.Sprintf("ext-%d", h.rand.IntN(9)), Name: "Elif"}, JTI: fmt.Sprint(h.rand.IntN(40)), Expires: h.now + 100},
		}),
		applied(&app.RotateVisitor{Old: who.Hash, New: [32]byte{0xdd, byte(h.ids), byte(h.ids >> 8)}, At: h.now}),
		applied(&app.SeeVisitor{Hash: who.Hash, At: h.now}),
		applied(&app.EditCustomer{By: agent, ID: who.Customer, Block: &block, Until: until, At: h.now}),
		applied(&app.EndBlocks{At: h.now, Limit: 3}),
		applied(&app.EndVisitor{Hash: [32]byte{0xdd, byte(h.rand.IntN(256))}}),
		applied(&app.ForgetVisitors{At: h.now, Limit: 5}), applied(&app.ForgetIdentities{At: h.now, Limit: 5}),
	}
}
