package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"time"

	"parley/app"
	"parley/live"
	"parley/server"
	"parley/server/upload"
	"parley/store"
)

type openAPICommand struct{}

// Run prints the description of the interface, made from the types that serve it.
func (openAPICommand) Run(p *Program, log *slog.Logger) error {
	dir, err := os.MkdirTemp("", "parley-openapi-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	n, err := open(dir, store.Options{NoSync: true}, log)
	if err != nil {
		return err
	}
	defer n.close()
	description, err := p.describe(n)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, description, "", "  "); err != nil {
		return err
	}
	fmt.Println(out.String())
	return nil
}

func (p *Program) describe(n *node) ([]byte, error) {
	hub, err := live.New(n.store, n.log)
	if err != nil {
		return nil, err
	}
	files, err := upload.Open(n.dir)
	if err != nil {
		return nil, err
	}
	srv, err := server.New(server.Options{
		App: n.app, Hub: hub, Files: files, Page: p.Page, Version: app.InterfaceVersion, Clock: time.Now, Log: n.log,
	})
	if err != nil {
		return nil, err
	}
	return srv.OpenAPI()
}
