package provider

import (
	"errors"
	"net/netip"
	"testing"

	"hookswitch"
)

func TestOnlyPublicAddressesAreCalled(t *testing.T) {
	for address, want := range map[string]bool{
		"8.8.8.8":                true,
		"54.172.60.0":            true,
		"2606:4700::1111":        true,
		"::ffff:8.8.8.8":         true,
		"64:ff9b::808:808":       true, // NAT64 of 8.8.8.8
		"127.0.0.1":              false,
		"10.1.2.3":               false,
		"172.16.0.1":             false,
		"192.168.1.1":            false,
		"169.254.169.254":        false, // cloud metadata
		"100.64.0.1":             false,
		"0.0.0.0":                false,
		"0.1.2.3":                false,
		"192.0.0.170":            false,
		"192.0.2.1":              false,
		"198.18.0.1":             false,
		"198.51.100.1":           false,
		"203.0.113.1":            false,
		"224.0.0.1":              false,
		"240.0.0.1":              false,
		"255.255.255.255":        false,
		"::":                     false,
		"::1":                    false,
		"::ffff:127.0.0.1":       false,
		"::ffff:169.254.169.254": false,
		"::127.0.0.1":            false, // IPv4-compatible
		"64:ff9b::7f00:1":        false, // NAT64 of 127.0.0.1
		"64:ff9b:1::1":           false,
		"fe80::1":                false,
		"fe80::1%eth0":           false,
		"2606:4700::1111%eth0":   false,
		"fc00::1":                false,
		"fd12::1":                false,
		"ff02::1":                false,
		"2001::1":                false,
		"2001:db8::1":            false,
		"2002:7f00:1::":          false,
		"3fff::1":                false,
		"4000::1":                false,
	} {
		g, err := newGuard(nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := g.checkAddress(netip.MustParseAddr(address), false) == nil; got != want {
			t.Errorf("%s: allowed %v, want %v", address, got, want)
		}
		if g.checkAddress(netip.MustParseAddr(address), true) == nil {
			t.Errorf("%s: allowed by http", address)
		}
	}
}

func TestAnAllowedNetworkHoldsItsMappedAddressesToo(t *testing.T) {
	g, _ := newGuard(nil, []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00::/8")})
	for address, want := range map[string]bool{
		"10.1.2.3": true, "::ffff:10.1.2.3": true, "10.2.0.1": false, "fd00::1": true, "fc00::1": false,
	} {
		if got := g.checkAddress(netip.MustParseAddr(address), true) == nil; got != want {
			t.Errorf("%s: %v, want %v", address, got, want)
		}
	}
}

func TestURLsAreJudgedBeforeTheyAreDialled(t *testing.T) {
	c, err := NewClient(Options{Exempt: []string{"http://127.0.0.1:8090/base", "https://hookswitch.example"}})
	if err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]bool{
		"https://carrier.example/x":       true,
		"https://carrier.example:8443/x":  true,
		"http://carrier.example/x":        false,
		"ftp://carrier.example/x":         false,
		"https://user@carrier.example/":   false,
		"https:///x":                      false,
		"https://127.0.0.1/":              false,
		"https://[::ffff:10.0.0.1]/":      false,
		"http://127.0.0.1:8090/elsewhere": true,
		"http://127.0.0.1:8091/":          false,
		"https://127.0.0.1:8090/":         false,
		"https://HOOKSWITCH.example:443/": true,
		"https://[::1":                    false,
	} {
		if got := c.CheckURL(url) == nil; got != want {
			t.Errorf("%s: %v, want %v", url, got, want)
		}
	}
}

func TestAnUnreadableExemptURLIsRefused(t *testing.T) {
	for _, base := range []string{"127.0.0.1:8090", "ftp://x.example", "https://", "http://[::1"} {
		if _, err := NewClient(Options{Exempt: []string{base}}); !errors.Is(err, errNoURL) {
			t.Errorf("%q: %v", base, err)
		}
	}
}

func TestANameThatResolvesInsideIsRefusedWhenItIsDialled(t *testing.T) {
	c, err := NewClient(Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Do(t.Context(), post("https://localhost:9/"))
	f := fault(t, err)
	if f.Failure != hookswitch.Unreachable || f.Reason != errNotAllowed.Error() {
		t.Errorf("got %s: %s", f.Failure, f.Reason)
	}
}
