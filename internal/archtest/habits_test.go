package archtest

import (
	"fmt"
	"go/ast"
	"path"
	"regexp"
	"slices"
)

// askedClocks finds package time asked for the time on a floor where the time is an argument.
func askedClocks(p pkg) []string {
	_, r, _ := roomOf(p.dir)
	var asked []string
	for _, f := range p.files {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if ok && p.importedAs(sel.X) == "time" && slices.Contains(clocks[r.floor], sel.Sel.Name) {
				asked = append(asked, fmt.Sprintf("%s asks time.%s: on this floor the time is an argument", f.name, sel.Sel.Name))
			}
			return true
		})
	}
	return asked
}

// sleepingTests finds tests that wait for the time to pass. In a bubble of testing/synctest it passes at once.
func sleepingTests(p pkg) []string {
	var found []string
	for _, f := range p.files {
		if !f.test || slices.Contains(f.imports(), "testing/synctest") {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "Sleep" {
				return true
			}
			if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" {
				found = append(found, f.name+" sleeps: wait for an event, or use testing/synctest")
			}
			return true
		})
	}
	return found
}

// initFunctions finds code that runs because a package is linked in, not because somebody called it.
func initFunctions(p pkg) []string {
	var found []string
	for _, f := range p.files {
		for _, decl := range f.ast.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				found = append(found, f.name+" has an init function: let app call it by name")
			}
		}
	}
	return found
}

// namelessPackages finds a package that has no story, or a name under which anything could be put.
func namelessPackages(p pkg) []string {
	var found []string
	if slices.Contains(emptyNames, path.Base(p.dir)) {
		found = append(found, p.dir+": name a package after what it knows")
	}
	told := slices.ContainsFunc(p.files, func(f file) bool { return !f.test && f.ast.Doc != nil })
	testsOnly := !slices.ContainsFunc(p.files, func(f file) bool { return !f.test })
	if !told && !testsOnly {
		found = append(found, p.dir+": no package comment; say what it is for and what it does not do")
	}
	return found
}

// fuzzName is what the go command takes for a fuzz target: Fuzzy is none.
var fuzzName = regexp.MustCompile(`^Fuzz($|[^a-z])`)

// fuzzTargets lists every fuzz target of the packages as "file target".
func fuzzTargets(pkgs []pkg) []string {
	var found []string
	for _, p := range pkgs {
		for _, f := range p.files {
			for _, decl := range f.ast.Decls {
				fn, ok := decl.(*ast.FuncDecl)
				if ok && f.test && fn.Recv == nil && fuzzName.MatchString(fn.Name.Name) {
					found = append(found, f.name+" "+fn.Name.Name)
				}
			}
		}
	}
	slices.Sort(found)
	return found
}
