package store

import (
	"bytes"
	"context"

	"parley/desk"
)

// checkChannels compares the channel tokens with their hashes, and what came with
// them with the conversations.
func (tx *Tx) checkChannels(ctx context.Context, report *Report) error {
	tokens, err := tx.ChannelTokens()
	if err != nil {
		report.fault("channels: %v", err)
		return nil
	}
	for i := range tokens {
		if id, _ := readID(tx.bucket(bucketChannelHashes).Get(tokens[i].Hash[:])); id != tokens[i].ID {
			report.fault("channel token %s: its hash points at %s", tokens[i].ID, id)
		}
	}
	if kept := countKeys(tx, bucketChannelHashes); kept != uint64(len(tokens)) {
		report.fault("channels: %d hashes for %d tokens", kept, len(tokens))
	}
	return tx.bucket(bucketChannelSent).ForEach(func(k, v []byte) error {
		n, seq := desk.Number(readU64(v)), uint64(0)
		if len(v) == 16 {
			seq = readU64(v[8:])
		}
		c, err := tx.Conversation(n)
		if err != nil || seq == 0 || seq > c.Messages {
			report.fault("channels: %x points at message %d of conversation %d, which is not there", k, seq, n)
			return ctx.Err()
		}
		if tx.bucket(bucketChannelConversations).Get(append(bytes.Clone(k[:16]), v[:8]...)) == nil {
			report.fault("channels: conversation %d is missing from those of the token %x", n, k[:16])
		}
		return ctx.Err()
	})
}
