package okta

import (
	"context"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
)

type inlineHooks struct{ desk Hooks }

func (h inlineHooks) operations() []httpd.Operation {
	const path = "/api/v1/inlineHooks"
	about := func(id, summary string) httpd.About {
		return httpd.About{ID: id, Tag: "InlineHook", Summary: summary, Roles: super(), Scopes: []string{"okta.inlineHooks.manage"}}
	}
	looking := func(id, summary string) httpd.About {
		a := about(id, summary)
		a.Roles, a.Scopes = auditors(), []string{"okta.inlineHooks.read"}
		return a
	}
	create := about("createInlineHook", "Create an inline hook")
	create.Description = "Hooks of type com.okta.telephony.provider, on a channel of type HTTP. A new hook is active, unless a telephony provider or another hook is."
	execute := about("executeInlineHook", "Execute an inline hook")
	execute.CanSend = true
	execute.Description = "A preview: the body is the payload that the hook gets, the answer is the hook's own. Active or not, no message of ours is sent."
	return []httpd.Operation{
		httpd.Op("GET", path, looking("listInlineHooks", "List all inline hooks"), h.list),
		httpd.Op("POST", path, create, h.create),
		httpd.Op("GET", path+"/{inlineHookId}", tagged(looking("getInlineHook", "Retrieve an inline hook")), h.get),
		httpd.Op("POST", path+"/{inlineHookId}", tagged(about("updateInlineHook", "Update an inline hook")), h.update),
		httpd.Op("PUT", path+"/{inlineHookId}", tagged(about("replaceInlineHook", "Replace an inline hook")), h.replace),
		httpd.Op("DELETE", path+"/{inlineHookId}", about("deleteInlineHook", "Delete an inactive inline hook"), h.remove),
		httpd.Op("POST", path+"/{inlineHookId}/execute", execute, h.execute),
		httpd.Op("POST", path+"/{inlineHookId}/lifecycle/activate", about("activateInlineHook", "Activate an inline hook"), h.step(Hooks.ActivateInlineHook)),
		httpd.Op("POST", path+"/{inlineHookId}/lifecycle/deactivate", about("deactivateInlineHook", "Deactivate an inline hook"), h.step(Hooks.DeactivateInlineHook)),
	}
}

// InlineHook is an inline hook on the wire. The value of its auth scheme is write-only.
type InlineHook struct {
	ID          string      `json:"id"`
	Name        string      `json:"name"`
	Version     string      `json:"version" enum:"1.0.0"`
	Status      string      `json:"status" enum:"ACTIVE,INACTIVE"`
	Type        string      `json:"type" enum:"com.okta.telephony.provider"`
	Created     httpd.Time  `json:"created"`
	LastUpdated httpd.Time  `json:"lastUpdated"`
	Channel     HookChannel `json:"channel"`
	Links       HookLinks   `json:"_links"`
}

// HookChannel is how a hook is reached.
type HookChannel struct {
	Type    string     `json:"type" enum:"HTTP"`
	Version string     `json:"version" enum:"1.0.0"`
	Config  HookConfig `json:"config"`
}

// HookConfig is the request to a hook.
type HookConfig struct {
	URI        string         `json:"uri"`
	Method     string         `json:"method" enum:"POST"`
	Headers    []HookHeader   `json:"headers"`
	AuthScheme HookAuthScheme `json:"authScheme"`
}

// HookHeader is one more header of the request.
type HookHeader struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

// HookAuthScheme is the header by which the hook knows us.
type HookAuthScheme struct {
	Type string `json:"type" enum:"HEADER"`
	Key  string `json:"key"`
}

// HookLinks are what can be done with a hook.
type HookLinks struct {
	Self       *Link `json:"self"`
	Execute    *Link `json:"execute"`
	Activate   *Link `json:"activate,omitzero"`
	Deactivate *Link `json:"deactivate,omitzero"`
	Delete     *Link `json:"delete,omitzero"`
}

// HookRequest is a hook as clients send it. They send back what they once got, so what is read-only is accepted, and not
// looked at.
type HookRequest struct {
	Name        httpd.Optional[string] `json:"name" maxLength:"255"`
	Type        string                 `json:"type" enum:"com.okta.telephony.provider" description:"Cannot be changed"`
	Version     string                 `json:"version" enum:"1.0.0"`
	Channel     HookChannelRequest     `json:"channel"`
	ID          string                 `json:"id" description:"Read-only"`
	Status      string                 `json:"status" description:"Read-only"`
	Created     string                 `json:"created" description:"Read-only"`
	LastUpdated string                 `json:"lastUpdated" description:"Read-only"`
	Links       jsontext.Value         `json:"_links" description:"Read-only"`
}

// HookChannelRequest is how a hook is to be reached.
type HookChannelRequest struct {
	Type    string            `json:"type" enum:"HTTP"`
	Version string            `json:"version" enum:"1.0.0"`
	Config  HookConfigRequest `json:"config"`
}

// HookConfigRequest is what the request to a hook is to be.
type HookConfigRequest struct {
	URI        httpd.Optional[string]                `json:"uri" maxLength:"1024" example:"https://hooks.example.com/otp" description:"https; http only for private networks that the operator allows"`
	Method     string                                `json:"method" enum:"POST"`
	Headers    httpd.Optional[[]HookHeader]          `json:"headers" description:"Shown to administrators: a secret belongs in authScheme"`
	AuthScheme httpd.Optional[HookAuthSchemeRequest] `json:"authScheme" description:"Required; a value that is left out stays as it is"`
}

// HookAuthSchemeRequest is the header by which the hook is to know us.
type HookAuthSchemeRequest struct {
	Type  string            `json:"type" enum:"HEADER,header"`
	Key   string            `json:"key" maxLength:"255" example:"Authorization"`
	Value hookswitch.Secret `json:"value" maxLength:"4096" description:"Write-only"`
}

type listHooksIn struct {
	Type string `query:"type" enum:"com.okta.import.transform,com.okta.oauth2.tokens.transform,com.okta.saml.tokens.transform,com.okta.telephony.provider,com.okta.user.credential.password.import,com.okta.user.pre-registration" description:"Only hooks of this type. There are none but telephony hooks"`
}

func (h inlineHooks) list(ctx context.Context, call httpd.Call, in listHooksIn) ([]InlineHook, error) {
	found, err := h.desk.InlineHooks(ctx)
	wire := make([]InlineHook, 0, len(found))
	for _, hook := range found {
		if in.Type == "" || in.Type == string(hook.Type) {
			wire = append(wire, hookOnWire(hook, call.Links))
		}
	}
	return wire, err
}

type hookIn struct {
	ID string `path:"inlineHookId" maxLength:"255" description:"The hook's id"`
}

func (h inlineHooks) get(ctx context.Context, call httpd.Call, in hookIn) (InlineHook, error) {
	found, err := h.desk.InlineHook(ctx, in.ID)
	return hookOnWire(found, call.Links), err
}

type createHookIn struct {
	Body HookRequest `body:"required"`
}

func (h inlineHooks) create(ctx context.Context, call httpd.Call, in createHookIn) (InlineHook, error) {
	if in.Body.Type == "" {
		return InlineHook{}, hookswitch.RefuseField(hookswitch.Invalid, "type", "It is required: "+string(hookswitch.TelephonyHook)+".")
	}
	made, err := h.desk.CreateInlineHook(ctx, in.Body.whole(admin.HookSpec{}), call.Origin)
	return hookOnWire(made, call.Links), err
}

type changeHookIn struct {
	ID   string      `path:"inlineHookId" maxLength:"255" description:"The hook's id"`
	Body HookRequest `body:"required"`
}

func (h inlineHooks) update(ctx context.Context, call httpd.Call, in changeHookIn) (InlineHook, error) {
	changed, err := h.desk.ChangeInlineHook(ctx, in.ID, in.Body.over, call.Origin, hookSeen(call))
	return hookOnWire(changed, call.Links), err
}

func (h inlineHooks) replace(ctx context.Context, call httpd.Call, in changeHookIn) (InlineHook, error) {
	changed, err := h.desk.ChangeInlineHook(ctx, in.ID, in.Body.whole, call.Origin, hookSeen(call))
	return hookOnWire(changed, call.Links), err
}

func hookSeen(call httpd.Call) admin.Seen[hookswitch.InlineHook] {
	return seen(call, func(is hookswitch.InlineHook) InlineHook { return hookOnWire(is, call.Links) })
}

func (h inlineHooks) remove(ctx context.Context, call httpd.Call, in hookIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, h.desk.DeleteInlineHook(ctx, in.ID, call.Origin)
}

type hookStep func(h Hooks, ctx context.Context, id string, origin hookswitch.Origin) (hookswitch.InlineHook, error)

// step is an operation that takes no more than the hook's id.
func (h inlineHooks) step(take hookStep) func(context.Context, httpd.Call, hookIn) (InlineHook, error) {
	return func(ctx context.Context, call httpd.Call, in hookIn) (InlineHook, error) {
		changed, err := take(h.desk, ctx, in.ID, call.Origin)
		return hookOnWire(changed, call.Links), err
	}
}

type executeHookIn struct {
	ID   string         `path:"inlineHookId" maxLength:"255" description:"The hook's id"`
	Body jsontext.Value `body:"required"`
}

// HookAnswer is what a hook said, as it said it.
type HookAnswer []byte

// AppendJSON writes it.
func (a HookAnswer) AppendJSON(dst []byte) []byte { return append(dst, a...) }

// DocumentedAs is the shape that a telephony hook should answer with.
func (HookAnswer) DocumentedAs() any { return TelephonyHookAnswer{} }

// TelephonyHookAnswer is what a telephony hook should answer with.
type TelephonyHookAnswer struct {
	Commands []TelephonyCommand `json:"commands"`
	Debug    jsontext.Value     `json:"debugContext,omitzero" description:"What the hook adds for the System Log"`
}

// TelephonyCommand is what a telephony hook did.
type TelephonyCommand struct {
	Type  string            `json:"type" example:"com.okta.telephony.action"`
	Value []TelephonyAction `json:"value"`
}

// TelephonyAction is what became of the message.
type TelephonyAction struct {
	Status              string `json:"status" enum:"SUCCESSFUL,PENDING,FAILED"`
	Provider            string `json:"provider,omitzero"`
	TransactionID       string `json:"transactionId,omitzero"`
	TransactionMetadata string `json:"transactionMetadata,omitzero"`
}

func (h inlineHooks) execute(ctx context.Context, call httpd.Call, in executeHookIn) (HookAnswer, error) {
	if in.Body.Kind() != '{' {
		return nil, hookswitch.RefuseField(hookswitch.Invalid, "body", "It must be an object.")
	}
	return h.desk.ExecuteInlineHook(ctx, in.ID, in.Body, call.Origin)
}

// over lays what is given over what the hook has.
func (r HookRequest) over(s admin.HookSpec) admin.HookSpec {
	config := r.Channel.Config
	if r.Name.Given {
		s.Name = r.Name.Value
	}
	if config.URI.Given {
		s.URI = config.URI.Value
	}
	if config.Headers.Given {
		s.Headers = nil
		for _, header := range config.Headers.Value {
			s.Headers = append(s.Headers, hookswitch.HookHeader(header))
		}
	}
	if config.AuthScheme.Given {
		scheme := config.AuthScheme.Value
		if !strings.EqualFold(scheme.Key, s.AuthKey) || scheme.Value != "" {
			s.AuthValue = scheme.Value
		}
		s.AuthKey = scheme.Key
	}
	return s
}

// whole is what the hook is when this is all that is said of it. Only its secret stays, as nobody can read it back.
func (r HookRequest) whole(admin.HookSpec) admin.HookSpec {
	return r.over(admin.HookSpec{})
}

func hookOnWire(h hookswitch.InlineHook, links httpd.Links) InlineHook {
	self := links.API("inlineHooks", h.ID)
	wire := InlineHook{
		ID: h.ID, Name: h.Name, Version: "1.0.0", Status: "INACTIVE", Type: string(h.Type),
		Created: httpd.Time(h.Created), LastUpdated: httpd.Time(h.LastUpdated),
		Channel: HookChannel{Type: "HTTP", Version: "1.0.0", Config: HookConfig{
			URI: h.URI, Method: "POST", Headers: make([]HookHeader, 0, len(h.Headers)), AuthScheme: HookAuthScheme{Type: "HEADER", Key: h.AuthKey},
		}},
		Links: HookLinks{Self: linkTo(self, "GET", "PUT", "POST"), Execute: linkTo(self+"/execute", "POST")},
	}
	for _, header := range h.Headers {
		wire.Channel.Config.Headers = append(wire.Channel.Config.Headers, HookHeader(header))
	}
	if h.Active {
		wire.Status = "ACTIVE"
		wire.Links.Deactivate = linkTo(self+"/lifecycle/deactivate", "POST")
	} else {
		wire.Links.Activate = linkTo(self+"/lifecycle/activate", "POST")
		wire.Links.Delete = linkTo(self, "DELETE")
	}
	return wire
}
