package okta

import (
	"github.com/go-json-experiment/json/jsontext"

	"hookswitch"
	"hookswitch/internal/httpd"
	"hookswitch/internal/report"
)

// LoggedEvent is an event of the System Log on its way to the wire. It writes its own JSON, by hand: pages of a thousand
// are the largest answers there are. What it writes is a [LogEvent].
type LoggedEvent hookswitch.LoggedEvent

// DocumentedAs is the shape that AppendJSON writes.
func (LoggedEvent) DocumentedAs() any { return LogEvent{} }

// AppendJSON writes the event. What is not known is left out.
func (l LoggedEvent) AppendJSON(dst []byte) []byte {
	e := &l.Event
	w := writer{dst}
	w.raw(`{"actor":`)
	w.entity(report.Actor(e))
	w.raw(`,"client":{`)
	if e.Origin.IP != "" {
		w.text(`"userAgent":{"rawUserAgent":`, e.Origin.UserAgent)
		w.text(`},"ipAddress":`, e.Origin.IP)
	}
	w.raw(`},"authenticationContext":{"authenticationStep":0`)
	if e.Origin.SessionID != "" {
		w.text(`,"externalSessionId":`, e.Origin.SessionID)
	}
	w.text(`},"displayMessage":`, e.Message)
	w.text(`,"eventType":`, string(e.Type))
	w.text(`,"outcome":{"result":`, string(e.Result))
	if e.Reason != "" {
		w.text(`,"reason":`, e.Reason)
	}
	w.raw(`},"published":"`)
	w.dst = httpd.AppendTime(w.dst, e.Published)
	w.raw(`","securityContext":{}`)
	w.text(`,"severity":`, e.Severity)
	w.debug(e)
	w.transaction(e)
	w.text(`,"uuid":`, e.UUID)
	w.raw(`,"version":"0","request":{"ipChain":[`)
	if e.Origin.IP != "" {
		w.text(`{"ip":`, e.Origin.IP)
		w.text(`,"version":`, report.IPVersion(e.Origin.IP))
		w.raw(`}`)
	}
	w.raw(`]},"target":[`)
	for i, target := range e.Targets {
		if i > 0 {
			w.raw(`,`)
		}
		w.entity(target)
	}
	w.raw(`]}`)
	return w.dst
}

type writer struct{ dst []byte }

func (w *writer) raw(text string) { w.dst = append(w.dst, text...) }

// text writes what comes before a text, and the text in quotes.
func (w *writer) text(before, text string) {
	w.dst = append(w.dst, before...)
	w.dst, _ = jsontext.AppendQuote(w.dst, text) // what is no UTF-8 is replaced
}

func (w *writer) entity(e hookswitch.Entity) {
	w.text(`{"id":`, e.ID)
	w.text(`,"type":`, e.Type)
	w.text(`,"alternateId":`, e.AlternateID)
	w.text(`,"displayName":`, e.DisplayName)
	w.raw(`}`)
}

func (w *writer) debug(e *hookswitch.Event) {
	w.raw(`,"debugContext":{"debugData":{`)
	for i, d := range e.Debug {
		if i > 0 {
			w.raw(`,`)
		}
		w.text("", d.Key)
		w.text(`:`, d.Value)
	}
	if e.Origin.URI != "" {
		if len(e.Debug) > 0 {
			w.raw(`,`)
		}
		w.text(`"requestUri":`, e.Origin.URI)
	}
	w.raw(`}}`)
}

func (w *writer) transaction(e *hookswitch.Event) {
	kind, id := report.Transaction(e)
	w.text(`,"transaction":{"type":`, kind)
	w.text(`,"id":`, id)
	w.raw(`,"detail":{`)
	if e.Origin.TokenID != "" {
		w.text(`"requestApiTokenId":`, e.Origin.TokenID)
	}
	w.raw(`}}`)
}
