package cli

import (
	"fmt"
	"net"
	"net/http"
	"time"
)

type healthCommand struct {
	Listen string `help:"The address that Parley listens on." default:"127.0.0.1:8080" env:"PARLEY_LISTEN" placeholder:"HOST:PORT"`
}

// Run asks whether requests should be sent to the Parley on this machine.
func (c *healthCommand) Run() error {
	_, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return failure{exitUsage, err}
	}
	client := &http.Client{Timeout: 3 * time.Second}
	answer, err := client.Get("http://" + net.JoinHostPort("127.0.0.1", port) + "/readyz")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("it answers %s", answer.Status)
	}
	fmt.Println("ready")
	return nil
}
