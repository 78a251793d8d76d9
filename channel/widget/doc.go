// Package widget is the way in by the chat window on websites: who a website says
// that its visitors are, what a browser is called, and what the loader knows.
package widget
