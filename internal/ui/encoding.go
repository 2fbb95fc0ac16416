package ui

import (
	"strconv"
	"strings"
)

// accepted tells which content codings a client takes: coding -> whether its weight is above zero.
type accepted map[string]bool

// acceptEncoding reads the Accept-Encoding fields of a request (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3).
// A member with a weight that is no number counts as refused: sending a file uncompressed is always right.
func acceptEncoding(fields []string) accepted {
	takes := make(accepted)
	for member := range strings.SplitSeq(strings.Join(fields, ","), ",") {
		coding, parameters, _ := strings.Cut(member, ";")
		if coding = strings.ToLower(strings.TrimSpace(coding)); coding != "" {
			takes[coding] = weight(parameters) > 0
		}
	}
	return takes
}

func weight(parameters string) float64 {
	name, value, weighted := strings.Cut(strings.TrimSpace(parameters), "=")
	if !weighted {
		if name == "" {
			return 1
		}
		return 0
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil || !strings.EqualFold(strings.TrimSpace(name), "q") || q > 1 {
		return 0
	}
	return q
}

func (a accepted) allows(coding string) bool {
	if takes, named := a[coding]; named {
		return takes
	}
	return a["*"]
}
