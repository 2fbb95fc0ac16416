package httpd

import (
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// The parts of an OpenAPI document that we write. https://spec.openapis.org/oas/v3.1.0
type (
	openAPI struct {
		OpenAPI    string                                 `json:"openapi"`
		Info       map[string]string                      `json:"info"`
		Servers    []map[string]string                    `json:"servers,omitempty"`
		Paths      map[string]map[string]openAPIOperation `json:"paths"`
		Components map[string]map[string]any              `json:"components"`
	}
	openAPIOperation struct {
		ID          string                     `json:"operationId"`
		Tags        []string                   `json:"tags"`
		Summary     string                     `json:"summary"`
		Description string                     `json:"description,omitempty"`
		Parameters  []openAPIParameter         `json:"parameters,omitempty"`
		RequestBody *openAPIBody               `json:"requestBody,omitempty"`
		Responses   map[string]openAPIResponse `json:"responses"`
		Security    []map[string][]string      `json:"security"`
		Roles       []string                   `json:"x-roles,omitempty"`
		CanSend     bool                       `json:"x-can-send,omitzero"`
	}
	openAPIParameter struct {
		Name        string         `json:"name"`
		In          place          `json:"in"`
		Required    bool           `json:"required,omitzero"`
		Description string         `json:"description,omitempty"`
		Schema      map[string]any `json:"schema"`
		Example     string         `json:"example,omitempty"`
	}
	openAPIBody struct {
		Required bool           `json:"required,omitzero"`
		Content  map[string]any `json:"content"`
	}
	openAPIResponse struct {
		Ref         string         `json:"$ref,omitempty"`
		Description string         `json:"description,omitempty"`
		Headers     map[string]any `json:"headers,omitempty"`
		Content     map[string]any `json:"content,omitempty"`
	}
)

// Document is the OpenAPI 3.1 document of a table. The server's URL is left out when publicURL is empty.
func Document(publicURL, version string, operations []Operation) ([]byte, error) {
	if version == "" {
		version = "unknown"
	}
	d := newDrawer()
	doc := openAPI{
		OpenAPI: "3.1.0",
		Info: map[string]string{
			"title": "Hookswitch", "version": version,
			"description": "The telephony of sign-in: one-time passcodes by SMS and voice call. Compatible with Okta's management API where that has the operation.",
		},
		Paths: map[string]map[string]openAPIOperation{},
	}
	if publicURL != "" {
		doc.Servers = []map[string]string{{"url": publicURL}}
	}
	d.answering = true
	if _, err := d.schema(reflect.TypeFor[errorBody]()); err != nil {
		return nil, err
	}
	d.answering = false
	for i := range operations {
		op := &operations[i]
		row, err := d.operation(op)
		if err != nil {
			return nil, fmt.Errorf("document %s %s: %w", op.Method, op.Path, err)
		}
		if doc.Paths[op.Path] == nil {
			doc.Paths[op.Path] = map[string]openAPIOperation{}
		}
		doc.Paths[op.Path][strings.ToLower(op.Method)] = row
	}
	d.named["Error"] = d.named["ErrorBody"]
	delete(d.named, "ErrorBody")
	d.named["ErrorCode"] = errorCodeSchema()
	doc.Components = map[string]map[string]any{
		"schemas":   d.named,
		"responses": failureResponses(operations),
		"securitySchemes": {
			"apiToken": map[string]string{"type": "apiKey", "name": "Authorization", "in": "header", "description": "SSWS and the API token, with a space between"},
			"session":  map[string]string{"type": "apiKey", "name": cookieName, "in": "cookie", "description": "The session of somebody who signed in"},
		},
	}
	return json.Marshal(doc, json.Deterministic(true), jsontext.WithIndent("  "))
}

func (d *drawer) operation(op *Operation) (openAPIOperation, error) {
	row := openAPIOperation{
		ID: op.ID, Tags: []string{op.Tag}, Summary: op.Summary, Description: op.Description, CanSend: op.CanSend,
		Responses: map[string]openAPIResponse{}, Security: []map[string][]string{},
	}
	for _, role := range op.Roles {
		row.Roles = append(row.Roles, string(role))
	}
	if !op.Public {
		row.Security = append(row.Security, map[string][]string{"apiToken": {}}, map[string][]string{"session": {}})
	}
	for _, p := range op.in.parameters {
		row.Parameters = append(row.Parameters, openAPIParameter{
			Name: p.name, In: p.place, Required: p.place == inPath || p.rules.required,
			Description: p.tag.Get("description"), Example: p.tag.Get("example"), Schema: p.schema(),
		})
	}
	if op.CanSend {
		row.Parameters = append(row.Parameters, openAPIParameter{
			Name: idempotencyKey, In: inHeader, Schema: map[string]any{"type": "string", "maxLength": maxIdempotencyKey},
			Description: "The same key with the same request runs once in 24 hours and gets the same answer. Not in Okta's API",
		})
	}
	if op.Tagged && op.Method != http.MethodGet {
		row.Parameters = append(row.Parameters, openAPIParameter{
			Name: ifMatch, In: inHeader, Schema: map[string]any{"type": "string"},
			Description: "The ETag of what was read before: if it was changed since, the answer is 412 and nothing is changed",
		})
	}
	if op.in.body >= 0 {
		schema, err := d.schema(op.in.bodyType)
		if err != nil {
			return row, err
		}
		row.RequestBody = &openAPIBody{Required: op.in.required, Content: jsonContent(schema)}
	}
	d.answering = true
	success, err := d.success(op)
	d.answering = false
	row.Responses[strconv.Itoa(op.Status)] = success
	for _, status := range op.failures() {
		row.Responses[strconv.Itoa(status)] = openAPIResponse{Ref: "#/components/responses/" + failureName(status)}
	}
	return row, err
}

func (d *drawer) success(op *Operation) (openAPIResponse, error) {
	response := openAPIResponse{Description: http.StatusText(op.Status)}
	if !hasBody(op.out) {
		return response, nil
	}
	list, isPage := reflect.TypeAssert[pager](reflect.Zero(op.out))
	if !isPage {
		schema, err := d.schema(op.out)
		response.Content = jsonContent(schema)
		if op.Tagged {
			response.Headers = map[string]any{"ETag": map[string]any{
				"description": "Names this state of it, for If-Match", "schema": map[string]string{"type": "string"},
			}}
		}
		return response, err
	}
	schema, err := d.schema(list.element())
	response.Content = jsonContent(map[string]any{"type": "array", "items": schema})
	response.Headers = map[string]any{"Link": map[string]any{
		"description": "One header with rel=\"self\" and, when there is more, one with rel=\"next\"", "schema": map[string]string{"type": "string"},
	}}
	return response, err
}

// failures are the statuses that an operation may answer with beside its success.
func (op *Operation) failures() []int {
	statuses := []int{http.StatusInternalServerError, http.StatusServiceUnavailable, http.StatusTooManyRequests}
	if op.Method != http.MethodGet || op.in.body >= 0 || slices.ContainsFunc(op.in.parameters, func(p parameter) bool { return p.place == inQuery }) {
		statuses = append(statuses, http.StatusBadRequest) // a wrong path is 404, and what only reads refuses nothing else
	}
	if !op.Public || op.Method != http.MethodGet { // what anybody may change, they sign in or out of
		statuses = append(statuses, http.StatusUnauthorized)
	}
	if len(op.Roles) > 0 || op.Method != http.MethodGet { // the page of another site may change nothing
		statuses = append(statuses, http.StatusForbidden)
	}
	if op.Tagged && op.Method != http.MethodGet {
		statuses = append(statuses, http.StatusPreconditionFailed)
	}
	if strings.Contains(op.Path, "{") || strings.Contains(op.Path+"/", "/me/") { // a token has no session
		statuses = append(statuses, http.StatusNotFound)
	}
	if op.in.body >= 0 {
		statuses = append(statuses, http.StatusLengthRequired, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType)
	}
	if op.Method != http.MethodGet {
		statuses = append(statuses, http.StatusConflict)
	}
	return statuses
}

// failureName is the name of an error response in the document: NotFound.
func failureName(status int) string { return strings.ReplaceAll(http.StatusText(status), " ", "") }

func failureResponses(operations []Operation) map[string]any {
	responses := map[string]any{}
	for i := range operations {
		for _, status := range operations[i].failures() {
			responses[failureName(status)] = openAPIResponse{
				Description: http.StatusText(status), Content: jsonContent(map[string]string{"$ref": "#/components/schemas/Error"}),
			}
		}
	}
	return responses
}

func jsonContent(schema any) map[string]any {
	return map[string]any{"application/json": map[string]any{"schema": schema}}
}

// errorCodeSchema is the catalogue of codes, for readers of the document.
func errorCodeSchema() map[string]any {
	all := codes()
	var text strings.Builder
	text.WriteString("What errorCode can be:\n")
	catalogue := make([]map[string]any, 0, len(all)) // the same for machines
	for _, c := range all {
		summary := strings.TrimSuffix(strings.ReplaceAll(meanings[c].summary, "%d", "N"), ":")
		fmt.Fprintf(&text, "\n- `%s` (%d): %s", c, meanings[c].status, summary)
		catalogue = append(catalogue, map[string]any{"code": c, "status": meanings[c].status, "summary": summary})
	}
	return map[string]any{"type": "string", "enum": all, "description": text.String(), "x-codes": catalogue}
}
