package orgfile

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// switchboard is the API of providers and hooks with the rules by which they exclude one another.
type switchboard struct {
	providers, hooks map[string]bool // by name: active; the id of a thing is its name
	primary          string
	fallback         string
}

func (s *switchboard) active(all map[string]bool) bool {
	return slices.Contains(slices.Collect(maps.Values(all)), true)
}

func (s *switchboard) call(_ context.Context, method, path string, in, out any) error {
	parts := strings.Split(strings.TrimPrefix(path, "/api/v1/"), "/")
	body, _ := in.(thing)
	answer := thing{}
	err := s.judge(method, parts, body, answer)
	if made, ok := out.(*thing); ok {
		*made = answer
	}
	return err
}

func (s *switchboard) judge(method string, parts []string, body, answer thing) error {
	all, verb := s.hooks, parts[len(parts)-1]
	isProvider := parts[0] == "telephony-providers"
	if isProvider {
		all = s.providers
	}
	switch {
	case parts[0] == "telephony":
		s.fallback, _ = body["fallbackProviderId"].(string)
		if _, ok := s.providers[s.fallback]; s.fallback != "" && !ok {
			return errors.New("no such fallback")
		}
	case method == "POST" && len(parts) == 1:
		name := text(body, "name") + text(body, "providerName")
		all[name] = !isProvider && !s.active(s.providers) && !s.active(s.hooks)
		answer["id"], answer["status"] = name, map[bool]string{true: "ACTIVE", false: "INACTIVE"}[all[name]]
	case method == "DELETE":
		if all[parts[1]] || s.fallback == parts[1] {
			return errors.New("it is active, or the fallback")
		}
		delete(all, parts[1])
	case verb == "activate":
		other := s.hooks
		if !isProvider {
			other = map[string]bool{"": s.active(s.providers) || s.active(s.hooks) && !s.hooks[parts[1]]}
		}
		if s.active(other) {
			return errors.New("the other kind is active")
		}
		all[parts[1]] = true
		if isProvider && s.primary == "" {
			s.primary = parts[1]
		}
	case verb == "deactivate":
		all[parts[1]] = false
		if isProvider && s.primary == parts[1] {
			if s.active(s.providers) {
				return errors.New("it is the primary")
			}
			s.primary = ""
		}
	case verb == "setAsPrimary":
		if !all[parts[1]] {
			return errors.New("only an active one can be primary")
		}
		s.primary = parts[1]
	}
	return nil
}

func (s *switchboard) state() *State {
	state := &State{ids: map[string]string{}, File: File{Version: format, HookFallback: &HookFallback{Provider: s.fallback}}}
	for _, name := range slices.Sorted(maps.Keys(s.providers)) {
		state.File.Providers = append(state.File.Providers, Provider{Name: name, Active: s.providers[name], Primary: s.primary == name})
		state.ids[providersSection+"/"+name] = name
	}
	for _, name := range slices.Sorted(maps.Keys(s.hooks)) {
		state.File.Hooks = append(state.File.Hooks, Hook{Name: name, Active: s.hooks[name]})
		state.ids[hooksSection+"/"+name] = name
	}
	return state
}

// drawn is any set of carriers that the API allows.
func drawn(t *rapid.T) *switchboard {
	s := &switchboard{providers: map[string]bool{}, hooks: map[string]bool{}}
	active := rapid.SampledFrom([]string{"providers", "hook", "nothing"}).Draw(t, "active")
	var on []string
	for _, name := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"A", "B", "C"}), rapid.ID[string]).Draw(t, "providers") {
		if s.providers[name] = active == "providers" && rapid.Bool().Draw(t, "on"); s.providers[name] {
			on = append(on, name)
		}
		if rapid.Bool().Draw(t, "is fallback") {
			s.fallback = name
		}
	}
	if len(on) > 0 {
		s.primary = rapid.SampledFrom(on).Draw(t, "primary")
	}
	for i, name := range rapid.SliceOfDistinct(rapid.SampledFrom([]string{"h", "i", "j"}), rapid.ID[string]).Draw(t, "hooks") {
		s.hooks[name] = active == "hook" && i == 0
	}
	return s
}

// From whatever the org has to whatever a file can say, each step is allowed, and the end is what the file says.
func TestEveryStepOfAPlanIsAllowed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		is, wanted := drawn(t), drawn(t)
		said, err := thingOf(wanted.state().File)
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range []string{providersSection, hooksSection} {
			if said[section] == nil {
				said[section] = []any{} // as a file says it
			}
			for _, one := range list(said, section) {
				one["providerAuthToken"], one["authScheme"] = "${env:A}", thing{"value": "${env:A}"}
				delete(one, map[string]string{providersSection: "authScheme", hooksSection: "providerAuthToken"}[section])
			}
		}
		options := Options{Prune: true, From: Environment{Variable: func(string) (string, bool) { return "x", true }}}
		plan, err := Make(is.state(), Wanted{said}, options)
		if err != nil {
			t.Fatalf("no plan: %v", err)
		}
		if done, err := plan.Run(context.Background(), is.call, func(Step) {}); err != nil {
			t.Fatalf("after %d of %v: %v", done, plan.Steps, err)
		}
		if fmt.Sprint(is) != fmt.Sprint(wanted) {
			t.Fatalf("it is %v, wanted %v, by %v", is, wanted, plan.Steps)
		}
		again, err := Make(is.state(), Wanted{said}, options)
		if err != nil || len(again.Steps) > 0 {
			t.Fatalf("a second time: %v %v", again, err)
		}
	})
}

func TestWhatExcludesEachOtherIsRefusedBeforeAnythingIsChanged(t *testing.T) {
	s := &switchboard{providers: map[string]bool{"A": true}, hooks: map[string]bool{"h": false}, primary: "A"}
	for file, want := range map[string]string{
		"inlineHooks: [{name: h, active: true}]":                                                                                                  "both would be active",
		"telephonyProviders: [{providerName: A, active: false, primary: true}]":                                                                   "only an active one can be primary",
		"telephonyProviders: [{providerName: B, active: true, providerAuthToken: \"${env:NONE}\"}]":                                               "variable NONE is not set",
		"telephonyProviders: [{providerName: B}]":                                                                                                 "its secret: it must be",
		"telephonyProviders: [{providerName: A, primary: true}, {providerName: B, providerAuthToken: \"${env:B}\", active: true, primary: true}]": "only one can be primary",
	} {
		wanted, err := Read(strings.NewReader("version: 1\n" + file))
		if err != nil {
			t.Fatal(err)
		}
		from := Environment{Variable: func(name string) (string, bool) { return "x", name == "B" }}
		if _, err := Make(s.state(), wanted, Options{From: from}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is answered with %v, want %s", file, err, want)
		}
	}
}

func TestTheFileNeedNotSayWhoIsNoLongerPrimary(t *testing.T) {
	s := &switchboard{providers: map[string]bool{"A": true, "B": false}, primary: "A"}
	wanted, err := Read(strings.NewReader("version: 1\ntelephonyProviders: [{providerName: A}, {providerName: B, active: true, primary: true}]"))
	if err != nil {
		t.Fatal(err)
	}
	plan, err := Make(s.state(), wanted, Options{})
	if err != nil || fmt.Sprint(plan.Steps) != "[activate telephony provider B make primary telephony provider B]" {
		t.Errorf("plans %v, %v", plan, err)
	}
}

func TestWhatAFileDoesNotSayStays(t *testing.T) {
	s := &switchboard{providers: map[string]bool{"A": true, "B": false}, hooks: map[string]bool{"h": false}, primary: "A"}
	state := s.state()
	state.File.Settings = &Settings{Language: "en", Region: "US", Countries: []string{"DE"}}
	state.File.SMSTemplates = []SMSTemplate{{Name: "t", Template: "a ${code}", Translations: map[string]string{"de": "b ${code}", "fr": "c ${code}"}}}
	for file, want := range map[string]string{
		"":                       "[] []",
		"settings: {region: US}": "[] []",
		"settings: {region: BR}": "[change settings of telephony\n    region: \"US\" -> \"BR\"] []",
		"telephonyProviders: []": "[] [telephony provider A telephony provider B]",
		"smsTemplates: [{name: t, translations: {de: \"b ${code}\"}}]": "[change SMS template t\n    translations.fr: \"c ${code}\" -> -] []",
	} {
		wanted, err := Read(strings.NewReader("version: 1\n" + file))
		if err != nil {
			t.Fatal(err)
		}
		plan, err := Make(state, wanted, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(plan.Steps, plan.Kept); got != want {
			t.Errorf("%s\nplans %s\nwant  %s", file, got, want)
		}
	}
}
