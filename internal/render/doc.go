// Package render turns a template, a language and a passcode into the words on the phone: the text of an SMS, or
// the script of a call. It is pure: values in, values out.
//
//	texts/*.json -> Catalogue --+
//	                            +-> Compiled -> SMS text, or voice script
//	custom Template -> Compile -+
//
// Where to look: template.go parses and expands, language.go chooses a translation, sms.go and voice.go render,
// check.go judges a template before it is saved, preview.go shows one while it is edited, catalogue.go reads the
// default texts, regulation.go holds what single countries demand.
package render
