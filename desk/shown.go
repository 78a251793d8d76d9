package desk

// ShownToCustomer reports whether the customer may see the message: everything
// that was said to them or by them, and of the event lines those that tell who
// they are talking to and whether the conversation is over. Notes never.
func (m *Message) ShownToCustomer() bool {
	switch m.Kind {
	case KindCustomer, KindAgent, KindBot:
		return true
	case KindEvent:
		if m.Line == nil {
			return false
		}
		switch m.Line.Type {
		case ConversationHandedOver, ConversationAssigned, ConversationResolved, ConversationReopened:
			return true
		}
	}
	return false
}

// FirstName is what customers see of an agent's name.
func (a *Agent) FirstName() string { return FirstName(a.Name) }
