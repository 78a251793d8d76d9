package server

// Room is how many sockets there is room for.
type Room struct{ Agents, Visitors int }

// fullRoom is what a machine with files enough has room for.
var fullRoom = Room{Agents: 10_000, Visitors: 20_000}

// Of the files that a process may have open, a fifth stays for connections that are no
// sockets, and some for the data, the index and what is uploaded.
const (
	filesForData = 100
	leastSockets = 16
)

// RoomFor is the room under a limit of open files; 0 is for one that is not known.
// Refusing a socket is better than having no file left for a message.
func RoomFor(files int) Room {
	free := files*8/10 - filesForData
	if files <= 0 || free >= fullRoom.Agents+fullRoom.Visitors {
		return fullRoom
	}
	agents := max(min(free/3, fullRoom.Agents), leastSockets)
	return Room{Agents: agents, Visitors: max(min(free-agents, fullRoom.Visitors), leastSockets)}
}

// IsFull reports whether it is all the room that there may be.
func (r Room) IsFull() bool { return r == fullRoom }
