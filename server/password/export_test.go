package password

// Reparse reads a stored hash and writes it again.
func Reparse(stored string) (memory uint32, again string, err error) {
	h, err := parse(stored)
	if err != nil {
		return 0, "", err
	}
	return h.memory, h.String(), nil
}
