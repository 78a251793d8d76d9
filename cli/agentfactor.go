package cli

import (
	"fmt"
	"log/slog"

	"parley/app"
	"parley/store"
)

type agentFactor struct {
	who
	Off bool `help:"Take it away, so that the password alone signs in: for one who lost the phone and the recovery codes."`
}

// Run tells of an agent's two-step verification, or takes it away.
func (c *agentFactor) Run(log *slog.Logger) error {
	return withApp(c.Data, store.Options{Existing: true}, log, func(a *app.App) error {
		agent, err := a.AgentByEmail(c.Email)
		if err != nil {
			return err
		}
		state, err := a.SecondFactor(agent.ID)
		switch {
		case err != nil:
			return err
		case !state.On:
			fmt.Printf("%s <%s> has no two-step verification.\n", agent.Name, agent.Email)
			return nil
		case !c.Off:
			fmt.Printf("%s <%s> has had two-step verification since %s; %d recovery codes are left.\n", agent.Name, agent.Email, state.Since, state.Recovery)
			return nil
		}
		if err := a.ResetFactor(app.ResetFactor{ID: agent.ID}); err != nil {
			return err
		}
		fmt.Printf("The two-step verification of %s <%s> was taken away.\n", agent.Name, agent.Email)
		return nil
	})
}
