package desk

// Delivery is one event on its way to one webhook. It holds the event, never what is
// told of it: that is read anew for each try, so that nothing of a customer outlives
// their removal in a queue.
type Delivery struct {
	Webhook ID
	Seq     uint64 // 1, 2, 3 … over all webhooks
	ID      ID     // by which a receiver knows a repetition; the same for every try
	// Sequence is the event's in the journal; 0 for a test, which tells of none.
	Sequence uint64
	Type     EventType
	Number   Number // the conversation, if it is about one
	Message  uint64 // the posted message's seq
	Customer ID     // the customer, if it is about one
	At       Time   // when it happened

	State    DeliveryState
	Attempts uint64
	Next     Time // of one that waits: when it is tried next
	Last     Outcome
}

// DeliveryState is how far a delivery has come.
type DeliveryState uint8

// The states. The values are stored: never renumber.
const (
	DeliveryWaiting DeliveryState = 1
	DeliverySent    DeliveryState = 2
	DeliveryFailed  DeliveryState = 3 // given up
)

var deliveryStates = map[DeliveryState]string{DeliveryWaiting: "waiting", DeliverySent: "sent", DeliveryFailed: "failed"}

func (s DeliveryState) String() string { return deliveryStates[s] }

// Outcome is what came of one try.
type Outcome struct {
	At     Time
	Status uint64      // that the receiver answered with; 0 for no answer
	Code   OutcomeCode // what went wrong; "" for nothing
	Millis uint64      // how long it took
}

// OutcomeCode says in one word what went wrong with a try. It is stable.
type OutcomeCode string

// The codes.
const (
	OutcomeStatus   OutcomeCode = "status"    // the receiver answered with something else than 2xx
	OutcomeRedirect OutcomeCode = "redirect"  // it leads elsewhere, where nobody follows
	OutcomeAddress  OutcomeCode = "address"   // the address may not be called
	OutcomeTimeout  OutcomeCode = "timeout"   // no answer in time
	OutcomeNoAnswer OutcomeCode = "no_answer" // no connection, no certificate, no such name
	OutcomeSecret   OutcomeCode = "secret"    // the secret was sealed with another key
	OutcomeGone     OutcomeCode = "gone"      // what it tells of was removed; nothing was sent
	OutcomeDropped  OutcomeCode = "dropped"   // too many waited
)

// WebhookTest is the type of a delivery that somebody asks for to see whether it
// arrives. It is no event: nothing happens.
const WebhookTest = "webhook.test"

// Limits on deliveries, for each webhook.
const (
	MaxDeliveriesWaiting = 1000 // beyond that changes of customers are dropped, then the oldest
	MaxDeliveriesKept    = 20   // of those that are sent or given up
)

const (
	second = Time(1000)
	minute = 60 * second
	hour   = 60 * minute
)

// deliveryPauses are how long at least after each try that failed the next one comes; a
// delivery is given up after the last. Three days in all.
var deliveryPauses = []Time{5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, longestPause}

// longestPause is also as long as a receiver may ask to be left alone.
const longestPause = 24 * hour

// pause is how long after the newest try the next one comes: up to a tenth longer than
// the list says, by the delivery's id, so that a receiver that was away does not get all
// at once; or as long as it asked for.
func (d *Delivery) pause(asked Time) Time {
	listed := deliveryPauses[d.Attempts-1]
	spread := Time(d.ID[len(d.ID)-1]^byte(d.Attempts)) * listed / 10 / 255
	return max(listed+spread, min(asked, longestPause))
}

// failingFor is how long a webhook may fail before it is switched off.
const failingFor = 72 * hour

// OK reports whether the receiver has it.
func (o *Outcome) OK() bool { return o.Code == "" }

// OutcomeOf is what an answer's status says.
func OutcomeOf(status int) OutcomeCode {
	switch {
	case status >= 200 && status < 300:
		return ""
	case status >= 300 && status < 400:
		return OutcomeRedirect
	}
	return OutcomeStatus
}

// NewDelivery is an event for a webhook, to be sent at once.
func NewDelivery(webhook, id ID, sequence uint64, e *Event, now Time) Delivery {
	d := Delivery{
		Webhook: webhook, ID: id, Sequence: sequence, Type: e.Type, Number: e.Number, At: e.At,
		State: DeliveryWaiting, Next: now,
	}
	switch {
	case e.Type == MessagePosted:
		d.Message = e.Seq
	case e.Number == 0:
		d.Customer = e.Subject
	}
	return d
}

// Tried is the delivery after a try. One that failed waits for the next, longer each
// time, until it is given up. wait is how long the receiver asked to be left alone; 0 for
// nothing.
func (d Delivery) Tried(o Outcome, wait Time) Delivery {
	next := d
	next.Attempts, next.Last, next.Next = d.Attempts+1, o, 0
	switch {
	case o.OK():
		next.State = DeliverySent
	case d.State != DeliveryWaiting || d.Type == WebhookTest || o.Code == OutcomeGone || next.Attempts > uint64(len(deliveryPauses)):
		if d.State != DeliverySent {
			next.State = DeliveryFailed
		}
	default:
		next.Next = o.At + next.pause(wait)
	}
	return next
}

// TellsChange reports whether the delivery tells how a customer is now: of two about one
// customer the later says all.
func (d *Delivery) TellsChange() bool { return d.Type == CustomerUpdated && !d.Customer.IsZero() }

// Join lets the delivery take the place of an earlier one that waits. A receiver that
// failed is not called the sooner for it.
func (d *Delivery) Join(earlier *Delivery) {
	if earlier.Attempts > 0 {
		d.Next = max(d.Next, earlier.Next)
	}
}

// Drop gives the delivery up untried.
func (d *Delivery) Drop(now Time) Delivery {
	next := *d
	next.State, next.Next, next.Last = DeliveryFailed, 0, Outcome{At: now, Code: OutcomeDropped}
	return next
}

// Tried is the webhook after a try of one of its deliveries. asked says that somebody
// wanted to see what comes of it: that switches nothing off. One that has failed for
// three days is.
func (w *Webhook) Tried(o Outcome, asked bool) (Webhook, []Event) {
	next := *w
	if o.Code == OutcomeGone {
		return next, nil // it was not called
	}
	next.Last = o
	switch {
	case o.OK():
		next.FailingSince = 0
	case asked:
	case w.FailingSince.IsZero():
		next.FailingSince = o.At
	case w.On && o.At-w.FailingSince >= failingFor:
		next.On = false
		return next, next.saved(Actor{Kind: ActorSystem}, o.At)
	}
	return next, nil
}
