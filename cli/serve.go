package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"parley/app"
	"parley/bot"
	"parley/guard"
	"parley/live"
	"parley/server"
	"parley/server/guardrail"
	"parley/server/upload"
	"parley/store"
)

// network is where the server listens and what it is called from outside.
type network struct {
	Listen    string   `help:"Address and port to listen on; ${default}, if not said." default:"127.0.0.1:8080" env:"PARLEY_LISTEN" placeholder:"HOST:PORT"`
	PublicURL string   `name:"public-url" help:"The address that people type, such as https://desk.example.com, when it is not the one listened on." env:"PARLEY_PUBLIC_URL" placeholder:"URL"`
	Proxies   []string `name:"trust-proxy" help:"Networks whose X-Forwarded-For is believed, such as 10.0.0.0/8." env:"PARLEY_TRUST_PROXY" placeholder:"CIDR"`
	Metrics   string   `name:"metrics-token" help:"A secret of 16 characters or more with which a scraper reads /metrics (Authorization: Bearer …); without it only signed-in admins do." env:"PARLEY_METRICS_TOKEN" placeholder:"SECRET"`
	AllowOut  []string `name:"allow-out" help:"Networks that Parley may call besides public addresses, such as 10.1.2.3 or 192.168.0.0/16: for a language model or webhooks on your own machines." env:"PARLEY_ALLOW_OUT" placeholder:"CIDR"`
	Unlimited bool     `help:"No limits on how often requests may come; for measuring." env:"PARLEY_UNLIMITED" hidden:""`
}

type serveCommand struct {
	data
	network
	backupFlags
	KeepFree *mebibytes `name:"keep-free" help:"Take no new messages and files when less than this is free on the disk, in MiB; if not said, a twentieth of the disk, but 256 at least and 1024 at most." env:"PARLEY_KEEP_FREE" placeholder:"MIB"`
	MaxSize  mebibytes  `name:"max-size" help:"The most that the store may grow to, in MiB; 0 for no limit." default:"0" env:"PARLEY_MAX_SIZE" placeholder:"MIB"`
	MaxFiles mebibytes  `name:"max-files" help:"The most that all attachments may come to, in MiB; 0 for no limit." default:"0" env:"PARLEY_MAX_FILES" placeholder:"MIB"`
	MaxEach  mebibytes  `name:"max-files-each" help:"The most that the attachments of one agent, or of one customer, may come to, in MiB; 0 for no limit." default:"0" env:"PARLEY_MAX_FILES_EACH" placeholder:"MIB"`
}

// keepFree is how many bytes shall stay free on the disk.
func (c *serveCommand) keepFree() uint64 {
	if c.KeepFree != nil {
		return c.KeepFree.bytes()
	}
	return store.Reserve(c.Data)
}

// mebibytes is a size on the command line. What no disk holds is taken as that much.
type mebibytes uint64

func (m mebibytes) bytes() uint64 { return uint64(min(m, 1<<40)) << 20 }

// shareCores lets twice as many goroutines run at once as there are cores. The index
// computes for 50 ms and more at a stretch; with one goroutine a core those who wait for
// an answer wait for it, with two the system gives each its turn.
func shareCores() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(2 * runtime.GOMAXPROCS(0))
	}
}

// check refuses what cannot be meant, before anything is opened or made.
func (n *network) check() error {
	if host, port, err := net.SplitHostPort(n.Listen); err != nil {
		return fmt.Errorf("--listen: %q is no HOST:PORT such as 127.0.0.1:8080", n.Listen)
	} else if number, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("--listen: %q is no port from 0 to 65535 (of %s)", port, cmp.Or(host, "every address"))
	} else if _, err := guardrail.Origins(n.PublicURL, net.JoinHostPort("127.0.0.1", strconv.FormatUint(max(number, 1), 10))); err != nil {
		return fmt.Errorf("--public-url: %q is not of the form https://host or https://host:port", n.PublicURL)
	}
	if n.Metrics != "" && len(n.Metrics) < leastSecret {
		return fmt.Errorf("--metrics-token: a secret has %d characters or more", leastSecret)
	}
	if _, err := guardrail.TrustProxies(n.Proxies); err != nil {
		return fmt.Errorf("--trust-proxy: %w", err)
	}
	if _, err := guard.ParseAllow(n.AllowOut); err != nil {
		return fmt.Errorf("--allow-out: %w", err)
	}
	return nil
}

// leastSecret is how long a secret of the configuration is at least.
const leastSecret = 16

// stopWithin is how long a stop may take before what still runs is cut.
const stopWithin = 10 * time.Second

// Run serves until the process is told to stop.
func (c *serveCommand) Run(p *Program, log *slog.Logger) error {
	shareCores()
	limitMemory(log)
	if err := errors.Join(c.network.check(), c.backupFlags.check()); err != nil {
		return failure{exitUsage, err}
	}
	n, err := open(c.Data, store.Options{MaxBytes: int(c.MaxSize.bytes()), KeepFree: c.keepFree()}, log)
	if err != nil {
		return err
	}
	n.app.LimitFiles(app.FileQuota{All: c.MaxFiles.bytes(), Each: c.MaxEach.bytes()})
	return errors.Join(p.serve(n, &c.network, &c.backupFlags, nil), n.close())
}

// serve runs a node's server until the process is told to stop. ready is called
// once it answers, with its address.
func (p *Program) serve(n *node, network *network, backups *backupFlags, ready func(ctx context.Context, address string) error) error {
	ctx, release := interrupted()
	defer release()
	listener, err := net.Listen("tcp", network.Listen)
	if err != nil {
		return failure{exitCantMake, fmt.Errorf("cannot listen: %w", err)}
	}
	srv, loops, err := p.assemble(n, network, backups, listener.Addr().String())
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	followers, stopFollowers := context.WithCancel(context.WithoutCancel(ctx))
	wait := n.run(followers, loops)
	defer wait()
	defer stopFollowers()

	if err := n.app.EnsureSite(); err != nil {
		n.log.Warn("no first site could be made; make one in the settings", "err", err)
	}
	if err := n.app.EnsureSamples(); err != nil {
		n.log.Warn("no sample rules and categories could be made", "err", err)
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(listener) }()
	address := publicAddress(network.PublicURL, listener.Addr().String())
	announce(n.app, address, n.log)
	if ready != nil {
		err = ready(ctx, address)
	}
	if err == nil {
		select {
		case err = <-served:
		case <-ctx.Done():
			n.log.Info("stopping")
		}
	}
	deadline, cancel := context.WithTimeout(context.Background(), stopWithin)
	defer cancel()
	return errors.Join(err, srv.Stop(deadline))
}

// assemble makes a node's server, which listens at an address, and the loops that
// run beside it, by name.
func (p *Program) assemble(n *node, network *network, backups *backupFlags, address string) (*server.Server, map[string]func(context.Context) error, error) {
	origins, err := guardrail.Origins(network.PublicURL, address)
	if err != nil {
		return nil, nil, err
	}
	hub, err := live.New(n.store, n.log)
	if err != nil {
		return nil, nil, err
	}
	hub.KeepParked(func(row store.Parked) error { return n.app.Park(row, 0) })
	files, err := upload.Open(filepath.Join(n.dir, "files"))
	if err != nil {
		return nil, nil, err
	}
	files.Watch(n.store.Spare)
	responder, err := newBot(n, hub, network.AllowOut)
	if err != nil {
		return nil, nil, err
	}
	cards, err := newCards(n, network.AllowOut)
	if err != nil {
		return nil, nil, err
	}
	hooks, err := newHooks(n, network.AllowOut)
	if err != nil {
		return nil, nil, err
	}
	keeper := backups.keeper(n, files)
	mayOpen := openFiles()
	if room := server.RoomFor(mayOpen); !room.IsFull() {
		n.log.Warn("few files may be open, so fewer can be connected; raise the limit (LimitNOFILE, ulimit -n)",
			"limit", mayOpen, "agents", room.Agents, "visitors", room.Visitors)
	}
	srv, err := server.New(server.Options{
		App: n.app, Hub: hub, Files: files, Backups: keeper, Hooks: hooks, Page: p.Page, Origins: origins, Proxies: network.Proxies,
		Parts: parts, Unlimited: network.Unlimited, OpenFiles: mayOpen, MetricsToken: network.Metrics, Version: p.Version, Clock: time.Now, Log: n.log,
	})
	if err != nil {
		return nil, nil, err
	}
	return srv, map[string]func(context.Context) error{
		"live": hub.Run, "server": srv.KeepHouse, "bot": responder.Run, "cards": cards.Run, "hooks": hooks.Run,
		"clock": bot.NewClock(n.app, n.log).Run, "backup": keeper.Run, "memory": n.tendMemory,
	}, nil
}

// announce says where to go; the first time, to the one-time set-up link.
func announce(a *app.App, address string, log *slog.Logger) {
	fmt.Printf("Parley is ready at %s\n", address)
	code, err := a.OpenSetup()
	if err != nil {
		log.Error("no set-up link could be made", "err", err)
	}
	if code != "" {
		fmt.Printf("Set up your team: %s/setup?code=%s\n", address, url.QueryEscape(code))
	}
}

// publicAddress is what people type: the configured address, or the one listened
// on as a browser on this machine calls it.
func publicAddress(configured, listening string) string {
	if configured != "" {
		return strings.TrimSuffix(configured, "/")
	}
	host, port, err := net.SplitHostPort(listening)
	if err != nil {
		return "http://" + listening
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}
