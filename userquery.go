package hookswitch

import (
	"strings"
	"time"
)

// UserOrder is an order in which users can be read: there is an index for each.
type UserOrder string

// The orders. Texts are ordered in lower case.
const (
	ByID          UserOrder = "id"
	ByLogin       UserOrder = "login"
	ByEmail       UserOrder = "email"
	ByFirstName   UserOrder = "firstName"
	ByLastName    UserOrder = "lastName"
	ByLastUpdated UserOrder = "lastUpdated"
)

// UserQuery asks for users, in an order.
type UserQuery struct {
	By     UserOrder
	Prefix string    // what the text of the order begins with, in lower case; "" for any
	Since  time.Time // of ByLastUpdated, inclusive; zero for any
	After  *UserPosition
	Limit  int
}

// UserPosition is a place in the list of users: behind the user with the id, where Text or Time is what it is ordered by.
type UserPosition struct {
	ID   string
	Text string
	Time time.Time
}

// Position is where a user stands in an order.
func (u User) Position(by UserOrder) UserPosition {
	p := UserPosition{ID: u.ID}
	switch by {
	case ByLogin:
		p.Text = strings.ToLower(strings.TrimSpace(u.Profile.Login))
	case ByEmail:
		p.Text = strings.ToLower(u.Profile.Email)
	case ByFirstName:
		p.Text = strings.ToLower(u.Profile.FirstName)
	case ByLastName:
		p.Text = strings.ToLower(u.Profile.LastName)
	case ByLastUpdated:
		p.Time = u.LastUpdated
	case ByID:
	}
	return p
}
