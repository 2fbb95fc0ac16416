package okta

import (
	"reflect"

	"hookswitch"
	"hookswitch/internal/httpd"
)

// UserProfile is what is known of a person: Okta's base attributes. Its fields are those of [hookswitch.Profile], one by
// one, so that the one converts to the other.
type UserProfile struct {
	FirstName         string `json:"firstName,omitzero" maxLength:"100"`
	LastName          string `json:"lastName,omitzero" maxLength:"100"`
	DisplayName       string `json:"displayName,omitzero" maxLength:"100"`
	Email             string `json:"email,omitzero" maxLength:"100"`
	Login             string `json:"login" maxLength:"100" required:"true" minLength:"5" description:"Names the user; letter case does not matter"`
	MobilePhone       string `json:"mobilePhone,omitzero" maxLength:"100"`
	PrimaryPhone      string `json:"primaryPhone,omitzero" maxLength:"100"`
	Locale            string `json:"locale,omitzero" maxLength:"100" example:"en_US"`
	PreferredLanguage string `json:"preferredLanguage,omitzero" maxLength:"100" example:"pt-BR"`
	Timezone          string `json:"timezone,omitzero" maxLength:"100"`
	SecondEmail       string `json:"secondEmail,omitzero" maxLength:"100"`
	MiddleName        string `json:"middleName,omitzero" maxLength:"255"`
	HonorificPrefix   string `json:"honorificPrefix,omitzero" maxLength:"255"`
	HonorificSuffix   string `json:"honorificSuffix,omitzero" maxLength:"255"`
	NickName          string `json:"nickName,omitzero" maxLength:"255"`
	Title             string `json:"title,omitzero" maxLength:"255"`
	UserType          string `json:"userType,omitzero" maxLength:"255"`
	ProfileURL        string `json:"profileUrl,omitzero" maxLength:"255"`
	Organization      string `json:"organization,omitzero" maxLength:"255"`
	Division          string `json:"division,omitzero" maxLength:"255"`
	Department        string `json:"department,omitzero" maxLength:"255"`
	CostCenter        string `json:"costCenter,omitzero" maxLength:"255"`
	EmployeeNumber    string `json:"employeeNumber,omitzero" maxLength:"255"`
	Manager           string `json:"manager,omitzero" maxLength:"255"`
	ManagerID         string `json:"managerId,omitzero" maxLength:"255"`
	StreetAddress     string `json:"streetAddress,omitzero" maxLength:"1024"`
	City              string `json:"city,omitzero" maxLength:"128"`
	State             string `json:"state,omitzero" maxLength:"128"`
	ZipCode           string `json:"zipCode,omitzero" maxLength:"50"`
	CountryCode       string `json:"countryCode,omitzero" maxLength:"2" description:"ISO 3166-1 alpha-2"`
	PostalAddress     string `json:"postalAddress,omitzero" maxLength:"4096"`
}

// UserProfileChange is what is to change in a profile: what is absent stays, null empties.
type UserProfileChange struct {
	FirstName         httpd.Optional[string] `json:"firstName" maxLength:"100"`
	LastName          httpd.Optional[string] `json:"lastName" maxLength:"100"`
	DisplayName       httpd.Optional[string] `json:"displayName" maxLength:"100"`
	Email             httpd.Optional[string] `json:"email" maxLength:"100"`
	Login             httpd.Optional[string] `json:"login" maxLength:"100" minLength:"5"`
	MobilePhone       httpd.Optional[string] `json:"mobilePhone" maxLength:"100"`
	PrimaryPhone      httpd.Optional[string] `json:"primaryPhone" maxLength:"100"`
	Locale            httpd.Optional[string] `json:"locale" maxLength:"100" example:"en_US"`
	PreferredLanguage httpd.Optional[string] `json:"preferredLanguage" maxLength:"100" example:"pt-BR"`
	Timezone          httpd.Optional[string] `json:"timezone" maxLength:"100"`
	SecondEmail       httpd.Optional[string] `json:"secondEmail" maxLength:"100"`
	MiddleName        httpd.Optional[string] `json:"middleName" maxLength:"255"`
	HonorificPrefix   httpd.Optional[string] `json:"honorificPrefix" maxLength:"255"`
	HonorificSuffix   httpd.Optional[string] `json:"honorificSuffix" maxLength:"255"`
	NickName          httpd.Optional[string] `json:"nickName" maxLength:"255"`
	Title             httpd.Optional[string] `json:"title" maxLength:"255"`
	UserType          httpd.Optional[string] `json:"userType" maxLength:"255"`
	ProfileURL        httpd.Optional[string] `json:"profileUrl" maxLength:"255"`
	Organization      httpd.Optional[string] `json:"organization" maxLength:"255"`
	Division          httpd.Optional[string] `json:"division" maxLength:"255"`
	Department        httpd.Optional[string] `json:"department" maxLength:"255"`
	CostCenter        httpd.Optional[string] `json:"costCenter" maxLength:"255"`
	EmployeeNumber    httpd.Optional[string] `json:"employeeNumber" maxLength:"255"`
	Manager           httpd.Optional[string] `json:"manager" maxLength:"255"`
	ManagerID         httpd.Optional[string] `json:"managerId" maxLength:"255"`
	StreetAddress     httpd.Optional[string] `json:"streetAddress" maxLength:"1024"`
	City              httpd.Optional[string] `json:"city" maxLength:"128"`
	State             httpd.Optional[string] `json:"state" maxLength:"128"`
	ZipCode           httpd.Optional[string] `json:"zipCode" maxLength:"50"`
	CountryCode       httpd.Optional[string] `json:"countryCode" maxLength:"2" description:"ISO 3166-1 alpha-2"`
	PostalAddress     httpd.Optional[string] `json:"postalAddress" maxLength:"4096"`
}

// apply changes what is given.
func (c UserProfileChange) apply(p hookswitch.Profile) hookswitch.Profile {
	changes, profile := reflect.ValueOf(c), reflect.ValueOf(&p).Elem()
	for i := range changes.NumField() {
		if o, ok := reflect.TypeAssert[httpd.Optional[string]](changes.Field(i)); ok && o.Given {
			profile.FieldByName(changes.Type().Field(i).Name).SetString(o.Value)
		}
	}
	return p
}
