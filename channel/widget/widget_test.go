package widget_test

import (
	"encoding/json"
	"strings"
	"testing"

	"parley/channel/widget"
	"parley/desk"
)

func TestBrowser(t *testing.T) {
	for header, want := range map[string]string{
		"": "", "curl/8.5.0": "",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36":                            "Chrome on Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0":              "Edge on Windows",
		"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0":                                                                     "Firefox on Linux",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15":                      "Safari on macOS",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1":    "Safari on iPhone",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0 Mobile/15E148 Safari/604.1":     "Chrome on iPhone",
		"Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36": "Samsung Internet on Android",
		"<script>alert(1)</script> Chrome/1 Windows": "Chrome on Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 YaBrowser/24.6.0.0 Safari/537.36": "Yandex on Windows",
	} {
		if got := widget.Browser(header); got != want {
			t.Errorf("%s: %q, want %q", header, got, want)
		}
	}
}

// TestLoader puts the configuration where the compiled loader asks for it, so that
// no text of it can become code.
func TestLoader(t *testing.T) {
	site := desk.NewSite(desk.ID{1}, "Ab3xyz", "Shop", 1)
	site.Texts.Title = desk.Both{TR: "</script><script>alert(1)</script>", EN: "\u2028\"};alert(2);//"}
	icons, err := widget.ReadIcons([]byte(`{"chat":"M0 0h1z"}`))
	if err != nil {
		t.Fatal(err)
	}
	config := widget.ConfigOf(&site, "https://desk.example.com", icons)
	script, err := widget.Loader([]byte("start(__PARLEY_SITE__);"), &config)
	if err != nil {
		t.Fatal(err)
	}
	text := string(script)
	inlined := strings.TrimSuffix(strings.TrimPrefix(text, "start("), ");")
	var back widget.LoaderConfig
	if err := json.Unmarshal([]byte(inlined), &back); err != nil || back != config {
		t.Errorf("%s is read as %+v, %v", text, back, err)
	}
	if strings.ContainsAny(text, "<>\u2028") {
		t.Errorf("a text can end the script: %s", text)
	}
	if back.Key != "Ab3xyz" || back.Origin != "https://desk.example.com" || back.Color != "#0b666b" || back.Texts.TR.Greeting == "" || back.LauncherIcon != "M0 0h1z" {
		t.Errorf("%+v", back)
	}
	for _, compiled := range []string{"start();", "start(__PARLEY_SITE__, __PARLEY_SITE__)"} {
		if script, err := widget.Loader([]byte(compiled), &config); err == nil {
			t.Errorf("%s became %s", compiled, script)
		}
	}
}
