package admin_test

import (
	"testing"

	"hookswitch"
	"hookswitch/internal/admin"
)

func (r rules) ATrustedOriginIsTrustedWhileItIsActive(t *testing.T) {
	d := r.desk(t)
	made, err := d.admin.CreateTrustedOrigin(t.Context(), admin.OriginSpec{Name: "App", Origin: "HTTPS://App.Example.com:443/", CORS: true}, origin())
	if err != nil || made.Origin != "https://app.example.com" {
		t.Fatalf("%+v %v", made, err)
	}
	trusted := func(pages, redirects bool) {
		t.Helper()
		org := d.org()
		if org.TrustsPages("https://app.example.com") != pages || org.TrustsRedirects("https://app.example.com") != redirects ||
			org.TrustsPages("http://app.example.com") || org.TrustsPages("https://app.example.com:8443") || org.TrustsPages("") {
			t.Errorf("it is trusted otherwise: %+v", org.TrustedOrigins)
		}
	}
	trusted(true, false)
	spec := admin.OriginSpec{Name: "App", Origin: "https://app.example.com", Redirect: true}
	for range 2 { // the second time changes nothing
		if _, err := d.admin.ReplaceTrustedOrigin(t.Context(), made.ID, spec, origin()); err != nil {
			t.Fatal(err)
		}
	}
	trusted(false, true)
	if _, err := d.admin.SwitchTrustedOrigin(t.Context(), made.ID, false, origin()); err != nil {
		t.Fatal(err)
	}
	trusted(false, false)
	_, err = d.admin.ReplaceTrustedOrigin(t.Context(), made.ID, admin.OriginSpec{}, origin(), other[hookswitch.TrustedOrigin])
	wants(t, err, hookswitch.ChangedMeanwhile)
	if err := d.admin.DeleteTrustedOrigin(t.Context(), made.ID, origin()); err != nil {
		t.Fatal(err)
	}
	wants(t, d.admin.DeleteTrustedOrigin(t.Context(), made.ID, origin()), hookswitch.NotFound)
	d.logIs("security.trusted_origin.create https://app.example.com", "security.trusted_origin.update https://app.example.com scopes",
		"security.trusted_origin.deactivate https://app.example.com status", "security.trusted_origin.delete https://app.example.com")
}

func (r rules) AnOriginThatCannotBeTrustedIsRefused(t *testing.T) {
	d := r.desk(t)
	spec := admin.OriginSpec{Name: "App", Origin: "https://app.example.com:8443", CORS: true, Redirect: true}
	if _, err := d.admin.CreateTrustedOrigin(t.Context(), spec, origin()); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{
		"", "app.example.com", "https://", "https:///x", "https://app.example.com/path", "https://app.example.com?x", "https://app.example.com#x", "https://ana@app.example.com",
		"https://*.example.com", "ftp://app.example.com", "javascript:alert(1)", "https://app.example.com evil", "https://ex\u00e4mple.com", "null",
	} {
		_, err := d.admin.CreateTrustedOrigin(t.Context(), admin.OriginSpec{Name: "x", Origin: bad, CORS: true}, origin())
		wants(t, err, hookswitch.Invalid, "origin")
	}
	create := func(name, at string) error {
		_, err := d.admin.CreateTrustedOrigin(t.Context(), admin.OriginSpec{Name: name, Origin: at, CORS: true}, origin())
		return err
	}
	wants(t, create("Other", "https://APP.example.com:8443"), hookswitch.AlreadyExists, "origin")
	wants(t, create("app", "https://other.example.com"), hookswitch.AlreadyExists, "name")
	_, err := d.admin.CreateTrustedOrigin(t.Context(), admin.OriginSpec{}, origin())
	wants(t, err, hookswitch.Invalid, "origin", "name", "scopes")
}
