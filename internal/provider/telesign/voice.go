package telesign

import (
	"context"

	"hookswitch"
)

// placeCall speaks our script. Voice has no way to ask for a key, so the script's offer to repeat is left out.
// https://standard.telesign.com/api-reference/apis/voice-api/send-a-voice-message/post-voice
func (p *Provider) placeCall(ctx context.Context, m hookswitch.Message) (hookswitch.Receipt, error) {
	tag, note := speaker(m.Script.Language)
	form := ownText(m)
	form.Set("message", spoken(m.Script))
	form.Set("voice", "f-"+tag)
	receipt, err := p.send(ctx, "/v1/voice", form, m)
	receipt.Note = note
	return receipt, err
}
