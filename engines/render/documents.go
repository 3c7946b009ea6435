package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"helm.sh/helm/v3/pkg/chart"
	helmrelease "helm.sh/helm/v3/pkg/release"
	"helm.sh/helm/v3/pkg/releaseutil"
)

const notesSuffix = "NOTES.txt"

// helmDocument is a part of `helm template`'s output: one manifest, or one file of crds/.
type helmDocument struct {
	Template string `json:"template"`
	Text     string `json:"text"`
}

func document(template, content string) helmDocument {
	return helmDocument{Template: template, Text: fmt.Sprintf("---\n# Source: %s\n%s\n", template, content)}
}

// documents puts rendered templates into the order in which `helm template` prints them: definitions, manifests in
// the order of installation, hooks.
func (r release) documents(loaded *chart.Chart, files map[string]string) ([]helmDocument, error) {
	for name := range files {
		if strings.HasSuffix(name, notesSuffix) {
			delete(files, name)
		}
	}
	hooks, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	if err != nil {
		return nil, err
	}
	documents := []helmDocument{}
	if r.includeCRDs {
		for _, definition := range loaded.CRDObjects() {
			documents = append(documents, document(definition.Filename, string(definition.File.Data)))
		}
	}
	for _, manifest := range manifests {
		documents = append(documents, document(manifest.Name, manifest.Content))
	}
	trimEnd(documents)
	if r.skipHooks {
		return documents, nil
	}
	for _, hook := range hooks {
		if !r.skipTests || !slices.Contains(hook.Events, helmrelease.HookTest) {
			documents = append(documents, document(hook.Path, hook.Manifest))
		}
	}
	return documents, nil
}

// trimEnd ends the manifests with one line break, as Helm does before it prints the hooks.
func trimEnd(documents []helmDocument) {
	if len(documents) > 0 {
		last := &documents[len(documents)-1]
		last.Text = strings.TrimRightFunc(last.Text, unicode.IsSpace) + "\n"
	}
}
