package cli

import (
	"fmt"
	"net"
	"net/http"
	"time"
)

type healthCommand struct {
	Listen string `help:"The address that Parley listens on; ${default}, if not said." default:"127.0.0.1:8080" env:"PARLEY_LISTEN" placeholder:"HOST:PORT"`
}

// Run asks whether requests should be sent to the Parley on this machine.
func (c *healthCommand) Run() error {
	host, port, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return failure{exitUsage, fmt.Errorf("--listen: %q is no HOST:PORT such as 127.0.0.1:8080", c.Listen)}
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
	}
	address := net.JoinHostPort(host, port)
	client := &http.Client{Timeout: 3 * time.Second}
	answer, err := client.Get("http://" + address + "/readyz")
	if err != nil {
		return failure{exitFailed, fmt.Errorf("no Parley answers at %s (%w); name the address that it listens on with --listen", address, err)}
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("it is starting or stopping: it answers %s", answer.Status)
	}
	fmt.Println("ready")
	return nil
}
