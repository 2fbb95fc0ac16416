package hookswitch

import "time"

// ProviderHealth is what the installation thinks of a provider in a country. A provider that stopped delivering there
// is tried last until Until; then it gets another chance, and a longer time out when it fails again.
type ProviderHealth struct {
	ProviderID string
	Country    string // ISO 3166-1 alpha-2
	Ill        bool
	Reason     string
	Since      time.Time // of the last change
	Until      time.Time // when an ill provider gets another chance
	Strikes    int       // how often in a row it was found ill
	Version    int64
}

// DeliveryTally counts deliveries of a provider to a country that were settled in some time. Those that failed through
// no fault of the provider are not in it.
type DeliveryTally struct {
	ProviderID string
	Provider   string
	Country    string
	Settled    int
	Delivered  int
	Took       time.Duration // from asking to delivery, all delivered ones together
}
