package delivery

import "hookswitch"

// inVoiceOf makes a call speak the first of its languages that the provider has a voice for, and tells when that is not
// the one that was wanted. A provider that speaks none of them, or says nothing of it, gets the message as it is.
func inVoiceOf(account Account, m hookswitch.Message) (message hookswitch.Message, note string) {
	speaker, ok := account.Provider.(hookswitch.Speaker)
	if !ok || m.Channel != hookswitch.Call || speaker.Speaks(m.Script.Language) {
		return m, ""
	}
	for _, script := range m.Instead {
		if speaker.Speaks(script.Language) {
			note = "no voice speaks " + m.Script.Language + ", the call is in " + script.Language
			m.Script, m.Language = script, script.Language
			return m, note
		}
	}
	return m, ""
}
