package orgfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/goccy/go-yaml"
)

// format is the version of the form of a file.
const format = 1

// maxFile bounds a file; the largest org is far below.
const maxFile = 4 << 20

// File is everything that administrators set, in the words of the API. Users, their roles and API tokens are not in it.
type File struct {
	Version         int                   `json:"version"`
	Org             *Org                  `json:"org,omitempty"`
	Settings        *Settings             `json:"settings,omitempty"`
	MessageSettings *MessageSettings      `json:"messageSettings,omitempty"`
	Providers       []Provider            `json:"telephonyProviders"`
	Hooks           []Hook                `json:"inlineHooks"`
	HookFallback    *HookFallback         `json:"hookFallback,omitempty"`
	Authenticator   *Authenticator        `json:"phoneAuthenticator,omitempty"`
	SMSTemplates    []SMSTemplate         `json:"smsTemplates"`
	Messages        map[string]Words      `json:"messages"` // by purpose
	Calls           map[string]Words      `json:"calls"`    // by purpose
	Regulations     map[string]Regulation `json:"regulations"`
	TrustedOrigins  []TrustedOrigin       `json:"trustedOrigins"`
}

// Org is the org's name and whom its people turn to.
type Org struct {
	Name         string `json:"companyName"`
	Address1     string `json:"address1"`
	Address2     string `json:"address2"`
	City         string `json:"city"`
	State        string `json:"state"`
	PostalCode   string `json:"postalCode"`
	Country      string `json:"country"`
	Phone        string `json:"phoneNumber"`
	SupportPhone string `json:"supportPhoneNumber"`
	Website      string `json:"website"`
	SupportURL   string `json:"endUserSupportHelpURL"`
}

// Settings are those of telephony.
type Settings struct {
	Language  string            `json:"language"`
	Region    string            `json:"region"`
	Passcode  *Passcode         `json:"passcode"`
	Lines     map[string]string `json:"lineTypes"`
	Countries []string          `json:"blockedCountries"`
	Prefixes  []string          `json:"blockedPrefixes"`
	Limits    map[string]Limit  `json:"limits"`
	Requests  *Requests         `json:"requests"`
	Pipeline  string            `json:"pipeline"`
}

// Passcode is the form and the life of passcodes.
type Passcode struct {
	Digits   int  `json:"digits"`
	Lifetime int  `json:"lifetimeSeconds"`
	Departs  bool `json:"departs"`
}

// Limit is how often something may happen.
type Limit struct {
	Burst    int   `json:"burst"`
	PeriodMS int64 `json:"periodMs"`
}

// Requests are those of the API; null is what the operator set.
type Requests struct {
	PerMinute *int `json:"perMinute"`
	Lists     *int `json:"listsPerMinute"`
}

// MessageSettings are those of all messages.
type MessageSettings struct {
	Segments       int    `json:"segments"`
	AutofillDomain string `json:"autofillDomain"`
}

// Provider is a carrier account.
type Provider struct {
	Name      string           `json:"providerName"`
	SID       string           `json:"providerSid"`
	AuthToken string           `json:"providerAuthToken,omitempty"` // a reference
	Settings  ProviderSettings `json:"providerSettings"`
	Active    bool             `json:"active"`
	Primary   bool             `json:"primary"`
}

// ProviderSettings is the method of each channel.
type ProviderSettings struct {
	SMS  *Method `json:"sms,omitempty"`
	Call *Method `json:"call,omitempty"`
}

// Method is one of them.
type Method struct {
	PhoneNumber string `json:"twilioPhoneNumber,omitempty"`
	MessageSID  string `json:"twilioMessageSid,omitempty"`
	CallerID    string `json:"twilioCallerId,omitempty"`
	VerifySID   string `json:"twilioVerifySid,omitempty"`
	Service     string `json:"telesignService,omitempty"`
}

// Hook is a telephony inline hook.
type Hook struct {
	Name       string     `json:"name"`
	URI        string     `json:"uri"`
	Headers    []Header   `json:"headers"`
	AuthScheme AuthScheme `json:"authScheme"`
	Active     bool       `json:"active"`
}

// Header is one more header of the request to a hook; it is no secret.
type Header struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// AuthScheme is the header by which a hook knows us.
type AuthScheme struct {
	Key   string `json:"key"`
	Value string `json:"value,omitempty"` // a reference
}

// HookFallback is what follows when the telephony hook fails.
type HookFallback struct {
	Provider         string `json:"provider"` // its name, "" for none
	AcceptDuplicates bool   `json:"acceptDuplicates"`
}

// Authenticator is the phone authenticator.
type Authenticator struct {
	Name       string `json:"name"`
	AllowedFor string `json:"allowedFor"`
	SMS        *bool  `json:"sms"`
	Voice      *bool  `json:"voice"`
	Active     *bool  `json:"active"`
}

// SMSTemplate is a template for all purposes.
type SMSTemplate struct {
	Name         string            `json:"name"`
	Template     string            `json:"template"`
	Translations map[string]string `json:"translations"`
}

// Words are what the messages of one purpose say.
type Words struct {
	Template     string            `json:"template"`
	Translations map[string]string `json:"translations"`
}

// Regulation is what a country demands of messages.
type Regulation struct {
	Senders        []string          `json:"senders"`
	BrandPrefix    string            `json:"brandPrefix"`
	OptOutSuffix   string            `json:"optOutSuffix"`
	DLTEntityID    string            `json:"dltEntityId"`
	DLTTemplateIDs map[string]string `json:"dltTemplateIds"`
}

// TrustedOrigin is another site that is trusted.
type TrustedOrigin struct {
	Name   string   `json:"name"`
	Origin string   `json:"origin"`
	Scopes []string `json:"scopes"`
	Active *bool    `json:"active,omitempty"` // it is, unless the file says otherwise
}

// Wanted is a file that was read: what it says, and no more.
type Wanted struct{ sections thing }

// Read reads a file in YAML or JSON. What is wrong is told with its line and column.
func Read(from io.Reader) (Wanted, error) {
	text, err := io.ReadAll(io.LimitReader(from, maxFile+1))
	if err != nil {
		return Wanted{}, err
	}
	if len(text) > maxFile {
		return Wanted{}, fmt.Errorf("the file is larger than %d bytes", maxFile)
	}
	var file File
	decoder := yaml.NewDecoder(bytes.NewReader(text), yaml.Strict())
	if err := decoder.Decode(&file); err != nil {
		if errors.Is(err, io.EOF) {
			return Wanted{}, errors.New("the file is empty")
		}
		return Wanted{}, errors.New(yaml.FormatError(err, false, false))
	}
	if err := decoder.Decode(new(File)); !errors.Is(err, io.EOF) {
		return Wanted{}, errors.New("the file has more than one document")
	}
	if file.Version != format {
		return Wanted{}, fmt.Errorf("version: it must be %d", format)
	}
	var said thing
	plain, err := yaml.YAMLToJSON(text)
	if err != nil {
		return Wanted{}, errors.New(yaml.FormatError(err, false, false))
	}
	if err := json.Unmarshal(plain, &said); err != nil {
		return Wanted{}, fmt.Errorf("the file cannot be read: %w", err)
	}
	return Wanted{said}, file.sound()
}

// Write writes a file in YAML.
func (f File) Write(to io.Writer) error {
	return yaml.NewEncoder(to, yaml.IndentSequence(true), yaml.UseLiteralStyleIfMultiline(true)).Encode(f)
}
