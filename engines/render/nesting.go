package main

import (
	"path"
	"slices"

	"sigs.k8s.io/kustomize/api/types"
)

// nesting follows kustomize down into the kustomizations it reads, to know what namespace each one inherits for
// its charts: the one of the nearest kustomization above it that has one.
type nesting struct {
	open []*openKustomization
}

// openKustomization is one that kustomize has begun to read. Its folders are visited one after the other.
type openKustomization struct {
	namespace string
	folders   []string
}

// enter notes that kustomize reads the kustomization of a folder, and returns the inherited namespace.
func (n *nesting) enter(folder string, kustomization *types.Kustomization) string {
	inherited := ""
	if parent := n.parentOf(folder); parent != nil {
		inherited = parent.namespace
	}
	entered := &openKustomization{namespace: kustomization.Namespace}
	if entered.namespace == "" {
		entered.namespace = inherited
	}
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

// parentOf closes what kustomize must be done with, down to the kustomization that has the folder still to visit.
func (n *nesting) parentOf(folder string) *openKustomization {
	for len(n.open) > 0 {
		last := n.open[len(n.open)-1]
		if at := slices.Index(last.folders, folder); at >= 0 {
			last.folders = slices.Delete(last.folders, at, at+1)
			return last
		}
		n.open = n.open[:len(n.open)-1]
	}
	return nil
}
