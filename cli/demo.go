package cli

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	mathrand "math/rand/v2"
	"os"
	"strings"
	"time"

	"parley/app"
	"parley/demo"
	"parley/desk"
	"parley/follow"
	"parley/interchange"
	"parley/server/password"
	"parley/store"
)

type demoCommand struct {
	network
	Pace float64 `help:"How fast the customers write; 2 is twice as fast." default:"1" env:"PARLEY_DEMO_PACE"`
	RAM  bool    `name:"ram" help:"Keep everything in memory, so that no trace is left on the disk." env:"PARLEY_DEMO_RAM"`
}

// memory is the folder of Linux that is kept in memory alone.
const memory = "/dev/shm"

// folder makes the folder that the sample team lives in.
func (c *demoCommand) folder() (string, error) {
	if !c.RAM {
		return os.MkdirTemp("", "parley-demo-")
	}
	dir, err := os.MkdirTemp(memory, "parley-demo-")
	if err != nil {
		return "", failure{exitUsage, fmt.Errorf("--ram needs a folder that is kept in memory, and here is none to write to: %w", err)}
	}
	return dir, nil
}

// Run runs the sample team until the process is told to stop, and takes its
// folder away.
func (c *demoCommand) Run(p *Program, log *slog.Logger) error {
	if err := c.network.check(); err != nil {
		return failure{exitUsage, err}
	}
	dir, err := c.folder()
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	n, err := open(dir, store.Options{}, log)
	if err != nil {
		return err
	}
	owner, secret, err := furnish(n.app, time.Now())
	if err != nil {
		return errors.Join(err, n.close())
	}
	err = p.serve(n, &c.network, &backupFlags{}, func(ctx context.Context, address string) error {
		fmt.Printf("Sign in with  %s\npassword      %s\n", owner, secret)
		fmt.Printf("Write in as a customer, in another tab: %s/widget/demo\n", address)
		fmt.Println("The team is invented and everything is gone when you stop it with Ctrl+C.")
		go func() {
			_ = follow.Keep(ctx, log, "demo", func(ctx context.Context) error { play(ctx, n.app, c.Pace, log); return nil })
		}()
		return nil
	})
	return errors.Join(err, n.close())
}

// furnish fills a new store with the sample team and gives the owner's account.
func furnish(a *app.App, now time.Time) (email, secret string, err error) {
	if _, err := a.ImportFile(bytes.NewReader(team()), app.ImportOptions{}); err != nil {
		return "", "", fmt.Errorf("the sample team: %w", err)
	}
	if _, err := a.ImportFile(bytes.NewReader(demo.Lines(now)), app.ImportOptions{}); err != nil {
		return "", "", fmt.Errorf("the sample conversations: %w", err)
	}
	owner, err := a.AgentByEmail(demo.Agents()[0].Email)
	if err != nil {
		return "", "", err
	}
	secret = strings.ToLower(rand.Text()[:16])
	hash, err := password.NewHasher().Hash(context.Background(), secret)
	if err != nil {
		return "", "", err
	}
	if _, err := a.ChangeAgent(app.ChangeAgent{ID: owner.ID, Password: hash}); err != nil {
		return "", "", err
	}
	return owner.Email, secret, furnishTeam(a, owner.ID)
}

// team is the line that names the sample team's people.
func team() []byte {
	line := &interchange.Line{}
	for _, agent := range demo.Agents() {
		line.Agents = append(line.Agents, interchange.Agent{Email: agent.Email, Name: agent.Name, Role: agent.Role, Active: true})
	}
	var out bytes.Buffer
	_ = interchange.Write(&out, line) // a buffer takes everything
	return out.Bytes()
}

func furnishTeam(a *app.App, owner desk.ID) error {
	name, on := demo.TeamName, true
	if _, err := a.ChangeTeam(app.ChangeTeam{By: owner, Name: &name, BotOn: &on}); err != nil {
		return err
	}
	for _, r := range sampleReplies() {
		if _, err := a.SaveReply(app.SaveReply{By: owner, New: true, Change: r}); err != nil {
			return fmt.Errorf("saved reply %q: %w", *r.Title, err)
		}
	}
	for _, team := range demo.Teams() {
		if err := furnishAgentTeam(a, owner, &team); err != nil {
			return fmt.Errorf("team %q: %w", team.Name, err)
		}
	}
	return furnishBot(a, owner)
}

// furnishAgentTeam makes a team and assigns what waits and has its tags to it.
func furnishAgentTeam(a *app.App, owner desk.ID, team *demo.Team) error {
	members := make([]desk.ID, 0, len(team.Members))
	for _, email := range team.Members {
		agent, err := a.AgentByEmail(email)
		if err != nil {
			return err
		}
		members = append(members, agent.ID)
	}
	made, err := a.SaveAgentTeam(app.SaveAgentTeam{By: owner, New: true, Change: desk.AgentTeamChange{Name: &team.Name, Members: &members}})
	if err != nil {
		return err
	}
	var waiting []desk.Number
	err = a.Store().View(func(tx *store.Tx) error {
		for _, tag := range team.Tags {
			page, err := tx.List(store.ListQuery{View: desk.ViewUnassigned, Tag: tag, Sort: store.SortNewest, Limit: app.MaxBulk})
			if err != nil {
				return err
			}
			for i := range page.Conversations {
				waiting = append(waiting, page.Conversations[i].Number)
			}
		}
		return nil
	})
	if err == nil {
		_, err = a.ChangeMany(app.ChangeConversation{Verb: app.VerbTeam, By: owner, To: made.ID}, waiting)
	}
	return err
}

// furnishBot gives the bot what it answers from, and the team its categories.
func furnishBot(a *app.App, owner desk.ID) error {
	for _, k := range demo.Knowledge() {
		change := desk.KnowledgeChange{Language: &k.Language, Questions: &k.Questions, Answer: &k.Answer, Choices: &k.Choices}
		if _, err := a.SaveKnowledge(app.SaveKnowledge{By: owner, New: true, Change: change}); err != nil {
			return fmt.Errorf("knowledge %q: %w", k.Questions[0], err)
		}
	}
	for _, c := range demo.Categories() {
		name, closing := desk.Both(c.Name), desk.Both(c.Closing)
		change := desk.CategoryChange{Name: &name, Closing: &closing, AskRating: &c.AskRating}
		if _, err := a.SaveCategory(app.SaveCategory{By: owner, New: true, Change: change}); err != nil {
			return fmt.Errorf("category %q: %w", c.Name.EN, err)
		}
	}
	return nil
}

// betweenScripts is how long it takes at normal pace until the next customer
// turns up.
const betweenScripts = 20 * time.Second

// play lets customers write until ctx ends: every script in turn, again and again.
func play(ctx context.Context, a *app.App, pace float64, log *slog.Logger) {
	scripts := demo.Scripts()
	mathrand.Shuffle(len(scripts), func(i, j int) { scripts[i], scripts[j] = scripts[j], scripts[i] })
	for next := 0; ctx.Err() == nil; next++ {
		script := scripts[next%len(scripts)]
		go func() {
			err := follow.Try(log, "demo", func() error { return playScript(ctx, a, script, pace) })
			if err != nil && ctx.Err() == nil {
				log.Warn("a simulated customer could not write", "err", err)
			}
		}()
		rest(ctx, betweenScripts/2+mathrand.N(betweenScripts), pace)
	}
}

// playScript says one customer's lines in one new conversation.
func playScript(ctx context.Context, a *app.App, script demo.Script, pace float64) error {
	customer, err := demoCustomer(a, script.Customer)
	if err != nil {
		return err
	}
	var number desk.Number
	for _, line := range script.Lines {
		if rest(ctx, line.After, pace); ctx.Err() != nil {
			return nil
		}
		posted, err := a.Receive(app.ReceiveMessage{
			Customer: customer, Number: number, Channel: "web", Draft: desk.Draft{ClientID: app.NewID(), Text: line.Text},
		})
		if err != nil {
			return err
		}
		number = posted.Conversation.Number
	}
	return nil
}

func demoCustomer(a *app.App, c demo.Customer) (desk.ID, error) {
	attributes := make(map[string]*string, len(c.Attributes))
	for k, v := range c.Attributes {
		attributes[k] = &v
	}
	customer, err := a.CreateCustomer(app.CreateCustomer{External: c.ID, Change: desk.CustomerChange{
		Name: &c.Name, Email: &c.Email, Phone: &c.Phone, Language: &c.Language, Attributes: attributes,
	}})
	return customer.ID, err
}

func rest(ctx context.Context, d time.Duration, pace float64) {
	select {
	case <-ctx.Done():
	case <-time.After(time.Duration(float64(d) / max(pace, 0.01))):
	}
}
