// Package e2e drives the built executable from outside: it starts it on a real
// folder, speaks HTTP and the socket to it as a browser would, kills it, cuts its
// connections, and compares what it kept with what it had promised.
//
// It knows nothing of the program's inside and imports none of its rooms; the
// shapes it reads are written down again in wire.go, so that a change of the
// interface is noticed here.
//
// Sizes are small by default. Flags make them large: -kills, -sends, -cuts, -seed.
package e2e
