package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

type sendCommand struct {
	server
	Phone     string `arg:"" help:"Phone number with its country calling code, for example +12025550123."`
	Channel   string `help:"sms or call." enum:"sms,call" default:"sms"`
	Extension string `help:"Extension to dial once the call is answered." placeholder:"DIGITS"`
	Provider  string `help:"TWILIO or TELESIGN; by default the primary." enum:",TWILIO,TELESIGN" default:"" placeholder:"NAME"`
	JSON      bool   `help:"Print JSON."`
}

// Run sends a test passcode.
func (c sendCommand) Run(ctx context.Context, s streams) error {
	api, err := c.client()
	if err != nil {
		return err
	}
	var providers []struct {
		ID      string `json:"id"`
		Name    string `json:"providerName"`
		Primary bool   `json:"isPrimaryProvider"`
	}
	if err := api.call(ctx, http.MethodGet, "/api/v1/telephony-providers", nil, &providers); err != nil {
		return err
	}
	for _, p := range providers {
		if p.Name != c.Provider && (c.Provider != "" || !p.Primary) {
			continue
		}
		test := map[string]string{"factor": map[string]string{"sms": "SMS", "call": "CALL"}[c.Channel], "phoneNumber": c.Phone}
		if c.Extension != "" {
			test["phoneExtension"] = c.Extension
		}
		if err := api.call(ctx, http.MethodPost, "/api/v1/telephony-providers/"+p.ID+"/test", test, nil); err != nil {
			return err
		}
		if c.JSON {
			return printJSON(s.out, map[string]string{"provider": p.Name, "channel": c.Channel, "status": "accepted"})
		}
		fmt.Fprintf(s.out, "%s accepted the message.\n", p.Name)
		return nil
	}
	return errors.New("no such telephony provider is configured; add one under Customizations > Telephony Providers")
}
