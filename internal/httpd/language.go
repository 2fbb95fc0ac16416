package httpd

import "golang.org/x/text/language"

// Languages is what an Accept-Language header prefers, best first, as BCP 47 tags. What cannot be read is no preference.
func Languages(header string) []string {
	if header == "" {
		return nil
	}
	tags, weights, err := language.ParseAcceptLanguage(clip(header))
	if err != nil {
		return nil
	}
	var names []string
	for i, tag := range tags {
		if name := tag.String(); weights[i] > 0 && name != "und" && name != "mul" {
			names = append(names, name)
		}
	}
	return names
}
