package provider

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
)

// Why an address is not called.
var (
	errNoURL      = errors.New("the URL cannot be read")
	errUserInURL  = errors.New("the URL must not carry a user name or password")
	errNotHTTPS   = errors.New("only https URLs may be called")
	errNotAllowed = errors.New("the address is not public and not in an allowed network")
	errPlainOut   = errors.New("http is for allowed networks only")
)

// guard decides where requests may go. It judges the address that is really dialled, after the name was resolved, so a
// name that changes its address between a check and the call gains nothing.
type guard struct {
	exempt  map[string]bool // scheme://host:port
	allowed []netip.Prefix
	roots   *x509.CertPool // nil: the system's
	instead func(ctx context.Context, network, address string) (net.Conn, error)
}

func newGuard(exempt []string, allowed []netip.Prefix) (*guard, error) {
	g := &guard{exempt: map[string]bool{}}
	for _, prefix := range allowed {
		g.allowed = append(g.allowed, prefix.Masked())
	}
	for _, raw := range exempt {
		if raw == "" {
			continue
		}
		u, err := url.Parse(raw)
		if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, fmt.Errorf("base URL %q: %w", raw, errNoURL)
		}
		g.exempt[origin(u)] = true
	}
	return g, nil
}

// origin writes scheme, host and port in one way.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "443"
		if u.Scheme == "http" {
			port = "80"
		}
	}
	return u.Scheme + "://" + net.JoinHostPort(strings.TrimSuffix(strings.ToLower(u.Hostname()), "."), port)
}

func (g *guard) checkURL(u *url.URL) error {
	switch {
	case u.Hostname() == "":
		return errNoURL
	case u.User != nil:
		return errUserInURL
	case u.Scheme != "https" && u.Scheme != "http":
		return errNotHTTPS
	case g.exempt[origin(u)]:
		return nil
	case u.Scheme == "http" && len(g.allowed) == 0:
		return errNotHTTPS
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil {
		return g.checkAddress(ip, u.Scheme == "http")
	}
	return nil
}

// checkAddress judges an address of a URL that is not exempt.
func (g *guard) checkAddress(ip netip.Addr, plain bool) error {
	if ip.Zone() != "" {
		return errNotAllowed
	}
	ip = ip.Unmap()
	for _, prefix := range g.allowed {
		if prefix.Contains(ip) {
			return nil
		}
	}
	if !public(ip) {
		return errNotAllowed
	}
	if plain {
		return errPlainOut
	}
	return nil
}

// call tells the dialler which kind of URL a connection is for. Connections are kept by scheme, host and port, so two
// kinds never share one.
type call struct{ exempt, plain bool }

type callKey struct{}

func (g *guard) mark(ctx context.Context, u *url.URL) context.Context {
	return context.WithValue(ctx, callKey{}, call{exempt: g.exempt[origin(u)], plain: u.Scheme == "http"})
}

// dial is the transport's dialler for http.
func (g *guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := g.connect(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &countedConn{Conn: conn}, nil
}

// dialTLS is the transport's dialler for https. The counting is done above TLS: the alert that TLS sends when a connection is
// closed must not look like a request that left.
func (g *guard) dialTLS(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := g.connect(ctx, network, address)
	if err != nil {
		return nil, err
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		conn.Close()
		return nil, errNoURL
	}
	ctx, cancel := context.WithTimeout(ctx, abandonedDial)
	defer cancel()
	secured := tls.Client(conn, &tls.Config{ServerName: host, RootCAs: g.roots})
	if err := secured.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, fmt.Errorf("TLS: %w", err)
	}
	return &countedConn{Conn: secured}, nil
}

func (g *guard) connect(ctx context.Context, network, address string) (net.Conn, error) {
	if g.instead != nil {
		return g.instead(ctx, network, address)
	}
	kind, _ := ctx.Value(callKey{}).(call) // none: the strict kind
	dialer := net.Dialer{Timeout: abandonedDial}
	if !kind.exempt {
		dialer.Control = func(_, resolved string, _ syscall.RawConn) error {
			target, err := netip.ParseAddrPort(resolved)
			if err != nil {
				return errNotAllowed
			}
			return g.checkAddress(target.Addr(), kind.plain)
		}
	}
	return dialer.DialContext(ctx, network, address)
}

// public says whether an address is one of the public internet.
// https://www.iana.org/assignments/iana-ipv4-special-registry/ and -ipv6-special-registry/.
func public(ip netip.Addr) bool {
	if !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return false
	}
	if embedded, ok := translated(ip); ok {
		return public(embedded)
	}
	for _, prefix := range reserved {
		if prefix.Contains(ip) {
			return false
		}
	}
	return ip.Is4() || unicast6.Contains(ip)
}

// translated gives the IPv4 address behind an address of the well-known NAT64 prefix, RFC 6052: networks without IPv4
// reach everything there.
func translated(ip netip.Addr) (netip.Addr, bool) {
	if !nat64.Contains(ip) {
		return netip.Addr{}, false
	}
	b := ip.As16()
	return netip.AddrFrom4([4]byte(b[12:])), true
}

var (
	nat64    = netip.MustParsePrefix("64:ff9b::/96")
	unicast6 = netip.MustParsePrefix("2000::/3")
)

// reserved lists what the registries keep from the public internet and netip does not know.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // carrier-grade NAT
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"), // 6to4 relays
	netip.MustParsePrefix("198.18.0.0/15"),  // benchmarks
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("2001::/23"), // protocols, Teredo among them
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"), // 6to4 carries an IPv4 address of its own
	netip.MustParsePrefix("3fff::/20"),
}
