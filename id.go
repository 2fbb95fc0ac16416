package hookswitch

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// Prefixes of identifiers. Where Okta has one, ours is the same.
const (
	OrgID           = "00o"
	UserID          = "00u"
	SMSID           = "sms"
	CallID          = "clf"
	ChallengeID     = "chl"
	DeliveryID      = "dlv"
	ProviderID      = "oct"
	TokenID         = "00T"
	TemplateID      = "cst"
	HookID          = "cal"
	AuthenticatorID = "aut"
	RequestID       = "req"
	SessionID       = "102"
	TrustedOriginID = "tos"
)

// idLength is the length of every identifier, prefix included, as in Okta's API.
const idLength = 20

// timeDigits hold the time of an identifier: 62^7 ms reach the year 2081.
const timeDigits = 7

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// NewID makes an identifier of 20 characters: the prefix, the milliseconds of now and 59 bits of randomness.
// Identifiers made later sort later byte by byte, which keeps the indexes of the store dense.
// It panics when random fails: a system without randomness must not hand out identifiers.
func NewID(prefix string, now time.Time, random io.Reader) string {
	var id [idLength]byte
	copy(id[:], prefix)
	ms := now.UnixMilli()
	for i := len(prefix) + timeDigits - 1; i >= len(prefix); i-- {
		id[i] = base62[ms%int64(len(base62))]
		ms /= int64(len(base62))
	}
	fillBase62(id[len(prefix)+timeDigits:], random)
	return string(id[:])
}

// MadeAt is when an identifier of the prefix was made, to the millisecond; the zero time for what is no identifier.
func MadeAt(id, prefix string) time.Time {
	digits, ok := strings.CutPrefix(id, prefix)
	if !ok || len(digits) < timeDigits {
		return time.Time{}
	}
	var ms int64
	for _, digit := range []byte(digits[:timeDigits]) {
		value := strings.IndexByte(base62, digit)
		if value < 0 {
			return time.Time{}
		}
		ms = ms*int64(len(base62)) + int64(value)
	}
	return time.UnixMilli(ms).UTC()
}

// fillBase62 draws unbiased digits: bytes of 248 and above are thrown away because 256 is no multiple of 62.
func fillBase62(digits []byte, random io.Reader) {
	var pool [16]byte
	for filled := 0; filled < len(digits); {
		if _, err := io.ReadFull(random, pool[:]); err != nil {
			panic(fmt.Sprintf("hookswitch: no randomness: %v", err))
		}
		for _, b := range pool {
			if filled == len(digits) {
				return
			}
			if b < 248 {
				digits[filled] = base62[int(b)%len(base62)]
				filled++
			}
		}
	}
}

// NewUUID makes a UUID of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then randomness.
func NewUUID(now time.Time, random io.Reader) string {
	var u [16]byte
	if _, err := io.ReadFull(random, u[6:]); err != nil {
		panic(fmt.Sprintf("hookswitch: no randomness: %v", err))
	}
	ms := now.UnixMilli()
	for i := 5; i >= 0; i-- {
		u[i] = byte(ms)
		ms >>= 8
	}
	u[6] = u[6]&0x0f | 0x70
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", u[0:4], u[4:6], u[6:8], u[8:10], u[10:16])
}
