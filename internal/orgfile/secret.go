package orgfile

import (
	"fmt"
	"os"
	"strings"
)

// A reference stands in a file for a secret: ${env:NAME} is the environment variable, ${file:PATH} what stands in the file
// without the end of its last line.
type reference string

// Environment is where references lead; [Here] is the one of the process.
type Environment struct {
	Variable func(name string) (value string, set bool)
	File     func(path string) ([]byte, error)
}

// Here is the environment of this process.
func Here() Environment { return Environment{Variable: os.LookupEnv, File: os.ReadFile} }

func (r reference) parts() (kind, name string, ok bool) {
	inner, opened := strings.CutPrefix(string(r), "${")
	inner, closed := strings.CutSuffix(inner, "}")
	kind, name, ok = strings.Cut(inner, ":")
	return kind, name, ok && opened && closed && name != "" && (kind == "env" || kind == "file")
}

// resolve gives the secret.
func (e Environment) resolve(r reference) (string, error) {
	kind, name, ok := r.parts()
	switch {
	case !ok:
		return "", fmt.Errorf("it must be ${env:NAME} or ${file:PATH}; a secret never stands in the file itself")
	case kind == "env":
		value, set := e.Variable(name)
		if !set || value == "" {
			return "", fmt.Errorf("the environment variable %s is not set", name)
		}
		return value, nil
	}
	text, err := e.File(name)
	if err != nil {
		return "", err
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}

// referenceFor is what an export writes in the place of a secret.
func referenceFor(parts ...string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, strings.Join(parts, "_"))
	return "${env:HOOKSWITCH_SECRET_" + name + "}"
}

// sound finds what is wrong with a file whatever the org has: secrets in clear, and things that are named twice.
func (f File) sound() error {
	seen := map[string]bool{}
	for i, p := range f.Providers {
		if err := once(seen, "telephonyProviders", i, p.Name, reference(p.AuthToken)); err != nil {
			return err
		}
	}
	for i, h := range f.Hooks {
		if err := once(seen, "inlineHooks", i, h.Name, reference(h.AuthScheme.Value)); err != nil {
			return err
		}
	}
	for i, t := range f.TrustedOrigins {
		if err := once(seen, originsSection, i, t.Name, ""); err != nil {
			return err
		}
	}
	for i, t := range f.SMSTemplates {
		if err := once(seen, "smsTemplates", i, t.Name, ""); err != nil {
			return err
		}
	}
	return nil
}

func once(seen map[string]bool, section string, i int, name string, secret reference) error {
	at := fmt.Sprintf("%s[%d]", section, i)
	if name == "" {
		return fmt.Errorf("%s: it needs a name", at)
	}
	if seen[section+"/"+name] {
		return fmt.Errorf("%s: %s is there twice", at, name)
	}
	seen[section+"/"+name] = true
	if _, _, ok := secret.parts(); secret != "" && !ok {
		return fmt.Errorf("%s: the secret must be ${env:NAME} or ${file:PATH}; it never stands in the file itself", at)
	}
	return nil
}
