package hookswitch

import "time"

// Piece is a part of what a call says: words, or a pause.
type Piece struct {
	Text  string        // spoken; empty for a pause
	Pause time.Duration // silence; zero for words
}

// Script is what a voice call says, in one language, before any provider's markup.
type Script struct {
	Language string  // BCP 47
	Reading  []Piece // one reading: the sentence, then digit by digit with pauses
	Times    int     // how often it is read by itself
	Again    []Piece // tells that a key press repeats the reading
}
