package archtest

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// packageState finds package variables that hold state. A variable is a table, and allowed, when nobody writes to it after
// its declaration and its type is not made to be changed.
func packageState(p pkg) []string {
	var found []string
	for _, f := range p.files {
		if f.test {
			continue
		}
		for _, spec := range variables(f.ast) {
			if reason := p.changeable(spec); reason != "" {
				found = append(found, fmt.Sprintf("%s: package variable %s is %s: give it an owner", f.name, spec.Names[0].Name, reason))
			}
		}
		for _, name := range p.writes(f) {
			found = append(found, fmt.Sprintf("%s writes to package variable %s: give it an owner", f.name, name))
		}
	}
	return found
}

func variables(tree *ast.File) []*ast.ValueSpec {
	var specs []*ast.ValueSpec
	for _, decl := range tree.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.VAR {
			continue
		}
		for _, spec := range gen.Specs {
			if v, ok := spec.(*ast.ValueSpec); ok {
				specs = append(specs, v)
			}
		}
	}
	return specs
}

// changeable says what makes a declaration one of state whatever is done with it: a lock, an atomic, a channel, or a
// container that starts empty.
func (p pkg) changeable(spec *ast.ValueSpec) string {
	reason := ""
	look := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ChanType:
			reason = "a channel"
		case *ast.SelectorExpr:
			if from := p.importedAs(n.X); (from == "sync" || from == "sync/atomic") && !strings.HasPrefix(n.Sel.Name, "OnceValue") {
				reason = "a " + from + "." + n.Sel.Name
			}
		case *ast.CallExpr:
			if fn, ok := n.Fun.(*ast.Ident); ok && (fn.Name == "make" || fn.Name == "new") {
				reason = "made empty, to be filled"
			}
		}
		return true
	}
	if spec.Type != nil {
		ast.Inspect(spec.Type, look)
	}
	for _, value := range spec.Values {
		ast.Inspect(value, look)
	}
	return reason
}

// writes lists the package variables a file assigns to, takes the address of, deletes from or clears.
func (p pkg) writes(f file) []string {
	var targets []ast.Expr
	ast.Inspect(f.ast, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if n.Tok != token.DEFINE {
				targets = append(targets, n.Lhs...)
			}
		case *ast.IncDecStmt:
			targets = append(targets, n.X)
		case *ast.RangeStmt:
			if n.Tok == token.ASSIGN {
				targets = append(targets, n.Key, n.Value)
			}
		case *ast.UnaryExpr:
			if n.Op == token.AND {
				targets = append(targets, n.X)
			}
		case *ast.CallExpr:
			if fn, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 0 && slices.Contains([]string{"delete", "clear", "copy"}, fn.Name) {
				targets = append(targets, n.Args[0])
			}
		}
		return true
	})
	var written []string
	for _, target := range targets {
		if name := p.packageVariable(target); name != "" {
			written = append(written, name)
		}
	}
	return written
}

// packageVariable names the package variable an expression stands in, of this package or of another of ours; "" when it
// is a local one.
func (p pkg) packageVariable(target ast.Expr) string {
	for {
		switch e := target.(type) {
		case *ast.ParenExpr:
			target = e.X
		case *ast.StarExpr:
			target = e.X
		case *ast.IndexExpr:
			target = e.X
		case *ast.SliceExpr:
			target = e.X
		case *ast.SelectorExpr:
			if from := p.importedAs(e.X); from != "" {
				return from + "." + e.Sel.Name
			}
			target = e.X
		case *ast.Ident:
			v, ok := p.names.Uses[e].(*types.Var)
			if ok && v.Parent() == v.Pkg().Scope() {
				return e.Name
			}
			return ""
		default:
			return ""
		}
	}
}

// importedAs says which import path an expression names; "" when it names none.
func (p pkg) importedAs(x ast.Expr) string {
	id, ok := x.(*ast.Ident)
	if !ok {
		return ""
	}
	if name, ok := p.names.Uses[id].(*types.PkgName); ok {
		return name.Imported().Path()
	}
	return ""
}
