package widget

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"parley/desk"
	"parley/wire"
)

// LoaderConfig is what the loader knows of its site: enough to draw the launcher
// without asking for anything.
type LoaderConfig struct {
	Key          string       `json:"key"`
	Origin       string       `json:"origin"` // of Parley, without a slash at the end
	Color        string       `json:"color"`
	Position     string       `json:"position"`
	OffsetX      int          `json:"offset_x"`
	OffsetY      int          `json:"offset_y"`
	LauncherText wire.Both    `json:"launcher_text"`
	LauncherIcon string       `json:"launcher_icon"` // its shape: one of Icons
	HideLauncher bool         `json:"hide_launcher"`
	Scheme       string       `json:"scheme"`
	Language     string       `json:"language"`
	Texts        LauncherText `json:"texts"`
}

// LauncherText is what is said before the chat is opened, in each language.
type LauncherText struct {
	TR LauncherWords `json:"tr"`
	EN LauncherWords `json:"en"`
}

// LauncherWords are what is said in one language.
type LauncherWords struct {
	Title    string `json:"title"`
	Greeting string `json:"greeting"`
}

// Icons are the shapes of the icons that a launcher may have, by the names that a site
// knows them by. The build draws them, so that a website loads only its own.
type Icons map[string]string

// ReadIcons reads the shapes that the build has left.
func ReadIcons(built []byte) (icons Icons, err error) {
	if err = json.Unmarshal(built, &icons); err != nil {
		err = fmt.Errorf("widget: the icons of launchers: %w", err)
	}
	return icons, err
}

// ConfigOf builds what the loader knows of a site.
func ConfigOf(s *desk.Site, origin string, icons Icons) LoaderConfig {
	look, texts := &s.Look, &s.Texts
	return LoaderConfig{
		Key: s.Key, Origin: origin, Color: look.Color, Position: look.Position, OffsetX: look.OffsetX, OffsetY: look.OffsetY,
		LauncherText: wire.Both(look.Launcher), LauncherIcon: icons[look.Icon], HideLauncher: look.HideLauncher, Scheme: look.Scheme, Language: look.Language,
		Texts: LauncherText{
			TR: LauncherWords{texts.Title.TR, texts.Greeting.TR}, EN: LauncherWords{texts.Title.EN, texts.Greeting.EN},
		},
	}
}

// placeholder is the expression in the compiled loader that stands for its site.
var placeholder = []byte("__PARLEY_SITE__")

var errLoader = errors.New("widget: the compiled loader has no place for its site")

// Loader puts a site's configuration into the compiled loader. It is written so
// that no text in it can end the script or the expression.
func Loader(compiled []byte, config *LoaderConfig) ([]byte, error) {
	if bytes.Count(compiled, placeholder) != 1 {
		return nil, errLoader
	}
	inlined, err := json.Marshal(config) // escapes <, >, & and the line ends that only JSON allows
	if err != nil {
		return nil, err
	}
	return bytes.Replace(compiled, placeholder, inlined, 1), nil
}
