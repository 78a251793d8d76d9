// Package hook tells other systems what happens: the outgoing webhooks.
//
// It follows the journal and saves, in one transaction, a delivery for each webhook that
// wants an event together with how far it has come, so that neither a crash nor a slow
// receiver loses any. Then each webhook has a worker of its own that sends what waits
// for it, oldest first, through guard: whoever answers late, or not at all, holds up
// nobody else. What fails is tried again, longer after each time, for three days.
//
// Deliveries are signed as Standard Webhooks does it, and may come twice and out of
// order: their id and the event's sequence say so.
package hook
