package okta

import (
	"context"

	"hookswitch"
	"hookswitch/internal/httpd"
)

type roles struct{ people Users }

func (r roles) operations() []httpd.Operation {
	const path = "/api/v1/users/{id}/roles"
	read, manage := []string{"okta.roles.read"}, []string{"okta.roles.manage"}
	return []httpd.Operation{
		httpd.Op("GET", path, httpd.About{ID: "listAssignedRolesForUser", Tag: "RoleAssignment", Summary: "List the administrator roles of a user", Roles: auditors(), Scopes: read}, r.list),
		httpd.Op("POST", path, httpd.About{ID: "assignRoleToUser", Tag: "RoleAssignment", Summary: "Assign an administrator role to a user", Roles: super(), Scopes: manage, Status: 201}, r.assign),
		httpd.Op("GET", path+"/{roleAssignmentId}", httpd.About{ID: "getUserAssignedRole", Tag: "RoleAssignment", Summary: "Retrieve a role assignment of a user", Roles: auditors(), Scopes: read}, r.get),
		httpd.Op("DELETE", path+"/{roleAssignmentId}", httpd.About{
			ID: "unassignRoleFromUser", Tag: "RoleAssignment", Summary: "Unassign an administrator role from a user", Roles: super(), Scopes: manage,
			Description: "The API tokens of the user lose it too. The last active super administrator keeps the role.",
		}, r.unassign),
	}
}

// Role is a role assignment on the wire.
type Role struct {
	ID          string     `json:"id"`
	Label       string     `json:"label"`
	Type        string     `json:"type" enum:"SUPER_ADMIN,READ_ONLY_ADMIN,HELP_DESK_ADMIN"`
	Status      string     `json:"status" enum:"ACTIVE"`
	Assignment  string     `json:"assignmentType" enum:"USER"`
	Created     httpd.Time `json:"created"`
	LastUpdated httpd.Time `json:"lastUpdated"`
	Links       RoleLinks  `json:"_links"`
}

// RoleLinks are the links of a role assignment.
type RoleLinks struct {
	Assignee *Link `json:"assignee"`
}

func (r roles) list(ctx context.Context, call httpd.Call, in userIn) ([]Role, error) {
	found, err := r.people.RolesOf(ctx, userOf(call, in.ID))
	wire := make([]Role, 0, len(found))
	for _, a := range found {
		wire = append(wire, roleOnWire(a, call.Links))
	}
	return wire, err
}

type assignRoleIn struct {
	ID                   string            `path:"id" maxLength:"255" description:"The user's id or login"`
	DisableNotifications bool              `query:"disableNotifications" description:"There are no notifications: nothing is sent whatever it says"`
	Body                 AssignRoleRequest `body:"required"`
}

// AssignRoleRequest names a role.
type AssignRoleRequest struct {
	Type string `json:"type" required:"true" enum:"SUPER_ADMIN,READ_ONLY_ADMIN,HELP_DESK_ADMIN"`
}

func (r roles) assign(ctx context.Context, call httpd.Call, in assignRoleIn) (Role, error) {
	made, err := r.people.AssignRole(ctx, userOf(call, in.ID), hookswitch.Role(in.Body.Type), by(call))
	return roleOnWire(made, call.Links), err
}

type roleIn struct {
	ID         string `path:"id" maxLength:"255" description:"The user's id or login"`
	Assignment string `path:"roleAssignmentId" maxLength:"255" description:"The id of the role assignment"`
}

func (r roles) get(ctx context.Context, call httpd.Call, in roleIn) (Role, error) {
	found, err := r.people.RolesOf(ctx, userOf(call, in.ID))
	if err != nil {
		return Role{}, err
	}
	for _, a := range found {
		if a.ID == in.Assignment {
			return roleOnWire(a, call.Links), nil
		}
	}
	return Role{}, hookswitch.Refuse(hookswitch.NotFound, "There is no such role assignment.")
}

func (r roles) unassign(ctx context.Context, call httpd.Call, in roleIn) (httpd.Nothing, error) {
	return httpd.Nothing{}, r.people.UnassignRole(ctx, userOf(call, in.ID), in.Assignment, by(call))
}

func roleOnWire(a hookswitch.RoleAssignment, links httpd.Links) Role {
	return Role{
		ID: a.ID, Label: a.Role.Label(), Type: string(a.Role), Status: "ACTIVE", Assignment: "USER",
		Created: httpd.Time(a.Created), LastUpdated: httpd.Time(a.LastUpdated), Links: RoleLinks{Assignee: linkTo(links.API("users", a.UserID))},
	}
}
