// Package apipage makes a page for people from our OpenAPI document: every operation with who may call it, what it takes,
// what it answers and a line to copy. It is one file of HTML with its style inside and without any script, so that it
// needs nothing but a browser.
package apipage
