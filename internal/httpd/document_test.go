package httpd

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestTheDocumentTellsWhatTheTableDoes(t *testing.T) {
	a := newDesk(t).do("GET", "/openapi.json", "", header("Authorization", ""))
	var doc struct {
		OpenAPI string
		Servers []struct{ URL string }
		Paths   map[string]map[string]struct {
			OperationID string
			Parameters  []struct {
				Name, In string
				Required bool
				Schema   map[string]any
			}
			RequestBody struct {
				Required bool
				Content  map[string]struct {
					Schema map[string]any
				}
			}
			Responses map[string]any
			Security  []map[string][]string
			Roles     []string `json:"x-roles"`
		}
		Components struct {
			Schemas map[string]struct {
				Properties map[string]map[string]any
				Required   []string
				Enum       []string
			}
		}
	}
	if err := json.Unmarshal(a.Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	put := doc.Paths["/api/v1/things/{id}"]["post"]
	if doc.OpenAPI != "3.1.0" || doc.Servers[0].URL != "https://sms.example.com" || put.OperationID != "putThing" || len(put.Parameters) != 5 {
		t.Fatalf("%s", a.Body)
	}
	weight := put.Parameters[2]
	if weight.Name != "weight" || weight.In != "query" || weight.Required || weight.Schema["type"] != "integer" || weight.Schema["maximum"] != 5.0 {
		t.Errorf("weight: %+v", weight)
	}
	if id := put.Parameters[0]; !id.Required || id.In != "path" {
		t.Errorf("id: %+v", id)
	}
	if put.RequestBody.Content["application/json"].Schema["$ref"] != "#/components/schemas/Thing" || !put.RequestBody.Required {
		t.Errorf("body: %+v", put.RequestBody)
	}
	for _, status := range []string{"201", "400", "401", "403", "404", "409", "411", "413", "415", "429", "500", "503"} {
		if put.Responses[status] == nil {
			t.Errorf("no response %s", status)
		}
	}
	thing := doc.Components.Schemas["Thing"]
	if thing.Properties["name"]["maxLength"] != 10.0 || strings.Join(thing.Required, "") != "name" || thing.Properties["created"]["format"] != "date-time" {
		t.Errorf("thing: %+v", thing)
	}
	if types, ok := thing.Properties["count"]["type"].([]any); !ok || len(types) != 2 || thing.Properties["count"]["maximum"] != 9.0 {
		t.Errorf("count: %+v", thing.Properties["count"])
	}
	if len(doc.Components.Schemas["ErrorCode"].Enum) != len(meanings) || doc.Components.Schemas["Error"].Properties["errorCauses"] == nil {
		t.Error("the errors are not in the document")
	}
	if open := doc.Paths["/api/v1/open"]["get"]; len(open.Security) != 0 || len(open.Roles) != 0 {
		t.Errorf("a public operation: %+v", open)
	}
}

func TestTheRoleTableComesFromTheTable(t *testing.T) {
	text := RoleTable((&shelf{}).table())
	for _, line := range []string{
		"| `POST /api/v1/things/{id}` Put a thing | yes |  |  | yes |",
		"| `GET /api/v1/things` List things | yes |  | yes |  |",
	} {
		if !strings.Contains(text, line) {
			t.Errorf("no %s in\n%s", line, text)
		}
	}
}
