package problem_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"parley/desk"
)

// codesOf reads the codes from desk's source, so that a new one cannot be missed.
func codesOf(t *testing.T) []desk.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../desk/error.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []desk.Code
	ast.Inspect(file, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if kind, ok := spec.Type.(*ast.Ident); ok && kind.Name == "Code" {
			literal, ok := spec.Values[0].(*ast.BasicLit)
			if !ok {
				t.Fatalf("%s is not a literal", spec.Names[0])
			}
			code, err := strconv.Unquote(literal.Value)
			if err != nil {
				t.Fatal(err)
			}
			codes = append(codes, desk.Code(code))
		}
		return true
	})
	if len(codes) < 20 {
		t.Fatalf("found only %d codes", len(codes))
	}
	return codes
}
