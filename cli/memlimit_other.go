//go:build !linux

package cli

import "log/slog"

// limitMemory does nothing where there are no control groups.
func limitMemory(*slog.Logger) {}
