// Package httpd is the HTTP edge: it turns requests into values for the use cases and their answers back into bytes.
//
// # One table
//
// An [Operation] is one row of the table of the API: method, path, roles, scopes, the type of what comes in, the type of
// what goes out, and the function between them. [Op] makes a row; [New] serves a table. All that is said about the API
// elsewhere is made from the same rows: the OpenAPI document ([Document]), the table of roles ([RoleTable]), the links
// of a list. So a row that works is a row that is documented.
//
// # The way of a request
//
//	middleware.go    request id, security headers, time limit, access log, a panic becomes a 500
//	router.go        the path is found, the method is found; else 404 or 405
//	cors.go          pages of trusted origins may read the answer
//	auth.go          who is it, and may they: before anything of the request is read
//	pace.go          not too many requests of one token, session or address
//	idempotency.go   a request that came before gets its answer again
//	binding.go       path, query and header become fields of the input
//	body.go          the JSON body becomes the field Body, strictly
//	                 -> the operation's function, in package okta and its like
//	reply.go         the output becomes JSON, links, or an empty 204
//	errors.go        an error becomes a response; no other file does that
//
// Decoding is strict: unknown, doubled and wrongly spelled names are refused, and so are values of another type or
// beyond the bounds that a field's tags give. What is wrong is told by the name of the field; a value that was sent never
// comes back in an error.
//
// Links are made from the configured public URL, never from the Host header.
package httpd
