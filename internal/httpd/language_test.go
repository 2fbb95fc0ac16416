package httpd

import (
	"slices"
	"testing"
)

func TestLanguagesAreReadBestFirst(t *testing.T) {
	for header, want := range map[string][]string{
		"":                          nil,
		"fr":                        {"fr"},
		"de;q=0.5, pt-BR, en;q=0.9": {"pt-BR", "en", "de"},
		"*":                         nil,
		"en;q=0":                    nil,
		"nonsense language; ;;q=x":  nil,
		"zh_TW":                     {"zh-TW"},
	} {
		if got := Languages(header); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
}
