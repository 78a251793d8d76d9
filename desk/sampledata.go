package desk

// Samples says whether there are sample data: conversations, customers and saved
// replies that were added to try Parley out.
type Samples string

// What can be said of sample data.
const (
	NoSamples    Samples = "none"
	SamplesThere Samples = "there"
	SamplesGoing Samples = "going" // being taken away, a piece at a time
)

// What happens to sample data. Their frames carry the team.
const (
	SamplesAdded   EventType = "samples.added"
	SamplesRemoved EventType = "samples.removed" // somebody wants them away; the events of what goes follow
)

// Add reports whether sample data are to be added. Refused: CodeConflict while the
// last ones are being taken away, and for an inbox with conversations of its own.
func (s Samples) Add(conversations uint64) (bool, error) {
	switch {
	case s == SamplesThere:
		return false, nil
	case s == SamplesGoing:
		return false, Refuse(CodeConflict, "", "The sample data are being removed; try again in a moment.")
	case conversations > 0:
		return false, Refuse(CodeConflict, "", "The inbox has conversations of its own; sample data are for an empty one.")
	}
	return true, nil
}
