package okta

import (
	"context"
	"maps"
	"slices"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
	"hookswitch/internal/render"
)

// PreviewRequest is a text alone, or a template with its translations.
type PreviewRequest struct {
	Text         string             `json:"text"`
	Template     string             `json:"template"`
	Translations map[string]*string `json:"translations"`
}

type previewIn struct {
	Body PreviewRequest `body:"required"`
}

func (r PreviewRequest) template() (admin.NewTemplate, error) {
	if r.Text != "" && (r.Template != "" || len(r.Translations) > 0) {
		return admin.NewTemplate{}, hookswitch.RefuseField(hookswitch.Invalid, "text", "Give a text, or a template with its translations.")
	}
	return admin.NewTemplate{Text: r.Text + r.Template, Translations: translations(r.Translations)}, nil
}

// SMSPreview is how the text itself looks on the phone, and each of its translations.
type SMSPreview struct {
	TextPreview

	Translations map[string]TextPreview `json:"translations" description:"By language"`
	Findings     []TemplateFinding      `json:"findings" description:"What saving it would say"`
	Limits       CheckedUnder           `json:"checkedUnder" description:"The limits of today"`
}

// TextPreview is a text of an SMS as it looks on the phone, and what it costs.
type TextPreview struct {
	Language   string            `json:"language,omitzero"`
	Text       string            `json:"text" description:"With a sample passcode"`
	Encoding   string            `json:"encoding" enum:"GSM-7,UCS-2"`
	Characters int               `json:"characters" description:"SMS characters: an extended GSM-7 character and an emoji are two"`
	Limit      int               `json:"limit" description:"How many there may be"`
	Segments   int               `json:"segments"`
	Country    string            `json:"country,omitzero" description:"Whose regulation is in the text, because it then takes most room"`
	ForcedBy   []ForcedCharacter `json:"forcedBy" description:"What keeps the text from being GSM-7, at most a hundred of them"`
}

// ForcedCharacter is a character that is not in the GSM-7 alphabet.
type ForcedCharacter struct {
	Position  int    `json:"position" description:"How many characters of the text are before it"`
	Character string `json:"character"`
}

func (m messages) previewSMS(ctx context.Context, _ httpd.Call, in previewIn) (SMSPreview, error) {
	template, err := in.Body.template()
	if err != nil {
		return SMSPreview{}, err
	}
	p, err := m.desk.Preview(ctx, m.channel, template)
	if err != nil {
		return SMSPreview{}, err
	}
	wire := SMSPreview{Translations: make(map[string]TextPreview), Findings: findingsOnWire(p.Findings), Limits: limitsOnWire(p.Limits)}
	for i, text := range p.Texts {
		if i == 0 {
			wire.TextPreview = textOnWire(text)
			continue
		}
		wire.Translations[text.Language] = textOnWire(text)
	}
	return wire, nil
}

// forcingShown bounds a list that a text in another script would make as long as itself.
const forcingShown = 100

func textOnWire(p render.LanguagePreview) TextPreview {
	wire := TextPreview{
		Language: p.Language, Text: p.Text, Encoding: string(p.Encoding), Characters: p.Units, Limit: p.Limit,
		Segments: p.Segments, Country: p.Country, ForcedBy: make([]ForcedCharacter, 0, min(len(p.Forcing), forcingShown)),
	}
	for _, c := range p.Forcing[:min(len(p.Forcing), forcingShown)] {
		wire.ForcedBy = append(wire.ForcedBy, ForcedCharacter{c.Index, string(c.Rune)})
	}
	return wire
}

// CallPreview is what a call says with the sentence itself, and with each of its translations.
type CallPreview struct {
	ScriptPreview

	Translations map[string]ScriptPreview `json:"translations" description:"By language"`
	Findings     []TemplateFinding        `json:"findings" description:"What saving it would say"`
	Limits       CheckedUnder             `json:"checkedUnder" description:"The limits of today"`
}

// ScriptPreview is what a call says.
type ScriptPreview struct {
	Language string        `json:"language" description:"Of the voice"`
	Reading  []ScriptPiece `json:"reading" description:"One reading: the sentence, and the passcode digit by digit"`
	Times    int           `json:"times" description:"How often it is read by itself"`
	Again    []ScriptPiece `json:"again" description:"How the call ends: the offer to hear it again, where the provider can"`
}

// ScriptPiece is a part of what a call says: words, or a pause.
type ScriptPiece struct {
	Text    string `json:"text,omitzero"`
	PauseMS int64  `json:"pauseMs,omitzero"`
}

func (m messages) previewCall(ctx context.Context, _ httpd.Call, in previewIn) (CallPreview, error) {
	template, err := in.Body.template()
	if err != nil {
		return CallPreview{}, err
	}
	p, err := m.desk.Preview(ctx, m.channel, template)
	if err != nil {
		return CallPreview{}, err
	}
	wire := CallPreview{Translations: make(map[string]ScriptPreview), Findings: findingsOnWire(p.Findings), Limits: limitsOnWire(p.Limits)}
	languages := slices.Sorted(maps.Keys(template.Translations))
	for i, script := range p.Scripts {
		if i == 0 {
			wire.ScriptPreview = scriptOnWire(script)
			continue
		}
		wire.Translations[languages[i-1]] = scriptOnWire(script)
	}
	return wire, nil
}

func scriptOnWire(s hookswitch.Script) ScriptPreview {
	return ScriptPreview{Language: s.Language, Reading: piecesOnWire(s.Reading), Times: s.Times, Again: piecesOnWire(s.Again)}
}

func piecesOnWire(pieces []hookswitch.Piece) []ScriptPiece {
	wire := make([]ScriptPiece, 0, len(pieces))
	for _, p := range pieces {
		wire = append(wire, ScriptPiece{p.Text, int64(p.Pause / time.Millisecond)})
	}
	return wire
}
