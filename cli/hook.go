package cli

import (
	"time"

	"parley/guard"
	"parley/hook"
)

// What a webhook's receiver may take. Its answer is its status: what else it says is
// thrown away.
const (
	receiverConnect = 5 * time.Second
	receiverTimeout = 15 * time.Second
	receiverBytes   = 1 << 10
)

// newHooks makes what tells webhooks. allow are the networks that it may call besides
// public addresses, and the only ones that it calls unencrypted.
func newHooks(n *node, allow []string) (*hook.Teller, error) {
	networks, err := guard.ParseAllow(allow)
	if err != nil {
		return nil, err
	}
	client := guard.New(guard.Options{
		Allow: networks, Connect: receiverConnect, Timeout: receiverTimeout, MaxBytes: receiverBytes, Encrypted: true,
	})
	return hook.New(hook.Options{App: n.app, Client: client, Log: n.log}), nil
}
