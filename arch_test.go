package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport says which rooms each room may import; docs/map.md tells why. A room
// is a folder at the top with everything below it.
var mayImport = map[string][]string{
	"desk":        {},
	"wire":        {"desk", "store"},
	"interchange": {"desk"},
	"store":       {"desk"},
	"follow":      {"store"},
	"search":      {"desk", "store", "follow"},
	"live":        {"desk", "store", "follow", "wire"},
	"app":         {"desk", "store", "follow", "search", "wire", "interchange", "vault"},
	"vault":       {},
	"guard":       {},
	"bot":         {"desk", "store", "follow", "app", "guard"},
	"card":        {"desk", "store", "follow", "app", "guard"},
	"hook":        {"desk", "store", "follow", "app", "guard", "wire"},
	"channel":     {"desk", "app", "wire"},
	"server":      {"desk", "app", "live", "wire", "channel"},
	"demo":        {},
	"e2e":         {},
}

// wiring are the rooms that put the others together and may import all.
var wiring = []string{"main", "cli", measures}

// measures is the room that times the parts beside the bare libraries that they
// stand on, so it may import those too.
const measures = "bench"

// onlyIn says which rooms may import a library that must not spread.
var onlyIn = map[string][]string{
	"go.etcd.io/bbolt":              {"store"},
	"github.com/blevesearch":        {"search"},
	"github.com/gofiber":            {"server", "live"},
	"github.com/valyala/fasthttp":   {"server", "live"},
	"github.com/fasthttp/websocket": {"server", "live", "e2e"},
	"github.com/danielgtaylor/huma": {"server"},
	"github.com/alecthomas/kong":    {"cli"},
	"golang.org/x/net/html":         {"card"},
}

// pure lists the rooms that take nothing but the standard library and the rooms
// they may import.
var pure = []string{"desk", "wire", "interchange", "follow", "demo", "vault"}

// pureToo is what pure rooms may take besides: tables and nothing else.
var pureToo = map[string]string{"desk": "golang.org/x/text/unicode/norm"}

type pkg struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// TestImportDirections holds the rooms to the directions of docs/map.md, and what
// they may import to what they do import.
func TestImportDirections(t *testing.T) {
	used := make(map[string]bool) // "room target"
	for _, p := range listPackages(t) {
		room := roomOf(p.ImportPath)
		if _, known := mayImport[room]; !known && !slices.Contains(wiring, room) {
			t.Errorf("%s: say in arch_test.go what the room %s may import", p.ImportPath, room)
			continue
		}
		for _, imported := range p.Imports {
			used[room+" "+roomOf(imported)] = isOurs(imported) || used[room+" "+roomOf(imported)]
			if complaint := judge(room, p.ImportPath, imported); complaint != "" {
				t.Errorf("%s imports %s: %s", p.ImportPath, imported, complaint)
			}
		}
		for _, imported := range append(p.TestImports, p.XTestImports...) {
			if room == "e2e" && isOurs(imported) && roomOf(imported) != "e2e" {
				t.Errorf("%s imports %s: it drives the executable from outside", p.ImportPath, imported)
			}
		}
	}
	for room, targets := range mayImport {
		for _, target := range targets {
			if !used[room+" "+target] {
				t.Errorf("%s may import %s but does not: take the permission away", room, target)
			}
		}
	}
}

// judge says what is wrong with one import, or nothing.
func judge(room, from, imported string) string {
	switch {
	case isOurs(imported):
		return judgeOurs(room, from, imported)
	case !strings.Contains(imported, "."):
		return "" // the standard library
	case pureToo[room] == imported:
		return ""
	case slices.Contains(pure, room):
		return room + " takes the standard library alone"
	}
	for library, rooms := range onlyIn {
		if within(imported, library) && room != measures && !slices.Contains(rooms, room) {
			return library + " belongs to " + list(rooms)
		}
	}
	return ""
}

func judgeOurs(room, from, imported string) string {
	target := roomOf(imported)
	switch {
	case strings.HasSuffix(imported, "test") && !strings.HasSuffix(from, "test"):
		return "only tests import it"
	case slices.Contains(wiring, room):
		return ""
	case room == "channel" && target == "channel" && !within(imported, from) && !within(from, imported):
		return "channels never import each other"
	case target != room && !slices.Contains(mayImport[room], target):
		return room + " may import only " + list(mayImport[room])
	}
	return ""
}

func listPackages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) < 3 {
		t.Fatalf("go list found %d packages", len(all))
	}
	return all
}

func isOurs(path string) bool { return within(path, "parley") }

func within(path, folder string) bool { return path == folder || strings.HasPrefix(path, folder+"/") }

// roomOf is the folder at the top that holds a package of ours.
func roomOf(path string) string {
	_, below, found := strings.Cut(path, "/")
	if !found {
		return "main"
	}
	room, _, _ := strings.Cut(below, "/")
	return room
}

func list(rooms []string) string {
	if len(rooms) == 0 {
		return "nothing of ours"
	}
	return strings.Join(rooms, ", ")
}
