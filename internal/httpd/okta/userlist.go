package okta

import (
	"context"
	"strconv"
	"strings"
	"time"

	"hookswitch"
	"hookswitch/internal/admin"
	"hookswitch/internal/httpd"
)

type listUsersIn struct {
	After  httpd.Cursor `query:"after" description:"Where the next page begins, from a next link"`
	Limit  int          `query:"limit" minimum:"1" maximum:"200" description:"200 by default, 10 with q"`
	Query  string       `query:"q" maxLength:"100" description:"What the login, the email address, the first or the last name begins with, in any letter case. There is one page of it"`
	Search string       `query:"search" example:"profile.department eq \"Sales\" and status eq \"ACTIVE\"" description:"In the filter language, without ne, on the profile and on id, status, created, activated, statusChanged, lastUpdated and lastLogin; co on names, email and login. Letter case does not matter in values"`
	Filter string       `query:"filter" example:"status eq \"ACTIVE\"" description:"In the filter language: eq on status, id, profile.login, email, firstName and lastName; lastUpdated with gt, ge, lt and le too"`
	Sort   string       `query:"sortBy" description:"Not available: refused when it is given"`
}

func (u users) list(ctx context.Context, call httpd.Call, in listUsersIn) (httpd.Page[User], error) {
	search, err := in.search()
	if err != nil {
		return httpd.Page[User]{}, err
	}
	search.Persist = patience(call.Origin.UserAgent) > 0
	found, err := u.people.Users(ctx, search)
	if err != nil {
		return httpd.Page[User]{}, err
	}
	page := httpd.Page[User]{Items: make([]User, 0, len(found.Users))}
	for _, user := range found.Users {
		page.Items = append(page.Items, userOnWire(user, call.Links))
	}
	if found.Next != nil {
		page.Next = userCursor(*found.Next)
	}
	return page, nil
}

func (in listUsersIn) search() (admin.UserSearch, error) {
	search := admin.UserSearch{Query: in.Query, Limit: in.Limit}
	if in.Limit == 0 {
		search.Limit = 200
		if in.Query != "" {
			search.Limit = 10
		}
	}
	given := 0
	for _, text := range []string{in.Query, in.Search, in.Filter} {
		if text != "" {
			given++
		}
	}
	var err error
	switch {
	case given > 1:
		return search, hookswitch.Refuse(hookswitch.BadSearch, "Only one of q, search and filter can be given.")
	case in.Sort != "":
		return search, hookswitch.RefuseField(hookswitch.BadSearch, "sortBy", "Users come in an order of their own.")
	case in.Search != "":
		search.Filter, err = readFilter(in.Search, admin.UserAttribute)
	case in.Filter != "":
		search.Filter, err = readFilter(in.Filter, admin.UserFilterAttribute)
	}
	if err == nil && in.After != "" {
		search.After, err = userPlace(in.After)
	}
	return search, err
}

// userCursor is a place in the list as text: the id, and what the list is ordered by.
func userCursor(p hookswitch.UserPosition) httpd.Cursor {
	at := int64(0)
	if !p.Time.IsZero() {
		at = p.Time.UnixMicro()
	}
	return httpd.Cursor(p.ID + "." + strconv.FormatInt(at, 36) + "." + p.Text)
}

func userPlace(c httpd.Cursor) (*hookswitch.UserPosition, error) {
	id, rest, _ := strings.Cut(string(c), ".")
	at, text, ok := strings.Cut(rest, ".")
	micros, err := strconv.ParseInt(at, 36, 64)
	if !ok || err != nil || id == "" {
		return nil, hookswitch.RefuseField(hookswitch.Invalid, "after", "It is no place in the list of users.")
	}
	p := &hookswitch.UserPosition{ID: id, Text: text}
	if micros != 0 {
		p.Time = time.UnixMicro(micros).UTC()
	}
	return p, nil
}
