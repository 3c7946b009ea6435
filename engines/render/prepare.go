package main

import (
	"bytes"
	"path"
	"slices"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/types"
)

// prepare sees every file that the build reads, and may change what kustomize gets.
func (b *build) prepare(file string, content []byte) ([]byte, error) {
	b.annotationsMatter = b.annotationsMatter || mayAddressAnnotations(content)
	if !isKustomization(file) || path.Base(path.Dir(file)) == inflatedFolder {
		return content, nil
	}
	prepared, err := b.prepareKustomization(file, content)
	if err != nil && b.refusal == nil {
		b.refusal = err
	}
	return prepared, err
}

func (b *build) prepareKustomization(file string, content []byte) ([]byte, error) {
	folder := path.Dir(file)
	parent, visited := b.nesting.visit(folder)
	if !visited {
		return content, nil
	}
	var kustomization types.Kustomization
	if kustomization.Unmarshal(content) != nil {
		return content, nil // for kustomize to complain about
	}
	kustomization.FixKustomization()
	b.customSchema = b.customSchema || len(kustomization.OpenAPI) > 0
	if parent == nil {
		content = b.prepareTarget(&kustomization, content)
	}
	inherited := b.nesting.enter(folder, parent, &kustomization)
	if len(kustomization.HelmCharts) == 0 {
		return content, nil
	}
	return b.inflateCharts(file, content, &kustomization, inherited)
}

func isKustomization(file string) bool {
	return slices.Contains(konfig.RecognizedKustomizationFileNames(), path.Base(file))
}

// mayAddressAnnotations finds JSON patches, replacements and field specifications that reach into metadata, and
// the annotation by which the hash of a whole object becomes part of its name.
func mayAddressAnnotations(content []byte) bool {
	for _, hint := range []string{"/metadata", "metadata/", "metadata.annotations", "metadata.[", "needs-hash"} {
		if bytes.Contains(content, []byte(hint)) {
			return true
		}
	}
	return false
}
