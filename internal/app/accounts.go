package app

import (
	"context"
	"sync"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/delivery"
	"hookswitch/internal/provider/inlinehook"
)

// maker makes a provider of one configured account.
type maker func(hookswitch.TelephonyProvider) hookswitch.Provider

// accounts are the configured providers and the active telephony hook, ready to send. A provider is made anew only when
// its entry changed.
type accounts struct {
	carriers func(ctx context.Context) (admin.Carriers, error)
	makers   map[hookswitch.ProviderName]maker
	hook     func(hookswitch.InlineHook) hookswitch.Provider

	mu   sync.Mutex
	made map[string]delivery.Account // by entry id
}

// Accounts gives the active telephony hook, then every configured provider, the primary first.
func (a *accounts) Accounts(ctx context.Context) ([]delivery.Account, error) {
	carriers, err := a.carriers(ctx)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	all := make([]delivery.Account, 0, len(carriers.Providers)+1)
	made := make(map[string]delivery.Account, len(carriers.Providers)+1)
	ready := func(entry hookswitch.TelephonyProvider, anew func() hookswitch.Provider) delivery.Account {
		account, ok := a.made[entry.ID]
		if !ok || account.Entry.Version != entry.Version {
			account = delivery.Account{Provider: anew()}
		}
		account = delivery.Account{Entry: entry, Provider: account.Provider}
		made[entry.ID] = account
		return account
	}
	if hook := carriers.Hook; hook.ID != "" {
		account := ready(inlinehook.Entry(hook), func() hookswitch.Provider { return a.hook(hook) })
		account.Hook = hookswitch.HookEntity(hook)
		all = append(all, account)
	}
	for _, entry := range carriers.Providers {
		newAccount, ok := a.makers[entry.Name]
		if !ok {
			continue // a newer version knew it
		}
		account := ready(entry, func() hookswitch.Provider { return newAccount(entry) })
		account.Fallback = entry.ID == carriers.Fallback.ProviderID
		account.AfterTimeout = carriers.Fallback.AcceptDuplicates
		all = append(all, account)
	}
	a.made = made
	return all, nil
}
