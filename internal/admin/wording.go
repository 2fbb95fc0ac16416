package admin

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"sync"
	"time"

	"hookswitch"
	"hookswitch/internal/render"
)

// WordsTx is what [Texts] asks of a store transaction. Every Update*, Save* and Delete* compares the version that was
// read.
type WordsTx interface {
	Now() time.Time
	AppendEvents(events ...hookswitch.Event) error

	Org() (hookswitch.Org, error)
	UpdateOrg(org hookswitch.Org) error

	// Templates lists the oldest first.
	Templates() ([]hookswitch.Template, error)
	InsertTemplate(t hookswitch.Template) error
	UpdateTemplate(t hookswitch.Template) error
	DeleteTemplate(t hookswitch.Template) error

	Regulations() (render.Regulations, error)
	SaveRegulation(r render.Regulation) error // version 0 is a new one
	DeleteRegulation(r render.Regulation) error
}

// TextOptions are what Texts needs. All fields are required.
type TextOptions struct {
	Update    func(ctx context.Context, fn func(WordsTx) error) error
	View      func(ctx context.Context, fn func(WordsTx) error) error
	Catalogue *render.Catalogue
	Random    io.Reader
	Log       *slog.Logger
}

// Texts composes the words of messages, and changes what administrators wrote for them: templates, the regulations of
// countries and the settings of messages. It is safe for concurrent use.
type Texts struct {
	update    func(ctx context.Context, fn func(WordsTx) error) error
	view      func(ctx context.Context, fn func(WordsTx) error) error
	catalogue *render.Catalogue
	random    io.Reader
	log       *slog.Logger

	mu   sync.Mutex
	kept *ready
}

// NewTexts makes Texts.
func NewTexts(o TextOptions) *Texts {
	return &Texts{update: o.Update, view: o.View, catalogue: o.Catalogue, random: o.Random, log: o.Log}
}

// wording is everything that decides what messages say, as it stood at one moment.
type wording struct {
	org         hookswitch.Org
	templates   []hookswitch.Template
	regulations render.Regulations
}

func (t *Texts) read(ctx context.Context) (wording, error) {
	var w wording
	err := t.view(ctx, func(tx WordsTx) error {
		var err error
		if w.org, err = tx.Org(); err != nil {
			return err
		}
		if w.templates, err = tx.Templates(); err != nil {
			return err
		}
		w.regulations, err = tx.Regulations()
		return err
	})
	return w, err
}

// limits are what a template is checked under today.
func (w wording) limits() render.Limits {
	return render.Limits{
		Segments: w.org.Segments, Digits: w.org.CodeDigits, OrgName: w.org.Name, Domain: w.org.AutofillDomain,
		Regulations: slices.DeleteFunc(slices.Clone(w.regulations), func(r render.Regulation) bool {
			return r.BrandPrefix == "" && r.OptOutSuffix == "" // it takes no room
		}),
	}
}

// write makes one change in a transaction; it may change the org too, and tells the event.
type write func(tx WordsTx, org *hookswitch.Org) (hookswitch.Event, error)

// change lets decide look at everything, outside of a transaction because checking templates takes its time, and then
// makes the change that it answers, if nothing else was changed meanwhile. A nil change changes nothing.
func (t *Texts) change(ctx context.Context, decide func(w wording) (write, error)) error {
	const attempts = 5
	for range attempts {
		w, err := t.read(ctx)
		if err != nil {
			return err
		}
		apply, err := decide(w)
		if err != nil || apply == nil {
			return err
		}
		moved := false
		err = t.update(ctx, func(tx WordsTx) error {
			org, err := tx.Org()
			if moved = org.Version != w.org.Version; err != nil || moved {
				return err
			}
			event, err := apply(tx, &org)
			if err != nil {
				return err
			}
			org.Wording++
			if err := tx.UpdateOrg(org); err != nil {
				return err
			}
			return tx.AppendEvents(event)
		})
		if err != nil || !moved {
			return err
		}
	}
	return hookswitch.Refuse(hookswitch.Contended, "Somebody else changed the templates or the settings of the org at the same time. Try again.")
}

func (t *Texts) event(tx WordsTx, kind hookswitch.EventType, origin hookswitch.Origin, target hookswitch.Entity, data ...hookswitch.Datum) hookswitch.Event {
	return eventOf(kind, origin, target, tx.Now(), t.random, data...)
}
