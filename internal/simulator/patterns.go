package simulator

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
)

// maxPatterns bounds the list of GET /behaviors.
const maxPatterns = 100

// patternBehavior is the body of PUT /behaviors: how all phones behave whose
// numbers start alike, unless they have a behavior of their own.
type patternBehavior struct {
	// Match is a number's beginning and a star ("+4477*"), or "*" for all.
	Match string `json:"match"`
	phoneBehavior
}

// pattern is one in force.
type pattern struct {
	prefix string
	rule   rule[phoneBehavior]
}

// readMatch reads "+4477*" into the prefix it stands for.
func readMatch(match string) (prefix string, ok bool) {
	prefix, ok = strings.CutSuffix(match, "*")
	if !ok || prefix == "" {
		return prefix, ok
	}
	digits, plus := strings.CutPrefix(prefix, "+")
	return prefix, plus && len(digits) <= 15 && strings.Trim(digits, "0123456789") == ""
}

// drawPattern decides by the longest prefix that matches and holds. Guarded by
// mu.
func (s *Simulator) drawPattern(number string) (phoneBehavior, bool) {
	for _, p := range s.patterns { // longest first
		if strings.HasPrefix(number, p.prefix) {
			if b, ok := p.rule.draw(s.now()); ok {
				return b, true
			}
		}
	}
	return phoneBehavior{}, false
}

// putPattern adds a pattern, or replaces the one with the same match, and
// answers all.
func (s *Simulator) putPattern(r *http.Request) (any, error) {
	var b patternBehavior
	if err := decode(r, &b); err != nil {
		return nil, err
	}
	prefix, ok := readMatch(b.Match)
	if !ok {
		return nil, problemf(http.StatusBadRequest, `match must be the beginning of a number and a star, such as "+4477*"`)
	}
	if err := b.complete(); err != nil {
		return nil, problemf(http.StatusBadRequest, "%v", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.patterns = slices.DeleteFunc(s.patterns, func(p *pattern) bool { return p.prefix == prefix || !p.rule.alive(s.now()) })
	if len(s.patterns) >= maxPatterns {
		return nil, problemf(http.StatusConflict, "there are %d behaviors already; DELETE /behaviors forgets them", maxPatterns)
	}
	s.patterns = append(s.patterns, &pattern{prefix: prefix, rule: newRule(b.phoneBehavior, b.when, s.now(), s.ids.random())})
	slices.SortFunc(s.patterns, func(a, b *pattern) int {
		return cmp.Or(cmp.Compare(len(b.prefix), len(a.prefix)), cmp.Compare(a.prefix, b.prefix))
	})
	return s.shownPatterns(), nil
}

func (s *Simulator) getPatterns(*http.Request) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shownPatterns(), nil
}

// deletePatterns forgets all, or the one of ?match=.
func (s *Simulator) deletePatterns(r *http.Request) (any, error) {
	match := r.URL.Query().Get("match")
	s.mu.Lock()
	defer s.mu.Unlock()
	s.patterns = slices.DeleteFunc(s.patterns, func(p *pattern) bool { return match == "" || p.prefix+"*" == match })
	return nil, nil
}

// shownPatterns is those in force, longest prefix first. Guarded by mu.
func (s *Simulator) shownPatterns() []patternBehavior {
	shown := []patternBehavior{}
	for _, p := range s.patterns {
		if b, ok := p.rule.current(s.now(), func(b *phoneBehavior, n int) { b.Times = &n }); ok {
			shown = append(shown, patternBehavior{Match: p.prefix + "*", phoneBehavior: b})
		}
	}
	return shown
}
