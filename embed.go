package main

import (
	"embed"
	"io/fs"
)

// dist is the compiled frontend. The folder holds only a placeholder until the
// frontend is built; the server then says so in place of the page.
//
//go:embed all:ui/dist
var dist embed.FS

func page() fs.FS {
	sub, err := fs.Sub(dist, "ui/dist")
	if err != nil {
		panic(err) // the pattern above names the folder
	}
	return sub
}
