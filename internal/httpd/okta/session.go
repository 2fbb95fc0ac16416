package okta

import (
	"context"

	"hookswitch"
	"hookswitch/internal/httpd"
	"hookswitch/internal/signin"
)

type sessions struct{ ledger Sessions }

func (s sessions) operations() []httpd.Operation {
	const path = "/api/v1/sessions"
	read, manage := []string{"okta.sessions.read"}, []string{"okta.sessions.manage"}
	return []httpd.Operation{
		httpd.Op("POST", path, httpd.About{
			ID: "createSession", Tag: "Session", Summary: "Start a session with a session token", Public: true,
			Description: "The cookie sid is set, and the session that the browser had before ends.",
		}, s.start),
		httpd.Op("GET", path+"/me", httpd.About{
			ID: "getCurrentSession", Tag: "Session", Summary: "Retrieve the session of this request", SignedIn: true,
		}, s.current),
		httpd.Op("DELETE", path+"/me", httpd.About{
			ID: "closeCurrentSession", Tag: "Session", Summary: "End the session of this request", SignedIn: true,
			Description: "The cookie is taken away.",
		}, s.close),
		httpd.Op("POST", path+"/me/lifecycle/refresh", httpd.About{
			ID: "refreshCurrentSession", Tag: "Session", Summary: "Keep the session of this request open", SignedIn: true,
		}, s.refreshCurrent),
		httpd.Op("GET", path+"/{sessionId}", httpd.About{
			ID: "getSession", Tag: "Session", Summary: "Retrieve a session", Roles: anyAdmin(), Scopes: read,
		}, s.get),
		httpd.Op("DELETE", path+"/{sessionId}", httpd.About{
			ID: "revokeSession", Tag: "Session", Summary: "End a session", Roles: support(), Scopes: manage,
		}, s.revoke),
		httpd.Op("POST", path+"/{sessionId}/lifecycle/refresh", httpd.About{
			ID: "refreshSession", Tag: "Session", Summary: "Keep a session open", Roles: super(), Scopes: manage,
		}, s.refresh),
		httpd.Op("DELETE", "/api/v1/users/{userId}/sessions", httpd.About{
			ID: "revokeUserSessions", Tag: "Session", Summary: "End all sessions of a user", Roles: support(), Scopes: []string{"okta.users.manage"},
		}, s.revokeAll),
	}
}

// Session is a session on the wire.
type Session struct {
	ID                       string          `json:"id"`
	Login                    string          `json:"login"`
	UserID                   string          `json:"userId"`
	Status                   string          `json:"status" enum:"ACTIVE"`
	CreatedAt                httpd.Time      `json:"createdAt"`
	ExpiresAt                httpd.Time      `json:"expiresAt" description:"Unless it is used before"`
	LastPasswordVerification httpd.Time      `json:"lastPasswordVerification"`
	LastFactorVerification   *httpd.Time     `json:"lastFactorVerification"`
	Methods                  []string        `json:"amr" description:"What was shown: pwd, sms, tel, mfa (RFC 8176)"`
	MFAActive                bool            `json:"mfaActive"`
	Role                     string          `json:"role,omitzero" enum:"SUPER_ADMIN,READ_ONLY_ADMIN,HELP_DESK_ADMIN" description:"An addition of Hookswitch, in the session of the request: the administrator role in force"`
	Provider                 SessionProvider `json:"idp"`
	Links                    SessionLinks    `json:"_links"`
}

// SessionProvider is who authenticated the person.
type SessionProvider struct {
	Type string `json:"type" enum:"OKTA"`
}

// SessionLinks are the links of a session.
type SessionLinks struct {
	Self    *Link `json:"self"`
	Refresh *Link `json:"refresh"`
	User    *Link `json:"user"`
}

type startIn struct {
	Body SessionTokenRequest `body:"required"`
}

// SessionTokenRequest is the end of the way in.
type SessionTokenRequest struct {
	SessionToken hookswitch.Secret `json:"sessionToken" required:"true" maxLength:"255"`
}

func (s sessions) start(ctx context.Context, call httpd.Call, in startIn) (httpd.Entrance[Session], error) {
	e, err := s.ledger.StartSession(ctx, in.Body.SessionToken, call.Cookie, call.Origin)
	return httpd.Entrance[Session]{Answer: sessionOnWire(e, call.Links), Cookie: e.Cookie}, err
}

func (s sessions) current(ctx context.Context, call httpd.Call, _ httpd.Nothing) (Session, error) {
	e, err := s.ledger.Session(ctx, call.Caller.SessionID)
	wire := sessionOnWire(e, call.Links)
	wire.Role = string(call.Caller.Role)
	return wire, err
}

func (s sessions) close(ctx context.Context, call httpd.Call, _ httpd.Nothing) (httpd.Entrance[httpd.Nothing], error) {
	return httpd.Entrance[httpd.Nothing]{}, s.ledger.EndSession(ctx, call.Caller.SessionID, call.Origin)
}

func (s sessions) refreshCurrent(ctx context.Context, call httpd.Call, _ httpd.Nothing) (Session, error) {
	e, err := s.ledger.RefreshSession(ctx, call.Caller.SessionID)
	return sessionOnWire(e, call.Links), err
}

type sessionIn struct {
	ID string `path:"sessionId" maxLength:"255" description:"The session's id"`
}

func (s sessions) get(ctx context.Context, call httpd.Call, in sessionIn) (Session, error) {
	e, err := s.ledger.Session(ctx, in.ID)
	return sessionOnWire(e, call.Links), err
}

func (s sessions) refresh(ctx context.Context, call httpd.Call, in sessionIn) (Session, error) {
	e, err := s.ledger.RefreshSession(ctx, in.ID)
	return sessionOnWire(e, call.Links), err
}

func (s sessions) revoke(ctx context.Context, call httpd.Call, in sessionIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, s.ledger.EndSession(ctx, in.ID, call.Origin)
}

type userSessionsIn struct {
	UserID string `path:"userId" maxLength:"255" description:"The user's id, or me for the user of the token"`
}

func (s sessions) revokeAll(ctx context.Context, call httpd.Call, in userSessionsIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, s.ledger.EndSessions(ctx, userOf(call, in.UserID), call.Origin)
}

func sessionOnWire(e signin.Entry, links httpd.Links) Session {
	proofs := e.Session.Proofs
	wire := Session{
		ID: e.Session.ID, Login: e.User.Profile.Login, UserID: e.Session.UserID, Status: "ACTIVE",
		CreatedAt: httpd.Time(e.Session.Created), ExpiresAt: httpd.Time(e.Session.Expires),
		LastPasswordVerification: httpd.Time(proofs.Password), Methods: proofs.Methods(), MFAActive: !proofs.Factor.IsZero(),
		Provider: SessionProvider{Type: "OKTA"},
		Links: SessionLinks{
			Self: linkTo(links.API("sessions", me), "GET", "DELETE"), Refresh: linkTo(links.API("sessions", me, "lifecycle", "refresh"), "POST"),
			User: linkTo(links.API("users", e.Session.UserID), "GET"),
		},
	}
	if wire.MFAActive {
		factor := httpd.Time(proofs.Factor)
		wire.LastFactorVerification = &factor
	}
	return wire
}
