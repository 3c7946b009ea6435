package main

import (
	"fmt"
	"net/url"
	"path"

	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/filesys"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/kustomize/kyaml/yaml/merge2"
	"sigs.k8s.io/yaml"
)

// entryValues merges valuesFile (the chart's own without it), valuesInline and additionalValuesFiles.
func (b *build) entryValues(folder, chart string, entry types.HelmChart) (values, error) {
	file := path.Join(chart, "values.yaml")
	if entry.ValuesFile != "" {
		file = path.Join(folder, entry.ValuesFile)
	}
	merged := entry.ValuesInline
	if len(merged) == 0 || entry.ValuesMerge != "replace" {
		content, err := b.load(folder, entry.ValuesFile, file)
		if err != nil {
			return nil, err
		}
		if len(merged) > 0 {
			content, err = mergeInline(content, merged, entry.ValuesMerge)
			if err != nil {
				return nil, err
			}
		}
		if merged, err = parseValues(file, content); err != nil {
			return nil, err
		}
	}
	for _, additional := range entry.AdditionalValuesFiles {
		name := path.Join(folder, additional)
		content, err := b.load(folder, additional, name)
		if err != nil {
			return nil, fmt.Errorf("could not load additionalValuesFile: %w", err)
		}
		parsed, err := parseValues(name, content)
		if err != nil {
			return nil, err
		}
		merged = mergeValues(merged, parsed)
	}
	return merged, nil
}

// mergeInline merges as kustomize does, which is not as Helm does: it knows patch directives, and null deletes.
func mergeInline(content []byte, inline values, how string) ([]byte, error) {
	fromFile, err := kyaml.Parse(string(content))
	if err != nil {
		return nil, fmt.Errorf("could not parse values file into rnode: %w", err)
	}
	fromEntry, err := kyaml.FromMap(inline)
	if err != nil {
		return nil, fmt.Errorf("could not parse values inline into rnode: %w", err)
	}
	source, target := fromEntry, fromFile
	if how == "merge" {
		source, target = fromFile, fromEntry
	}
	merged, err := merge2.Merge(source, target, kyaml.MergeOptions{})
	if err != nil {
		return nil, fmt.Errorf("could not merge values: %w", err)
	}
	asMap, err := merged.Map()
	if err != nil {
		return nil, fmt.Errorf("could not parse merged values into map: %w", err)
	}
	return yaml.Marshal(asMap)
}

// load reads a values file under kustomize's load restriction.
func (b *build) load(folder, written, file string) ([]byte, error) {
	if location, err := url.Parse(written); err == nil && location.Host != "" {
		return nil, fmt.Errorf("values file %s is remote, and nothing is downloaded here", written)
	}
	name := path.Join(mountPoint, file)
	place, _, err := b.files().CleanedAbs(name)
	if err != nil {
		return nil, err
	}
	root := path.Join(mountPoint, folder)
	if b.request.LoadRestrictor != "none" && !place.HasPrefix(filesys.ConfirmedDir(root)) {
		return nil, fmt.Errorf("security; file '%s' is not in or below '%s'", name, root)
	}
	content, ok := repository.files[file]
	if !ok {
		return nil, fmt.Errorf("'%s' must resolve to a file", name)
	}
	return content, nil
}
