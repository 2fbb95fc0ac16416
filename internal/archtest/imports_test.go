package archtest

import (
	"fmt"
	"slices"
	"strings"
)

// wrongImports says which imports of a package run the wrong way. Tests are held to less: they may bring in any floor
// they need, but the whole program is tested in the module `test`, not from below.
func wrongImports(p pkg) []string {
	name, r, ok := roomOf(p.dir)
	if !ok {
		return []string{fmt.Sprintf("%s: no such room; give it a line in the house table and in the design", p.dir)}
	}
	var wrong []string
	for _, f := range p.files {
		for _, imported := range f.imports() {
			var reason string
			switch {
			case f.test:
				reason = whyNotInTest(r, imported)
			case imported == module || strings.HasPrefix(imported, module+"/"):
				reason = whyNotOurs(p.dir, name, r, imported)
			default:
				reason = whyNotTheirs(r, imported)
			}
			if reason != "" {
				wrong = append(wrong, fmt.Sprintf("%s imports %s: %s", f.name, imported, reason))
			}
		}
	}
	return wrong
}

// whyNotOurs judges an import of another package of ours; "" when it is right.
func whyNotOurs(dir, name string, r room, imported string) string {
	target := dirOf(imported)
	targetName, t, ok := roomOf(target)
	switch {
	case !ok:
		return "no such room"
	case t.floor < r.floor && r.floor == command && t.floor != wiring && t.floor != root && !slices.Contains(r.with, target):
		return "a command imports internal/app and the vocabulary only"
	case t.floor < r.floor:
		return ""
	case t.floor > r.floor:
		return "imports run one way, and this one runs up"
	case r.floor == pure || slices.Contains(r.with, target):
		return ""
	case r.floor == adapter && name == targetName && strings.HasPrefix(dir, target+"/"):
		return "" // a child and its parent
	case r.floor == adapter:
		return "adapters never import one another; a child may import its parent"
	default:
		return "not beside one another: the house table does not list it"
	}
}

// whyNotTheirs judges an import of the standard library or of somebody else's module.
func whyNotTheirs(r room, imported string) string {
	if standard := !strings.Contains(strings.SplitN(imported, "/", 2)[0], "."); standard {
		if within(imported, closed[r.floor]) && !within(imported, values) {
			return "this floor does no I/O, and is given the time and randomness it needs"
		}
		return ""
	}
	if r.floor == root || r.floor == pure && !within(imported, r.outside) {
		return "the house table lists no such module for it"
	}
	return ""
}

func whyNotInTest(r room, imported string) string {
	_, t, ok := roomOf(dirOf(imported))
	if strings.HasPrefix(imported, module+"/") && ok && t.floor >= wiring && r.floor < wiring {
		return "the whole program is tested in the module `test`"
	}
	return ""
}

// dirOf is the folder of an import path of ours.
func dirOf(imported string) string {
	if imported == module {
		return "."
	}
	return strings.TrimPrefix(imported, module+"/")
}

// within says whether an import path is one of the names or below one of them.
func within(imported string, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		return imported == name || strings.HasPrefix(imported, name+"/")
	})
}
