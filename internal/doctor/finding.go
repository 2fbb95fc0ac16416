package doctor

// Verdict is how well something is.
type Verdict string

// The verdicts, from good to bad.
const (
	OK      Verdict = "ok"
	Skipped Verdict = "skipped" // could not be looked at; Found says why
	Warning Verdict = "warning" // works, and should not stay so
	Failure Verdict = "failure" // does not work, or will lose something
)

// Finding is what was found of one thing.
type Finding struct {
	Check   string  `json:"check"` // what was looked at
	Verdict Verdict `json:"verdict"`
	Found   string  `json:"found"`
	Next    string  `json:"next,omitempty"` // what to do about it
}

func fine(check, found string) Finding          { return Finding{check, OK, found, ""} }
func skip(check, why string) Finding            { return Finding{check, Skipped, why, ""} }
func warn(check, found, next string) Finding    { return Finding{check, Warning, found, next} }
func failure(check, found, next string) Finding { return Finding{check, Failure, found, next} }
