package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// interrupted gives a context that ends with the first Ctrl+C or SIGTERM, so that
// what is half done can be tidied up. A second one ends the process at once.
func interrupted() (ctx context.Context, release func()) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
