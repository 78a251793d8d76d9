package desk

import (
	"regexp"
	"strings"
)

// variable is {{name}} or {{name|what to say without it}}, as saved replies have it.
var variable = regexp.MustCompile(`\{\{\s*([\w.-]+)\s*(?:\|([^{}]*))?\}\}`)

// Fill puts values in place of a text's {{variables}}. One without a value takes
// what stands behind its bar, or goes: customers never see a variable's name.
func Fill(text string, values map[string]string) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	return variable.ReplaceAllStringFunc(text, func(whole string) string {
		parts := variable.FindStringSubmatch(whole)
		return first(values[parts[1]], parts[2])
	})
}

// FirstName is what a customer is called by: the first word of the name.
func FirstName(name string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return word
}
