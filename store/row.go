package store

import (
	"fmt"

	"parley/desk"
)

// Row is a conversation as it lies in the file: bytes by which it can be told to
// be unchanged without being read. They hold until the transaction ends and must
// not be written to.
type Row struct {
	Number desk.Number
	Stored []byte
	tx     *Tx
}

func (tx *Tx) row(n desk.Number) (Row, error) {
	v := tx.conversations().Get(keyNumber(n))
	if v == nil {
		return Row{}, fmt.Errorf("store: conversation %d stands in an order and is not there", n)
	}
	return Row{Number: n, Stored: v, tx: tx}, nil
}

// Customer is the customer's row as it lies in the file, on the same terms.
func (r *Row) Customer() ([]byte, error) {
	id, err := customerOf(r.Stored)
	if err != nil {
		return nil, fmt.Errorf("store: conversation %d: %w", r.Number, err)
	}
	if v := r.tx.bucket(bucketCustomers).Get(id[:]); v != nil {
		return v, nil
	}
	return nil, desk.NotFound("customer")
}

// customerOf reads the customer of a conversation's row, and nothing else.
func customerOf(row []byte) (desk.ID, error) {
	r := newReader(row)
	skipPlaces(r)
	r.uint() // number
	r.uint() // rev
	return r.id(), r.err
}

// Conversation reads the row.
func (r *Row) Conversation() (desk.Conversation, error) {
	c, err := decodeConversation(r.Stored)
	if err != nil {
		err = fmt.Errorf("store: conversation %d: %w", r.Number, err)
	}
	return c, err
}

// CustomerBrief reads what lists show of a customer, as Tx.CustomerBrief, from a
// row as Row.Customer gives it.
func CustomerBrief(row []byte) (desk.Customer, error) {
	c, err := briefCustomer(row)
	if err != nil {
		err = fmt.Errorf("store: a customer: %w", err)
	}
	return c, err
}
