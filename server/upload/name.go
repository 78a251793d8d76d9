package upload

import (
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"parley/desk"
)

// nameless is what a file is called when nothing is left of its name.
const nameless = "file"

// longestExt is how many runes after the last dot are kept as an extension when a
// name is cut.
const longestExt = 16

// edges are what no name begins or ends with: leading dots hide a file, trailing
// dots and spaces are dropped by Windows, and joiners join nothing there.
const edges = ". \u200c\u200d"

// CleanName makes the name that a file came with fit to be shown and to be saved
// under on any system: folders, control and invisible characters and those that
// some system forbids go, the letters are composed, and what is too long is cut
// before its extension. It always returns a name, of at most desk.MaxFileNameRunes
// runes, and cleaning that again changes nothing.
func CleanName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = norm.NFC.String(strings.Map(dropForbidden, name))
	clean, err := desk.CleanName("name", cut(name, desk.MaxFileNameRunes), desk.MaxFileNameRunes)
	if err != nil {
		return nameless
	}
	// Once more, because what stood between a letter and its mark may have gone.
	clean = cut(strings.Trim(norm.NFC.String(clean), edges), desk.MaxFileNameRunes)
	switch {
	case clean == "":
		return nameless
	case isDevice(clean):
		return cut("_"+clean, desk.MaxFileNameRunes)
	}
	return clean
}

// dropForbidden drops what a file name may not hold somewhere.
func dropForbidden(r rune) rune {
	if r == utf8.RuneError || strings.ContainsRune("\x00<>:\"|?*", r) {
		return -1
	}
	return r
}

// cut shortens a name to a number of runes and keeps its extension.
func cut(name string, most int) string {
	if utf8.RuneCountInString(name) <= most {
		return name
	}
	stem, ext := []rune(name), []rune(path.Ext(name))
	if len(ext) > longestExt {
		ext = nil
	}
	return strings.TrimRight(string(stem[:most-len(ext)]), edges) + string(ext)
}

// isDevice tells whether Windows takes a name for a device, whatever its
// extension.
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch stem = strings.TrimSpace(stem); stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '1' && stem[3] <= '9'
}

// extension is what the name claims the file to be: the letters after its last
// dot, in lower case, with the dot.
func extension(name string) string { return strings.ToLower(path.Ext(name)) }
