package okta

import (
	"context"
	"fmt"
	"sync"
	"time"

	"hookswitch"
	"hookswitch/internal/signin"
)

// door is a small program in the place of package signin: Ana's password is "right", her passcode 123456.
type door struct {
	mu       sync.Mutex
	ana      hookswitch.User
	phone    hookswitch.Factor
	states   map[hookswitch.Secret]hookswitch.AuthnStatus
	tokens   map[hookswitch.Secret]bool
	sessions map[hookswitch.Secret]signin.Entry // by cookie
	made     int

	seen      signin.Use
	origin    hookswitch.Origin
	before    hookswitch.Secret
	setup     hookswitch.Profile
	resent    int
	forgotten string
}

func newDoor() *door {
	return &door{
		ana: hookswitch.User{ID: "00uana", Profile: hookswitch.Profile{
			Login: "ana@example.com", FirstName: "Ana", LastName: "Lima", Locale: "en_US", Timezone: "America/Recife"}},
		phone:  hookswitch.Factor{ID: "sms1", UserID: "00uana", Channel: hookswitch.SMS, Phone: "+12025550142", Status: hookswitch.FactorActive},
		states: map[hookswitch.Secret]hookswitch.AuthnStatus{}, tokens: map[hookswitch.Secret]bool{}, sessions: map[hookswitch.Secret]signin.Entry{},
	}
}

func (d *door) draw(kind string) hookswitch.Secret {
	d.made++
	return hookswitch.Secret(fmt.Sprintf("%s-%d", kind, d.made))
}

func (d *door) at(token hookswitch.Secret) (signin.State, error) {
	status, ok := d.states[token]
	if !ok {
		return signin.State{}, hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	return signin.State{
		Status: status, StateToken: token, Expires: noon().Add(15 * time.Minute), User: d.ana, Factors: []hookswitch.Factor{d.phone}, Factor: d.phone,
	}, nil
}

func (d *door) step(token hookswitch.Secret, step hookswitch.AuthnStep) (signin.State, error) {
	next, ok := d.states[token].On(step)
	if _, known := d.states[token]; !known {
		return signin.State{}, hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	if !ok {
		return signin.State{}, hookswitch.Refuse(hookswitch.WrongStep)
	}
	d.states[token] = next
	return d.at(token)
}

func (d *door) SignIn(_ context.Context, c signin.Credentials) (signin.State, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.origin = c.Origin
	switch {
	case c.Login == "busy@example.com":
		return signin.State{}, hookswitch.RefuseFor(hookswitch.TooManyRequests, 3*time.Second)
	case c.Login != d.ana.Profile.Login || c.Password != "right":
		return signin.State{}, hookswitch.Refuse(hookswitch.SignInFailed)
	}
	token := d.draw("state")
	d.states[token] = hookswitch.MFARequired
	return d.at(token)
}

func (d *door) Current(_ context.Context, token hookswitch.Secret) (signin.State, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.at(token)
}

func (d *door) Verify(_ context.Context, u signin.Use) (signin.State, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.seen = u
	switch u.Passcode {
	case "":
		return d.step(u.StateToken, hookswitch.PasscodeSent)
	case "123456":
		if st, err := d.step(u.StateToken, hookswitch.PasscodeAccepted); err != nil {
			return st, err
		}
		token := d.draw("session")
		d.tokens[token] = true
		return signin.State{Status: hookswitch.AuthnSuccess, SessionToken: token, Expires: noon().Add(5 * time.Minute), User: d.ana}, nil
	default:
		return signin.State{}, hookswitch.Refuse(hookswitch.WrongPasscode)
	}
}

func (d *door) Resend(_ context.Context, u signin.Use) (signin.State, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.seen = u
	d.resent++
	return d.step(u.StateToken, hookswitch.PasscodeSent)
}

func (d *door) Previous(_ context.Context, token hookswitch.Secret) (signin.State, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.step(token, hookswitch.WentBack)
}

func (d *door) Cancel(_ context.Context, token hookswitch.Secret) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, err := d.step(token, hookswitch.GaveUp)
	delete(d.states, token)
	return err
}

func (d *door) StartSession(_ context.Context, token, before hookswitch.Secret, _ hookswitch.Origin) (signin.Entry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.tokens[token] {
		return signin.Entry{}, hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	delete(d.tokens, token)
	d.before = before
	e := signin.Entry{User: d.ana, Cookie: d.draw("cookie"), Session: hookswitch.Session{
		ID: "102one", UserID: d.ana.ID, Created: noon(), Expires: noon().Add(2 * time.Hour),
		Proofs: hookswitch.Proofs{Password: noon(), Factor: noon(), Channel: hookswitch.SMS},
	}}
	d.sessions[e.Cookie] = e
	return e, nil
}

func (d *door) AuthenticateSession(_ context.Context, cookie hookswitch.Secret) (hookswitch.Caller, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, ok := d.sessions[cookie]
	if !ok {
		return hookswitch.Caller{}, hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	return hookswitch.Caller{UserID: e.User.ID, SessionID: e.Session.ID}, nil
}

func (d *door) byID(id string) (signin.Entry, hookswitch.Secret, error) {
	for cookie, e := range d.sessions {
		if e.Session.ID == id {
			return e, cookie, nil
		}
	}
	return signin.Entry{}, "", notFound("session")
}

func (d *door) Session(_ context.Context, id string) (signin.Entry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, _, err := d.byID(id)
	return e, err
}

func (d *door) RefreshSession(ctx context.Context, id string) (signin.Entry, error) {
	return d.Session(ctx, id)
}

func (d *door) EndSession(_ context.Context, id string, _ hookswitch.Origin) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, cookie, err := d.byID(id)
	delete(d.sessions, cookie)
	return err
}

func (d *door) EndSessions(_ context.Context, userID string, _ hookswitch.Origin) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.forgotten = userID
	return nil
}

func (d *door) RedeemSetup(_ context.Context, token hookswitch.Secret, p hookswitch.Profile, password hookswitch.Secret, _ hookswitch.Origin) (hookswitch.User, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if token != "setup" || password != "correct horse" {
		return hookswitch.User{}, hookswitch.Refuse(hookswitch.Unauthenticated)
	}
	d.setup = p
	return hookswitch.User{ID: "00ufirst", Status: hookswitch.UserActive, Profile: p, Created: noon(), LastUpdated: noon()}, nil
}
