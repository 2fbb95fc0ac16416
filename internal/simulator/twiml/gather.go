package twiml

import (
	"encoding/xml"
	"strconv"
	"strings"
	"time"
)

func (p *parser) gather(e xml.StartElement) (Step, error) {
	a, err := p.attributes(e, "action", "method", "timeout", "numDigits", "finishOnKey", "input", "actionOnEmptyResult",
		"language", "hints", "speechTimeout", "maxSpeechTime", "bargeIn", "speechModel", "enhanced", "profanityFilter",
		"partialResultCallback", "partialResultCallbackMethod", "debug")
	if err != nil {
		return nil, err
	}
	g := Gather{Action: a["action"], Timeout: 5 * time.Second, FinishOnKey: "#", Keys: true}
	if g.Method, err = p.method(a, CodeGatherMethod); err != nil {
		return nil, err
	}
	if v, ok := a["timeout"]; ok && v != "auto" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 || n > 600 {
			return nil, p.fail(CodeGatherTimeout, "Gather: timeout is a number of seconds from 0 to 600")
		}
		g.Timeout = time.Duration(n) * time.Second
	}
	if v, ok := a["numDigits"]; ok {
		if g.NumDigits, err = strconv.Atoi(v); err != nil || g.NumDigits < 1 {
			return nil, p.fail(CodeNumDigits, "Gather: numDigits is a number of 1 or more")
		}
	}
	if v, ok := a["finishOnKey"]; ok {
		if len(v) > 1 || strings.Trim(v, "0123456789*#") != "" {
			return nil, p.fail(CodeFinishOnKey, "Gather: finishOnKey is one of 0-9, * and #, or empty")
		}
		g.FinishOnKey = v
	}
	if v, ok := a["input"]; ok {
		for in := range strings.FieldsSeq(v) {
			if in != "dtmf" && in != "speech" {
				return nil, p.fail(CodeSchema, "Gather: input is dtmf, speech or both")
			}
		}
		g.Keys = strings.Contains(v, "dtmf")
	}
	if v, ok := a["actionOnEmptyResult"]; ok {
		if v != "true" && v != "false" {
			return nil, p.fail(CodeSchema, "Gather: actionOnEmptyResult is true or false")
		}
		g.OnEmpty = v == "true"
	}
	err = p.children(e, func(child xml.StartElement) error {
		var pieces []Piece
		var err error
		switch child.Name.Local {
		case "Say":
			pieces, err = p.say(child)
		case "Play":
			pieces, err = p.play(child)
		case "Pause":
			pieces, err = p.pause(child)
		default:
			err = p.fail(CodeGatherNested, "<%s> may not stand inside <Gather>", child.Name.Local)
		}
		g.Prompt = append(g.Prompt, pieces...)
		return err
	})
	return g, err
}
