package live

import (
	"parley/desk"
	"parley/store"
)

// typing tells the agents that the visitor writes in a conversation of theirs. A
// handle of anything else is passed over.
func (v *Visitor) typing(handle string) error {
	h := v.hub
	number, ok := h.handles.Number(handle)
	if !ok {
		return nil
	}
	return h.store.View(func(tx *store.Tx) error {
		c, err := tx.Conversation(number)
		if desk.IsNotFound(err) {
			return nil
		}
		if err == nil && c.Customer == v.pass.Customer && c.Site == v.pass.Site {
			h.log.add(plain(customerTyping{"typing", number, v.pass.Customer}))
		}
		return err
	})
}

// typing tells the other agents and the visitor that this one writes in a
// conversation. A page says nothing while it is a note. Whoever may not reply is not
// believed: the visitor would wait for words that cannot come.
func (c *Client) typing(number desk.Number) error {
	may := false
	if err := c.hub.store.View(func(tx *store.Tx) error {
		agent, err := tx.Agent(c.agent)
		may = err == nil && agent.Role.Can(desk.ActionReply)
		if desk.IsNotFound(err) {
			return nil
		}
		return err
	}); err != nil || !may {
		return err
	}
	c.hub.log.add(plain(typingFrame{"typing", number, c.agent}))
	return c.hub.tellTyping(number, func(tx *store.Tx) (string, bool, error) {
		agent, err := tx.Agent(c.agent)
		return agent.FirstName(), false, err
	})
}

// BotTyping tells a conversation's visitor that the bot is about to answer.
func (h *Hub) BotTyping(number desk.Number) error {
	return h.tellTyping(number, func(tx *store.Tx) (string, bool, error) {
		team, err := tx.Team()
		return team.BotName, true, err
	})
}

// tellTyping tells a conversation's visitor who is typing. Conversations and people
// that are not there are passed over.
func (h *Hub) tellTyping(number desk.Number, who func(tx *store.Tx) (name string, bot bool, err error)) error {
	if h.Visitors() == 0 {
		return nil
	}
	var frame []byte
	var whose Pass
	err := h.store.View(func(tx *store.Tx) error {
		c, err := tx.Conversation(number)
		if err != nil {
			return err
		}
		name, bot, err := who(tx)
		whose = Pass{c.Customer, c.Site}
		frame = plain(visitorTyping{"typing", h.handles.Of(number), name, bot}).Data
		return err
	})
	if err != nil {
		if desk.IsNotFound(err) {
			return nil
		}
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, v := range h.visitors.of[whose.Customer] {
		if v.pass == whose {
			v.tell(frame)
		}
	}
	return nil
}
