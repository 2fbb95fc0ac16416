package simulator

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Codes are 4 to 10 digits, as the carriers' own limits say.
const (
	minCode = 4
	maxCode = 10
)

// boundCode is the last line of an origin-bound message, "@host #code".
// Source: https://wicg.github.io/sms-one-time-codes/
var boundCode = regexp.MustCompile(`^@[^\s@#%/]+(?: @[^\s@#%/]+)? #([^\s#]+)(?: %.*)?$`)

// codeWords mark what stands before or after a code, in lower case, in the
// languages that verification messages are sent in.
var codeWords = []string{
	"code", "kod", "kód", "codigo", "código", "codice", "otp", "pin", "passcode", "token", "mã", "kode", "koodi", "κωδικ", "код", "пароль",
	"קוד", "رمز", "کد", "कोड", "รหัส", "コード", "番号", "验证码", "驗證碼", "代码", "代碼", "码", "碼", "인증", "번호",
}

// extractCode finds the one-time code in a message, "" when there is none.
// Digits of any script count ("١٢٣" is 123), and so do digits read one by one
// ("1, 2, 3 ..."), which is how a call says them. A run of digits beside a word
// for code wins, then the first run.
func extractCode(text string) string {
	plain := plainDigits(text)
	last := strings.TrimRight(plain, "\n ")
	last = strings.TrimSpace(last[strings.LastIndexByte(last, '\n')+1:])
	if strings.HasPrefix(last, "@") {
		if m := boundCode.FindStringSubmatch(last); m != nil {
			return m[1]
		}
	}
	best, bestScore := "", -1
	for _, c := range candidates(plain) {
		if score := c.score(plain); score > bestScore {
			best, bestScore = c.digits, score
		}
	}
	return best
}

// plainDigits writes the decimal digits of every script as 0-9.
func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 || !unicode.Is(unicode.Nd, r) {
			return r
		}
		// Unicode keeps the ten digits of a script together, so the value is
		// the distance to the first digit of the run; runs start where the
		// character before is no digit or ten digits are full.
		zero := r
		for zero > 0 && unicode.Is(unicode.Nd, zero-1) {
			zero--
		}
		return '0' + (r-zero)%10
	}, s)
}

type candidate struct {
	digits     string
	start, end int // bytes in the text
}

// between is what people and text-to-speech put between the digits of a code.
func between(r rune) bool { return strings.ContainsRune(" \t\n\r,.;:…،、。，·-\u00a0", r) }

func digit(r rune) bool { return r >= '0' && r <= '9' }

// candidates finds the runs of digits, alone or separated, and makes
// candidates of their groups.
func candidates(text string) []candidate {
	var found []candidate
	for at := 0; at < len(text); {
		start := strings.IndexFunc(text[at:], digit)
		if start < 0 {
			break
		}
		start += at
		groups, end := groupsOf(text, start)
		if before := strings.TrimRight(text[:start], " "); !strings.HasSuffix(before, "+") && !strings.HasSuffix(text[:start], "/") {
			found = append(found, split(text, groups)...) // neither a phone number nor a part of a link
		}
		at = end
	}
	return found
}

// groupsOf is the groups of digits from start on that only separators part,
// and where the last one ends.
func groupsOf(text string, start int) (groups [][2]int, end int) {
	for at := start; at < len(text) && digit(rune(text[at])); {
		end = at + len(text[at:]) - len(strings.TrimLeftFunc(text[at:], digit))
		groups = append(groups, [2]int{at, end})
		at = len(text) - len(strings.TrimLeftFunc(text[end:], between))
	}
	return groups, end
}

// split makes candidates of the groups of one run: single digits in a row are
// one code (said twice in a row, still one), "123 456" and "123-456" are one,
// longer groups stand for themselves.
func split(text string, groups [][2]int) []candidate {
	var found []candidate
	for i := 0; i < len(groups); {
		j := i + 1
		if size := groups[i][1] - groups[i][0]; size < minCode {
			for j < len(groups) && groups[j][1]-groups[j][0] == size {
				j++
			}
		}
		var b strings.Builder
		for _, g := range groups[i:j] {
			b.WriteString(text[g[0]:g[1]])
		}
		if digits := unrepeat(b.String()); len(digits) >= minCode && len(digits) <= maxCode {
			found = append(found, candidate{digits, groups[i][0], groups[j-1][1]})
		}
		i = j
	}
	return found
}

// unrepeat takes a code that was read several times in a row for one code.
func unrepeat(digits string) string {
	for size := minCode; size <= maxCode && size < len(digits); size++ {
		if len(digits)%size == 0 && strings.Repeat(digits[:size], len(digits)/size) == digits && len(digits) > maxCode {
			return digits[:size]
		}
	}
	return digits
}

// near is how far a word for code may be from its code, in bytes.
const near = 48

// score prefers a run close behind a word for code, then close before one,
// then the usual length.
func (c candidate) score(text string) int {
	score := 0
	if namesCode(text[max(0, c.start-near):c.start]) {
		score += 4
	}
	if namesCode(text[c.end:min(len(text), c.end+near)]) {
		score += 2
	}
	if len(c.digits) == 6 {
		score++
	}
	return score
}

func namesCode(text string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(codeWords, func(word string) bool { return strings.Contains(text, word) })
}
