// Package ui serves the pages built from web/, which are embedded in the binary.
//
// A page set is one directory of dist/, named after its entry in web/:
//
//	dist/phones/index.html          answered with a fresh nonce, never stored
//	dist/phones/main-3f9a1c.js      at /assets/phones/main-3f9a1c.js; the name carries a hash: cached for ever
//	dist/phones/main-3f9a1c.js.br   the same file compressed, chosen by Accept-Encoding
//
// The files have a place of their own, away from the page, because a page shares its paths with an API
// (/phones/{number}/messages).
//
// Every page runs under a strict Content-Security-Policy: scripts come from our own files only, nothing from a third
// party, nothing inline. Mantine writes its theme into <style> elements at run time, so styles may also carry the nonce
// of the response; the page reads it from <meta property="csp-nonce"> and hands it to Mantine. Style attributes stay
// forbidden: React sets them through the object model, which the policy does not concern.
package ui
