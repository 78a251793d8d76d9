package widget

import "strings"

// Browser says in a few words what a User-Agent header means, such as "Firefox on
// Windows"; empty when it means nothing. Only these words are kept: the header
// itself would tell people apart.
func Browser(userAgent string) string {
	name, system := firstOf(userAgent, browsers), firstOf(userAgent, systems)
	switch {
	case name == "":
		return system
	case system == "":
		return name
	}
	return name + " on " + system
}

// mark is a word in the header and what it stands for.
type mark struct{ word, means string }

// browsers are in the order in which they are looked for: most of them call
// themselves by the names of those below too.
var browsers = []mark{
	{"SamsungBrowser/", "Samsung Internet"},
	{"YaBrowser/", "Yandex"},
	{"OPR/", "Opera"},
	{"Vivaldi/", "Vivaldi"},
	{"Edg/", "Edge"},
	{"EdgA/", "Edge"},
	{"EdgiOS/", "Edge"},
	{"FxiOS/", "Firefox"},
	{"Firefox/", "Firefox"},
	{"CriOS/", "Chrome"},
	{"HeadlessChrome/", "Chrome"},
	{"Chrome/", "Chrome"},
	{"Version/", "Safari"},
}

var systems = []mark{
	{"iPhone", "iPhone"},
	{"iPad", "iPad"},
	{"Android", "Android"},
	{"Windows", "Windows"},
	{"CrOS", "ChromeOS"},
	{"Macintosh", "macOS"},
	{"Linux", "Linux"},
}

func firstOf(header string, marks []mark) string {
	for _, m := range marks {
		if strings.Contains(header, m.word) {
			return m.means
		}
	}
	return ""
}
