package server

import (
	"context"
	"net/http"

	"parley/app"
	"parley/desk"
	"parley/wire"
)

// Hooks sends deliveries that somebody waits for. Whoever starts the server has it: it
// calls out, which the server does not.
type Hooks interface {
	// Test sends one that tells of nothing.
	Test(ctx context.Context, by, webhook desk.ID) (wire.WebhookDelivery, error)
	// Resend sends one that is remembered once more. Refused: CodeNotFound.
	Resend(ctx context.Context, by, webhook desk.ID, seq uint64) (wire.WebhookDelivery, error)
}

func (s *Server) webhookRoutes() {
	may := desk.ActionManageWebhooks
	operation(s, Route{http.MethodGet, "/webhooks", may, "list-webhooks", "The webhooks, and how the newest try of each went.", 0}, s.listWebhooks)
	operation(s, Route{http.MethodPost, "/webhooks", may, "create-webhook", "Make a webhook; its secret is shown this once.", 0}, s.createWebhook)
	operation(s, Route{http.MethodPatch, "/webhooks/:id", may, "change-webhook", "Change a webhook; absent fields stay. What waits for one that is switched off is dropped.", 0}, s.changeWebhook)
	operation(s, Route{http.MethodDelete, "/webhooks/:id", may, "delete-webhook", "Delete a webhook, with what waits for it.", http.StatusNoContent}, s.deleteWebhook)
	operation(s, Route{http.MethodPost, "/webhooks/:id/secret", may, "new-webhook-secret", "Give a webhook another secret, shown this once; for a day the one before signs beside it.", 0}, s.newWebhookSecret)
	operation(s, Route{http.MethodPost, "/webhooks/:id/test", may, "test-webhook", "Send a delivery that tells of nothing, now, and say what came of it.", 0}, s.testWebhook)
	operation(s, Route{http.MethodGet, "/webhooks/:id/deliveries", may, "list-webhook-deliveries", "The newest 20 deliveries of a webhook, newest first.", 0}, s.listDeliveries)
	operation(s, Route{http.MethodPost, "/webhooks/:id/deliveries/:n/resend", may, "resend-webhook-delivery", "Send a delivery once more, now, and say what came of it.", 0}, s.resendDelivery)
}

// webhookList is every webhook.
type webhookList struct {
	Webhooks []wire.Webhook `json:"webhooks" nullable:"false"`
}

func (s *Server) listWebhooks(_ context.Context, _ *caller, _ *struct{}) (*body[webhookList], error) {
	all, err := s.app.Webhooks()
	return &body[webhookList]{webhookList{all}}, err
}

// webhookBody is what may be set of a webhook.
type webhookBody struct {
	Rev    *uint64           `json:"rev,omitempty" doc:"Refused with conflict when older than the webhook's."`
	Name   *string           `json:"name,omitempty" doc:"What it is for; at most 60 characters."`
	URL    *string           `json:"url,omitempty" doc:"An https address; http only within the networks of --allow-out."`
	Events *[]desk.EventType `json:"events,omitempty" nullable:"false" doc:"What it is told, all of it: conversation.opened, .assigned, .handed_over, .resolved, .reopened, .archived, .rated, message.posted, customer.created, .updated."`
	On     *bool             `json:"on,omitempty" doc:"One that is switched on is told of what happens from then on."`
}

func (b *webhookBody) change() desk.WebhookChange {
	return desk.WebhookChange{Rev: b.Rev, Name: b.Name, URL: b.URL, Events: b.Events, On: b.On}
}

// webhookAnswer is the answer of every verb on a webhook.
type webhookAnswer struct {
	Webhook wire.Webhook `json:"webhook"`
}

// shownWebhook is a webhook with its secret.
type shownWebhook struct {
	Webhook wire.Webhook `json:"webhook"`
	Secret  string       `json:"secret" doc:"whsec_ and the key in base64. It is never shown again."`
}

type createWebhookInput struct{ Body webhookBody }

func (s *Server) createWebhook(_ context.Context, who *caller, in *createWebhookInput) (*body[shownWebhook], error) {
	made, secret, err := s.app.CreateWebhook(who.agent.ID, in.Body.change())
	return &body[shownWebhook]{shownWebhook{made, secret}}, err
}

type changeWebhookInput struct {
	IDInput
	Body webhookBody
}

func (s *Server) changeWebhook(_ context.Context, who *caller, in *changeWebhookInput) (*body[webhookAnswer], error) {
	changed, err := s.app.ChangeWebhook(app.SaveWebhook{By: who.agent.ID, ID: in.ID, Change: in.Body.change()})
	return &body[webhookAnswer]{webhookAnswer{changed}}, err
}

func (s *Server) deleteWebhook(_ context.Context, who *caller, in *IDInput) (*struct{}, error) {
	return nil, s.app.DeleteWebhook(app.DeleteWebhook{By: who.agent.ID, ID: in.ID})
}

// webhookSecret is a webhook's new secret.
type webhookSecret struct {
	Secret string `json:"secret" doc:"It is never shown again."`
}

func (s *Server) newWebhookSecret(_ context.Context, who *caller, in *IDInput) (*body[webhookSecret], error) {
	secret, err := s.app.NewWebhookSecret(who.agent.ID, in.ID)
	return &body[webhookSecret]{webhookSecret{secret}}, err
}

// deliveryList is what a webhook was sent.
type deliveryList struct {
	Deliveries []wire.WebhookDelivery `json:"deliveries" nullable:"false"`
}

func (s *Server) listDeliveries(_ context.Context, _ *caller, in *IDInput) (*body[deliveryList], error) {
	found, err := s.app.WebhookDeliveries(in.ID)
	return &body[deliveryList]{deliveryList{found}}, err
}

// deliveryAnswer is what came of a delivery.
type deliveryAnswer struct {
	Delivery wire.WebhookDelivery `json:"delivery"`
}

func (s *Server) testWebhook(ctx context.Context, who *caller, in *IDInput) (*body[deliveryAnswer], error) {
	hooks, err := s.teller()
	if err != nil {
		return nil, err
	}
	sent, err := hooks.Test(ctx, who.agent.ID, in.ID)
	return &body[deliveryAnswer]{deliveryAnswer{sent}}, err
}

type resendInput struct {
	IDInput
	Seq uint64 `path:"n" minimum:"1" doc:"The delivery's seq."`
}

func (s *Server) resendDelivery(ctx context.Context, who *caller, in *resendInput) (*body[deliveryAnswer], error) {
	hooks, err := s.teller()
	if err != nil {
		return nil, err
	}
	sent, err := hooks.Resend(ctx, who.agent.ID, in.ID, in.Seq)
	return &body[deliveryAnswer]{deliveryAnswer{sent}}, err
}

// teller is the part that tells webhooks, where there is one.
func (s *Server) teller() (Hooks, error) {
	if s.hooks == nil {
		return nil, desk.Refuse(desk.CodeUnavailable, "", "This server tells no webhooks.")
	}
	return s.hooks, nil
}
