package provider

import "strings"

// MatchLanguage finds the entry of a carrier's table for a BCP 47 tag: the language with its region, else the language
// alone. The keys of a table are in lower case with dashes. Exact is false when a region was given and another, the table's
// choice for the language, stands in; ok is false when the table has nothing for the language.
//
// A script subtag counts only for Chinese, where it decides the region.
func MatchLanguage(tag string, has func(key string) bool) (key string, exact, ok bool) {
	language, region := split(tag)
	if region != "" {
		if key = language + "-" + region; has(key) {
			return key, true, true
		}
	}
	return language, region == "", has(language)
}

func split(tag string) (language, region string) {
	parts := strings.Split(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	language = parts[0]
	script := ""
	for _, part := range parts[1:] {
		switch {
		case len(part) == 4 && script == "" && region == "":
			script = part
		case (len(part) == 2 || len(part) == 3) && region == "":
			region = part
		}
	}
	switch {
	case language == "zh" && region == "" && script == "hant":
		region = "tw"
	case language == "no":
		language = "nb"
	case language == "iw":
		language = "he"
	case language == "in":
		language = "id"
	case language == "tl":
		language = "fil"
	}
	return language, region
}
