package wire

import (
	"parley/desk"
	"parley/store"
)

// Webhook is another system's address that is told what happens, without its secret.
type Webhook struct {
	ID           desk.ID          `json:"id"`
	Rev          uint64           `json:"rev"`
	Name         string           `json:"name"`
	URL          string           `json:"url"`
	Events       []desk.EventType `json:"events" nullable:"false" doc:"What it is told, such as message.posted."`
	On           bool             `json:"on"`
	CreatedAt    desk.Time        `json:"created_at"`
	Last         *WebhookOutcome  `json:"last,omitempty" doc:"What came of the newest try; absent until the first."`
	FailingSince *desk.Time       `json:"failing_since,omitempty" doc:"Since when no try has succeeded; absent while all is well."`
	Waiting      uint64           `json:"waiting" doc:"Deliveries that are still to be sent."`
	Dropped      uint64           `json:"dropped" doc:"Deliveries that were given up since it was switched on because too many waited."`
}

// WebhookOutcome is what came of one try.
type WebhookOutcome struct {
	At     desk.Time        `json:"at"`
	Status uint64           `json:"status" doc:"That the receiver answered with; 0 for no answer."`
	Code   desk.OutcomeCode `json:"code,omitempty" enum:"status,redirect,address,timeout,no_answer,secret,gone,dropped" doc:"What went wrong; absent when it was taken."`
	Millis uint64           `json:"ms" doc:"How long it took."`
}

// WebhookDelivery is one event on its way to one webhook.
type WebhookDelivery struct {
	Seq      uint64          `json:"seq" doc:"By which it is sent again."`
	ID       string          `json:"id" doc:"The header webhook-id, the same for every try."`
	Type     desk.EventType  `json:"type" doc:"Such as message.posted; webhook.test for a test."`
	Sequence uint64          `json:"sequence" doc:"The event's; 0 for a test."`
	Number   desk.Number     `json:"number,omitempty" doc:"The conversation, where it is about one."`
	At       desk.Time       `json:"at" doc:"When it happened."`
	State    string          `json:"state" enum:"waiting,sent,failed"`
	Attempts uint64          `json:"attempts"`
	Next     *desk.Time      `json:"next,omitempty" doc:"When it is tried next, while it waits."`
	Last     *WebhookOutcome `json:"last,omitempty" doc:"Absent until it was tried."`
}

// FromWebhook builds a webhook's shape.
func FromWebhook(w *desk.Webhook) Webhook {
	return Webhook{
		ID: w.ID, Rev: w.Rev, Name: w.Name, URL: w.URL, Events: w.Events, On: w.On, CreatedAt: w.CreatedAt,
		Last: fromOutcome(&w.Last), FailingSince: timeOrNil(w.FailingSince), Waiting: w.Waiting, Dropped: w.Dropped,
	}
}

// FromDelivery builds a delivery's shape.
func FromDelivery(d *desk.Delivery) WebhookDelivery {
	return WebhookDelivery{
		Seq: d.Seq, ID: DeliveryID(d.ID), Type: d.Type, Sequence: d.Sequence, Number: d.Number, At: d.At,
		State: d.State.String(), Attempts: d.Attempts, Next: timeOrNil(d.Next), Last: fromOutcome(&d.Last),
	}
}

func fromOutcome(o *desk.Outcome) *WebhookOutcome {
	if o.At.IsZero() {
		return nil
	}
	return &WebhookOutcome{At: o.At, Status: o.Status, Code: o.Code, Millis: o.Millis}
}

// DeliveryID is by which a receiver knows a repetition: the header webhook-id.
func DeliveryID(id desk.ID) string { return "msg_" + id.String() }

// WebhookBody is what a webhook is sent: the event, and what it is about as it is when
// it is sent.
type WebhookBody struct {
	ID           string         `json:"id"` // the header webhook-id
	Type         desk.EventType `json:"type"`
	Sequence     uint64         `json:"sequence"` // 0 for a test
	At           desk.Time      `json:"at"`
	Conversation *Conversation  `json:"conversation,omitempty"`
	Message      *Message       `json:"message,omitempty"`
	Customer     *Customer      `json:"customer,omitempty"`
}

// WebhookBodyOf builds what a delivery sends. Notes are the team's own: where the
// newest message is one, the conversation comes without its preview.
func WebhookBodyOf(tx *store.Tx, d *desk.Delivery) (WebhookBody, error) {
	out := WebhookBody{ID: DeliveryID(d.ID), Type: d.Type, Sequence: d.Sequence, At: d.At}
	if !d.Customer.IsZero() {
		customer, err := tx.Customer(d.Customer)
		shape := FromCustomer(&customer)
		out.Customer = &shape
		return out, err
	}
	if d.Number == 0 {
		return out, nil
	}
	c, err := tx.Conversation(d.Number)
	if err != nil {
		return out, err
	}
	conversation, err := ConversationOf(tx, &c)
	if err != nil {
		return out, err
	}
	if c.Last.Kind == desk.KindNote {
		conversation.Last = nil
	}
	out.Conversation = &conversation
	if d.Message == 0 {
		return out, nil
	}
	m, err := tx.Message(&c, d.Message)
	if err != nil {
		return out, err
	}
	message, err := MessageOf(tx, &m)
	out.Message = &message
	return out, err
}
