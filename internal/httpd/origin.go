package httpd

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"unicode/utf8"

	"hookswitch"
)

// maxAgent bounds the User-Agent and Accept-Language that are kept.
const maxAgent = 256

// origin is what the System Log says of a request. The query is not in it: it may carry what must not be logged.
func originOf(r *http.Request, x *exchange, caller hookswitch.Caller) hookswitch.Origin {
	return hookswitch.Origin{
		RequestID: x.id,
		IP:        x.clientText(),
		UserAgent: clip(r.UserAgent()),
		Method:    r.Method,
		URI:       clip(r.URL.Path),
		Languages: clip(r.Header.Get("Accept-Language")),
		Actor:     caller.Actor,
		TokenID:   caller.TokenID,
		SessionID: caller.SessionID,
	}
}

// OriginOf is the origin of a request that is no operation of the table and that nobody has signed.
func OriginOf(r *http.Request) hookswitch.Origin {
	return originOf(r, exchangeOf(r.Context()), hookswitch.Caller{})
}

// clientAddress is the address that made the request: the peer or, as long as each hop is a trusted proxy, whom it
// names in X-Forwarded-For, read from the right. What is left of the first hop we do not trust, anybody can write.
func clientAddress(r *http.Request, proxies []netip.Prefix) netip.Addr {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return netip.Addr{}
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && trusted(address, proxies); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		address = before
	}
	return address.Unmap().WithZone("")
}

func trusted(address netip.Addr, proxies []netip.Prefix) bool {
	for _, p := range proxies {
		if p.Contains(address.Unmap()) {
			return true
		}
	}
	return false
}

// clip makes a stranger's header fit to be kept.
func clip(text string) string {
	if len(text) > maxAgent {
		text = text[:maxAgent]
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\x00", "")
	}
	return text
}
