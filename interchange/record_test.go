package interchange_test

import (
	"bytes"
	"strings"
	"testing"

	"parley/interchange"
)

// TestParseRecords reads what stands beside the conversations, and refuses a line
// that says two things or too little.
func TestParseRecords(t *testing.T) {
	const file = `{"name":"a.pdf","size":9,"sha256":"` + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" + `"}`
	carrying := func(file string) string {
		return `{"customer":{"id":"c"},"status":"open","messages":[{"from":"agent","text":"","at":"2026-01-01T00:00:00Z","attachments":[` + file + `]}]}`
	}
	for line, want := range map[string]string{
		`{"team":{"name":"A","bot_name":"B","bot_on":true,"language":"en"}}`:                                    "",
		`{"customer":{"id":"c","notes":[{"text":"n","at":"2026-01-01T00:00:00Z"}]}}`:                            "",
		`{"reply":{"id":"0198c0de-0000-7000-8000-00000000ffff","title":"T","text":"x","enabled":true}}`:         "",
		`{"reply":{"id":"0198c0de-0000-7000-8000-00000000ffff","title":"T","text":"x","enabled":true},"bot":1}`: "bot: expected",
		`{"reply":{"title":"T","text":"x"}}`:                                                                    "reply.id is missing",
		`{"teams":[{"name":"A","members":["a@b"]}]}`:                                                            "",
		`{"teams":[{"name":"A"}],"agents":[{"email":"a@b"}]}`:                                                   "one thing",
		`{"teams":[{"name":"A"}],"status":"open"}`:                                                              "stands alone",
		`{"team":{"name":"A"},"agents":[{"email":"a@b"}]}`:                                                      "one thing",
		`{"team":{"name":"A"},"customer":{"id":"c"}}`:                                                           "one thing",
		`{"customer":{"id":""}}`:                                                                                "customer.id is missing",
		`{"customer":{"id":"c"},"channel":"web"}`:                                                               "belongs to a conversation",
		`{"customer":{"id":"c","notes":[{"text":"\u0000"}]}}`:                                                   "customer.notes[0]: bad_text",
		`{"team":{"name":"A"},"status":"open"}`:                                                                 "stands alone",
		`{}`:                                                                                                    "customer.id is missing",
		carrying(file):                                                                                          "",
		carrying(strings.Replace(file, `"a.pdf"`, `""`, 1)):                                                     "attachments[0]: name is missing",
		carrying(strings.Replace(file, `9`, `0`, 1)):                                                            "attachments[0]: size is not",
		carrying(strings.Replace(file, `9`, `99999999`, 1)):                                                     "attachments[0]: size is not",
		carrying(strings.Replace(file, `0123`, ``, 1)):                                                          "attachments[0]: sha256 is not",
		carrying(strings.Replace(file, `0123`, `0123ff`, 1)):                                                    "attachments[0]: sha256 is not",
		carrying(strings.Replace(file, `0123`, `wxyz`, 1)):                                                      "attachments[0]: sha256 is not",
		carrying(strings.Repeat(file+",", 10) + file):                                                           "at most 10 attachments",
		strings.Replace(carrying(file), `"text":""`, `"text":"","choices":["a"]`, 1):                            "choices and sources belong to",
		strings.Replace(carrying(file), `"messages"`, `"rating":{"score":6},"messages"`, 1):                     "rating.score",
		strings.Replace(carrying(file), `"messages"`, `"team_read":2,"messages"`, 1):                            "team_read is more than the 1",
	} {
		l, err := interchange.Parse([]byte(line))
		if (err == nil) != (want == "") || (err != nil && !strings.Contains(err.Error(), want)) {
			t.Errorf("%s\nread as %+v, %v; want %q", line, l, err, want)
		}
		if err != nil {
			continue
		}
		var b bytes.Buffer
		if err := interchange.Write(&b, l); err != nil || strings.Contains(b.String(), `"agent":null`) != l.IsConversation() {
			t.Errorf("%s is written %s, %v", line, &b, err)
		}
	}
}
