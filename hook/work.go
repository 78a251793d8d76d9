package hook

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"parley/app"
	"parley/desk"
	"parley/follow"
	"parley/guard"
	"parley/wire"
)

const (
	// lookAgain is how long a worker waits at most while a delivery waits: the clock may
	// have been set.
	lookAgain = time.Second
	// afterFault is how long it waits when the store could not be read or written.
	afterFault = 10 * time.Second
)

// work sends what waits for one webhook until it is gone or ctx ends.
func (t *Teller) work(ctx context.Context, id desk.ID, wake <-chan struct{}) {
	defer func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		delete(t.workers, id)
	}()
	for ctx.Err() == nil {
		var pause time.Duration
		err := follow.Contain(func() (err error) {
			pause, err = t.step(ctx, id)
			return err
		})
		if desk.IsNotFound(err) {
			return
		}
		if err != nil && ctx.Err() == nil {
			t.log.Error("a webhook's deliveries could not be sent; they are tried again", "webhook", id, "err", err)
			pause = afterFault
		}
		t.rest(ctx, pause, wake)
	}
}

// step sends the delivery that is due. It answers how long to rest: 0 for not at all,
// forever when nothing waits.
func (t *Teller) step(ctx context.Context, id desk.ID) (time.Duration, error) {
	posting, next, err := t.app.NextPosting(id)
	switch {
	case err != nil:
		return 0, err
	case posting != nil:
		_, err := t.send(ctx, posting, false)
		return 0, err
	case next.IsZero():
		return forever, nil
	}
	return min(lookAgain, time.Duration(max(1, next-t.app.Now()))*time.Millisecond), nil
}

const forever = time.Duration(1<<63 - 1)

func (t *Teller) rest(ctx context.Context, pause time.Duration, wake <-chan struct{}) {
	if pause == 0 {
		return
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-wake:
	case <-timer.C:
	}
}

// send sends a delivery once and saves what came of it. What was cut off because the
// program ends is not the receiver's fault: it stays as it was.
func (t *Teller) send(ctx context.Context, p *app.Posting, asked bool) (wire.WebhookDelivery, error) {
	outcome, wait := desk.Outcome{Code: p.Code}, desk.Time(0)
	if p.Code == "" {
		begun := time.Now()
		outcome.Status, outcome.Code, wait = t.call(ctx, p)
		outcome.Millis = uint64(time.Since(begun).Milliseconds())
	}
	if outcome.Code != "" && ctx.Err() != nil {
		return wire.WebhookDelivery{}, ctx.Err()
	}
	return t.app.SaveTry(app.SaveTry{Delivery: p.Delivery, Outcome: outcome, Wait: wait, Asked: asked})
}

// call calls the receiver. wait is how long it asks to be left alone.
func (t *Teller) call(ctx context.Context, p *app.Posting) (status uint64, code desk.OutcomeCode, wait desk.Time) {
	at := time.Now()
	answer, err := t.client.Tell(ctx, p.URL, header(wire.DeliveryID(p.Delivery.ID), at, p.Body, p.Keys), p.Body)
	if err == nil {
		return uint64(answer.Status), desk.OutcomeOf(answer.Status), retryAfter(answer.Header.Get("Retry-After"), at)
	}
	t.log.Debug("a webhook could not be told", "webhook", p.Delivery.Webhook, "err", err)
	switch {
	case errors.Is(err, guard.ErrAddress), errors.Is(err, guard.ErrURL):
		return 0, desk.OutcomeAddress, 0
	case errors.Is(err, guard.ErrTimeout):
		return 0, desk.OutcomeTimeout, 0
	}
	return 0, desk.OutcomeNoAnswer, 0
}

// retryAfter reads the header (RFC 9110, 10.2.3), seconds or a date; 0 for what it does
// not say.
func retryAfter(said string, now time.Time) desk.Time {
	if seconds, err := strconv.ParseUint(said, 10, 31); err == nil {
		return desk.Time(seconds) * 1000
	}
	if at, err := http.ParseTime(said); err == nil {
		return desk.Time(max(0, at.Sub(now).Milliseconds()))
	}
	return 0
}

// Test sends a delivery that tells of nothing, now, and says what came of it. Refused:
// CodeNotFound, CodeUnavailable while others wait for theirs.
func (t *Teller) Test(ctx context.Context, by, webhook desk.ID) (wire.WebhookDelivery, error) {
	return t.Resend(ctx, by, webhook, 0)
}

// Resend sends a delivery that is remembered once more, now, and says what came of it.
// Refused: CodeNotFound, CodeUnavailable while others wait for theirs.
func (t *Teller) Resend(ctx context.Context, by, webhook desk.ID, seq uint64) (wire.WebhookDelivery, error) {
	select {
	case t.asked <- struct{}{}:
		defer func() { <-t.asked }()
	default:
		return wire.WebhookDelivery{}, desk.Refuse(desk.CodeUnavailable, "", "Others are being sent; try again in a moment.")
	}
	posting, err := t.app.AskedPosting(by, webhook, seq)
	if err != nil {
		return wire.WebhookDelivery{}, err
	}
	return t.send(ctx, posting, true)
}
