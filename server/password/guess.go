package password

import (
	"strings"
	"unicode/utf8"
)

// mostWords is how many well-known words in a row are still easy to guess.
const mostWords = 2

// isCommon tells whether a folded password is one or two well-known words and
// what is usually put around, between and in place of their letters.
func (r *Rules) isCommon(folded string, about map[string]bool) bool {
	noEnd := strings.TrimRightFunc(folded, isNoLetter)
	for _, letters := range []string{
		onlyLetters(folded),
		onlyLetters(unswap(noEnd)),
		onlyLetters(unswap(strings.TrimLeftFunc(noEnd, isNoLetter))),
	} {
		if letters != "" && r.wordsIn(letters, about) <= mostWords {
			return true
		}
	}
	return false
}

// unswap puts letters back for the signs that look like them.
func unswap(text string) string { return lookAlikes.Replace(text) }

var lookAlikes = strings.NewReplacer("0", "o", "1", "i", "!", "i", "3", "e", "4", "a", "@", "a", "5", "s", "$", "s", "7", "t", "8", "b", "9", "g")

// wordsIn is the least number of known words that letters can be cut into, or a
// large number when it cannot.
func (r *Rules) wordsIn(letters string, about map[string]bool) int {
	const never, longestWord = 1 << 20, 32
	least := make([]int, len(letters)+1) // least[i]: for the first i bytes
	for end := 1; end <= len(letters); end++ {
		least[end] = never
		for start := max(end-longestWord, 0); start < end; start++ {
			if word := letters[start:end]; least[start] < least[end]-1 && (r.words[word] || about[word]) {
				least[end] = least[start] + 1
			}
		}
	}
	return least[len(letters)]
}

// isRepetition tells whether the text is a short piece over and over, or has
// hardly any different characters.
func isRepetition(text string) bool {
	const fewKinds, shortPiece = 4, 7
	runes := []rune(text)
	kinds := make(map[rune]bool)
	for _, r := range runes {
		kinds[r] = true
	}
	if len(kinds) <= fewKinds {
		return true
	}
	for size := 1; size <= min(shortPiece, len(runes)/2); size++ {
		if repeats(runes, size) {
			return true
		}
	}
	return false
}

// repeats tells whether every rune is the same as that size places before it.
func repeats(runes []rune, size int) bool {
	for i := size; i < len(runes); i++ {
		if runes[i] != runes[i-size] {
			return false
		}
	}
	return true
}

// walks are the ways over a keyboard, in both of Turkey's layouts too, and through
// the alphabet. They are walked in either direction, digits round and round.
var walks = [...]string{
	"12345678901234567890", "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnoprstuvyz",
	"qwertyuiopgu", "asdfghjklsi", "zxcvbnmoc", "fgiodrnhpqw", "uieaotkmlysx", "jovcczsb",
	"1q2w3e4r5t6y7u8i9o0p", "qawsedrftgyhujikolp", "q1w2e3r4t5y6u7i8o9p0",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "qazwsxedcrfvtgbyhnujmikolp", "!@#$%^&*()_+", "!\"#$%&/()=",
}

// isWalk tells whether the text consists of a few pieces of walks, each of three
// characters and more, with at most two characters beside them.
func isWalk(text string) bool {
	const shortest, mostPieces, mostOthers = 3, 4, 2
	pieces, others := 0, 0
	for text != "" {
		if n := longestWalk(text); n >= shortest {
			pieces++
			text = text[n:]
			continue
		}
		others++
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
	}
	return pieces > 0 && pieces <= mostPieces && others <= mostOthers
}

// longestWalk is how many bytes the text begins with that lie on one walk.
func longestWalk(text string) int {
	longest := 0
	for _, walk := range walks {
		for _, way := range [...]string{walk, reverse(walk)} {
			for n := longest + 1; n <= len(text) && strings.Contains(way, text[:n]); n++ {
				longest = n
			}
		}
	}
	return longest
}

// reverse turns a text of ASCII around.
func reverse(text string) string {
	turned := make([]byte, len(text))
	for i := range len(text) {
		turned[len(text)-1-i] = text[i]
	}
	return string(turned)
}
