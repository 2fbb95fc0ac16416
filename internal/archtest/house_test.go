package archtest

import "strings"

// floor is a storey of the house. Imports run down: a package may use the floors below its own, and on its own floor
// only what its room says.
type floor int

const (
	root    floor = iota // the vocabulary: standard library only, no I/O, no clock
	pure                 // values in, values out
	useCase              // what the product does, over ports that stand beside their one consumer
	adapter              // the outside world: carriers, databases, HTTP, pages
	wiring               // the only place that knows all others
	command              // flags and environment
	outside              // programs about the product, which look into every room
)

// room is one package and, on the adapters' floor, the packages below it.
type room struct {
	floor floor
	// with lists what this room may import of its own floor, or of its own children. Pure packages need no list: the
	// compiler refuses a circle.
	with []string
	// outside lists the modules of others a pure package may use; every other floor is free to choose.
	outside []string
}

// house has a line for every package. An adapter's children (provider/twilio, store/sqlite) live in its room: a child may
// import its parent, never its sibling.
var house = map[string]room{
	".": {floor: root},

	"internal/phone":     {floor: pure, outside: []string{"github.com/nyaruka/phonenumbers"}},
	"internal/otp":       {floor: pure},
	"internal/render":    {floor: pure, outside: []string{"golang.org/x/text"}},
	"internal/smstext":   {floor: pure},
	"internal/guard":     {floor: pure},
	"internal/ratelimit": {floor: pure},
	"internal/password":  {floor: pure, outside: []string{"github.com/alexedwards/argon2id"}},
	"internal/policy":    {floor: pure},
	"internal/scim":      {floor: pure},
	"internal/flow":      {floor: pure},
	"internal/doctor":    {floor: pure},

	"internal/delivery": {floor: useCase},
	"internal/verify":   {floor: useCase, with: []string{"internal/delivery"}},
	"internal/enroll":   {floor: useCase, with: []string{"internal/verify", "internal/delivery"}},
	"internal/signin":   {floor: useCase, with: []string{"internal/enroll", "internal/verify", "internal/delivery"}},
	"internal/workflow": {floor: useCase},
	"internal/report":   {floor: useCase},
	"internal/admin":    {floor: useCase, with: []string{"internal/verify", "internal/delivery"}}, // test sends

	"internal/provider":  {floor: adapter},
	"internal/store":     {floor: adapter},
	"internal/httpd":     {floor: adapter},
	"internal/ui":        {floor: adapter},
	"internal/orgfile":   {floor: adapter},
	"internal/simulator": {floor: adapter, with: []string{"internal/simulator/twiml"}},

	"internal/app":      {floor: wiring},
	"internal/archtest": {floor: wiring},

	"cmd/hookswitch": {floor: command, with: []string{"internal/orgfile"}}, // which is a client, and no part of a server

	"bench": {floor: outside},
}

// closed lists the standard library's doors to the outside world, by floor; a name closes what is below it too.
var closed = map[floor][]string{
	root:    {"net", "database/sql", "os", "log", "syscall", "crypto/rand", "math/rand"},
	pure:    {"net", "database/sql", "os", "log", "syscall", "crypto/rand", "math/rand"},
	useCase: {"net/http", "database/sql", "os", "math/rand"},
}

// values lists what is below a closed door and yet only a value.
var values = []string{"net/netip", "net/url", "net/mail", "net/textproto"}

// clocks lists what package time must not be asked, by floor: the time is an argument.
var clocks = map[floor][]string{
	root:    {"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"},
	pure:    {"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker"},
	useCase: {"Now", "Since", "Until", "Sleep"},
}

// emptyNames are package names under which anything could be put.
var emptyNames = []string{"base", "common", "helpers", "misc", "models", "types", "util", "utils"}

// roomOf finds the room a package stands in: its own line, or its adapter's.
func roomOf(dir string) (name string, r room, ok bool) {
	for name = dir; ; {
		if r, ok = house[name]; ok {
			return name, r, name == dir || r.floor == adapter
		}
		i := strings.LastIndexByte(name, '/')
		if i < 0 {
			return "", room{}, false
		}
		name = name[:i]
	}
}
