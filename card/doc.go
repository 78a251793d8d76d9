// Package card asks the pages that messages link to what they are, and keeps what they
// say for the team to see under the message.
//
// It follows the journal, so nothing is asked before the message is on disk, and nobody
// waits for it: a card comes when it comes, and a page that is slow, large, hostile or
// gone means no card. Pages are asked only while the team has cards switched on, through
// guard, and never with anything of the team's. What they say is taken as text.
package card
