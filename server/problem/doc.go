// Package problem turns every refusal and every fault of the HTTP interface into
// one shape: an RFC 9457 problem with a stable code from desk.
//
// Errors come in from three sides: rules and use cases (desk.Error), the router
// (fiber.Error) and the decoder of requests (huma). They leave by two: Handler
// for plain routes, and the override in huma.go for described operations. What is
// not a coded refusal is a fault of ours: the client gets the code internal and
// no text, and the error itself waits in the request, where Fault finds it for
// the operator's log.
package problem
