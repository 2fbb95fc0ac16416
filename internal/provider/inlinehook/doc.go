// Package inlinehook carries messages by a web service of the org's own, as Okta's telephony inline hook: one more
// provider beside the carriers.
//
// The request and the answer are those of
// https://developer.okta.com/docs/api/openapi/okta-management/management/tag/InlineHook/#tag/InlineHook/operation/createTelephonyInlineHook.
// Two spellings of the passcode's fields are in circulation; the request carries both.
package inlinehook
