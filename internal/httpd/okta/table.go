package okta

import (
	"slices"

	"hookswitch"
	"hookswitch/internal/httpd"
)

// Operations is the table of the management API.
func Operations(p Ports) []httpd.Operation {
	return slices.Concat(
		users{p.Users}.operations(),
		users{p.Users}.byPhone(),
		roles{p.Users}.operations(),
		factors{p.Factors}.operations(),
		providers{p.Providers, p.Tests}.operations(),
		inlineHooks{p.Hooks}.operations(),
		inlineHooks{p.Hooks}.fallback(),
		authenticators{p.Phones}.operations(),
		authenticators{p.Phones}.methods(),
		orgFactors{p.Phones}.operations(),
		enrollments{p.Phones, p.Factors}.operations(),
		orgs{p.Orgs}.operations(),
		orgs{p.Orgs}.settings(),
		trustedOrigins{p.Origins}.operations(),
		logs{p.Logs}.operations(),
		deliveries{p.Stories}.operations(),
		totals{p.Counts}.operations(),
		tokens{p.Tokens}.operations(),
		authns{p.SignIn}.operations(),
		sessions{p.Sessions}.operations(),
		setups{p.Setup}.operations(),
		templates{p.Templates}.operations(),
		messages{p.Messages, hookswitch.SMS}.operations(),
		messages{p.Messages, hookswitch.Call}.operations(),
		messageSettings{p.Messages}.operations(),
		regulations{p.Regulations}.operations(),
	)
}

// tagged are operations on one thing that has an ETag: its reader, and those that change it.
func tagged(about httpd.About) httpd.About {
	about.Tagged = true
	return about
}

// Who may call what. https://help.okta.com/en-us/content/topics/security/administrators-admin-comparison.htm

// anyAdmin may look.
func anyAdmin() []hookswitch.Role {
	return []hookswitch.Role{hookswitch.SuperAdmin, hookswitch.ReadOnlyAdmin, hookswitch.HelpDeskAdmin}
}

// support may help a person: send them a passcode, check it, take a lost phone away.
func support() []hookswitch.Role {
	return []hookswitch.Role{hookswitch.SuperAdmin, hookswitch.HelpDeskAdmin}
}

// auditors may look at settings.
func auditors() []hookswitch.Role {
	return []hookswitch.Role{hookswitch.SuperAdmin, hookswitch.ReadOnlyAdmin}
}

// super may change settings and vouch for phones.
func super() []hookswitch.Role { return []hookswitch.Role{hookswitch.SuperAdmin} }
