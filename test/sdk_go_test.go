package test

import (
	"context"
	"encoding/json"
	"net/url"
	"testing"

	"github.com/okta/okta-sdk-golang/v5/okta"
)

// sdk is the official Go SDK in front of the program.
type sdk struct {
	t    *testing.T
	demo *demo
	*okta.APIClient
}

func startSDK(t *testing.T, databaseURL string) *sdk {
	d := startDemo(t, databaseURL)
	return &sdk{t, d, d.goSDK(t, d.exports["HOOKSWITCH_URL"])}
}

// goSDK is the official Go SDK with the demo's token.
func (d *demo) goSDK(t *testing.T, address string) *okta.APIClient {
	t.Helper()
	config, err := okta.NewConfiguration(okta.WithOrgUrl(address), okta.WithToken(d.exports["HOOKSWITCH_TOKEN"]),
		okta.WithTestingDisableHttpsCheck(true), okta.WithCache(false))
	if err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	config.Host = at.Host // the SDK loses the port
	return okta.NewAPIClient(config)
}

// got is the first answer of a call that must go well.
func got[T any](t *testing.T) func(T, *okta.APIResponse, error) T {
	return func(v T, _ *okta.APIResponse, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// model is a value of the SDK's own from JSON.
func model[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// The official Go SDK drives every operation that it has for what Hookswitch answers.
func TestTheOfficialGoSDK(t *testing.T) {
	eachDatabase(t, func(t *testing.T, databaseURL string) {
		s := startSDK(t, databaseURL)
		t.Run("templates", s.templates)
		t.Run("factors", s.factors)
		t.Run("authenticators", s.authenticators)
		t.Run("users", s.users)
		t.Run("lives", s.lives)
		t.Run("pages", s.pages)
		t.Run("roles", s.roles)
		t.Run("tokens", s.tokens)
		t.Run("origins", s.origins)
		t.Run("sessions", s.sessions)
		t.Run("org", s.org)
		t.Run("log", s.logs)
		t.Run("hooks", s.hooks) // last: nothing carries messages after it
	})
}

func (s *sdk) templates(t *testing.T) {
	ctx := context.Background()
	one := got[*okta.SmsTemplate](t)
	made := one(s.TemplateAPI.CreateSmsTemplate(ctx).SmsTemplate(model[okta.SmsTemplate](t,
		`{"name":"Custom","type":"SMS_VERIFY_CODE","template":"${org.name}: your code is ${code}","translations":{"es":"${org.name}: su código es ${code}"}}`)).Execute())
	if made.GetId() == "" || made.GetCreated().IsZero() {
		t.Errorf("%+v", made)
	}
	if all := got[[]okta.SmsTemplate](t)(s.TemplateAPI.ListSmsTemplates(ctx).TemplateType("SMS_VERIFY_CODE").Execute()); len(all) == 0 {
		t.Error("the list is empty")
	}
	if again := one(s.TemplateAPI.GetSmsTemplate(ctx, made.GetId()).Execute()); again.GetTemplate() != made.GetTemplate() {
		t.Errorf("%+v", again)
	}
	changed := one(s.TemplateAPI.UpdateSmsTemplate(ctx, made.GetId()).SmsTemplate(model[okta.SmsTemplate](t, `{"translations":{"de":"${org.name}: ${code}"}}`)).Execute())
	if changed.GetTemplate() != made.GetTemplate() || len(changed.Translations) == 0 {
		t.Errorf("%+v", changed)
	}
	one(s.TemplateAPI.ReplaceSmsTemplate(ctx, made.GetId()).SmsTemplate(model[okta.SmsTemplate](t,
		`{"name":"Custom","type":"SMS_VERIFY_CODE","template":"${code} is your code"}`)).Execute())
	if _, err := s.TemplateAPI.DeleteSmsTemplate(ctx, made.GetId()).Execute(); err != nil {
		t.Error(err)
	}
	if _, res, err := s.TemplateAPI.GetSmsTemplate(ctx, made.GetId()).Execute(); err == nil || res.StatusCode != 404 {
		t.Errorf("%v", err)
	}
}

func (s *sdk) factors(t *testing.T) {
	ctx := context.Background()
	s.demo.telephony(t, fields{"limits": fields{"phone-pace": fields{"burst": 2, "periodMs": 1}}})
	u := s.demo.person(t, "factors@example.com")
	if catalog := got[[]okta.UserFactorSupported](t)(s.UserFactorAPI.ListSupportedFactors(ctx, u.ID).Execute()); len(catalog) != 2 {
		t.Errorf("%+v", catalog)
	}
	enroll := func(text string) string {
		made := got[*okta.ListFactors200ResponseInner](t)(s.UserFactorAPI.EnrollFactor(ctx, u.ID).Body(model[okta.ListFactors200ResponseInner](t, text)).UpdatePhone(true).TokenLifetimeSeconds(120).Execute())
		var f factor
		text2, err := json.Marshal(made)
		if err != nil || json.Unmarshal(text2, &f) != nil || f.ID == "" {
			t.Fatalf("%s %v", text2, err)
		}
		return f.ID
	}
	call := enroll(`{"factorType":"call","provider":"OKTA","profile":{"phoneNumber":"+12025550141","phoneExtension":"42"}}`)
	sms := enroll(`{"factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"+1-202-555-0140"}}`)
	again := model[okta.ResendEnrollFactorRequest](t, `{"factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"+12025550140"}}`)
	got[*okta.ResendEnrollFactorRequest](t)(s.UserFactorAPI.ResendEnrollFactor(ctx, u.ID, sms).ResendEnrollFactorRequest(again).Execute())
	m := s.demo.latest(t, "+12025550140")
	got[*okta.ListFactors200ResponseInner](t)(s.UserFactorAPI.ActivateFactor(ctx, u.ID, sms).Body(map[string]any{"passCode": m.Code}).Execute())
	got[*okta.ListFactors200ResponseInner](t)(s.UserFactorAPI.GetFactor(ctx, u.ID, sms).Execute())
	if all := got[[]okta.ListFactors200ResponseInner](t)(s.UserFactorAPI.ListFactors(ctx, u.ID).Execute()); len(all) != 2 {
		t.Errorf("%+v", all)
	}
	if _, res, err := s.UserFactorAPI.VerifyFactor(ctx, u.ID, sms).Body(map[string]any{"passCode": "000000"}).Execute(); err == nil || res.StatusCode != 403 {
		t.Errorf("%v", err)
	}
	vouched := enrollWith(t, s, u, `{"factorType":"sms","provider":"OKTA","profile":{"phoneNumber":"+12025550143"}}`)
	if asked := got[*okta.UserFactorVerifyResponse](t)(s.UserFactorAPI.VerifyFactor(ctx, u.ID, vouched).Body(map[string]any{}).Execute()); asked.GetFactorResult() != "CHALLENGE" {
		t.Errorf("%+v", asked)
	}
	code := s.demo.latest(t, "+12025550143").Code
	if proved := got[*okta.UserFactorVerifyResponse](t)(s.UserFactorAPI.VerifyFactor(ctx, u.ID, vouched).Body(map[string]any{"passCode": code}).Execute()); proved.GetFactorResult() != "SUCCESS" {
		t.Errorf("%+v", proved)
	}
	for _, id := range []string{call, vouched} {
		if _, err := s.UserFactorAPI.UnenrollFactor(ctx, u.ID, id).Execute(); err != nil {
			t.Error(err)
		}
	}
}

// enrollWith vouches for a phone in the place of the one that is set up.
func enrollWith(t *testing.T, s *sdk, u user, text string) string {
	t.Helper()
	made := got[*okta.ListFactors200ResponseInner](t)(s.UserFactorAPI.EnrollFactor(context.Background(), u.ID).
		Body(model[okta.ListFactors200ResponseInner](t, text)).UpdatePhone(true).Activate(true).Execute())
	return made.UserFactorSMS.GetId()
}

func (s *sdk) authenticators(t *testing.T) {
	ctx := context.Background()
	all := got[[]okta.ListAuthenticators200ResponseInner](t)(s.AuthenticatorAPI.ListAuthenticators(ctx).Execute())
	if len(all) != 1 {
		t.Fatalf("%+v", all)
	}
	text, err := json.Marshal(all[0])
	if err != nil {
		t.Fatal(err)
	}
	id := model[authenticator](t, string(text)).ID
	api := s.AuthenticatorAPI
	one, method := got[*okta.AuthenticatorBase](t), got[*okta.ListAuthenticatorMethods200ResponseInner](t)
	one(api.GetAuthenticator(ctx, id).Execute())
	one(api.ReplaceAuthenticator(ctx, id).Authenticator(model[okta.AuthenticatorBase](t, `{"key":"phone_number","name":"Phone","settings":{"allowedFor":"any"}}`)).Execute())
	one(api.DeactivateAuthenticator(ctx, id).Execute())
	one(api.ActivateAuthenticator(ctx, id).Execute())
	got[[]okta.ListAuthenticatorMethods200ResponseInner](t)(api.ListAuthenticatorMethods(ctx, id).Execute())
	method(api.GetAuthenticatorMethod(ctx, id, "voice").Execute())
	method(api.DeactivateAuthenticatorMethod(ctx, id, "voice").Execute())
	method(api.ActivateAuthenticatorMethod(ctx, id, "voice").Execute())
	method(api.ReplaceAuthenticatorMethod(ctx, id, "sms").ListAuthenticatorMethods200ResponseInner(
		model[okta.ListAuthenticatorMethods200ResponseInner](t, `{"type":"sms","status":"ACTIVE"}`)).Execute())
	if _, res, err := api.CreateAuthenticator(ctx).Authenticator(model[okta.AuthenticatorBase](t, `{"key":"phone_number","name":"Phone"}`)).Execute(); err == nil || res.StatusCode != 400 {
		t.Errorf("%v", err)
	}
}

func (s *sdk) users(t *testing.T) {
	ctx := context.Background()
	made := got[*okta.User](t)(s.UserAPI.CreateUser(ctx).Body(model[okta.CreateUserRequest](t,
		`{"profile":{"login":"sdk@example.com","email":"sdk@example.com","firstName":"Sdk","lastName":"User"}}`)).Execute())
	got[*okta.UserGetSingleton](t)(s.UserAPI.GetUser(ctx, made.GetId()).Execute())
	changed := got[*okta.User](t)(s.UserAPI.UpdateUser(ctx, made.GetId()).User(model[okta.UpdateUserRequest](t, `{"profile":{"firstName":"Other"}}`)).Execute())
	if profile := changed.GetProfile(); profile.GetFirstName() != "Other" || profile.GetLastName() != "User" {
		t.Errorf("%+v", changed)
	}
	for _, step := range []func() (*okta.APIResponse, error){
		s.UserAPI.SuspendUser(ctx, made.GetId()).Execute, s.UserAPI.UnsuspendUser(ctx, made.GetId()).Execute,
		s.UserAPI.ResetFactors(ctx, made.GetId()).Execute, s.UserAPI.DeactivateUser(ctx, made.GetId()).Execute,
		s.UserAPI.DeleteUser(ctx, made.GetId()).Execute,
	} {
		if _, err := step(); err != nil {
			t.Error(err)
		}
	}
	if all := got[[]okta.User](t)(s.UserAPI.ListUsers(ctx).Limit(2).Execute()); len(all) != 2 {
		t.Errorf("%d users", len(all))
	}
	if tokens := got[[]okta.ApiToken](t)(s.ApiTokenAPI.ListApiTokens(ctx).Execute()); tokens == nil {
		t.Error("no list of tokens")
	}
}

func (s *sdk) hooks(t *testing.T) {
	ctx := context.Background()
	service := startWebService(t)
	service.answers(sentByHook)
	text, err := json.Marshal(hookBody(service.URL))
	if err != nil {
		t.Fatal(err)
	}
	body := model[okta.InlineHook](t, string(text))
	s.demo.quiet(t)
	api, one := s.InlineHookAPI, got[*okta.InlineHook](t)
	made := one(api.CreateInlineHook(ctx).InlineHook(body).Execute())
	id := made.GetId()
	if made.GetStatus() != "ACTIVE" {
		t.Errorf("%+v", made)
	}
	if all := got[[]okta.InlineHook](t)(api.ListInlineHooks(ctx).Type_("com.okta.telephony.provider").Execute()); len(all) != 1 {
		t.Errorf("%+v", all)
	}
	one(api.GetInlineHook(ctx, id).Execute())
	body.SetName("Renamed")
	if changed := one(api.UpdateInlineHook(ctx, id).InlineHook(body).Execute()); changed.GetName() != "Renamed" {
		t.Errorf("%+v", changed)
	}
	one(api.ReplaceInlineHook(ctx, id).InlineHook(body).Execute())
	answer := got[*okta.InlineHookResponse](t)(api.ExecuteInlineHook(ctx, id).PayloadData(map[string]any{"eventType": "com.okta.telephony.provider"}).Execute())
	if len(answer.Commands) != 1 {
		t.Errorf("%+v", answer)
	}
	one(api.DeactivateInlineHook(ctx, id).Execute())
	one(api.ActivateInlineHook(ctx, id).Execute())
	if res, err := api.DeleteInlineHook(ctx, id).Execute(); err == nil || res.StatusCode != 400 {
		t.Errorf("an active hook: %v", err)
	}
	one(api.DeactivateInlineHook(ctx, id).Execute())
	if _, err := api.DeleteInlineHook(ctx, id).Execute(); err != nil {
		t.Error(err)
	}
}
