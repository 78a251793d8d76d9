package store

import (
	"bytes"

	"parley/desk"
)

// Bucket: samples. What was added to try Parley out, by kind and id, so that it can
// be taken away again without touching anything else.
//
//	'c' number(8)    → nothing: a conversation
//	'k' customer(16) → nothing
//	'r' reply(16)    → when it was last changed(8): one that was changed since is the team's
//	'g'              → agent(16): who had them taken away; there until all are gone

const (
	sampleConversation byte = 'c'
	sampleCustomer     byte = 'k'
	sampleReply        byte = 'r'
	sampleGoing        byte = 'g'
)

func sampleKey(kind byte, id []byte) []byte { return append([]byte{kind}, id...) }

// Samples says whether there are sample data.
func (tx *Tx) Samples() desk.Samples {
	k, _ := tx.bucket(bucketSamples).Cursor().First()
	switch {
	case k == nil:
		return desk.NoSamples
	case tx.bucket(bucketSamples).Get([]byte{sampleGoing}) != nil:
		return desk.SamplesGoing
	}
	return desk.SamplesThere
}

// MarkSamples remembers what was added as sample data.
func (tx *Tx) MarkSamples(conversations []desk.Number, customers []desk.ID, replies []desk.Reply) error {
	b := tx.change(bucketSamples)
	for _, n := range conversations {
		if err := b.Put(sampleKey(sampleConversation, keyNumber(n)), nil); err != nil {
			return err
		}
	}
	for _, id := range customers {
		if err := b.Put(sampleKey(sampleCustomer, id[:]), nil); err != nil {
			return err
		}
	}
	for i := range replies {
		if err := b.Put(sampleKey(sampleReply, replies[i].ID[:]), keyU64(uint64(replies[i].UpdatedAt))); err != nil {
			return err
		}
	}
	return nil
}

// LetSamplesGo says who has the sample data taken away; there are some.
func (tx *Tx) LetSamplesGo(by desk.ID) error {
	return tx.change(bucketSamples).Put([]byte{sampleGoing}, by[:])
}

// SamplesGoFor says for whom the sample data are being taken away.
func (tx *Tx) SamplesGoFor() desk.ID {
	id, _ := readID(tx.bucket(bucketSamples).Get([]byte{sampleGoing}))
	return id
}

// SampleConversations lists up to limit sample conversations that are still there.
func (tx *Tx) SampleConversations(limit int) (numbers []desk.Number) {
	for _, key := range tx.samples(sampleConversation, limit) {
		numbers = append(numbers, desk.Number(readU64(key)))
	}
	return numbers
}

// SampleCustomers lists up to limit sample customers that are still there.
func (tx *Tx) SampleCustomers(limit int) (ids []desk.ID) {
	for _, key := range tx.samples(sampleCustomer, limit) {
		ids = append(ids, desk.ID(key))
	}
	return ids
}

// SampleReplies lists up to limit sample replies, with when each was changed last as
// long as it was only a sample.
func (tx *Tx) SampleReplies(limit int) (replies []desk.Reply) {
	for _, key := range tx.samples(sampleReply, limit) {
		changed := tx.bucket(bucketSamples).Get(sampleKey(sampleReply, key))
		replies = append(replies, desk.Reply{ID: desk.ID(key), UpdatedAt: desk.Time(readU64(changed))})
	}
	return replies
}

func (tx *Tx) samples(kind byte, limit int) (keys [][]byte) {
	c := tx.bucket(bucketSamples).Cursor()
	for k, _ := c.Seek([]byte{kind}); len(k) > 1 && k[0] == kind && len(keys) < limit; k, _ = c.Next() {
		keys = append(keys, bytes.Clone(k[1:]))
	}
	return keys
}

// ForgetSampleConversation says that a conversation is no sample any more.
func (tx *Tx) ForgetSampleConversation(n desk.Number) error {
	return tx.forgetSample(sampleConversation, keyNumber(n))
}

// ForgetSampleCustomer says that a customer is no sample any more.
func (tx *Tx) ForgetSampleCustomer(id desk.ID) error { return tx.forgetSample(sampleCustomer, id[:]) }

// ForgetSampleReply says that a saved reply is no sample any more.
func (tx *Tx) ForgetSampleReply(id desk.ID) error { return tx.forgetSample(sampleReply, id[:]) }

// ForgetSamples says that all are gone.
func (tx *Tx) ForgetSamples() error { return tx.forgetSample(sampleGoing, nil) }

// IsSampleCustomer reports whether a customer came with sample data.
func (tx *Tx) IsSampleCustomer(id desk.ID) bool {
	return has(tx.bucket(bucketSamples), sampleKey(sampleCustomer, id[:]))
}

func (tx *Tx) forgetSample(kind byte, id []byte) error {
	return tx.change(bucketSamples).Delete(sampleKey(kind, id))
}
