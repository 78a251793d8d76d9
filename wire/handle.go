package wire

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/binary"

	"parley/desk"
	"parley/store"
)

// Handles turn conversation numbers into what visitors see of them, and back: the
// number, encrypted as one AES block. A handle tells nothing about how many
// conversations there are, and none can be made up. It opens nothing by itself:
// whose the conversation is, is still checked.
type Handles struct{ block cipher.Block }

// NewHandles makes the handles of a store.
func NewHandles(key [store.HandleKeySize]byte) *Handles {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic(err) // the key has the right length
	}
	return &Handles{block}
}

// handleCode takes only the one spelling that encoding gives.
var handleCode = base64.RawURLEncoding.Strict()

// Of is the handle of a conversation.
func (h *Handles) Of(n desk.Number) string {
	var b [aes.BlockSize]byte
	binary.BigEndian.PutUint64(b[:], uint64(n))
	h.block.Encrypt(b[:], b[:])
	return handleCode.EncodeToString(b[:])
}

// Number reads a handle; ok is false for what is none.
func (h *Handles) Number(handle string) (n desk.Number, ok bool) {
	var b [aes.BlockSize]byte
	if len(handle) != handleCode.EncodedLen(aes.BlockSize) {
		return 0, false
	}
	if size, err := handleCode.Decode(b[:], []byte(handle)); err != nil || size != aes.BlockSize {
		return 0, false
	}
	h.block.Decrypt(b[:], b[:])
	n = desk.Number(binary.BigEndian.Uint64(b[:]))
	return n, n > 0 && binary.BigEndian.Uint64(b[8:]) == 0
}
