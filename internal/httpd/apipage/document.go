package apipage

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The parts of an OpenAPI document that the page shows. https://spec.openapis.org/oas/v3.1.0
type (
	document struct {
		Info struct {
			Title       string `json:"title"`
			Version     string `json:"version"`
			Description string `json:"description"`
		} `json:"info"`
		Servers []struct {
			URL string `json:"url"`
		} `json:"servers"`
		Paths      map[string]map[string]*described `json:"paths"`
		Components struct {
			Schemas map[string]*schema `json:"schemas"`
		} `json:"components"`
	}
	described struct {
		ID          string                `json:"operationId"`
		Tags        []string              `json:"tags"`
		Summary     string                `json:"summary"`
		Description string                `json:"description"`
		Parameters  []taken               `json:"parameters"`
		RequestBody *content              `json:"requestBody"`
		Responses   map[string]*content   `json:"responses"`
		Security    []map[string][]string `json:"security"`
		Roles       []string              `json:"x-roles"`
		CanSend     bool                  `json:"x-can-send"`
	}
	taken struct {
		Name        string  `json:"name"`
		In          string  `json:"in"`
		Required    bool    `json:"required"`
		Description string  `json:"description"`
		Schema      *schema `json:"schema"`
		Example     string  `json:"example"`
	}
	content struct {
		Required    bool   `json:"required"`
		Description string `json:"description"`
		Content     map[string]struct {
			Schema *schema `json:"schema"`
		} `json:"content"`
	}
	schema struct {
		Ref         string             `json:"$ref"`
		Type        words              `json:"type"`
		Format      string             `json:"format"`
		Description string             `json:"description"`
		Properties  map[string]*schema `json:"properties"`
		Required    []string           `json:"required"`
		Items       *schema            `json:"items"`
		Others      *schema            `json:"additionalProperties"`
		AnyOf       []*schema          `json:"anyOf"`
		Enum        []string           `json:"enum"`
		Examples    []jsontext.Value   `json:"examples"`
		Default     jsontext.Value     `json:"default"`
		Minimum     *float64           `json:"minimum"`
		Maximum     *float64           `json:"maximum"`
		MaxLength   *int               `json:"maxLength"`
		Codes       []Code             `json:"x-codes"`
	}
)

// Code is an error code as the document's catalogue has it.
type Code struct {
	Code    string `json:"code"`
	Status  int    `json:"status"`
	Summary string `json:"summary"`
}

// words are one word or a list of them.
type words []string

// UnmarshalJSON implements json.Unmarshaler.
func (w *words) UnmarshalJSON(text []byte) error {
	if len(text) > 0 && text[0] == '[' {
		return json.Unmarshal(text, (*[]string)(w))
	}
	*w = words{""}
	return json.Unmarshal(text, &(*w)[0])
}

// resolve follows a reference, and what can be null to what it is otherwise.
func (d *document) resolve(s *schema) *schema {
	for range 8 { // references are not chained deeper
		switch {
		case s == nil:
			return &schema{}
		case s.Ref != "":
			found := d.Components.Schemas[s.Ref[strings.LastIndexByte(s.Ref, '/')+1:]]
			if found != nil && found.Description == "" && s.Description != "" {
				found = &schema{Type: found.Type, Properties: found.Properties, Required: found.Required, Items: found.Items, Others: found.Others, Enum: found.Enum, Description: s.Description}
			}
			s = found
		case len(s.AnyOf) > 0:
			s = s.AnyOf[0]
		default:
			return s
		}
	}
	return &schema{}
}

// kind is the type in one word.
func (s *schema) kind() string {
	for _, word := range s.Type {
		if word != "null" {
			return word
		}
	}
	if s.Properties != nil {
		return "object"
	}
	return "any"
}

func (s *schema) nullable() bool { return slices.Contains(s.Type, "null") }
