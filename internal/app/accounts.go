package app

import (
	"context"
	"sync"

	"hookswitch"
	"hookswitch/internal/delivery"
)

// maker makes a provider of one configured account.
type maker func(hookswitch.TelephonyProvider) hookswitch.Provider

// accounts are the configured providers, ready to send. What is configured is read from the store each time, so that
// every node follows a change at once; a provider is made anew only when its entry changed.
type accounts struct {
	entries func(ctx context.Context) ([]hookswitch.TelephonyProvider, error)
	makers  map[hookswitch.ProviderName]maker

	mu   sync.Mutex
	made map[string]delivery.Account // by entry id
}

// Accounts gives every configured provider, the primary first.
func (a *accounts) Accounts(ctx context.Context) ([]delivery.Account, error) {
	entries, err := a.entries(ctx)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	all := make([]delivery.Account, 0, len(entries))
	made := make(map[string]delivery.Account, len(entries))
	for _, entry := range entries {
		newAccount, ok := a.makers[entry.Name]
		if !ok {
			continue // a newer version knew it
		}
		account, ok := a.made[entry.ID]
		if !ok || account.Entry.Version != entry.Version {
			account = delivery.Account{Provider: newAccount(entry)}
		}
		account.Entry = entry
		made[entry.ID] = account
		all = append(all, account)
	}
	a.made = made
	return all, nil
}
