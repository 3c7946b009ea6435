package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/fluxcd/pkg/envsubst"
)

// variableName is what kustomize-controller accepts as the name of a variable.
var variableName = regexp.MustCompile(`^[_[:alpha:]][_[:alpha:][:digit:]]*$`)

// substitute replaces variables as Flux's postBuild does. Not strict, an unknown variable is an empty one.
func substitute(request request) response {
	for _, name := range slices.Sorted(maps.Keys(request.Variables)) {
		if !variableName.MatchString(name) {
			return failure(fmt.Errorf("'%s' var name is invalid, must match '%s'", name, variableName))
		}
	}
	text, err := envsubst.Eval(request.Text, func(name string) (string, bool) {
		value, known := request.Variables[name]
		return value, known || !request.Strict
	})
	if err != nil {
		return failure(fmt.Errorf("variable substitution failed: %w", err))
	}
	return response{OK: true, Text: text}
}
