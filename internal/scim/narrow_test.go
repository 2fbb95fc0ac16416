package scim_test

import (
	"fmt"
	"testing"

	"hookswitch/internal/scim"
)

func TestAFilterTellsWhatCanBeLookedUp(t *testing.T) {
	for filter, want := range map[string]string{
		`word eq "a"`: `[a] [{word a}]`,
		`word eq "a" or word eq "b" or word eq "a"`: `[a b] []`,
		`word eq "a" or flag eq true`:               `[] []`,
		`not word eq "a"`:                           `[] []`,
		`word ne "a"`:                               `[] []`,
		`word eq ""`:                                `[] []`,
		`flag eq true and (word eq "a" or word eq "b") and extra co "x"`: `[a b] [{extra x}]`,
		`(word eq "b" or word eq "a") and word eq "c" and login eq "D"`:  `[c] [{word c}]`,
		`word sw "a" and extra ew "b" and loose gt "c" and count eq 1`:   `[] [{word a} {extra b}]`,
	} {
		expr, err := scim.Parse(filter, schema)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(expr.Among("word"), " ", expr.Parts()); got != want {
			t.Errorf("%s: %s, want %s", filter, got, want)
		}
	}
	var none scim.Expr
	if none.Among("word") != nil || none.Parts() != nil {
		t.Error("no filter asks for nothing")
	}
}
