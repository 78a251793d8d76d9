// Package app holds the use cases, one for each verb. A change is a command: a
// plain value with everything that it needs, the time, the new ids and the actor
// included. The commit queue applies the commands that wait, in order, in one
// transaction: load, ask the desk's rule, save the state with its events. Reading
// goes to the store directly and returns the shapes of wire.
//
// Nothing leaves the process before the commit, and nothing but a command
// changes the store.
package app

// InterfaceVersion is the version of the HTTP interface that the use cases serve.
const InterfaceVersion = "1.0.0"
