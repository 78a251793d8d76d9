package store

import (
	"encoding/binary"

	"parley/desk"
)

// The map of the file. Keys are big-endian, so that their order is the order of
// what they hold. Names of buckets are never reused for another layout.
var (
	// meta: name → value. Written by create.go, migrate.go, team.go, journal.go.
	bucketMeta = []byte("meta")
	// journal: sequence(8) → event. Its bucket sequence is the head. journal.go
	bucketJournal = []byte("journal")
	// cursors: follower's name → sequence(8). journal.go
	bucketCursors = []byte("cursors")
	// conversations: number(8) → row. Its bucket sequence is the last number. conversation.go
	bucketConversations = []byte("conversations")
	// messages: position(8) → message. Append-only: positions rise in the order of
	// arrival, over all conversations. Its bucket sequence is the last position. message.go
	bucketMessages = []byte("messages")
	// places: number(8) chunk(4) → the positions of the chunkSize messages of a full
	// chunk. The positions of the last, unfinished chunk are in the row. message.go
	bucketPlaces = []byte("message_places")
	// sent: client id(16) sender kind(1) sender(16) → number(8) seq(8) time(8). message.go
	bucketSent = []byte("sent")
	// slate: record(8) → what one commit changed in the slated buckets, conversations and
	// order, and is not there yet. slate.go
	bucketSlate = []byte("slate")
	// order: sort(1) facet(1) [value] place(1) time(8) number(8) → nothing. order.go
	bucketOrder = []byte("order")
	// counts: 'p' place(1) → count(8); 'a' agent(16) → open conversations led(8). order.go
	bucketCounts = []byte("counts")
	// customers: id(16) → row. customer.go
	bucketCustomers = []byte("customers")
	// customers_external: external id → id(16). customer.go
	bucketCustomersExternal = []byte("customers_external")
	// customers_email: e-mail 0x00 id(16) → nothing. customer.go
	bucketCustomersEmail = []byte("customers_email")
	// customer_conversations: customer(16) number(8) → nothing. conversation.go
	bucketCustomerConversations = []byte("customer_conversations")
	// customer_notes: customer(16) seq(8) → note. customer.go
	bucketCustomerNotes = []byte("customer_notes")
	// customer_deeds: customer(16) seq(8) → deed, the newest desk.MaxDeeds. deed.go
	bucketCustomerDeeds = []byte("customer_deeds")
	// agents: id(16) → row. agent.go
	bucketAgents = []byte("agents")
	// agents_email: e-mail → id(16). agent.go
	bucketAgentsEmail = []byte("agents_email")
	// agent_teams: id(16) → row. agentteam.go
	bucketAgentTeams = []byte("agent_teams")
	// passwords: agent(16) → hash in PHC form, and after 0x00 the second factor of who
	// has one. agent.go, secondfactor.go
	bucketPasswords = []byte("passwords")
	// sessions: SHA-256 of the token(32) → session. session.go
	bucketSessions = []byte("sessions")
	// agent_sessions: agent(16) SHA-256 of the token(32) → nothing. session.go
	bucketAgentSessions = []byte("agent_sessions")
	// agent_photos: mark → JPEG picture, of one agent each. agent.go
	bucketAgentPhotos = []byte("agent_photos")
	// emoji: agent(16) → the emoji last sent, newest first. agent.go
	bucketEmoji = []byte("emoji")
	// drafts: agent(16) number(8) note(1) → text and time. personal.go
	bucketDrafts = []byte("drafts")
	// preferences: agent(16) → JSON object. personal.go
	bucketPreferences = []byte("preferences")
	// replies: id(16) → row. reply.go
	bucketReplies = []byte("replies")
	// reply_index: 'o' owner(16) reply(16) → nothing; 's' owner(16) language 0x00 shortcut →
	// id(16). replyindex.go
	bucketReplyIndex = []byte("reply_index")
	// file_bytes: 'a' → bytes of all attachments(8); 'o' owner's kind(1) owner(16) → of
	// one owner's(8). quota.go
	bucketFileBytes = []byte("file_bytes")
	// attachments: id(16) → row. attachment.go
	bucketAttachments = []byte("attachments")
	// files: SHA-256(32) attachment(16) → nothing: who refers to a file. attachment.go
	bucketFiles = []byte("files")
	// uploads: when it was made(8) attachment(16) → nothing: those that no message carries. upload.go
	bucketUploads = []byte("uploads")
	// imports: key of a line(16) → number(8). import.go
	bucketImports = []byte("imports")
	// settings: name → value. settings.go, bot.go, wait.go
	bucketSettings = []byte("settings")
	// categories: id(16) → row. category.go
	bucketCategories = []byte("categories")
	// rules: id(16) → row. Its bucket sequence rises with every change. category.go
	bucketRules = []byte("rules")
	// knowledge: id(16) → row. Its bucket sequence rises with every change. knowledge.go
	bucketKnowledge = []byte("knowledge")
	// knowledge_uses: id(16) → count(8) time of the last(8). knowledge.go
	bucketKnowledgeUses = []byte("knowledge_uses")
	// audit: seq(8) → entry, the newest desk.MaxAudit. Its bucket sequence is the last seq. audit.go
	bucketAudit = []byte("audit")
	// tag_moves: tag → the one in its place and who wants it; there until it is done. tagmove.go
	bucketTagMoves = []byte("tag_moves")
	// parked: follower's name 0x00 sequence(8) → time and error. parked.go
	bucketParked = []byte("parked")
	// sites: id(16) → row. Its bucket sequence counts all that were ever made. site.go
	bucketSites = []byte("sites")
	// sites_key: public key → id(16). site.go
	bucketSitesKey = []byte("sites_key")
	// site_logos: id(16) → PNG picture. site.go
	bucketSiteLogos = []byte("site_logos")
	// visitors: SHA-256 of the token(32) → visitor. visitor.go
	bucketVisitors = []byte("visitors")
	// customer_visitors: customer(16) SHA-256 of the token(32) → nothing. visitor.go
	bucketCustomerVisitors = []byte("customer_visitors")
	// identities: site(16) SHA-256 of the jti(32) → when it expires(8). visitor.go
	bucketIdentities = []byte("identities")
	// channel_tokens: id(16) → row. channel.go
	bucketChannelTokens = []byte("channel_tokens")
	// channel_hashes: SHA-256 of a channel token(32) → id(16). channel.go
	bucketChannelHashes = []byte("channel_hashes")
	// channel_conversations: channel token(16) number(8) → nothing. channel.go
	bucketChannelConversations = []byte("channel_conversations")
	// channel_sent: channel token(16) hash of the external id(16) → number(8) seq(8). channel.go
	bucketChannelSent = []byte("channel_sent")
	// past_uses: number(8) seq(8) of an earlier answer, number(8) of the conversation in
	// which it was used again → time(8). past.go
	bucketPastUses = []byte("past_uses")
	// removed: number(8) → how many messages went with it(8). Its bucket sequence is how
	// many conversations were removed. removed.go
	bucketRemoved = []byte("removed")
	// samples: kind(1) [id] → what it says in samples.go
	bucketSamples = []byte("samples")
	// block_ends: time(8) customer(16) → nothing: blocks that end by themselves. customer.go
	bucketBlockEnds = []byte("block_ends")
	// cards: SHA-256 of an address(32) → link card. Its bucket sequence is how many there
	// are. linkcard.go
	bucketCards = []byte("cards")
	// card_ages: when the page was asked(8) SHA-256 of its address(32) → nothing. linkcard.go
	bucketCardAges = []byte("card_ages")
	// webhooks: id(16) → row. webhook.go
	bucketWebhooks = []byte("webhooks")
	// deliveries_waiting: webhook(16) seq(8) → delivery that is still to be sent. Its
	// bucket sequence is the last seq. delivery.go
	bucketDeliveriesWaiting = []byte("deliveries_waiting")
	// deliveries_ended: webhook(16) seq(8) → delivery that was sent or given up, the newest
	// desk.MaxDeliveriesKept of each webhook. delivery.go
	bucketDeliveriesEnded = []byte("deliveries_ended")
)

// allBuckets is what a new file is made of.
var allBuckets = [][]byte{
	bucketChannelTokens, bucketChannelHashes, bucketChannelConversations, bucketChannelSent, bucketPastUses,
	bucketMeta, bucketFileBytes, bucketJournal, bucketCursors, bucketConversations, bucketMessages, bucketPlaces,
	bucketSent, bucketOrder, bucketCounts, bucketCustomers, bucketCustomersExternal, bucketCustomersEmail,
	bucketCustomerConversations, bucketCustomerNotes, bucketAgents, bucketAgentsEmail, bucketPasswords,
	bucketSessions, bucketAgentSessions, bucketEmoji, bucketDrafts,
	bucketPreferences, bucketReplies, bucketAttachments, bucketFiles, bucketImports,
	bucketSettings, bucketCategories, bucketRules, bucketKnowledge, bucketKnowledgeUses,
	bucketSites, bucketSitesKey, bucketVisitors, bucketCustomerVisitors, bucketIdentities, bucketBlockEnds,
	bucketParked, bucketSlate, bucketSiteLogos, bucketAgentPhotos,
	bucketCustomerDeeds,
	bucketRemoved, bucketSamples,
	bucketAgentTeams,
	bucketCards, bucketCardAges,
	bucketAudit, bucketTagMoves,
	bucketWebhooks, bucketDeliveriesWaiting, bucketDeliveriesEnded,
	bucketUploads, bucketReplyIndex,
}

// lateBuckets came after files of the first layout had been written: a file
// without them gets them when it is opened. Any other that is missing is damage.
var lateBuckets = [][]byte{bucketDrafts, bucketPreferences}

// Names in meta.
var (
	metaSchema = []byte("schema") // version of the layout(8)
	metaEpoch  = []byte("epoch")  // random id of this file(16)
	metaFloor  = []byte("floor")  // the journal is trimmed up to this sequence(8)
	metaTeam   = []byte("team")
	metaHandle = []byte("handle") // the key under which visitors see conversation numbers(16)
	metaSetup  = []byte("setup")  // SHA-256 of the one-time set-up code(32); gone once used
)

func keyU64(v uint64) []byte { return binary.BigEndian.AppendUint64(nil, v) }

func keyNumber(n desk.Number) []byte { return keyU64(uint64(n)) }

func readU64(b []byte) uint64 {
	if len(b) < 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

func keyPlaces(n desk.Number, chunk uint32) []byte {
	k := make([]byte, 0, 12)
	k = binary.BigEndian.AppendUint64(k, uint64(n))
	return binary.BigEndian.AppendUint32(k, chunk)
}

func keySent(client desk.ID, sender desk.Actor) []byte {
	k := make([]byte, 0, 33)
	k = append(k, client[:]...)
	k = append(k, byte(sender.Kind))
	return append(k, sender.ID[:]...)
}

// keyPair joins an id with a number under it.
func keyPair(id desk.ID, under uint64) []byte {
	k := make([]byte, 0, 24)
	k = append(k, id[:]...)
	return binary.BigEndian.AppendUint64(k, under)
}

// Sorts of the order bucket.
const (
	sortActivity byte = 'a' // by ActiveAt
	sortWaiting  byte = 'w' // by WaitingSince; holds only open conversations in which a customer waits
)

// Facets of the order bucket: what a list can be narrowed to by the index alone.
const (
	facetAll    byte = 0 // no value
	facetAgent  byte = 1 // agent(16)
	facetTag    byte = 2 // tag 0x00
	facetUnread byte = 3 // no value
	facetTeam   byte = 4 // team(16)
)

// facet is one narrowing with its value as it stands in the key.
type facet struct {
	kind  byte
	value string
}

func agentFacet(id desk.ID) facet { return facet{facetAgent, string(id[:])} }

func teamFacet(id desk.ID) facet { return facet{facetTeam, string(id[:])} }

func tagFacet(tag string) facet { return facet{facetTag, tag + "\x00"} }

// keyOrderPrefix is what all keys of one stream share.
func keyOrderPrefix(sort byte, f facet, place desk.Place) []byte {
	k := make([]byte, 0, 3+len(f.value)+16)
	k = append(k, sort, f.kind)
	k = append(k, f.value...)
	return append(k, byte(place))
}

// spot is a conversation's place in an order.
type spot struct {
	at     desk.Time
	number desk.Number
}

// appendSpot completes a prefix to a key. Times before 1970 sort first.
func appendSpot(prefix []byte, s spot) []byte {
	prefix = binary.BigEndian.AppendUint64(prefix, uint64(s.at)^(1<<63))
	return binary.BigEndian.AppendUint64(prefix, uint64(s.number))
}

// readSpot reads the end of an order key; the caller has checked its prefix.
func readSpot(tail []byte) (spot, bool) {
	if len(tail) != 16 {
		return spot{}, false
	}
	return spot{
		at:     desk.Time(binary.BigEndian.Uint64(tail) ^ (1 << 63)),
		number: desk.Number(binary.BigEndian.Uint64(tail[8:])),
	}, true
}

func keyPlaceCount(p desk.Place) []byte { return []byte{'p', byte(p)} }

var keyAllBytes = []byte{'a'}

func keyOwnerBytes(owner desk.Actor) []byte {
	return append([]byte{'o', byte(owner.Kind)}, owner.ID[:]...)
}

func keyAgentCount(id desk.ID) []byte { return append([]byte{'a'}, id[:]...) }
