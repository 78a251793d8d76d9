// Package socket carries frames between a session of the realtime hub and one
// browser over a websocket. It knows nothing of what the frames say.
//
// It is a thin layer over gofiber/contrib/websocket, and exists because of one
// trap: that library keeps its connections in a pool, and so does the HTTP server
// beneath it. Whoever still holds a connection after its handler has returned
// writes to nothing, or to another person's socket. So here nothing outside a
// handler ever holds a connection:
//
//	handler goroutine   reads; starts the writer; waits for it; then returns
//	writer goroutine    the only one that writes; takes frames from the Session
//	everybody else      may only ask a socket to end, never touch its connection
//
// The single exception is the deadline that forces a stuck socket out at
// shutdown; it is set under the lock that the handler takes before it returns.
//
// Quiet sockets are for peers of whom there may be very many, see QuietSession. The
// library only shakes hands for them: the connection is then taken out of the
// server's hands, read with a goroutine and no buffer, and written to by a goroutine
// that lives only while there is something to write. An idle one takes about 5 KiB,
// where the other kind takes 15.
//
// Both goroutines survive a panic in the Session: it is logged, and the peer gets
// close code 1011 without a word of it.
package socket
