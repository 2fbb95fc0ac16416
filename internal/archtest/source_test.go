package archtest

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// module is the import path of the product, and the first segment of every package of ours.
const module = "hookswitch"

// pkg is the Go files of one folder.
type pkg struct {
	dir   string // slash-separated and relative to the module's root, "." for the root itself
	files []file
	// names resolves the identifiers of the files that are not tests. Imports are not followed, so it knows a package of
	// others by its path only; that is enough to tell a package variable from a local one.
	names types.Info
}

type file struct {
	name string // relative to the module's root
	test bool
	ast  *ast.File
}

// imports lists the file's import paths.
func (f file) imports() []string {
	var paths []string
	for _, spec := range f.ast.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err == nil {
			paths = append(paths, p)
		}
	}
	return paths
}

// readModule parses every Go file of one module, whatever its build tags. Nested modules, test data and folders the go
// command does not look into are left out.
func readModule(src fs.FS) ([]pkg, error) {
	fset := token.NewFileSet()
	folders := map[string]*pkg{}
	err := fs.WalkDir(src, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if name != "." && leftOut(src, name) {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(name) != ".go" {
			return nil
		}
		text, err := fs.ReadFile(src, name)
		if err != nil {
			return err
		}
		tree, err := parser.ParseFile(fset, name, text, parser.ParseComments)
		if err != nil {
			return fmt.Errorf("parsing %s: %w", name, err)
		}
		dir := path.Dir(name)
		if folders[dir] == nil {
			folders[dir] = &pkg{dir: dir}
		}
		folders[dir].files = append(folders[dir].files, file{name: name, test: strings.HasSuffix(name, "_test.go"), ast: tree})
		return nil
	})
	if err != nil {
		return nil, err
	}
	var pkgs []pkg
	for _, p := range folders {
		p.names = resolve(fset, p.files)
		pkgs = append(pkgs, *p)
	}
	slices.SortFunc(pkgs, func(a, b pkg) int { return strings.Compare(a.dir, b.dir) })
	return pkgs, nil
}

func resolve(fset *token.FileSet, files []file) types.Info {
	info := types.Info{Uses: map[*ast.Ident]types.Object{}}
	var trees []*ast.File
	for _, f := range files {
		if !f.test {
			trees = append(trees, f.ast)
		}
	}
	conf := types.Config{Importer: noImports{}, Error: func(error) {}}
	// Every import fails, so there is always an error; the compiler is who judges those.
	_, _ = conf.Check("", fset, trees, &info)
	return info
}

type noImports struct{}

func (noImports) Import(string) (*types.Package, error) {
	return nil, errors.New("imports are not followed")
}

func leftOut(src fs.FS, dir string) bool {
	base := path.Base(dir)
	if base == "testdata" || base == "vendor" || base == "node_modules" || base[0] == '.' || base[0] == '_' {
		return true
	}
	_, err := fs.Stat(src, path.Join(dir, "go.mod"))
	return err == nil
}
