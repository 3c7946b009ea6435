package main

import (
	"path"
	"slices"

	"sigs.k8s.io/kustomize/api/types"
)

// nesting follows kustomize down into the kustomizations it reads. It tells which is the one to build, what namespace
// each of the others inherits for its charts (that of the nearest kustomization above it that has one), and when a
// kustomization file is read as mere data.
type nesting struct {
	started bool
	open    []*openKustomization
}

// openKustomization is one that kustomize has begun to read. Its folders are visited one after the other.
type openKustomization struct {
	namespace string
	folders   []string
}

// visit tells whether kustomize reads the kustomization of a folder to build it, and for which other one. For the
// first, there is no other.
func (n *nesting) visit(folder string) (parent *openKustomization, visited bool) {
	if !n.started {
		n.started = true
		return nil, true
	}
	for depth := len(n.open) - 1; depth >= 0; depth-- {
		candidate := n.open[depth]
		if at := slices.Index(candidate.folders, folder); at >= 0 {
			candidate.folders = slices.Delete(candidate.folders, at, at+1)
			n.open = n.open[:depth+1] // kustomize is done with what is below
			return candidate, true
		}
	}
	return nil, false
}

// enter notes what is to be visited from a kustomization, and returns the namespace that it inherits.
func (n *nesting) enter(folder string, parent *openKustomization, kustomization *types.Kustomization) string {
	inherited := ""
	if parent != nil {
		inherited = parent.namespace
	}
	entered := &openKustomization{namespace: firstNonEmpty(kustomization.Namespace, inherited)}
	for _, listed := range [][]string{
		kustomization.Resources, kustomization.Components,
		kustomization.Generators, kustomization.Transformers, kustomization.Validators,
	} {
		for _, place := range listed {
			entered.folders = append(entered.folders, path.Join(folder, place))
		}
	}
	n.open = append(n.open, entered)
	return inherited
}
