package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"golang.org/x/term"

	"parley/app"
	"parley/desk"
	"parley/server/password"
	"parley/store"
)

type agentCommand struct {
	Add      agentAdd      `cmd:"" help:"Make an agent."`
	List     agentList     `cmd:"" help:"List the agents."`
	Disable  agentDisable  `cmd:"" help:"Keep an agent from signing in."`
	Enable   agentEnable   `cmd:"" help:"Let a disabled agent sign in again."`
	Password agentPassword `cmd:"" help:"Set an agent's password; ends their sessions."`
	Factor   agentFactor   `cmd:"" name:"second-factor" help:"Tell whether an agent has two-step verification, or take it away."`
}

type agentAdd struct {
	data
	Name     string `required:"" help:"The agent's name."`
	Email    string `required:"" help:"The address to sign in with."`
	Role     string `help:"owner, admin, agent or reporter." default:"agent" enum:"owner,admin,agent,reporter"`
	Language string `help:"tr or en; empty follows the browser."`
	Stdin    bool   `name:"password-stdin" help:"Read the password from standard input, and do not ask."`
}

// Run makes an agent.
func (c *agentAdd) Run(log *slog.Logger) error {
	role, err := desk.ParseRole(c.Role)
	if err != nil {
		return err
	}
	hash, err := readPassword(c.Stdin, c.Name, c.Email)
	if err != nil {
		return err
	}
	return withApp(c.Data, store.Options{}, log, func(a *app.App) error {
		agent, err := a.CreateAgent(app.CreateAgent{Name: c.Name, Email: c.Email, Role: role, Language: c.Language, Password: hash})
		if err == nil {
			fmt.Printf("%s <%s> is now %s.\n", agent.Name, agent.Email, agent.Role)
		}
		return err
	})
}

type agentList struct{ data }

// Run lists the agents.
func (c *agentList) Run(log *slog.Logger) error {
	return withApp(c.Data, store.Options{Existing: true}, log, func(a *app.App) error {
		roster, err := a.Roster()
		if err != nil {
			return err
		}
		factors, err := a.FactorHolders()
		if err != nil {
			return err
		}
		out := tabwriter.NewWriter(os.Stdout, 0, 4, 2, ' ', 0)
		fmt.Fprintln(out, "E-MAIL\tNAME\tROLE\tACTIVE\tTWO-STEP\tOPEN")
		for _, agent := range roster.Agents {
			has := slices.ContainsFunc(factors.Holders, func(h app.FactorHolder) bool { return h.Agent == agent.ID })
			fmt.Fprintf(out, "%s\t%s\t%s\t%t\t%t\t%d\n", agent.Email, agent.Name, agent.Role, agent.Active, has, roster.Open[agent.ID])
		}
		return out.Flush()
	})
}

// who names the agent of a command.
type who struct {
	data
	Email string `arg:"" help:"The agent's e-mail address."`
}

// change changes the agent.
func (w *who) change(log *slog.Logger, cmd app.ChangeAgent) error {
	return withApp(w.Data, store.Options{Existing: true}, log, func(a *app.App) error {
		found, err := a.AgentByEmail(w.Email)
		if err != nil {
			return err
		}
		cmd.ID = found.ID
		agent, err := a.ChangeAgent(cmd)
		if err == nil {
			fmt.Printf("%s <%s> was changed.\n", agent.Name, agent.Email)
		}
		return err
	})
}

type agentDisable struct{ who }

// Run keeps an agent from signing in.
func (c *agentDisable) Run(log *slog.Logger) error {
	active := false
	return c.change(log, app.ChangeAgent{Change: desk.AgentChange{Active: &active}})
}

type agentEnable struct{ who }

// Run lets an agent sign in again.
func (c *agentEnable) Run(log *slog.Logger) error {
	active := true
	return c.change(log, app.ChangeAgent{Change: desk.AgentChange{Active: &active}})
}

type agentPassword struct {
	who
	Stdin bool `name:"password-stdin" help:"Read the password from standard input, and do not ask."`
}

// Run sets an agent's password.
func (c *agentPassword) Run(log *slog.Logger) error {
	hash, err := readPassword(c.Stdin, c.Email)
	if err != nil {
		return err
	}
	return c.change(log, app.ChangeAgent{Password: hash})
}

// withApp runs a command over a stopped folder.
func withApp(dir string, options store.Options, log *slog.Logger, do func(a *app.App) error) error {
	n, err := open(dir, options, log)
	if err != nil {
		return err
	}
	return errors.Join(do(n.app), n.close())
}

// readPassword reads a new password, checks it and hashes it.
func readPassword(silent bool, personal ...string) (string, error) {
	secret, err := typedPassword(silent)
	if err != nil {
		return "", err
	}
	if err := password.NewRules().Check(secret, personal...); err != nil {
		return "", err
	}
	return password.NewHasher().Hash(context.Background(), secret)
}

// typedPassword reads a password: from a person at a terminal twice, because they do
// not see it, otherwise a line of standard input.
func typedPassword(silent bool) (string, error) {
	if terminal := int(os.Stdin.Fd()); !silent && term.IsTerminal(terminal) {
		secret, err := readUnseen(terminal, "Password (at least 12 characters, not shown): ")
		if err != nil {
			return "", err
		}
		again, err := readUnseen(terminal, "The same again: ")
		if err == nil && again != secret {
			err = failure{exitFailed, errors.New("the two are not the same; nothing was changed")}
		}
		return secret, err
	}
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if line == "" && err != nil {
		return "", failure{exitNoInput, errors.New("no password was given")}
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// readUnseen reads a line from a terminal that does not show it meanwhile. After a
// Ctrl+C it must show again what is typed.
func readUnseen(terminal int, prompt string) (string, error) {
	before, err := term.GetState(terminal)
	if err != nil {
		return "", err
	}
	ctx, release := interrupted()
	defer release() // after the next: it ends ctx
	defer context.AfterFunc(ctx, func() {
		_ = term.Restore(terminal, before) // there is nothing more to be done about it
		fmt.Fprintln(os.Stderr)
		os.Exit(exitFailed)
	})()
	fmt.Fprint(os.Stderr, prompt)
	line, err := term.ReadPassword(terminal)
	fmt.Fprintln(os.Stderr)
	return string(line), err
}
