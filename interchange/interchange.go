// Package interchange reads and writes an inbox as JSON Lines: a line for each
// conversation, and lines for what stands beside them. It is the form in which
// conversations come from another system, go to one, and are kept outside of
// Parley. See docs/interchange.md for the fields.
//
// It knows the form and nothing of the store: what a line means for the inbox is
// the app's business.
package interchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// MaxLineBytes is how long a line may be.
const MaxLineBytes = 64 << 20

// Parse reads a line. Unknown fields, missing ones and values that no
// conversation can have are refused, in words that name the field. Times are taken
// in any order: the order of what was said is that of the line, and clocks are set
// back now and then.
func Parse(line []byte) (*Line, error) {
	if !utf8.Valid(line) { // encoding/json would put U+FFFD in its place
		return nil, errors.New("not UTF-8")
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	var l Line
	if err := decoder.Decode(&l); err != nil {
		return nil, describe(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is something after the object")
	}
	switch {
	case l.IsConversation():
		return &l, l.check()
	case !reflect.DeepEqual(l, Line{Record: l.Record}):
		return nil, errors.New("a field that belongs to a conversation, without status and messages")
	}
	return &l, l.Record.check()
}

// describe says what is wrong with a line without a word of Go: whoever reads it
// wrote the JSON.
func describe(err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	var moment *time.ParseError
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("not a JSON object: %w at byte %d", err, syntax.Offset)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return errors.New("not a JSON object: it ends too early")
	case errors.As(err, &kind) && kind.Field == "":
		return fmt.Errorf("not a JSON object: found %s", kind.Value)
	case errors.As(err, &kind):
		return fmt.Errorf("%s: expected %s, found %s", kind.Field, called(kind.Type.Kind()), kind.Value)
	case errors.As(err, &moment):
		return fmt.Errorf("%s is no time such as 2026-09-03T10:02:11+03:00", strconv.Quote(moment.Value))
	}
	return errors.New(strings.TrimPrefix(err.Error(), "json: "))
}

// called is what somebody who writes JSON calls a kind of value.
func called(kind reflect.Kind) string {
	switch kind {
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Struct, reflect.Map:
		return "an object"
	}
	return "a whole number, not below 0"
}

// Write writes a line with its line feed.
func Write(w io.Writer, l *Line) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	if !l.IsConversation() {
		return encoder.Encode(&l.Record)
	}
	return encoder.Encode(l)
}
