package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"parley/desk"
	"parley/interchange"
	"parley/store"
)

// settingKind is one kind of setting on its way in.
type settingKind struct {
	of func(s *interchange.Settings) json.RawMessage
	// read checks a shape and gives what saves it: 1 when something was made, 0 when it
	// was there already.
	read func(shape json.RawMessage, now desk.Time) (save func(tx *store.Tx) (int, error), err error)
}

// settingKinds are all of them.
var settingKinds = []settingKind{
	{func(s *interchange.Settings) json.RawMessage { return s.Hours }, importHours},
	{func(s *interchange.Settings) json.RawMessage { return s.Category }, importCategory},
	{func(s *interchange.Settings) json.RawMessage { return s.Resolver }, importResolver},
	{func(s *interchange.Settings) json.RawMessage { return s.Bot }, importBot},
	{func(s *interchange.Settings) json.RawMessage { return s.Rule }, importRule},
	{func(s *interchange.Settings) json.RawMessage { return s.Knowledge }, importKnowledge},
	{func(s *interchange.Settings) json.RawMessage { return s.SiteShape }, importSite},
}

// The faults of a line with a setting.
var (
	errNoSetting = errors.New("the line says nothing")
	errNoID      = errors.New("a setting has no id")
)

// importedSetting reads the one setting of a line.
func importedSetting(s *interchange.Settings, now desk.Time) (func(tx *store.Tx) (int, error), error) {
	for _, kind := range settingKinds {
		if shape := kind.of(s); shape != nil {
			return kind.read(shape, now)
		}
	}
	return nil, errNoSetting
}

// shapeOf reads a shape of the interface. What it does not have is refused.
func shapeOf[T any](raw json.RawMessage) (shape T, err error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&shape); err != nil {
		return shape, fmt.Errorf("a setting cannot be read: %w", err)
	}
	return shape, nil
}

// wasSet is the event of a setting that comes in. It is told even where it is what
// it would have been: it has been set.
func wasSet(kind desk.EventType, subject desk.ID, now desk.Time) []desk.Event {
	return []desk.Event{{Type: kind, Subject: subject, At: now}}
}

// absent reports whether there is nothing under an id yet.
func absent(err error) (bool, error) {
	if desk.IsNotFound(err) {
		return true, nil
	}
	return false, err
}
